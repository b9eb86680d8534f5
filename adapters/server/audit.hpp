#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "adapters/server/tokens.hpp"
#include "engine/runtime/command_sink.hpp"

namespace dutylog::server {

/// Puts on the record who was refused, and to whom sealed fields were shown (stream `access`).
///
/// The first refusal of a token that was quiet is recorded at once; those of the minute after it
/// are counted, and recorded together when it is over. So one token leaves at most two events a
/// minute, however much it asks; whoever has no token in force counts as one. Any thread may call
/// it.
class Audit {
public:
    /// Told of each refusal: the token's id, or nothing, and the operation.
    using Told = std::function<void(const std::string& token, const std::string& operation)>;

    Audit(runtime::CommandSink& writer, const Tokens& tokens, runtime::Runtime& runtime,
          Told told = {})
        : writer_{writer}, tokens_{tokens}, runtime_{runtime}, told_{std::move(told)} {}

    /// @param token  its id; empty for whoever had none in force
    void refused(const std::string& token, const std::string& operation);
    /// Records what is due: called by the writer after its turns, and once more at the end.
    void record_due(bool all = false);

    struct Shown {
        std::string token;
        std::string person;
        std::string operation;
        std::set<std::string> keys;  ///< of people
        std::vector<log::Position> positions;
    };
    /// @param done  called after it is durable, with what went wrong, if anything did
    /// @returns false where it cannot be recorded now, or the token opens too much
    ///          (`shown_per_minute`): then nothing may be shown
    bool shown(Shown what, std::function<void(bool recorded)> done);

    static constexpr std::size_t shown_per_minute = 60;

private:
    struct Refusals {
        Instant from;
        Instant until;
        std::uint64_t count = 0;  ///< since the last record
        std::set<std::string> operations;
    };
    struct Openings {
        Instant from;
        std::size_t count = 0;
    };

    bool may_open(const std::string& token, Instant now);
    void record(const std::string& token, const Refusals& refusals);
    runtime::Submission submission(pdca::Command command, Instant now) const;
    std::string person_of(const std::string& token) const;

    runtime::CommandSink& writer_;
    const Tokens& tokens_;
    runtime::Runtime& runtime_;
    Told told_;
    std::mutex mutex_;
    std::map<std::string, Refusals> refusals_;  ///< by token; at most one more than there are
    std::map<std::string, Openings> openings_;
};

}  // namespace dutylog::server
