#include "tests/simulation/service/api_client.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
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
    asked.request =
        "POST /api/v1/commands HTTP/1.1\r\nHost: dutylog.test\r\n"
        "Content-Type: application/json\r\nIdempotency-Key: \"" +
        key + "\"\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
    asked_.push_back(std::move(asked));
}

void ApiClient::turn(const Connect& connect, Instant now) {
    if (asked_.empty()) return;
    if (wire_ == nullptr && draw_.chance(80)) begin(connect, now);
    if (wire_ == nullptr) return;
    send();
    receive();
    if (wire_ == nullptr) return;
    if (wire_->is_over(Wire::End::caller) || now >= patience_) give_up();
}

void ApiClient::begin(const Connect& connect, Instant now) {
    wire_ = connect();
    if (wire_ == nullptr) return;
    if (draw_.chance(8)) wire_->cut_after(Wire::End::caller, draw_.below(600));
    if (draw_.chance(8)) wire_->cut_after(Wire::End::host, draw_.below(400));
    patience_ = now + minutes(draw_.between(1, 600));
    in_pieces_ = draw_.chance(15);
    unsent_ = asked_.front().request;
    received_.clear();
    parser_ = std::make_unique<Parser>();
    parser_->eager(true);
}

void ApiClient::send() {
    const std::size_t count =
        in_pieces_ ? std::min(unsent_.size(), draw_.below(300)) : unsent_.size();
    wire_->write(Wire::End::caller, unsent_.substr(0, count));
    unsent_.erase(0, count);
}

void ApiClient::receive() {
    received_ += wire_->take(Wire::End::caller);
    while (!received_.empty() && !parser_->is_done()) {
        boost::system::error_code error;
        const std::size_t used = parser_->put(boost::asio::buffer(received_), error);
        received_.erase(0, used);
        if (error == boost::beast::http::error::need_more) break;
        require(!error, "an answer of the service can be read: " + error.message());
    }
    if (!parser_->is_done()) return;
    const auto answer = parser_->release();
    const bool keep = answer.keep_alive() && draw_.chance(70);
    hear(answer.result_int(), answer.body());
    if (keep && !asked_.empty() && unsent_.empty()) {
        unsent_ = asked_.front().request;
        parser_ = std::make_unique<Parser>();
        parser_->eager(true);
    } else {
        give_up();
    }
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

void ApiClient::give_up() {
    wire_->cut();
    wire_ = nullptr;
}

}  // namespace dutylog::simulation
