#pragma once

#include "adapters/cli/command_need.hpp"

/// What people say to each other and ask of each other.
namespace dutylog::cli {

using namespace pdca;  // NOLINT: every command is named here

template <class Fields>
void list_fields(Fields& f, AddComment& c) {
    list_target(f, c);
    f.text("step", c.step, Need::optional);
    f.words("text", c.text);
}
template <class Fields>
void list_fields(Fields& f, UrgeStep& c) {
    list_target(f, c);
    f.text("step", c.step, Need::required);
    f.text("note", c.note, Need::optional);
}
template <class Fields>
void list_fields(Fields& f, AddSigner& c) {
    list_target(f, c);
    f.text("step", c.step, Need::required);
    f.person("signer", c.signer, Need::required);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, ReleaseSigner& c) {
    list_target(f, c);
    f.text("step", c.step, Need::required);
    f.person("signer", c.signer, Need::required);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, AskPostponement& c) {
    list_target(f, c);
    f.text("step", c.step, Need::required);
    f.date("until", c.until, Need::required);
    f.person("approver", c.approver, Need::required);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, DecidePostponement& c) {
    list_target(f, c);
    f.text("step", c.step, Need::required);
    f.truth("granted", c.granted, Need::required);
    f.text("reason", c.reason, Need::optional);
}

}  // namespace dutylog::cli
