#pragma once

#include <filesystem>
#include <string>

#include "engine/log/signed_note.hpp"

namespace dutylog::cli {

/// The secret key of a log as a line of text: `PRIVATE+KEY+name+id+base64`.
/// @see https://pkg.go.dev/golang.org/x/mod/sumdb/note
std::string to_text(const log::SignerKey& key);

/// @throws Failure  the file does not hold such a line
log::SignerKey read_signer_key(const std::filesystem::path& path);

/// Writes it to a new file that only its owner can read.
/// @throws Failure  the file exists or cannot be written
void write_signer_key(const std::filesystem::path& path, const log::SignerKey& key);

}  // namespace dutylog::cli
