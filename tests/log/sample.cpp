#include "tests/log/sample.hpp"

#include <tuple>

namespace dutylog::log::sample {

namespace {
auto fields_of(const Envelope& e) {
    return std::tie(e.position, e.stream, e.version, e.type, e.schema, e.recorded, e.effective,
                    e.late_reason, e.bundle, e.actor, e.on_behalf_of, e.command, e.origin, e.cause,
                    e.correlation, e.rests_on, e.corrects, e.codec, e.key, e.state_hash,
                    e.fold_version, e.previous_in_stream, e.previous_leaf);
}
}  // namespace

bool same(const Envelope& a, const Envelope& b) { return fields_of(a) == fields_of(b); }

}  // namespace dutylog::log::sample
