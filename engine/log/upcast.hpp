#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "engine/log/archive.hpp"
#include "engine/log/json_writer.hpp"

namespace dutylog::log {

/// A stored event of a type or a schema version that this build does not know.
class UnknownEvent : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A stored shape: `type` is its name in the log, `schema` its version. Both are frozen.
template <class E>
concept StoredShape = requires {
    { E::type } -> std::convertible_to<std::string_view>;
    { E::schema } -> std::convertible_to<std::uint16_t>;
};

/// An older shape names the one after it, `using next = …`, and `upcast(old)` leads there.
template <class E>
concept OldShape = StoredShape<E> && requires { typename E::next; };

namespace detail {

/// The current shape at the end of the chain.
template <class E>
auto latest(E event) {
    if constexpr (OldShape<E>) {
        using Next = typename E::next;
        static_assert(Next::type == E::type, "an upcast keeps the type");
        static_assert(Next::schema > E::schema, "an upcast leads to a later schema");
        return latest<Next>(upcast(std::move(event)));
    } else {
        return event;
    }
}

template <class... Kept>
struct Shapes {
    using Variant = std::variant<Kept...>;
    template <class E>
    using With = Shapes<Kept..., E>;
};

/// The shapes without a successor, in the order given.
template <class Kept, class... Rest>
struct CurrentOf {
    using type = typename Kept::Variant;
};
template <class Kept, class E, class... Rest>
struct CurrentOf<Kept, E, Rest...> {
    using type =
        typename CurrentOf<std::conditional_t<OldShape<E>, Kept, typename Kept::template With<E>>,
                           Rest...>::type;
};

/// FNV-1a, with the schema mixed in.
constexpr std::uint64_t hash_of(std::string_view type, std::uint16_t schema) {
    std::uint64_t hash = 14695981039346656037ULL ^ schema;
    for (const char letter : type)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
    return hash ^ (hash >> 29);
}

}  // namespace detail

/// Turns the bytes of a stored event into the current struct, and back. `Shapes` are all stored
/// shapes that were ever written, old ones too; `Event` is the variant of the current ones, in the
/// order given. Finding the decoder is one look into a table made at compile time.
template <class... Shapes>
class Codec {
    static_assert((StoredShape<Shapes> && ...), "every shape has a type and a schema");

public:
    using Event = typename detail::CurrentOf<detail::Shapes<>, Shapes...>::type;

    /// @throws UnknownEvent  the type, or this schema of it, is not among the shapes
    /// @throws DecodeError   the bytes are not that shape; the message names it
    static Event decode(std::string_view type, std::uint16_t schema, BytesView bytes,
                        const ArchiveLimits& limits = {}) {
        const Entry* entry = find(type, schema);
        if (entry == nullptr) throw UnknownEvent{unknown(type, schema)};
        return entry->decode(bytes, limits);
    }

    static bool knows(std::string_view type, std::uint16_t schema) {
        return find(type, schema) != nullptr;
    }

    static Bytes encode(const Event& event) {
        return std::visit([](const auto& e) { return to_bytes(e); }, event);
    }
    static std::string_view type_of(const Event& event) {
        return std::visit([](const auto& e) { return std::string_view{e.type}; }, event);
    }
    static std::uint16_t schema_of(const Event& event) {
        return std::visit([](const auto& e) { return std::uint16_t{e.schema}; }, event);
    }
    static boost::json::value to_json(const Event& event) {
        return std::visit([](const auto& e) { return json_of(e); }, event);
    }

private:
    struct Entry {
        std::string_view type;
        std::uint16_t schema = 0;
        Event (*decode)(BytesView, const ArchiveLimits&) = nullptr;
    };

    static constexpr std::size_t slots = std::bit_ceil(2 * sizeof...(Shapes) + 1);

    template <class E>
    static Event decode_as(BytesView bytes, const ArchiveLimits& limits) {
        try {
            return Event{detail::latest(from_bytes<E>(bytes, limits))};
        } catch (const DecodeError& error) {
            throw DecodeError{
                std::string{E::type} + " schema " + std::to_string(E::schema) + ": " + error.what(),
                error};
        }
    }

    static constexpr std::array<Entry, slots> table = [] {
        std::array<Entry, slots> made{};
        const auto put = [&](Entry entry) {
            std::size_t at = detail::hash_of(entry.type, entry.schema) % slots;
            // Asked of the name: g++ 12 with sanitizers cannot compare a function's address here.
            while (!made[at].type.empty()) {
                if (made[at].type == entry.type && made[at].schema == entry.schema)
                    throw "two shapes have the same type and schema";
                at = (at + 1) % slots;
            }
            made[at] = entry;
        };
        (put({Shapes::type, Shapes::schema, &decode_as<Shapes>}), ...);
        return made;
    }();

    static const Entry* find(std::string_view type, std::uint16_t schema) {
        for (std::size_t at = detail::hash_of(type, schema) % slots; table[at].decode != nullptr;
             at = (at + 1) % slots)
            if (table[at].schema == schema && table[at].type == type) return &table[at];
        return nullptr;
    }

    static std::string unknown(std::string_view type, std::uint16_t schema) {
        std::string known;
        const auto add = [&](std::string_view of, std::uint16_t version) {
            if (of == type) known += (known.empty() ? "" : ", ") + std::to_string(version);
        };
        (add(Shapes::type, Shapes::schema), ...);
        const std::string name{type};
        return known.empty() ? "expected a known event type, found " + name
                             : "expected schema " + known + " of " + name + ", found " +
                                   std::to_string(schema);
    }
};

/// The same, from the room's own variant of current events and the old shapes beside it.
template <class... Current, class... Old>
class Codec<std::variant<Current...>, Old...> : public Codec<Current..., Old...> {};

}  // namespace dutylog::log
