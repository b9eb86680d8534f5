#include "adapters/sqlite/command_table.hpp"

#include "adapters/sqlite/row_sum.hpp"

namespace dutylog::sqlite {

using log::CommandResult;

CommandTable::CommandTable(Database& database)
    : find_{database, "SELECT body, answer FROM command WHERE id = ?"},
      insert_{database,
              "INSERT INTO command(id, body, answer, first, sum) VALUES(?, ?, ?, ?, ?)"
              " ON CONFLICT DO NOTHING"} {}

std::optional<CommandResult> CommandTable::find(const std::string& command) {
    Rows rows{find_, command};
    if (rows.next()) {
        const BytesView answer = rows.bytes(1);
        return CommandResult{CommandId{command}, rows.digest(0),
                             Bytes(answer.begin(), answer.end())};
    }
    const auto found = unsettled_.find(command);
    if (found == unsettled_.end()) return std::nullopt;
    return found->second.result;
}

void CommandTable::apply(const CommandResult& result, log::Position first) {
    unsettled_.try_emplace(result.command.str(), Unsettled{result, first});
}

void CommandTable::settle() {
    for (const auto* entry : in_key_order(unsettled_)) {
        const auto& [id, kept] = *entry;
        const BytesView answer{kept.result.answer};
        insert_.run(id, kept.result.body, answer, kept.first,
                    RowSum::of(id, kept.result.body, answer, kept.first));
    }
    unsettled_.clear();
}

}  // namespace dutylog::sqlite
