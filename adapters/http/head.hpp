#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dutylog::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options };

/// As on the wire: `GET`, `DELETE`.
std::string_view name_of(Method method);
std::optional<Method> parse_method(std::string_view name);

/// A header field as it came; `name` in lower case, `value` without the blanks around it.
struct Field {
    std::string name;
    std::string value;
};

/// How the body of a request is delimited.
enum class Framing : std::uint8_t { none, length, chunked };

/// A request line and its fields, after the gate: each part has the form RFC 9112 asks for, the
/// framing is beyond doubt, and there is one host.
struct Head {
    Method method = Method::get;
    std::string target;  ///< path and query in origin form, or `*`; still percent-encoded
    std::string host;    ///< in lower case, with its port
    bool version_1_0 = false;
    Framing framing = Framing::none;
    std::uint64_t content_length = 0;  ///< with `Framing::length`
    bool keep_alive = true;
    bool expects_continue = false;
    std::vector<Field> fields;

    /// The first field of this name, which is given in lower case; empty where there is none.
    std::string_view field(std::string_view name) const;
    bool has(std::string_view name) const;
    /// All fields of the name as one list, as RFC 9110 section 5.3 joins them.
    std::string joined(std::string_view name) const;
};

}  // namespace dutylog::http
