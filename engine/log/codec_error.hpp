#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace dutylog::log {

/// Bytes that are not the encoding of anything: says what was expected and at which byte.
class DecodeError : public std::runtime_error {
public:
    DecodeError(const std::string& what, std::size_t offset)
        : std::runtime_error{what + " at byte " + std::to_string(offset)}, offset_{offset} {}
    /// The same place, with a message that says more.
    DecodeError(const std::string& what, const DecodeError& cause)
        : std::runtime_error{what}, offset_{cause.offset_} {}
    std::size_t offset() const noexcept { return offset_; }

private:
    std::size_t offset_;
};

/// A value that passes a limit of the encoding, so that nothing could read it back.
class EncodeError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace dutylog::log
