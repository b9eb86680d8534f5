#include <unistd.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "adapters/cli/commands/commands.hpp"
#include "adapters/sqlite/store.hpp"
#include "adapters/sqlite/verify.hpp"

namespace dutylog::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t events_min = 64;
constexpr std::uint64_t events_max = 10'000'000;
constexpr std::uint64_t streams = 1'000;
constexpr std::size_t payload_bytes = 300;
constexpr std::size_t group = 64;

struct BenchOptions {
    std::string folder;
    std::uint64_t events = 20'000;
};

/// A folder of its own below another one, gone with everything in it at the end.
class Workplace {
public:
    explicit Workplace(const std::string& parent) {
        std::error_code none;
        const fs::path base = parent.empty() ? fs::temp_directory_path(none) : fs::path{parent};
        std::string pattern = (base / "dutylog-bench-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr)
            throw Failure{ExitCode::storage, phrase("cannot make a folder in {}",
                                                    "无法在 {} 中建立文件夹", base.string())};
        path_ = pattern;
    }
    ~Workplace() {
        std::error_code none;
        fs::remove_all(path_, none);
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;

    std::string log() const { return (path_ / "bench.sqlite").string(); }

private:
    fs::path path_;
};

log::Append append_of(std::uint64_t number) {
    const std::string stream = "duty/bench/asset/" + std::to_string(number % streams);
    log::NewEvent event;
    event.stream = StreamId{stream};
    event.type = "bench.step_completed";
    event.actor = ActorId{"bench"};
    event.command = CommandId{"bench-" + std::to_string(number)};
    event.payload = Bytes(payload_bytes, static_cast<std::uint8_t>(number));
    log::Append append;
    append.result = log::CommandResult{event.command, sha256(stream), Bytes(16, 0)};
    append.events.push_back(std::move(event));
    append.set_timers = {{stream, {static_cast<std::int64_t>(number)}, number}};
    return append;
}

/// Seconds that some work takes by the session's own clock.
template <class Work>
double seconds_of(Session& session, Work work) {
    const Elapsed start = session.clocks.monotonic();
    work();
    const Elapsed took{session.clocks.monotonic().micros - start.micros};
    return static_cast<double>(std::max<std::int64_t>(took.micros, 1)) / 1e6;
}

struct Figures {
    double single_per_s = 0;
    double grouped_per_s = 0;
    double verified_per_s = 0;
    double open_s = 0;
};

/// @returns events a second
double append_in_groups(Session& session, log::EventStore& store, std::uint64_t& number,
                        std::uint64_t count, std::size_t size) {
    const double took = seconds_of(session, [&] {
        for (std::uint64_t done = 0; done < count; done += size) {
            std::vector<log::Append> batch;
            while (batch.size() < size) batch.push_back(append_of(number++));
            store.append(batch, session.now());
            session.progress({"appending", "正在追加"}, done, count);
        }
    });
    session.console.end_progress();
    return static_cast<double>(count) / took;
}

Figures measure(Session& session, const BenchOptions& options) {
    const Workplace place{options.folder};
    Figures figures;
    std::uint64_t number = 0;
    {
        sqlite::SqliteStore store{place.log()};
        figures.single_per_s = append_in_groups(session, store, number, options.events / 20 + 1, 1);
        figures.grouped_per_s = append_in_groups(
            session, store, number, (options.events + group - 1) / group * group, group);
    }
    figures.open_s = seconds_of(session, [&] { const sqlite::SqliteStore store{place.log()}; });
    figures.verified_per_s = static_cast<double>(number) / seconds_of(session, [&] {
                                 if (!sqlite::verify(place.log()).empty())
                                     throw Failure{ExitCode::storage,
                                                   {"the log that was just made does not verify",
                                                    "刚建立的日志未通过校验"}};
                             });
    return figures;
}

void tell(Console& console, const Figures& figures) {
    console.line(phrase("{:.0f} durable events a second, one a commit",
                        "每秒 {:.0f} 个持久事件（每次提交一个）", figures.single_per_s));
    console.line(phrase("{:.0f} durable events a second, {} commands a commit",
                        "每秒 {:.0f} 个持久事件（每次提交 {} 个命令）", figures.grouped_per_s,
                        group));
    console.line(phrase("{:.0f} events a second verified", "每秒校验 {:.0f} 个事件",
                        figures.verified_per_s));
    console.line(phrase("{:.3f} s to open the log", "打开日志用 {:.3f} 秒", figures.open_s));
}

ExitCode bench(Session& session, const BenchOptions& options) {
    if (options.events < events_min || options.events > events_max)
        throw Failure{ExitCode::usage, phrase("--events: expected {0} to {1}, found {2}",
                                              "--events：应为 {0} 至 {1}，实为 {2}", events_min,
                                              events_max, options.events)};
    const Figures figures = measure(session, options);
    if (session.json)
        session.console.json({{"events", options.events},
                              {"append_one_a_commit_per_s", figures.single_per_s},
                              {"append_64_a_commit_per_s", figures.grouped_per_s},
                              {"verify_per_s", figures.verified_per_s},
                              {"open_s", figures.open_s}});
    else
        tell(session.console, figures);
    return ExitCode::fine;
}

}  // namespace

Command bench_command() {
    return {
        "bench",
        Group::about,
        {"how fast a log is on this machine", "测量本机上日志的速度"},
        {"Makes a log in a temporary folder, appends events as durably as always, verifies and "
         "opens it, and removes it again. Put --folder on the disk that is to hold the log: the "
         "sync of that disk decides most of it. docs/benchmarks.md has the full measurements.",
         "在临时文件夹中建立日志，按平常的持久方式追加事件，校验、打开，然后删除。--folder "
         "请指向将存放日志的磁盘：主要取决于该盘的同步速度。完整测量见 docs/benchmarks.md。"},
        {{"bench --folder /srv/dutylog", {"on the disk of the log", "在存放日志的磁盘上"}},
         {"bench --events 200000 --json", {"longer, for a program", "测得更久，以 JSON 输出"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<BenchOptions>();
            arguments
                .option("--folder", "FOLDER", options->folder,
                        {"where the log is made for a while", "临时建立日志的文件夹"})
                .number("--events", "N", options->events,
                        {"how many events, 20000 where nothing is said", "事件数，默认 20000"});
            return [options](Session& session) { return bench(session, *options); };
        }};
}

}  // namespace dutylog::cli
