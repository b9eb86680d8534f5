#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/core/digest.hpp"
#include "engine/core/period.hpp"
#include "engine/core/text.hpp"
#include "engine/core/value.hpp"
#include "engine/rule/environment.hpp"

/// What a library declares, checked: every name used in it exists and fits.
namespace dutylog::definition {

/// A kind of subject: worker, post, asset, site, employer … `parent` is the kind it lives in.
struct SubjectKind {
    std::string id;
    std::string parent;
    bool person = false;  ///< its name and contacts are sealed
    Text title;
    std::map<std::string, rule::ExpressionPtr> derived;  ///< field → expression over the subject
};

struct FieldSpec {
    std::string id;
    rule::Type type;
    bool required = false;
    std::string confidential;  ///< permission that may read it, e.g. `medical`; empty: everyone
    Text title;
};

enum class Keep : std::uint8_t { latest, latest_by, all };

/// A type of dated statement about a subject. An act (`enter_post`) is one that gates can refuse.
struct FactType {
    std::string id;
    std::string of;  ///< subject kind
    Keep keep = Keep::all;
    std::string key;     ///< with latest_by: the field that tells entries apart
    std::string access;  ///< name in expressions: `worker.exposures`
    bool act = false;
    Text title;
    std::vector<FieldSpec> fields;
    Digest hash;  ///< of its canonical form; stored with each value
};

struct Role {
    std::string id;
    std::string scope;       ///< subject kind whose holder is meant; empty: the employer
    bool principal = false;  ///< the person in charge, who stands in for every vacancy
    Text title;
};

/// One reminder or escalation: so long before the nominal or after the effective date, to these
/// roles.
struct Rung {
    Period period;  ///< 0 days: on the due date itself
    bool before = true;
    std::vector<std::string> tell;  ///< role ids, or `owner`, `head`, `accountable`, `informed`
};

struct Ladder {
    std::string id;
    std::vector<Rung> rungs;  ///< in order of time
};

struct Library {
    std::string id;
    Text title;
    std::string zone;
    std::string calendar;
    std::vector<std::string> units;
    std::map<std::string, SubjectKind> kinds;
    std::map<std::string, FactType> facts;
    std::map<std::string, Role> roles;
    std::map<std::string, Ladder> ladders;
    /// How often one person may be urged about one step in a working day.
    std::uint16_t urges_per_working_day = 1;
    std::map<std::string, rule::Function> functions;
    std::map<std::string, std::vector<std::string>> enumerations;
    std::string canonical;
    Digest version;  ///< SHA-256 of `canonical`
};

/// A table of a standard. Key cells match exactly, `any` matches everything, an empty cell matches
/// none; a band matches from (inclusive) to (exclusive), where no further columns say otherwise,
/// and an empty end is open. Every row may have `valid_from` and `valid_to`.
/// @see find_row in table_lookup.hpp
struct Table {
    struct Key {
        std::string column;  ///< empty for a band
        std::string band_from;
        std::string band_to;
        std::string from_included;  ///< columns of a truth; empty where the table has none
        std::string to_included;
        std::string name;  ///< as the table's legend calls it
        rule::Type type;   ///< of what is looked up
    };
    std::string id;
    Text title;
    std::vector<Key> keys;
    std::vector<std::string> columns;
    std::vector<rule::Type> types;  ///< of the columns
    std::vector<Record> rows;       ///< cells by column; numbers, periods, quantities, dates typed
    std::vector<std::uint32_t> lines;  ///< of the rows, in the file
    std::string canonical;
    Digest hash;  ///< SHA-256 of `canonical`
};

}  // namespace dutylog::definition
