#include "adapters/server/reading.hpp"

#include <ostream>
#include <utility>

#include "engine/pdca/stored.hpp"
#include "engine/runtime/snapshot.hpp"

namespace dutylog::server {

Reading::Reading(std::string path, runtime::Runtime& runtime)
    : path_{std::move(path)}, runtime_{runtime}, store_{path_}, rules_{store_} {
    const auto source = [this](const Digest& bundle) { return rules_.find(bundle); };
    world_.source = source;
    const auto saved = store_.snapshot(runtime::snapshot_name, pdca::fold_version);
    if (!saved || runtime::read_snapshot(world_, saved->at, saved->bytes)) return;
    world_ = pdca::World{};
    world_.source = source;
}

const pdca::World& Reading::now() {
    store_.refresh();
    store_.scan(world_.head + 1, [&](const log::StoredEvent& stored) {
        pdca::replay(world_, stored);
        return true;
    });
    return world_;
}

Asked Reading::asked(const http::Call& call) {
    const pdca::World& current = now();
    cli::CutOptions cuts;
    cuts.at = call.parameter("true_at");
    cuts.known_at = call.parameter("known_at");
    cuts.rules_at = call.parameter("rules_at");
    if (cuts.at.empty() && cuts.known_at.empty() && cuts.rules_at.empty()) {
        const Instant at = runtime_.wall();
        return {&current, at, {}, {{"known_at", to_string(current.recorded)}}};
    }
    std::ostream nowhere{nullptr};
    cli::Console console{nowhere, nowhere, {}, call.language};
    cli::Session session{console, runtime_};
    cli::OpenedLog log{session, path_};
    past_ = cli::asked_world(session, log, cuts);
    return {&past_->world, past_->at, past_->known_at, cli::cuts_json(*past_)};
}

}  // namespace dutylog::server
