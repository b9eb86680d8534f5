#include "adapters/http/json_body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace dutylog::http {

namespace json = boost::json;
using json::error_code;
using json::string_view;

namespace {

constexpr std::size_t exact_digits_max = 15;

/// Digits of a number between its first and last that are not zero.
std::size_t significant_digits(std::string_view number) {
    std::string digits;
    for (const char c : number.substr(0, number.find_first_of("eE")))
        if (c >= '0' && c <= '9') digits += c;
    const auto first = digits.find_first_not_of('0');
    if (first == std::string::npos) return 0;
    return digits.find_last_not_of('0') - first + 1;
}

/// Builds values as the library's own handler does, and refuses what readers differ about.
class Handler {
public:
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    explicit Handler(const JsonLimits& limits) : limits_{limits} {}

    json::value take() { return stack_.release(); }
    const Text& complaint() const { return complaint_; }
    std::string pointer() const;

    bool on_document_begin(error_code&) {
        stack_.reset();
        return true;
    }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code& error) { return open(true, error); }
    bool on_object_end(std::size_t count, error_code&) {
        stack_.push_object(count);
        return close();
    }
    bool on_array_begin(error_code& error) { return open(false, error); }
    bool on_array_end(std::size_t count, error_code&) {
        stack_.push_array(count);
        return close();
    }
    bool on_key_part(string_view text, std::size_t total, error_code& error) {
        key_.append(text.data(), text.size());
        stack_.push_chars(text);
        return total <= limits_.key_bytes_max || refuse(long_key, error);
    }
    bool on_key(string_view text, std::size_t total, error_code& error);
    bool on_string_part(string_view text, std::size_t total, error_code& error) {
        stack_.push_chars(text);
        return total <= limits_.string_bytes_max || refuse(long_string, error);
    }
    bool on_string(string_view text, std::size_t total, error_code& error) {
        if (total > limits_.string_bytes_max) return refuse(long_string, error);
        stack_.push_string(text);
        return count(error);
    }
    bool on_number_part(string_view text, error_code&) {
        number_.append(text.data(), text.size());
        return true;
    }
    bool on_int64(std::int64_t number, string_view, error_code& error) {
        number_.clear();
        stack_.push_int64(number);
        return count(error);
    }
    bool on_uint64(std::uint64_t number, string_view, error_code& error) {
        number_.clear();
        stack_.push_uint64(number);
        return count(error);
    }
    bool on_double(double number, string_view text, error_code& error) {
        number_.append(text.data(), text.size());
        const bool exact = std::isfinite(number) && significant_digits(number_) <= exact_digits_max;
        number_.clear();
        if (!exact) return refuse(long_number, error);
        stack_.push_double(number);
        return count(error);
    }
    bool on_bool(bool truth, error_code& error) {
        stack_.push_bool(truth);
        return count(error);
    }
    bool on_null(error_code& error) {
        stack_.push_null();
        return count(error);
    }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

private:
    /// Where in the text we are: an object with its names so far, or a list.
    struct Place {
        bool is_object = false;
        std::size_t index = 0;  ///< of a list: values so far
        std::string name;
        std::set<std::string> names;
    };
    static inline const Text long_key{"名称过长", "a name is too long"};
    static inline const Text long_string{"文本过长", "a text is too long"};
    static inline const Text many_values{"值过多", "there are too many values"};
    static inline const Text deep{"嵌套过深", "values are nested too deeply"};
    static inline const Text long_number{"数字超过 15 位有效数字，请写成文本",
                                         "a number has more than 15 digits; write it as a text"};

    bool open(bool is_object, error_code& error) {
        if (++values_ > limits_.values_max) return refuse(many_values, error);
        if (places_.size() == limits_.depth_max) return refuse(deep, error);
        places_.push_back({is_object, 0, {}, {}});
        return true;
    }
    bool close() {
        places_.pop_back();
        if (!places_.empty()) ++places_.back().index;
        return true;
    }
    bool count(error_code& error) {
        if (++values_ > limits_.values_max) return refuse(many_values, error);
        if (!places_.empty()) ++places_.back().index;
        return true;
    }
    bool refuse(const Text& complaint, error_code& error) {
        complaint_ = complaint;
        error = json::error::exception;
        return false;
    }

    JsonLimits limits_;
    json::value_stack stack_;
    std::vector<Place> places_;
    std::string key_;
    std::string number_;
    std::size_t values_ = 0;
    Text complaint_;
};

bool Handler::on_key(string_view text, std::size_t total, error_code& error) {
    if (total > limits_.key_bytes_max) return refuse(long_key, error);
    key_.append(text.data(), text.size());
    stack_.push_key(text);
    Place& object = places_.back();
    object.name = std::exchange(key_, {});
    if (object.names.insert(object.name).second) return true;
    return refuse({"同一名称出现两次", "a name stands twice"}, error);
}

std::string Handler::pointer() const {
    std::string pointer;
    for (const Place& place : places_) {
        pointer += '/';
        if (!place.is_object) {
            pointer += std::to_string(place.index);
            continue;
        }
        for (const char c : place.name)
            if (c == '~' || c == '/')
                pointer += c == '~' ? "~0" : "~1";
            else
                pointer += c;
    }
    return pointer;
}

Text at_place(std::string_view text, std::size_t offset, const Text& complaint) {
    const auto before = text.substr(0, std::min(offset, text.size()));
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto column = before.size() - (before.rfind('\n') + 1) + 1;
    return {fmt::format("第 {} 行第 {} 列：{}。", line, column, complaint.zh_cn),
            fmt::format("Line {}, column {}: {}.", line, column, complaint.en)};
}

Text words_for(const error_code& error, const Handler& handler) {
    if (!handler.complaint().empty()) return handler.complaint();
    if (error == json::error::incomplete) return {"文本未结束", "the text ends too early"};
    if (error == json::error::extra_data)
        return {"其后还有多余内容", "there is more after the value"};
    return {"此处不是有效的 JSON", "this is not JSON (" + error.message() + ")"};
}

}  // namespace

std::expected<json::value, Problem> read_json(std::string_view text, const JsonLimits& limits) {
    json::parse_options options;
    options.max_depth = limits.depth_max + 1;  // the handler complains first, with words
    json::basic_parser<Handler> parser{options, limits};
    error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (!error && read < text.size()) error = json::error::extra_data;
    if (!error) return parser.handler().take();
    const Text words = words_for(error, parser.handler());
    return std::unexpected{
        problem("bad_json", at_place(text, read, words), parser.handler().pointer())};
}

}  // namespace dutylog::http
