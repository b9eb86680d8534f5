#pragma once

#include "engine/log/event_store.hpp"
#include "tests/simulation/service/fact_sender.hpp"
#include "tests/simulation/service/feed_reader.hpp"
#include "tests/simulation/service/link_reader.hpp"

/// What must hold of those who come without a login, and of whoever follows the events.
namespace dutylog::simulation {

/// What a link is said to have done is on the record, once, in the name of its person; what links
/// did was done by pressing a button, and before they expired.
void check_links(log::EventStore& store, const LinkReader& links);

/// Facts that were taken are on the record, once each; and nothing that their sender did not sign.
void check_facts(log::EventStore& store, const FactSender& sender);

/// Whoever followed the events has them all, as they are on the record.
void check_feed(log::EventStore& store, const FeedReader& feed);

}  // namespace dutylog::simulation
