#include "adapters/sqlite/derived_tables.hpp"

#include "engine/log/codec_error.hpp"

namespace dutylog::sqlite {

DerivedTables::DerivedTables(Database& database)
    : timers{database}, outbox{database}, projections{database} {}

void DerivedTables::load() {
    timers.forget();
    outbox.load();
    projections.forget();
    unsettled_.clear();
    unsettled_bytes_ = 0;
}

void DerivedTables::carry_out(BytesView effects) {
    if (effects.empty()) return;
    const Bytes& kept = unsettled_.emplace_back(effects.begin(), effects.end());
    unsettled_bytes_ += kept.size();
    try {
        decode_effects(kept, *this);
    } catch (const log::DecodeError& error) {
        throw log::StoreError{std::string{"the effects of a batch cannot be read: "} +
                              error.what()};
    }
}

void DerivedTables::settle() {
    timers.settle();
    outbox.settle();
    projections.settle();
    unsettled_.clear();
    unsettled_bytes_ = 0;
}

}  // namespace dutylog::sqlite
