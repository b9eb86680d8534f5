#include "engine/core/value.hpp"

#include <algorithm>

namespace dutylog {

namespace {

const Value none;

bool by_name(const Field& field, std::string_view name) { return field.name < name; }

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};

void append_number(std::string& out, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift);
}

void append_text(std::string& out, std::string_view text) {
    append_number(out, text.size());
    out += text;
}

void append_bytes(std::string& out, BytesView bytes) {
    append_number(out, bytes.size());
    out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void append_decimal(std::string& out, Decimal number) {
    append_number(out, static_cast<std::uint64_t>(number.mantissa()));
    out += static_cast<char>(number.scale());
}

std::string join(const List& list) {
    std::string text = "[";
    for (const Value& value : list) text += (text.size() > 1 ? ", " : "") + to_string(value);
    return text + "]";
}

std::string join(const Record& record) {
    std::string text = "{";
    for (const Field& field : record.fields())
        text += (text.size() > 1 ? ", " : "") + field.name + ": " + to_string(field.value);
    return text + "}";
}

}  // namespace

Record Record::of(std::vector<Field> fields) {
    Record record;
    for (Field& field : fields) record.set(field.name, std::move(field.value));
    return record;
}

const Value* Record::find(std::string_view name) const {
    const auto at = std::lower_bound(fields_.begin(), fields_.end(), name, by_name);
    return at != fields_.end() && at->name == name ? &at->value : nullptr;
}

void Record::set(std::string_view name, Value value) {
    const auto at = std::lower_bound(fields_.begin(), fields_.end(), name, by_name);
    if (at != fields_.end() && at->name == name)
        at->value = std::move(value);
    else
        fields_.insert(at, Field{std::string{name}, std::move(value)});
}

const Value& Value::operator[](std::string_view field) const {
    const Record* record = as<Record>();
    const Value* found = record == nullptr ? nullptr : record->find(field);
    return found == nullptr ? none : *found;
}

std::string to_string(const Value& value) {
    return std::visit(Overloaded{
                          [](std::monostate) { return std::string{"none"}; },
                          [](bool truth) { return std::string{truth ? "true" : "false"}; },
                          [](std::int64_t whole) { return std::to_string(whole); },
                          [](const Quantity& q) { return to_string(q.amount) + " " + q.unit; },
                          [](const std::string& text) { return text; },
                          [](const Reference& subject) { return subject.id; },
                          [](const List& list) { return join(list); },
                          [](const Record& record) { return join(record); },
                          [](const Sealed&) { return std::string{"(sealed)"}; },
                          [](const auto& simple) { return to_string(simple); },
                      },
                      value.data());
}

void append_canonical(std::string& out, const Value& value) {
    out += static_cast<char>(value.data().index());
    std::visit(
        Overloaded{
            [](std::monostate) {},
            [&](bool truth) { out += truth ? '\1' : '\0'; },
            [&](std::int64_t whole) { append_number(out, static_cast<std::uint64_t>(whole)); },
            [&](Decimal number) { append_decimal(out, number); },
            [&](const Quantity& q) {
                append_decimal(out, q.amount);
                append_text(out, q.unit);
            },
            [&](const std::string& text) { append_text(out, text); },
            [&](CivilDate date) {
                append_number(out, static_cast<std::uint64_t>(std::int64_t{date.days}));
            },
            [&](Instant at) { append_number(out, static_cast<std::uint64_t>(at.micros)); },
            [&](Period period) {
                append_number(out, static_cast<std::uint64_t>(std::int64_t{period.count}));
                out += static_cast<char>(period.unit);
            },
            [&](const Reference& subject) {
                append_text(out, subject.kind);
                append_text(out, subject.id);
            },
            [&](const List& list) {
                append_number(out, list.size());
                for (const Value& item : list) append_canonical(out, item);
            },
            [&](const Record& record) {
                append_number(out, record.fields().size());
                for (const Field& field : record.fields()) {
                    append_text(out, field.name);
                    append_canonical(out, field.value);
                }
            },
            [&](const Sealed& sealed) {
                append_text(out, sealed.key);
                append_bytes(out, sealed.nonce);
                append_bytes(out, sealed.ciphertext);
            },
        },
        value.data());
}

Digest canonical_hash(const Value& value) {
    std::string bytes;
    append_canonical(bytes, value);
    return sha256(bytes);
}

bool canonical_less(const Value& a, const Value& b) {
    std::string left;
    std::string right;
    append_canonical(left, a);
    append_canonical(right, b);
    return left < right;
}

}  // namespace dutylog
