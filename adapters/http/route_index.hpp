#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/http/route.hpp"
#include "adapters/http/target.hpp"

namespace dutylog::http {

using Values = std::map<std::string, std::string, std::less<>>;

/// A route and the values its path gave.
struct Match {
    const Route* route = nullptr;
    Values path;
};

/// Finds routes by method and path.
class RouteIndex {
public:
    /// @param table  outlives the index
    /// @throws std::invalid_argument  two routes have one operation, or the same method and path
    explicit RouteIndex(const RouteTable& table);

    /// The route of GET also answers HEAD. @returns nothing where no route matches
    std::optional<Match> find(Method method, const std::vector<std::string>& path) const;
    /// For `Allow`: the methods of a path, with HEAD and OPTIONS; empty where there is no such
    /// path.
    std::string allowed(const std::vector<std::string>& path) const;

private:
    struct Entry {
        const Route* route;
        std::vector<std::string> segments;
        std::size_t parameters;
    };

    std::vector<Entry> entries_;  ///< those with fewer parameters first
};

}  // namespace dutylog::http
