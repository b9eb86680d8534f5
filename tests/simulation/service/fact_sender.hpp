#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>

#include "adapters/server/public/inbound_routes.hpp"
#include "tests/simulation/service/moment.hpp"

namespace dutylog::simulation {

/// The laboratory as the service knows it: its mapping, and the key it signs with.
const server::InboundSource& laboratory();
notice::WebhookSecret laboratory_key();

/// A laboratory that sends facts, signed, again and again until they were taken, and sometimes once
/// more; and somebody else who sends in its name.
class FactSender {
public:
    explicit FactSender(Draw draw) : draw_{draw}, caller_{draw_.fork()} {}

    /// Some results have come out.
    void send(Instant now);
    bool is_idle() const { return messages_.empty(); }
    /// @throws Broken  an answer that no message may get
    void turn(const Moment& moment);
    void drop() { caller_.drop(); }

    /// Commands of the facts it was told are taken, and of all it ever sent.
    const std::set<std::string>& taken() const { return taken_; }
    const std::set<std::string>& sent() const { return sent_; }
    std::size_t messages() const { return numbers_; }

private:
    enum class Honesty : std::uint8_t {
        honest,
        other_key,   ///< signed by somebody else
        other_body,  ///< changed on the way
        old          ///< signed long ago
    };
    struct Message {
        std::string id;
        std::string body;
        Honesty honesty = Honesty::honest;
        Instant signed_at{};
        std::string request = {};
        bool again = false;  ///< it was taken already
    };

    std::string result();
    void sign(Message& message, Instant now) const;
    void hear(const HttpCaller::Answer& answer, const Moment& moment);
    std::set<std::string> commands_of(const Message& message) const;

    Draw draw_;
    HttpCaller caller_;
    std::deque<Message> messages_;
    std::set<std::string> taken_;
    std::set<std::string> sent_;
    std::size_t numbers_ = 0;
};

}  // namespace dutylog::simulation
