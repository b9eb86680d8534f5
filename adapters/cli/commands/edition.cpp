#include <memory>

#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/moments.hpp"
#include "adapters/cli/open_log.hpp"
#include "engine/history/questions.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

struct EditionOptions {
    std::string log;
    std::string table;
    std::string date;
};

ExitCode edition(Session& session, const EditionOptions& options) {
    OpenedLog log{session, options.log};
    (void)log.zone();
    const auto& tables = log.now().rules->bundle().tables;
    if (!tables.contains(options.table)) {
        std::string known;
        for (const auto& [id, table] : tables) known += (known.empty() ? "" : ", ") + id;
        throw Failure{ExitCode::usage,
                      phrase("expected a table of the rules in force, found `{0}`",
                             "应为现行规则的数据表，实为 `{0}`", options.table),
                      phrase("There are: {0}", "现有：{0}", known)};
    }
    const CivilDate date = options.date.empty() ? log.zone().local(session.now()).date
                                                : read_date("DATE", options.date);
    const json::array found = history::editions(log.now(), options.table, date);
    if (session.json) {
        session.console.json(
            json::object{{"table", options.table}, {"date", to_string(date)}, {"editions", found}});
        return ExitCode::fine;
    }
    for (const json::value& name : found) session.console.line(std::string{name.as_string()});
    if (found.empty())
        session.console.line(phrase("no edition of {0} holds on {1}", "{1} 没有适用的「{0}」版次",
                                    options.table, to_string(date)));
    return ExitCode::fine;
}

}  // namespace

Command edition_command() {
    return {"edition",
            Group::questions,
            {"which edition of a standard's table holds on a day", "某日适用数据表的哪个版次"},
            {"Tables hold the numbers of standards, each row with the days on which it holds. This "
             "tells the editions that hold on a day.",
             "数据表载有标准中的数值，每行注明适用日期。本命令列出某日适用的版次。"},
            {{"edition --log plant.db exam-interval 2026-03-10",
              {"of the intervals of examinations", "职业健康检查周期的版次"}}},
            [](Arguments& arguments) -> Action {
                const auto options = std::make_shared<EditionOptions>();
                arguments.log(options->log)
                    .place("TABLE", options->table, {"id of the table", "数据表编号"})
                    .place("DATE", options->date,
                           {"a date as 2026-03-10; today where it is left out",
                            "日期，如 2026-03-10；省略时为今日"},
                           false);
                return [options](Session& session) { return edition(session, *options); };
            }};
}

}  // namespace dutylog::cli
