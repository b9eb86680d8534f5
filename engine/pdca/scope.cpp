#include "engine/pdca/scope.hpp"

#include <algorithm>
#include <map>

#include "engine/pdca/sealing.hpp"

namespace dutylog::pdca {

using registry::FactEntry;
using registry::Subject;

namespace {

/// A derived field may read another; a circle ends here and gives none.
constexpr int depth_max = 16;
/// What every fact has beside its own fields.
constexpr std::size_t built_in_fields = 5;

/// `ended: true` takes an entry away from what holds now.
bool ended(const FactEntry& entry) {
    const auto* truth = entry.value["ended"].as<bool>();
    return truth != nullptr && *truth;
}

Digest question_id(const Sealed& sealed, const Digest& question) {
    std::string name;
    append_canonical(name, sealed);
    name.append(question.bytes.begin(), question.bytes.end());
    return sha256(name);
}

SealedAnswer answer_in(const Value& value) {
    const auto* truth = value.as<bool>();
    if (truth == nullptr) return SealedAnswer::none;
    return *truth ? SealedAnswer::yes : SealedAnswer::no;
}

Value value_of(SealedAnswer answer) {
    return answer == SealedAnswer::none ? Value{} : Value{answer == SealedAnswer::yes};
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

Value Scope::record_of(const Reference& subject, std::string_view fact, const FactEntry& entry) {
    reads_.push_back(entry.position);
    place(entry.value, [&](const std::string& field) { return fact_place(subject, fact, field); });
    Record record;
    const auto* stated = entry.value.as<Record>();
    record.fields().reserve((stated == nullptr ? 0 : stated->fields().size()) + built_in_fields);
    if (stated != nullptr) record.fields() = stated->fields();  // into the room just made
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
            return latest(subject, type, entries);
        case definition::Keep::latest_by:
            return latest_by(subject, type, entries);
        case definition::Keep::all:
            return all(subject, type, entries);
    }
    return {};
}

Value Scope::latest(const Subject& subject, const definition::FactType& type,
                    const std::vector<FactEntry>& entries) {
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
        if (entry->in_use() && entry->effective.at <= now_) {
            reads_.push_back(entry->position);
            return ended(*entry) ? Value{} : record_of(subject.id, type.id, *entry);
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
            list.push_back(record_of(subject.id, type.id, *entry));
    }
    return list;
}

Value Scope::all(const Subject& subject, const definition::FactType& type,
                 const std::vector<FactEntry>& entries) {
    List list;
    for (const FactEntry& entry : entries)
        if (entry.in_use() && entry.effective.at <= now_)
            list.push_back(record_of(subject.id, type.id, entry));
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

std::optional<Value> Scope::open(const Sealed& sealed) const {
    const log::KeyRing* keys = world_.unsealing.keys;
    if (keys != nullptr)
        for (const auto& [known, place] : places_)
            if (known == sealed)
                if (auto plain = log::try_unseal(*keys, sealed, place)) return plain;
    return std::nullopt;
}

std::optional<Value> Scope::need(const Sealed& sealed) {
    if (auto plain = open(sealed)) return plain;
    ++unread_;
    if (world_.unsealing.notes != nullptr) world_.unsealing.notes->unreadable.insert(sealed.key);
    return std::nullopt;
}

Value Scope::unseal(const Sealed& sealed) { return need(sealed).value_or(Value{}); }

/// An answer on the record stands, whether the key is there or not.
std::optional<SealedAnswer> Scope::known(const Sealed& sealed, const Digest& id) const {
    if (const auto found = world_.answers.find(id); found != world_.answers.end())
        return found->second;
    const auto& foretold = world_.unsealing.foretold;
    if (foretold == nullptr) return std::nullopt;
    const auto found = foretold->find(id);
    if (found == foretold->end()) return std::nullopt;
    note(sealed, id, found->second);
    return found->second;
}

void Scope::note(const Sealed& sealed, const Digest& id, SealedAnswer answer) const {
    if (world_.unsealing.notes != nullptr) world_.unsealing.notes->asked[id] = {sealed.key, answer};
}

Value Scope::ask(const Sealed& sealed, const Digest& question,
                 const std::function<Value(const Value& plain)>& answer) {
    const Digest id = question_id(sealed, question);
    if (const auto answered = known(sealed, id)) return value_of(*answered);
    const std::optional<Value> plain = need(sealed);
    const std::size_t unread = unread_;
    const Value result = answer(plain.value_or(Value{}));
    // What another field kept back is no answer of this one.
    if (plain && unread == unread_) note(sealed, id, answer_in(result));
    return result;
}

/// Only a check that fails is kept: it is why a command was refused.
bool Scope::passes(const Sealed& sealed, const Digest& check,
                   const std::function<bool(const Value& plain)>& holds) {
    const Digest id = question_id(sealed, check);
    if (const auto answered = known(sealed, id)) return *answered != SealedAnswer::no;
    const std::optional<Value> plain = open(sealed);
    if (!plain || holds(*plain)) return true;
    note(sealed, id, SealedAnswer::no);
    return false;
}

void Scope::set_form(const StreamId& duty, std::string_view step, const Value& form) {
    place(form, [&](const std::string& field) { return form_place(duty, step, field); });
    if (const auto* record = form.as<Record>())
        for (const Field& field : record->fields()) set(field.name, field.value);
}

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
