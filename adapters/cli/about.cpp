#include "adapters/cli/about.hpp"

namespace dutylog::cli {

StreamId duty_named(const pdca::World& world, const std::string& definition,
                    const std::string& of) {
    auto found = find_duty(world, definition, of);
    if (!found) throw Failure{ExitCode::usage, found.error()};
    return std::move(*found);
}

Reference subject_named(const pdca::World& world, const std::string& text) {
    if (text.empty()) return {};
    auto found = find_subject(world, text);
    if (!found) throw Failure{ExitCode::usage, found.error()};
    return std::move(*found);
}

}  // namespace dutylog::cli
