#include "tests/bench/calibration.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/bench/plain_table.hpp"
#include "tests/bench/stopwatch.hpp"
#include "tests/bench/workshop.hpp"

namespace dutylog::bench {

namespace {

constexpr std::size_t row_bytes = 600;

std::vector<double> sync_times(const std::string& path, std::uint64_t count) {
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error{"cannot make " + path};
    const std::vector<char> block(8192, 'x');
    std::vector<double> times;
    for (std::uint64_t i = 0; i < count; ++i)
        times.push_back(seconds_of([&] {
            if (write(file, block.data(), block.size()) != 8192 || fdatasync(file) != 0)
                throw std::runtime_error{"cannot write " + path};
        }));
    close(file);
    std::remove(path.c_str());
    return times;
}

double scan_rate(const std::string& path, std::uint64_t count) {
    double rate = 0;
    {
        PlainTable table{path};
        table.insert(
            std::vector<Row>(count, Row{Bytes(row_bytes / 2, 1), Bytes(row_bytes / 2, 2)}));
        sqlite::Database database{path, sqlite::Access::read};
        sqlite::Statement scan{database,
                               "SELECT number, envelope, payload FROM row ORDER BY number"};
        std::size_t bytes = 0;
        const double took = seconds_of([&] {
            for (sqlite::Rows rows{scan}; rows.next();)
                bytes += rows.bytes(1).size() + rows.bytes(2).size();
        });
        if (bytes != count * row_bytes) throw std::runtime_error{"rows are missing"};
        rate = static_cast<double>(count) / took;
    }
    remove_log(path);
    return rate;
}

/// xorshift and a multiplication that wait for each other.
double arithmetic_rate(std::uint64_t rounds) {
    volatile std::uint64_t seed = 88'172'645'463'325'252;
    std::uint64_t x = seed;
    const double took = seconds_of([&] {
        for (std::uint64_t i = 0; i < rounds; ++i) {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            x *= 0x2545f4914f6cdd1d;
        }
    });
    seed = x;
    return static_cast<double>(rounds) / took / 1e6;
}

double sha256_rate(std::uint64_t count) {
    Bytes row(row_bytes, 7);
    Sha256 hash;
    const double took = seconds_of([&] {
        for (std::uint64_t i = 0; i < count; ++i) row[0] = hash.add(row).finish().bytes[0];
    });
    return static_cast<double>(count * row_bytes) / took / 1e6;
}

std::string processor() {
    std::ifstream file{"/proc/cpuinfo"};
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    return "unknown processor";
}

}  // namespace

Calibration calibrate(Workshop& shop) {
    const auto times = sync_times(shop.new_file(), shop.amount(500, 50));
    return {quantile(times, 0.5) * 1e6, quantile(times, 0.99) * 1e6,
            scan_rate(shop.new_file(), shop.amount(100'000)),
            arithmetic_rate(shop.amount(100'000'000)), sha256_rate(shop.amount(200'000))};
}

std::string machine_line() {
    return fmt::format("{}, {} cores, SQLite {}, {}", processor(),
                       std::thread::hardware_concurrency(), sqlite3_libversion(),
                       OpenSSL_version(OPENSSL_VERSION));
}

double load_average() {
    double load = 0;
    return getloadavg(&load, 1) == 1 ? load : 0;
}

}  // namespace dutylog::bench
