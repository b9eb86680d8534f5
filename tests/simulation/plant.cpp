#include "tests/simulation/plant.hpp"

#include <algorithm>
#include <array>

#include "engine/pdca/events.hpp"
#include "engine/pdca/stored.hpp"
#include "tests/simulation/through.hpp"

namespace dutylog::simulation {

namespace {

using namespace log;

struct Named {
    Plant plant;
    std::string_view name;
};

constexpr std::array names{
    Named{Plant::none, "none"},
    Named{Plant::answer_before_commit, "answer-before-commit"},
    Named{Plant::skip_sync, "skip-sync"},
    Named{Plant::timer_twice, "timer-twice"},
    Named{Plant::drop_derived, "drop-derived"},
    Named{Plant::forget_role, "forget-role"},
    Named{Plant::lose_timer, "lose-timer"},
    Named{Plant::lose_result, "lose-result"},
    Named{Plant::lose_notice, "lose-notice"},
    Named{Plant::half_append, "half-append"},
    Named{Plant::bent_snapshot, "bent-snapshot"},
};

/// Keeps the last batch back until somebody asks for something.
class EarlyAnswer final : public Through {
public:
    using Through::Through;
    std::vector<AppendOutcome> append(std::span<const Append> batch, Instant recorded) override {
        pass_on();
        std::vector<AppendOutcome> outcomes;
        Position next = store_.head().size + 1;
        for (const Append& append : batch) {
            const bool empty = append.events.empty();
            const Position last = next + append.events.size() - 1;
            outcomes.push_back(empty ? Appended{} : Appended{next, last});
            next = last + 1;
        }
        waiting_.assign(batch.begin(), batch.end());
        recorded_ = recorded;
        return outcomes;
    }
    std::optional<CommandResult> result_of(const CommandId& command) override {
        pass_on();
        return store_.result_of(command);
    }
    TreeHead head() override {
        pass_on();
        return store_.head();
    }

private:
    void pass_on() {
        if (!waiting_.empty()) store_.append(waiting_, recorded_);
        waiting_.clear();
    }
    std::vector<Append> waiting_;
    Instant recorded_;
};

/// Changes some of the appends on their way. Which ones depends on what is in them, so that a
/// history with the fault is the same each time it is lived through: comparing two runs does not
/// find it.
class Altered final : public Through {
public:
    Altered(EventStore& store, Plant plant) : Through{store}, plant_{plant} {}

    std::vector<AppendOutcome> append(std::span<const Append> batch, Instant recorded) override {
        std::vector<Append> altered{batch.begin(), batch.end()};
        for (Append& append : altered) alter(append);
        if (plant_ == Plant::half_append) return append_halves(std::move(altered), recorded);
        return store_.append(altered, recorded);
    }
    void scan(Position from, const Visit& visit) override {
        store_.scan(from, [&](const StoredEvent& stored) {
            return (plant_ == Plant::forget_role && is_role(stored)) || visit(stored);
        });
    }
    std::optional<Snapshot> snapshot(const std::string& name, std::uint16_t fold_version) override {
        auto found = store_.snapshot(name, fold_version);
        if (plant_ == Plant::bent_snapshot && found) found->bytes[found->bytes.size() / 2] ^= 1;
        return found;
    }

private:
    static bool is_role(const StoredEvent& stored) {
        if (stored.envelope.type != pdca::FactRecorded::type) return false;
        const auto event =
            pdca::EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload);
        return std::get<pdca::FactRecorded>(event).fact == "holds_role";
    }

    /// The events first; then, as if it were another thing, what goes with them.
    std::vector<AppendOutcome> append_halves(std::vector<Append> batch, Instant recorded) {
        std::vector<Append> effects = batch;
        for (Append& append : effects) append.events.clear(), append.expected.clear();
        for (Append& append : batch) keep_events(append);
        auto outcomes = store_.append(batch, recorded);
        store_.append(effects, recorded);
        return outcomes;
    }

    static void keep_events(Append& append) {
        Append events;
        events.expected = std::move(append.expected);
        events.events = std::move(append.events);
        events.blobs = std::move(append.blobs);
        append = std::move(events);
    }

    void alter(Append& append) {
        const bool now = meant(append);
        // Or the store would notice by the versions that events are too many or too few.
        if (plant_ == Plant::timer_twice || plant_ == Plant::drop_derived) append.expected.clear();
        const bool derived = !append.events.empty() && append.events.back().cause >= 0;
        if (plant_ == Plant::drop_derived && now && derived) append.events.pop_back();
        if (plant_ == Plant::timer_twice) repeat_timer(append);
        if (plant_ == Plant::lose_timer && now && !append.set_timers.empty())
            append.set_timers.pop_back();
        if (plant_ == Plant::lose_result && now) append.result.reset();
        if (plant_ == Plant::lose_notice && now && !append.add_outbox.empty())
            append.add_outbox.pop_back();
    }

    /// Often enough to be met, rarely enough to go on.
    static bool meant(const Append& append) {
        if (append.events.empty()) return false;
        return sha256(BytesView{append.events.front().payload}).bytes[0] % 7 == 0;
    }

    static void repeat_timer(Append& append) {
        if (append.events.empty() || append.events.front().origin != Origin::derived) return;
        const std::vector<NewEvent> once = append.events;
        append.events.insert(append.events.end(), once.begin(), once.end());
    }

    Plant plant_;
};

}  // namespace

std::string_view name_of(Plant plant) {
    return std::ranges::find(names, plant, &Named::plant)->name;
}

std::optional<Plant> plant_named(std::string_view name) {
    const auto found = std::ranges::find(names, name, &Named::name);
    if (found == names.end()) return std::nullopt;
    return found->plant;
}

const std::vector<Plant>& all_plants() {
    static const std::vector<Plant> plants = [] {
        std::vector<Plant> all;
        for (const Named& named : names)
            if (named.plant != Plant::none) all.push_back(named.plant);
        return all;
    }();
    return plants;
}

std::unique_ptr<log::EventStore> planted(Plant plant, log::EventStore& store) {
    if (plant == Plant::answer_before_commit) return std::make_unique<EarlyAnswer>(store);
    if (plant == Plant::none || plant == Plant::skip_sync) return std::make_unique<Through>(store);
    return std::make_unique<Altered>(store, plant);
}

}  // namespace dutylog::simulation
