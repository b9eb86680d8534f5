#include "tests/adapters/sample_log.hpp"

#include "tests/support/appends.hpp"

namespace dutylog::test {

using namespace log;

namespace {

constexpr std::uint64_t settled_appends = 12;
constexpr std::uint64_t all_appends = 16;

/// The effects of an event follow from its position, so that they can be derived again.
void derive_from(Position position, Append& append) {
    const std::string name = std::to_string(position % 9);
    append.set_timers.push_back(
        {"timer/" + name, {static_cast<std::int64_t>(position) * 7}, position});
    append.add_outbox.push_back(
        {"entry/" + name, "mail", {static_cast<std::int64_t>(position)}, bytes("body " + name)});
    append.set_rows.push_back({"duty", name, bytes("value " + std::to_string(position))});
    if (position % 5 == 0) {
        append.drop_timers.push_back("timer/" + std::to_string((position + 1) % 9));
        append.drop_outbox.push_back("entry/" + std::to_string((position + 2) % 9));
        append.drop_rows.emplace_back("duty", std::to_string((position + 3) % 9));
    }
}

CommandResult result_of(std::uint64_t number) {
    const std::string id = "command/" + std::to_string(number);
    return {CommandId{id}, sha256(id), bytes("answer " + std::to_string(number))};
}

Append numbered(std::uint64_t number, Position next) {
    Append append;
    if (number % 7 != 3) {
        append.events = {event("duty/" + std::to_string(number % 5), "payload a"),
                         event("duty/" + std::to_string(number % 3), "payload b")};
        append.events[1].cause = 0;
        if (next > 4) append.events[0].rests_on = {1, 3};
        if (next > 9) append.events[1].corrects = 2;
        derive_from(next, append);
    }
    append.result = result_of(number);
    if (number == 2) append.blobs = {bytes("bundle"), bytes("table")};
    return append;
}

void carry_out(const Append& append, std::map<std::string, Timer>& timers,
               std::map<std::string, OutboxEntry>& outbox, std::map<std::string, Bytes>& rows) {
    for (const std::string& key : append.drop_timers) timers.erase(key);
    for (const Timer& timer : append.set_timers) timers[timer.key] = timer;
    for (const std::string& id : append.drop_outbox) outbox.erase(id);
    for (const OutboxEntry& entry : append.add_outbox) outbox[entry.id] = entry;
    for (const auto& [table, key] : append.drop_rows) rows.erase(key);
    for (const ProjectionRow& row : append.set_rows) rows[row.key] = row.value;
}

}  // namespace

void write_sample_log(const std::string& path) {
    sqlite::Options options;
    options.synchronous = sqlite::Synchronous::off;
    sqlite::SqliteStore store{path, options};
    for (std::uint64_t number = 1; number <= all_appends; ++number) {
        append_one(store, numbered(number, store.head().size + 1),
                   {static_cast<std::int64_t>(number) * 1'000'000});
        if (number == settled_appends) store.settle();
    }
    store.save_snapshot("duty/1", 3, 5, bytes("state"));
}

sqlite::Derived derive_sample(EventStore& store) {
    std::map<std::string, Timer> timers;
    std::map<std::string, OutboxEntry> outbox;
    std::map<std::string, Bytes> rows;
    store.scan(1, [&](const StoredEvent& event) {
        Append append;
        if (event.envelope.cause == 0) derive_from(event.envelope.position, append);
        carry_out(append, timers, outbox, rows);
        return true;
    });
    sqlite::Derived derived{{{}}, {{}}, {{}}, {{}}};
    for (const auto& [key, timer] : timers) derived.timers->push_back(timer);
    for (const auto& [id, entry] : outbox) derived.outbox->push_back(entry);
    for (const auto& [key, value] : rows) derived.rows->push_back({"duty", key, value});
    for (std::uint64_t number = 1; number <= all_appends; ++number)
        derived.results->push_back(result_of(number));
    return derived;
}

}  // namespace dutylog::test
