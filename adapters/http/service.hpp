#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <variant>

#include "adapters/http/request.hpp"
#include "adapters/http/response.hpp"

namespace dutylog::http {

/// Where the answer to one request goes: once, from any thread. One that is dropped without an
/// answer answers 500, so that no client waits for ever. The server must outlive it.
class Reply {
public:
    using Take = std::move_only_function<void(Response)>;

    explicit Reply(Take take) : take_{std::move(take)} {}
    Reply(Reply&& other) noexcept : take_{std::exchange(other.take_, nullptr)} {}
    Reply& operator=(Reply&&) = delete;
    ~Reply() {
        if (take_) give(text_response(500, "text/plain", "The request was not answered.\n"));
    }

    void operator()(Response response) { give(std::move(response)); }

private:
    void give(Response response) {
        if (Take take = std::exchange(take_, nullptr)) take(std::move(response));
    }

    Take take_;
};

/// The request may go on.
struct Admitted {
    std::uint64_t body_bytes_max = 0;
    std::shared_ptr<void> ticket = {};  ///< comes back with the request
};

/// What is decided when the head of a request is known: that it may go on, or an answer that does
/// not need its body. After such an answer to a request with a body the connection is closed.
using Admission = std::variant<Admitted, Response>;

/// What answers requests. Called from network threads, so that neither member may block.
class Service {
public:
    virtual ~Service() = default;
    virtual Admission admit(const Head& head, const Peer& peer) = 0;
    virtual void serve(Request request, Reply reply) = 0;
};

}  // namespace dutylog::http
