#pragma once

#include <string>
#include <vector>

#include "engine/log/event_store.hpp"

namespace dutylog::server {

/// What is known of the log from outside.
struct KnownCheckpoints {
    std::vector<log::TreeHead> heads;
    std::uint64_t epoch = 0;       ///< the latest that a checkpoint names
    std::uint64_t events_max = 0;  ///< of the checkpoint with most events
    Digest root;                   ///< that it names
    std::string latest;            ///< its file
};

/// Reads checkpoints that were kept.
/// @param key_texts  whose signatures on them count
/// @throws cli::Failure  one of them cannot be believed
KnownCheckpoints read_checkpoints(std::vector<std::string> files,
                                  const std::vector<std::string>& key_texts);

}  // namespace dutylog::server
