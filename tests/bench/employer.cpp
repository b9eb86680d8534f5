#include "tests/bench/employer.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "engine/definition/load_bundle.hpp"

namespace dutylog::bench {

namespace {

using namespace pdca;  // NOLINT: commands are named here

constexpr std::array files{
    "library.yaml",    "calendars/calendars.csv",      "calendars/days.csv",
    "zones/zones.csv", "definitions/order-round.yaml", "definitions/promise-kept.yaml"};
constexpr std::array steps{"plan.prepare", "do.work", "check.inspect", "act.conclude"};
constexpr const char* zone_name = "Asia/Shanghai";
constexpr Elapsed zone_offset = hours(8);
constexpr const char* note =
    "reading taken at the intake; belt and housing without finding; filter changed; speed as the"
    " plate says; seal on the door renewed; next visit as planned by the order";

std::vector<definition::SourceFile> read_library() {
    std::vector<definition::SourceFile> texts;
    for (const char* path : files) {
        std::ifstream file{std::string{DUTYLOG_SOURCE_DIR "/tests/bench/library/"} + path};
        if (!file) throw std::runtime_error{std::string{"cannot read tests/bench/library/"} + path};
        texts.push_back({path, {std::istreambuf_iterator<char>{file}, {}}});
    }
    return texts;
}

Reference asset_named(std::uint64_t number) { return {"asset", fmt::format("a{}", number)}; }

CivilDate local_date(Instant at) {
    const std::int64_t days = (at + zone_offset).micros / hours(24).micros;
    return CivilDate{static_cast<std::int32_t>(days)};
}

Command fact(Reference subject, const char* type, std::uint64_t number) {
    return RecordFact{std::move(subject), type,
                      Record::of({{"number", static_cast<std::int64_t>(number)}}), 0};
}

Command holds(Reference of, const char* role, const std::string& person) {
    return RecordFact{std::move(of), "holds_role",
                      Record::of({{"role", role}, {"person", Reference{"worker", person}}}), 0};
}

Value form_of(std::uint64_t asset) {
    return Record::of({{"orderId", fmt::format("order-{:08}", asset)},
                       {"seq", static_cast<std::int64_t>(asset)},
                       {"amount", Decimal{static_cast<std::int64_t>(asset % 1000)}},
                       {"actor", "mei"},
                       {"note", note}});
}

}  // namespace

runtime::Submission Employer::submission(Command command, const char* actor, Instant now) {
    runtime::Submission made;
    made.command = std::move(command);
    made.meta.id = CommandId{fmt::format("{}{}", prefix_, ++commands_)};
    made.meta.actor = ActorId{actor};
    made.meta.effective = {Precision::instant, now, local_date(now), now, zone_name};
    return made;
}

runtime::Submission Employer::publish() {
    const runtime::Publication& publication = bench_publication();
    auto made = submission(PublishBundle{publication.bundle, "bench", {}}, "ling", monday);
    made.blobs = publication.blobs;
    return made;
}

std::vector<runtime::Submission> Employer::settle_in(Instant now) {
    std::vector<runtime::Submission> made;
    const auto add = [&](Command command) {
        made.push_back(submission(std::move(command), "ling", now));
    };
    const Reference employer{"employer", "acme"}, site{"site", "north"};
    add(AddSubject{employer, {}, {}});
    add(AddSubject{site, employer, {}});
    for (const char* person : {"ling", "mei", "omar"})
        add(AddSubject{{"worker", person}, site, {}});
    add(holds(employer, "PR", "ling"));
    add(holds(employer, "EQ", "mei"));
    add(holds(employer, "OHM", "omar"));
    return made;
}

runtime::Submission Employer::asset(std::uint64_t number, Instant now) {
    return submission(AddSubject{asset_named(number), {"site", "north"}, {}}, "ling", now);
}

runtime::Submission Employer::worker(const std::string& id, Instant now) {
    return submission(AddSubject{{"worker", id}, {"site", "north"}, {}}, "ling", now);
}

runtime::Submission Employer::principal_of(std::uint64_t asset, const std::string& person,
                                           Instant now) {
    return submission(holds(asset_named(asset), "PR", person), "ling", now);
}

runtime::Submission Employer::order(std::uint64_t asset, std::uint64_t number, Instant now) {
    return submission(fact(asset_named(asset), "order", number), "omar", now);
}

runtime::Submission Employer::promise(std::uint64_t asset, std::uint64_t number, Instant now) {
    return submission(fact(asset_named(asset), "promise", number), "omar", now);
}

runtime::Submission Employer::step(std::uint64_t asset, unsigned phase, Instant now) {
    CompleteStep command;
    command.duty = order_duty(asset);
    command.step = steps.at(phase);
    if (phase == 1) command.form = form_of(asset);
    return submission(std::move(command), phase == 2 ? "omar" : "mei", now);
}

const std::vector<definition::SourceFile>& bench_library() {
    static const std::vector<definition::SourceFile> texts = read_library();
    return texts;
}

const runtime::Publication& bench_publication() {
    static const runtime::Publication publication = runtime::publication_of(bench_library());
    return publication;
}

RulesPtr bench_rules() {
    static const RulesPtr rules = [] {
        const auto loaded = definition::load_bundle(bench_library());
        if (loaded.bundle == nullptr) throw std::runtime_error{"tests/bench/library does not load"};
        return std::make_shared<const Rules>(loaded.bundle);
    }();
    return rules;
}

StreamId order_duty(std::uint64_t asset) { return duty_stream("order-round", asset_named(asset)); }

void require_accepted(const runtime::Answer& answer) {
    if (answer.refusal)
        throw std::runtime_error{"command " + answer.command.str() +
                                 " was refused: " + answer.refusal->detail};
}

void run_all(runtime::Engine& engine, std::span<const runtime::Submission> commands, Instant now,
             std::size_t batch) {
    for (; !commands.empty(); commands = commands.subspan(std::min(batch, commands.size())))
        for (const auto& answer : engine.run(commands.first(std::min(batch, commands.size())), now))
            require_accepted(answer);
}

void found(runtime::Engine& engine, Employer& employer, std::uint64_t assets, Instant now) {
    const runtime::Submission publication = employer.publish();
    run_all(engine, {&publication, 1}, now);
    run_all(engine, employer.settle_in(now), now);
    std::vector<runtime::Submission> batch;
    for (std::uint64_t number = 1; number <= assets; ++number)
        batch.push_back(employer.asset(number, now));
    run_all(engine, batch, now);
}

}  // namespace dutylog::bench
