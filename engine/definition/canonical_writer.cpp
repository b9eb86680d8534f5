#include "engine/definition/canonical_writer.hpp"

#include "engine/rule/print.hpp"

namespace dutylog::definition {

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') out += '\\';
        if (letter == '\n')
            out += "\\n";
        else
            out += letter;
    }
    return out + '"';
}

std::string canonical_value(const Value& value) {
    if (value.is_none()) return {};
    if (const auto* text = value.as<std::string>()) return quoted(*text);
    return to_string(value);
}

void CanonicalWriter::start(std::string_view key) {
    out_.append(depth_ * 2, ' ');
    out_ += key;
    out_ += ':';
}

CanonicalWriter& CanonicalWriter::open(std::string_view key) {
    start(key);
    out_ += '\n';
    ++depth_;
    return *this;
}

CanonicalWriter& CanonicalWriter::close() {
    --depth_;
    return *this;
}

CanonicalWriter& CanonicalWriter::word(std::string_view key, std::string_view value) {
    return value.empty() ? *this : plain(key, quoted(value));
}

CanonicalWriter& CanonicalWriter::plain(std::string_view key, std::string_view value) {
    if (value.empty()) return *this;
    start(key);
    out_ += ' ';
    out_ += value;
    out_ += '\n';
    return *this;
}

CanonicalWriter& CanonicalWriter::truth(std::string_view key, bool value) {
    return value ? plain(key, "true") : *this;
}

CanonicalWriter& CanonicalWriter::words(std::string_view key,
                                        const std::vector<std::string>& values) {
    std::string all;
    for (const std::string& value : values) all += (all.empty() ? "" : ", ") + quoted(value);
    return plain(key, all);
}

CanonicalWriter& CanonicalWriter::text(std::string_view key, const Text& value) {
    if (value.empty()) return *this;
    return open(key).word("en", value.en).word("zh-CN", value.zh_cn).close();
}

CanonicalWriter& CanonicalWriter::expression(std::string_view key,
                                             const rule::ExpressionPtr& value) {
    return value == nullptr ? *this : plain(key, rule::print(*value));
}

CanonicalWriter& CanonicalWriter::type(std::string_view key, const rule::Type& value) {
    if (value.kind != rule::Kind::enumeration) {
        rule::Type certain = value;
        certain.optional = false;
        return plain(key, to_string(certain));
    }
    return words(key, value.words);
}

}  // namespace dutylog::definition
