#include <catch2/catch.hpp>
#include <string>

#include "engine/core/named_map.hpp"

using namespace dutylog;  // NOLINT

namespace {

using Names = NamedMap<StreamId, int>;
using Plain = std::map<StreamId, int>;

StreamId name(std::uint64_t number) {
    return StreamId{"duty/of-a-long-name/worker/" + std::to_string(number)};
}

void check_equal(const Names& names, const Plain& plain) {
    CHECK(names.size() == plain.size());
    CHECK(std::equal(names.begin(), names.end(), plain.begin(), plain.end()));
    for (const auto& [key, value] : plain) CHECK(names.at(key) == value);
}

/// So many names come and go, the same on every machine.
void play(Names& names, Plain& plain, std::uint64_t turns) {
    std::uint64_t random = 7;
    for (std::uint64_t turn = 0; turn < turns; ++turn) {
        random = random * 6'364'136'223'846'793'005 + 1'442'695'040'888'963'407;
        const StreamId key = name((random >> 33) % 97);
        if ((random >> 20) % 3 == 0) {
            names.erase(key);
            plain.erase(key);
        } else {
            names[key] = static_cast<int>(turn);
            plain[key] = static_cast<int>(turn);
        }
        REQUIRE(names.contains(key) == plain.contains(key));
    }
}

}  // namespace

TEST_CASE("names that come and go are found as in an ordered map, and stand in its order",
          "[core]") {
    Names names;
    Plain plain;
    for (int part = 0; part < 20; ++part) {
        play(names, plain, 500);
        check_equal(names, plain);
    }
    for (std::uint64_t number = 0; number < 97; ++number)
        CHECK((names.find(name(number)) != names.end()) == plain.contains(name(number)));
}

TEST_CASE("a map of names is copied and moved with all it finds", "[core]") {
    Names names;
    Plain plain;
    play(names, plain, 300);
    const Names copy = names;
    names[name(1000)] = 1;
    check_equal(copy, plain);
    CHECK_FALSE(copy.contains(name(1000)));
    Names moved = std::move(names);
    plain[name(1000)] = 1;
    check_equal(moved, plain);
    moved.clear();
    CHECK_FALSE(moved.contains(name(1000)));
    CHECK_THROWS_AS(moved.at(name(1000)), std::out_of_range);
}
