#pragma once

#include <string_view>

#include "adapters/http/head.hpp"
#include "adapters/http/limits.hpp"
#include "adapters/http/refusal.hpp"

namespace dutylog::http {

/// Watches the bytes of a head as they come, so that one that can never become a request is refused
/// at once and not only when its sender tires: bare CR, bare LF, zero bytes, an empty first line.
class LineWatch {
public:
    /// @param text  everything of the head so far; what was looked at before is not looked at again
    /// @returns the length of the head with its empty line, or 0 where the end has not come
    Checked<std::size_t> look(std::string_view text, const RequestLimits& limits);
    void reset() { seen_ = 0; }

private:
    std::size_t seen_ = 0;
};

/// Reads a whole head strictly (RFC 9112, RFC 9110). Beast's parser alone lets pass what two
/// servers in a row may read as different requests; here every such shape is refused:
/// more than one length, a length beside chunks, any transfer coding but `chunked`, folded lines,
/// blanks before a colon, none or several hosts, an absolute target of another host, …
/// @param text  the head with its empty line, as `LineWatch` found it
Checked<Head> check_head(std::string_view text, const RequestLimits& limits);

}  // namespace dutylog::http
