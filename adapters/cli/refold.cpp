#include "adapters/cli/refold.hpp"

#include "engine/history/rehearsal.hpp"
#include "engine/log/codec_error.hpp"
#include "engine/pdca/process.hpp"
#include "engine/pdca/stored.hpp"
#include "engine/runtime/publication.hpp"

namespace dutylog::cli {

namespace {

constexpr std::size_t problems_max = 100;
constexpr log::Position progress_step = 1'000;

}  // namespace

Refolded refold(log::EventStore& store, const log::KeyRing& keys,
                const std::function<void(std::uint64_t)>& progress) {
    Refolded refolded;
    runtime::PublishedRules rules{store};
    pdca::World world;
    world.source = [&](const Digest& bundle) { return rules.find(bundle); };
    world.unsealing.keys = &keys;
    const auto fold = [&](const log::StoredEvent& stored) {
        const log::Envelope& envelope = stored.envelope;
        if (envelope.position % progress_step == 0) progress(envelope.position);
        pdca::replay(world, stored);
        const bool comparable = envelope.fold_version == pdca::fold_version;
        const Digest state = pdca::state_hash_of(world, envelope.stream);
        if (comparable && state != envelope.state_hash)
            refolded.problems.push_back(phrase("event {0}, state of {1}: expected {2}, found {3}",
                                               "事件 {0}，{1} 的状态：应为 {2}，实为 {3}",
                                               envelope.position, envelope.stream.str(),
                                               to_hex(state), to_hex(envelope.state_hash)));
        return refolded.problems.size() < problems_max;
    };
    try {
        store.scan(1, fold);
    } catch (const log::DamagedEvent& error) {
        // What is wrong with the bytes themselves is told beside this.
        refolded.problems.push_back(phrase("folding stops: {}", "折叠中止：{}", error.what()));
        return refolded;
    } catch (const std::runtime_error& error) {
        refolded.problems.push_back(phrase("event {0} cannot follow what is before it: {1}",
                                           "事件 {0} 与其前状态不符：{1}", world.head + 1,
                                           error.what()));
        return refolded;
    }
    const pdca::Process process{world};
    for (const auto& [stream, timer] : process.timers()) refolded.timers.push_back(timer);
    refolded.complete = refolded.problems.size() < problems_max;
    return refolded;
}

std::vector<Phrase> rehearsal_differences(log::EventStore& store, const log::KeyRing& keys) {
    std::vector<Phrase> problems;
    runtime::PublishedRules rules{store};
    const history::Rehearsal rehearsal = history::rehearse(
        history::outside_history(store, std::nullopt),
        [&](const Digest& bundle) { return rules.find(bundle); }, &keys);
    const auto& events = rehearsal.events();
    std::size_t at = 0;
    store.scan(1, [&](const log::StoredEvent& stored) {
        const log::Envelope& envelope = stored.envelope;
        if (at >= events.size()) return false;
        const history::RehearsedEvent& again = events[at++];
        const bool same = again.recorded.stream == envelope.stream &&
                          again.state_hash == envelope.state_hash &&
                          pdca::EventCodec::encode(again.event) == stored.payload;
        if (same) return true;
        problems.push_back(phrase("event {0} ({1}): decided again it is {2} of {3}",
                                  "事件 {0}（{1}）：重新判定得 {2}（{3}）", envelope.position,
                                  envelope.type, pdca::EventCodec::type_of(again.event),
                                  again.recorded.stream.str()));
        return false;
    });
    const std::uint64_t size = store.head().size;
    if (problems.empty() && events.size() != size)
        problems.push_back(phrase("decided again the history has {0} events; the log has {1}",
                                  "重新判定得 {0} 个事件；日志有 {1} 个", events.size(), size));
    return problems;
}

}  // namespace dutylog::cli
