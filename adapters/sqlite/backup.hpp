#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace dutylog::sqlite {

/// Copies the log as it is at one moment, page for page, while a writer may go on writing to it.
/// The copy is durable when this returns.
/// @param to  a file that does not exist yet
/// @param progress  told the pages done and their number, now and then; may be empty
/// @throws DiskFull, StoreError  what there is of the copy is to be removed
void copy_log(const std::string& from, const std::string& to,
              const std::function<void(std::uint64_t done, std::uint64_t all)>& progress = {});

/// Takes away what SQLite leaves beside a log that nobody has open: an empty write-ahead log.
void remove_leftovers(const std::string& path);

/// The epoch of the log: raised each time it is opened for writing.
/// @throws StoreError
std::uint64_t epoch_of(const std::string& path);

/// Begins a new epoch, above its own and above `beyond`, so that no writer of an older copy of the
/// log is taken for the one that goes on. @returns it
/// @throws StoreError
std::uint64_t begin_epoch(const std::string& path, std::uint64_t beyond);

}  // namespace dutylog::sqlite
