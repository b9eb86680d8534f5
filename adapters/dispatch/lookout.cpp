#include "adapters/dispatch/lookout.hpp"

#include <limits>
#include <utility>

#include "adapters/dispatch/facts.hpp"
#include "engine/pdca/people.hpp"
#include "engine/pdca/sealing.hpp"
#include "engine/pdca/stored.hpp"
#include "engine/runtime/snapshot.hpp"

namespace dutylog::dispatch {

using pdca::Delivery;

namespace {

pdca::Event event_of(const log::StoredEvent& stored) {
    return pdca::EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload);
}

/// The cycle that an event ends; 0 for all of a duty.
std::optional<pdca::CycleNumber> ended_by(const pdca::Event& event) {
    if (const auto* closed = std::get_if<pdca::CycleClosed>(&event)) return closed->cycle;
    if (const auto* cancelled = std::get_if<pdca::CycleCancelled>(&event)) return cancelled->cycle;
    if (std::holds_alternative<pdca::DutyEnded>(event)) return 0;
    return std::nullopt;
}

/// People, by notice, by its stream.
using Wanted = std::map<StreamId, std::map<std::string, std::set<std::string>>>;

/// A row is called `STREAM#…@PERSON`. Ids of people and subjects may hold either character, so that
/// every way to read it counts: what is not on the record so finds nothing there.
void take_apart(const std::string& row, Wanted& wanted) {
    for (auto at = row.find('@'); at != std::string::npos; at = row.find('@', at + 1)) {
        const std::string notice = row.substr(0, at);
        for (auto hash = notice.find('#'); hash != std::string::npos;
             hash = notice.find('#', hash + 1))
            wanted[StreamId{notice.substr(0, hash)}][notice].insert(row.substr(at + 1));
    }
}

}  // namespace

std::string digest_choice(const pdca::World& world, const std::string& person) {
    const Reference who = pdca::person_reference(world, *world.rules, ActorId{person});
    return who.empty() ? std::string{} : pdca::subject_stream(who).str() + "#digests";
}

Lookout::Lookout(LogView view) : view_{std::move(view)} {
    view_.refresh();
    world_.source = view_.rules;
    const auto saved = view_.store.snapshot(runtime::snapshot_name, pdca::fold_version);
    if (saved && !runtime::read_snapshot(world_, saved->at, saved->bytes)) {
        world_ = pdca::World{};
        world_.source = view_.rules;
    }
    view_.store.scan(world_.head + 1, [&](const log::StoredEvent& stored) {
        pdca::replay(world_, stored);
        return true;
    });
    read_outbox();
}

/// What each row says stands in the stream of its notice.
void Lookout::read_outbox() {
    Wanted wanted;
    for (const log::OutboxEntry& entry : view_.store.outbox(std::numeric_limits<int>::max()))
        take_apart(entry.id, wanted);
    for (const auto& [stream, notices] : wanted)
        view_.store.scan_stream(stream, 1, [&](const log::StoredEvent& stored) {
            if (stored.envelope.type != pdca::NoticePlanned::type) return true;
            auto planned = std::get<pdca::NoticePlanned>(event_of(stored));
            const auto found = notices.find(planned.notice);
            if (found == notices.end()) return true;
            std::erase_if(planned.to, [&](const pdca::Recipient& to) {
                return !found->second.contains(to.person);
            });
            add(planned, stream, stored.envelope.recorded);
            return true;
        });
}

std::vector<Lookout::Change> Lookout::changes() {
    view_.refresh();
    view_.store.scan(world_.head + 1, [&](const log::StoredEvent& stored) {
        see(stored);
        return true;
    });
    // Asked after the scan: a store does one thing after the other.
    for (Change& change : changes_)
        if (!change.gone) change.row.by_itself = wants_no_digests(change.row.person);
    return std::exchange(changes_, {});
}

void Lookout::see(const log::StoredEvent& stored) {
    const log::Envelope& envelope = stored.envelope;
    const pdca::Event event = event_of(stored);
    pdca::evolve(world_, event, pdca::circumstances_of(envelope));
    if (const auto* planned = std::get_if<pdca::NoticePlanned>(&event)) {
        constexpr std::string_view next = "/next";
        if (planned->kind == pdca::NoticeKind::undelivered && planned->notice.ends_with(next))
            drop_all(planned->notice.substr(0, planned->notice.size() - next.size()));
        add(*planned, envelope.stream, envelope.recorded);
    } else if (const auto* report = std::get_if<pdca::DeliveryRecorded>(&event)) {
        if (report->outcome != Delivery::failed) drop(report->notice, report->person);
        if (report->outcome == Delivery::skipped) no_digests_.erase(report->person);
    } else if (const auto ended = ended_by(event)) {
        drop_cycle(envelope.stream, *ended);
    }
}

void Lookout::add(const pdca::NoticePlanned& event, const StreamId& stream, Instant recorded) {
    if (event.to.empty()) return;
    OpenNotice& open = open_[event.notice];
    open = {stream, event, recorded, {}};
    by_stream_[stream].insert(event.notice);
    for (const pdca::Recipient& to : event.to) open.people.insert(to.person);
    for (const pdca::Recipient& to : event.to) {
        const notice::NoticeFacts facts = facts_of(*this, open, to.person, recorded);
        notice::dispatch::Waiting row{.notice = event.notice,
                                      .person = to.person,
                                      .role = to.role,
                                      .duty = stream.str(),
                                      .severity = notice::severity_of(facts),
                                      .planned = recorded,
                                      .wanted = event.due};
        if (facts.due) row.latest = site().zone.day_end(*facts.due);
        changes_.push_back({false, std::move(row)});
    }
}

bool Lookout::wants_no_digests(const std::string& person) {
    const auto [known, first] = no_digests_.emplace(person, false);
    const std::string choice = first ? digest_choice(world_, person) : std::string{};
    if (choice.empty()) return known->second;
    const StreamId stream{choice.substr(0, choice.find('#'))};
    view_.store.scan_stream(stream, 1, [&](const log::StoredEvent& stored) {
        if (stored.envelope.type != pdca::DeliveryRecorded::type) return true;
        const auto report = std::get<pdca::DeliveryRecorded>(event_of(stored));
        if (report.notice == choice) known->second = report.outcome == Delivery::skipped;
        return true;
    });
    return known->second;
}

void Lookout::drop(const std::string& notice, const std::string& person) {
    const auto found = open_.find(notice);
    if (found == open_.end() || found->second.people.erase(person) == 0) return;
    changes_.push_back({true, {notice, person, {}, {}, {}, {}, {}, {}}});
    if (!found->second.people.empty()) return;
    const auto stream = by_stream_.find(found->second.stream);
    stream->second.erase(notice);
    if (stream->second.empty()) by_stream_.erase(stream);
    open_.erase(found);
}

void Lookout::drop_all(const std::string& notice) {
    const auto found = open_.find(notice);
    if (found == open_.end()) return;
    for (const std::string& person : std::set<std::string>{found->second.people})
        drop(notice, person);
}

void Lookout::drop_cycle(const StreamId& stream, pdca::CycleNumber cycle) {
    const auto found = by_stream_.find(stream);
    if (found == by_stream_.end()) return;
    for (const std::string& notice : std::set<std::string>{found->second})
        if (cycle == 0 || open_.at(notice).event.cycle == cycle) drop_all(notice);
}

const OpenNotice* Lookout::notice(const std::string& id) const {
    const auto found = open_.find(id);
    return found == open_.end() ? nullptr : &found->second;
}

notice::SiteTime Lookout::site() const { return {world_.rules->zone(), world_.rules->calendar()}; }

std::string Lookout::name_of(const Reference& subject) const {
    const registry::Subject* known = world_.subject(subject);
    if (known == nullptr) return subject.id;
    std::optional<Value> opened;
    if (const auto* sealed = known->name.as<Sealed>(); sealed != nullptr && view_.keys != nullptr)
        opened = log::try_unseal(*view_.keys, *sealed, pdca::name_place(subject));
    const auto* name = (opened ? *opened : known->name).as<std::string>();
    return name == nullptr || name->empty() ? subject.id : *name;
}

std::string Lookout::name_of_person(const std::string& id) const {
    for (const auto& [kind, declared] : world_.rules->library().kinds)
        if (declared.person && world_.subject({kind, id}) != nullptr) return name_of({kind, id});
    return id;
}

}  // namespace dutylog::dispatch
