#include "adapters/sqlite/command_table.hpp"

#include <algorithm>

#include "adapters/sqlite/row_sum.hpp"
#include "engine/log/wire.hpp"

namespace dutylog::sqlite {

using namespace log;

namespace {

constexpr std::size_t entry_bytes = 16;

std::int64_t sum_of(const ResultView& result, std::int64_t place) {
    return RowSum::of(place, result.command, result.body, result.answer);
}

ResultView read_result(BytesView stored, std::int64_t place) {
    try {
        return view_result(stored, place);
    } catch (const DecodeError& error) {
        throw StoreError{"the result of a command at " + std::to_string(place) +
                         " cannot be read: " + error.what()};
    }
}

}  // namespace

void encode_result(const CommandResult& result, std::int64_t place, Bytes& out) {
    out.clear();
    WireWriter to{out};
    to.text(result.command.str());
    to.digest(result.body);
    to.number(result.answer.size());
    to.raw(result.answer.data(), result.answer.size());
    to.signed_number(sum_of({result.command.str(), result.body, result.answer}, place));
}

ResultView view_result(BytesView bytes, std::int64_t place) {
    WireReader in{bytes};
    ResultView result;
    result.command = in.text(store_limits::key_max);
    result.body = in.digest();
    result.answer = in.raw(in.number_up_to(store_limits::bytes_max, "an answer"));
    if (in.signed_number() != sum_of(result, place)) in.fail("a matching checksum");
    in.finish();
    return result;
}

CommandTable::CommandTable(Database& database)
    : beside_event_{database, "SELECT result FROM event WHERE position = ?"},
      without_event_{database, "SELECT result FROM command WHERE number = ?"},
      places_bytes_{database, "SELECT coalesce(sum(length(places)), 0) FROM command_hash"},
      places_{database, "SELECT places FROM command_hash ORDER BY batch"},
      younger_{database, "SELECT number, result FROM command WHERE number > ? ORDER BY number"},
      insert_{database, "INSERT INTO command(number, result) VALUES(?, ?)"},
      insert_places_{database, "INSERT INTO command_hash(batch, places, sum) VALUES(?, ?, ?)"} {}

void CommandTable::load(Position settled) {
    unsettled_.clear();
    if (loaded_) return;
    Rows size{places_bytes_};
    if (size.next()) index_.reserve(size.natural(0) / entry_bytes);
    Rows rows{places_};
    while (rows.next())
        for (WireReader in{rows.bytes(0)}; in.remaining() >= entry_bytes;) {
            const std::uint64_t hash = in.number();
            add_to_index({hash, in.signed_number()});
        }
    known_up_to_ = settled;
    loaded_ = true;
}

void CommandTable::follow() {
    Rows rows{younger_, last_number_};
    while (rows.next()) take(-rows.integer(0), rows.bytes(1));
}

void CommandTable::follow(Position position, BytesView result) {
    known_up_to_ = position;
    if (!result.empty()) take(static_cast<std::int64_t>(position), result);
}

void CommandTable::take(std::int64_t place, BytesView stored) {
    add({CommandIndex::hash_of(read_result(stored, place).command), place});
}

void CommandTable::add(const Entry& entry) {
    add_to_index(entry);
    unsettled_.push_back(entry);
}

void CommandTable::add_to_index(const Entry& entry) {
    index_.add(entry.hash, entry.place);
    last_number_ = std::max(last_number_, -entry.place);
}

std::optional<CommandResult> CommandTable::at(std::int64_t place) {
    Rows rows{place > 0 ? beside_event_ : without_event_, place > 0 ? place : -place};
    if (!rows.next()) return std::nullopt;
    const ResultView stored = read_result(rows.bytes(0), place);
    return CommandResult{CommandId{std::string{stored.command}}, stored.body,
                         Bytes(stored.answer.begin(), stored.answer.end())};
}

std::int64_t CommandTable::place_of(const std::string& command) {
    return index_.find(CommandIndex::hash_of(command), [&](std::int64_t place) {
        const auto result = at(place);
        return result && result->command.str() == command;
    });
}

std::optional<CommandResult> CommandTable::find(const std::string& command) {
    const std::int64_t place = place_of(command);
    if (place == 0) return std::nullopt;
    return at(place);
}

void CommandTable::insert(const CommandResult& result, Position first, Bytes& beside) {
    const std::string& id = result.command.str();
    if (place_of(id) != 0) return;
    const std::int64_t place = first != 0 ? static_cast<std::int64_t>(first) : -(last_number_ + 1);
    encode_result(result, place, beside);
    add({CommandIndex::hash_of(id), place});
    if (first == 0) insert_.run(-place, beside);
}

void CommandTable::settle(std::int64_t batch) {
    if (unsettled_.empty()) return;
    Bytes places;
    places.reserve(unsettled_.size() * entry_bytes);
    WireWriter to{places};
    for (const Entry& entry : unsettled_) {
        to.number(entry.hash);
        to.signed_number(entry.place);
    }
    insert_places_.run(batch, places, RowSum::of(batch, BytesView{places}));
    unsettled_.clear();
}

}  // namespace dutylog::sqlite
