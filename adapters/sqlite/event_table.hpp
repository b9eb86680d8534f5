#pragma once

#include <vector>

#include "adapters/sqlite/database.hpp"
#include "engine/log/event_store.hpp"
#include "engine/log/placing.hpp"

namespace dutylog::sqlite {

/// The events, by position.
class EventTable {
public:
    explicit EventTable(Database& database);

    /// @throws DamagedEvent  from all that read events
    std::optional<log::StoredEvent> at(log::Position position);
    void scan(log::Position from, const log::EventStore::Visit& visit);
    /// The `count` last events of the stream that ends with `last`, in order.
    void scan_back(log::Position last, std::uint64_t count, const log::EventStore::Visit& visit);
    std::vector<Digest> leaves(std::uint64_t from, std::uint64_t to);
    Digest leaf_at(log::Position position);

    /// @param result  what `CommandTable` wants stored beside it; may be empty
    void insert(const log::PlacedEvent& event, std::int64_t stream, BytesView result);

    /// An event with what a restart needs besides.
    struct Younger {
        log::Envelope envelope;
        std::int64_t stream = 0;
        Digest leaf;
        BytesView result;  ///< lives until the next event
    };
    void read_after(log::Position position, const std::function<void(const Younger&)>& visit);

private:
    void scan_back_in_memory(log::Position last, std::uint64_t count,
                             const log::EventStore::Visit& visit);
    void scan_back_in_two_ways(log::Position last, std::uint64_t count,
                               const log::EventStore::Visit& visit);

    Database& database_;
    Statement at_;
    Statement scan_;
    Statement previous_;
    Statement back_;
    Statement leaves_;
    Statement younger_;
    Statement insert_;
    Bytes envelope_;  ///< keeps its room between events
};

}  // namespace dutylog::sqlite
