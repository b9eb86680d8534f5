#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "engine/log/placing.hpp"

namespace dutylog::sqlite {

/// The number of a stream in this file and where the stream ends.
struct StreamEnd {
    std::int64_t id = 0;
    log::StreamHead head;
    bool settled = true;  ///< the row in `stream` says the same
};

/// Where every stream ends. The table holds the ends as of the last settling; what came after is
/// read once from the younger events and kept here. Whoever writes moves the ends along.
class Heads {
public:
    explicit Heads(Database& database);

    /// Forgets everything but the table.
    void load();
    /// Moves the end of a stream to a younger event.
    /// @throws DamagedEvent  it does not follow the end known
    void follow(const log::Envelope& event, std::int64_t stream, const Digest& leaf);
    /// @returns null for a stream without events; the end lives until `load` or `settle`
    StreamEnd* find(const std::string& stream);
    /// The end of the stream, which gets a number if it is new; the caller moves it.
    StreamEnd& to_move(const std::string& stream);
    std::vector<StreamId> streams(const std::string& prefix);
    /// Writes the ends that moved into the table.
    void settle();

private:
    using Ends = std::unordered_map<std::string, StreamEnd>;
    Ends::value_type* known(const std::string& stream);

    Statement find_;
    Statement list_;
    Statement last_id_;
    Statement insert_;
    Statement update_;
    Ends ends_;
    std::vector<Ends::value_type*> moved_;
    std::set<std::string> new_streams_;  ///< those without a row in `stream`
    std::int64_t next_id_ = 1;
};

}  // namespace dutylog::sqlite
