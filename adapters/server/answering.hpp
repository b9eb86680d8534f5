#pragma once

#include <functional>
#include <memory>

#include "adapters/cli/failure.hpp"
#include "adapters/http/router.hpp"
#include "adapters/server/access.hpp"
#include "adapters/server/desk.hpp"

namespace dutylog::server {

/// Work on the desk's reading thread: the caller is known with the roles that the log gives them,
/// and may do what the route asks for. What is thrown as `http::Problem` or `cli::Failure` is
/// answered as a problem; what is refused is told to the audit.
using Work = std::function<void(const http::Call&, const std::shared_ptr<http::Reply>&)>;
/// @param permission  of the route; `desk` outlives the handler
http::Handler on_reading_thread(const Desk& desk, std::string permission, Work work);

/// Goes on with what was begun there when the questions that wait have had their turn; what `work`
/// throws is answered as above.
void after_others(const Desk& desk, std::shared_ptr<const http::Call> call,
                  std::shared_ptr<http::Reply> reply, std::function<void()> work);

/// The same for work that answers when it is done.
http::Handler asking(const Desk& desk, std::string permission,
                     std::function<http::Response(const http::Call&)> work);

/// Thrown where something is there that the caller may not know of: it is answered as if it were
/// not, and counts as a refusal.
struct Hidden {
    http::Problem answer;
};

Text text_of(const cli::Phrase& phrase);

/// The three clocks, which every question takes.
std::vector<http::Parameter> clock_parameters();
/// The two of them that questions about records take, which no rules decided.
std::vector<http::Parameter> record_clock_parameters();

/// The duty that the path of a call names, if the caller may read it.
/// @throws http::Problem  `not_found`; `Hidden` where the caller may not know that it is there
const pdca::Duty& duty_of(const http::Call& call, const pdca::World& world);

/// The subject a parameter names; empty where it was not given.
/// @throws http::Problem  `bad_parameter`
Reference subject_parameter(const http::Call& call, const pdca::World& world,
                            std::string_view name);

}  // namespace dutylog::server
