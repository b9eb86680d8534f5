#pragma once

#include <boost/json/object.hpp>

#include "adapters/server/question.hpp"

/// Questions over HTTP, by what they are about. What they answer with is described in schemas.cpp.
namespace dutylog::server {

/// Duties, their cycles, dates and notices.
http::RouteTable duty_routes(const Desk& desk);
/// What is inside duties, over all of them: findings, measures, deadlines, notices.
http::RouteTable work_routes(const Desk& desk);
/// Subjects, facts about them, and who holds which role.
http::RouteTable subject_routes(const Desk& desk);
/// What is on the record: the timeline, breaches, deliveries, what gates answered.
http::RouteTable record_routes(const Desk& desk);
/// What-if, and checkpoints.
http::RouteTable supposing_routes(const Desk& desk);
/// Definitions as they were published, and how they changed.
http::RouteTable rules_routes(const Desk& desk);
/// Working calendars and editions of tables.
http::RouteTable table_routes(const Desk& desk);
/// Checking, proposing and approving changes of them.
http::RouteTable publishing_routes(const Desk& desk);
/// Tables of people, assets and facts.
http::RouteTable import_routes(const Desk& desk);

/// JSON Schemas of the answers, by name.
boost::json::object read_schemas();
/// Those of lists over all duties, of subjects and of records.
boost::json::object list_schemas();
boost::json::object rules_schemas();

}  // namespace dutylog::server
