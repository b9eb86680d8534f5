#pragma once

#include <boost/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "adapters/channels/http.hpp"
#include "engine/notice/outcome.hpp"

/// What all judges of answers share. HTTP 200 is not success on a robot: what is not understood is
/// a failure.
namespace dutylog::channels {

using notice::Outcome;
using notice::Repair;
using notice::Verdict;

/// The JSON object of a body; nothing for any other body, one too long or too deep.
std::optional<boost::json::object> object_in(std::string_view body);
/// The member, where it is a whole number.
std::optional<std::int64_t> whole_in(const boost::json::object& object, std::string_view name);
/// The member, where it is a text; else an empty one.
std::string text_in(const boost::json::object& object, std::string_view name);

/// A code and its words, for people: `errcode 310000: sign not match`, cut to 300 bytes.
std::string detail_of(std::string_view code_name, std::int64_t code, std::string_view words);

Outcome sent(std::string receipt = {});
Outcome rejected(std::string reason, std::string detail);
Outcome broken(std::string reason, std::string detail);
/// It may be taken later, by the schedule.
Outcome later(std::string reason, std::string detail);
/// Half a minute, three times.
Outcome busy(std::string detail);
/// A minute, and ten when it happens again.
Outcome too_many(std::string detail);
/// Once more at once, changed.
Outcome again(Repair repair, std::string reason, std::string detail);

/// What the status alone says; nothing for 200, whose body says more.
std::optional<Outcome> failed_status(const HttpAnswer& answer);
/// The body was not what this service answers with.
Outcome not_understood(const HttpAnswer& answer);

/// The outcome with every secret taken out of its detail: a receiver may repeat what it was sent.
/// For the last step before an outcome is kept or shown.
Outcome redacted(Outcome outcome, std::span<const notice::Secret> secrets);

/// Whether `words` stands in `text`, in any case of ASCII letters.
bool mentions(std::string_view text, std::string_view words);

/// An access token, or what came instead of it.
struct Token {
    notice::Secret value;
    Elapsed life{};  ///< it is renewed `token_margin` before it ends
};
inline constexpr Elapsed token_margin = minutes(5);

}  // namespace dutylog::channels
