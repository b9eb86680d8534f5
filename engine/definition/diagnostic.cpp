#include "engine/definition/diagnostic.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

#include "engine/definition/messages.hpp"

namespace dutylog::definition {

Diagnostic& Diagnostic::with(std::string_view name, std::string_view value) {
    arguments.push_back({std::string{name}, std::string{value}});
    return *this;
}

Diagnostic& Diagnostic::beside(SourceSpan place, Note note) {
    related.push_back({std::move(place), note});
    return *this;
}

const std::string* Diagnostic::argument(std::string_view name) const {
    for (const Argument& candidate : arguments)
        if (candidate.name == name) return &candidate.value;
    return nullptr;
}

Diagnostic& Diagnostics::add(std::string_view code, SourceSpan where,
                             std::initializer_list<Argument> arguments) {
    const Message* message = find_message(code);
    assert(message != nullptr && "every code stands in the catalogue");
    all_.push_back({std::string{code}, message->severity, std::move(where), arguments, {}});
    return all_.back();
}

bool Diagnostics::has_error() const {
    return std::ranges::any_of(
        all_, [](const Diagnostic& one) { return one.severity == Severity::error; });
}

void Diagnostics::sort() {
    const auto key = [](const Diagnostic& one) {
        return std::tie(one.where.file, one.where.from, one.where.to, one.code);
    };
    std::ranges::stable_sort(
        all_, [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

void Diagnostics::unite() {
    const auto same = [](const Diagnostic& a, const Diagnostic& b) {
        return a.code == b.code && a.where == b.where;
    };
    all_.erase(std::unique(all_.begin(), all_.end(), same), all_.end());
}

}  // namespace dutylog::definition
