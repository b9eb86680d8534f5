#include "tests/simulation/service/feed_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/json.hpp>

#include "tests/simulation/broken.hpp"

namespace dutylog::simulation {

namespace json = boost::json;

void FeedReader::turn(const Moment& moment) {
    if (wire_ == nullptr && draw_.chance(60)) come_back(moment);
    if (wire_ == nullptr) return;
    if (at_most_ != 0 || draw_.chance(10)) read();
    const bool ended = wire_ != nullptr && (wire_->is_over(Wire::End::caller) ||
                                            moment.now >= patience_ || draw_.chance(2));
    if (!ended) return;
    wire_->cut();
    wire_ = nullptr;
}

void FeedReader::come_back(const Moment& moment) {
    wire_ = moment.connect();
    if (wire_ == nullptr) return;
    ++visits_;
    parser_ = std::make_unique<Parser>();
    parser_->eager(true);
    parser_->body_limit(boost::none);
    received_.clear();
    taken_ = 0;
    at_most_ = std::string::npos;
    if (draw_.chance(10)) wire_->cut_after(Wire::End::host, draw_.below(6'000));
    if (draw_.chance(slow_percent_)) {
        wire_->hold_at_most(Wire::End::host, 1 + draw_.below(5'000));
        at_most_ = draw_.chance(20) ? 0 : 1 + draw_.below(3'000);
    }
    patience_ = moment.now + minutes(draw_.between(1, 3'000));
    const std::string last =
        seen_.empty() ? "" : "Last-Event-ID: " + std::to_string(seen_.back().position) + "\r\n";
    wire_->write(Wire::End::caller, std::string{"GET /api/v1/events"} +
                                        (seen_.empty() ? "?after=0" : "") +
                                        " HTTP/1.1\r\nHost: dutylog.test\r\n" + last + "\r\n");
}

void FeedReader::read() {
    received_ += wire_->take(Wire::End::caller, at_most_);
    while (!received_.empty() && !parser_->is_done()) {
        boost::system::error_code error;
        received_.erase(0, parser_->put(boost::asio::buffer(received_), error));
        if (error == boost::beast::http::error::need_more) break;
        require(!error, "a stream of events can be read: " + error.message());
    }
    if (!parser_->is_header_done()) return;
    const unsigned status = parser_->get().result_int();
    if (status >= 500) return drop();
    require(status == 200, "whoever may follow events can, not " + std::to_string(status));
    take_events();
}

void FeedReader::take_events() {
    const std::string_view body = parser_->get().body();
    for (;;) {
        const std::size_t end = body.find("\n\n", taken_);
        if (end == std::string_view::npos) return;
        take_event(body.substr(taken_, end - taken_));
        taken_ = end + 2;
    }
}

void FeedReader::take_event(std::string_view text) {
    Seen event;
    std::string data;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.starts_with("id: ")) event.position = std::stoull(std::string{line.substr(4)});
        if (line.starts_with("event: ")) event.type = line.substr(7);
        if (line.starts_with("data: ")) data += line.substr(6);
    }
    if (data.empty()) return;  // a sign of life
    const log::Position next = seen_.empty() ? 1 : seen_.back().position + 1;
    require(event.position == next, "a stream of events skips nothing and repeats nothing: event " +
                                        std::to_string(event.position) + " came where " +
                                        std::to_string(next) + " is next");
    require(json::parse(data).at("event").to_number<log::Position>() == event.position,
            "an event of a stream has the id of its place");
    seen_.push_back(std::move(event));
}

}  // namespace dutylog::simulation
