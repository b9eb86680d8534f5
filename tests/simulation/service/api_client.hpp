#pragma once

#include <deque>
#include <string>

#include "engine/runtime/engine.hpp"
#include "tests/simulation/checks.hpp"
#include "tests/simulation/service/moment.hpp"

namespace dutylog::simulation {

/// Somebody who gives commands over the API, one after the other, and asks again under the same key
/// until there is an answer: over connections that break, in pieces, after hours, and sometimes
/// once more though it was answered.
class ApiClient {
public:
    /// @param token  what stands before its keys in the ids of its commands
    ApiClient(Draw draw, std::string token, std::string name)
        : draw_{draw}, caller_{draw_.fork()}, token_{std::move(token)}, name_{std::move(name)} {}

    void ask(const runtime::Submission& submission);
    bool is_idle() const { return asked_.empty(); }
    /// @throws Broken  an answer that no client may get
    void turn(const Moment& moment);
    void drop() { caller_.drop(); }

    /// The answers it was given, by the id that the log knows.
    const Ledger& answered() const { return answered_; }
    std::size_t asked_again() const { return asked_again_; }

private:
    struct Asked {
        CommandId id;
        std::string request;
        bool again = false;  ///< it was answered already
    };

    void hear(unsigned status, const std::string& body);
    void note(runtime::Answer answer);

    Draw draw_;
    HttpCaller caller_;
    std::string token_;
    std::string name_;
    std::deque<Asked> asked_;
    std::uint64_t keys_ = 0;
    Ledger answered_;
    std::size_t asked_again_ = 0;
};

}  // namespace dutylog::simulation
