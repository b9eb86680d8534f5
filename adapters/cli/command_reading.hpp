#pragma once

#include <boost/json.hpp>
#include <charconv>
#include <optional>
#include <set>

#include "adapters/cli/command_fields.hpp"
#include "adapters/cli/command_json.hpp"

namespace dutylog::cli {

/// Fills a command from an object, key by key (see `list_fields`). The first problem stops it: it
/// is kept, and what is read after it is of no use.
class Reading {
public:
    Reading(const boost::json::object& object, const World& world)
        : object_{object}, world_{world} {}

    std::optional<CommandProblem> problem;

    const boost::json::value* take(std::string_view key, Need need);
    std::string take_text(std::string_view key, Need need);
    void text(std::string_view key, std::string& into, Need need) { into = take_text(key, need); }
    void person(std::string_view key, ActorId& into, Need need);
    void texts(std::string_view key, std::vector<std::string>& into, Need need);

    template <class Number>
    void number(std::string_view key, Number& into, Need need) {
        const std::string digits = take_text(key, need);
        if (digits.empty()) return;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), into);
        if (error != std::errc{} || end != digits.data() + digits.size())
            fail_at(key, {"a whole number, not negative", "非负整数"}, boost::json::value(digits));
    }
    void cycle(std::string_view key, CycleNumber& into) { number(key, into, Need::optional); }
    void position(std::string_view key, std::uint64_t& into, Need need) { number(key, into, need); }

    void positions(std::string_view key, std::vector<Position>& into);
    void truth(std::string_view key, bool& into, Need need);
    void date(std::string_view key, CivilDate& into, Need need);
    void instant(std::string_view key, Instant& into);
    void digest(std::string_view key, Digest& into, Need need);
    void delivery(std::string_view key, Delivery& into);
    void subject(std::string_view key, Reference& into, Need need);
    void new_subject(std::string_view key, Reference& into, std::string_view parent_key,
                     Reference& parent);
    void name(std::string_view key, Value& into);
    void words(std::string_view key, Value& into);
    void fact(std::string_view key, std::string& fact, std::string_view of_key, Reference& of,
              std::string_view value_key, Value& value);
    void duty(std::string_view key, std::string_view of_key, StreamId& into);
    void form(std::string_view key, const StreamId& duty, const std::string& step, Value& into);

    /// Keys that nothing asked for.
    void refuse_others(const std::string& command);
    void fail(std::string_view key, Phrase words);

private:
    void fail_at(std::string_view key, const Phrase& wanted, const boost::json::value& found);
    void fail_under(std::string_view key, const Phrase& message);
    void find(std::string_view key, const std::string& written, const std::string& kind,
              Reference& into);
    Phrase unknown_fact(std::string_view key, const std::string& fact) const;
    const definition::Step* step_of(const StreamId& stream, const std::string& step) const;

    const boost::json::object& object_;
    const World& world_;
    std::set<std::string> used_;
};

}  // namespace dutylog::cli
