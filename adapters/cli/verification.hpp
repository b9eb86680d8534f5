#pragma once

#include <boost/json/array.hpp>
#include <string>
#include <vector>

#include "adapters/cli/command.hpp"
#include "adapters/sqlite/findings.hpp"
#include "engine/log/checkpoint.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::cli {

/// What is to be verified, and against what.
struct VerifyWhat {
    std::string log;
    std::string keys;                   ///< the file of keys; empty: the one beside the log
    std::vector<log::TreeHead> kept{};  ///< of checkpoints that were kept elsewhere
    bool rehearse = false;              ///< also decides everything again
};

struct Verified {
    std::vector<Phrase> problems;  ///< in words; none for a sound log
    std::vector<sqlite::Finding> findings;
    log::TreeHead head;  ///< of a sound log
};

/// Recomputes everything that can be recomputed, and shows how far it has come.
/// @throws Failure  there is no log; StoreError
Verified verify_log(Session& session, const VerifyWhat& what);

/// A checkpoint that was kept in a file, signed or not.
struct KeptCheckpoint {
    log::Checkpoint checkpoint;
    std::vector<Phrase> problems;  ///< of its signature
};
/// @throws Failure  it is no checkpoint
KeptCheckpoint read_checkpoint(const std::string& path, std::span<const log::VerifierKey> known);

/// How a log is called where it has been given no name: `dutylog/EMPLOYER`.
std::string origin_of(const pdca::World& world);

}  // namespace dutylog::cli
