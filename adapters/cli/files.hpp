#pragma once

#include <filesystem>
#include <string>

namespace dutylog::cli {

/// Files a command may be given at most; more is a mistake rather than a library.
namespace file_limits {
inline constexpr std::size_t bytes_max = std::size_t{64} << 20;
inline constexpr std::size_t library_files_max = 10'000;
}  // namespace file_limits

/// The bytes of a file.
/// @throws Failure  it does not exist, cannot be read, or passes `bytes_max`
std::string read_file(const std::filesystem::path& path);

/// @throws Failure  it cannot be written
void write_file(const std::filesystem::path& path, const std::string& bytes);

/// All of standard input.
/// @throws Failure  it passes `bytes_max`
std::string read_standard_input();

}  // namespace dutylog::cli
