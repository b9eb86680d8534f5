#pragma once

#include <expected>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

#include "adapters/http/head.hpp"
#include "adapters/http/problem.hpp"
#include "engine/core/digest.hpp"

namespace dutylog::http {

/// Where answers are kept under the key a client made for its request (the `Idempotency-Key` field
/// of draft-ietf-httpapi-idempotency-key-header), so that a repeat gets the first answer. Commands
/// to the engine need none of it: there the key is the command's id, and the log keeps the answer.
class AnswerStore {
public:
    struct Fresh {};   ///< nobody used the key; it is now taken until `finish` or `abandon`
    struct InUse {};   ///< the first request with it has no answer yet
    struct Reused {};  ///< it was used for another request
    using Found = std::variant<Fresh, InUse, Reused, Response>;

    virtual ~AnswerStore() = default;
    /// @param key  with the caller's id, so that keys of different people never meet
    /// @param request  what was asked: method, target and body
    virtual Found begin(const std::string& key, const Digest& request) = 0;
    virtual void finish(const std::string& key, const Response& response) = 0;
    /// There was no answer worth keeping: the key may be used again.
    virtual void abandon(const std::string& key) = 0;
};

/// Keeps the latest answers in memory, for as long as the process lives. Any thread may call it.
class RecentAnswers final : public AnswerStore {
public:
    explicit RecentAnswers(std::size_t answers_max = 10'000) : answers_max_{answers_max} {}

    Found begin(const std::string& key, const Digest& request) override;
    void finish(const std::string& key, const Response& response) override;
    void abandon(const std::string& key) override;

private:
    struct Kept {
        Digest request;
        std::optional<Response> response;
    };

    std::mutex mutex_;
    std::size_t answers_max_;
    std::map<std::string, Kept> kept_;
    std::list<std::string> finished_;  ///< keys, the oldest first
};

/// The key of a request: 1 to 128 visible ASCII characters, in quotes or without.
/// @returns nothing where there is none; `bad_parameter` where it has another form
std::expected<std::optional<std::string>, Problem> idempotency_key(const Head& head);

}  // namespace dutylog::http
