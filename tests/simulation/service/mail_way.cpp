#include "tests/simulation/service/mail_way.hpp"

#include <array>

namespace dutylog::simulation {

namespace asio = boost::asio;

namespace {

struct Reply {
    int code = 0;  ///< 0: the connection ended before there was one
    std::string words;
};

/// One answer, which may have several lines.
asio::awaitable<Reply> reply_of(std::shared_ptr<Wire> wire) {
    std::string text;
    for (;;) {
        std::array<char, 512> space{};
        const std::size_t count = co_await wire->read(Wire::End::caller, space);
        if (count == 0) co_return Reply{0, "the connection ended"};
        text.append(space.data(), count);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = text.find("\r\n", at);
            if (end == std::string::npos) break;
            if (end - at > 3 && text[at + 3] == ' ')
                co_return Reply{std::stoi(text.substr(at, 3)), text.substr(at + 4, end - at - 4)};
            at = end + 2;
        }
    }
}

std::string stuffed(const std::string& bytes) {
    std::string text;
    bool begins = true;
    for (const char c : bytes) {
        if (begins && c == '.') text += '.';
        text += c;
        begins = c == '\n';
    }
    return text + (begins ? ".\r\n" : "\r\n.\r\n");
}

}  // namespace

asio::awaitable<notice::Outcome> hand_over(std::shared_ptr<Wire> wire, channels::Mail mail) {
    Reply reply = co_await reply_of(wire);
    const std::array steps{
        std::string{"EHLO plant.test\r\n"}, "MAIL FROM:<" + mail.envelope_from + ">\r\n",
        "RCPT TO:<" + mail.envelope_to + ">\r\n", std::string{"DATA\r\n"}, stuffed(mail.bytes)};
    for (const std::string& step : steps) {
        if (reply.code == 0 || reply.code >= 400) break;
        wire->write(Wire::End::caller, step);
        reply = co_await reply_of(wire);
    }
    wire->cut();
    co_return channels::judge_smtp(reply.code, reply.words);
}

}  // namespace dutylog::simulation
