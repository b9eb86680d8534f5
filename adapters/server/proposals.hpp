#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/definition/source.hpp"
#include "engine/pdca/rules.hpp"

namespace dutylog::server {

/// Changed texts of the library that wait for a second person.
struct Proposal {
    std::string id;
    std::string by;  ///< who proposes it
    std::string label;
    Digest base;                       ///< the bundle it changes
    Digest bundle;                     ///< the bundle it makes
    std::vector<std::string> changed;  ///< paths
    std::vector<definition::SourceFile> files;
    pdca::RulesPtr rules;
};

/// Proposals, kept in memory: a restart forgets them, the log never hears of one that was not
/// approved. Any thread may call it.
class Proposals {
public:
    static constexpr std::size_t most = 32;

    /// @returns false where `most` wait already
    bool add(Proposal proposal);
    std::optional<Proposal> find(const std::string& id) const;
    std::vector<Proposal> all() const;
    /// @returns false where there is none of that id
    bool remove(const std::string& id);

private:
    mutable std::mutex mutex_;
    std::vector<Proposal> waiting_;
};

}  // namespace dutylog::server
