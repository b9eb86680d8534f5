#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <memory>

#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/export/lines.hpp"

namespace dutylog::cli {

namespace {

struct ExportOptions {
    std::string log;
    std::string output;
    std::uint64_t from = 1;
    std::uint64_t to = std::numeric_limits<std::uint64_t>::max();
};

[[noreturn]] void fail_writing(const std::string& name) {
    throw Failure{ExitCode::storage, phrase("{0}: cannot be written: {1}", "{0}：无法写入：{1}",
                                            name, std::strerror(errno))};
}

ExitCode export_log(Session& session, const ExportOptions& options) {
    OpenedLog log{session, options.log};
    const std::uint64_t size = log.store().head().size;
    std::uint64_t done = 0;
    const auto progress = [&] {
        if (++done % 1'000 == 0) session.progress({"exporting events", "导出事件"}, done, size);
    };
    if (options.output.empty()) {
        exporting::export_lines(log.store(), options.from, options.to,
                                [&](const std::string& line) {
                                    session.console.print(line);
                                    progress();
                                });
        return ExitCode::fine;
    }
    std::ofstream out{options.output, std::ios::binary | std::ios::trunc};
    if (!out) fail_writing(options.output);
    const std::uint64_t count = exporting::export_lines(log.store(), options.from, options.to,
                                                        [&](const std::string& line) {
                                                            out << line;
                                                            progress();
                                                        });
    out.close();
    if (!out) fail_writing(options.output);
    if (session.json)
        session.console.json(boost::json::object{{"file", options.output}, {"events", count}});
    else
        session.console.line(phrase("{0}: {1} events", "{0}：{1} 个事件", options.output, count));
    return ExitCode::fine;
}

}  // namespace

Command export_command() {
    return {"export",
            Group::trust,
            {"every event as a line of JSON that another program can check",
             "逐行导出可由其他程序核验的 JSON 事件"},
            {"One line for each event: every field of its envelope, its payload and its leaf hash, "
             "so exactly that the tree head can be recomputed without this program "
             "(docs/format.md).",
             "每个事件一行：信封的全部字段、载荷与叶哈希，足以不用本程序重算树头（见 "
             "docs/format.md）。"},
            {{"export plant.db > plant.jsonl", {"all of it", "全部导出"}},
             {"export plant.db --from 100 --to 200 -o part.jsonl", {"a part", "导出一部分"}}},
            [](Arguments& arguments) -> Action {
                const auto options = std::make_shared<ExportOptions>();
                arguments.place("FILE", options->log, {"the log", "日志文件"})
                    .number("--from", "EVENT", options->from, {"first event (1)", "首个事件（1）"})
                    .number("--to", "EVENT", options->to,
                            {"last event; the last of the log where it is left out",
                             "末个事件；省略时至日志末尾"})
                    .option("-o,--output", "FILE", options->output,
                            {"a file instead of standard output", "输出到文件"});
                return [options](Session& session) { return export_log(session, *options); };
            }};
}

}  // namespace dutylog::cli
