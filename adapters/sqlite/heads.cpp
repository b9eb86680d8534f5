#include "adapters/sqlite/heads.hpp"

#include <algorithm>

#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

using namespace log;

namespace {

/// So many ends are kept in memory between settlings; about 30 MB.
constexpr std::size_t ends_max = 100'000;

}  // namespace

Heads::Heads(Database& database)
    : find_{database, "SELECT id, version, position, leaf FROM stream WHERE name = ?"},
      list_{database, "SELECT name FROM stream WHERE name >= ? ORDER BY name"},
      last_id_{database, "SELECT coalesce(max(id), 0) FROM stream"},
      insert_{database,
              "INSERT INTO stream(id, name, version, position, leaf) VALUES(?, ?, ?, ?, ?)"},
      update_{database, "UPDATE stream SET version = ?2, position = ?3, leaf = ?4 WHERE id = ?1"} {}

void Heads::load() {
    ends_.clear();
    moved_.clear();
    new_streams_.clear();
    Rows rows{last_id_};
    next_id_ = rows.next() ? rows.integer(0) + 1 : 1;
}

void Heads::follow(const Envelope& event, std::int64_t stream, const Digest& leaf) {
    StreamEnd& end = to_move(event.stream.str());
    if (end.id != stream || end.head.version + 1 != event.version)
        throw DamagedEvent{event.position, "it does not follow the event before it"};
    end.head = {event.version, event.position, leaf};
}

Heads::Ends::value_type* Heads::known(const std::string& stream) {
    if (const auto found = ends_.find(stream); found != ends_.end()) return &*found;
    Rows rows{find_, stream};
    if (!rows.next()) return nullptr;
    const StreamEnd end{rows.integer(0), {rows.natural(1), rows.natural(2), rows.digest(3)}};
    return &*ends_.emplace(stream, end).first;
}

StreamEnd* Heads::find(const std::string& stream) {
    auto* end = known(stream);
    return end == nullptr ? nullptr : &end->second;
}

StreamEnd& Heads::to_move(const std::string& stream) {
    auto* end = known(stream);
    if (end == nullptr) {
        end = &*ends_.emplace(stream, StreamEnd{next_id_++, {}}).first;
        new_streams_.insert(stream);
    }
    if (end->second.settled) moved_.push_back(end);
    end->second.settled = false;
    return end->second;
}

std::vector<StreamId> Heads::streams(const std::string& prefix) {
    std::vector<StreamId> names;
    Rows rows{list_, prefix};
    while (rows.next() && rows.text(0).starts_with(prefix))
        names.emplace_back(std::string{rows.text(0)});
    const auto old_names = static_cast<std::ptrdiff_t>(names.size());
    for (auto at = new_streams_.lower_bound(prefix);
         at != new_streams_.end() && at->starts_with(prefix); ++at)
        names.emplace_back(*at);
    std::ranges::inplace_merge(names, names.begin() + old_names);
    return names;
}

void Heads::settle() {
    std::ranges::sort(moved_, {}, [](const auto* end) { return end->second.id; });
    for (auto* moved : moved_) {
        auto& [name, end] = *moved;
        const StreamHead& head = end.head;
        if (new_streams_.contains(name))
            insert_.run(end.id, name, head.version, head.position, head.leaf);
        else
            update_.run(end.id, head.version, head.position, head.leaf);
        end.settled = true;
    }
    moved_.clear();
    new_streams_.clear();
    if (ends_.size() > ends_max) ends_.clear();
}

}  // namespace dutylog::sqlite
