#include "adapters/cli/open_log.hpp"

#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <utility>

#include "engine/pdca/stored.hpp"
#include "engine/runtime/snapshot.hpp"

namespace dutylog::cli {

namespace {

/// So many new events make the next start slow enough that a snapshot pays.
constexpr log::Position snapshot_after = 5'000;
constexpr std::size_t fire_at_once = 1'000;
constexpr log::Position progress_step = 1'000;

const Phrase& reading_words() {
    static const Phrase words{"reading events", "读取事件"};
    return words;
}

}  // namespace

void require_log(const std::string& path) {
    std::error_code error;
    if (std::filesystem::is_regular_file(path, error)) return;
    throw Failure{
        ExitCode::storage,
        phrase("{}: expected the file of a log, found none", "{}：应为日志文件，但不存在", path),
        {"`dutylog init FILE --library workflows` makes a new log.",
         "`dutylog init 文件 --library workflows` 新建日志。"}};
}

namespace {

/// Checked before the store opens it, so that the message can say what to do.
const std::string& existing(const std::string& path) {
    require_log(path);
    return path;
}

}  // namespace

namespace {

/// Only tests set this variable: they show that a log which is not synced loses what it promised.
sqlite::Options writing_options(Session& session) {
    const char* wanted = std::getenv("DUTYLOG_SYNCHRONOUS");
    if (wanted == nullptr || std::string_view{wanted} == "full") return {};
    if (std::string_view{wanted} != "off")
        throw Failure{ExitCode::usage,
                      phrase("DUTYLOG_SYNCHRONOUS: expected full or off, found `{}`",
                             "DUTYLOG_SYNCHRONOUS 应为 full 或 off，实为 `{}`", wanted)};
    session.console.complain(
        Tone::warn, {"DUTYLOG_SYNCHRONOUS=off: a power cut loses what is answered now (for tests)",
                     "DUTYLOG_SYNCHRONOUS=off：断电会丢失已答复的内容（仅供测试）"});
    sqlite::Options options;
    options.synchronous = sqlite::Synchronous::off;
    return options;
}

}  // namespace

OpenedLog::OpenedLog(Session& session, LogPlace place)
    : session_{session},
      store_{place.file_layer.empty() ? existing(place.path) : place.path, place.file_layer},
      keys_{keys::KeyFile::beside(place.path)},
      rules_{store_},
      known_rules_{std::move(place.rules)} {}

pdca::RulesSource OpenedLog::source() {
    if (known_rules_) return known_rules_;
    return [this](const Digest& bundle) { return rules_.find(bundle); };
}

pdca::World OpenedLog::world(std::optional<Instant> known_at) {
    pdca::World world;
    world.source = source();
    world.unsealing.keys = &keys_;
    if (!known_at)
        if (const auto saved = store_.snapshot(runtime::snapshot_name, pdca::fold_version))
            if (!runtime::read_snapshot(world, saved->at, saved->bytes)) {
                world = pdca::World{};
                world.source = source();
                world.unsealing.keys = &keys_;
            }
    fold(world, world.head, known_at);
    return world;
}

void OpenedLog::fold(pdca::World& world, log::Position after, std::optional<Instant> known_at) {
    const std::uint64_t size = store_.head().size;
    store_.scan(after + 1, [&](const log::StoredEvent& stored) {
        if (known_at && stored.envelope.recorded > *known_at) return false;
        if (stored.envelope.position % progress_step == 0)
            session_.progress(reading_words(), stored.envelope.position, size);
        pdca::replay(world, stored);
        return true;
    });
    session_.console.end_progress();
}

const pdca::World& OpenedLog::now() {
    if (!now_) now_ = world();
    return *now_;
}

const calendar::Zone& OpenedLog::zone() {
    if (published_ == nullptr) published_ = last_published(store_, rules_);
    return published_->zone();
}

pdca::RulesPtr last_published(log::EventStore& store, runtime::PublishedRules& rules) {
    std::optional<Digest> bundle;
    store.scan_stream(pdca::log_stream(), 1, [&](const log::StoredEvent& stored) {
        const log::Envelope& envelope = stored.envelope;
        if (envelope.type == pdca::BundlePublished::type)
            bundle = std::get<pdca::BundlePublished>(
                         pdca::EventCodec::decode(envelope.type, envelope.schema, stored.payload))
                         .bundle;
        return true;
    });
    pdca::RulesPtr found = bundle ? rules.find(*bundle) : nullptr;
    if (found != nullptr) return found;
    throw Failure{ExitCode::problems,
                  {"the log has no definitions yet", "日志尚无定义"},
                  {"`dutylog publish --log FILE --library workflows` puts a library in force.",
                   "`dutylog publish --log 文件 --library workflows` 发布定义库。"}};
}

WritingLog::WritingLog(Session& session, const std::string& path)
    : session_{session},
      store_{existing(path), writing_options(session)},
      keys_{keys::KeyFile::beside(path)} {
    session.progress(reading_words(), 0, store_.head().size);
    engine_ = std::make_unique<runtime::Engine>(store_, keys_);
    session.console.end_progress();
    const auto saved = store_.snapshot(runtime::snapshot_name, pdca::fold_version);
    opened_at_ = saved ? saved->at : 0;
}

void WritingLog::finish() {
    if (engine_->world().head >= opened_at_ + snapshot_after) engine_->save_snapshot();
}

std::size_t WritingLog::fire_due() {
    const Instant now = session_.now();
    std::size_t fired = 0;
    for (std::size_t more = fire_at_once; more == fire_at_once; fired += more) {
        more = engine_->fire(now, fire_at_once);
        if (fired + more > fire_at_once)
            session_.progress({"firing timers", "触发定时器"}, fired + more);
    }
    session_.console.end_progress();
    return fired;
}

CommandId fresh_command_id(Session& session) {
    return CommandId{fmt::format("cli-{:016x}", session.clocks.random("command"))};
}

}  // namespace dutylog::cli
