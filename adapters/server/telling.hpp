#pragma once

#include <memory>
#include <string>

#include "adapters/dispatch/courier.hpp"
#include "adapters/http/health.hpp"
#include "adapters/http/metrics.hpp"
#include "adapters/server/public/link_maker.hpp"
#include "adapters/server/writer.hpp"

namespace dutylog::server {

struct TellingOptions {
    std::string log;
    dispatch::Setup setup;
    std::function<void(std::string_view line)> log_line;
    bool own_thread = true;  ///< else `step` does the work
};

/// Tells people: a courier with a reading connection, the keys of names and a state of its own, so
/// that a long question of a reader delays nobody's notice.
class Telling {
public:
    /// @param links, writer, runtime  outlive it, the writer up to `end`
    /// @throws StoreError, DecodeError, CorruptStream
    Telling(TellingOptions options, const LinkMaker& links, Writer& writer,
            runtime::Runtime& runtime);
    ~Telling();

    /// Something was committed. Any thread may call it.
    void wake();
    /// One turn without a thread. @returns whether there was anything to do
    bool step();
    /// Begins nothing more. The writer may still answer; after it has gone this may go too.
    void end();

    /// Whether it has read the log up to `head` and nothing is due, under way or on its way to it.
    bool idle(Instant now, log::Position head) const;
    std::optional<Instant> next() const;
    void watch(http::Health& health, http::Metrics& metrics);

private:
    struct Reading;

    std::unique_ptr<Reading> reading_;
    std::unique_ptr<dispatch::Courier> courier_;
};

}  // namespace dutylog::server
