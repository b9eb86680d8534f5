#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/digest.hpp"

namespace dutylog::sqlite {

/// One thing in the database that is not as it must be.
struct Finding {
    std::string table;  ///< `database` and `checkpoint` for what is no table
    std::string row;    ///< its key; empty where the whole table is meant
    std::string part;   ///< the column or the property
    std::string expected;
    std::string found;
    friend bool operator==(const Finding&, const Finding&) = default;
};

/// `event 7, payload: expected …, found …`
std::string to_string(const Finding& finding);

/// Collects findings up to a limit: a log that was overwritten has one in every row.
class Findings {
public:
    static constexpr std::size_t kept_max = 1000;

    void add(Finding finding) {
        if (list_.size() < kept_max) list_.push_back(std::move(finding));
        ++count_;
    }
    /// Adds a finding where the two differ.
    /// @param row  a number or a text
    template <class Row, class T>
    bool expect_equal(const char* table, const Row& row, const char* part, const T& expected,
                      const T& found) {
        if (expected == found) return true;
        add({table, text_of(row), part, text_of(expected), text_of(found)});
        return false;
    }
    bool is_full() const { return list_.size() >= kept_max; }
    std::size_t count() const { return count_; }
    std::vector<Finding> take() { return std::move(list_); }
    void add_all(std::vector<Finding> findings) {
        for (Finding& finding : findings) add(std::move(finding));
    }

private:
    static std::string text_of(std::string_view text) { return std::string{text}; }
    static std::string text_of(const Digest& digest) { return to_hex(digest); }
    static std::string text_of(const Bytes& bytes) { return to_hex(bytes); }
    template <std::integral T>
    static std::string text_of(T number) {
        return std::to_string(number);
    }

    std::vector<Finding> list_;
    std::size_t count_ = 0;
};

}  // namespace dutylog::sqlite
