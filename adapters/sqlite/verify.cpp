#include "adapters/sqlite/verify.hpp"

#include <algorithm>
#include <future>
#include <limits>

#include "adapters/sqlite/ordered_work.hpp"
#include "adapters/sqlite/reader.hpp"
#include "adapters/sqlite/verify_tables.hpp"

namespace dutylog::sqlite {

using namespace log;

namespace {

constexpr Position chunk_events = 2048;
constexpr Position no_stop = std::numeric_limits<Position>::max();

/// Gives the events of the log in chunks, in order.
using NextChunk = std::function<CheckedChunk()>;

std::size_t chunks_of(Position size) { return (size + chunk_events - 1) / chunk_events; }

CheckedChunk read_chunk(EventReading& reading, std::size_t index, Position size) {
    const Position first = index * chunk_events + 1;
    return reading.read(first, std::min(first + chunk_events, size + 1));
}

/// How many events there should be: what the last state says; without one, what is there.
Position stated_size(Database& database, const std::vector<StatedState>& states) {
    if (!states.empty()) return states.back().state.frontier.size();
    Statement select{database, "SELECT min(count(*), max(position)) FROM event"};
    Rows rows{select};
    return rows.next() ? static_cast<Position>(std::max<std::int64_t>(rows.integer(0), 0)) : 0;
}

/// One run of `verify` over one view of the database.
class Verification {
public:
    Verification(std::shared_ptr<Database> database, const VerifyOptions& options,
                 Findings& findings)
        : database_{std::move(database)}, options_{options}, findings_{findings} {
        states_ = read_states(*database_, findings_);
        size_ = stated_size(*database_, states_);
        settled_ = states_.empty() ? 0 : states_.front().state.frontier.size();
    }

    Position size() const { return size_; }

    void run(const NextChunk& next) {
        Position stop = reached();
        for (Position done = 0; done < size_ && !findings_.is_full();) {
            CheckedChunk chunk = next();
            findings_.add_all(chunk.findings.take());
            chain_.follow(chunk, findings_, stop, [this] { return reached(); });
            done = chain_.size();
            if (options_.progress) options_.progress(done, size_);
        }
        verify_ends();
        const std::size_t results = verify_commands(*database_, chain_, settled_, findings_);
        verify_rows(*database_, chain_.size(), findings_);
        // What is damaged cannot be folded; its findings say enough.
        if (options_.rebuild && findings_.count() == 0) rebuild(results);
    }

private:
    /// Compares what was written at the size that the chain has now. @returns the next such size
    Position reached() {
        const Position size = chain_.size();
        Position next = no_stop;
        for (const StatedState& stated : states_) {
            const Position stated_at = stated.state.frontier.size();
            if (stated_at == size) verify_state(stated, chain_, findings_);
            if (stated_at > size) next = std::min(next, stated_at);
        }
        if (size == settled_) verify_streams(*database_, chain_, findings_);
        for (const TreeHead& kept : options_.kept_heads) {
            if (kept.size == size)
                findings_.expect_equal("checkpoint", kept.size, "root", kept.root,
                                       chain_.frontier().root());
            if (kept.size > size) next = std::min(next, kept.size);
        }
        return next;
    }

    void verify_ends() {
        for (const TreeHead& kept : options_.kept_heads)
            if (kept.size > chain_.size())
                findings_.add({"checkpoint", std::to_string(kept.size), "size",
                               "at least " + std::to_string(kept.size) + " events",
                               std::to_string(chain_.size())});
        for (const StatedState& stated : states_)
            if (stated.state.frontier.size() > chain_.size())
                verify_state(stated, chain_, findings_);
        Statement beyond{*database_,
                         "SELECT position FROM event WHERE position < 1 OR position > ? LIMIT 100"};
        for (Rows rows{beyond, size_}; rows.next();)
            findings_.add({"event", std::to_string(rows.integer(0)), "row", "nothing", "an event"});
    }

    void rebuild(std::size_t results) {
        SqliteReader reader{database_};
        verify_derived(*database_, reader, options_.rebuild(reader), results, findings_);
    }

    std::shared_ptr<Database> database_;
    const VerifyOptions& options_;
    Findings& findings_;
    EventChain chain_;
    std::vector<StatedState> states_;
    Position size_ = 0;
    Position settled_ = 0;
};

std::shared_ptr<Database> open_for_reading(const std::string& path, const VerifyOptions& options) {
    return std::make_shared<Database>(path, Access::read,
                                      options.vfs.empty() ? nullptr : options.vfs.c_str());
}

/// Runs the check of the pages beside everything else.
std::future<Findings> start_integrity_check(const std::string& path, const VerifyOptions& options) {
    return std::async(std::launch::async, [path, options] {
        Findings findings;
        if (options.integrity_check) verify_integrity(*open_for_reading(path, options), findings);
        return findings;
    });
}

OrderedWork<CheckedChunk> start_reading(const std::string& path, const VerifyOptions& options,
                                        Position size) {
    return {options.threads, chunks_of(size), [path, options, size] {
                auto database = open_for_reading(path, options);
                auto reading = std::make_shared<EventReading>(*database);
                return [database, reading, size](std::size_t index) {
                    return read_chunk(*reading, index, size);
                };
            }};
}

}  // namespace

std::vector<Finding> verify(const std::string& path, const VerifyOptions& options) {
    Findings findings;
    try {
        const auto database = open_for_reading(path, options);
        if (options.threads < 2) return verify(database, options);
        const ReadTransaction one_view{*database};
        if (!verify_schema(*database, findings)) return findings.take();
        auto integrity = start_integrity_check(path, options);
        Verification verification{database, options, findings};
        auto work = start_reading(path, options, verification.size());
        verification.run([&work] { return work.take(); });
        findings.add_all(integrity.get().take());
    } catch (const std::exception& error) {
        findings.add({"database", "", "reading", "no error", error.what()});
    }
    return findings.take();
}

std::vector<Finding> verify(const std::shared_ptr<Database>& database,
                            const VerifyOptions& options) {
    Findings findings;
    try {
        const ReadTransaction one_view{*database};
        if (!verify_schema(*database, findings)) return findings.take();
        if (options.integrity_check) verify_integrity(*database, findings);
        Verification verification{database, options, findings};
        EventReading reading{*database};
        std::size_t index = 0;
        verification.run([&] { return read_chunk(reading, index++, verification.size()); });
    } catch (const std::exception& error) {
        findings.add({"database", "", "reading", "no error", error.what()});
    }
    return findings.take();
}

}  // namespace dutylog::sqlite
