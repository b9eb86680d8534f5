#include "adapters/server/text_difference.hpp"

#include <boost/json/object.hpp>
#include <cstdint>
#include <vector>

namespace dutylog::server {

namespace json = boost::json;

namespace {

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

/// Lengths of the longest common subsequences of the rests, row after row.
class Common {
public:
    Common(const Lines& a, const Lines& b) : width_{b.size() + 1}, cells_((a.size() + 1) * width_) {
        for (std::size_t i = a.size(); i-- > 0;)
            for (std::size_t j = b.size(); j-- > 0;)
                cell(i, j) = a[i] == b[j] ? static_cast<std::uint16_t>(at(i + 1, j + 1) + 1)
                                          : std::max(at(i + 1, j), at(i, j + 1));
    }
    std::uint16_t at(std::size_t i, std::size_t j) const { return cells_[i * width_ + j]; }

private:
    std::uint16_t& cell(std::size_t i, std::size_t j) { return cells_[i * width_ + j]; }

    std::size_t width_;
    std::vector<std::uint16_t> cells_;
};

class Writing {
public:
    json::array lines;

    void add(const char* mark, std::string_view text) {
        lines.push_back(json::object{{"line", mark}, {"text", text}});
    }
    void add_all(const char* mark, const Lines& some) {
        for (const std::string_view text : some) add(mark, text);
    }
    void add_changes(const Lines& a, const Lines& b) {
        if (a.size() > lines_max || b.size() > lines_max) {
            add_all("-", a);
            return add_all("+", b);
        }
        const Common common{a, b};
        std::size_t i = 0;
        std::size_t j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a[i] == b[j]) {
                add(" ", a[i]);
                ++i;
                ++j;
            } else if (j == b.size() ||
                       (i < a.size() && common.at(i + 1, j) >= common.at(i, j + 1))) {
                add("-", a[i++]);
            } else {
                add("+", b[j++]);
            }
        }
    }
};

}  // namespace

json::array text_difference(std::string_view before, std::string_view after) {
    Lines a = lines_of(before);
    Lines b = lines_of(after);
    std::size_t head = 0;
    while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
    std::size_t tail = 0;
    while (tail < a.size() - head && tail < b.size() - head &&
           a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    const auto middle = [&](const Lines& all) {
        return Lines{all.begin() + static_cast<std::ptrdiff_t>(head),
                     all.end() - static_cast<std::ptrdiff_t>(tail)};
    };
    Writing writing;
    writing.add_all(" ", {a.begin(), a.begin() + static_cast<std::ptrdiff_t>(head)});
    writing.add_changes(middle(a), middle(b));
    writing.add_all(" ", {a.end() - static_cast<std::ptrdiff_t>(tail), a.end()});
    return writing.lines;
}

}  // namespace dutylog::server
