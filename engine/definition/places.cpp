#include "engine/definition/places.hpp"

#include <algorithm>

namespace dutylog::definition {

const Located* Places::nearest(std::string_view path) const {
    while (true) {
        if (const auto found = at_.find(path); found != at_.end()) return &found->second;
        if (path.empty()) return nullptr;
        const std::size_t slash = path.rfind('/');
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
    }
}

SourceSpan Places::span(std::string_view path) const {
    const Located* at = nearest(path);
    return at == nullptr ? SourceSpan{file_, 0, 0} : SourceSpan{file_, at->from, at->to};
}

SourceSpan Places::span(std::string_view path, rule::Span part) const {
    const auto found = at_.find(path);
    if (found == at_.end()) return span(path);
    const Located& at = found->second;
    const std::uint32_t from = at.at(part.from);
    // The end is one past the last byte, which in a folded text is not the place of the next byte.
    const std::uint32_t to = part.to > part.from ? at.at(part.to - 1) + 1 : from;
    return {file_, from, std::max(from, to)};
}

}  // namespace dutylog::definition
