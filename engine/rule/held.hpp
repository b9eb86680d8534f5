#pragma once

#include <utility>

#include "engine/core/value.hpp"

namespace dutylog::rule {

/// A value on its way through an evaluation: either its own, or one that stays where it is (in the
/// expression, or in a list being walked). So lists and records are looked into without copies.
class Held {
public:
    Held() = default;
    Held(Value value) : own_{std::move(value)} {}  // NOLINT: stands for what it holds
    /// @pre `value` outlives every use
    static Held borrowed(const Value& value) {
        Held held;
        held.borrowed_ = &value;
        return held;
    }

    const Value& get() const { return borrowed_ != nullptr ? *borrowed_ : own_; }
    bool is_borrowed() const { return borrowed_ != nullptr; }
    /// @pre not borrowed
    Value& own() { return own_; }

    bool is_none() const { return get().is_none(); }
    template <class T>
    const T* as() const {
        return get().as<T>();
    }

private:
    const Value* borrowed_ = nullptr;
    Value own_;
};

}  // namespace dutylog::rule
