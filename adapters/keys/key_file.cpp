#include "adapters/keys/key_file.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/core/digest.hpp"
#include "engine/log/disk_full.hpp"

namespace dutylog::keys {

namespace {

constexpr std::string_view first_line = "dutylog keys 1\n";
constexpr std::size_t hex_size = 64;
constexpr std::size_t file_size_max = std::size_t{256} << 20;

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number) : number_{number} {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }
    bool open() const { return number_ >= 0; }

private:
    int number_;
};

[[noreturn]] void fail(const std::string& path, const std::string& what) {
    const int error = errno;
    const std::string why = path + ": " + what + ": " + std::strerror(error);
    if (error == ENOSPC || error == EDQUOT) throw log::DiskFull{why};
    throw KeyFileError{why};
}

void write_all(int file, std::string_view text, const std::string& path) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(path, "keys cannot be written");
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void sync(int file, const std::string& path) {
    if (::fsync(file) != 0) fail(path, "keys cannot be made durable");
}

void sync_folder(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const Descriptor open{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!open.open()) fail(folder, "the folder cannot be opened");
    sync(open.number(), folder);
}

log::SealKey drawn(const std::string& path) {
    log::SealKey key;
    if (getrandom(key.data(), key.size(), 0) != static_cast<ssize_t>(key.size()))
        fail(path, "no random bytes");
    return key;
}

/// Ids are texts of any kind; a line break in one would end the line.
std::string escaped(std::string_view id) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const char letter : id) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte > 0x20 && byte != '%' && byte != 0x7f) {
            text += letter;
        } else {
            text += '%';
            text += digits[byte >> 4];
            text += digits[byte & 15];
        }
    }
    return text;
}

std::string line_of(const std::string& id, const log::SealKey& key) {
    return to_hex(BytesView{key}) + " " + escaped(id) + "\n";
}

int hex_digit(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string id;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            id += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_digit(text[i + 1]);
        const int low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        id += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return id;
}

std::string content_of(int file, const std::string& path) {
    struct stat about{};
    if (::fstat(file, &about) != 0) fail(path, "keys cannot be read");
    if (about.st_size < 0 || static_cast<std::size_t>(about.st_size) > file_size_max)
        throw KeyFileError{path + ": expected a file of keys, found one that is too large"};
    std::string text(static_cast<std::size_t>(about.st_size), '\0');
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t size = ::read(file, text.data() + done, text.size() - done);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) fail(path, "keys cannot be read");
        if (size == 0) break;
        done += static_cast<std::size_t>(size);
    }
    text.resize(done);
    return text;
}

}  // namespace

KeyFile::KeyFile(std::string path) : path_{std::move(path)} { read(); }

KeyFile::~KeyFile() {
    for (auto& [id, key] : keys_) OPENSSL_cleanse(key.data(), key.size());
}

void KeyFile::read() {
    const Descriptor file{::open(path_.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file.open()) {
        if (errno == ENOENT) return;
        fail(path_, "keys cannot be read");
    }
    std::string text = content_of(file.number(), path_);
    std::string_view rest{text};
    const auto bad = [&](std::size_t line) -> KeyFileError {
        OPENSSL_cleanse(text.data(), text.size());
        return KeyFileError{path_ + ", line " + std::to_string(line) +
                            ": expected a key in hexadecimal and its id"};
    };
    cut_ = first_line != rest && first_line.starts_with(rest);
    if (cut_) return;
    if (!rest.starts_with(first_line)) throw bad(1);
    rest.remove_prefix(first_line.size());
    for (std::size_t number = 2; !rest.empty(); ++number) {
        const std::size_t end = rest.find('\n');
        // The end of a line that a crash cut short: its key was never used.
        cut_ = end == std::string_view::npos;
        if (cut_) break;
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        if (line.size() <= hex_size || line[hex_size] != ' ') throw bad(number);
        const auto key = parse_digest(line.substr(0, hex_size));
        const auto id = unescaped(line.substr(hex_size + 1));
        if (!key || !id) throw bad(number);
        keys_[*id] = key->bytes;
    }
    OPENSSL_cleanse(text.data(), text.size());
}

std::optional<log::SealKey> KeyFile::find(std::string_view key) const {
    const auto found = keys_.find(key);
    if (found == keys_.end()) return std::nullopt;
    return found->second;
}

void KeyFile::make(std::span<const std::string> keys) {
    Keys made;
    std::string lines;
    for (const std::string& id : keys) {
        if (keys_.contains(id) || made.contains(id)) continue;
        lines += line_of(id, made[id] = drawn(path_));
    }
    append(std::move(made), std::move(lines));
}

void KeyFile::keep(const std::string& id, const log::SealKey& key) {
    if (!keys_.contains(id)) append({{id, key}}, line_of(id, key));
}

void KeyFile::append(Keys made, std::string lines) {
    if (made.empty()) return;
    if (cut_) {
        keys_.merge(made);
        return rewrite();
    }
    const Descriptor file{::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)};
    if (!file.open()) fail(path_, "keys cannot be written");
    const bool fresh = keys_.empty() && ::lseek(file.number(), 0, SEEK_END) == 0;
    if (fresh) lines = std::string{first_line} + lines;
    write_all(file.number(), lines, path_);
    sync(file.number(), path_);
    if (fresh) sync_folder(path_);
    OPENSSL_cleanse(lines.data(), lines.size());
    keys_.merge(made);
}

bool KeyFile::erase(std::string_view key) {
    const auto found = keys_.find(key);
    if (found == keys_.end()) return false;
    OPENSSL_cleanse(found->second.data(), found->second.size());
    keys_.erase(found);
    rewrite();
    return true;
}

/// The keys as they are now take the place of the file; the old one is overwritten first where the
/// disk lets us.
void KeyFile::rewrite() {
    const std::string fresh = path_ + ".new";
    std::string text{first_line};
    for (const auto& [id, key] : keys_) text += line_of(id, key);
    {
        const Descriptor file{
            ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
        if (!file.open()) fail(fresh, "keys cannot be written");
        write_all(file.number(), text, fresh);
        sync(file.number(), fresh);
    }
    OPENSSL_cleanse(text.data(), text.size());
    const Descriptor old{::open(path_.c_str(), O_RDWR | O_CLOEXEC)};
    if (::rename(fresh.c_str(), path_.c_str()) != 0) fail(path_, "keys cannot be replaced");
    sync_folder(path_);
    cut_ = false;
    if (!old.open()) return;
    const off_t size = ::lseek(old.number(), 0, SEEK_END);
    if (size <= 0 || ::lseek(old.number(), 0, SEEK_SET) != 0) return;
    write_all(old.number(), std::string(static_cast<std::size_t>(size), '\0'), path_);
    sync(old.number(), path_);
}

}  // namespace dutylog::keys
