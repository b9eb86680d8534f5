#include "adapters/http/route_index.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace dutylog::http {

namespace {

bool is_parameter(std::string_view segment) {
    return segment.starts_with('{') && segment.ends_with('}');
}

std::vector<std::string> segments_of(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        segments.emplace_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return segments;
}

bool matches(const std::vector<std::string>& segments, const std::vector<std::string>& path) {
    if (segments.size() != path.size()) return false;
    for (std::size_t i = 0; i < path.size(); ++i)
        if (segments[i] != path[i] && !is_parameter(segments[i])) return false;
    return true;
}

/// What is the same for two paths that match the same requests.
std::string shape_of(const Route& route) {
    std::string shape{name_of(route.method)};
    for (const std::string& segment : segments_of(route.path))
        shape += "/" + (is_parameter(segment) ? "{}" : segment);
    return shape;
}

}  // namespace

RouteIndex::RouteIndex(const RouteTable& table) {
    std::set<std::string> shapes;
    std::set<std::string> operations;
    for (const Route& route : table) {
        if (!shapes.insert(shape_of(route)).second)
            throw std::invalid_argument{"two routes answer " + route.path};
        if (!operations.insert(route.operation).second)
            throw std::invalid_argument{"two routes are called " + route.operation};
        auto segments = segments_of(route.path);
        const auto parameters = std::ranges::count_if(segments, is_parameter);
        entries_.push_back({&route, std::move(segments), static_cast<std::size_t>(parameters)});
    }
    std::ranges::stable_sort(entries_, {}, &Entry::parameters);
}

std::optional<Match> RouteIndex::find(Method method, const std::vector<std::string>& path) const {
    const Method wanted = method == Method::head ? Method::get : method;
    for (const Entry& entry : entries_) {
        if (entry.route->method != wanted || !matches(entry.segments, path)) continue;
        Match match{entry.route, {}};
        for (std::size_t i = 0; i < path.size(); ++i)
            if (const std::string& name = entry.segments[i]; is_parameter(name))
                match.path[name.substr(1, name.size() - 2)] = path[i];
        return match;
    }
    return {};
}

std::string RouteIndex::allowed(const std::vector<std::string>& path) const {
    std::set<Method> methods;
    for (const Entry& entry : entries_)
        if (matches(entry.segments, path)) methods.insert(entry.route->method);
    if (methods.empty()) return {};
    if (methods.contains(Method::get)) methods.insert(Method::head);
    methods.insert(Method::options);
    std::string list;
    for (const Method method : methods) {
        if (!list.empty()) list += ", ";
        list += name_of(method);
    }
    return list;
}

}  // namespace dutylog::http
