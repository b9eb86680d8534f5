#pragma once

#include <cereal/cereal.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "engine/log/value_codec.hpp"

namespace dutylog::golden {

/// Fills every field of a stored shape, through the very list of fields that stores it: each gets a
/// value of its own, every list two elements, every enumeration its last word.
class Filler {
public:
    template <class... Fields>
    void operator()(Fields&&... fields) {
        (take(fields), ...);
    }

private:
    template <class T>
    void take(cereal::NameValuePair<T>& named) {
        fill(named.value);
    }
    template <class T>
    void take(T& field) {
        fill(field);
    }

    void fill(std::string& text) { text = "text " + std::to_string(++count_); }
    void fill(bool& truth) { truth = true; }
    void fill(Value& value) {
        const std::string text = "text " + std::to_string(++count_);
        value = Record::of({{"amount", Quantity{*parse_decimal("1.2"), "mg/m3"}},
                            {"on", CivilDate{20427}},
                            {"sealed", Sealed{"worker/zhang", {1, 2, 3}, {4, 5, 6}}},
                            {"subject", Reference{"worker", "zhang"}},
                            {"words", List{Value{text}, Value{++count_}}}});
    }
    template <class Tag>
    void fill(Id<Tag>& id) {
        id = Id<Tag>{"id-" + std::to_string(++count_)};
    }
    void fill(Digest& digest) { digest = sha256("sample " + std::to_string(++count_)); }
    void fill(Text& text) { text.serialize(*this); }
    template <class T>
    void fill(std::vector<T>& list) {
        list.resize(2);
        for (T& element : list) fill(element);
    }
    template <class T>
    void fill(T& field) {
        if constexpr (std::is_enum_v<T>)
            field = last_of(field);
        else if constexpr (std::is_integral_v<T>)
            field = static_cast<T>(++count_);
        else if constexpr (requires { field.serialize(*this); })
            field.serialize(*this);
        else
            serialize(*this, field);
    }

    int count_ = 0;
};

template <class Event>
Event filled() {
    Event event;
    Filler filler;
    if constexpr (requires { event.serialize(filler); })
        event.serialize(filler);
    else
        serialize(filler, event);
    return event;
}

}  // namespace dutylog::golden
