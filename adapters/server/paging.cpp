#include "adapters/server/paging.hpp"

namespace dutylog::server {

namespace {

constexpr std::int64_t page_default = 50;
constexpr std::int64_t page_max = 500;

}  // namespace

http::Parameter limit_parameter() {
    return {.name = "limit",
            .meaning = {"每页条数", "How many at most."},
            .type = http::ParameterType::integer,
            .min = 1,
            .max = page_max};
}

http::Parameter cursor_parameter() {
    return {.name = "cursor", .meaning = {"上一页答复中的 `next`", "`next` of the page before."}};
}

PageAsked page_asked(const http::Cursors& cursors, const std::string& operation,
                     const http::Call& call) {
    PageAsked asked{.list = operation,
                    .after = {},
                    .limit = static_cast<std::size_t>(call.integer("limit", page_default))};
    for (const auto& values : {call.path, call.query})
        for (const auto& [name, value] : values)
            if (name != "cursor" && name != "limit") asked.list += "&" + name + "=" + value;
    asked.list += "&by=" + call.caller->id;
    const std::string& mark = call.parameter("cursor");
    if (mark.empty()) return asked;
    const auto place = cursors.place(asked.list, mark);
    if (!place) throw http::problem("bad_cursor", {}, "?cursor");
    asked.after = *place;
    return asked;
}

}  // namespace dutylog::server
