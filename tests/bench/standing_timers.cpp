#include "tests/bench/standing_timers.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "adapters/sqlite/store.hpp"
#include "engine/definition/load_bundle.hpp"
#include "engine/log/derived_keys.hpp"
#include "tests/bench/employer.hpp"

namespace dutylog::bench {

namespace {

constexpr int waits = 10;  ///< duties that one promise opens
constexpr Elapsed until_due = minutes(90);

void replace(std::string& text, const std::string& part, const std::string& by) {
    const auto at = text.find(part);
    if (at == std::string::npos) throw std::runtime_error{"promise-kept.yaml has no " + part};
    text.replace(at, part.size(), by);
}

std::string copy_of(std::string text, const std::string& id) {
    replace(text, "id: promise-kept", "id: " + id);
    return text;
}

std::string call_back(std::string text) {
    replace(text, "id: promise-kept", "id: call-back");
    replace(text, "upon: promise", "upon: order");
    replace(text, "10 days after promise.known_on", "90 minutes after order.at");
    return text;
}

std::vector<definition::SourceFile> standing_library() {
    std::vector<definition::SourceFile> texts;
    for (const definition::SourceFile& file : bench_library()) {
        if (!file.path.starts_with("definitions/")) texts.push_back(file);
        if (!file.path.ends_with("promise-kept.yaml")) continue;
        for (int i = 0; i < waits; ++i) {
            const std::string id = fmt::format("promise-kept-{}", i);
            texts.push_back({"definitions/" + id + ".yaml", copy_of(file.text, id)});
        }
        texts.push_back({"definitions/call-back.yaml", call_back(file.text)});
    }
    return texts;
}

const runtime::Publication& standing_publication() {
    static const runtime::Publication publication = runtime::publication_of(standing_library());
    return publication;
}

pdca::RulesPtr standing_rules() {
    const auto loaded = definition::load_bundle(standing_library());
    if (loaded.bundle == nullptr) throw std::runtime_error{"the library of waits does not load"};
    return std::make_shared<const pdca::Rules>(loaded.bundle);
}

}  // namespace

void write_standing_timers(const std::string& path, std::uint64_t timers, std::uint64_t more) {
    sqlite::Options options;
    options.synchronous = sqlite::Synchronous::off;
    sqlite::SqliteStore store{path, options};
    log::DerivedKeys keys{"bench"};
    runtime::Engine engine{store, keys, {{standing_publication().bundle, standing_rules()}}};
    Employer employer;
    runtime::Submission publication = employer.publish();
    std::get<pdca::PublishBundle>(publication.command).bundle = standing_publication().bundle;
    publication.blobs = standing_publication().blobs;
    run_all(engine, {&publication, 1}, monday);
    run_all(engine, employer.settle_in(monday), monday);
    const std::uint64_t assets = (timers + waits - 1) / waits;
    std::vector<runtime::Submission> commands;
    for (std::uint64_t asset = 1; asset <= assets + more; ++asset)
        commands.push_back(employer.asset(asset, monday));
    for (std::uint64_t asset = more + 1; asset <= assets + more; ++asset)
        commands.push_back(employer.promise(asset, asset, monday));
    run_all(engine, commands, monday);
    store.settle();
}

runtime::Submission due_at(Employer& employer, std::uint64_t asset, Instant due) {
    return employer.order(asset, asset, due - until_due);
}

}  // namespace dutylog::bench
