#include "engine/pdca/scope.hpp"

#include <algorithm>
#include <map>

namespace dutylog::pdca {

using registry::FactEntry;
using registry::Subject;

namespace {

/// A derived field may read another; a circle ends here and gives none.
constexpr int depth_max = 16;

/// `ended: true` takes an entry away from what holds now.
bool ended(const FactEntry& entry) {
    const auto* truth = entry.value["ended"].as<bool>();
    return truth != nullptr && *truth;
}

}  // namespace

Scope::Scope(const World& world, const Rules& rules, Instant now)
    : world_{world}, rules_{rules}, now_{now} {
    set("on", rules.zone().local(now).date);
}

void Scope::set(std::string_view name, Value value) {
    for (auto& [known, old] : variables_)
        if (known == name) {
            old = std::move(value);
            return;
        }
    variables_.emplace_back(name, std::move(value));
}

Value Scope::variable(std::string_view name) {
    for (const auto& [known, value] : variables_)
        if (known == name) return value;
    return {};
}

Value Scope::field_of(const Reference& id, std::string_view name) {
    if (name == "id") return id.id;
    if (name == "kind") return id.kind;
    const Subject* subject = world_.subject(id);
    if (subject == nullptr) return {};
    if (const definition::FactType* type = rules_.fact_of(id.kind, name))
        return fact_of(*subject, *type);
    const auto kind = rules_.library().kinds.find(id.kind);
    if (kind != rules_.library().kinds.end()) {
        const auto derived = kind->second.derived.find(std::string{name});
        if (derived != kind->second.derived.end() && depth_ < depth_max) {
            ++depth_;
            const Value outer = variable(id.kind);
            set(id.kind, id);
            Value value = rule::evaluate(*derived->second, *this);
            set(id.kind, outer);
            --depth_;
            return value;
        }
    }
    const Reference found = world_.ancestor(id, name);
    return found.empty() ? Value{} : Value{found};
}

Value Scope::record_of(const Reference& subject, const FactEntry& entry) {
    reads_.push_back(entry.position);
    Record record = entry.value.as<Record>() == nullptr ? Record{} : *entry.value.as<Record>();
    record.set("at", entry.effective.at);
    record.set("known_at", entry.recorded);
    record.set("known_on", rules_.zone().local(entry.recorded).date);
    record.set("on", entry.effective.date);
    record.set("subject", subject);
    return record;
}

Value Scope::fact_of(const Subject& subject, const definition::FactType& type) {
    const auto found = subject.facts.find(type.id);
    static const std::vector<FactEntry> none;
    const auto& entries = found == subject.facts.end() ? none : found->second;
    switch (type.keep) {
        case definition::Keep::latest:
            return latest(subject, entries);
        case definition::Keep::latest_by:
            return latest_by(subject, type, entries);
        case definition::Keep::all:
            return all(subject, entries);
    }
    return {};
}

Value Scope::latest(const Subject& subject, const std::vector<FactEntry>& entries) {
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
        if (entry->in_use() && entry->effective.at <= now_) {
            reads_.push_back(entry->position);
            return ended(*entry) ? Value{} : record_of(subject.id, *entry);
        }
    return {};
}

Value Scope::latest_by(const Subject& subject, const definition::FactType& type,
                       const std::vector<FactEntry>& entries) {
    std::map<std::string, const FactEntry*> newest;  // by canonical bytes of the key
    for (const FactEntry& entry : entries) {
        if (!entry.in_use() || entry.effective.at > now_) continue;
        std::string key;
        append_canonical(key, entry.value[type.key]);
        newest[key] = &entry;
    }
    List list;
    for (const auto& [key, entry] : newest) {
        if (ended(*entry))
            reads_.push_back(entry->position);
        else
            list.push_back(record_of(subject.id, *entry));
    }
    return list;
}

Value Scope::all(const Subject& subject, const std::vector<FactEntry>& entries) {
    List list;
    for (const FactEntry& entry : entries)
        if (entry.in_use() && entry.effective.at <= now_)
            list.push_back(record_of(subject.id, entry));
    return list;
}

Value Scope::table_row(std::string_view id, std::span<const Value> keys, CivilDate on) {
    return rules_.table_row(id, keys, on);
}

Value Scope::count(const Period& period, bool forward, const Value& base) {
    const calendar::DueRule rule{period,
                                 forward ? calendar::Direction::after : calendar::Direction::before,
                                 calendar::Roll::none, calendar::Convention::civil_code};
    calendar::Base from;
    if (const auto* date = base.as<CivilDate>())
        from = *date;
    else if (const auto* at = base.as<Instant>())
        from = *at;
    else
        return {};
    const calendar::DueDate due =
        calendar::compute_due(from, rule, rules_.calendar(), rules_.zone());
    Value result = due.exact ? Value{due.due_at} : Value{due.nominal};
    counts_.push_back({result, from, rule});
    return result;
}

Value Scope::date_of(Instant at) { return rules_.zone().local(at).date; }

const rule::Function* Scope::function(std::string_view name) {
    const auto found = rules_.library().functions.find(std::string{name});
    return found == rules_.library().functions.end() ? nullptr : &found->second;
}

Value Scope::unseal(const Sealed&) { return {}; }

bool Scope::holds(const rule::ExpressionPtr& expression) {
    if (expression == nullptr) return true;
    const Value value = rule::evaluate(*expression, *this);
    const auto* truth = value.as<bool>();
    return truth != nullptr && *truth;
}

std::vector<Position> Scope::reads() const {
    std::vector<Position> positions = reads_;
    std::sort(positions.begin(), positions.end());
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
    std::erase(positions, Position{0});
    return positions;
}

const Scope::Counted* Scope::counted(const Value& result) const {
    for (const Counted& count : counts_)
        if (count.result == result) return &count;
    return nullptr;
}

}  // namespace dutylog::pdca
