#include <boost/json.hpp>
#include <memory>

#include "adapters/cli/command_json.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/import_columns.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/cli/trial.hpp"
#include "adapters/import/csv_rows.hpp"
#include "adapters/import/encoding.hpp"

namespace dutylog::cli {

namespace json = boost::json;
using importing::Row;

namespace {

constexpr std::size_t problems_max = 100;

struct ImportOptions {
    std::string log;
    std::string kind;
    std::string file;
    std::string encoding;
    std::string by = "records";
    std::string because;
    std::vector<std::string> mapping;
    bool dry_run = false;
};

/// One bad row, or one bad cell of it.
struct BadRow {
    std::uint32_t line = 0;
    std::size_t column = 0;  ///< from 1; 0 where the row is meant
    std::string heading;
    Phrase reason;
};

Phrase words_for(importing::BadRows::Reason reason) {
    using Reason = importing::BadRows::Reason;
    switch (reason) {
        case Reason::empty:
            return {"there is no header", "没有表头"};
        case Reason::broken_quote:
            return {"a quotation mark is not closed, or stands inside a cell",
                    "引号未闭合，或出现在单元格中间"};
        case Reason::too_many_rows:
            return phrase("more than {0} rows", "超过 {0} 行", importing::import_limits::rows_max);
        case Reason::too_many_columns:
            return phrase("more than {0} columns", "超过 {0} 列",
                          importing::import_limits::columns_max);
        case Reason::cell_too_long:
            return phrase("a cell has more than {0} bytes", "单元格超过 {0} 字节",
                          importing::import_limits::cell_max);
    }
    return {};
}

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

/// `benzene; toluene`, also with Chinese marks.
json::array list_of(const std::string& cell) {
    json::array list;
    std::string item;
    const auto end = [&] {
        const std::size_t first = item.find_first_not_of(' ');
        if (first != std::string::npos)
            list.emplace_back(item.substr(first, item.find_last_not_of(' ') - first + 1));
        item.clear();
    };
    for (std::size_t at = 0; at < cell.size();) {
        const std::string_view rest = std::string_view{cell}.substr(at);
        if (rest.starts_with(";")) {
            end();
            at += 1;
        } else if (rest.starts_with("；") || rest.starts_with("、")) {
            end();
            at += 3;
        } else {
            item += cell[at++];
        }
    }
    end();
    return list;
}

/// Turns rows into commands, and tries each on a copy of the log's state.
class Import {
public:
    Import(Session& session, const ImportOptions& options, WritingLog& log, const std::string& bytes)
        : session_{session},
          options_{options},
          log_{log},
          trial_{log.world()},
          file_{to_hex(sha256(options.kind + "\n" + bytes)).substr(0, 16)} {}

    void read(const importing::Rows& rows) {
        const definition::Library& library = log_.world().rules->library();
        kind_ = import_kind(library, options_.kind);
        columns_ = import_columns(library, kind_, rows.header.cells, options_.mapping);
        for (const Row& row : rows.rows) {
            if (bad_.size() >= problems_max) return;
            session_.progress({"checking rows", "检查各行"}, ++read_, rows.rows.size());
            read(row);
        }
        session_.console.end_progress();
    }

    const std::vector<BadRow>& bad() const { return bad_; }
    const std::vector<runtime::Submission>& batch() const { return batch_; }
    std::size_t rows() const { return read_; }
    std::size_t repeated() const { return repeated_; }
    std::size_t events() const { return trial_.events().size(); }

private:
    void read(const Row& row) {
        if (row.cells.size() > columns_.size())
            return fail(row, columns_.size() + 1, "",
                        phrase("the row has {0} cells, the header {1}", "该行有 {0} 格，表头有 {1} 格",
                               row.cells.size(), columns_.size()));
        json::object main = common();
        std::map<std::string, json::object> facts;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const ImportColumn& column = columns_[i];
            if (row.cells[i].empty()) continue;
            json::value value = column.list ? json::value(list_of(row.cells[i]))
                                            : json::value(row.cells[i]);
            json::object& into = column.fact.empty() ? main : facts[column.fact];
            if (column.key.starts_with("value."))
                in(into, "value")[column.key.substr(6)] = std::move(value);
            else
                into[column.key] = std::move(value);
        }
        if (kind_.fact != nullptr) {
            main["command"] = "record_fact";
            main["fact"] = kind_.fact->id;
            take(row, "", std::move(main), "0");
            return;
        }
        const std::string id = take_text(main, "id");
        if (id.empty()) return fail(row, 0, "", {"the row has no id", "该行没有编号"});
        const std::string subject = kind_.subject->id + "/" + id;
        json::object add = main;
        add["command"] = "add_subject";
        add["subject"] = subject;
        if (!take(row, "", std::move(add), "0")) return;
        for (auto& [fact, values] : facts) {
            json::object record = common();
            if (const json::value* at = main.if_contains("at")) record["at"] = *at;
            for (auto& entry : values) record.insert(entry);
            record["command"] = "record_fact";
            record["fact"] = fact;
            record["of"] = subject;
            take(row, fact, std::move(record), fact);
        }
    }

    json::object common() const {
        json::object object{{"by", options_.by}};
        if (!options_.because.empty()) object["because"] = options_.because;
        return object;
    }

    static json::object& in(json::object& object, std::string_view key) {
        json::value& inner = object[key];
        if (!inner.is_object()) inner = json::object{};
        return inner.get_object();
    }

    static std::string take_text(json::object& object, std::string_view key) {
        const json::value* found = object.if_contains(key);
        if (found == nullptr) return {};
        std::string text{found->as_string()};
        object.erase(key);
        return text;
    }

    /// @param part  tells the commands of one row apart, in their ids
    bool take(const Row& row, const std::string& fact, json::object command,
              const std::string& part) {
        const CommandId id{fmt::format("import-{}-{}-{}", file_, row.line, part)};
        auto given = command_from_json(command, trial_.world(), session_.now());
        const bool known = log_.engine().store().result_of(id).has_value();
        if (!given) {
            fail_at(row, fact, given.error());
            return false;
        }
        given->meta.id = id;
        if (known) {
            ++repeated_;
            return true;
        }
        if (const auto refusal = trial_.run(given->command, given->meta, session_.now())) {
            fail(row, 0, "", phrase("refused ({0}): {1}", "被拒绝（{0}）：{1}", refusal->reason,
                                    refusal->detail));
            return false;
        }
        batch_.push_back({std::move(given->command), std::move(given->meta), {}});
        return true;
    }

    void fail_at(const Row& row, const std::string& fact, const CommandProblem& problem) {
        std::string key = problem.key;
        if (key == "subject") key = "id";
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (columns_[i].key == key && columns_[i].fact == fact)
                return fail(row, i + 1, columns_[i].heading, problem.words);
        fail(row, 0, "", problem.words);
    }

    void fail(const Row& row, std::size_t column, const std::string& heading, Phrase reason) {
        bad_.push_back({row.line, column, heading, std::move(reason)});
    }

    Session& session_;
    const ImportOptions& options_;
    WritingLog& log_;
    Trial trial_;
    std::string file_;
    ImportKind kind_;
    std::vector<ImportColumn> columns_;
    std::vector<runtime::Submission> batch_;
    std::vector<BadRow> bad_;
    std::size_t read_ = 0;
    std::size_t repeated_ = 0;
};

void tell_bad(Session& session, const ImportOptions& options, const Import& import) {
    for (const BadRow& bad : import.bad()) {
        const std::string& reason = session.console.say(bad.reason);
        const Phrase place =
            bad.column == 0
                ? phrase("{0}, line {1}: {2}", "{0} 第 {1} 行：{2}", options.file, bad.line, reason)
                : phrase("{0}, line {1}, column {2} ({3}): {4}", "{0} 第 {1} 行第 {2} 列（{3}）：{4}",
                         options.file, bad.line, bad.column, bad.heading, reason);
        session.console.complain(Tone::bad, place);
    }
    session.console.complain(Tone::bad, phrase("{0} bad rows or cells; nothing was imported",
                                               "{0} 处错误；未导入任何内容", import.bad().size()));
}

json::object answer_json(const Import& import, const importing::Decoded& text, bool dry_run) {
    json::array bad;
    for (const BadRow& each : import.bad()) {
        json::object entry{{"line", each.line}, {"reason", each.reason.en}};
        if (each.column != 0) {
            entry["column"] = each.column;
            entry["heading"] = each.heading;
        }
        bad.push_back(std::move(entry));
    }
    return {{"rows", import.rows()},
            {"commands", import.batch().size()},
            {"repeated", import.repeated()},
            {"events", import.events()},
            {"encoding", importing::name_of(text.encoding)},
            {"imported", import.bad().empty() && !dry_run},
            {"bad", std::move(bad)}};
}

ExitCode import_file(Session& session, const ImportOptions& options) {
    const std::string bytes = read_file(options.file);
    const importing::Decoded text = decoded(options, bytes);
    const auto rows = importing::read_rows(text.text);
    if (!rows)
        throw Failure{ExitCode::usage,
                      phrase("{0}, line {1}: {2}", "{0} 第 {1} 行：{2}", options.file,
                             rows.error().line,
                             session.console.say(words_for(rows.error().reason)))};
    WritingLog log{session, options.log};
    if (log.world().rules == nullptr)
        throw Failure{ExitCode::usage, {"the log has no definitions yet", "日志尚无定义"}};
    if (!options.dry_run) log.fire_due();
    Import import{session, options, log, bytes};
    import.read(*rows);
    const bool good = import.bad().empty();
    if (good && !options.dry_run) {
        session.progress({"committing", "提交"}, import.batch().size());
        (void)log.engine().run(import.batch(), session.now());
        session.console.end_progress();
        log.finish();
    }
    if (session.json)
        session.console.json(answer_json(import, text, options.dry_run));
    else if (!good)
        tell_bad(session, options, import);
    else
        session.console.line(
            phrase(options.dry_run ? "{0}: {1} rows are good and would make {2} events ({3}); "
                                     "nothing was recorded"
                                   : "{0}: {1} rows imported, {2} events ({3})",
                   options.dry_run ? "{0}：{1} 行无误，将产生 {2} 个事件（{3}）；未作记录"
                                   : "{0}：已导入 {1} 行，{2} 个事件（{3}）",
                   options.file, import.rows(), import.events(),
                   importing::name_of(text.encoding)));
    if (!session.json && good && import.repeated() > 0)
        session.console.line(phrase("{0} of these commands had been imported before",
                                    "其中 {0} 个命令此前已导入", import.repeated()));
    return good ? ExitCode::fine : ExitCode::problems;
}

}  // namespace

Command import_command() {
    return {"import",
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
             {"import --log plant.db exposures exposures.csv --dry-run",
              {"checks only", "只检查"}},
             {"import --log plant.db exam exams.csv --because 'first load' --map 工号=of",
              {"old facts, entered late for a reason; a heading is explained",
               "补录旧事实并说明理由；指明列名含义"}}},
            [](Arguments& arguments) -> Action {
                const auto options = std::make_shared<ImportOptions>();
                arguments.log(options->log)
                    .place("KIND", options->kind,
                           {"people, or a kind of subject or of fact of the library",
                            "people（人员），或定义库中的对象类型、事实类型"})
                    .place("FILE", options->file, {"the CSV file", "CSV 文件"})
                    .option("--by", "WHO", options->by,
                            {"who enters it (records)", "录入人（records）"})
                    .option("--because", "TEXT", options->because,
                            {"why it is entered late", "迟录理由"})
                    .options("--map", "HEADING=KEY", options->mapping,
                             {"what a heading stands for", "列名对应的键"})
                    .option("--encoding", "NAME", options->encoding,
                            {"utf-8 or gb18030; found out where it is left out",
                             "utf-8 或 gb18030；省略时自动识别"})
                    .flag("--dry-run", options->dry_run, {"only checks", "只检查"});
                return [options](Session& session) { return import_file(session, *options); };
            }};
}

}  // namespace dutylog::cli
