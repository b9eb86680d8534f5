#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/core/value.hpp"
#include "engine/rule/expression.hpp"

namespace dutylog::definition {

/// Writes `key: value` lines, two blanks deeper for each level. Words stand in quotes, so that no
/// text can be taken for structure; what is empty is not written.
class CanonicalWriter {
public:
    CanonicalWriter& open(std::string_view key);
    CanonicalWriter& close();
    CanonicalWriter& word(std::string_view key, std::string_view value);  ///< quoted
    CanonicalWriter& plain(std::string_view key, std::string_view value);
    CanonicalWriter& truth(std::string_view key, bool value);  ///< written where it is true
    CanonicalWriter& words(std::string_view key, const std::vector<std::string>& values);
    CanonicalWriter& text(std::string_view key, const Text& value);
    CanonicalWriter& expression(std::string_view key, const rule::ExpressionPtr& value);
    CanonicalWriter& type(std::string_view key, const rule::Type& value);

    std::string take() { return std::move(out_); }

private:
    void start(std::string_view key);

    std::string out_;
    std::size_t depth_ = 0;
};

/// In double quotes, with `\"`, `\\` and `\n`.
std::string quoted(std::string_view text);
/// `12 months`, `"lead"`, `3 mg/m3`, `2025-12-05`, `true`, `1.5`; empty for none.
std::string canonical_value(const Value& value);

}  // namespace dutylog::definition
