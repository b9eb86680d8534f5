#include "tests/bench/workshop.hpp"

#include <filesystem>

namespace dutylog::bench {

void remove_log(const std::string& path) {
    std::error_code ignored;  // what is not there need not be removed
    for (const char* end : {"", "-wal", "-shm", ".lock"})
        std::filesystem::remove(path + end, ignored);
}

}  // namespace dutylog::bench
