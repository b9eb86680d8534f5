#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/simulation/draw.hpp"
#include "tests/simulation/service/taken.hpp"
#include "tests/simulation/service/wire.hpp"

namespace dutylog::simulation {

/// What a mail server does with one connection.
enum class MailManner : std::uint8_t {
    well,          ///< takes the mail and says so
    refuses,       ///< nothing listens
    hangs,         ///< says nothing at all
    closing,       ///< 421 before anything
    full,          ///< 452 to the sender
    greylists,     ///< 450 to the receiver
    knows_nobody,  ///< 550 to the receiver
    takes_none,    ///< 554 before the text
    later,         ///< 451 after the text
    never,         ///< 552 after the text
    cuts_text,     ///< the connection breaks somewhere in what we send
    drops          ///< takes the mail; the connection breaks before its answer
};

/// Somebody else's mail server (RFC 5321), that takes mails and notes what it took.
class MailServer {
public:
    explicit MailServer(Draw draw) : draw_{draw} {}

    void set_trouble(int percent) { trouble_percent_ = percent; }
    void set_down(bool down) { down_ = down; }

    /// @returns null where nothing listens
    std::shared_ptr<Wire> connect(const boost::asio::any_io_executor& executor);
    /// Reads what came and answers.
    void turn(Instant now, std::size_t process);
    void drop_guests() { guests_.clear(); }

    const std::vector<Taken>& taken() const { return taken_; }
    std::size_t connections() const { return connections_; }

private:
    struct Guest {
        std::shared_ptr<Wire> wire;
        MailManner manner = MailManner::well;
        std::string bytes = {};
        std::string to = {};
        bool greeted = false;
        bool in_text = false;
    };

    void greet(Guest& guest);
    void hear(Guest& guest, const std::string& line);
    void take(Guest& guest, const std::string& text);
    static void say(Guest& guest, const std::string& line);

    Draw draw_;
    int trouble_percent_ = 0;
    bool down_ = false;
    std::vector<Guest> guests_;
    std::vector<Taken> taken_;
    std::size_t connections_ = 0;
    Instant now_;
    std::size_t process_ = 0;
};

}  // namespace dutylog::simulation
