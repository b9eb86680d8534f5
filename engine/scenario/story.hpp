#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/definition/source.hpp"
#include "engine/definition/yaml.hpp"

/// A scenario as written: a dated story, questions and expected answers (docs/scenarios.md).
namespace dutylog::scenario {

using definition::Node;

/// One problem of a scenario file, or one thing that went otherwise than it says.
struct Problem {
    std::string file;
    std::uint32_t line = 0;
    std::string message;
};

struct SubjectLine {
    std::string kind;
    std::string id;
    std::string parent;
    std::string name;
    std::uint32_t line = 0;
};

struct RoleLine {
    std::string role;
    std::string person;
    std::string subject;
    std::uint32_t line = 0;
};

struct AssumeLine {
    std::string duty;
    std::string until;  ///< a date, `none`, or empty for ever
    std::string because;
    std::uint32_t line = 0;
};

/// One line of the story; what it does is told by the key that names it.
struct StoryLine {
    std::string verb;    ///< fact, complete, approve, verify, return, finding, request, override …
    std::string object;  ///< what the verb names: fact type, step, act, duty
    std::string id;
    std::string at;
    std::string recorded;
    std::string from;  ///< of a repeated line
    std::string to;
    std::string every;
    std::string by;
    std::string because;
    std::string refused;
    bool flagged = false;
    std::string duty;
    std::string of;
    const Node* node = nullptr;  ///< for the fields of its own
    std::uint32_t line = 0;
};

struct Question {
    std::string ask;
    const Node* node = nullptr;
    std::uint32_t line = 0;
};

struct Scenario {
    std::string id;
    std::string title;
    std::string file;
    std::string library;
    std::string clock;
    std::string end;
    std::vector<SubjectLine> subjects;
    std::vector<RoleLine> roles;
    std::vector<AssumeLine> assumptions;
    std::vector<StoryLine> story;
    std::vector<Question> questions;
    definition::YamlFile yaml;  ///< keeps the nodes alive
    std::string text;
};

/// Limits of a scenario file, beside those of YAML.
struct ScenarioLimits {
    static constexpr std::size_t lines_max = 100'000;  ///< of the story, repeated lines counted
};

/// Reads a scenario; every problem is added to `problems`.
std::unique_ptr<Scenario> read_scenario(const definition::SourceFile& file,
                                        std::vector<Problem>& problems);

/// One line outside the story, as a what-if adds it.
StoryLine read_line(const Scenario& scenario, const Node& node, std::vector<Problem>& problems);

}  // namespace dutylog::scenario
