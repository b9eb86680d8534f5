#include "tests/simulation/service/check_answers.hpp"

#include <algorithm>

#include "adapters/server/duty_list.hpp"
#include "engine/history/questions.hpp"
#include "engine/pdca/stored.hpp"
#include "tests/simulation/broken.hpp"

namespace dutylog::simulation {

namespace json = boost::json;

namespace {

/// The moment by which "overdue" is judged.
Instant judged_at(const QuestionClocks& clocks, const Moment& moment) {
    return clocks.true_at.value_or(moment.now);
}

/// The cut in what was recorded; nothing where the question was about now.
std::optional<Instant> cut_of(const QuestionClocks& clocks) {
    return clocks.known_at ? clocks.known_at : clocks.true_at;
}

/// Facts in the order in which they were true, and rules of another time, are lived through by
/// `engine/history`, which has tests of its own; here they are held to having one answer.
bool is_rehearsed(const QuestionClocks& clocks) {
    return clocks.rules_at ||
           (clocks.known_at && clocks.true_at && *clocks.known_at > *clocks.true_at);
}

json::value state_in(const pdca::World& world, const ToldState& told) {
    if (world.duty(told.duty) == nullptr) return nullptr;
    return history::duty_state(world, told.duty, judged_at(told.clocks, told.moment));
}

std::vector<json::object> open_in(const pdca::World& world, const ToldList& told) {
    static const server::TokenCaller everybody = [] {
        server::TokenCaller caller;
        caller.token.may = {std::begin(server::permissions), std::end(server::permissions)};
        return caller;
    }();
    const Instant at = judged_at(told.clocks, told.last);
    const server::Asked asked{.world = &world, .at = at, .known_at = {}, .cut = {}};
    std::vector<json::object> entries;
    for (const auto& open : server::open_duties(asked, {}, everybody))
        entries.push_back(server::open_json(open, at));
    return entries;
}

/// One answer that is held against a fold, at the places of the log where it may have been given.
struct Claim {
    std::string target;
    std::optional<Instant> cut;  ///< else the answer is of a moment
    Moment moment;
    std::function<bool(const pdca::World&)> holds;
    bool held = false;
};

std::vector<Claim> claims_of(const Asker& asker) {
    std::vector<Claim> claims;
    for (const ToldState& told : asker.states())
        if (!is_rehearsed(told.clocks))
            claims.push_back(
                {told.target, cut_of(told.clocks), told.moment, [&told](const pdca::World& world) {
                     return state_in(world, told) == told.state;
                 }});
    for (const ToldList& told : asker.lists()) {
        // Pages that were read one after the other are of several moments.
        const bool of_one = cut_of(told.clocks) || told.pages == 1;
        if (!told.of_events && of_one && !is_rehearsed(told.clocks))
            claims.push_back(
                {told.target, cut_of(told.clocks), told.last, [&told](const pdca::World& world) {
                     return open_in(world, told) == told.entries;
                 }});
    }
    return claims;
}

void hold_to_fold(log::EventStore& store, const pdca::RulesSource& rules,
                  std::vector<Claim> claims) {
    pdca::World world;
    world.source = rules;
    const auto look = [&](bool at_cut, Instant next) {
        for (Claim& claim : claims) {
            if (claim.held || claim.cut.has_value() != at_cut) continue;
            const bool here =
                at_cut ? *claim.cut < next
                       : claim.moment.before <= world.head && world.head <= claim.moment.after;
            if (!here) continue;
            claim.held = claim.holds(world);
            require(claim.held || !at_cut, "an answer is what the log said then: " + claim.target);
        }
    };
    store.scan(1, [&](const log::StoredEvent& stored) {
        look(true, stored.envelope.recorded);
        pdca::replay(world, stored);
        look(false, {});
        return true;
    });
    look(true, Instant{INT64_MAX});
    for (const Claim& claim : claims)
        require(claim.held, "an answer is what the log says: " + claim.target + " at " +
                                to_string(claim.moment.now));
}

bool is_wanted(const log::StoredEvent& stored, const ToldList& told) {
    if (told.clocks.known_at && stored.envelope.recorded > *told.clocks.known_at) return false;
    return told.type.empty() || stored.envelope.type == told.type;
}

/// The events of the log in their order, from the first one to one that was there at the last page.
void check_events(log::EventStore& store, const ToldList& told) {
    auto next = told.entries.begin();
    store.scan(1, [&](const log::StoredEvent& stored) {
        const log::Position position = stored.envelope.position;
        if (!is_wanted(stored, told)) return true;
        const bool listed =
            next != told.entries.end() && next->at("event").to_number<log::Position>() == position;
        require(listed || (next == told.entries.end() && position > told.last.before),
                "a list leaves nothing out and tells nothing twice: " + told.target + ", event " +
                    std::to_string(position));
        if (!listed) return false;
        require(json::value_to<std::string>(next->at("type")) == stored.envelope.type &&
                    json::value_to<std::string>(next->at("stream")) == stored.envelope.stream.str(),
                "a list tells of events as they are on the record: " + told.target);
        ++next;
        return true;
    });
    require(next == told.entries.end(),
            "a list tells only of what is on the record: " + told.target);
}

void check_places(const ToldList& told) {
    const auto place = [](const json::object& open) {
        return std::tuple{json::value_to<std::string>(open.at("effective")),
                          json::value_to<std::string>(open.at("duty")),
                          open.at("cycle").to_number<std::uint64_t>()};
    };
    for (std::size_t i = 1; i < told.entries.size(); ++i)
        require(place(told.entries[i - 1]) < place(told.entries[i]),
                "a list is in its order, each entry once: " + told.target);
}

}  // namespace

void check_answers(log::EventStore& store, const pdca::RulesSource& rules, const Asker& asker) {
    hold_to_fold(store, rules, claims_of(asker));
    for (const ToldList& told : asker.lists())
        told.of_events ? check_events(store, told) : check_places(told);
}

}  // namespace dutylog::simulation
