#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dutylog::rule {

/// What a list can be asked. `earliest` … `min` give the value found, not the element.
enum class Method : std::uint8_t {
    any,
    all,
    filter,
    count,
    map,
    first,
    last,
    earliest,
    latest,
    shortest,
    longest,
    sum,
    max,
    min,
};

/// How a method is written.
enum class Arguments : std::uint8_t { none, name_and_value, either };

struct MethodName {
    std::string_view name;
    Method method;
    Arguments arguments;
};

inline constexpr std::array methods{
    MethodName{"any", Method::any, Arguments::name_and_value},
    MethodName{"all", Method::all, Arguments::name_and_value},
    MethodName{"filter", Method::filter, Arguments::name_and_value},
    MethodName{"count", Method::count, Arguments::either},
    MethodName{"map", Method::map, Arguments::name_and_value},
    MethodName{"first", Method::first, Arguments::none},
    MethodName{"last", Method::last, Arguments::none},
    MethodName{"earliest", Method::earliest, Arguments::name_and_value},
    MethodName{"latest", Method::latest, Arguments::name_and_value},
    MethodName{"shortest", Method::shortest, Arguments::name_and_value},
    MethodName{"longest", Method::longest, Arguments::name_and_value},
    MethodName{"sum", Method::sum, Arguments::name_and_value},
    MethodName{"max", Method::max, Arguments::name_and_value},
    MethodName{"min", Method::min, Arguments::name_and_value},
};

constexpr const MethodName* find_method(std::string_view name) {
    for (const MethodName& candidate : methods)
        if (candidate.name == name) return &candidate;
    return nullptr;
}

/// Functions every library has.
enum class Builtin : std::uint8_t { table, earlier, later, days, date };

struct BuiltinName {
    std::string_view name;
    Builtin builtin;
};

inline constexpr std::array builtins{
    BuiltinName{"table", Builtin::table}, BuiltinName{"earlier", Builtin::earlier},
    BuiltinName{"later", Builtin::later}, BuiltinName{"days", Builtin::days},
    BuiltinName{"date", Builtin::date},
};

constexpr std::optional<Builtin> find_builtin(std::string_view name) {
    for (const BuiltinName& candidate : builtins)
        if (candidate.name == name) return candidate.builtin;
    return std::nullopt;
}

}  // namespace dutylog::rule
