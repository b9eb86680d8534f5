#include "adapters/sqlite/event_table.hpp"

#include <algorithm>

#include "engine/log/envelope_codec.hpp"

namespace dutylog::sqlite {

using namespace log;

namespace {

/// So many events of a stream are read backwards in one pass and kept until their turn comes.
constexpr std::uint64_t kept_events_max = 4096;
constexpr std::size_t kept_bytes_max = std::size_t{32} << 20;

void read_envelope(Position position, BytesView bytes, Envelope& into) {
    try {
        decode_envelope(bytes, into);
    } catch (const DecodeError& error) {
        throw DamagedEvent{position, error.what()};
    }
    if (into.position != position)
        throw DamagedEvent{position, "its envelope names another position"};
}

/// Decodes into one object, whose strings keep their room.
void read_event(Position position, const Digest& leaf, BytesView envelope, BytesView payload,
                StoredEvent& into) {
    read_envelope(position, envelope, into.envelope);
    into.payload.assign(payload.begin(), payload.end());
    into.leaf = leaf;
}

}  // namespace

EventTable::EventTable(Database& database)
    : database_{database},
      at_{database, "SELECT position, leaf, envelope, payload FROM event WHERE position = ?"},
      scan_{database,
            "SELECT position, leaf, envelope, payload FROM event WHERE position >= ?"
            " ORDER BY position"},
      previous_{database, "SELECT previous FROM event WHERE position = ?"},
      back_{database, "SELECT previous, leaf, envelope, payload FROM event WHERE position = ?"},
      leaves_{database,
              "SELECT leaf FROM event WHERE position > ?1 AND position <= ?2 ORDER BY position"},
      younger_{database,
               "SELECT position, stream, leaf, envelope, result FROM event WHERE position > ?"
               " ORDER BY position"},
      insert_{database,
              "INSERT INTO event(position, stream, previous, recorded, leaf, envelope, payload,"
              " result) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"} {}

std::optional<StoredEvent> EventTable::at(Position position) {
    Rows rows{at_, position};
    if (!rows.next()) return std::nullopt;
    StoredEvent event;
    read_event(position, rows.digest(1), rows.bytes(2), rows.bytes(3), event);
    return event;
}

void EventTable::scan(Position from, const EventStore::Visit& visit) {
    StoredEvent event;
    Rows rows{scan_, from};
    while (rows.next()) {
        read_event(rows.natural(0), rows.digest(1), rows.bytes(2), rows.bytes(3), event);
        if (!visit(event)) return;
    }
}

void EventTable::scan_back(Position last, std::uint64_t count, const EventStore::Visit& visit) {
    const ReadTransaction one_view{database_};
    if (count <= kept_events_max)
        scan_back_in_memory(last, count, visit);
    else
        scan_back_in_two_ways(last, count, visit);
}

void EventTable::scan_back_in_memory(Position last, std::uint64_t count,
                                     const EventStore::Visit& visit) {
    struct Kept {
        Position position;
        Digest leaf;
        std::size_t envelope, payload, end;
    };
    std::vector<Kept> kept;
    Bytes bytes;
    Position position = last;
    while (position != 0 && kept.size() < count && bytes.size() < kept_bytes_max) {
        Rows rows{back_, position};
        if (!rows.next()) throw DamagedEvent{position, "it is missing"};
        Kept& next = kept.emplace_back();
        next = {position, rows.digest(1), bytes.size(), 0, 0};
        const BytesView envelope = rows.bytes(2);
        bytes.insert(bytes.end(), envelope.begin(), envelope.end());
        next.payload = bytes.size();
        const BytesView payload = rows.bytes(3);
        bytes.insert(bytes.end(), payload.begin(), payload.end());
        next.end = bytes.size();
        position = rows.natural(0);
    }
    if (kept.size() < count && position != 0) return scan_back_in_two_ways(last, count, visit);

    StoredEvent event;
    const BytesView all{bytes};
    for (std::size_t i = kept.size(); i-- > 0;) {
        const Kept& k = kept[i];
        read_event(k.position, k.leaf, all.subspan(k.envelope, k.payload - k.envelope),
                   all.subspan(k.payload, k.end - k.payload), event);
        if (!visit(event)) return;
    }
}

void EventTable::scan_back_in_two_ways(Position last, std::uint64_t count,
                                       const EventStore::Visit& visit) {
    std::vector<Position> positions;
    for (Position position = last; position != 0 && positions.size() < count;) {
        positions.push_back(position);
        Rows rows{previous_, position};
        if (!rows.next()) throw DamagedEvent{position, "it is missing"};
        position = rows.natural(0);
    }
    StoredEvent event;
    for (std::size_t i = positions.size(); i-- > 0;) {
        Rows rows{at_, positions[i]};
        if (!rows.next()) throw DamagedEvent{positions[i], "it is missing"};
        read_event(positions[i], rows.digest(1), rows.bytes(2), rows.bytes(3), event);
        if (!visit(event)) return;
    }
}

std::vector<Digest> EventTable::leaves(std::uint64_t from, std::uint64_t to) {
    std::vector<Digest> found;
    Rows rows{leaves_, from, to};
    while (rows.next()) found.push_back(rows.digest(0));
    return found;
}

Digest EventTable::leaf_at(Position position) {
    Rows rows{leaves_, position - 1, position};
    return rows.next() ? rows.digest(0) : Digest{};
}

void EventTable::insert(const PlacedEvent& event, std::int64_t stream, BytesView result) {
    encode_envelope(event.envelope, envelope_);
    insert_.run(event.envelope.position, stream, event.envelope.previous_in_stream,
                event.envelope.recorded.micros, event.leaf, envelope_, event.payload, result);
}

void EventTable::read_after(Position position, const std::function<void(const Younger&)>& visit) {
    Younger event;
    Rows rows{younger_, position};
    while (rows.next()) {
        read_envelope(rows.natural(0), rows.bytes(3), event.envelope);
        event.stream = rows.integer(1);
        event.leaf = rows.digest(2);
        event.result = rows.bytes(4);
        visit(event);
    }
}

}  // namespace dutylog::sqlite
