#include <algorithm>

#include "engine/notice/dispatch/dispatcher.hpp"

// In which order: one lane for each endpoint and duty, first come, first out. A digest stands in
// the lanes of all its duties, and goes out when it is first in each.

namespace dutylog::notice::dispatch {

std::vector<std::string> Dispatcher::lanes_of(const Parcel& parcel, const Channel& channel) const {
    const std::string owner =
        channel.name + "\n" + (channel.order_by_person ? parcel.person : "") + "\n";
    std::vector<std::string> lanes;
    for (const std::string& duty : parcel.duties) lanes.push_back(owner + duty);
    if (lanes.empty()) lanes.push_back(owner);
    return lanes;
}

void Dispatcher::enqueue(Parcel& parcel, std::size_t place) {
    parcel.place = place;
    parcel.channel = contacts_.of(parcel.person, parcel.role).channels[place];
    parcel.delivery = planned(now_);
    parcel.lanes = lanes_of(parcel, endpoints_.at(parcel.channel).channel);
    for (const std::string& lane : parcel.lanes) lanes_[lane].push_back(parcel.id);
    if (!parcel.first && !parcel.untried) {
        parcel.untried = now_ + limits_.untried_max;
        untried_.emplace(*parcel.untried, parcel.id);
    }
    if (is_first(parcel)) make_ready(parcel);
}

bool Dispatcher::is_first(const Parcel& parcel) const {
    return std::ranges::all_of(parcel.lanes, [&](const std::string& lane) {
        return lanes_.at(lane).front() == parcel.id;
    });
}

void Dispatcher::make_ready(const Parcel& parcel) {
    Endpoint& endpoint = endpoints_.at(parcel.channel);
    endpoint.ready.emplace(parcel.delivery.next, parcel.id);
    schedule(endpoint);
}

void Dispatcher::make_unready(const Parcel& parcel) {
    Endpoint& endpoint = endpoints_.at(parcel.channel);
    endpoint.ready.erase({parcel.delivery.next, parcel.id});
    schedule(endpoint);
}

/// Whoever came behind may be first now.
void Dispatcher::leave(Parcel& parcel) {
    make_unready(parcel);
    std::vector<ParcelId> behind;
    for (const std::string& name : parcel.lanes) {
        const auto lane = lanes_.find(name);
        std::erase(lane->second, parcel.id);
        if (lane->second.empty())
            lanes_.erase(lane);
        else
            behind.push_back(lane->second.front());
    }
    parcel.lanes.clear();
    // A digest may stand in all of them: it is asked once.
    std::ranges::sort(behind);
    const auto twice = std::ranges::unique(behind);
    behind.erase(twice.begin(), twice.end());
    for (const ParcelId id : behind) {
        const Parcel& next = parcels_.at(id);
        if (!next.under_way && next.unrecorded.empty() && is_first(next)) make_ready(next);
    }
}

bool Dispatcher::reroute(Parcel& parcel) {
    const Contact& contact = contacts_.of(parcel.person, parcel.role);
    const auto place = usable(contact, parcel.place + 1);
    if (!place) return false;
    const Channel& next = endpoints_.at(contact.channels[*place]).channel;
    if (!next.at_once && parcel.notices.size() == 1 && gather_again(parcel, next.name)) return true;
    leave(parcel);
    enqueue(parcel, *place);
    return true;
}

void Dispatcher::finish(ParcelId id) {
    const auto found = parcels_.find(id);
    if (found == parcels_.end()) return;
    Parcel& parcel = found->second;
    if (!parcel.channel.empty()) leave(parcel);
    if (parcel.untried) untried_.erase({*parcel.untried, id});
    for (const std::string& notice : parcel.notices)
        if (const auto row = rows_.find({notice, parcel.person}); row != rows_.end())
            row->second.parcel = 0;
    for (const CommandId& report : parcel.unrecorded) unrecorded_[report] = 0;
    parcels_.erase(found);
}

/// When the endpoint may begin its next attempt.
void Dispatcher::schedule(Endpoint& endpoint) {
    if (endpoint.wake) wake_.erase(*endpoint.wake);
    endpoint.wake.reset();
    const bool on = endpoint.health.position == EndpointHealth::Switch::on;
    if (!on || endpoint.ready.empty()) return;
    if (endpoint.under_way >= endpoint.channel.attempts_at_once) return;
    Instant at = std::max({endpoint.ready.begin()->first, endpoint.spaced, now_});
    const Breaker& breaker = endpoint.health.breaker;
    if (breaker.phase != Breaker::Phase::closed) at = std::max(at, breaker.until);
    endpoint.wake.emplace(at, endpoint.turn);
    wake_.emplace(*endpoint.wake, endpoint.channel.name);
}

}  // namespace dutylog::notice::dispatch
