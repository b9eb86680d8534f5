#include <boost/json.hpp>

#include "adapters/cli/command_fields.hpp"
#include "adapters/cli/command_json.hpp"
#include "adapters/cli/value_json.hpp"
#include "engine/history/words.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

/// Puts a command into an object; what is empty is left out.
class Writing {
public:
    explicit Writing(json::object& into) : into_{into} {}

    void text(std::string_view key, const std::string& text, Need) {
        if (!text.empty()) into_[key] = text;
    }
    void person(std::string_view key, const ActorId& person, Need need) {
        text(key, person.str(), need);
    }
    void texts(std::string_view key, const std::vector<std::string>& texts, Need) {
        if (!texts.empty()) into_[key] = json::array(texts.begin(), texts.end());
    }
    void cycle(std::string_view key, CycleNumber cycle) {
        if (cycle != 0) into_[key] = cycle;
    }
    void position(std::string_view key, std::uint64_t position, Need need) {
        if (position != 0 || need == Need::required) into_[key] = position;
    }
    void positions(std::string_view key, const std::vector<Position>& positions) {
        into_[key] = json::array(positions.begin(), positions.end());
    }
    void truth(std::string_view key, bool truth, Need need) {
        if (truth || need == Need::required) into_[key] = truth;
    }
    void date(std::string_view key, CivilDate date, Need need) {
        if (date != CivilDate{} || need == Need::required) into_[key] = to_string(date);
    }
    void instant(std::string_view key, Instant at) { into_[key] = to_string(at); }
    void digest(std::string_view key, const Digest& digest, Need need) {
        if (need == Need::required || digest != Digest{}) into_[key] = to_hex(digest);
    }
    void delivery(std::string_view key, Delivery delivery) {
        into_[key] = history::word_of(delivery);
    }
    void subject(std::string_view key, const Reference& subject, Need) {
        if (!subject.empty()) into_[key] = subject.kind + "/" + subject.id;
    }
    void new_subject(std::string_view key, const Reference& id, std::string_view parent_key,
                     const Reference& parent) {
        subject(key, id, Need::required);
        subject(parent_key, parent, Need::optional);
    }
    void name(std::string_view key, const Value& name) {
        if (!name.is_none()) into_[key] = plain_json(name);
    }
    void words(std::string_view key, const Value& words) { name(key, words); }
    void fact(std::string_view key, const std::string& fact, std::string_view of_key,
              const Reference& of, std::string_view value_key, const Value& value) {
        into_[key] = fact;
        subject(of_key, of, Need::required);
        form(value_key, {}, {}, value);
    }
    void duty(std::string_view key, std::string_view, const StreamId& duty) {
        into_[key] = duty.str();
    }
    void form(std::string_view key, const StreamId&, const std::string&, const Value& form) {
        const auto* record = form.as<Record>();
        if (record != nullptr && !record->empty()) into_[key] = plain_json(form);
    }

private:
    json::object& into_;
};

}  // namespace

json::object command_to_json(const Command& command, const Meta& meta) {
    json::object object{{"command", name_of(command)}};
    Writing writing{object};
    writing.text("id", meta.id.str(), Need::optional);
    writing.person("by", meta.actor, Need::optional);
    writing.person("on_behalf_of", meta.on_behalf_of, Need::optional);
    if (meta.effective.precision == Precision::date)
        object["at"] = to_string(meta.effective.date);
    else if (meta.effective.precision == Precision::unknown)
        object["at"] = "unknown";
    else if (meta.effective.precision == Precision::range)
        object["at"] = json::object{{"from", to_string(meta.effective.at)},
                                    {"to", to_string(meta.effective.until)}};
    else
        object["at"] = to_string(meta.effective.at);
    writing.text("because", meta.late_reason, Need::optional);
    Command copy = command;  // the list of fields serves reading as well, so it wants to change
    std::visit([&](auto& order) { list_fields(writing, order); }, copy);
    return object;
}

}  // namespace dutylog::cli
