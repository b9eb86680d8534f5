#include <algorithm>
#include <boost/json/serialize.hpp>
#include <set>

#include "engine/history/other_rules.hpp"
#include "engine/history/questions.hpp"
#include "engine/history/rehearsal.hpp"
#include "engine/scenario/run.hpp"
#include "engine/scenario/typed.hpp"

namespace dutylog::scenario {

namespace json = boost::json;

namespace {

std::string text_of(const Node& node, std::string_view key) {
    const Node* found = node.find(key);
    return found == nullptr || !found->is_scalar() ? std::string{} : found->text;
}

class Asking {
public:
    Asking(const Scenario& scenario, Player& player) : scenario_{scenario}, player_{player} {}

    Answered ask(const Question& question) {
        question_ = &question;
        node_ = question.node;
        Answered answered;
        answered.ask = question.ask;
        answered.line = question.line;
        problems_.clear();
        answered.found = find(answered);
        const Node* expected = node_->find("answer");
        const bool ordered = question.ask == "first-missed" || question.ask == "what-if";
        if (expected != nullptr) answered.differences = compare(*expected, answered.found, ordered);
        if (expected != nullptr && text_of(*node_, "complete") == "true" &&
            answered.found.is_array() && answered.found.as_array().size() != expected->items.size())
            answered.differences.push_back("expected " + std::to_string(expected->items.size()) +
                                           " entries, found " +
                                           std::to_string(answered.found.as_array().size()));
        if (expected != nullptr && text_of(*node_, "exactly") == "true" &&
            answered.found.is_object())
            unexpected_names(*expected, answered);
        for (const Problem& problem : problems_) answered.differences.push_back(problem.message);
        return answered;
    }

private:
    void unexpected_names(const Node& expected, Answered& answered) {
        for (const auto& entry : answered.found.as_object()) {
            const std::string name{entry.key()};
            const bool listed = expected.find(name) != nullptr ||
                                std::any_of(expected.items.begin(), expected.items.end(),
                                            [&](const Node& item) { return item.text == name; });
            if (!listed) answered.differences.push_back("`" + name + "` was not expected");
        }
    }

    void fail(std::string message) { problems_.push_back({scenario_.file, 0, std::move(message)}); }

    /// A day as a cut: its end, 24:00 local.
    std::optional<Instant> cut(const char* key) {
        const std::string text = text_of(*node_, key);
        if (text.empty()) return std::nullopt;
        if (const auto date = parse_civil_date(text))
            return Instant{zone().day_end(*date).micros - 1};
        const auto at = player_.instant_of(text);
        if (!at) fail(std::string{"`"} + key + ":` needs a date or an instant");
        return at;
    }

    const calendar::Zone& zone() { return player_.engine().world().rules->zone(); }

    Reference subject(const std::string& id) {
        const auto found = Typed{player_.engine().world()}.subject(id);
        if (!found) fail(found.error());
        return found.value_or(Reference{});
    }

    StreamId duty() {
        const std::string id = text_of(*node_, "duty");
        const auto* definition = player_.engine().world().rules->definition(id);
        if (definition == nullptr) fail("no definition is called `" + id + "`");
        const Reference about = subject(text_of(*node_, "of"));
        if (definition == nullptr || about.empty()) return {};
        return pdca::duty_stream(id, player_.engine().world().ancestor(about, definition->subject));
    }

    log::Position record(const char* key) {
        const PlayedLine* line = player_.line(text_of(*node_, key));
        if (line == nullptr) fail("no line of the story has the id `" + text_of(*node_, key) + "`");
        return line == nullptr ? 0 : line->answer.first;
    }

    pdca::RulesSource source() {
        return [this](const Digest& bundle) { return player_.engine().rules().find(bundle); };
    }

    /// The world as known at the cut: the end of `on:` unless `known_at:` says otherwise. What was
    /// only learnt later is taken in by living the facts through in the order they were true.
    pdca::World decided() {
        const auto on = cut("on");
        const auto known = cut("known_at");
        if (as_true())
            return history::rehearse_as_true(outside(), source(), &player_.keys(), *on).world();
        return history::world_at(player_.engine().store(), source(), known ? known : on);
    }

    /// The same, decided again where the question asks for other rules.
    pdca::World world() {
        const history::OtherRules other = other_rules();
        if (other.empty()) return decided();
        const auto known = cut("known_at");
        const Instant until = !as_true() && known ? *known : moment();
        auto again =
            history::decide_again(outside(), source(), &player_.keys(), other, until, as_true());
        if (again) return std::move(again->world);
        fail(again.error().detail);
        return decided();
    }

    bool as_true() {
        const auto on = cut("on");
        const auto known = cut("known_at");
        return known && on && *known > *on;
    }

    history::OutsideHistory outside() {
        const auto known = cut("known_at");
        return history::outside_history(player_.engine().store(), known ? known : cut("on"));
    }

    /// `rules_at: DATE` and `calendar: {off: [DATE…], work: [DATE…]}`.
    history::OtherRules other_rules() {
        history::OtherRules other;
        if (const std::string text = text_of(*node_, "rules_at"); !text.empty()) {
            other.valid_on = parse_civil_date(text);
            if (!other.valid_on) fail("`rules_at:` needs a date");
        }
        const Node* calendar = node_->find("calendar");
        if (calendar == nullptr) return other;
        for (const char* key : {"off", "work"}) {
            const Node* days = calendar->find(key);
            if (days == nullptr) continue;
            if (days->is_scalar()) add_day(other, *days, key);
            for (const Node& day : days->items) add_day(other, day, key);
        }
        if (other.days.empty()) fail("`calendar:` needs `off:` or `work:` with dates");
        return other;
    }

    void add_day(history::OtherRules& other, const Node& node, const std::string& key) {
        const auto date = parse_civil_date(node.text);
        if (!date) return fail("`calendar:` expects dates, found `" + node.text + "`");
        other.days.push_back(
            {*date, *date, key == "work", {"假定的日历", "a calendar that is asked for"}});
    }

    Instant moment() {
        const auto on = cut("on");
        return on ? *on : player_.end();
    }

    json::value find(Answered& answered) {
        const std::string& ask = question_->ask;
        auto& store = player_.engine().store();
        const auto known = cut("known_at") ? cut("known_at") : cut("on");
        if (ask == "first-missed") return first_missed();
        if (ask == "told") return history::told(store, player_.engine().world(), stream(), known);
        if (ask == "state") return state();
        if (ask == "open") {
            const std::string of = text_of(*node_, "of");
            return history::open_duties(world(), of.empty() ? Reference{} : subject(of),
                                        node_->find("upon") == nullptr ? 0 : record("upon"));
        }
        if (ask == "when-known")
            return history::when_known(store, player_.engine().world(), record("fact"));
        if (ask == "edition") return edition();
        if (ask == "explain") return history::explain_date(world(), duty(), Language::en);
        if (ask == "rests-on") return history::rests_on(store, record("fact"));
        if (ask == "signals") return signals(known);
        if (ask == "exposed" || ask == "over-time") return over_time();
        if (ask == "gate")
            return history::gate_answers(store, player_.engine().world(),
                                         subject(text_of(*node_, "of")), known);
        if (ask == "what-if") {
            const Node* changes = node_->find("change");
            if (changes == nullptr || !changes->is_sequence()) {
                fail("a what-if needs `change:` with a list");
                return {};
            }
            return what_if(scenario_, player_, *changes, answered.assumptions, problems_);
        }
        fail("nothing is asked by `" + ask + "`");
        return {};
    }

    /// With other rules, also which dates they change.
    json::object state() {
        const pdca::World here = world();
        json::object answer = history::duty_state(
            here, duty(), moment(), node_->find("upon") == nullptr ? 0 : record("upon"));
        if (const history::OtherRules other = other_rules(); !other.empty())
            answer["rules"] = history::rules_difference(decided(), here, duty(), other);
        return answer;
    }

    /// The duty's stream, or where no duty is named the subject's own.
    StreamId stream() {
        if (node_->find("duty") != nullptr) return duty();
        return pdca::subject_stream(subject(text_of(*node_, "of")));
    }

    /// With `each: duty` only the first breach of each duty.
    json::value first_missed() {
        json::array all = history::first_missed(world());
        if (text_of(*node_, "each") != "duty") return all;
        json::array firsts;
        std::set<std::string> seen;
        for (const json::value& breach : all)
            if (seen.insert(json::serialize(breach.at("duty")) + json::serialize(breach.at("of")))
                    .second)
                firsts.push_back(breach);
        return firsts;
    }

    json::value edition() {
        const auto date = parse_civil_date(text_of(*node_, "date"));
        if (!date) fail("`date:` needs a date");
        return history::editions(player_.engine().world(), text_of(*node_, "table"),
                                 date.value_or(CivilDate{}));
    }

    json::value signals(std::optional<Instant> known) {
        auto& store = player_.engine().store();
        if (node_->find("duty") != nullptr) return history::signals(store, duty(), known);
        return history::signals(store, pdca::subject_stream(subject(text_of(*node_, "of"))), known);
    }

    json::value over_time() {
        const auto from = parse_civil_date(text_of(*node_, "from"));
        const auto to = parse_civil_date(text_of(*node_, "to"));
        if (!from || !to) {
            fail("`from:` and `to:` need dates");
            return {};
        }
        const std::string fact = text_of(*node_, "fact");
        const std::string field = text_of(*node_, "field");
        return history::over_time(player_.engine().world(), fact.empty() ? "assignment" : fact,
                                  field.empty() ? "post" : field, subject(text_of(*node_, "post")),
                                  *from, *to);
    }

    const Scenario& scenario_;
    Player& player_;
    const Question* question_ = nullptr;
    const Node* node_ = nullptr;
    std::vector<Problem> problems_;
};

}  // namespace

std::vector<Answered> ask(const Scenario& scenario, Player& player) {
    std::vector<Answered> answers;
    Asking asking{scenario, player};
    for (const Question& question : scenario.questions) answers.push_back(asking.ask(question));
    return answers;
}

}  // namespace dutylog::scenario
