#include <algorithm>

#include "engine/notice/dispatch/dispatcher.hpp"

// What is to be told: rows of the outbox, held for their slots, become parcels.

namespace dutylog::notice::dispatch {

namespace {

/// Of one message; what is past it goes out as another.
constexpr std::size_t digest_notices_max = 1'000;

/// The same notices give the same digest, whenever they are put together.
std::string key_of(const std::string& person, const std::vector<std::string>& notices) {
    if (notices.size() == 1) return notices.front();
    Sha256 hash;
    for (const std::string& notice : notices)
        hash.add(std::to_string(notice.size()) + ":" + notice);
    return "digest/" + person + "/" + to_hex(hash.finish());
}

}  // namespace

/// The first channel from that place on which is not switched off.
std::optional<std::size_t> Dispatcher::usable(const Contact& contact, std::size_t from) const {
    for (std::size_t place = from; place < contact.channels.size(); ++place) {
        const auto found = endpoints_.find(contact.channels[place]);
        if (found == endpoints_.end()) continue;
        if (found->second.health.position == EndpointHealth::Switch::on) return place;
    }
    return std::nullopt;
}

bool Dispatcher::appear(const Waiting& waiting, const SiteTime& site, Instant now) {
    now_ = now;
    const RowKey key{waiting.notice, waiting.person};
    if (rows_.contains(key)) return true;
    if (rows_.size() >= limits_.waiting_max) return false;
    const Contact& contact = contacts_.of(waiting.person, waiting.role);
    const bool presses = waiting.severity == Severity::critical && contact.times.critical_at_once;
    rows_[key] = {.duty = waiting.duty,
                  .role = waiting.role,
                  .number = ++rows_seen_,
                  .presses = presses,
                  .by_itself = waiting.by_itself};
    const auto place = usable(contact, 0);
    if (!place) {
        no_way(waiting.notice, waiting.person, "no_channel");
        return true;
    }
    const std::string& channel = contact.channels[*place];
    if (endpoints_.at(channel).channel.at_once) {
        make_parcel({key}, channel);
    } else if (presses) {
        press(key, channel, now - waiting.wanted >= limits_.late_min);
    } else {
        const Instant at =
            telling_time(contact.times, waiting.severity, waiting.planned, waiting.latest, site);
        hold(key, channel, std::max(at, now));
    }
    return true;
}

void Dispatcher::hold(const RowKey& key, const std::string& channel, Instant at) {
    const auto& [notice, person] = key;
    held_[{at, person, channel, rows_.at(key).by_itself ? notice : ""}].insert(key);
}

/// Now, where nothing that presses went there lately; else with what gathers meanwhile.
void Dispatcher::press(const RowKey& key, const std::string& channel, bool late) {
    if (rows_.at(key).by_itself) return make_parcel({key}, channel);
    const Reached reached{key.second, channel};
    if (const auto end = gathering_.end(reached, now_)) return hold(key, channel, *end);
    const Instant end = now_ + (late ? limits_.late_gathering : limits_.critical_spacing);
    gathering_.gather(reached, now_, end);
    if (late) return hold(key, channel, end);
    make_parcel({key}, channel);
}

/// What was to go to a program one by one, and comes to a person now, presses as much as what is
/// critical. @returns whether it is held, and its parcel gone
bool Dispatcher::gather_again(const Parcel& parcel, const std::string& channel) {
    const RowKey key{parcel.notices.front(), parcel.person};
    const auto row = rows_.find(key);
    if (row == rows_.end() || row->second.by_itself) return false;
    const Reached reached{parcel.person, channel};
    row->second.presses = true;
    const auto end = gathering_.end(reached, now_);
    if (!end) {
        gathering_.gather(reached, now_, now_ + limits_.critical_spacing);
        return false;
    }
    finish(parcel.id);
    hold(key, channel, *end);
    return true;
}

void Dispatcher::disappear(const std::string& notice, const std::string& person) {
    const RowKey key{notice, person};
    const auto row = rows_.find(key);
    if (row == rows_.end()) return;
    const ParcelId id = row->second.parcel;
    rows_.erase(row);
    const auto found = parcels_.find(id);
    if (found == parcels_.end()) {
        for (auto slot = held_.begin(); slot != held_.end(); ++slot)
            if (slot->second.erase(key) > 0) {
                if (slot->second.empty()) held_.erase(slot);
                break;
            }
        return;
    }
    Parcel& parcel = found->second;
    const bool others = std::ranges::any_of(parcel.notices, [&](const std::string& each) {
        return rows_.contains({each, parcel.person});
    });
    // What was tried once says the same on every attempt; else it speaks only of what is left.
    if (others && !parcel.first) {
        std::erase(parcel.notices, notice);
        parcel.key = key_of(parcel.person, parcel.notices);
    }
    if (!others && !parcel.under_way) finish(id);
}

void Dispatcher::release_slots() {
    while (!held_.empty() && held_.begin()->first.at <= now_) {
        auto slot = held_.extract(held_.begin());
        const std::vector<RowKey> rows{slot.mapped().begin(), slot.mapped().end()};
        make_parcels(rows, slot.key().channel);
    }
}

void Dispatcher::make_parcels(const std::vector<RowKey>& rows, const std::string& channel) {
    if (std::ranges::any_of(rows, [&](const RowKey& key) { return rows_.at(key).presses; }))
        gathering_.gather({rows.front().second, channel}, now_, now_ + limits_.critical_spacing);
    for (std::size_t from = 0; from < rows.size(); from += digest_notices_max) {
        const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(from);
        const std::size_t count = std::min(digest_notices_max, rows.size() - from);
        make_parcel({begin, begin + static_cast<std::ptrdiff_t>(count)}, channel);
    }
}

void Dispatcher::make_parcel(const std::vector<RowKey>& rows, const std::string& channel) {
    Parcel parcel;
    parcel.id = ++numbers_;
    parcel.since = now_;
    parcel.person = rows.front().second;
    parcel.role = rows_.at(rows.front()).role;
    for (const RowKey& key : rows) {
        Row& row = rows_.at(key);
        row.parcel = parcel.id;
        parcel.notices.push_back(key.first);
        parcel.duties.push_back(row.duty);
    }
    std::ranges::sort(parcel.duties);
    const auto twice = std::ranges::unique(parcel.duties);
    parcel.duties.erase(twice.begin(), twice.end());
    parcel.key = key_of(parcel.person, parcel.notices);
    const Contact& contact = contacts_.of(parcel.person, parcel.role);
    const auto named = std::ranges::find(contact.channels, channel);
    // It may have been switched off while they were held.
    const auto place = usable(contact, static_cast<std::size_t>(named - contact.channels.begin()));
    Parcel& made = parcels_.emplace(parcel.id, std::move(parcel)).first->second;
    if (place) return enqueue(made, *place);
    for (const std::string& notice : made.notices) no_way(notice, made.person, "no_channel");
    finish(made.id);
}

/// The same whenever it is told: after a restart the owner is told again, under the same id.
void Dispatcher::make_off_parcel(const Endpoint& endpoint, const SwitchedOff& off) {
    const std::string& owner = endpoint.channel.owner;
    if (owner.empty()) return;
    const auto place = usable(contacts_.of(owner, ""), 0);
    if (!place) return;
    Parcel parcel;
    parcel.id = ++numbers_;
    parcel.person = owner;
    parcel.off = endpoint.channel.name;
    parcel.why = off.reason;
    parcel.key = "off/" + parcel.off + "/" + dutylog::to_string(off.at);
    enqueue(parcels_.emplace(parcel.id, std::move(parcel)).first->second, *place);
}

/// Nobody can be reached so: it is on the record, and the ladder goes on.
void Dispatcher::no_way(const std::string& notice, const std::string& person,
                        const std::string& reason) {
    Parcel nobody;
    nobody.person = person;
    report(nobody, notice, pdca::Delivery::failed, reason, reason, {});
    if (const auto row = rows_.find({notice, person}); row != rows_.end()) row->second.parcel = 0;
}

/// What waits behind an endpoint that does not answer takes another way, or counts as failed; what
/// waits its turn on one that does takes another way or waits on (docs/decisions/0012).
void Dispatcher::tell_untried() {
    while (!untried_.empty() && untried_.begin()->first <= now_) {
        Parcel& parcel = parcels_.at(untried_.begin()->second);
        untried_.erase(untried_.begin());
        parcel.untried.reset();
        if (parcel.first || reroute(parcel)) continue;
        if (const auto later = turn_of(parcel)) {
            parcel.untried = later;
            untried_.emplace(*later, parcel.id);
            continue;
        }
        for (const std::string& notice : parcel.notices)
            report(parcel, notice, pdca::Delivery::failed, "untried", "untried", {});
    }
}

/// Until when it waits its turn and nothing else; nothing where it is held up: its channel answers
/// nobody, or one of its duty before it fails there.
std::optional<Instant> Dispatcher::turn_of(const Parcel& parcel) const {
    const Endpoint& endpoint = endpoints_.at(parcel.channel);
    if (!endpoint.answered) return std::nullopt;
    const bool held_up = std::ranges::any_of(parcel.lanes, [&](const std::string& lane) {
        return parcels_.at(lanes_.at(lane).front()).delivery.attempts > 0;
    });
    const Instant later =
        std::min(*endpoint.answered + limits_.untried_max, parcel.since + limits_.turn_max);
    if (held_up || later <= now_) return std::nullopt;
    return later;
}

}  // namespace dutylog::notice::dispatch
