#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/log/event_store.hpp"
#include "engine/log/key_store.hpp"
#include "engine/notice/dispatch/orders.hpp"
#include "engine/notice/telling_time.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::dispatch {

/// A notice that somebody still has to be told of.
struct OpenNotice {
    StreamId stream;
    pdca::NoticePlanned event;
    Instant planned;               ///< recorded
    std::set<std::string> people;  ///< not told yet
};

/// Where the log is read from, and how it is brought up to date.
struct LogView {
    log::EventStore& store;
    std::function<void()> refresh;
    pdca::RulesSource rules;
    const log::KeyRing* keys = nullptr;  ///< opens names; null for none
};

/// The notice under which the stream of a person keeps their choice about digests: a delivery
/// `skipped` says that they want none. Empty for somebody who is not known.
std::string digest_choice(const pdca::World& world, const std::string& person);

/// Follows the log: which rows of the outbox came and went, and the state that says what they are
/// about. It sees what has been committed, and nothing else. One thread at a time.
class Lookout {
public:
    struct Change {
        bool gone = false;
        notice::dispatch::Waiting row;
    };

    /// Reads the log up to its end; every row that waits is a change.
    /// @throws StoreError, DecodeError, CorruptStream
    explicit Lookout(LogView view);

    /// What was committed since.
    std::vector<Change> changes();
    /// Changes that are known and were not asked for yet.
    std::size_t unseen() const { return changes_.size(); }

    const pdca::World& world() const { return world_; }
    /// The open notice; null where it is over.
    const OpenNotice* notice(const std::string& id) const;
    /// The site's clock and calendar. @pre something was published
    notice::SiteTime site() const;
    /// A name as it can be shown; the id where there is none.
    std::string name_of(const Reference& subject) const;
    std::string name_of_person(const std::string& id) const;

private:
    void see(const log::StoredEvent& stored);
    void add(const pdca::NoticePlanned& event, const StreamId& stream, Instant recorded);
    void drop(const std::string& notice, const std::string& person);
    void drop_all(const std::string& notice);
    void drop_cycle(const StreamId& stream, pdca::CycleNumber cycle);
    void read_outbox();
    bool wants_no_digests(const std::string& person);

    LogView view_;
    pdca::World world_;
    std::map<std::string, OpenNotice> open_;
    std::map<StreamId, std::set<std::string>> by_stream_;
    std::vector<Change> changes_;
    std::map<std::string, bool> no_digests_;  ///< by person, as far as it was asked
};

}  // namespace dutylog::dispatch
