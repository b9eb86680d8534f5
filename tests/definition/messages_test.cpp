#include "engine/definition/messages.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace dutylog;
using namespace dutylog::definition;

namespace {

/// The names in braces of a template.
std::set<std::string> names_in(std::string_view pattern) {
    std::set<std::string> names;
    for (std::size_t at = pattern.find('{'); at != std::string_view::npos;
         at = pattern.find('{', at + 1)) {
        if (pattern.substr(at).starts_with("{{")) {
            ++at;
            continue;
        }
        names.emplace(pattern.substr(at + 1, pattern.find('}', at) - at - 1));
    }
    return names;
}

}  // namespace

TEST_CASE("codes are in order, and none stands twice", "[definition][messages]") {
    std::string_view before;
    for (const Message* message : catalogue()) {
        CHECK(before < message->code);
        before = message->code;
        CHECK(find_message(message->code) == message);
    }
    CHECK(catalogue().size() >= 60);
    CHECK(find_message("DL9999") == nullptr);
}

TEST_CASE("names of codes are words, and none stands twice", "[definition][messages]") {
    std::set<std::string_view> names;
    for (const Message* message : catalogue()) {
        INFO(message->code);
        CHECK(names.insert(message->name).second);
    }
}

TEST_CASE("each code has its words in both languages, and a page", "[definition][messages]") {
    for (const Message* message : catalogue()) {
        INFO(message->code);
        CHECK_FALSE(message->text.en.empty());
        CHECK_FALSE(message->text.zh_cn.empty());
        CHECK(message->label.en.empty() == message->label.zh_cn.empty());
        CHECK(message->help.en.empty() == message->help.zh_cn.empty());
        CHECK_FALSE(message->meaning.en.empty());
        CHECK_FALSE(message->meaning.zh_cn.empty());
        CHECK_FALSE(message->wrong.empty());
        CHECK_FALSE(message->right.empty());
    }
}

TEST_CASE("the page of a code shows its meaning, the wrong and the right, in both languages",
          "[definition][messages]") {
    for (const Message* message : catalogue())
        for (const Language language : {Language::en, Language::zh_cn}) {
            INFO(message->code);
            const std::string page = explain(message->code, language);
            for (const std::string_view part :
                 {message->code, message->name, message->text.in(language),
                  message->meaning.in(language), message->wrong, message->right})
                CHECK(page.find(part) != std::string::npos);
        }
}

TEST_CASE("both languages of a message say the same things", "[definition][messages]") {
    for (const Message* message : catalogue()) {
        INFO(message->code);
        CHECK(names_in(message->text.en) == names_in(message->text.zh_cn));
        CHECK(names_in(message->help.en) == names_in(message->help.zh_cn));
        CHECK(names_in(message->label.en) == names_in(message->label.zh_cn));
    }
}

TEST_CASE("a code nobody knows has no page", "[definition][messages]") {
    CHECK(explain("DL9999", Language::en).empty());
}
