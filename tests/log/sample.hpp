#pragma once

#include "engine/core/value.hpp"
#include "engine/log/envelope.hpp"

namespace dutylog::log::sample {

inline Digest digest_of(int n) { return sha256("sample " + std::to_string(n)); }

/// An event with every field filled, the shape of which changes with `n`.
inline Envelope envelope(int n = 1) {
    Envelope e;
    e.position = static_cast<Position>(n) + 41;
    e.stream = StreamId{"duty/in-post-examination/worker/zhang"};
    e.version = static_cast<Version>(n) + 6;
    e.type = "duty.examination_done";
    e.schema = 2;
    e.recorded = Instant{1'764'896'400'000'000 + n};
    e.effective = {Precision::range, Instant{1'764'800'000'000'000}, CivilDate{2025, 12, 4},
                   Instant{1'764'803'600'000'000}, "Asia/Shanghai"};
    e.late_reason = "entered from paper";
    e.bundle = digest_of(n);
    e.actor = ActorId{"person/mei"};
    e.on_behalf_of = ActorId{"person/omar"};
    e.command = CommandId{"0193a1f4-7c1e-7b52-8b1e-6f4b7a2c9d10"};
    e.origin = Origin::derived;
    e.cause = 40;
    e.correlation = "case-7";
    e.rests_on = {{3, digest_of(3)}, {17, digest_of(17)}, {40, digest_of(40)}};
    e.corrects = 12;
    e.key = "person/zhang";
    e.state_hash = digest_of(n + 1000);
    e.fold_version = 3;
    e.previous_in_stream = 39;
    e.previous_leaf = digest_of(39);
    return e;
}

/// What most events look like: from outside, on time, resting on nothing.
inline Envelope plain_envelope(int n = 1) {
    Envelope e;
    e.position = static_cast<Position>(n);
    e.stream = StreamId{"asset/EF-07"};
    e.version = 1;
    e.type = "registry.asset_added";
    e.recorded = Instant{1'764'896'400'000'000};
    e.effective = {Precision::instant, e.recorded, CivilDate{2025, 12, 5}, e.recorded,
                   "Asia/Shanghai"};
    e.bundle = digest_of(0);
    e.actor = ActorId{"person/mei"};
    e.command = CommandId{"c-1"};
    return e;
}

/// One value of every kind, nested.
inline Value value() {
    return Record::of({{"amount", Quantity{*parse_decimal("1.25"), "mg/m3"}},
                       {"at", Instant{1'764'896'400'123'456}},
                       {"count", -7},
                       {"day", CivilDate{2025, 12, 5}},
                       {"every", Period{12, PeriodUnit::months}},
                       {"level", *parse_decimal("-0.5")},
                       {"list", List{Value{"a"}, Value{}, Value{List{Value{1}}}}},
                       {"name", Sealed{"person/zhang", {1, 2, 3}, {4, 5, 6, 7}}},
                       {"none", Value{}},
                       {"ok", true},
                       {"text", "苯 benzene"},
                       {"worker", Reference{"worker", "zhang"}}});
}

/// Two envelopes are the same field for field (`Envelope` itself has no comparison).
bool same(const Envelope& a, const Envelope& b);

}  // namespace dutylog::log::sample
