#pragma once

#include "adapters/cli/command_need.hpp"

/// What the clock, the sender and the service itself say.
namespace dutylog::cli {

using namespace pdca;  // NOLINT: every command is named here

template <class Fields>
void list_fields(Fields& f, RecordDelivery& c) {
    f.text("notice", c.notice, Need::required);
    f.text("person", c.person, Need::required);
    f.delivery("outcome", c.outcome);
    f.text("channel", c.channel, Need::optional);
    f.text("detail", c.detail, Need::optional);
    f.text("message", c.message, Need::optional);
    f.digest("content", c.content, Need::optional);
}
template <class Fields>
void list_fields(Fields& f, RecordHandover& c) {
    f.text("notice", c.notice, Need::required);
    f.text("person", c.person, Need::required);
    f.text("channel", c.channel, Need::optional);
    f.text("detail", c.detail, Need::optional);
    f.text("message", c.message, Need::optional);
    f.digest("content", c.content, Need::optional);
    f.instant("arrived", c.arrived);
}
template <class Fields>
void list_fields(Fields& f, FireTimer& c) {
    f.text("key", c.key, Need::required);
    f.position("generation", c.generation, Need::required);
}
template <class Fields>
void list_fields(Fields& f, ReportClockJump& c) {
    f.instant("expected", c.expected);
    f.instant("found", c.found);
    f.truth("adopted", c.adopted, Need::optional);
}
template <class Fields>
void list_fields(Fields& f, DecideClock& c) {
    f.truth("confirmed", c.confirmed, Need::required);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, ReportRestore& c) {
    f.position("events", c.events, Need::required);
    f.digest("root", c.root, Need::required);
    f.position("epoch_before", c.epoch_before, Need::required);
    f.position("epoch", c.epoch, Need::required);
    f.position("known_events", c.known_events, Need::optional);
    f.digest("known_root", c.known_root, Need::optional);
}
template <class Fields>
void list_fields(Fields& f, SwitchChannel& c) {
    f.text("channel", c.channel, Need::required);
    f.truth("on", c.on, Need::required);
    f.text("state", c.state, Need::optional);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, ReportRefusals& c) {
    f.text("token", c.token, Need::optional);
    f.text("person", c.person, Need::optional);
    f.instant("from", c.from);
    f.instant("until", c.until);
    f.position("count", c.count, Need::required);
    f.texts("operations", c.operations, Need::required);
}
template <class Fields>
void list_fields(Fields& f, ReportShown& c) {
    f.text("token", c.token, Need::required);
    f.text("person", c.person, Need::required);
    f.text("operation", c.operation, Need::required);
    f.texts("keys", c.keys, Need::required);
    f.positions("positions", c.positions);
}

}  // namespace dutylog::cli
