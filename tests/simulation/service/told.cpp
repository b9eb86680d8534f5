#include "tests/simulation/service/told.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <boost/json.hpp>

#include "engine/notice/message.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::simulation {

namespace json = boost::json;
using pdca::NoticePlanned;

namespace {

json::object data_of(const Taken& taken) { return json::parse(taken.body).at("data").as_object(); }

/// The text of a mail: its first part.
std::string text_in(const Taken& mail) {
    const std::string_view mark = "base64\r\n\r\n";
    const std::size_t begin = mail.body.find(mark) + mark.size();
    std::string encoded = mail.body.substr(begin, mail.body.find("\r\n--", begin) - begin);
    std::erase_if(encoded, [](char sign) { return sign == '\r' || sign == '\n'; });
    std::string text(encoded.size(), '\0');
    const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<const unsigned char*>(encoded.data()),
                                     static_cast<int>(encoded.size()));
    text.resize(static_cast<std::size_t>(std::max(size, 0)));
    return text;
}

/// The line of a mail that names who owns the work.
std::string owner_in(const Taken& mail) {
    const std::string text = text_in(mail);
    for (const char* word : {"责任人：", "Owner: "})
        if (const std::size_t at = text.find(word); at != std::string::npos)
            return text.substr(at, text.find('\r', at) - at);
    return {};
}

}  // namespace

Plans::Plans(log::EventStore& store) {
    store.scan(1, [&](const log::StoredEvent& stored) {
        if (stored.envelope.type != NoticePlanned::type) return true;
        const auto event = std::get<NoticePlanned>(
            pdca::EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload));
        for (const pdca::Recipient& to : event.to) {
            const Told told{event.notice, to.person};
            plans_[told] = {stored.envelope.position, stored.envelope.recorded,
                            stored.envelope.stream};
            by_message_[notice::message_id(event.notice, to.person)] = told;
        }
        return true;
    });
}

std::vector<Told> Plans::told_by(const Taken& taken) const {
    std::vector<Told> told;
    if (taken.id.empty()) return told;
    if (taken.is_mail) {
        const auto found = by_message_.find(taken.id);
        if (found != by_message_.end()) told.push_back(found->second);
        return told;
    }
    const json::object data = data_of(taken);
    const auto add = [&](const json::object& each, const json::value& person) {
        told.emplace_back(json::value_to<std::string>(each.at("notice")),
                          json::value_to<std::string>(person));
    };
    if (const auto* all = data.if_contains("notices"))
        for (const json::value& each : all->as_array()) add(each.as_object(), data.at("person"));
    else if (data.contains("notice"))
        add(data, data.at("person"));
    return told;
}

bool is_digest(const Taken& taken) { return !taken.is_mail && data_of(taken).contains("notices"); }

std::string movable_in(const Taken& taken) {
    if (taken.is_mail) {
        const std::size_t begin = taken.body.find("\r\nSubject:");
        std::size_t end = taken.body.find("\r\n", begin + 2);
        while (taken.body.compare(end, 3, "\r\n ") == 0) end = taken.body.find("\r\n", end + 2);
        return taken.body.substr(begin, end - begin) + owner_in(taken);
    }
    const json::object data = data_of(taken);
    const auto* due = data.if_contains("due");
    const auto* owner = data.if_contains("owner");
    return due == nullptr
               ? json::serialize(data)
               : json::serialize(*due) + (owner == nullptr ? "" : json::serialize(*owner));
}

}  // namespace dutylog::simulation
