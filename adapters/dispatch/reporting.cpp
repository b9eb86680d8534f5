#include "adapters/dispatch/reporting.hpp"

#include <utility>

namespace dutylog::dispatch {

using notice::EndpointHealth;
using notice::dispatch::Report;
using notice::dispatch::SwitchedOff;

namespace {

constexpr const char* actor = "sender";

pdca::Meta meta_of(CommandId id, Instant at, const calendar::Zone& zone) {
    pdca::Meta meta;
    meta.id = std::move(id);
    meta.actor = ActorId{actor};
    meta.effective = {Precision::instant, at, zone.local(at).date, at, zone.name()};
    return meta;
}

EndpointHealth::Switch position_of(std::string_view word) {
    using Switch = EndpointHealth::Switch;
    if (word == word_of(Switch::off_gone)) return Switch::off_gone;
    return word == word_of(Switch::off_silent) ? Switch::off_silent : Switch::off_broken;
}

}  // namespace

std::string_view word_of(EndpointHealth::Switch position) {
    switch (position) {
        case EndpointHealth::Switch::off_gone:
            return "gone";
        case EndpointHealth::Switch::off_silent:
            return "silent";
        case EndpointHealth::Switch::off_broken:
            return "broken";
        case EndpointHealth::Switch::on:
            break;
    }
    return "on";
}

runtime::Submission submission_of(const Report& report, const calendar::Zone& zone) {
    pdca::Meta meta = meta_of(report.id, report.at, zone);
    const pdca::RecordDelivery& said = report.order;
    if (!report.arrived) return {said, std::move(meta), {}};
    return {pdca::RecordHandover{said.notice, said.person, said.channel, said.detail, said.message,
                                 said.content, *report.arrived},
            std::move(meta),
            {}};
}

runtime::Submission submission_of(const SwitchedOff& off, const calendar::Zone& zone) {
    CommandId id{"channel/" + off.channel + "/off/" + std::to_string(off.at.micros)};
    return {pdca::SwitchChannel{off.channel, false, std::string{word_of(off.position)}, off.reason},
            meta_of(std::move(id), off.at, zone),
            {}};
}

std::map<std::string, SwitchedOff> channels_off(const pdca::World& world) {
    std::map<std::string, SwitchedOff> off;
    for (const auto& [channel, how] : world.channels_off)
        off[channel] = {channel, position_of(how.state), how.reason, how.since};
    return off;
}

}  // namespace dutylog::dispatch
