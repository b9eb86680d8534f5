#include "adapters/cli/supposing.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <set>

#include "adapters/cli/changes.hpp"
#include "adapters/cli/refusals.hpp"
#include "engine/history/questions.hpp"
#include "engine/history/rehearsal.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

/// What tells one breach from another, wherever its event stands.
std::string key_of(const json::value& breach) {
    std::string key;
    for (const char* name : {"duty", "of", "step", "due", "kind"})
        if (const json::value* part = breach.as_object().if_contains(name))
            key += json::serialize(*part) + " ";
    return key;
}

json::array without(const json::array& from, const json::array& what) {
    std::vector<std::string> keys;
    for (const json::value& breach : what) keys.push_back(key_of(breach));
    json::array rest;
    for (const json::value& breach : from) {
        const auto found = std::find(keys.begin(), keys.end(), key_of(breach));
        if (found == keys.end())
            rest.push_back(breach);
        else
            keys.erase(found);
    }
    return rest;
}

/// Places of events in a made-up history name nothing in the log.
json::array without_places(json::array breaches) {
    for (json::value& breach : breaches) breach.as_object().erase("event");
    return breaches;
}

std::string joined(const std::set<std::string>& keys) {
    std::string text;
    for (const std::string& key : keys) text += (text.empty() ? "" : ", ") + key;
    return text;
}

}  // namespace

Supposed suppose(OpenedLog& log, const json::array& changes, std::optional<Instant> until) {
    const Instant end = until ? *until : log.store().last_recorded();
    auto outside = history::outside_history(log.store(), std::nullopt);
    change_history(outside, changes, log.now());
    history::Rehearsal rehearsal{log.source(), &log.keys(), outside.answers};
    for (const history::OutsideAct& act : outside.acts)
        if (act.recorded <= end) rehearsal.run(act);
    rehearsal.advance(end);
    if (!rehearsal.unreadable().empty())
        throw Failure{ExitCode::refused,
                      phrase("not reproducible: erased ({})", "无法重演：密钥已删除（{}）",
                             joined(rehearsal.unreadable()))};
    const json::array before = history::first_missed(until ? log.world(end) : log.now());
    json::array after = without_places(history::first_missed(rehearsal.world()));
    return {rehearsal.world(),      after,
            without(before, after), without(after, before),
            rehearsal.dropped(),    log.store().head()};
}

json::object to_json(const Supposed& supposed, const json::array& changes) {
    return {{"changes", changes},
            {"remain", supposed.remain},
            {"avoided", supposed.avoided},
            {"arisen", supposed.arisen},
            {"not_possible", list_of(supposed.dropped)},
            {"log", {{"events", supposed.head.size}, {"root", to_hex(supposed.head.root)}}}};
}

}  // namespace dutylog::cli
