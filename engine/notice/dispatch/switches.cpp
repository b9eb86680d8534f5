#include <algorithm>

#include "engine/notice/dispatch/dispatcher.hpp"

// Channels that are switched off, by what came of them or by a person, and on again.

namespace dutylog::notice::dispatch {

std::size_t Dispatcher::channels_off() const {
    return static_cast<std::size_t>(std::ranges::count_if(endpoints_, [](const auto& each) {
        return each.second.health.position != EndpointHealth::Switch::on;
    }));
}

void Dispatcher::follow(const std::map<std::string, SwitchedOff>& off, Instant now) {
    now_ = now;
    bool any_back = false;
    for (auto& [name, endpoint] : endpoints_) {
        const auto found = off.find(name);
        const bool is_off = found != off.end();
        if (is_off == endpoint.off_on_record) continue;
        endpoint.off_on_record = is_off;
        if (!is_off) {
            endpoint.health = {};
            any_back = true;
        } else if (endpoint.health.position == EndpointHealth::Switch::on) {
            endpoint.health.position = found->second.position;
            strand(endpoint, found->second);
        }
        schedule(endpoint);
    }
    if (any_back) revive();
}

void Dispatcher::switch_off(Endpoint& endpoint, const std::string& reason) {
    const SwitchedOff off{endpoint.channel.name, endpoint.health.position, reason, now_};
    out_.off.push_back(off);
    strand(endpoint, off);
}

/// Whoever waits for it takes another way, and its owner is told.
void Dispatcher::strand(const Endpoint& endpoint, const SwitchedOff& off) {
    std::vector<ParcelId> stranded;
    for (const auto& [id, parcel] : parcels_)
        if (parcel.channel == off.channel && !parcel.under_way && parcel.unrecorded.empty())
            stranded.push_back(id);
    for (const ParcelId id : stranded) {
        Parcel& parcel = parcels_.at(id);
        if (reroute(parcel)) continue;
        for (const std::string& notice : parcel.notices)
            report(parcel, notice, pdca::Delivery::failed, "off", "channel_off", {});
        finish(id);
    }
    make_off_parcel(endpoint, off);
}

/// A channel is back: what had no way is sent after all, to each person as one message where the
/// channel can.
void Dispatcher::revive() {
    std::set<RowKey> held;
    for (const auto& [slot, rows] : held_) held.insert(rows.begin(), rows.end());
    std::map<std::string, std::vector<RowKey>> lost;
    for (const auto& [key, row] : rows_)
        if (row.parcel == 0 && !held.contains(key)) lost[key.second].push_back(key);
    const auto number = [this](const RowKey& row) { return rows_.at(row).number; };
    for (auto& [person, rows] : lost) {
        std::ranges::sort(rows, {}, number);
        const Contact& contact = contacts_.of(person, rows_.at(rows.front()).role);
        const auto place = usable(contact, 0);
        if (!place) continue;
        const std::string& channel = contact.channels[*place];
        if (endpoints_.at(channel).channel.at_once)
            for (const RowKey& row : rows) make_parcel({row}, channel);
        else
            make_parcels(rows, channel);
    }
}

}  // namespace dutylog::notice::dispatch
