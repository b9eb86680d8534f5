#include "adapters/cli/command_kinds.hpp"

#include <utility>

namespace dutylog::cli {

using pdca::Command;
using pdca::Delivery;

namespace {

using Kinds = std::make_index_sequence<std::variant_size_v<Command>>;

template <std::size_t... I>
std::optional<Command> named(std::string_view name, std::index_sequence<I...>) {
    std::optional<Command> found;
    ((std::variant_alternative_t<I, Command>::name == name
          ? void(found.emplace(std::in_place_index<I>))
          : void()),
     ...);
    return found;
}

template <std::size_t... I>
std::vector<std::string> names(std::index_sequence<I...>) {
    return {std::string{std::variant_alternative_t<I, Command>::name}...};
}

}  // namespace

std::optional<Command> command_named(std::string_view name) { return named(name, Kinds{}); }

std::vector<std::string> command_names() { return names(Kinds{}); }

std::span<const Delivery> deliveries() {
    static constexpr Delivery all[] = {Delivery::sent,   Delivery::delivered,
                                       Delivery::read,   Delivery::acknowledged,
                                       Delivery::failed, Delivery::skipped};
    return all;
}

}  // namespace dutylog::cli
