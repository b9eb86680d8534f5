#include "engine/pdca/rules.hpp"

#include <stdexcept>

#include "engine/pdca/readers.hpp"

namespace dutylog::pdca {

using definition::Definition;
using definition::FactType;
using definition::Table;

namespace {

const std::vector<const Definition*> nothing;

rule::Type plain(rule::Kind kind) { return {kind, false, "", "", {}, nullptr}; }

FactType built_in(std::string id, std::vector<definition::FieldSpec> fields) {
    FactType type;
    type.access = id;
    type.hash = sha256("built-in " + id);
    type.id = std::move(id);
    type.fields = std::move(fields);
    return type;
}

/// Fact types of every library: who holds a role, and who is away (docs/definition-language.md).
const std::vector<FactType>& built_in_facts() {
    static const std::vector<FactType> types{
        built_in("holds_role", {{"role", plain(rule::Kind::text), true, "", {}},
                                {"person", plain(rule::Kind::reference), false, "", {}}}),
        built_in("absence", {{"until", plain(rule::Kind::date), false, "", {}},
                             {"deputy", plain(rule::Kind::reference), false, "", {}}}),
    };
    return types;
}

/// Whether a key cell takes the value asked for.
bool cell_takes(const Value& cell, const Value& wanted) {
    const auto* word = cell.as<std::string>();
    if (word != nullptr && *word == "any") return true;
    if (const auto* text = wanted.as<std::string>(); text != nullptr && word != nullptr)
        return *word == *text;
    return cell == wanted || to_string(cell) == to_string(wanted);
}

std::optional<Decimal> number_of(const Value& value) {
    if (const auto* whole = value.as<std::int64_t>()) return Decimal{*whole};
    if (const auto* number = value.as<Decimal>()) return *number;
    if (const auto* quantity = value.as<Quantity>()) return quantity->amount;
    return std::nullopt;
}

/// Whether the row says that an end of its band belongs to it: `level_to_included`.
bool included(const Record& row, const std::string& end, bool otherwise) {
    const Value* found = row.find(end + "_included");
    const auto* truth = found == nullptr ? nullptr : found->as<bool>();
    return truth == nullptr ? otherwise : *truth;
}

/// From (inclusive) to (exclusive) unless the row says otherwise; an empty end is open. A row
/// without a band takes everything.
bool band_takes(const Record& row, const Table::Key& key, const Value& wanted) {
    const auto number = number_of(wanted);
    const Value* from = row.find(key.band_from);
    const Value* to = row.find(key.band_to);
    const auto low = from == nullptr ? std::nullopt : number_of(*from);
    const auto high = to == nullptr ? std::nullopt : number_of(*to);
    if (!low && !high) return true;
    if (!number) return false;
    const bool above =
        !low || *number > *low || (*number == *low && included(row, key.band_from, true));
    const bool below =
        !high || *number < *high || (*number == *high && included(row, key.band_to, false));
    return above && below;
}

bool valid_on(const Record& row, CivilDate on) {
    const Value* from = row.find("valid_from");
    const Value* to = row.find("valid_to");
    const auto* first = from == nullptr ? nullptr : from->as<CivilDate>();
    const auto* end = to == nullptr ? nullptr : to->as<CivilDate>();
    return (first == nullptr || on >= *first) && (end == nullptr || on < *end);
}

bool row_takes(const Table& table, const Record& row, std::span<const Value> keys) {
    if (keys.size() != table.keys.size()) return false;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const Table::Key& key = table.keys[i];
        if (key.column.empty() ? !band_takes(row, key, keys[i])
                               : !cell_takes(*row.find(key.column), keys[i]))
            return false;
    }
    return true;
}

}  // namespace

Rules::Rules(definition::BundlePtr bundle) : bundle_{std::move(bundle)} {
    const auto calendar = bundle_->calendars.find(bundle_->library.calendar);
    const auto zone = bundle_->zones.find(bundle_->library.zone);
    if (calendar == bundle_->calendars.end() || zone == bundle_->zones.end())
        throw std::invalid_argument{"a bundle needs the calendar and zone its library names"};
    calendar_ = &calendar->second;
    zone_ = &zone->second;
    index_facts();
    index_tables();
    for (const auto& [id, definition] : bundle_->definitions) {
        about_[definition.subject].push_back(&definition);
        if (definition.level != definition::Level::duty) wheels_.push_back(&definition);
        for (const auto& step : definition.steps)
            if (!step.run.empty()) run_by_steps_.insert(step.run);
        index_readers(definition);
    }
}

void Rules::index_facts() {
    for (const auto& [id, fact] : library().facts) access_[{fact.of, fact.access}] = &fact;
}

void Rules::index_readers(const Definition& definition) {
    for (const std::string& fact : facts_read(definition, library()))
        readers_[fact].push_back(&definition);
}

void Rules::index_tables() {
    for (const auto& [id, table] : bundle_->tables) {
        auto& rows = tables_[id];
        for (const Record& row : table.rows) {
            const bool by_cell = !table.keys.empty() && !table.keys.front().column.empty();
            rows[by_cell ? to_string(*row.find(table.keys.front().column)) : ""].push_back(&row);
        }
    }
}

const Definition* Rules::definition(std::string_view id) const {
    const auto found = bundle_->definitions.find(std::string{id});
    return found == bundle_->definitions.end() ? nullptr : &found->second;
}

const FactType* Rules::fact(std::string_view id) const {
    const auto found = library().facts.find(std::string{id});
    if (found != library().facts.end()) return &found->second;
    for (const FactType& built_in : built_in_facts())
        if (built_in.id == id) return &built_in;
    return nullptr;
}

const FactType* Rules::fact_of(std::string_view kind, std::string_view access) const {
    const auto found = access_.find(std::pair{std::string{kind}, std::string{access}});
    return found == access_.end() ? nullptr : found->second;
}

const std::vector<const Definition*>& Rules::reading(const std::string& fact) const {
    const auto found = readers_.find(fact);
    return found == readers_.end() ? nothing : found->second;
}

const std::vector<const Definition*>& Rules::about(const std::string& kind) const {
    const auto found = about_.find(kind);
    return found == about_.end() ? nothing : found->second;
}

bool Rules::waits_to_be_run(const Definition& definition) const {
    return !definition.upon && definition.repeat == definition::Repeat::none &&
           run_by_steps_.contains(definition.id);
}

bool Rules::within(std::string_view kind, std::string_view outer) const {
    std::string at{kind};
    for (std::size_t steps = 0; steps <= library().kinds.size(); ++steps) {
        if (at == outer) return true;
        const auto found = library().kinds.find(at);
        if (found == library().kinds.end() || found->second.parent.empty()) return false;
        at = found->second.parent;
    }
    return false;
}

Value Rules::table_row(std::string_view id, std::span<const Value> keys, CivilDate on) const {
    const auto table = bundle_->tables.find(std::string{id});
    const auto rows = tables_.find(id);
    if (table == bundle_->tables.end() || rows == tables_.end()) return {};
    const bool by_cell = !table->second.keys.empty() && !table->second.keys.front().column.empty();
    const std::string first = by_cell && !keys.empty() ? to_string(keys.front()) : "";
    for (const std::string& cell : {first, std::string{"any"}}) {
        const auto found = rows->second.find(cell);
        if (found == rows->second.end()) continue;
        for (const Record* row : found->second)
            if (valid_on(*row, on) && row_takes(table->second, *row, keys)) return *row;
    }
    return {};
}

}  // namespace dutylog::pdca
