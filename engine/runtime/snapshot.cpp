#include "engine/runtime/snapshot.hpp"

#include <cereal/types/map.hpp>
#include <cereal/types/set.hpp>

#include "engine/log/archive.hpp"
#include "engine/log/value_codec.hpp"

namespace dutylog::runtime {

namespace {

/// A whole employer is larger than any one event may be.
constexpr log::ArchiveLimits snapshot_limits{.bytes_max = std::size_t{4} << 30,
                                             .text_max = std::size_t{64} << 20,
                                             .count_max = std::size_t{1} << 26,
                                             .elements_max = std::size_t{1} << 30};

template <class Archive>
void fields(Archive& archive, pdca::World& world, std::vector<Digest>& bundles) {
    archive(world.head, world.recorded, world.bundle, bundles, world.subjects, world.duties,
            world.versions, world.assumptions, world.breaches, world.voided, world.answers,
            world.sealed_with, world.timers_held, world.published, world.day_came,
            world.channels_off);
}

}  // namespace

Bytes write_snapshot(const pdca::World& world) {
    log::ByteWriter writer{snapshot_limits};
    std::vector<Digest> bundles;
    for (const auto& [digest, rules] : world.known_rules) bundles.push_back(digest);
    fields(writer, const_cast<pdca::World&>(world), bundles);  // shared with reading
    return writer.take();
}

bool read_snapshot(pdca::World& world, log::Position at, BytesView bytes) {
    try {
        log::ByteReader reader{bytes, snapshot_limits};
        std::vector<Digest> bundles;
        world.near = {};
        fields(reader, world, bundles);
        reader.finish();
        for (const Digest& digest : bundles) {
            world.known_rules[digest] = world.source(digest);
            if (world.known_rules[digest] == nullptr) return false;
        }
        if (!bundles.empty()) world.rules = world.known_rules[world.bundle];
        world.count_all();
        return world.head == at;
    } catch (const log::DecodeError&) {
        return false;
    }
}

}  // namespace dutylog::runtime
