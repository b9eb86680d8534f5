#include "tests/simulation/service/planted_service.hpp"

#include <array>
#include <boost/json.hpp>

#include "tests/simulation/service/fact_sender.hpp"
#include "tests/simulation/service/link_reader.hpp"

namespace dutylog::simulation {

namespace json = boost::json;

namespace {

std::string without_known_at(const std::string& target) {
    const std::size_t at = target.find("known_at=");
    if (at == std::string::npos) return target;
    const std::size_t end = std::min(target.find('&', at), target.size() - 1);
    std::string rest = target.substr(0, at) + target.substr(end + 1);
    if (rest.ends_with('?') || rest.ends_with('&')) rest.pop_back();
    return rest;
}

/// The same link, good for ever.
std::string without_end(const std::string& target) {
    const std::string token = target.substr(3);
    auto claims = notice::open_link_token(link_keys().all(), token, Instant{});
    if (!claims) return target;
    claims->expires = claims->expires + hours(24 * 365 * 10);
    return "/l/" + notice::make_link_token(link_keys().newest(), *claims);
}

void shift_last_event(http::Head& head, int by) {
    for (http::Field& field : head.fields)
        if (field.name == "last-event-id")
            field.value = std::to_string(std::stoll(field.value) + by);
}

}  // namespace

void PlantedService::serve(http::Request request, http::Reply reply) {
    request.head = bent(std::move(request.head));
    if (outside_.plant == ServicePlant::believe_any_sender) sign(request);
    if (outside_.plant != ServicePlant::pages_overlap)
        return behind_.serve(std::move(request), std::move(reply));
    http::Reply bent_reply = overlapping(request.head, std::move(reply));
    behind_.serve(std::move(request), std::move(bent_reply));
}

http::Head PlantedService::bent(http::Head head) const {
    switch (outside_.plant) {
        case ServicePlant::feed_skips:
            shift_last_event(head, 1);
            break;
        case ServicePlant::feed_repeats:
            shift_last_event(head, -1);
            break;
        case ServicePlant::forget_the_clock:
            head.target = without_known_at(head.target);
            break;
        case ServicePlant::link_never_expires:
            if (head.target.starts_with("/l/")) head.target = without_end(head.target);
            break;
        default:
            break;
    }
    return head;
}

void PlantedService::sign(http::Request& request) const {
    if (!request.head.target.starts_with("/inbound/")) return;
    const std::array secrets{laboratory_key()};
    const auto headers =
        notice::sign_webhook(secrets, std::string{request.head.field("webhook-id")},
                             outside_.clocks.wall_time(), request.body);
    for (http::Field& field : request.head.fields) {
        if (field.name == "webhook-timestamp") field.value = headers.timestamp;
        if (field.name == "webhook-signature") field.value = headers.signature;
    }
}

http::Reply PlantedService::overlapping(const http::Head& head, http::Reply reply) {
    const bool goes_on = head.target.find("cursor=") != std::string::npos;
    const bool lists = head.target.starts_with("/api/v1/timeline");
    return http::Reply{
        [this, goes_on, lists, reply = std::move(reply)](http::Response response) mutable {
            if (lists && response.status == 200) {
                json::object page = json::parse(response.body).as_object();
                json::array& events = page.at("events").as_array();
                if (goes_on && !last_entry_.empty())
                    events.insert(events.begin(), json::parse(last_entry_));
                if (!events.empty()) last_entry_ = json::serialize(events.back());
                response.body = json::serialize(page);
            }
            reply(std::move(response));
        }};
}

}  // namespace dutylog::simulation
