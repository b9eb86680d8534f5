#pragma once

#include <variant>

#include "engine/pdca/events/access.hpp"
#include "engine/pdca/events/cycles.hpp"
#include "engine/pdca/events/gates.hpp"
#include "engine/pdca/events/notices.hpp"
#include "engine/pdca/events/record.hpp"
#include "engine/pdca/events/requests.hpp"
#include "engine/pdca/events/steps.hpp"
#include "engine/pdca/events/subjects.hpp"

/// Everything that can be on the record. A stored shape is frozen: a change of meaning or of fields
/// is a new struct with the next `schema` and an upcast from the old one
/// (docs/how-to/add-an-event.md).
namespace dutylog::pdca {

using Event = std::variant<
    BundlePublished, RecordVoided, CommandRefused, SubjectAdded, FactRecorded, ActRefused,
    ActPermitted, GateOverridden, StepCompleted, StepReturned, StepApproved, StepReassigned,
    StepPostponed, StepsLeftOut, FindingRaised, MeasureVerified, MeasureCarried, CycleSuspended,
    CycleResumed, CycleCancelled, CycleMigrated, AssumptionRecorded, DeliveryRecorded, ClockJumped,
    ClockDecided, DefinitionDayCame, DutyOpened, DutyEnded, HealthChanged, CycleScheduled,
    OccasionJoined, DeadlineMoved, CycleOpened, PhaseEntered, StepOpened, StepSatisfied,
    DeadlineMet, DeadlineMissed, GateBreached, OwnerMissing, OwnerFound, CycleClosed, StepReopened,
    CompletionWithdrawn, NoticePlanned, NoticesSkipped, SignalRaised, PersonErased,
    SealedFieldsAsked, AccessRefused, SealedFieldsShown, CommentAdded, StepUrged, SignerAdded,
    SignerReleased, PostponementAsked, PostponementDecided, LogRestored, ChannelSwitched>;

}  // namespace dutylog::pdca
