#pragma once

#include <functional>

#include "adapters/cli/failure.hpp"
#include "adapters/http/router.hpp"
#include "adapters/server/access.hpp"
#include "adapters/server/reading.hpp"

namespace dutylog::server {

/// A handler that answers on the reading thread. What it cannot find or read in the question is
/// thrown as `http::Problem` or `cli::Failure` and answered as a problem.
http::Handler asking(http::WorkQueue& queue, std::function<http::Response(const http::Call&)> work);

/// The three clocks, which every question takes.
std::vector<http::Parameter> clock_parameters();

/// The duty that the path of a call names, if the caller may read it.
/// @throws http::Problem  `not_found`; also where the caller may not know that it is there
const pdca::Duty& duty_of(const http::Call& call, const pdca::World& world);

/// The subject a parameter names; empty where it was not given.
/// @throws http::Problem  `bad_parameter`
Reference subject_parameter(const http::Call& call, const pdca::World& world,
                            std::string_view name);

}  // namespace dutylog::server
