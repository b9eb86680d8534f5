#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/source.hpp"

namespace dutylog::definition {

enum class Severity : std::uint8_t { error, warning };

/// A named part of a message: `{name}` in the template of the catalogue.
struct Argument {
    std::string name;
    std::string value;
    friend bool operator==(const Argument&, const Argument&) = default;
};

/// What a related place is to the problem.
enum class Note : std::uint8_t {
    first_here,     ///< the first of two that clash
    declared_here,  ///< where the thing meant stands
    owner_here,     ///< where the owner is named
    finding_here,   ///< where the finding is made
    other_here,     ///< the other of two that do not fit together
    limit_here,     ///< where the limit comes from
    meant,          ///< what the suggestion names
};

struct Related {
    SourceSpan where;
    Note note = Note::declared_here;
    friend bool operator==(const Related&, const Related&) = default;
};

/// One problem of a text. Its words come from the catalogue, in the reader's language.
/// @see messages.hpp for the words, render.hpp for the looks
struct Diagnostic {
    std::string code;  ///< `DL0104`
    Severity severity = Severity::error;
    SourceSpan where;
    std::vector<Argument> arguments;  ///< `suggestion` brings its own help: did you mean …?
    std::vector<Related> related;

    Diagnostic& with(std::string_view name, std::string_view value);
    Diagnostic& beside(SourceSpan place, Note note);
    const std::string* argument(std::string_view name) const;
    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// Collects the problems of a run.
class Diagnostics {
public:
    /// @param code  one of the catalogue; its severity is taken from there
    Diagnostic& add(std::string_view code, SourceSpan where,
                    std::initializer_list<Argument> arguments = {});

    const std::vector<Diagnostic>& all() const { return all_; }
    std::vector<Diagnostic> take() { return std::move(all_); }
    void assign(std::vector<Diagnostic> all) { all_ = std::move(all); }
    bool has_error() const;
    /// By file, place and code.
    void sort();
    /// Keeps one of equal ones. @pre sorted
    void unite();

private:
    std::vector<Diagnostic> all_;
};

}  // namespace dutylog::definition
