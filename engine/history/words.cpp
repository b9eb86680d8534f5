#include "engine/history/words.hpp"

namespace dutylog::history {

using namespace pdca;  // NOLINT

std::string word_of(Breach breach) {
    switch (breach) {
        case Breach::overdue:
            return "overdue";
        case Breach::act_first:
            return "act_first";
        case Breach::contradicted:
            return "contradicted";
        case Breach::rejudged:
            return "rejudged";
    }
    return {};
}

std::string word_of(Delivery delivery) {
    switch (delivery) {
        case Delivery::sent:
            return "sent";
        case Delivery::delivered:
            return "delivered";
        case Delivery::read:
            return "read";
        case Delivery::acknowledged:
            return "acknowledged";
        case Delivery::failed:
            return "failed";
        case Delivery::skipped:
            return "skipped";
    }
    return {};
}

std::string word_of(Health health) {
    static constexpr const char* words[] = {"sound", "strained", "failing"};
    return words[static_cast<int>(health)];
}

std::string phase_word(const Cycle& cycle) {
    if (cycle.status == CycleStatus::scheduled) return "scheduled";
    if (cycle.status == CycleStatus::suspended) return "suspended";
    static constexpr const char* words[] = {"planned", "doing", "checking", "acting"};
    return words[cycle.phase & 3];
}

namespace {

std::string dates(const Deadline& deadline) {
    std::string text = to_string(deadline.effective());
    if (deadline.nominal() != deadline.effective())
        text += " (counted to " + to_string(deadline.nominal()) + ")";
    if (deadline.late_known) text += ", enforced " + to_string(deadline.enforced);
    return text;
}

std::string people(const NoticePlanned& notice) {
    std::string text;
    for (const Recipient& to : notice.to)
        text += (text.empty() ? "" : ", ") + to.person + " (" + to.role + ")";
    return text.empty() ? "nobody" : text;
}

std::string joined(const std::vector<GateClosed>& gates) {
    std::string text;
    for (const GateClosed& gate : gates)
        text += (text.empty() ? "" : "; ") + gate.basis + " " + gate.detail;
    return text;
}

struct Sentence {
    std::string operator()(const BundlePublished& e) { return "definitions published: " + e.label; }
    std::string operator()(const RecordVoided& e) {
        return std::to_string(e.positions.size()) + " record(s) voided: " + e.reason;
    }
    std::string operator()(const CommandRefused& e) {
        return "refused " + e.command + " (" + e.reason + "): " + e.detail;
    }
    std::string operator()(const SubjectAdded& e) {
        return e.subject.kind + " " + e.subject.id + " added";
    }
    std::string operator()(const FactRecorded& e) {
        return e.fact + " of " + e.subject.id + ": " + to_string(e.value);
    }
    std::string operator()(const ActRefused& e) {
        return e.act + " of " + e.subject.id + " refused: " + joined(e.gates);
    }
    std::string operator()(const ActPermitted& e) {
        return e.act + " of " + e.subject.id + " permitted" +
               (e.flags.empty() ? "" : ", flagged: " + joined(e.flags));
    }
    std::string operator()(const GateOverridden& e) {
        return e.act + " of " + e.subject.id + " overridden: " + e.reason;
    }
    std::string operator()(const StepCompleted& e) {
        return e.step + " done" + (e.outcome.empty() ? "" : ": " + e.outcome);
    }
    std::string operator()(const StepReturned& e) { return e.step + " sent back: " + e.reason; }
    std::string operator()(const StepApproved& e) {
        return e.role.empty() ? e.step + " signed" : e.step + " approved as " + e.role;
    }
    std::string operator()(const CommentAdded& e) {
        const auto* text = e.text.as<std::string>();
        return (e.step.empty() ? "" : e.step + ": ") + "comment" +
               (text == nullptr ? " (sealed)" : ": " + *text);
    }
    std::string operator()(const StepUrged& e) {
        std::string people;
        for (const std::string& person : e.people) people += (people.empty() ? "" : ", ") + person;
        return people + " urged about " + e.step + (e.note.empty() ? "" : ": " + e.note);
    }
    std::string operator()(const SignerAdded& e) {
        return e.step + " to be signed by " + e.signer.str() + ": " + e.reason;
    }
    std::string operator()(const SignerReleased& e) {
        return e.step + " goes without the signature of " + e.signer.str() + ": " + e.reason;
    }
    std::string operator()(const PostponementAsked& e) {
        return e.step + ": more time asked until " + to_string(e.until) + " of " +
               e.approver.str() + ": " + e.reason;
    }
    std::string operator()(const PostponementDecided& e) {
        return e.step + (e.granted ? " postponed to " + dates(e.deadline)
                                   : ": more time refused: " + e.reason);
    }
    std::string operator()(const LogRestored& e) {
        return "restored from a backup of " + std::to_string(e.events) + " event(s); epoch " +
               std::to_string(e.epoch) + " begins";
    }
    std::string operator()(const ChannelSwitched& e) {
        return "channel " + e.channel + (e.on ? " switched on: " : " switched off: ") + e.reason;
    }
    std::string operator()(const StepReassigned& e) {
        return e.step + " given to " + e.owner.str() + ": " + e.reason;
    }
    std::string operator()(const StepPostponed& e) {
        return e.step + " postponed to " + dates(e.deadline) + ": " + e.reason;
    }
    std::string operator()(const StepsLeftOut& e) { return "steps left out: " + e.reason; }
    std::string operator()(const FindingRaised& e) {
        return e.finding.empty() ? e.step + ": nothing found" : "finding " + e.finding;
    }
    std::string operator()(const MeasureVerified& e) {
        return e.step + (e.effective ? " found effective" : " found without effect");
    }
    std::string operator()(const MeasureCarried& e) { return e.step + " carried on: " + e.reason; }
    std::string operator()(const CycleSuspended& e) { return "suspended: " + e.reason; }
    std::string operator()(const CycleResumed&) { return "resumed"; }
    std::string operator()(const CycleCancelled& e) { return "cancelled: " + e.reason; }
    std::string operator()(const CycleMigrated&) { return "moved to another version"; }
    std::string operator()(const AssumptionRecorded& e) {
        return "assumed met: " + e.definition + (e.forever ? "" : " up to " + to_string(e.until));
    }
    std::string operator()(const DeliveryRecorded& e) {
        return "notice to " + e.person + " " + word_of(e.outcome);
    }
    std::string operator()(const ClockJumped&) { return "the clock jumped"; }
    std::string operator()(const PersonErased& e) {
        return "the key of " + e.subject.id + " erased: " + e.reason;
    }
    std::string operator()(const SealedFieldsAsked& e) {
        return std::to_string(e.questions.size()) + " answer(s) from sealed fields of " + e.key;
    }
    std::string operator()(const ClockDecided& e) {
        return e.confirmed ? "the clock was confirmed" : "the clock was rejected";
    }
    std::string operator()(const AccessRefused& e) {
        return std::to_string(e.count) + " request(s) refused to " +
               (e.person.empty() ? "someone without a token" : e.person);
    }
    std::string operator()(const SealedFieldsShown& e) {
        return "sealed fields of " + std::to_string(e.keys.size()) + " people shown to " + e.person;
    }
    std::string operator()(const DutyOpened& e) { return "duty " + e.definition + " applies"; }
    std::string operator()(const DefinitionDayCame& e) {
        return e.definition + (e.begins ? " holds from " : " ended on ") + to_string(e.day);
    }
    std::string operator()(const HealthChanged& e) {
        return "now " + word_of(e.health) + ": " + std::to_string(e.overdue) + " overdue, " +
               std::to_string(e.findings) + " open finding(s), " + std::to_string(e.vacant) +
               " vacant";
    }
    std::string operator()(const DutyEnded& e) { return "duty ended: " + e.reason; }
    std::string operator()(const CycleScheduled& e) {
        return "cycle " + std::to_string(e.cycle) + " due " + dates(e.deadline);
    }
    std::string operator()(const OccasionJoined&) { return "another occasion joined the cycle"; }
    std::string operator()(const DeadlineMoved& e) {
        return "due date moved from " + dates(e.before) + " to " + dates(e.deadline);
    }
    std::string operator()(const CycleOpened& e) {
        return "cycle " + std::to_string(e.cycle) + " opened";
    }
    std::string operator()(const PhaseEntered& e) {
        static constexpr const char* words[] = {"plan", "do", "check", "act"};
        return std::string{"phase "} + words[e.phase & 3] +
               (e.reason.empty() ? "" : ", " + e.reason);
    }
    std::string operator()(const StepOpened& e) {
        return e.step + " opened for " + e.owner.str() + (e.vacant ? " (vacant)" : "");
    }
    std::string operator()(const StepSatisfied& e) {
        return e.step + " done by the fact at " + std::to_string(e.fact);
    }
    std::string operator()(const DeadlineMet& e) {
        if (e.assumed) return "counted as met by assumption";
        return e.days_late > 0 ? "met " + std::to_string(e.days_late) + " day(s) late" : "met";
    }
    std::string operator()(const DeadlineMissed& e) {
        return "MISSED " + e.basis + " due " + to_string(e.due_on) + " (" + word_of(e.breach) + ")";
    }
    std::string operator()(const GateBreached& e) {
        return "GATE BREACHED " + e.basis + ": " + e.detail;
    }
    std::string operator()(const OwnerMissing& e) { return e.step + ": nobody holds " + e.role; }
    std::string operator()(const OwnerFound& e) {
        return e.step + ": now owned by " + e.owner.str();
    }
    std::string operator()(const CycleClosed& e) {
        return "cycle " + std::to_string(e.cycle) + " closed";
    }
    std::string operator()(const StepReopened& e) { return e.step + " is open again"; }
    std::string operator()(const CompletionWithdrawn& e) {
        return e.instead == 0 ? "not met after all: #" + std::to_string(e.voided) + " was withdrawn"
                              : "met by the correction #" + std::to_string(e.instead);
    }
    std::string operator()(const NoticePlanned& e) { return "to be told: " + people(e); }
    std::string operator()(const NoticesSkipped& e) { return "reminders skipped: " + e.reason; }
    std::string operator()(const SignalRaised& e) {
        return "pattern " + e.pattern + ": " + e.detail;
    }
};

}  // namespace

std::string sentence_of(const Event& event) { return std::visit(Sentence{}, event); }

}  // namespace dutylog::history
