#include "engine/pdca/command_codec.hpp"

#include "engine/log/archive.hpp"
#include "engine/pdca/codec.hpp"

namespace dutylog::pdca {

template <class Archive>
void serialize(Archive& archive, PublishBundle& order) {
    archive(order.bundle, order.label, order.approver);
}

template <class Archive>
void serialize(Archive& archive, AddSubject& order) {
    archive(order.subject, order.parent, order.label);
}

template <class Archive>
void serialize(Archive& archive, RecordFact& order) {
    archive(order.subject, order.fact, order.value, order.corrects);
}

template <class Archive>
void serialize(Archive& archive, VoidRecords& order) {
    archive(order.positions, order.reason);
}

template <class Archive>
void serialize(Archive& archive, RequestAct& order) {
    archive(order.subject, order.act, order.value);
}

template <class Archive>
void serialize(Archive& archive, OverrideGate& order) {
    archive(order.subject, order.act, order.value, order.reason);
}

template <class Archive>
void serialize(Archive& archive, CompleteStep& order) {
    archive(order.duty, order.cycle, order.step, order.outcome, order.form, order.evidence);
}

template <class Archive>
void serialize(Archive& archive, ReturnStep& order) {
    archive(order.duty, order.cycle, order.step, order.reason);
}

template <class Archive>
void serialize(Archive& archive, ApproveStep& order) {
    archive(order.duty, order.cycle, order.step, order.role);
}

template <class Archive>
void serialize(Archive& archive, ReassignStep& order) {
    archive(order.duty, order.cycle, order.step, order.owner, order.reason);
}

template <class Archive>
void serialize(Archive& archive, PostponeStep& order) {
    archive(order.duty, order.cycle, order.step, order.until, order.approver, order.reason);
}

template <class Archive>
void serialize(Archive& archive, LeaveOutSteps& order) {
    archive(order.duty, order.cycle, order.steps, order.approver, order.reason);
}

template <class Archive>
void serialize(Archive& archive, RaiseFinding& order) {
    archive(order.duty, order.cycle, order.finding, order.step, order.severity, order.note);
}

template <class Archive>
void serialize(Archive& archive, VerifyMeasure& order) {
    archive(order.duty, order.cycle, order.step, order.effective, order.note);
}

template <class Archive>
void serialize(Archive& archive, CarryMeasure& order) {
    archive(order.duty, order.cycle, order.step, order.approver, order.reason);
}

template <class Archive>
void serialize(Archive& archive, SuspendCycle& order) {
    archive(order.duty, order.cycle, order.reason);
}

template <class Archive>
void serialize(Archive& archive, ResumeCycle& order) {
    archive(order.duty, order.cycle);
}

template <class Archive>
void serialize(Archive& archive, CancelCycle& order) {
    archive(order.duty, order.cycle, order.approver, order.reason);
}

template <class Archive>
void serialize(Archive& archive, CloseCycle& order) {
    archive(order.duty, order.cycle, order.approver, order.reason);
}

template <class Archive>
void serialize(Archive& archive, MigrateCycle& order) {
    archive(order.duty, order.cycle, order.approver, order.moves);
}

template <class Archive>
void serialize(Archive& archive, RecordAssumption& order) {
    archive(order.definition, order.subject, order.forever, order.until, order.reason);
}

template <class Archive>
void serialize(Archive& archive, RecordDelivery& order) {
    archive(order.notice, order.person, order.outcome, order.channel, order.detail, order.message,
            order.content);
}

template <class Archive>
void serialize(Archive& archive, FireTimer& order) {
    archive(order.key, order.generation);
}

template <class Archive>
void serialize(Archive& archive, ReportClockJump& order) {
    archive(order.expected, order.found, order.adopted);
}

template <class Archive>
void serialize(Archive& archive, DecideClock& order) {
    archive(order.confirmed, order.reason);
}

template <class Archive>
void serialize(Archive& archive, ErasePerson& order) {
    archive(order.subject, order.reason);
}

template <class Archive>
void serialize(Archive& archive, ReportRefusals& order) {
    archive(order.token, order.person, order.from, order.until, order.count, order.operations);
}

template <class Archive>
void serialize(Archive& archive, ReportShown& order) {
    archive(order.token, order.person, order.operation, order.keys, order.positions);
}

template <class Archive>
void serialize(Archive& archive, RecordHandover& order) {
    archive(order.notice, order.person, order.channel, order.detail, order.message, order.content,
            order.arrived);
}

template <class Archive>
void serialize(Archive& archive, AddComment& order) {
    archive(order.duty, order.cycle, order.step, order.text);
}

template <class Archive>
void serialize(Archive& archive, UrgeStep& order) {
    archive(order.duty, order.cycle, order.step, order.note);
}

template <class Archive>
void serialize(Archive& archive, AddSigner& order) {
    archive(order.duty, order.cycle, order.step, order.signer, order.reason);
}

template <class Archive>
void serialize(Archive& archive, ReleaseSigner& order) {
    archive(order.duty, order.cycle, order.step, order.signer, order.reason);
}

template <class Archive>
void serialize(Archive& archive, AskPostponement& order) {
    archive(order.duty, order.cycle, order.step, order.until, order.approver, order.reason);
}

template <class Archive>
void serialize(Archive& archive, DecidePostponement& order) {
    archive(order.duty, order.cycle, order.step, order.granted, order.reason);
}

template <class Archive>
void serialize(Archive& archive, ReportRestore& order) {
    archive(order.events, order.root, order.epoch_before, order.epoch, order.known_events,
            order.known_root);
}

template <class Archive>
void serialize(Archive& archive, SwitchChannel& order) {
    archive(order.channel, order.on, order.state, order.reason);
}

namespace {

template <std::size_t I = 0>
Command read(std::size_t index, log::ByteReader& reader) {
    if constexpr (I < std::variant_size_v<Command>) {
        if (index != I) return read<I + 1>(index, reader);
        std::variant_alternative_t<I, Command> order;
        reader(order);
        return order;
    } else {
        throw log::DecodeError{"no command has the number " + std::to_string(index), 0};
    }
}

}  // namespace

Bytes encode(const Command& command) {
    log::ByteWriter writer;
    writer(static_cast<std::uint16_t>(command.index()));
    std::visit([&](auto order) { writer(order); }, command);
    return writer.take();
}

Command decode_command(BytesView bytes) {
    log::ByteReader reader{bytes};
    std::uint16_t index = 0;
    reader(index);
    Command command = read(index, reader);
    reader.finish();
    return command;
}

}  // namespace dutylog::pdca
