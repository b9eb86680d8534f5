#include "tests/simulation/service/http_caller.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>

#include "tests/simulation/broken.hpp"

namespace dutylog::simulation {

std::optional<HttpCaller::Answer> HttpCaller::turn(const std::string& request,
                                                   const Connect& connect, Instant now) {
    if (wire_ == nullptr && draw_.chance(80)) reach(connect, now);
    if (wire_ == nullptr) return {};
    if (parser_ == nullptr) begin(request);
    send();
    auto answer = receive();
    const bool ended = wire_ != nullptr && (wire_->is_over(Wire::End::caller) || now >= patience_);
    if (ended) give_up();
    return answer;
}

void HttpCaller::reach(const Connect& connect, Instant now) {
    wire_ = connect();
    parser_ = nullptr;
    received_.clear();
    if (wire_ == nullptr) return;
    if (draw_.chance(8)) wire_->cut_after(Wire::End::caller, draw_.below(600));
    if (draw_.chance(8)) wire_->cut_after(Wire::End::host, draw_.below(400));
    patience_ = now + minutes(draw_.between(1, 600));
    in_pieces_ = draw_.chance(15);
}

void HttpCaller::begin(const std::string& request) {
    unsent_ = request;
    parser_ = std::make_unique<Parser>();
    parser_->eager(true);
}

void HttpCaller::send() {
    const std::size_t count =
        in_pieces_ ? std::min(unsent_.size(), draw_.below(300)) : unsent_.size();
    wire_->write(Wire::End::caller, unsent_.substr(0, count));
    unsent_.erase(0, count);
}

std::optional<HttpCaller::Answer> HttpCaller::receive() {
    received_ += wire_->take(Wire::End::caller);
    while (!received_.empty() && !parser_->is_done()) {
        boost::system::error_code error;
        const std::size_t used = parser_->put(boost::asio::buffer(received_), error);
        received_.erase(0, used);
        if (error == boost::beast::http::error::need_more) break;
        require(!error, "an answer of the service can be read: " + error.message());
    }
    if (!parser_->is_done()) return {};
    auto answer = parser_->release();
    parser_ = nullptr;
    const bool keep = answer.keep_alive() && unsent_.empty() && draw_.chance(70);
    if (!keep) give_up();
    return Answer{answer.result_int(), std::move(answer.body())};
}

void HttpCaller::give_up() {
    wire_->cut();
    wire_ = nullptr;
}

std::string get_request(const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nHost: dutylog.test\r\n\r\n";
}

std::string post_request(const std::string& target, const std::string& fields,
                         const std::string& body) {
    return "POST " + target + " HTTP/1.1\r\nHost: dutylog.test\r\nAccept-Language: en\r\n" +
           fields + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string encoded(const std::string& value) {
    std::string text;
    for (const char c : value) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        text += plain ? std::string{c} : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return text;
}

}  // namespace dutylog::simulation
