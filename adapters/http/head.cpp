#include "adapters/http/head.hpp"

#include <array>

namespace dutylog::http {

namespace {

constexpr std::array<std::string_view, 7> method_names{"GET",   "HEAD",   "POST",   "PUT",
                                                       "PATCH", "DELETE", "OPTIONS"};

}  // namespace

std::string_view name_of(Method method) {
    return method_names.at(static_cast<std::size_t>(method));
}

std::optional<Method> parse_method(std::string_view name) {
    for (std::size_t i = 0; i < method_names.size(); ++i)
        if (method_names.at(i) == name) return static_cast<Method>(i);
    return {};
}

std::string_view Head::field(std::string_view name) const {
    for (const Field& field : fields)
        if (field.name == name) return field.value;
    return {};
}

bool Head::has(std::string_view name) const {
    for (const Field& field : fields)
        if (field.name == name) return true;
    return false;
}

std::string Head::joined(std::string_view name) const {
    std::string list;
    for (const Field& field : fields) {
        if (field.name != name) continue;
        if (!list.empty()) list += ", ";
        list += field.value;
    }
    return list;
}

}  // namespace dutylog::http
