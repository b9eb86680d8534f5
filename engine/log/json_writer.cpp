#include "engine/log/json_writer.hpp"

#include "engine/log/base64.hpp"

namespace dutylog::log {

namespace {

namespace json = boost::json;

constexpr std::string_view precision_names[] = {"instant", "date", "range", "unknown"};

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};

json::value text(const std::string& text) { return json::string{text}; }

}  // namespace

json::value to_json(const Bytes& bytes) { return text(to_base64(bytes)); }
json::value to_json(const Digest& digest) { return text(to_hex(digest)); }
json::value to_json(Decimal number) { return text(to_string(number)); }
json::value to_json(CivilDate date) { return text(to_string(date)); }
json::value to_json(Instant at) { return text(to_string(at)); }
json::value to_json(Period period) { return text(to_string(period)); }

json::value to_json(const Text& words) {
    return json::object{{"zh_cn", text(words.zh_cn)}, {"en", text(words.en)}};
}

json::value to_json(const Effective& effective) {
    json::object object{
        {"precision", precision_names[static_cast<std::size_t>(effective.precision) & 3]},
        {"at", to_json(effective.at)}};
    if (effective.precision != Precision::unknown) object["date"] = to_json(effective.date);
    if (effective.until != effective.at) object["until"] = to_json(effective.until);
    if (!effective.zone.empty()) object["zone"] = text(effective.zone);
    return object;
}

json::value to_json(const Quantity& quantity) {
    return json::object{{"amount", to_json(quantity.amount)}, {"unit", text(quantity.unit)}};
}

json::value to_json(const Reference& reference) {
    return json::object{{"kind", text(reference.kind)}, {"id", text(reference.id)}};
}

json::value to_json(const Sealed& sealed) {
    return json::object{{"key", text(sealed.key)},
                        {"nonce", to_json(sealed.nonce)},
                        {"ciphertext", to_json(sealed.ciphertext)}};
}

/// A field whose own name begins with `$` gets a second one, so that it is not taken for a kind.
json::value to_json(const Record& record) {
    json::object object;
    for (const Field& field : record.fields())
        object[field.name.starts_with('$') ? "$" + field.name : field.name] = to_json(field.value);
    return object;
}

json::value to_json(const Value& value) {
    const auto kind = [](std::string_view name, const auto& content) {
        return json::value(json::object{{name, to_json(content)}});
    };
    return std::visit(Overloaded{
                          [](std::monostate) { return json::value(nullptr); },
                          [](bool truth) { return json::value(truth); },
                          [](std::int64_t whole) { return json::value(whole); },
                          [](const std::string& words) { return text(words); },
                          [](const List& list) { return detail::list_of(list); },
                          [](const Record& record) { return to_json(record); },
                          [&](Decimal number) { return kind("$decimal", number); },
                          [&](const Quantity& quantity) { return kind("$quantity", quantity); },
                          [&](CivilDate date) { return kind("$date", date); },
                          [&](Instant at) { return kind("$instant", at); },
                          [&](Period period) { return kind("$period", period); },
                          [&](const Reference& reference) { return kind("$reference", reference); },
                          [&](const Sealed& sealed) { return kind("$sealed", sealed); },
                      },
                      value.data());
}

}  // namespace dutylog::log
