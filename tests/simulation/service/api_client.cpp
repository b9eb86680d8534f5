#include "tests/simulation/service/api_client.hpp"

#include <boost/json.hpp>

#include "adapters/cli/command_json.hpp"
#include "tests/simulation/broken.hpp"
#include "tests/simulation/story.hpp"

namespace dutylog::simulation {

namespace json = boost::json;

void ApiClient::ask(const runtime::Submission& submission) {
    json::object body = cli::command_to_json(submission.command, submission.meta);
    body.erase("id");
    const std::string text = json::serialize(body);
    const std::string key = name_ + "-" + std::to_string(++keys_);
    Asked asked{CommandId{"api/" + token_ + "/" + key}, {}};
    asked.request = post_request(
        "/api/v1/commands",
        "Content-Type: application/json\r\nIdempotency-Key: \"" + key + "\"\r\n", text);
    asked_.push_back(std::move(asked));
}

void ApiClient::turn(const Moment& moment) {
    if (asked_.empty()) return;
    const auto answer = caller_.turn(asked_.front().request, moment.connect, moment.now);
    if (answer) hear(answer->status, answer->body);
}

void ApiClient::hear(unsigned status, const std::string& body) {
    if (status >= 500 || status == 408) return;  // it is not known what became of it
    require(status == 200 || status == 422,
            "a command is carried out or refused, not " + std::to_string(status) + ": " + body);
    const json::object object = json::parse(body).as_object();
    runtime::Answer answer;
    answer.command = asked_.front().id;
    if (const auto* events = object.if_contains("events"))
        if (!events->as_array().empty()) {
            answer.first = events->as_array()[0].to_number<log::Position>();
            answer.last = events->as_array()[1].to_number<log::Position>();
        }
    if (object.contains("code") && object.at("code") == "bad_value") return asked_.pop_front();
    if (status == 422) {
        answer.refusal = Rejection{json::value_to<std::string>(object.at("reason")),
                                   json::value_to<std::string>(object.at("detail"))};
    } else {
        answer.warnings = json::value_to<std::vector<std::string>>(object.at("warnings"));
    }
    note(std::move(answer));
}

void ApiClient::note(runtime::Answer answer) {
    const auto known = answered_.find(answer.command);
    if (known != answered_.end())
        require(same_answer(known->second, answer),
                "a repeated request gets its first answer" + difference(answer, known->second));
    answered_.insert_or_assign(answer.command, std::move(answer));
    Asked& asked = asked_.front();
    if (!asked.again && draw_.chance(6)) {
        asked.again = true;
        ++asked_again_;
        return;
    }
    asked_.pop_front();
}

}  // namespace dutylog::simulation
