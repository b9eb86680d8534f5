#pragma once

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/instant.hpp"
#include "tests/simulation/draw.hpp"
#include "tests/simulation/service/taken.hpp"
#include "tests/simulation/service/wire.hpp"

namespace dutylog::simulation {

/// What a receiver does with one connection.
enum class Manner : std::uint8_t {
    well,           ///< takes the message and says so
    refuses,        ///< nothing listens
    hangs,          ///< takes everything and never answers
    drips,          ///< answers one byte at a time
    cuts_request,   ///< the connection breaks somewhere in the request
    cuts_answer,    ///< takes the message; the connection breaks somewhere in its answer
    lies_long,      ///< announces more of an answer than comes
    lies_short,     ///< more comes than it announced
    garbage,        ///< answers what is not HTTP
    error_in_body,  ///< 200, and an error in the body, for whom that means something
    moved,          ///< 301 to somewhere else
    gone,           ///< 410
    too_many,       ///< 429, and a time to wait that may be absurd
    unwell          ///< 500 to 504
};

/// Somebody else's server, that takes messages and notes what it took.
class Receiver {
public:
    using Request = boost::beast::http::request<boost::beast::http::string_body>;

    Receiver(Draw draw, std::string agreement) : draw_{draw}, agreement_{std::move(agreement)} {}

    /// From now on it behaves badly so often, or never.
    void set_trouble(int percent) { trouble_percent_ = percent; }
    /// It is down: nothing listens.
    void set_down(bool down) { down_ = down; }
    void allow(Manner manner, bool allowed) { allowed_[manner] = allowed; }

    /// @returns null where nothing listens
    std::shared_ptr<Wire> connect(const boost::asio::any_io_executor& executor);
    /// Reads what came and answers. @param process  which start of the service is running
    void turn(Instant now, std::size_t process);
    /// The machine at the other end is gone.
    void drop_guests() { guests_.clear(); }

    const std::vector<Taken>& taken() const { return taken_; }
    /// When it last said 410; nothing if never.
    std::optional<Instant> gone_at() const { return gone_at_; }
    std::size_t connections() const { return connections_; }

private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    struct Guest {
        std::shared_ptr<Wire> wire;
        Manner manner = Manner::well;
        std::string bytes;
        std::unique_ptr<Parser> parser;
        std::string dripping;
        bool answered = false;
    };

    Manner draw_manner();
    void read(Guest& guest, Instant now);
    void answer(Guest& guest, const Request& request, Instant now);
    bool agrees(Manner manner) const;
    std::string answer_of(Manner manner, Instant now);

    Draw draw_;
    std::string agreement_;  ///< the body that means yes
    int trouble_percent_ = 0;
    bool down_ = false;
    std::map<Manner, bool> allowed_;
    std::vector<Guest> guests_;
    std::vector<Taken> taken_;
    std::optional<Instant> gone_at_;
    std::size_t connections_ = 0;
    std::size_t process_ = 0;
};

}  // namespace dutylog::simulation
