#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/keys/link_keys.hpp"
#include "engine/notice/link.hpp"
#include "tests/simulation/service/moment.hpp"
#include "tests/simulation/service/outside.hpp"

namespace dutylog::simulation {

/// People who follow the links of their messages: they look, press the button, press it twice at
/// the same time, come back after weeks, cut a link short; and programs that open every link they
/// see.
class LinkReader {
public:
    /// A link that did its one thing, by the id of its command.
    using Done = std::map<std::string, notice::LinkClaims>;

    explicit LinkReader(Draw draw) : draw_{draw}, hands_{Hand{draw_.fork()}, Hand{draw_.fork()}} {}

    /// Reads messages that came since.
    void read(const Outside& outside);
    /// @throws Broken  an answer that no link may get
    void turn(const Moment& moment);
    void drop();
    bool is_idle() const;

    const Done& done() const { return done_; }
    /// Commands of links whose button was pressed, whatever came of it, and when the link expires.
    const std::map<std::string, Instant>& pressed() const { return pressed_; }
    std::size_t visits() const { return visits_; }

private:
    struct Link {
        std::string target;
        notice::LinkClaims claims;
    };
    struct Errand {
        Link link;
        bool press = false;
        bool cut_short = false;
        std::string form = {};
    };
    struct Hand {
        explicit Hand(Draw draw) : caller{draw} {}
        HttpCaller caller;
        std::optional<Errand> errand;
    };

    void find(const std::string& text);
    void plan();
    std::string request_of(const Errand& errand) const;
    void hear(Hand& hand, const HttpCaller::Answer& answer, const Moment& moment);
    /// What somebody fills in who sees this page; nothing where it has no form.
    std::optional<std::string> filled_in(const std::string& page);

    Draw draw_;
    std::array<Hand, 2> hands_;
    std::vector<Link> links_;
    std::set<std::string> known_;              ///< targets
    std::map<std::string, std::size_t> read_;  ///< messages of each receiver
    Done done_;
    std::map<std::string, Instant> pressed_;
    std::size_t visits_ = 0;
};

/// The keys of links in all these histories.
keys::LinkKeys& link_keys();

}  // namespace dutylog::simulation
