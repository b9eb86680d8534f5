#pragma once

#include <boost/json.hpp>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/pdca/world.hpp"
#include "tests/simulation/service/moment.hpp"

namespace dutylog::simulation {

/// Where a question stands on the clocks; what is not set is now.
struct QuestionClocks {
    std::optional<Instant> known_at = {};
    std::optional<Instant> true_at = {};
    bool rules_at = false;  ///< decided again under the rules of that time

    std::string parameters() const;
};

/// What somebody was told of one duty.
struct ToldState {
    std::string target;
    StreamId duty;
    QuestionClocks clocks;
    Moment moment;             ///< of the answer
    boost::json::value state;  ///< null: there is no such duty
};

/// A list that somebody read page by page, to its end.
struct ToldList {
    std::string target;
    bool of_events = false;  ///< else of what is open
    std::string type;        ///< of events; empty: all
    QuestionClocks clocks;
    std::vector<boost::json::object> entries;
    Moment last;  ///< of the last page
    int pages = 0;
};

/// Asks questions, over the same bad connections as whoever gives commands, and keeps what it was
/// told: how a duty stands, now and on other clocks, and lists that go on from page to page while
/// the log grows and the service starts again.
class Asker {
public:
    explicit Asker(Draw draw) : draw_{draw}, caller_{draw_.fork()} {}

    /// Makes up a question about what the log holds. @pre something was published
    void ask(const pdca::World& world, Instant beginning, Instant now);
    bool is_idle() const { return asked_.empty(); }
    /// The question that is to be answered next. @pre not idle
    std::string target() const;
    /// @throws Broken  an answer that nobody may get
    void turn(const Moment& moment);
    void drop() { caller_.drop(); }

    const std::vector<ToldState>& states() const { return states_; }
    const std::vector<ToldList>& lists() const { return lists_; }
    std::size_t answers() const { return answers_; }

private:
    struct Question {
        ToldState state;  ///< with a duty, or
        ToldList list;    ///< this one
        std::string cursor = {};
        std::size_t began_in = 0;  ///< of a list: the process that gave the first page
    };

    QuestionClocks past(Instant beginning, Instant now);
    void hear(const HttpCaller::Answer& answer, const Moment& moment);
    void hear_state(const HttpCaller::Answer& answer, const Moment& moment);
    void hear_page(const HttpCaller::Answer& answer, const Moment& moment);
    void begin_list_again(const Moment& moment);

    Draw draw_;
    HttpCaller caller_;
    std::deque<Question> asked_;
    std::vector<ToldState> states_;
    std::vector<ToldList> lists_;
    std::map<std::string, boost::json::value> known_;  ///< answers on the past, by target
    std::vector<ToldState> again_;                     ///< questions on the past
    std::size_t answers_ = 0;
};

}  // namespace dutylog::simulation
