#include "engine/notice/dispatch/dispatcher.hpp"

#include <algorithm>
#include <utility>

// What is begun now, and what came of it.

namespace dutylog::notice::dispatch {

namespace {

/// Ids of commands have a limit; a name that is too long for it stands there as its hash.
std::string name_of(const std::string& notice, const std::string& person) {
    constexpr std::size_t plain_max = 300;
    const std::string name = notice + "@" + person;
    return name.size() <= plain_max ? name : to_hex(sha256(name));
}

/// Why an attempt failed, as the log keeps it for ever: `http_status: HTTP 503`. The words of a
/// receiver may repeat the message, or an address, with the names that stand in it: they are left
/// out.
std::string kept_reason(const Outcome& outcome) {
    const std::string code = outcome.detail.substr(0, outcome.detail.find(':'));
    return code.empty() || code == outcome.reason ? outcome.reason : outcome.reason + ": " + code;
}

/// It took the message, or read and refused it: it works.
bool answers(const Outcome& outcome) {
    return outcome.verdict == Verdict::sent ||
           (outcome.verdict == Verdict::rejected && outcome.reason != reason_gone);
}

}  // namespace

Dispatcher::Dispatcher(Contacts contacts, DispatchLimits limits)
    : contacts_{std::move(contacts)}, limits_{limits}, gathering_{limits.critical_spacing} {
    for (const auto& [name, channel] : contacts_.channels) {
        Endpoint& endpoint = endpoints_[name];
        endpoint.channel = channel;
        endpoint.turn = ++numbers_;
    }
}

const EndpointHealth& Dispatcher::health(const std::string& channel) const {
    return endpoints_.at(channel).health;
}

Elapsed Dispatcher::oldest_attempt(Instant now) const {
    return under_way_.empty() ? Elapsed{} : now - under_way_.begin()->second.start;
}

Orders Dispatcher::next(Instant now) {
    now_ = now;
    release_slots();
    tell_untried();
    Orders orders;
    while (!wake_.empty() && wake_.begin()->first.first <= now &&
           under_way_.size() < limits_.attempts_max && unrecorded_.size() < limits_.unrecorded_max)
        begin(endpoints_.at(wake_.begin()->second), orders);
    orders.reports = std::exchange(out_.reports, {});
    orders.off = std::exchange(out_.off, {});
    return orders;
}

std::optional<Instant> Dispatcher::wake_up() const {
    std::optional<Instant> earliest;
    const auto at = [&](Instant time) {
        if (!earliest || time < *earliest) earliest = time;
    };
    if (!held_.empty()) at(held_.begin()->first.at);
    if (!untried_.empty()) at(untried_.begin()->first);
    const bool room =
        under_way_.size() < limits_.attempts_max && unrecorded_.size() < limits_.unrecorded_max;
    if (room && !wake_.empty()) at(wake_.begin()->first.first);
    return earliest;
}

void Dispatcher::begin(Endpoint& endpoint, Orders& orders) {
    const ParcelId id = endpoint.ready.begin()->second;
    endpoint.ready.erase(endpoint.ready.begin());
    Parcel& parcel = parcels_.at(id);
    parcel.under_way = true;
    if (!parcel.first) parcel.first = now_;
    const std::uint64_t number = ++numbers_;
    under_way_[number] = {id, endpoint.channel.name, now_};
    endpoint.health.breaker = after_start(endpoint.health.breaker, now_, limits_.breaker);
    endpoint.spaced = now_ + endpoint.channel.spacing;
    ++endpoint.under_way;
    endpoint.turn = ++numbers_;
    schedule(endpoint);
    orders.attempts.push_back({.number = number,
                               .channel = endpoint.channel.name,
                               .person = parcel.person,
                               .role = parcel.role,
                               .notices = parcel.notices,
                               .key = parcel.key,
                               .first = *parcel.first,
                               .at = now_,
                               .repairs = parcel.delivery.repairs,
                               .off = parcel.off,
                               .why = parcel.why});
}

void Dispatcher::ended(std::uint64_t attempt, const Outcome& outcome, const Proof& proof,
                       Instant now, std::uint64_t random) {
    now_ = now;
    const auto found = under_way_.find(attempt);
    if (found == under_way_.end()) return;
    const UnderWay done = found->second;
    under_way_.erase(found);
    Endpoint& endpoint = endpoints_.at(done.channel);
    --endpoint.under_way;
    const bool was_on = endpoint.health.position == EndpointHealth::Switch::on;
    endpoint.health = after(endpoint.health, outcome, done.start, now, limits_.breaker);
    if (answers(outcome)) endpoint.answered = now;
    Parcel& parcel = parcels_.at(done.parcel);
    parcel.under_way = false;
    if (outcome.verdict == Verdict::sent)
        succeed(parcel, outcome, proof, done.start);
    else
        fail(parcel, outcome, proof, done.start, random);
    const bool off = endpoint.health.position != EndpointHealth::Switch::on;
    if (was_on && off) switch_off(endpoint, outcome.reason);
    schedule(endpoint);
}

/// The parcel keeps its place until what became of it is durable. Where a yes means arrival, both
/// facts go on the record together (docs/decisions/0010).
void Dispatcher::succeed(Parcel& parcel, const Outcome& outcome, const Proof& proof,
                         Instant start) {
    const bool arrived = endpoints_.at(parcel.channel).channel.yes_is_arrival;
    for (const std::string& notice : parcel.notices) {
        Report* sent = report(parcel, notice, pdca::Delivery::sent, arrived ? "taken" : "sent",
                              outcome.receipt, proof);
        if (sent == nullptr) continue;
        sent->at = start;
        if (arrived) sent->arrived = std::max(start, now_);
        parcel.unrecorded.insert(sent->id);
    }
    for (const CommandId& report : parcel.unrecorded) unrecorded_[report] = parcel.id;
    if (parcel.unrecorded.empty()) finish(parcel.id);
}

void Dispatcher::fail(Parcel& parcel, const Outcome& outcome, const Proof& proof, Instant start,
                      std::uint64_t random) {
    const Family family = endpoints_.at(parcel.channel).channel.family;
    parcel.delivery = after(std::move(parcel.delivery), outcome, schedule_of(family), now_, random);
    const bool wanted =
        !parcel.off.empty() || std::ranges::any_of(parcel.notices, [&](const std::string& notice) {
            return rows_.contains({notice, parcel.person});
        });
    if (!wanted) return finish(parcel.id);
    const bool again = !parcel.delivery.over();
    if (again && outcome.repair != Repair::none) return make_ready(parcel);
    for (const std::string& notice : parcel.notices)
        report(parcel, notice, pdca::Delivery::failed,
               "failed/" + parcel.channel + "/" + std::to_string(start.micros),
               kept_reason(outcome), proof);
    const bool enough = !again || parcel.delivery.attempts >= limits_.failures_on_channel;
    if (enough && reroute(parcel)) return;
    if (again) return make_ready(parcel);
    finish(parcel.id);
}

Report* Dispatcher::report(const Parcel& parcel, const std::string& notice, pdca::Delivery outcome,
                           const std::string& what, const std::string& detail, const Proof& proof) {
    if (!rows_.contains({notice, parcel.person})) return nullptr;
    CommandId id{"tell/" + name_of(notice, parcel.person) + "/" + what};
    unrecorded_[id] = 0;
    return &out_.reports.emplace_back(Report{
        std::move(id),
        {notice, parcel.person, outcome, parcel.channel, detail, proof.message, proof.content},
        now_});
}

void Dispatcher::recorded(const CommandId& report) {
    const auto found = unrecorded_.find(report);
    if (found == unrecorded_.end()) return;
    const ParcelId id = found->second;
    unrecorded_.erase(found);
    const auto parcel = parcels_.find(id);
    if (parcel == parcels_.end()) return;
    parcel->second.unrecorded.erase(report);
    if (!parcel->second.unrecorded.empty()) return;
    const std::vector<std::string> told = parcel->second.notices;
    const std::string person = parcel->second.person;
    finish(id);
    for (const std::string& notice : told) rows_.erase({notice, person});
}

}  // namespace dutylog::notice::dispatch
