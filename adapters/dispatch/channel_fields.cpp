#include "adapters/dispatch/channel_fields.hpp"

#include "adapters/dispatch/secret_file.hpp"
#include "adapters/words/refusal_words.hpp"

namespace dutylog::dispatch {

using config::TableReader;
using config::words;
using notice::Secret;

std::vector<Secret> secrets_of(TableReader& reader, std::string_view key, bool needed) {
    if (!needed && !reader.has(key)) return {};
    const std::string path = needed ? reader.needed_file(key) : reader.file(key);
    if (path.empty()) return {};
    auto found = read_secrets(path);
    if (found) return std::move(*found);
    reader.refuse(key, found.error(),
                  words("Write the secret into a file of its own that only the service may read.",
                        "请将密钥写入单独的文件，仅允许本服务读取。"));
    return {};
}

Secret secret_of(TableReader& reader, std::string_view key, bool needed) {
    auto found = secrets_of(reader, key, needed);
    return found.empty() ? Secret{} : std::move(found.front());
}

Secret address_of(TableReader& reader, const Setup& setup) {
    Secret url{reader.text("url")};
    const std::string_view key = url.empty() ? "url_file" : "url";
    if (url.empty()) url = secret_of(reader, "url_file");
    if (url.empty()) return url;
    if (const auto read = notice::parse_endpoint_address(url.reveal(), setup.allowed); !read)
        reader.refuse(key, words::words_of(read.error()),
                      words("Only https goes out, unless [telling] names the host in plain_hosts.",
                            "仅允许 https；除非 [telling] 的 plain_hosts 列有该主机。"));
    return url;
}

std::string origin_of(TableReader& reader, const Setup& setup, const std::string& initial) {
    std::string text = reader.text("origin", initial);
    if (const auto read = notice::parse_endpoint_address(text, setup.allowed); !read)
        reader.refuse("origin", words::words_of(read.error()),
                      words("Write https://host, or leave it out.", "请写 https://主机，或省略。"));
    while (text.ends_with('/')) text.pop_back();
    return text;
}

}  // namespace dutylog::dispatch
