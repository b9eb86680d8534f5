#pragma once

#include "adapters/http/head.hpp"
#include "adapters/http/refusal.hpp"

namespace dutylog::http {

/// The second half of the gate: what fields mean for host, framing and connection.
/// Fills `host`, `framing`, `content_length`, `keep_alive` and `expects_continue` from the fields.
Checked<void> settle_fields(Head& head);

}  // namespace dutylog::http
