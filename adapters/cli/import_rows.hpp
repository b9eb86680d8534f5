#pragma once

#include <boost/json.hpp>
#include <functional>
#include <string>
#include <vector>

#include "adapters/cli/command_json.hpp"
#include "adapters/cli/import_columns.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/cli/trial.hpp"
#include "adapters/import/csv_rows.hpp"
#include "adapters/import/encoding.hpp"

namespace dutylog::cli {

/// What an import is asked for, but for where things are.
struct ImportOrder {
    std::string kind;  ///< as `import_kind` takes it
    std::string by;
    std::string because;
    std::vector<std::string> mapping;  ///< as `import_columns` takes it
};

/// One bad row, or one bad cell of it.
struct BadRow {
    std::uint32_t line = 0;
    std::size_t column = 0;  ///< from 1; 0 where the row is meant
    std::string heading;
    Phrase reason;
};

/// Turns rows into commands, and tries each on a copy of the log's state, so that all that is wrong
/// is known before anything is recorded. A command's id is made of the file, so that reading the
/// same file again imports nothing twice.
class ImportRows {
public:
    /// Whether a command of this id was recorded before.
    using Known = std::function<bool(const CommandId&)>;

    /// @param world  copied; its rules are in force
    /// @param bytes  of the file
    ImportRows(Session& session, const ImportOrder& order, const pdca::World& world, Known known,
               const std::string& bytes);

    /// @throws Failure  the library has no such kind, or a heading stands for nothing
    void read(const importing::Rows& rows);

    const std::vector<BadRow>& bad() const { return bad_; }
    const std::vector<runtime::Submission>& batch() const { return batch_; }
    std::size_t rows() const { return read_; }
    /// Commands that an earlier import had recorded.
    std::size_t repeated() const { return repeated_; }
    /// Events the batch will make.
    std::size_t events() const { return trial_.events().size(); }

private:
    void read(const importing::Row& row);
    void read_subject(const importing::Row& row, boost::json::object main,
                      std::map<std::string, boost::json::object> facts);
    boost::json::object common() const;
    bool take(const importing::Row& row, const std::string& fact, boost::json::object command,
              const std::string& part);
    void fail_at(const importing::Row& row, const std::string& fact, const CommandProblem& problem);
    void fail(const importing::Row& row, std::size_t column, const std::string& heading,
              Phrase reason);

    Session& session_;
    const ImportOrder& order_;
    Known known_;
    Trial trial_;
    std::string file_;
    ImportKind kind_;
    std::vector<ImportColumn> columns_;
    std::vector<runtime::Submission> batch_;
    std::vector<BadRow> bad_;
    std::size_t read_ = 0;
    std::size_t repeated_ = 0;
};

/// Why a text gives no rows.
Phrase words_for(importing::BadRows::Reason reason);

/// `{rows, commands, repeated, events, encoding, imported, bad: [{line, column, heading, reason}]}`
boost::json::object import_json(const ImportRows& import, const importing::Decoded& text,
                                bool dry_run, Language language);

}  // namespace dutylog::cli
