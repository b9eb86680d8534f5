#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/channels/answers.hpp"
#include "adapters/channels/http.hpp"
#include "engine/core/rejection.hpp"
#include "engine/notice/message.hpp"

/// Any other gateway: configured, not coded.
namespace dutylog::channels {

/// Text with `{{name}}` in it.
class Template {
public:
    enum class Escape : std::uint8_t { none, json, form, xml };
    static constexpr std::size_t bytes_max = 16'384;

    /// @param names  what may stand between the braces
    /// @returns a rejection `template` for an unknown name, or braces that do not close
    static Result<Template> parse(std::string_view text, const std::vector<std::string>& names);
    /// Every value is escaped, so that none ends the text around it.
    std::string filled(const std::map<std::string, std::string>& values, Escape escape) const;

private:
    struct Piece {
        std::string text;
        std::string name;  ///< comes after the text; empty at the end
    };
    std::vector<Piece> pieces_;
};

/// What an answer must say to be a success: `status == 200 && body.code == "0"`. Terms are
/// `status`, `body` (the whole text) and `body.a.b` (a member of JSON); `==` and `!=` compare,
/// `contains` searches; all parts must hold.
class SuccessRule {
public:
    static constexpr std::size_t bytes_max = 1'024;

    /// @returns a rejection `success_rule` that says what was expected and where
    static Result<SuccessRule> parse(std::string_view text);
    bool holds(const HttpAnswer& answer) const;

private:
    enum class Operator : std::uint8_t { equal, unequal, contains };
    struct Part {
        std::string term;  ///< `status`, `body`, or the path behind `body.`
        bool member = false;
        Operator op = Operator::equal;
        std::variant<std::int64_t, std::string> value;
    };
    static bool holds(const Part& part, const HttpAnswer& answer);

    std::vector<Part> parts_;
};

struct SmsGateway {
    std::string method = "POST";
    notice::Secret url;
    std::vector<Header> headers{};  ///< as they are sent: `Authorization` and the like
    Template body{};
    Template::Escape escape = Template::Escape::json;
    SuccessRule success;
};

/// The names that the body of a gateway may use.
const std::vector<std::string>& sms_value_names();

HttpRequest gateway_request(const SmsGateway& gateway, const std::string& mobile,
                            const notice::Message& message);
/// What is no success is tried again by the schedule; 401 and 403 need a person.
Outcome judge_gateway(const SmsGateway& gateway, const HttpAnswer& answer);

}  // namespace dutylog::channels
