#pragma once

#include <string>
#include <vector>

#include "adapters/cli/console.hpp"
#include "engine/definition/model.hpp"
#include "engine/log/envelope.hpp"
#include "engine/pdca/events.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::cli {

/// How much a reader of a story cares about an event.
enum class Weight : unsigned char {
    headline,     ///< from outside, or a breach
    consequence,  ///< what followed from it: a date, an owner, a notice
    detail,       ///< how the machine got there
};

/// One event in one sentence, in the reader's language.
struct Told {
    Weight weight = Weight::detail;
    Tone tone = Tone::plain;
    std::string mark;   ///< one column: `✗` a breach, `✓` met, `!` refused …
    std::string about;  ///< the duty it is about; may be empty
    std::string text;
};

/// Puts events into words, with the titles that the library in force gives to duties, steps, facts
/// and roles. The world must live as long as the narrator.
class Narrator {
public:
    Narrator(const pdca::World& world, Language language) : world_{world}, language_{language} {}

    Told tell(const pdca::Event& event, const log::Envelope& envelope) const;
    /// `Preventive maintenance, EF-07: due 2025-12-05`
    std::string sentence(const Told& told) const;

    /// A person by name in Chinese; by id where the name is not in the reader's letters.
    std::string person(const std::string& id) const;
    std::string subject(const Reference& id) const;
    std::string role(const std::string& id) const;
    /// The title of a definition; its id where it is not in force.
    std::string duty(const std::string& definition) const;
    /// `Preventive maintenance, EF-07` of a duty's stream.
    std::string duty(const StreamId& stream) const;
    std::string step(const StreamId& stream, const std::string& id) const;
    std::string fact(const std::string& type) const;
    /// `hazard benzene, value 1.6 mg/m3`
    std::string values(const std::string& fact, const Value& value) const;
    /// `OB-072 职业病防治法 第25条`: an obligation with the rule the definition cites for it.
    std::string basis(const std::string& definition, const std::string& obligation) const;
    /// What a closed gate or a flag says.
    std::string gate(const pdca::GateClosed& said) const;
    std::string dates(const pdca::Deadline& deadline) const;
    std::string people(const std::vector<pdca::Recipient>& to) const;
    std::string day(CivilDate date) const;
    CivilDate local_day(Instant at) const;
    /// `09:00`
    std::string time_of_day(Instant at) const;
    /// The definition behind a duty's stream; null where it is not in force.
    const definition::Definition* definition_of(const StreamId& stream) const;

    const pdca::World& world() const { return world_; }
    /// The keys whoever asks may use; null for none.
    const log::KeyRing* keys() const { return world_.unsealing.keys; }
    Language language() const { return language_; }

    /// The same words in both languages, the reader's chosen.
    template <class... Arguments>
    std::string say(std::string_view en, std::string_view zh_cn,
                    const Arguments&... arguments) const {
        return fmt::format(fmt::runtime(language_ == Language::en ? en : zh_cn), arguments...);
    }

private:
    const pdca::World& world_;
    Language language_;
};

/// The cycle an event of a duty belongs to; 0 for events without one.
pdca::CycleNumber cycle_of(const pdca::Event& event);

/// Our words for the stable words of answers: `overdue`, `acknowledged`, `doing` …
std::string word_for(const std::string& word, Language language);

}  // namespace dutylog::cli
