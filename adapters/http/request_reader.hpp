#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "adapters/http/head.hpp"
#include "adapters/http/limits.hpp"
#include "adapters/http/refusal.hpp"

namespace dutylog::http {

/// Makes requests of bytes: the gate, then Beast's parser, which has to come to the same reading.
/// It does no I/O, so a fuzzer drives it as a socket does. After a refusal it is of no more use.
class RequestReader {
public:
    enum class Progress : std::uint8_t { more, head, complete };

    explicit RequestReader(RequestLimits limits);
    ~RequestReader();
    RequestReader(RequestReader&&) noexcept;
    RequestReader& operator=(RequestReader&&) noexcept;

    /// Where the next bytes go; never empty.
    std::span<char> space();
    /// So many bytes of `space` are filled.
    void received(std::size_t count);

    /// Reads on in what was received. It stops once after the head, so that one can look at it and
    /// set the limit of its body; from then on the buffer is free for the body.
    /// @returns `more` where further bytes are needed
    Checked<Progress> advance();

    /// After `Progress::head`.
    const Head& head() const;
    Head take_head();
    /// Before the body is read.
    /// @returns a refusal where the head announces more
    Checked<void> allow_body(std::uint64_t bytes_max);
    /// After `Progress::complete`.
    std::string take_body();
    /// Bytes of the present body so far.
    std::uint64_t body_bytes() const;

    /// Makes ready for the next request; bytes of it that came already are kept.
    void next();
    /// Whether nothing of the present request has come yet.
    bool is_fresh() const;

private:
    class Parser;

    Checked<Progress> read_head();
    Checked<Progress> read_body();

    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace dutylog::http
