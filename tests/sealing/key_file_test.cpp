#include "adapters/keys/key_file.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "tests/support/temporary_folder.hpp"

using namespace dutylog;
using keys::KeyFile;

namespace {

std::string content_of(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

const std::vector<std::string> three{"worker/zhang", "worker/li", "worker/a b%\nc"};

}  // namespace

TEST_CASE("keys are made once, read again, and each is another", "[keys]") {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("plant.db.keys");
    KeyFile first{path};
    CHECK_FALSE(first.find("worker/zhang"));
    first.make(three);
    const auto zhang = first.find("worker/zhang");
    REQUIRE(zhang);
    CHECK(zhang != first.find("worker/li"));
    first.make(three);
    CHECK(first.find("worker/zhang") == zhang);
    const KeyFile second{path};
    for (const std::string& key : three) CHECK(second.find(key) == first.find(key));
}

TEST_CASE("only the owner of the file of keys can read it", "[keys]") {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("plant.db.keys");
    KeyFile file{path};
    const auto mode = [&] {
        struct stat about{};
        REQUIRE(::stat(path.c_str(), &about) == 0);
        return about.st_mode & 0777;
    };
    file.make(three);
    CHECK(mode() == 0600);
    file.erase("worker/li");
    CHECK(mode() == 0600);
}

TEST_CASE("an erased key is in no byte of the file", "[keys]") {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("plant.db.keys");
    KeyFile file{path};
    file.make(three);
    const std::string hex = to_hex(BytesView{*file.find("worker/li")});
    REQUIRE(content_of(path).find(hex) != std::string::npos);
    CHECK(file.erase("worker/li"));
    CHECK_FALSE(file.erase("worker/li"));
    CHECK(content_of(path).find(hex) == std::string::npos);
    CHECK_FALSE(KeyFile{path}.find("worker/li"));
    CHECK(KeyFile{path}.find("worker/zhang") == file.find("worker/zhang"));
}

TEST_CASE("a file that a crash cut short loses no key that was made durable", "[keys]") {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("plant.db.keys");
    KeyFile{path}.make(three);
    const std::string whole = content_of(path);
    const std::size_t second_line = whole.find('\n') + 1;
    const std::size_t third_line = whole.find('\n', second_line) + 1;
    for (std::size_t size = 0; size <= third_line; ++size) {
        std::ofstream{path, std::ios::binary | std::ios::trunc} << whole.substr(0, size);
        KeyFile cut{path};
        const auto kept = cut.find("worker/zhang");
        CHECK(kept.has_value() == (size == third_line));
        cut.make(std::vector<std::string>{"worker/new"});
        const KeyFile again{path};
        CHECK(again.find("worker/zhang") == kept);
        CHECK(again.find("worker/new") == cut.find("worker/new"));
    }
}

TEST_CASE("a file that is no file of keys is refused, with its line", "[keys]") {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("plant.db.keys");
    for (const char* text : {"keys\n", "dutylog keys 1\nzhang\n",
                             "dutylog keys 1\n00 worker/zhang\n", "dutylog keys 2\n"}) {
        std::ofstream{path, std::ios::binary | std::ios::trunc} << text;
        CHECK_THROWS_WITH(KeyFile{path}, Catch::Contains(", line "));
    }
}
