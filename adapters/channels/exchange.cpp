#include "adapters/channels/exchange.hpp"

namespace dutylog::channels {

namespace http = boost::beast::http;
using notice::EndpointAddress;

namespace {

std::string host_field(const EndpointAddress& address) {
    const bool bracketed = address.literal && address.literal->v6;
    std::string host = bracketed ? "[" + address.host + "]" : address.host;
    const bool usual = address.port == (address.tls ? 443 : 80);
    return usual ? host : host + ":" + std::to_string(address.port);
}

}  // namespace

std::unexpected<Outcome> no_answer(std::string_view step, const boost::system::error_code& error) {
    return std::unexpected{notice::unanswered(std::string{step} + ": " + error.message())};
}

HttpMessage message_of(const HttpRequest& request, const EndpointAddress& address) {
    HttpMessage message;
    message.version(11);
    message.method_string(request.method);
    message.target(address.target);
    message.set(http::field::host, host_field(address));
    for (const Header& header : request.headers) message.set(header.name, header.value);
    message.set(http::field::connection, "close");
    message.body() = request.body;
    message.prepare_payload();
    return message;
}

HttpAnswer answer_of(AnswerParser& parser) {
    HttpAnswer answer{.status = parser.get().result_int()};
    for (const auto& field : parser.get())
        answer.headers.push_back({std::string{field.name_string()}, std::string{field.value()}});
    answer.body = std::move(parser.get().body());
    return answer;
}

}  // namespace dutylog::channels
