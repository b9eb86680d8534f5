#include "adapters/words/refusal_words.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace dutylog;

namespace {

/// A refusal as the sources write it: its reason, and the fixed pieces of its sentence in order.
struct Written {
    std::string place;
    std::string reason;
    std::vector<std::string> pieces;
};

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// The literal that begins at `at`, which is moved behind it.
std::string literal(const std::string& text, std::size_t& at) {
    std::string said;
    for (++at; text.at(at) != '"'; ++at) {
        if (text[at] == '\\') ++at;
        said += text[at];
    }
    ++at;
    return said;
}

/// The literals up to the bracket that closes the call; those side by side are one.
std::vector<std::string> literals(const std::string& text, std::size_t at) {
    std::vector<std::string> found;
    bool goes_on = false;
    for (int depth = 1; depth > 0;) {
        const char sign = text.at(at);
        if (sign == '"') {
            std::string said = literal(text, at);
            if (goes_on)
                found.back() += said;
            else
                found.push_back(std::move(said));
            goes_on = true;
            continue;
        }
        if (sign == '(' || sign == '{') ++depth;
        if (sign == ')' || sign == '}') --depth;
        if (sign != ' ' && sign != '\n') goes_on = false;
        ++at;
    }
    return found;
}

bool in_chinese(const std::string& literal) {
    return std::ranges::any_of(literal, [](char sign) { return (sign & 0x80) != 0; });
}

std::vector<Written> refusals_in(const std::filesystem::path& folder) {
    std::vector<Written> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (entry.path().extension() != ".cpp") continue;
        const std::string text = text_of(entry.path());
        for (const std::string call : {"reject(", "Rejection{"})
            for (std::size_t at = text.find(call); at != std::string::npos;
                 at = text.find(call, at + 1)) {
                const auto said = literals(text, at + call.size());
                if (said.size() < 2) continue;                        // it is made elsewhere
                if (std::ranges::any_of(said, in_chinese)) continue;  // it is said at once
                all.push_back({entry.path().string(), said[0], {said.begin() + 1, said.end()}});
            }
    }
    return all;
}

bool says(const words::RefusalSentence& sentence, const Written& written) {
    std::size_t at = 0;
    return sentence.reason == written.reason &&
           std::ranges::all_of(written.pieces, [&](const std::string& piece) {
               const std::size_t found = sentence.en.find(piece, at);
               at = found + piece.size();
               return found != std::string_view::npos;
           });
}

bool is_known(const Written& written) {
    const auto same = [&](const auto& sentence) { return says(sentence, written); };
    return std::ranges::any_of(words::refusals_of_work(), same) ||
           std::ranges::any_of(words::refusals_of_requests(), same) ||
           std::ranges::any_of(words::refusals_of_records(), same);
}

}  // namespace

TEST_CASE("a refusal is said in the reader's language, with the names it has") {
    const Text said =
        words::words_of("checker_is_doer",
                        "the check check.review needs someone other than li, who did do.examine");
    CHECK(said.zh_cn == "检查步骤 check.review 须由他人完成：li 已实施 do.examine");
    CHECK(said.en == "the check check.review needs someone other than li, who did do.examine");
    CHECK(words::words_of("no_open_cycle", "the duty has no open cycle").zh_cn ==
          "该义务没有进行中的循环");
    CHECK(words::words_of("no_open_cycle", "the duty has no open cycle 3").zh_cn ==
          "该义务没有进行中的第 3 循环");
}

TEST_CASE("a name that itself holds words of the sentence is kept whole where it stands last") {
    CHECK(
        words::words_of("unknown_duty", "there is no open duty a/b there is no open duty").zh_cn ==
        "没有进行中的待履行义务 a/b there is no open duty");
}

TEST_CASE("a name with braces is only a name") {
    CHECK(words::words_of("unknown_person", "nobody is called {0}{}").zh_cn ==
          "没有名为 {0}{} 的人员");
}

TEST_CASE("a sentence nobody has put into Chinese stays as it is") {
    const Text said = words::words_of("new_reason", "something of a later version");
    CHECK(said.zh_cn == "something of a later version");
    CHECK(said.en == "something of a later version");
}

TEST_CASE("what a definition says in Chinese goes before the tables") {
    const Rejection refusal{"form_rule", "the field `dose`: too much", "字段“dose”：过高"};
    CHECK(words::words_of(refusal).zh_cn == "字段“dose”：过高");
}

TEST_CASE("every refusal of the engine has its words in Chinese") {
    std::size_t seen = 0;
    for (const char* room : {"pdca", "runtime", "history", "notice"})
        for (const Written& written :
             refusals_in(std::filesystem::path{DUTYLOG_SOURCE_DIR} / "engine" / room)) {
            INFO(written.place << ": " << written.reason << ", " << written.pieces.front());
            CHECK(is_known(written));
            ++seen;
        }
    CHECK(seen > 60);
}
