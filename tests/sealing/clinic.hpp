#pragma once

#include <string>

#include "adapters/memory/store.hpp"
#include "engine/log/derived_keys.hpp"
#include "engine/runtime/engine.hpp"
#include "tests/scenarios/library.hpp"

namespace dutylog::tests {

constexpr Instant morning{1'736'125'200'000'000};  // 2025-01-06T09:00 in Shanghai
constexpr const char* given_name = "Zhang Tiantian";
constexpr const char* given_symptom = "coughs at night";

/// An employer with one worker whose name, symptom and report are on the record.
struct Clinic {
    log::EventStore& store;
    log::KeyStore& keys;
    runtime::Engine engine;
    Reference zhang{"worker", "zhang"};
    int commands = 0;

    Clinic(log::EventStore& into, log::KeyStore& with)
        : store{into}, keys{with}, engine{into, with} {
        if (engine.world().rules != nullptr) return;
        auto publication = runtime::publication_of(shipped("workflows").files);
        engine.rules().keep(publication.bundle, shipped("workflows").rules);
        engine.run({pdca::PublishBundle{publication.bundle, "first", {}}, meta("publish"),
                    std::move(publication.blobs)},
                   morning);
        add({"employer", "acme"}, {}, "Acme");
        add({"site", "north"}, {"employer", "acme"}, "North");
        add({"post", "spray"}, {"site", "north"}, "Spray line");
        add(zhang, {"site", "north"}, given_name);
        state("symptom", Record::of({{"words", given_symptom}}));
    }

    pdca::Meta meta(const std::string& id) const {
        pdca::Meta made;
        made.id = CommandId{id};
        made.actor = ActorId{"mei"};
        const auto& zone = shipped("workflows").rules->zone();
        made.effective = {Precision::instant, morning, zone.local(morning).date, morning,
                          zone.name()};
        return made;
    }

    runtime::Answer run(pdca::Command command, const std::string& id = {}) {
        const std::string made = id.empty() ? "c" + std::to_string(++commands) : id;
        return engine.run({std::move(command), meta(made), {}, log::Nonce{7}}, morning);
    }
    runtime::Answer add(Reference subject, Reference parent, const char* name) {
        return run(pdca::AddSubject{std::move(subject), std::move(parent), name});
    }
    runtime::Answer state(const std::string& fact, Record fields) {
        return run(pdca::RecordFact{zhang, fact, Value{std::move(fields)}, 0});
    }
    runtime::Answer report(const char* conclusion, const char* hazard) {
        return state("exam_report",
                     Record::of({{"conclusion", conclusion}, {"hazards", List{Value{hazard}}}}));
    }
    runtime::Answer erase() { return run(pdca::ErasePerson{zhang, "kept long enough"}); }

    pdca::RulesSource source() {
        return [this](const Digest& bundle) { return engine.rules().find(bundle); };
    }
};

inline std::string reason_of(const runtime::Answer& answer) {
    return answer.refusal ? answer.refusal->reason : "";
}

}  // namespace dutylog::tests
