#include "tests/support/crash_disk.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/support/appends.hpp"

using namespace dutylog;
using namespace dutylog::test;
using Failure = CrashDisk::Failure;

namespace {

/// A file of two sectors of `o`, synced, and then overwritten with `n`.
CrashDisk overwritten() {
    CrashDisk disk;
    const auto file = disk.open("f", true);
    disk.write(*file, 0, bytes(std::string(1024, 'o')));
    disk.sync(*file);
    disk.write(*file, 0, bytes(std::string(1024, 'n')));
    return disk;
}

std::string content(CrashDisk& disk, const std::string& name) {
    const auto file = disk.open(name, false);
    return file == nullptr ? "no file" : text(file->content());
}

}  // namespace

TEST_CASE("a crash leaves what was synced, and of the rest any sectors", "[crash]") {
    std::set<std::string> seen;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        CrashDisk disk = overwritten();
        CHECK(content(disk, "f") == std::string(1024, 'n'));
        disk.crash(seed);
        const std::string left = content(disk, "f");
        REQUIRE(left.size() == 1024);
        CHECK(left.substr(0, 512) == std::string(512, left[0]));
        CHECK(left.substr(512) == std::string(512, left[512]));
        seen.insert({left[0], left[512]});
    }
    CHECK(seen == std::set<std::string>{"oo", "on", "no", "nn"});
}

TEST_CASE("the same seed gives the same crash", "[crash]") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CrashDisk one = overwritten();
        CrashDisk other = overwritten();
        one.crash(seed);
        other.crash(seed);
        CHECK(content(one, "f") == content(other, "f"));
    }
}

TEST_CASE("after a failed sync the data never becomes durable", "[crash]") {
    CrashDisk disk = overwritten();
    disk.fail_sync(1);
    CHECK(disk.sync(*disk.open("f", false)) == Failure::broken);
    CHECK(disk.sync(*disk.open("f", false)) == Failure::none);
    CHECK(content(disk, "f") == std::string(1024, 'n'));
    disk.crash(1);
    CHECK(content(disk, "f") == std::string(1024, 'o'));
}

TEST_CASE("without power nothing more is carried out", "[crash]") {
    CrashDisk disk = overwritten();
    const auto file = disk.open("f", false);
    disk.power_off_after(1);
    CHECK(disk.sync(*file) == Failure::none);
    CHECK(disk.write(*file, 0, bytes("x")) == Failure::broken);
    CHECK(disk.sync(*file) == Failure::broken);
    CHECK(disk.remove("f", true) == Failure::broken);
    disk.crash(1);
    CHECK(content(disk, "f") == std::string(1024, 'n'));
    CHECK(disk.write(*disk.open("f", false), 0, bytes("x")) == Failure::none);
}

TEST_CASE("the chosen write fails with the chosen error and writes nothing", "[crash]") {
    CrashDisk disk = overwritten();
    const auto file = disk.open("f", false);
    disk.fail_write(2, Failure::full);
    CHECK(disk.write(*file, 0, bytes("a")) == Failure::none);
    CHECK(disk.write(*file, 1, bytes("b")) == Failure::full);
    CHECK(disk.write(*file, 2, bytes("c")) == Failure::none);
    CHECK(text(file->content()).substr(0, 3) == "anc");
}

TEST_CASE("a removed file may come back unless its removal was made sure", "[crash]") {
    std::set<std::string> seen;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        CrashDisk disk = overwritten();
        disk.sync(*disk.open("f", false));
        disk.remove("f", false);
        CHECK_FALSE(disk.exists("f"));
        disk.crash(seed);
        seen.insert(content(disk, "f"));

        CrashDisk sure = overwritten();
        sure.remove("f", true);
        sure.crash(seed);
        CHECK(content(sure, "f") == "no file");
    }
    CHECK(seen == std::set<std::string>{"no file", std::string(1024, 'n')});
}
