#pragma once

#include <string>
#include <vector>

namespace dutylog::test {

/// Bytes as a client may send them, and what becomes of them.
struct GateCase {
    std::string name;
    std::string bytes;
    unsigned status = 200;  ///< 200 where it is a request that we take
    std::string code = {};  ///< of the refusal
};

/// Every shape that the gate takes or refuses, by the rule of RFC 9110 or 9112 it is about.
std::vector<GateCase> gate_cases();

}  // namespace dutylog::test
