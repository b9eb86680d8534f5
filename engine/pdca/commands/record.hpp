#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pdca/events/common.hpp"

/// What is said of the world, and what is withdrawn.
namespace dutylog::pdca {

struct PublishBundle {
    static constexpr std::string_view name = "publish_bundle";
    Digest bundle;
    std::string label;
    ActorId approver;
};
struct AddSubject {
    static constexpr std::string_view name = "add_subject";
    Reference subject;
    Reference parent;
    Value label;  ///< name; sealed for people
};
/// A fact, or the report that an act happened.
struct RecordFact {
    static constexpr std::string_view name = "record_fact";
    Reference subject;
    std::string fact;
    Value value;
    Position corrects = 0;  ///< an earlier fact this one takes the place of
};
struct VoidRecords {
    static constexpr std::string_view name = "void_records";
    std::vector<Position> positions;
    std::string reason;
};
struct RequestAct {
    static constexpr std::string_view name = "request_act";
    Reference subject;
    std::string act;
    Value value;
};
struct OverrideGate {
    static constexpr std::string_view name = "override_gate";
    Reference subject;
    std::string act;
    Value value;
    std::string reason;
};
struct RecordAssumption {
    static constexpr std::string_view name = "record_assumption";
    std::string definition;
    Reference subject;
    bool forever = false;
    CivilDate until;
    std::string reason;
};
/// Destroys the key of a person, for good.
struct ErasePerson {
    static constexpr std::string_view name = "erase_person";
    Reference subject;
    std::string reason;
};

}  // namespace dutylog::pdca
