#pragma once

#include "adapters/sqlite/command_index.hpp"
#include "adapters/sqlite/database.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

/// A result as it is stored beside the first event of its command, or in `command` where the
/// command left no event: id, body, answer and a checksum.
/// @param place  position of the event; or the number in `command`, negative
/// @param out    is emptied first
void encode_result(const log::CommandResult& result, std::int64_t place, Bytes& out);
/// A stored result, seen where it lies.
struct ResultView {
    std::string_view command;
    Digest body;
    BytesView answer;
};
/// @throws DecodeError  the bytes are not what `encode_result` writes for this place
ResultView view_result(BytesView bytes, std::int64_t place);

/// The results of commands. They are found through an index in memory, made of the rows of
/// `command_hash` (16 bytes per command) and of the events since the last settling.
class CommandTable {
public:
    explicit CommandTable(Database& database);

    std::optional<log::CommandResult> find(const std::string& command);
    /// Reads the index as of the last settling, once; at other times what is known stays known.
    void load(log::Position settled);
    /// Results beside events up to here are in the index.
    log::Position known_up_to() const { return known_up_to_; }
    /// Adds the commands without events that are younger than the index.
    void follow();
    /// Adds the result stored beside the event after those known.
    /// @throws StoreError  it cannot be read
    void follow(log::Position position, BytesView result);

    /// Keeps a result, unless the id has one.
    /// @param first   position of the command's first event; 0 where it has none
    /// @param beside  is filled with what to store beside that event
    void insert(const log::CommandResult& result, log::Position first, Bytes& beside);
    /// Writes where the commands since the last settling are.
    void settle(std::int64_t batch);

private:
    struct Entry {
        std::uint64_t hash;
        std::int64_t place;
    };
    std::int64_t place_of(const std::string& command);
    std::optional<log::CommandResult> at(std::int64_t place);
    void add(const Entry& entry);
    void add_to_index(const Entry& entry);
    void take(std::int64_t place, BytesView stored);

    CommandIndex index_;
    std::vector<Entry> unsettled_;
    std::int64_t last_number_ = 0;
    log::Position known_up_to_ = 0;
    bool loaded_ = false;
    Statement beside_event_;
    Statement without_event_;
    Statement places_bytes_;
    Statement places_;
    Statement younger_;
    Statement insert_;
    Statement insert_places_;
};

}  // namespace dutylog::sqlite
