#include "tests/pdca/support/told.hpp"

namespace dutylog::pdca::test {

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string dates(const Deadline& deadline) {
    if (deadline.kind == DeadlineKind::none) return "";
    std::string text = " due " + to_string(deadline.effective());
    if (deadline.late_known) text += ", enforced " + to_string(deadline.enforced);
    return text;
}

std::string gates_of(const std::vector<GateClosed>& gates) {
    std::string text;
    for (const GateClosed& gate : gates) text += " " + gate.definition + "/" + gate.gate;
    return text;
}

std::string word_of(Breach breach) {
    static constexpr const char* words[] = {"overdue", "act_first", "contradicted", "rejudged"};
    return words[static_cast<int>(breach)];
}

std::string word_of(NoticeKind kind) {
    static constexpr const char* words[] = {
        "reminder", "escalation", "gate",     "vacancy",           "undelivered",
        "urge",     "signature",  "decision", "more_time_granted", "more_time_refused"};
    return words[static_cast<int>(kind)];
}

/// What tells an event apart from others of its type, with a blank before it.
struct Detail {
    std::string operator()(const CommandRefused& e) { return " " + e.command + " " + e.reason; }
    std::string operator()(const FactRecorded& e) { return " " + e.fact + " of " + e.subject.id; }
    std::string operator()(const ActRefused& e) { return " " + e.act + gates_of(e.gates); }
    std::string operator()(const ActPermitted& e) {
        return " " + e.act + (e.flags.empty() ? "" : " flagged" + gates_of(e.flags));
    }
    std::string operator()(const GateOverridden& e) { return " " + e.act + gates_of(e.gates); }
    std::string operator()(const GateBreached& e) {
        return " " + e.definition + "/" + e.gate + (e.overridden ? " overridden" : "");
    }
    std::string operator()(const StepCompleted& e) {
        return " " + e.step + (e.outcome.empty() ? "" : " as " + e.outcome);
    }
    std::string operator()(const StepReturned& e) {
        return " " + e.step + (e.again.empty() ? "" : " and again " + joined(e.again));
    }
    std::string operator()(const StepApproved& e) {
        return " " + e.step + (e.role.empty() ? "" : " as " + e.role);
    }
    std::string operator()(const CommentAdded& e) { return e.step.empty() ? "" : " on " + e.step; }
    std::string operator()(const StepUrged& e) { return " " + e.step + " of " + joined(e.people); }
    std::string operator()(const SignerAdded& e) { return " " + e.step + " by " + e.signer.str(); }
    std::string operator()(const SignerReleased& e) {
        return " " + e.step + " by " + e.signer.str();
    }
    std::string operator()(const PostponementAsked& e) {
        return " " + e.step + " until " + to_string(e.until) + " of " + e.approver.str();
    }
    std::string operator()(const PostponementDecided& e) {
        return " " + e.step + (e.granted ? dates(e.deadline) : " refused");
    }
    std::string operator()(const ChannelSwitched& e) {
        return " " + e.channel + (e.on ? " on" : " off");
    }
    std::string operator()(const StepReassigned& e) {
        return " " + e.step + " to " + e.owner.str();
    }
    std::string operator()(const StepPostponed& e) {
        return " " + e.step + dates(e.deadline) + " by " + e.approver.str();
    }
    std::string operator()(const StepsLeftOut& e) { return " " + joined(e.steps); }
    std::string operator()(const FindingRaised& e) {
        return e.finding.empty() ? " none in " + e.step : " " + e.finding;
    }
    std::string operator()(const MeasureVerified& e) {
        return " " + e.step + (e.effective ? "" : " without effect");
    }
    std::string operator()(const MeasureCarried& e) { return " " + e.step; }
    std::string operator()(const DeliveryRecorded& e) { return " to " + e.person; }
    std::string operator()(const DutyOpened& e) { return " " + e.definition; }
    std::string operator()(const DefinitionDayCame& e) {
        return " " + e.definition + (e.begins ? " begins" : " ends");
    }
    std::string operator()(const HealthChanged& e) {
        static constexpr const char* words[] = {"sound", "strained", "failing"};
        return std::string{" "} + words[static_cast<int>(e.health)];
    }
    std::string operator()(const CycleScheduled& e) {
        return " " + std::to_string(e.cycle) + dates(e.deadline);
    }
    std::string operator()(const DeadlineMoved& e) {
        return (e.step.empty() ? "" : " " + e.step) + dates(e.deadline);
    }
    std::string operator()(const PhaseEntered& e) {
        static constexpr const char* words[] = {"plan", "do", "check", "act"};
        return std::string{" "} + words[e.phase & 3] +
               (e.left_out.empty() ? "" : " leaving out " + joined(e.left_out));
    }
    std::string operator()(const StepOpened& e) {
        return " " + e.step + " for " + (e.owner.empty() ? "nobody" : e.owner.str()) +
               dates(e.deadline);
    }
    std::string operator()(const StepSatisfied& e) { return " " + e.step; }
    std::string operator()(const StepReopened& e) { return " " + e.step; }
    std::string operator()(const CompletionWithdrawn& e) {
        return " " + std::to_string(e.cycle) +
               (e.instead == 0 ? "" : " corrected to " + to_string(e.on));
    }
    std::string operator()(const DeadlineMet& e) {
        if (e.assumed) return " by assumption";
        return " on " + to_string(e.on) +
               (e.days_late > 0 ? " late by " + std::to_string(e.days_late) : "");
    }
    std::string operator()(const DeadlineMissed& e) {
        return (e.step.empty() ? "" : " " + e.step) + " due " + to_string(e.due_on) + " " +
               word_of(e.breach);
    }
    std::string operator()(const OwnerMissing& e) { return " " + e.step + " " + e.role; }
    std::string operator()(const OwnerFound& e) { return " " + e.step + " " + e.owner.str(); }
    std::string operator()(const CycleClosed& e) {
        return e.carried.empty() ? "" : " carrying " + joined(e.carried);
    }
    std::string operator()(const NoticePlanned& e) {
        std::string text = " " + word_of(e.kind);
        for (const Recipient& to : e.to) text += " to " + to.person;
        return text;
    }
    std::string operator()(const NoticesSkipped& e) { return " " + std::to_string(e.rungs.size()); }
    std::string operator()(const SignalRaised& e) { return " " + e.pattern; }
    template <class Other>
    std::string operator()(const Other&) {
        return "";
    }
};

}  // namespace

std::string told(const Event& event) {
    const std::string type = std::visit([](const auto& e) { return std::string{e.type}; }, event);
    const std::size_t dot = type.find('.');
    const std::string room = type.substr(0, dot);
    const bool telling = room == "notice" || room == "gate";
    return (telling ? room + "_" : "") + type.substr(dot + 1) + std::visit(Detail{}, event);
}

}  // namespace dutylog::pdca::test
