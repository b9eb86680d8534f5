#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/core/effective.hpp"
#include "engine/core/id.hpp"
#include "engine/pdca/commands/cycles.hpp"
#include "engine/pdca/commands/program.hpp"
#include "engine/pdca/commands/record.hpp"
#include "engine/pdca/commands/requests.hpp"
#include "engine/pdca/commands/steps.hpp"
#include "engine/pdca/events.hpp"

/// What people, machines and the clock ask of the log. A command is an order; it may be refused.
namespace dutylog::pdca {

/// Who, when and on whose behalf: comes with every command.
struct Meta {
    CommandId id;  ///< made by the client
    ActorId actor;
    ActorId on_behalf_of;
    Effective effective;      ///< when it was true or done; may be earlier than now
    std::string late_reason;  ///< why it is entered late
};

using Command =
    std::variant<PublishBundle, AddSubject, RecordFact, VoidRecords, RequestAct, OverrideGate,
                 CompleteStep, ReturnStep, ApproveStep, ReassignStep, PostponeStep, LeaveOutSteps,
                 RaiseFinding, VerifyMeasure, CarryMeasure, SuspendCycle, ResumeCycle, CancelCycle,
                 CloseCycle, MigrateCycle, RecordAssumption, RecordDelivery, FireTimer,
                 ReportClockJump, DecideClock, ErasePerson, ReportRefusals, ReportShown,
                 RecordHandover, AddComment, UrgeStep, AddSigner, ReleaseSigner, AskPostponement,
                 DecidePostponement, ReportRestore, SwitchChannel>;

/// `complete_step`, as in JSON commands and refusals.
std::string_view name_of(const Command& command);

}  // namespace dutylog::pdca
