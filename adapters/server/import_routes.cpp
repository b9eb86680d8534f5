#include <boost/json.hpp>
#include <ostream>

#include "adapters/cli/import_rows.hpp"
#include "adapters/server/reads.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Reply;
using http::Response;
using http::Route;

namespace {

/// A file that came in, and how it is to be read.
struct Upload {
    cli::ImportOrder order;
    std::string bytes;
    importing::Decoded text;
    importing::Rows rows;
    bool dry_run = false;
    Language language = Language::en;
};

http::Problem bad_file(Text detail) { return http::problem("bad_value", std::move(detail)); }

Upload upload_of(const Call& call) {
    Upload upload;
    upload.language = call.language;
    upload.dry_run = call.parameter("dry_run") == "true";
    upload.order = {.kind = call.parameter("kind"),
                    .by = call.caller->id,
                    .because = call.parameter("because"),
                    .mapping = {}};
    upload.bytes = call.request.body;
    auto text = importing::decode(upload.bytes, std::nullopt);
    if (!text)
        throw bad_file(
            {"文件不是 UTF-8 或 GB 18030 文本。", "The file is no text in UTF-8 or GB 18030."});
    upload.text = *std::move(text);
    auto rows = importing::read_rows(upload.text.text);
    if (!rows) {
        const Text why = text_of(cli::words_for(rows.error().reason));
        const std::string line = std::to_string(rows.error().line);
        throw bad_file({"第 " + line + " 行：" + why.zh_cn, "Line " + line + ": " + why.en});
    }
    upload.rows = *std::move(rows);
    return upload;
}

/// Reads and tries every row. @param use  gets the outcome while it lives
template <class Use>
auto with_rows(const Upload& upload, const pdca::World& world, const cli::ImportRows::Known& known,
               runtime::Runtime& runtime, Use use) {
    std::ostream nowhere{nullptr};
    cli::Console console{nowhere, nowhere, {}, upload.language};
    cli::Session session{console, runtime};
    cli::ImportRows import{session, upload.order, world, known, upload.bytes};
    import.read(upload.rows);
    return use(import);
}

Response answer_of(const cli::ImportRows& import, const Upload& upload) {
    json::object answer = cli::import_json(import, upload.text, upload.dry_run, upload.language);
    if (import.bad().empty()) return http::json_response(200, answer);
    http::Problem wrong =
        bad_file({"有错误的行；未导入任何内容。", "Rows are wrong; nothing was imported."});
    for (auto& member : answer) wrong.more[member.key()] = std::move(member.value());
    return http::problem_response(wrong, upload.language);
}

/// Checked again where the log is written, so that what has changed meanwhile cannot leave half of
/// a file behind; then all rows are one transaction.
void commit(const Desk& desk, Upload upload, const std::shared_ptr<Reply>& reply) {
    auto shared = std::make_shared<const Upload>(std::move(upload));
    const bool taken = desk.writer.run(
        [&runtime = desk.runtime, shared, reply](runtime::Engine& engine, Instant now) {
            const auto known = [&](const CommandId& id) {
                return engine.store().result_of(id).has_value();
            };
            (*reply)(with_rows(*shared, engine.world(), known, runtime,
                               [&](const cli::ImportRows& import) {
                                   if (import.bad().empty()) (void)engine.run(import.batch(), now);
                                   return answer_of(import, *shared);
                               }));
        });
    if (!taken) throw http::problem("busy");
}

void take_import(const Desk& desk, const Call& call, const std::shared_ptr<Reply>& reply) {
    if (!caller_of(call).token.may.contains("manage") || !caller_of(call).token.sites.empty())
        throw http::problem("forbidden", {"导入需要对全部厂区的权限 manage。",
                                          "An import needs `manage` at all sites."});
    Upload upload = upload_of(call);
    if (desk.reading.now().rules == nullptr) throw http::problem("not_ready");
    const keys::KeyFile keys{keys::KeyFile::beside(desk.reading.path())};
    const auto known = [&](const CommandId& id) {
        return desk.reading.store().result_of(id).has_value();
    };
    bool good = false;
    Response answer = with_rows(upload, desk.reading.trial_world(keys), known, desk.runtime,
                                [&](const cli::ImportRows& import) {
                                    good = import.bad().empty();
                                    return answer_of(import, upload);
                                });
    if (!good || upload.dry_run) return (*reply)(std::move(answer));
    commit(desk, std::move(upload), reply);
}

}  // namespace

http::RouteTable import_routes(const Desk& desk) {
    constexpr const char* permission = "manage";
    return {{.method = http::Method::post,
             .path = "/api/v1/imports",
             .operation = "import_rows",
             .summary = {"导入 CSV：逐行检查，全部无误才导入",
                         "Import a CSV file: each bad cell is named; all rows or none"},
             .permission = permission,
             .parameters = {{.name = "kind",
                             .meaning = {"people，或定义库中的对象类型、事实类型",
                                         "`people`, or a kind of subject or fact of the library."},
                             .required = true},
                            {.name = "because", .meaning = {"迟录理由", "Why it is entered late."}},
                            {.name = "dry_run",
                             .meaning = {"只检查", "Only check."},
                             .type = http::ParameterType::truth}},
             .request_schema = "Csv",
             .request_types = {"text/csv"},
             .response_schema = "Imported",
             .problems = {"bad_value", "not_ready", "busy"},
             .body_bytes_max = std::uint64_t{8} << 20,
             .handler = on_reading_thread(
                 desk, permission, [&desk](const Call& call, const std::shared_ptr<Reply>& reply) {
                     take_import(desk, call, reply);
                 })}};
}

}  // namespace dutylog::server
