#include "engine/pdca/decide.hpp"

#include "engine/pdca/decide_parts.hpp"

namespace dutylog::pdca {

namespace {

constexpr Elapsed late_entry_min = hours(24);

}  // namespace

std::string_view name_of(const Command& command) {
    return std::visit([](const auto& order) { return std::string_view{order.name}; }, command);
}

Draft DecideContext::draft(Event event, const StreamId& stream) const {
    Draft made;
    made.event = std::move(event);
    made.stream = stream;
    made.effective = {Precision::instant, now, rules().zone().local(now).date, now,
                      rules().zone().name()};
    return made;
}

Result<Decision> DecideContext::outside(Event event, const StreamId& stream) const {
    Decision decision;
    Draft made;
    made.event = std::move(event);
    made.stream = stream;
    made.effective = meta.effective;
    decision.drafts.push_back(std::move(made));
    return decision;
}

void DecideContext::add_late_entry(Decision& decision, const StreamId& stream) const {
    const Elapsed lateness = now - meta.effective.at;
    if (lateness <= late_entry_min || !meta.late_reason.empty()) return;
    const CivilDate today = rules().zone().local(now).date;
    SignalRaised signal;
    signal.pattern = "I1";
    signal.about = world.head + 1;
    signal.severity = today.days - meta.effective.date.days > 7 ? 3 : 1;
    signal.measure = today.days - meta.effective.date.days;
    signal.detail = "entered " + to_string(today) + ", said to be of " +
                    to_string(meta.effective.date) + ", without a reason";
    decision.drafts.push_back(draft(signal, stream));
}

Result<Decision> on(const DecideContext& context, const PublishBundle& command) {
    if (context.world.source && context.world.source(command.bundle) == nullptr)
        return reject("unknown_bundle", "the bundle's texts are not in the log");
    if (context.world.rules != nullptr &&
        (command.approver.empty() || command.approver == context.meta.actor))
        return reject("self_approval", "a second person approves a publication");
    Decision decision;
    decision.drafts.push_back({BundlePublished{command.bundle, command.label, command.approver},
                               log_stream(),
                               context.meta.effective,
                               {}});
    return decision;
}

Result<Decision> on(const DecideContext& context, const VoidRecords& command) {
    if (command.reason.empty()) return reject("no_reason", "voiding a record needs a reason");
    if (command.positions.empty()) return reject("missing_field", "no record is named");
    for (const Position position : command.positions)
        if (position == 0 || position > context.world.head)
            return reject("unknown_position",
                          "there is no record at position " + std::to_string(position));
    return context.outside(RecordVoided{command.positions, command.reason}, log_stream());
}

Result<Decision> on(const DecideContext& context, const RecordAssumption& command) {
    if (command.definition != "*" && context.rules().definition(command.definition) == nullptr)
        return reject("unknown_definition", "there is no definition " + command.definition);
    return context.outside(AssumptionRecorded{command.definition, command.subject, command.forever,
                                              command.until, command.reason},
                           log_stream());
}

/// The stream a notice stands in.
/// @param late  whether it may be over: what arrived is a fact though nobody waits for it any more
Result<StreamId> stream_of_notice(const World& world, const std::string& notice, bool late) {
    const std::size_t hash = notice.find('#');
    if (hash == std::string::npos) return reject("unknown_notice", "there is no notice " + notice);
    const StreamId stream{notice.substr(0, hash)};
    if (!world.versions.contains(stream))
        return reject("unknown_notice", "there is no notice " + notice);
    if (late) return stream;
    const Duty* duty = world.duty(stream);
    const auto same = [&](const NoticeState& n) { return n.id == notice; };
    if (duty != nullptr && std::ranges::none_of(duty->notices, same))
        return reject("unknown_notice", "the notice " + notice + " is over");
    return stream;
}

Result<Decision> on(const DecideContext& context, const RecordDelivery& command) {
    const bool late = command.outcome == Delivery::read ||
                      command.outcome == Delivery::acknowledged ||
                      command.outcome == Delivery::delivered;
    const auto stream = stream_of_notice(context.world, command.notice, late);
    if (!stream) return std::unexpected{stream.error()};
    return context.outside(
        DeliveryRecorded{command.notice, command.person, command.outcome, command.channel,
                         command.detail, command.message, command.content},
        *stream);
}

Result<Decision> on(const DecideContext& context, const RecordHandover& command) {
    const auto stream = stream_of_notice(context.world, command.notice, true);
    if (!stream) return std::unexpected{stream.error()};
    if (command.arrived < context.meta.effective.at)
        return reject("wrong_order", "a message arrives after it went out");
    DeliveryRecorded fact{command.notice, command.person,  Delivery::sent, command.channel,
                          command.detail, command.message, command.content};
    auto decision = context.outside(fact, *stream);
    const calendar::Zone& zone = context.rules().zone();
    fact.outcome = Delivery::delivered;
    fact.detail.clear();
    Draft arrived;
    arrived.event = std::move(fact);
    arrived.stream = *stream;
    arrived.effective = {Precision::instant, command.arrived, zone.local(command.arrived).date,
                         command.arrived, zone.name()};
    arrived.outside = true;
    decision->drafts.push_back(std::move(arrived));
    return decision;
}

Result<Decision> on(const DecideContext&, const FireTimer&) { return Decision{}; }

Result<Decision> on(const DecideContext& context, const ReportClockJump& command) {
    return context.outside(ClockJumped{command.expected, command.found, command.adopted},
                           log_stream());
}

Result<Decision> on(const DecideContext& context, const DecideClock& command) {
    if (!context.world.timers_held) return reject("no_jump", "no clock jump waits for a decision");
    return context.outside(ClockDecided{command.confirmed, command.reason}, log_stream());
}

Result<Decision> on(const DecideContext& context, const ReportRefusals& command) {
    if (command.count == 0) return reject("missing_field", "nothing was refused");
    return context.outside(AccessRefused{command.token, command.person, command.from, command.until,
                                         command.count, command.operations},
                           access_stream());
}

Result<Decision> on(const DecideContext& context, const ReportShown& command) {
    if (command.keys.empty()) return reject("missing_field", "nothing sealed was shown");
    return context.outside(SealedFieldsShown{command.token, command.person, command.operation,
                                             command.keys, command.positions},
                           access_stream());
}

Result<Decision> on(const DecideContext& context, const ReportRestore& command) {
    return context.outside(LogRestored{command.events, command.root, command.epoch_before,
                                       command.epoch, command.known_events, command.known_root},
                           log_stream());
}

Result<Decision> on(const DecideContext& context, const SwitchChannel& command) {
    if (command.channel.empty()) return reject("missing_field", "no channel is named");
    const bool is_on = !context.world.channels_off.contains(command.channel);
    if (command.on && is_on)
        return reject("no_change", "the channel " + command.channel + " is on already");
    if (!command.on && !is_on)
        return reject("no_change", "the channel " + command.channel + " is off already");
    if (command.reason.empty()) return reject("no_reason", "switching a channel needs a reason");
    return context.outside(
        ChannelSwitched{command.channel, command.on, command.state, command.reason},
        channel_stream());
}

Result<Decision> decide(const World& world, const Command& command, const Meta& meta, Instant now) {
    const bool needs_no_rules = std::holds_alternative<PublishBundle>(command) ||
                                std::holds_alternative<ReportRestore>(command);
    if (world.rules == nullptr && !needs_no_rules)
        return reject("no_rules", "publish definitions before anything else");
    if (meta.actor.empty() && !std::holds_alternative<FireTimer>(command))
        return reject("no_actor", "a command says who gives it");
    const DecideContext context{world, meta, now};
    return std::visit([&](const auto& order) { return on(context, order); }, command);
}

}  // namespace dutylog::pdca
