// Stands in for libFuzzer in ordinary builds: plays each seed as it is, cut short at every length,
// and with one byte changed at a time, up to a limit, always in the same order.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t damaged_per_seed_max = 2'000;

void play(const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::size_t stride(std::size_t size) { return 1 + size / damaged_per_seed_max; }

void play_cut_short(const std::string& seed) {
    for (std::size_t size = 0; size < seed.size(); size += stride(seed.size()))
        play(seed.substr(0, size));
}

void play_with_one_byte_changed(std::string seed) {
    for (std::size_t at = 0; at < seed.size(); at += stride(seed.size())) {
        const char kept = seed[at];
        for (const char other : {'\0', '\xff', static_cast<char>(kept ^ 1)}) {
            seed[at] = other;
            play(seed);
        }
        seed[at] = kept;
    }
}

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace

int main(int count, char** arguments) {
    std::set<std::filesystem::path> seeds;
    for (int i = 1; i < count; ++i)
        for (const auto& entry : std::filesystem::directory_iterator{arguments[i]})
            seeds.insert(entry.path());
    for (const auto& seed : seeds) {
        const std::string input = content_of(seed);
        play(input);
        play_cut_short(input);
        play_with_one_byte_changed(input);
    }
    std::printf("%zu seeds played, whole and damaged\n", seeds.size());
    return seeds.empty() ? 1 : 0;
}
