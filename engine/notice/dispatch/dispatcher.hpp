#pragma once

#include <deque>
#include <map>
#include <set>

#include "engine/notice/dispatch/contacts.hpp"
#include "engine/notice/dispatch/gathering.hpp"
#include "engine/notice/dispatch/orders.hpp"

namespace dutylog::notice::dispatch {

struct DispatchLimits {
    std::size_t waiting_max = 100'000;   ///< of the outbox taken in; more is left in it for later
    std::size_t attempts_max = 256;      ///< under way together
    std::size_t unrecorded_max = 2'048;  ///< reports on their way; past it nothing new is begun
    /// What is critical goes to a person at once, but over one channel no oftener than this: what
    /// comes meanwhile gathers and goes as one digest.
    Elapsed critical_spacing = minutes(10);
    /// What is so late already was missed (while the engine was down, say) and did not come up now:
    /// it gathers a little first, so that the person's first message is a digest. At most
    /// `critical_spacing`.
    Elapsed late_min = hours(1);
    Elapsed late_gathering = minutes(1);
    /// What was not tried for so long counts as failed, so that the ladder does not wait for ever;
    /// but not while it only waits its turn on a channel that takes what came before it.
    Elapsed untried_max = hours(1);
    Elapsed turn_max = hours(24);  ///< past it whatever waits its turn counts as failed too
    /// Failures on one channel, after which the next channel of the person is tried.
    std::uint16_t failures_on_channel = 2;
    BreakerLimits breaker{};
};

/// From the outbox to attempts, and from their outcomes to facts for the log. It has no clock, no
/// chance and no socket: the time and random bits come in, what is to be done comes out.
///
/// What goes in has been committed, so nothing is sent that is not on the record. What was sent is
/// reported; until that is durable the next message of the same duty waits. After a restart it is
/// filled again from the outbox: a message keeps its id, and its success is one command whose
/// repeat records nothing.
class Dispatcher {
public:
    explicit Dispatcher(Contacts contacts, DispatchLimits limits = {});

    /// A row of the outbox, after its commit. One that is known already changes nothing.
    /// @returns false where it is full: to be offered again once `waiting()` is smaller
    bool appear(const Waiting& waiting, const SiteTime& site, Instant now);
    /// The row is gone: it went out, or has become needless.
    void disappear(const std::string& notice, const std::string& person);

    /// Which channels the log says are off: these are not used, and one that it said so of and does
    /// not any more is used again, as if it were new.
    void follow(const std::map<std::string, SwitchedOff>& off, Instant now);

    /// What is to be done now. Attempts are begun by this; each must end.
    Orders next(Instant now);
    /// When `next` has more to do without anything else happening.
    std::optional<Instant> wake_up() const;

    /// @param random  64 random bits: where in its spread a wait lies
    void ended(std::uint64_t attempt, const Outcome& outcome, const Proof& proof, Instant now,
               std::uint64_t random);
    /// The report is durable, or was refused.
    void recorded(const CommandId& report);

    std::size_t waiting() const { return rows_.size(); }
    std::size_t unrecorded() const { return unrecorded_.size(); }
    std::size_t under_way() const { return under_way_.size(); }
    /// How long the oldest attempt that has not ended was under way at `now`.
    Elapsed oldest_attempt(Instant now) const;
    const EndpointHealth& health(const std::string& channel) const;
    std::size_t channels_off() const;

private:
    using ParcelId = std::uint64_t;
    using RowKey = std::pair<std::string, std::string>;  ///< notice and person

    /// What goes out as one message.
    struct Parcel {
        ParcelId id = 0;
        std::string person;
        std::string role;
        std::vector<std::string> notices;
        std::vector<std::string> duties;
        std::string key;
        std::string off;  ///< a switched off channel that is told of
        std::string why;
        std::size_t place = 0;  ///< of its channel among those of the person
        std::string channel;
        std::vector<std::string> lanes;
        Delivery delivery;
        std::optional<Instant> first;    ///< attempt
        Instant since;                   ///< it waits for its first attempt
        std::optional<Instant> untried;  ///< when it is asked whether it counts as not tried
        bool under_way = false;
        std::set<CommandId> unrecorded;  ///< reports of its success
    };
    struct Row {
        std::string duty;
        std::string role;
        std::uint64_t number = 0;  ///< in the order in which they came
        bool presses = false;      ///< critical, to somebody who wants that at once
        bool by_itself = false;
        ParcelId parcel = 0;  ///< 0: held for its slot, or out of ways
    };
    struct Slot {
        Instant at;
        std::string person;
        std::string channel;
        std::string alone;  ///< a notice that goes by itself
        friend auto operator<=>(const Slot&, const Slot&) = default;
    };
    struct Endpoint {
        Channel channel;
        EndpointHealth health;
        bool off_on_record = false;
        std::set<std::pair<Instant, ParcelId>> ready;  ///< first in all their lanes
        Instant spaced;                                ///< nothing begins before it
        std::optional<Instant> answered;  ///< it took a message, or read and refused it
        std::size_t under_way = 0;
        std::uint64_t turn = 0;  ///< whoever began longest ago comes first
        std::optional<std::pair<Instant, std::uint64_t>> wake;
    };
    struct UnderWay {
        ParcelId parcel = 0;
        std::string channel;
        Instant start;
    };

    // What is to be told (rows.cpp).
    std::optional<std::size_t> usable(const Contact& contact, std::size_t from) const;
    void hold(const RowKey& key, const std::string& channel, Instant at);
    void press(const RowKey& key, const std::string& channel, bool late);
    bool gather_again(const Parcel& parcel, const std::string& channel);
    void release_slots();
    void make_parcel(const std::vector<RowKey>& rows, const std::string& channel);
    void make_parcels(const std::vector<RowKey>& rows, const std::string& channel);
    void make_off_parcel(const Endpoint& endpoint, const SwitchedOff& off);
    void no_way(const std::string& notice, const std::string& person, const std::string& reason);
    void tell_untried();
    std::optional<Instant> turn_of(const Parcel& parcel) const;

    // Which ways there are (switches.cpp).
    void switch_off(Endpoint& endpoint, const std::string& reason);
    void strand(const Endpoint& endpoint, const SwitchedOff& off);
    void revive();

    // In which order (lanes.cpp).
    std::vector<std::string> lanes_of(const Parcel& parcel, const Channel& channel) const;
    void enqueue(Parcel& parcel, std::size_t place);
    bool is_first(const Parcel& parcel) const;
    void make_ready(const Parcel& parcel);
    void make_unready(const Parcel& parcel);
    void leave(Parcel& parcel);
    /// To the next channel of the person, where it may become part of a digest. @returns whether
    /// there is one
    bool reroute(Parcel& parcel);
    void finish(ParcelId id);
    void schedule(Endpoint& endpoint);

    // What came of it (dispatcher.cpp).
    void begin(Endpoint& endpoint, Orders& orders);
    void succeed(Parcel& parcel, const Outcome& outcome, const Proof& proof, Instant start);
    void fail(Parcel& parcel, const Outcome& outcome, const Proof& proof, Instant start,
              std::uint64_t random);
    /// @returns the report, where there is still somebody to report on
    Report* report(const Parcel& parcel, const std::string& notice, pdca::Delivery outcome,
                   const std::string& what, const std::string& detail, const Proof& proof);

    Contacts contacts_;
    DispatchLimits limits_;
    std::map<RowKey, Row> rows_;
    std::uint64_t rows_seen_ = 0;
    std::map<Slot, std::set<RowKey>> held_;
    Gathering gathering_;
    std::map<ParcelId, Parcel> parcels_;
    std::map<std::string, std::deque<ParcelId>> lanes_;
    std::map<std::string, Endpoint> endpoints_;
    std::set<std::pair<Instant, ParcelId>> untried_;
    /// Endpoints with something to begin, by time; those of one time take turns.
    std::map<std::pair<Instant, std::uint64_t>, std::string> wake_;
    std::map<std::uint64_t, UnderWay> under_way_;
    std::map<CommandId, ParcelId> unrecorded_;
    Orders out_;  ///< reports and switched off channels that `next` gives
    std::uint64_t numbers_ = 0;
    Instant now_;
};

}  // namespace dutylog::notice::dispatch
