#pragma once

#include <boost/json.hpp>
#include <string>

#include "engine/log/envelope.hpp"

namespace dutylog::log {

/// Every field of an envelope under its own name, so exactly that another program can make the
/// leaf bytes from it: instants are microseconds, civil dates days since 1970-01-01, digests hex.
boost::json::object export_envelope(const Envelope& envelope);

/// One event as one line of JSON, without the newline: the envelope's fields, `payload` in base64
/// and `leaf` in hex. An export is such lines in position order (docs/format.md).
std::string export_line(const StoredEvent& event);

}  // namespace dutylog::log
