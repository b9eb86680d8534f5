#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/head.hpp"

namespace dutylog::http {

class EventStream;

/// An answer. Its length, date and connection fields are set when it is written.
struct Response {
    unsigned status = 200;
    std::vector<Field> fields;
    std::string body;
    std::shared_ptr<EventStream> events;  ///< where the answer goes on for as long as it is read

    /// Sets a field, in place of what stood there.
    /// @throws std::invalid_argument  the name is no token or the value holds a control character
    Response& set(std::string_view name, std::string_view value);
    /// Empty where there is none.
    std::string_view field(std::string_view name) const;
};

/// Text with its media type.
Response text_response(unsigned status, std::string_view media_type, std::string body);

/// How an answer goes over the wire.
struct Wire {
    std::string_view date;  ///< as `http_date` writes it
    bool close = false;     ///< this is the last answer of the connection
    bool chunked = false;   ///< the length is not known
};

/// The status line and the fields, with the empty line.
std::string head_text(const Response& response, const Wire& wire);
/// Whether an answer of this status may have a body at all (RFC 9110 section 6.4.1).
bool status_has_body(unsigned status);
/// `Created` and such; empty for statuses that are not used here.
std::string_view reason_of(unsigned status);

}  // namespace dutylog::http
