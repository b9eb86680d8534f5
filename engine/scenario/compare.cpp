#include <algorithm>
#include <boost/json/serialize.hpp>

#include "engine/scenario/run.hpp"

namespace dutylog::scenario {

namespace json = boost::json;

namespace {

std::string text_of(const json::value& value) {
    if (value.is_string()) return std::string{value.as_string()};
    return json::serialize(value);
}

class Comparison {
public:
    explicit Comparison(bool prefix) : prefix_{prefix} {}

    void value(const Node& expected, const json::value& found, const std::string& path) {
        if (expected.is_mapping()) return mapping(expected, found, path);
        if (expected.is_sequence()) return list(expected, found, path);
        const std::string wanted = expected.kind == Node::Kind::empty ? "null" : expected.text;
        if (wanted == text_of(found)) return;
        // An instant may be asked in any offset.
        const auto at = parse_instant(wanted);
        const auto is = parse_instant(text_of(found));
        if (at && is && *at == *is) return;
        say(path, "expected `" + wanted + "`, found `" + text_of(found) + "`");
    }

    std::vector<std::string> differences;

private:
    void say(const std::string& path, const std::string& what) {
        differences.push_back(path.empty() ? what : path + ": " + what);
    }

    void mapping(const Node& expected, const json::value& found, const std::string& path) {
        if (!found.is_object()) return say(path, "expected a mapping, found " + text_of(found));
        for (const auto& entry : expected.entries) {
            const std::string at = path.empty() ? entry.key.text : path + "." + entry.key.text;
            const json::value* value = found.as_object().if_contains(entry.key.text);
            if (value == nullptr && entry.value.kind == Node::Kind::empty) continue;
            if (value == nullptr)
                say(at, "is missing in " + json::serialize(found));
            else
                this->value(entry.value, *value, at);
        }
    }

    void list(const Node& expected, const json::value& found, const std::string& path) {
        if (found.is_object()) {  // a list of names of a mapping
            for (const Node& item : expected.items)
                if (!found.as_object().contains(item.text))
                    say(path, "`" + item.text + "` is missing");
            return;
        }
        if (!found.is_array()) return say(path, "expected a list, found " + text_of(found));
        const json::array& items = found.as_array();
        if (expected.items.empty() && !items.empty())
            return say(path, "expected nothing, found " + json::serialize(found));
        for (std::size_t i = 0; i < expected.items.size(); ++i) {
            const std::string at = path + "[" + std::to_string(i + 1) + "]";
            if (prefix_) {
                if (i >= items.size())
                    say(at, "is missing");
                else
                    value(expected.items[i], items[i], at);
                continue;
            }
            const bool somewhere = std::any_of(items.begin(), items.end(), [&](const auto& item) {
                Comparison inner{prefix_};
                inner.value(expected.items[i], item, "");
                return inner.differences.empty();
            });
            if (!somewhere) say(at, "is not among " + json::serialize(found));
        }
    }

    bool prefix_;
};

}  // namespace

std::vector<std::string> compare(const Node& expected, const json::value& found, bool prefix) {
    Comparison comparison{prefix};
    comparison.value(expected, found, "");
    return comparison.differences;
}

}  // namespace dutylog::scenario
