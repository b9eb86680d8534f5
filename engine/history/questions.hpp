#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>

#include "engine/core/text.hpp"
#include "engine/log/event_store.hpp"
#include "engine/pdca/world.hpp"

/// What an investigation asks (design section 7). Each answer is JSON, for people's eyes rendered
/// by the callers, and names the events it rests on by their positions.
namespace dutylog::history {

/// The world as the log knew it at a moment; all of it without one.
pdca::World world_at(log::EventStore& store, const pdca::RulesSource& source,
                     std::optional<Instant> known_at);

/// QC: breaches of the employer by the moment they were due; `[{duty, of, basis, due, due_at, kind,
/// step?, known_since, event}]`. What someone outside owes is marked `tracked` and comes last.
boost::json::array first_missed(const pdca::World& world);

/// QB: person → what became of the notices of a duty: `{planned, sent, delivered, read,
/// acknowledged, failed: date of the newest, events: […]}`.
boost::json::object told(log::EventStore& store, const pdca::World& world, const StreamId& duty,
                         std::optional<Instant> known_at);

/// QD: `{known, phase, due, effective, enforced, overdue, open, met_on, …}` of a duty on a day.
/// Of a system or the programme also `{health, duties, findings, vacant, children_open,
/// children_overdue, carried_in}`.
/// @param occasion  the cycle that this fact opened; 0: the newest that is not met
boost::json::object duty_state(const pdca::World& world, const StreamId& duty, Instant at,
                               log::Position occasion = 0);

/// Duties with a cycle that is not met, or with open steps: `[{duty, of, basis, due, phase}]`.
/// @param about  only what concerns this subject; empty: all
/// @param occasion  only cycles this fact opened; 0: all
boost::json::array open_duties(const pdca::World& world, const Reference& about,
                               log::Position occasion);

/// QA: `{on, at, by, true_on, event}` of a fact.
boost::json::object when_known(log::EventStore& store, const pdca::World& world,
                               log::Position fact);

/// QE: editions of a table in force on a date.
boost::json::array editions(const pdca::World& world, const std::string& table, CivilDate on);

/// Why this date: sentences, in the reader's language.
boost::json::object explain_date(const pdca::World& world, const StreamId& duty, Language language);

/// QF: events that rest on a record, directly or through others.
boost::json::array rests_on(log::EventStore& store, log::Position record);

/// Subject → days on which a fact's field named `what`, e.g. who was on a post.
boost::json::object over_time(const pdca::World& world, const std::string& fact,
                              const std::string& field, const Reference& what, CivilDate from,
                              CivilDate to);

/// Answers gates gave about a subject: `[{act, outcome, members, on, event}]`.
boost::json::array gate_answers(log::EventStore& store, const pdca::World& world,
                                const Reference& subject, std::optional<Instant> known_at);

/// Events of a stream, or of all, in order, each with a sentence.
boost::json::array timeline(log::EventStore& store, const pdca::World& world,
                            const std::string& stream_prefix, std::optional<Instant> known_at);

/// Integrity patterns: I1 from the record; I4 (equal readings in a row) and I6 (too smooth) in the
/// numbers of a duty's forms. @param duty  a duty's or subject's stream
boost::json::array signals(log::EventStore& store, const StreamId& stream,
                           std::optional<Instant> known_at);

}  // namespace dutylog::history
