#include <boost/json.hpp>
#include <memory>

#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/import_rows.hpp"
#include "adapters/import/encoding.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

struct ImportOptions {
    std::string log;
    ImportOrder order{.kind = "", .by = "records", .because = "", .mapping = {}};
    std::string file;
    std::string encoding;
    bool dry_run = false;
};

importing::Decoded decoded(const ImportOptions& options, const std::string& bytes) {
    std::optional<importing::Encoding> encoding;
    if (!options.encoding.empty()) {
        encoding = importing::encoding_named(options.encoding);
        if (!encoding)
            throw Failure{ExitCode::usage,
                          phrase("--encoding: expected utf-8 or gb18030, found `{}`",
                                 "--encoding：应为 utf-8 或 gb18030，实为 `{}`", options.encoding)};
    }
    auto text = importing::decode(bytes, encoding);
    if (text) return std::move(*text);
    throw Failure{ExitCode::usage,
                  phrase("{0}, line {1}: byte {2} is no text in {3}",
                         "{0} 第 {1} 行：第 {2} 字节不是 {3} 文本", options.file, text.error().line,
                         text.error().offset + 1, importing::name_of(text.error().encoding)),
                  {"--encoding utf-8 or --encoding gb18030 says how the file is written.",
                   "可用 --encoding utf-8 或 --encoding gb18030 指明文件编码。"}};
}

void tell_bad(Session& session, const ImportOptions& options, const ImportRows& import) {
    for (const BadRow& bad : import.bad()) {
        const std::string& reason = session.console.say(bad.reason);
        const Phrase place =
            bad.column == 0
                ? phrase("{0}, line {1}: {2}", "{0} 第 {1} 行：{2}", options.file, bad.line, reason)
                : phrase("{0}, line {1}, column {2} ({3}): {4}",
                         "{0} 第 {1} 行第 {2} 列（{3}）：{4}", options.file, bad.line, bad.column,
                         bad.heading, reason);
        session.console.complain(Tone::bad, place);
    }
    session.console.complain(Tone::bad, phrase("bad rows or cells: {0}; nothing was imported",
                                               "{0} 处错误；未导入任何内容", import.bad().size()));
}

ExitCode import_file(Session& session, const ImportOptions& options) {
    const std::string bytes = read_file(options.file);
    const importing::Decoded text = decoded(options, bytes);
    const auto rows = importing::read_rows(text.text);
    if (!rows)
        throw Failure{ExitCode::usage, phrase("{0}, line {1}: {2}", "{0} 第 {1} 行：{2}",
                                              options.file, rows.error().line,
                                              session.console.say(words_for(rows.error().reason)))};
    WritingLog log{session, options.log};
    if (log.world().rules == nullptr)
        throw Failure{ExitCode::usage, {"the log has no definitions yet", "日志尚无定义"}};
    if (!options.dry_run) log.fire_due();
    ImportRows import{
        session, options.order, log.world(),
        [&](const CommandId& id) { return log.engine().store().result_of(id).has_value(); }, bytes};
    import.read(*rows);
    const bool good = import.bad().empty();
    if (good && !options.dry_run) {
        session.progress({"committing", "提交"}, import.batch().size());
        (void)log.engine().run(import.batch(), session.now());
        session.console.end_progress();
        log.finish();
    }
    if (session.json)
        session.console.json(import_json(import, text, options.dry_run, Language::en));
    else if (!good)
        tell_bad(session, options, import);
    else
        session.console.line(phrase(
            options.dry_run ? "{0}: rows that are good: {1}, events they would make: {2} ({3}); "
                              "nothing was recorded"
                            : "{0}: rows imported: {1}, events: {2} ({3})",
            options.dry_run ? "{0}：{1} 行无误，将产生 {2} 个事件（{3}）；未作记录"
                            : "{0}：已导入 {1} 行，{2} 个事件（{3}）",
            options.file, import.rows(), import.events(), importing::name_of(text.encoding)));
    if (!session.json && good && import.repeated() > 0)
        session.console.line(phrase("commands of these that had been imported before: {0}",
                                    "其中 {0} 个命令此前已导入", import.repeated()));
    return good ? ExitCode::fine : ExitCode::problems;
}

}  // namespace

Command import_command() {
    return {
        "import",
        Group::logs,
        {"takes people, posts, assets and facts from a table", "从表格导入人员、岗位、设备与事实"},
        {"Each row of a CSV file becomes a subject or a fact; the header says which column is "
         "what, by ids or by the titles of the library. All rows are checked first, and each "
         "bad cell is named; then all are committed at once, or none. Reading the same file "
         "again imports nothing twice. UTF-8 and GB 18030 are told apart by themselves. "
         "Several values in a cell are divided by semicolons.",
         "CSV 文件每行成为一个对象或一个事实；表头以编号或定义库中的名称说明各列。先检查所有行并"
         "指出每个错误单元格，再一次性提交，否则全不导入。重复导入同一文件不会重复记录。自动识别 "
         "UTF-8 与 GB 18030。一格多值用分号分隔。"},
        {{"import --log plant.db people people.csv --by sun",
          {"with a header such as: id,name,in,assignment.post",
           "表头如：编号,姓名,所属,assignment.post"}},
         {"import --log plant.db exposures exposures.csv --dry-run", {"checks only", "只检查"}},
         {"import --log plant.db exam exams.csv --because 'first load' --map 工号=of",
          {"old facts, entered late for a reason; a heading is explained",
           "补录旧事实并说明理由；指明列名含义"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<ImportOptions>();
            arguments.log(options->log)
                .place("KIND", options->order.kind,
                       {"people, or a kind of subject or of fact of the library",
                        "people（人员），或定义库中的对象类型、事实类型"})
                .place("FILE", options->file, {"the CSV file", "CSV 文件"})
                .option("--by", "WHO", options->order.by,
                        {"who enters it (records)", "录入人（records）"})
                .option("--because", "TEXT", options->order.because,
                        {"why it is entered late", "迟录理由"})
                .options("--map", "HEADING=KEY", options->order.mapping,
                         {"what a heading stands for", "列名对应的键"})
                .option("--encoding", "NAME", options->encoding,
                        {"utf-8 or gb18030; found out where it is left out",
                         "utf-8 或 gb18030；省略时自动识别"})
                .flag("--dry-run", options->dry_run, {"only checks", "只检查"});
            return [options](Session& session) { return import_file(session, *options); };
        }};
}

}  // namespace dutylog::cli
