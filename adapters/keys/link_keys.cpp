#include "adapters/keys/link_keys.hpp"

#include <openssl/crypto.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <system_error>

#include "adapters/keys/secret_file.hpp"
#include "engine/core/digest.hpp"
#include "engine/log/disk_full.hpp"

namespace dutylog::keys {

namespace {

constexpr std::size_t hex_size = 64;

[[noreturn]] void fail(const std::string& path, const std::string& what) {
    const int error = errno;
    const std::string why = path + ": " + what + ": " + std::strerror(error);
    if (error == ENOSPC || error == EDQUOT) throw log::DiskFull{why};
    throw LinkKeyError{why};
}

notice::LinkKey drawn(std::uint8_t id, const std::string& path) {
    notice::LinkKey key{id, Bytes(hex_size / 2)};
    if (getrandom(key.key.data(), key.key.size(), 0) != static_cast<ssize_t>(key.key.size()))
        fail(path, "no random bytes");
    return key;
}

std::string line_of(const notice::LinkKey& key) {
    return std::to_string(key.id) + " " + to_hex(key.key) + "\n";
}

notice::LinkKey key_of(std::string_view line, const std::string& where) {
    const std::size_t blank = std::min(line.find(' '), line.size());
    notice::LinkKey key;
    const auto read = std::from_chars(line.data(), line.data() + blank, key.id);
    const auto digest = parse_digest(line.substr(std::min(blank + 1, line.size())));
    if (read.ec != std::errc{} || read.ptr != line.data() + blank || !digest)
        throw LinkKeyError{where + ": expected the id of a key and 64 hexadecimal digits"};
    key.key.assign(digest->bytes.begin(), digest->bytes.end());
    return key;
}

}  // namespace

LinkKeys::LinkKeys(std::string path) : path_{std::move(path)} {
    read();
    if (!keys_.empty()) return;
    keys_.push_back(drawn(1, path_));
    save(keys_);
}

LinkKeys::~LinkKeys() {
    for (notice::LinkKey& each : keys_) OPENSSL_cleanse(each.key.data(), each.key.size());
}

void LinkKeys::read() {
    std::ifstream in{path_};
    if (!in && ::access(path_.c_str(), F_OK) == 0) fail(path_, "link keys cannot be read");
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        const std::string where = path_ + ", line " + std::to_string(++number);
        if (number > keys_max) throw LinkKeyError{where + ": expected at most 8 keys"};
        keys_.push_back(key_of(line, where));
    }
    if (number == 0 && ::access(path_.c_str(), F_OK) == 0)
        throw LinkKeyError{path_ + ": expected keys of links, found an empty file"};
}

notice::LinkKey LinkKeys::newest() const {
    const std::scoped_lock lock{mutex_};
    return keys_.back();
}

std::vector<notice::LinkKey> LinkKeys::all() const {
    const std::scoped_lock lock{mutex_};
    return keys_;
}

void LinkKeys::rotate(bool forget) {
    const std::scoped_lock lock{mutex_};
    auto keys = forget ? std::vector<notice::LinkKey>{} : keys_;
    if (keys.size() == keys_max) keys.erase(keys.begin());
    keys.push_back(drawn(static_cast<std::uint8_t>(keys_.back().id + 1), path_));
    save(keys);
    keys_ = std::move(keys);
}

void LinkKeys::save(const std::vector<notice::LinkKey>& keys) const {
    std::string text;
    for (const notice::LinkKey& key : keys) text += line_of(key);
    try {
        replace_secret_file(path_, text);
    } catch (const std::system_error& error) {
        throw LinkKeyError{error.what()};
    }
    OPENSSL_cleanse(text.data(), text.size());
}

}  // namespace dutylog::keys
