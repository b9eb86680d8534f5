#pragma once

#include "adapters/sqlite/changes.hpp"
#include "adapters/sqlite/database.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

/// The results of commands: the table and the unsettled ones beside it. The first result of an id
/// stands, so the table is asked first and never changed.
class CommandTable {
public:
    explicit CommandTable(Database& database);

    std::optional<log::CommandResult> find(const std::string& command);
    /// @param first  position of the first event of the command; 0 where it left none
    void apply(const log::CommandResult& result, log::Position first);
    void forget() { unsettled_.clear(); }
    void settle();
    std::size_t unsettled() const { return unsettled_.size(); }

private:
    struct Unsettled {
        log::CommandResult result;
        log::Position first = 0;
    };
    std::unordered_map<std::string, Unsettled> unsettled_;
    Statement find_;
    Statement insert_;
};

}  // namespace dutylog::sqlite
