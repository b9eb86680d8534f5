#pragma once

#include <map>
#include <string>
#include <vector>

namespace dutylog::test {

/// One example of the test pages of llhttp (tests/adapters/http/llhttp, MIT licence beside them).
struct LlhttpCase {
    std::string file;
    std::string name;
    std::string bytes;
    bool lenient = false;  ///< what it takes only when told to be lenient
    bool refused = false;  ///< what it refuses in its strict mode
};

std::vector<LlhttpCase> llhttp_cases(const std::string& folder);

/// Examples leave the host out; with one, a refusal has another reason than that.
std::string with_host(const std::string& bytes);

/// Examples that llhttp takes and the gate refuses, by name, with the code of the refusal.
const std::map<std::string, std::string>& stricter_than_llhttp();

}  // namespace dutylog::test
