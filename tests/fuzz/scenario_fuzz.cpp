// Reads any bytes as a scenario. What cannot be read is told with the line it stands on.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "engine/scenario/story.hpp"

using namespace dutylog;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const definition::SourceFile file{"scenarios/input.yaml",
                                      {reinterpret_cast<const char*>(data), size}};
    std::vector<scenario::Problem> problems;
    const auto read = scenario::read_scenario(file, problems);
    if (read == nullptr && problems.empty()) std::abort();
    const auto lines = 1 + std::count(file.text.begin(), file.text.end(), '\n') +
                       std::count(file.text.begin(), file.text.end(), '\r');
    for (const scenario::Problem& problem : problems)
        if (problem.line > static_cast<std::uint32_t>(lines) || problem.message.empty())
            std::abort();
    return 0;
}
