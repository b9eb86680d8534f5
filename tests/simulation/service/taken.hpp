#pragma once

#include <string>

#include "engine/core/digest.hpp"
#include "engine/core/instant.hpp"

namespace dutylog::simulation {

/// A message that came in whole at somebody else's server.
struct Taken {
    std::string target;  ///< of a mail: to whom
    std::string id;      ///< `webhook-id`, or that of a mail before its @; may be empty
    std::string body;
    Digest content;
    Instant at;
    std::size_t process = 0;
    bool agreed = false;  ///< it meant to answer with a yes
    bool is_mail = false;
};

}  // namespace dutylog::simulation
