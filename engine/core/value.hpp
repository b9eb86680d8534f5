#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/core/civil_date.hpp"
#include "engine/core/decimal.hpp"
#include "engine/core/digest.hpp"
#include "engine/core/instant.hpp"
#include "engine/core/period.hpp"

namespace dutylog {

/// A measured amount: `1.2 mg/m3`, `0.6 m/s`. The unit is kept as the library spells it.
struct Quantity {
    Decimal amount;
    std::string unit;
    friend bool operator==(const Quantity&, const Quantity&) = default;
};

/// Points at a subject: kind (`worker`, `asset`) and id.
struct Reference {
    std::string kind;
    std::string id;
    friend auto operator<=>(const Reference&, const Reference&) = default;
    bool empty() const { return id.empty(); }
};

/// A personal field as stored: readable only with the person's key. Equality and hashes are over
/// the ciphertext, so erasing the key changes neither proofs nor state hashes.
struct Sealed {
    std::string key;   ///< id of the person's key
    Bytes nonce;       ///< came in with the command
    Bytes ciphertext;  ///< AES-256-GCM with its tag
    friend bool operator==(const Sealed&, const Sealed&) = default;
};

class Value;
struct Field;
using List = std::vector<Value>;

/// Named values, sorted by name; a name stands once. `Record::of` sorts.
class Record {
public:
    Record() = default;
    static Record of(std::vector<Field> fields);

    const Value* find(std::string_view name) const;
    void set(std::string_view name, Value value);
    const std::vector<Field>& fields() const { return fields_; }
    std::vector<Field>& fields() { return fields_; }
    bool empty() const;
    friend bool operator==(const Record&, const Record&);

private:
    std::vector<Field> fields_;
};

/// One value of library data: what a fact, a form or a measurement holds.
class Value {
public:
    using Variant = std::variant<std::monostate, bool, std::int64_t, Decimal, Quantity, std::string,
                                 CivilDate, Instant, Period, Reference, List, Record, Sealed>;

    Value() = default;  ///< none
    template <class T>
        requires std::is_constructible_v<Variant, T> && (!std::is_same_v<std::decay_t<T>, Value>)
    Value(T value) : data_{std::move(value)} {}  // NOLINT: a Value stands for what it holds
    Value(const char* text);                     // NOLINT
    Value(std::string_view text);                // NOLINT
    Value(int whole);                            // NOLINT

    bool is_none() const { return std::holds_alternative<std::monostate>(data_); }
    template <class T>
    const T* as() const {
        return std::get_if<T>(&data_);
    }
    template <class T>
    T* as() {
        return std::get_if<T>(&data_);
    }
    const Variant& data() const { return data_; }
    Variant& data() { return data_; }
    /// The field of a record; none for anything else. The reference lives as long as this value.
    const Value& operator[](std::string_view field) const;

    friend bool operator==(const Value&, const Value&) = default;

private:
    Variant data_;
};

struct Field {
    std::string name;
    Value value;
    friend bool operator==(const Field&, const Field&) = default;
};

// Defined here because a variant of records can be made only once Field is complete.
inline Value::Value(const char* text) : data_{std::string{text}} {}
inline Value::Value(std::string_view text) : data_{std::string{text}} {}
inline Value::Value(int whole) : data_{std::int64_t{whole}} {}
inline bool operator==(const Record& a, const Record& b) { return a.fields_ == b.fields_; }
inline bool Record::empty() const { return fields_.empty(); }

/// For people and messages: `1.2 mg/m3`, `2025-12-05`, `[a, b]`, `{factor: benzene}`.
std::string to_string(const Value& value);

/// A canonical byte form: one tag byte, then the content, every length as 8 bytes big-endian;
/// records in name order. Equal values, and only those, give equal bytes (docs/format.md).
void append_canonical(std::string& out, const Value& value);
Digest canonical_hash(const Value& value);

/// A total order by canonical bytes, for wherever an order must not depend on arrival.
bool canonical_less(const Value& a, const Value& b);

}  // namespace dutylog
