#pragma once

#include <stdexcept>

namespace dutylog::http {

/// A certificate or its key cannot be read, or they do not fit each other; the message names them.
class TlsError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace dutylog::http
