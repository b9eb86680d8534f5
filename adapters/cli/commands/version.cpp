#include <sqlite3.h>

#include "adapters/cli/commands/commands.hpp"
#include "adapters/sqlite/schema.hpp"
#include "engine/pdca/state.hpp"

namespace dutylog::cli {

namespace {

ExitCode version(Session& session) {
    const boost::json::object facts{{"version", DUTYLOG_VERSION},
                                    {"log_format", sqlite::format_version},
                                    {"fold_version", pdca::fold_version},
                                    {"sqlite", sqlite3_libversion()},
                                    {"compiler", __VERSION__}};
    if (session.json) {
        session.console.json(facts);
        return ExitCode::fine;
    }
    session.console.line(phrase("dutylog {0}; log format {1}, fold {2}; SQLite {3}; compiler {4}",
                                "dutylog {0}；日志格式 {1}，折叠版本 {2}；SQLite {3}；编译器 {4}",
                                DUTYLOG_VERSION, sqlite::format_version, pdca::fold_version,
                                sqlite3_libversion(), __VERSION__));
    return ExitCode::fine;
}

}  // namespace

Command version_command() {
    return {"version",
            Group::about,
            {"which version this is, and which formats it reads", "显示版本及所读格式"},
            {"Prints the version of the program, of the log format, of the fold of events into "
             "state, of the SQLite library in use, and of the compiler.",
             "显示程序版本、日志格式版本、折叠版本、所用 SQLite 库及编译器的版本。"},
            {{"version --json", {"the same for a program", "以 JSON 输出"}}},
            [](Arguments&) -> Action { return version; }};
}

}  // namespace dutylog::cli
