#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "adapters/sqlite/reader.hpp"
#include "adapters/sqlite/verify.hpp"
#include "tests/adapters/sample_log.hpp"
#include "tests/support/temporary_folder.hpp"

namespace dutylog::test {

/// The sample log in a file, which the tests damage with plain SQL.
class SampleFile {
public:
    SampleFile() { write_sample_log(path()); }
    std::string path() const { return folder_.file("log.sqlite"); }
    void run(const std::string& sql) const {
        sqlite::Database{path(), sqlite::Access::write}.run(sql);
    }
    log::TreeHead head() const { return sqlite::SqliteReader{path()}.head(); }
    std::vector<sqlite::Finding> findings(sqlite::VerifyOptions options = {}) const {
        options.rebuild = derive_sample;
        return sqlite::verify(path(), options);
    }

private:
    TemporaryFolder folder_;
};

inline bool names_table(const std::vector<sqlite::Finding>& findings, const std::string& table) {
    return std::ranges::any_of(findings,
                               [&](const sqlite::Finding& f) { return f.table == table; });
}

inline std::string listed(const std::vector<sqlite::Finding>& findings) {
    std::string text;
    for (const sqlite::Finding& finding : findings) text += to_string(finding) + "\n";
    return text;
}

/// A copy in memory of the log in a file.
inline std::shared_ptr<sqlite::Database> in_memory(const std::string& path) {
    auto copy = std::make_shared<sqlite::Database>(":memory:", sqlite::Access::write);
    sqlite::Database original{path, sqlite::Access::read};
    sqlite3_backup* backup = sqlite3_backup_init(copy->raw(), "main", original.raw(), "main");
    REQUIRE(sqlite3_backup_step(backup, -1) == SQLITE_DONE);
    sqlite3_backup_finish(backup);
    return copy;
}

}  // namespace dutylog::test
