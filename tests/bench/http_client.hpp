#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace dutylog::bench {

/// Sends `count` requests over so many kept connections, each the next one when its last was
/// answered.
/// @param request  the bytes of one, by its number from 0 on
/// @returns seconds until the last answer
/// @throws std::runtime_error  an answer is not 200
double ask_over(std::uint16_t port, std::size_t connections, std::uint64_t count,
                const std::function<std::string(std::uint64_t number)>& request);

}  // namespace dutylog::bench
