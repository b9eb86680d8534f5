#pragma once

#include <string_view>
#include <vector>

namespace dutylog::http {

/// One item of a list as `text/html;level=1;q=0.5, */*`.
struct Weighted {
    std::string_view item;  ///< without parameters
    int weight = 1000;      ///< thousandths; 0 is "not this"
};

/// Reads the list of an `Accept…` field (RFC 9110 section 12.4.2). An item with a weight that is
/// none is left out. At most 32 items are read.
std::vector<Weighted> read_weighted_list(std::string_view list);

}  // namespace dutylog::http
