#include "adapters/server/aside.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace dutylog::server {

namespace {

constexpr std::array<std::string_view, 3> clocks{"true_at", "known_at", "rules_at"};

/// These decide something again on a copy of the state, or look at each event or leaf of the log.
constexpr std::array<std::string_view, 9> always_long{
    "what_if",         "propose_publication", "retire_definition",
    "change_calendar", "read_publication",    "import_rows",
    "rests_on",        "when_known",          "compare_checkpoint"};

/// These go through the log in slices, with the clocks as bounds.
constexpr std::array<std::string_view, 2> never_long{"timeline", "list_all_deliveries"};

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

bool sets_clock(const http::Call& call) {
    return std::ranges::any_of(
        clocks, [&](std::string_view clock) { return !call.parameter(clock).empty(); });
}

ReadingOptions keeping_nothing(ReadingOptions options) {
    options.keeps = false;
    return options;
}

}  // namespace

Aside::Aside(const Desk& front, runtime::Runtime& runtime, AsideOptions options)
    : front_{front},
      reading_{front.reading.path(), runtime, keeping_nothing(std::move(options.reading))},
      queue_{options.threads, options.waiting_max},
      desk_{queue_,        reading_,    front.writer,    front.cursors,
            front.runtime, front.audit, front.proposals, this} {}

Aside::~Aside() { ending_ = true; }

http::RouteTable with_aside(http::RouteTable front, http::RouteTable aside) {
    for (std::size_t i = 0; i < front.size(); ++i) {
        http::Handler& handler = front[i].handler;
        const std::string& operation = front[i].operation;
        if (is_among(never_long, operation)) continue;
        if (is_among(always_long, operation)) {
            handler = std::move(aside[i].handler);
            continue;
        }
        handler = [now = std::move(handler), past = std::move(aside[i].handler)](
                      http::Call call, http::Reply reply) {
            const http::Handler& chosen = sets_clock(call) ? past : now;
            chosen(std::move(call), std::move(reply));
        };
    }
    return front;
}

}  // namespace dutylog::server
