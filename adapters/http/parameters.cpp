#include "adapters/http/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "engine/core/civil_date.hpp"
#include "engine/core/instant.hpp"

namespace dutylog::http {

namespace {

constexpr std::size_t value_bytes_max = 512;

bool fits(const Parameter& parameter, std::string_view value) {
    switch (parameter.type) {
        case ParameterType::text:
            return !value.empty() && value.size() <= value_bytes_max;
        case ParameterType::integer: {
            const auto number = read_integer(value);
            return number && *number >= parameter.min && *number <= parameter.max;
        }
        case ParameterType::truth:
            return value == "true" || value == "false";
        case ParameterType::date:
            return parse_civil_date(value).has_value();
        case ParameterType::instant:
            return parse_instant(value).has_value();
        case ParameterType::choice:
            return std::ranges::find(parameter.choices, value) != parameter.choices.end();
    }
    return false;
}

Text wanted(const Parameter& parameter) {
    switch (parameter.type) {
        case ParameterType::text:
            return {"1 至 512 字节的文本", "a text of 1 to 512 bytes"};
        case ParameterType::integer:
            if (parameter.max == INT64_MAX)
                return {fmt::format("不小于 {} 的整数", parameter.min),
                        fmt::format("a whole number from {} on", parameter.min)};
            return {fmt::format("{} 至 {} 的整数", parameter.min, parameter.max),
                    fmt::format("a whole number from {} to {}", parameter.min, parameter.max)};
        case ParameterType::truth:
            return {"true 或 false", "true or false"};
        case ParameterType::date:
            return {"日期，如 2025-12-05", "a date as 2025-12-05"};
        case ParameterType::instant:
            return {"时刻，如 2025-12-05T09:00+08:00", "an instant as 2025-12-05T09:00+08:00"};
        case ParameterType::choice:
            return {fmt::format("下列之一：{}", fmt::join(parameter.choices, ", ")),
                    fmt::format("one of {}", fmt::join(parameter.choices, ", "))};
    }
    return {};
}

}  // namespace

std::optional<std::int64_t> read_integer(std::string_view text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return {};
    return number;
}

std::optional<Problem> check_parameter(const Parameter& parameter, std::string_view value,
                                       const std::string& pointer) {
    if (fits(parameter, value)) return {};
    const Text form = wanted(parameter);
    return problem("bad_parameter",
                   {fmt::format("`{}` 应为{}。", parameter.name, form.zh_cn),
                    fmt::format("`{}`: expected {}.", parameter.name, form.en)},
                   pointer);
}

std::optional<Problem> check_query(const Route& route,
                                   const std::map<std::string, std::string, std::less<>>& query) {
    for (const auto& [name, value] : query) {
        const auto known = std::ranges::find(route.parameters, name, &Parameter::name);
        const bool in_path = route.path.find("{" + name + "}") != std::string::npos;
        if (known == route.parameters.end() || in_path) {
            std::vector<std::string> names;
            for (const Parameter& parameter : route.parameters)
                if (route.path.find("{" + parameter.name + "}") == std::string::npos)
                    names.push_back(parameter.name);
            const std::string list =
                names.empty() ? "-" : fmt::format("{}", fmt::join(names, ", "));
            return problem("unknown_parameter",
                           {fmt::format("没有参数 `{}`；可用参数：{}。", name, list),
                            fmt::format("There is no `{}`; there is: {}.", name, list)},
                           "?" + name);
        }
        if (auto wrong = check_parameter(*known, value, "?" + name)) return wrong;
    }
    for (const Parameter& parameter : route.parameters)
        if (parameter.required && !query.contains(parameter.name) &&
            route.path.find("{" + parameter.name + "}") == std::string::npos)
            return problem("missing_parameter",
                           {fmt::format("须有参数 `{}`。", parameter.name),
                            fmt::format("`{}` is needed.", parameter.name)},
                           "?" + parameter.name);
    return {};
}

}  // namespace dutylog::http
