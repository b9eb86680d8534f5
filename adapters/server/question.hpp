#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <string>
#include <vector>

#include "adapters/server/answering.hpp"

namespace dutylog::server {

/// Who may ask about duties at all; of which ones is decided for each.
inline constexpr const char* readers = "own|manage|investigate";

/// One question: a route that reads, and answers with an object.
struct Question {
    std::string path = {};  ///< below `/api/v1`
    std::string operation = {};
    Text summary = {};
    std::string permission = readers;
    std::vector<http::Parameter> parameters = {};
    std::string schema = {};
    std::vector<std::string> problems = {};  ///< beyond `busy`
    std::function<boost::json::object(const http::Call&)> answer = {};
};
http::Route route_of(const Desk& desk, Question question);

/// A question about one duty, which the path names. The answer is `{duty, cut, MEMBER: …}`.
struct DutyQuestion {
    std::string part = {};  ///< of the path, behind the duty: `/cycles`
    std::string operation = {};
    Text summary = {};
    std::string permission = readers;
    std::string schema = {};
    std::string member = {};
    std::function<boost::json::value(const Asked&, const pdca::Duty&, const http::Call&)> answer =
        {};
};
http::Route route_of(const Desk& desk, DutyQuestion question);

/// What `read_duty` answers now: its ETag names the version of the duty that a client has seen.
boost::json::object duty_now(const Asked& asked, const pdca::Duty& duty);

/// `/api/v1/duties/{definition}/{kind}/{of}`
inline constexpr const char* duty_path = "/duties/{definition}/{kind}/{of}";
/// What stands in the path of a duty, and more.
std::vector<http::Parameter> duty_parameters(std::vector<http::Parameter> more = {});
/// `{event}` of a path: a place in the log.
http::Parameter event_parameter();
/// The three clocks behind what a question takes beside them.
std::vector<http::Parameter> with_clocks(std::vector<http::Parameter> parameters);
/// The two clocks of records behind what a question takes beside them.
std::vector<http::Parameter> with_record_clocks(std::vector<http::Parameter> parameters);
/// `of`: a subject, and what lives inside it.
http::Parameter about_parameter();

}  // namespace dutylog::server
