#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/refusal.hpp"
#include "adapters/http/response.hpp"
#include "engine/core/instant.hpp"
#include "engine/core/text.hpp"

namespace dutylog::http {

/// What went wrong, for a program by `code` and for a person in their language (RFC 9457).
struct Problem {
    unsigned status = 500;
    std::string code;     ///< a stable word: `not_found`
    Text title;           ///< the same for every problem of this code
    Text detail;          ///< what was expected and what was found, this time
    std::string pointer;  ///< into the body (RFC 6901), or `?name` for a parameter of the query
    std::optional<Elapsed> retry_after;
    boost::json::object more;  ///< further members, e.g. `conditions`
};

/// A problem of the table in problem.cpp. @pre the table has the code
Problem problem(std::string_view code, Text detail = {}, std::string pointer = {});

/// As `application/problem+json`, in one language.
Response problem_response(const Problem& problem, Language language);

/// What the gate refused, as a problem; its code begins with `request_`.
Problem problem_of(const Refusal& refusal);

}  // namespace dutylog::http
