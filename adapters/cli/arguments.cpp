#include "adapters/cli/arguments.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace dutylog::cli {

namespace {

/// The name the parser knows a place by.
std::string first_word(std::string_view placeholder) {
    return std::string{placeholder.substr(0, placeholder.find(' '))};
}

}  // namespace

Arguments& Arguments::option(std::string_view name, std::string_view placeholder, std::string& into,
                             Phrase words) {
    app_.add_option(std::string{name}, into);
    help_.push_back({fmt::format("{} {}", name, placeholder), std::move(words)});
    return *this;
}

Arguments& Arguments::required(std::string_view name, std::string_view placeholder,
                               std::string& into, Phrase words) {
    app_.add_option(std::string{name}, into)->required();
    help_.push_back({fmt::format("{} {}", name, placeholder), std::move(words), false, true});
    return *this;
}

Arguments& Arguments::options(std::string_view name, std::string_view placeholder,
                              std::vector<std::string>& into, Phrase words) {
    app_.add_option(std::string{name}, into)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    help_.push_back({fmt::format("{} {} …", name, placeholder), std::move(words)});
    return *this;
}

Arguments& Arguments::flag(std::string_view name, bool& into, Phrase words) {
    app_.add_flag(std::string{name}, into);
    help_.push_back({std::string{name}, std::move(words)});
    return *this;
}

Arguments& Arguments::number(std::string_view name, std::string_view placeholder,
                             std::uint64_t& into, Phrase words) {
    app_.add_option(std::string{name}, into);
    help_.push_back({fmt::format("{} {}", name, placeholder), std::move(words)});
    return *this;
}

Arguments& Arguments::place(std::string_view placeholder, std::string& into, Phrase words,
                            bool required) {
    app_.add_option(first_word(placeholder), into)->required(required);
    help_.push_back({std::string{placeholder}, std::move(words), true, required});
    return *this;
}

Arguments& Arguments::place_number(std::string_view placeholder, std::uint64_t& into,
                                   Phrase words) {
    app_.add_option(first_word(placeholder), into)->required();
    help_.push_back({std::string{placeholder}, std::move(words), true, true});
    return *this;
}

Arguments& Arguments::places(std::string_view placeholder, std::vector<std::string>& into,
                             Phrase words, bool required) {
    app_.add_option(first_word(placeholder), into)->required(required);
    help_.push_back({fmt::format("{}…", placeholder), std::move(words), true, required});
    return *this;
}

Arguments& Arguments::log(std::string& into) {
    app_.add_option("--log", into)->required()->envname("DUTYLOG_LOG");
    help_.push_back({"--log FILE",
                     {"the log; where it is left out, the one that DUTYLOG_LOG names",
                      "日志文件；省略时取环境变量 DUTYLOG_LOG 所指的文件"},
                     false,
                     true});
    return *this;
}

}  // namespace dutylog::cli
