#include <fmt/format.h>

#include "engine/definition/load_bundle.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/stopwatch.hpp"
#include "tests/bench/workshop.hpp"
#include "tests/scenarios/library.hpp"

namespace dutylog::bench {

namespace {

constexpr std::size_t wanted = 200;

bool is_definition(const definition::SourceFile& file) {
    return file.path.starts_with("definitions/");
}

/// The same definition under another id.
definition::SourceFile copy_of(const definition::SourceFile& file, std::size_t number) {
    definition::SourceFile copy = file;
    copy.path.insert(copy.path.rfind('.'), fmt::format("-{}", number));
    const std::size_t at = copy.text.find("\nid: ");
    if (at == std::string::npos) throw std::runtime_error{file.path + " has no id"};
    const std::size_t end = copy.text.find_first_of(" \r\n#", at + 5);
    copy.text.insert(end, fmt::format("-{}", number));
    return copy;
}

/// The shipped library with copies of its definitions until there are 200.
std::vector<definition::SourceFile> large_library() {
    const auto& shipped = tests::shipped("workflows").files;
    std::vector<definition::SourceFile> files = shipped;
    auto count = static_cast<std::size_t>(std::ranges::count_if(shipped, is_definition));
    for (std::size_t round = 2; count < wanted; ++round)
        for (const auto& file : shipped)
            if (is_definition(file) && count < wanted) {
                files.push_back(copy_of(file, round));
                ++count;
            }
    return files;
}

Sample check(Workshop&) {
    static const std::vector<definition::SourceFile> files = large_library();
    definition::LoadedBundle loaded;
    const double took = seconds_of([&] { loaded = definition::load_bundle(files); });
    if (loaded.bundle == nullptr || loaded.bundle->definitions.size() != wanted)
        throw std::runtime_error{"the library of 200 definitions does not load"};
    return {took};
}

}  // namespace

std::vector<Figure> definition_figures() {
    return {{"check_200_definitions",
             "s",
             "the shipped library, its definitions copied until there are 200, read and checked",
             "",
             "",
             {{Aim::Kind::at_most, 1}},
             check}};
}

}  // namespace dutylog::bench
