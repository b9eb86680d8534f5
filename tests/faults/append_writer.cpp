// Appends to a log without end and says what was acknowledged; the kill tests run it.
//
//   append_writer write LOG full|off   one line `SIZE ROOT` after each append that returned
//   append_writer check LOG [SIZE ROOT]  fails where the log is damaged or lost what was said
//   append_writer stop LOG             appends until something fails, then until the second failure
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "adapters/sqlite/reader.hpp"
#include "adapters/sqlite/store.hpp"
#include "adapters/sqlite/verify.hpp"
#include "tests/support/appends.hpp"

using namespace dutylog;
using namespace dutylog::log;
using namespace dutylog::test;

namespace {

sqlite::Options options_for(const std::string& synchronous) {
    sqlite::Options options;
    if (synchronous == "off") options.synchronous = sqlite::Synchronous::off;
    // Small, so that even a short life sees settlings and checkpoints.
    options.settle_after = 37;
    options.checkpoint_pages = 50;
    return options;
}

std::vector<Append> next_batch(EventStore& store) {
    std::vector<Append> batch(1 + store.head().size % 3);
    Position number = store.head().size;
    for (Append& append : batch) {
        const std::string name = std::to_string(++number);
        append.events = {event("duty/" + std::to_string(number % 11), "payload " + name)};
        append.set_timers = {
            {"timer/" + std::to_string(number % 23), {static_cast<std::int64_t>(number)}, number}};
        append.add_outbox = {{"entry/" + name, "mail", {1}, bytes(name)}};
        if (number > 10) append.drop_outbox = {"entry/" + std::to_string(number - 10)};
        append.set_rows = {{"duty", std::to_string(number % 17), bytes(name)}};
        append.result = {CommandId{"command/" + name}, sha256(name), bytes(name)};
    }
    return batch;
}

void append_next(EventStore& store) {
    const auto batch = next_batch(store);
    store.append(batch, {static_cast<std::int64_t>(store.head().size)});
}

int write(const std::string& path, const std::string& synchronous) {
    sqlite::SqliteStore store{path, options_for(synchronous)};
    for (;;) {
        append_next(store);
        const TreeHead head = store.head();
        std::printf("%llu %s\n", static_cast<unsigned long long>(head.size),
                    to_hex(head.root).c_str());
        std::fflush(stdout);
    }
}

int check(const std::string& path, const char* size, const char* root) {
    {
        const sqlite::SqliteStore recovered{path, options_for("full")};
    }
    sqlite::VerifyOptions options;
    options.threads = 1;
    if (size != nullptr)
        options.kept_heads = {{std::strtoull(size, nullptr, 10), parse_digest(root).value()}};
    const auto findings = sqlite::verify(path, options);
    for (const auto& finding : findings)
        std::fprintf(stderr, "%s\n", sqlite::to_string(finding).c_str());
    return findings.empty() ? 0 : 1;
}

/// Runs into a planned failure. The store must then refuse, and say nothing it cannot know.
int stop(const std::string& path) {
    sqlite::SqliteStore store{path, options_for("full")};
    try {
        for (int i = 0; i < 10'000; ++i) {
            append_next(store);
            std::printf("%llu %s\n", static_cast<unsigned long long>(store.head().size),
                        to_hex(store.head().root).c_str());
            std::fflush(stdout);
        }
    } catch (const StoreError& first) {
        std::fprintf(stderr, "%s\n", first.what());
        try {
            store.append(std::vector<Append>(1, append_to("duty/1")), {1});
        } catch (const StoreError&) {
            return 3;
        }
        return 4;
    }
    return 5;
}

}  // namespace

int main(int count, char** words) {
    try {
        const std::string act = count > 2 ? words[1] : "";
        if (act == "write" && count == 4) return write(words[2], words[3]);
        if (act == "check")
            return check(words[2], count > 4 ? words[3] : nullptr, count > 4 ? words[4] : nullptr);
        if (act == "stop") return stop(words[2]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    std::fprintf(stderr, "append_writer write|check|stop LOG ...\n");
    return 2;
}
