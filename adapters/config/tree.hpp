#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "adapters/config/problem.hpp"

namespace dutylog::config {

struct Node;
using List = std::vector<Node>;

/// A table of a TOML file; its keys know where they stand.
struct Table {
    Place place;
    std::map<std::string, Node> entries;
};

/// What the configuration has no use for: a number with a fraction, a date, a time.
struct Other {
    std::string text;
};

/// One value of a TOML file.
struct Node {
    Place key;    ///< where its key begins; its own place for elements of a list
    Place place;  ///< where the value begins
    std::variant<std::string, std::int64_t, bool, Other, List, Table> value;
};

}  // namespace dutylog::config
