#pragma once

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string>
#include <vector>

#include "tests/simulation/service/moment.hpp"

namespace dutylog::simulation {

/// Follows the events of the service (SSE) for as long as it lives: when the connection ends, or is
/// given up, it comes back with the last event it has seen as `Last-Event-ID`. Now and then it
/// takes little at a time, or nothing for long.
class FeedReader {
public:
    struct Seen {
        log::Position position = 0;
        std::string type;
    };

    explicit FeedReader(Draw draw) : draw_{draw} {}

    /// @throws Broken  an event was skipped or came twice
    void turn(const Moment& moment);
    void drop() { wire_ = nullptr; }
    /// It takes whatever comes as soon as it comes.
    void hurry() { slow_percent_ = 0; }

    const std::vector<Seen>& seen() const { return seen_; }
    /// How often it came back.
    std::size_t visits() const { return visits_; }

private:
    using Parser = boost::beast::http::response_parser<boost::beast::http::string_body>;

    void come_back(const Moment& moment);
    void read();
    void take_events();
    void take_event(std::string_view text);

    Draw draw_;
    int slow_percent_ = 25;
    std::shared_ptr<Wire> wire_;
    std::unique_ptr<Parser> parser_;
    std::string received_;
    std::size_t taken_ = 0;  ///< of the body so far
    std::size_t at_most_ = std::string::npos;
    Instant patience_;
    std::vector<Seen> seen_;
    std::size_t visits_ = 0;
};

}  // namespace dutylog::simulation
