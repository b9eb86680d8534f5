#include "adapters/server/tokens.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "adapters/keys/secret_file.hpp"

namespace dutylog::server {

namespace json = boost::json;

namespace {

constexpr std::string_view prefix = "dutylog_";
constexpr std::size_t text_bytes_max = 200;

[[noreturn]] void fail(const std::string& file, const std::string& why) {
    throw TokenError{fmt::format("{}: {}", file, why)};
}

json::object json_of(const Token& token) {
    json::object object{{"token", token.id},
                        {"hash", to_hex(token.hash)},
                        {"person", token.person},
                        {"may", json::value_from(token.may)},
                        {"sites", json::value_from(token.sites)}};
    if (token.expires) object["expires"] = to_string(*token.expires);
    return object;
}

Token token_of(const json::value& value) {
    Token token;
    token.id = json::value_to<std::string>(value.at("token"));
    const auto hash = parse_digest(std::string{value.at("hash").as_string()});
    if (!hash) throw std::runtime_error{"the hash is no SHA-256"};
    token.hash = *hash;
    token.person = json::value_to<std::string>(value.at("person"));
    token.may = json::value_to<std::set<std::string>>(value.at("may"));
    token.sites = json::value_to<std::vector<std::string>>(value.at("sites"));
    if (const auto* expires = value.as_object().if_contains("expires")) {
        token.expires = parse_instant(std::string{expires->as_string()});
        if (!token.expires) throw std::runtime_error{"`expires` is no instant"};
    }
    return token;
}

std::string random_hex(runtime::Runtime& random, int words) {
    std::string text;
    for (int i = 0; i < words; ++i) text += fmt::format("{:016x}", random.random("token"));
    return text;
}

}  // namespace

Tokens::Tokens(std::string file) : file_{std::move(file)} {
    std::ifstream in{file_};
    if (!in && access(file_.c_str(), F_OK) == 0) fail(file_, "cannot be read");
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.empty()) continue;
        try {
            Token token = token_of(json::parse(line));
            tokens_[token.id] = std::move(token);
        } catch (const std::exception& error) {
            fail(file_, fmt::format("line {}: expected a token, found {}", number, error.what()));
        }
    }
}

bool Tokens::empty() const {
    const std::scoped_lock lock{mutex_};
    return tokens_.empty();
}

std::string Tokens::make(Token token, runtime::Runtime& random) {
    const std::string secret = random_hex(random, 4);
    token.id = random_hex(random, 1);
    token.hash = sha256(secret);
    std::string text = std::string{prefix} + token.id + "_" + secret;
    const std::scoped_lock lock{mutex_};
    auto with = tokens_;
    with[token.id] = std::move(token);
    save(with);
    tokens_ = std::move(with);
    return text;
}

bool Tokens::withdraw(const std::string& id) {
    const std::scoped_lock lock{mutex_};
    auto without = tokens_;
    if (without.erase(id) == 0) return false;
    save(without);
    tokens_ = std::move(without);
    return true;
}

std::vector<Token> Tokens::all() const {
    const std::scoped_lock lock{mutex_};
    std::vector<Token> list;
    for (const auto& [id, token] : tokens_) list.push_back(token);
    return list;
}

std::optional<Token> Tokens::find(std::string_view text, Instant now) const {
    if (!text.starts_with(prefix) || text.size() > text_bytes_max) return {};
    text.remove_prefix(prefix.size());
    const auto end = text.find('_');
    if (end == std::string_view::npos) return {};
    const Digest hash = sha256(text.substr(end + 1));
    const std::scoped_lock lock{mutex_};
    const auto found = tokens_.find(std::string{text.substr(0, end)});
    if (found == tokens_.end()) return {};
    const Token& token = found->second;
    if (CRYPTO_memcmp(hash.bytes.data(), token.hash.bytes.data(), hash.bytes.size()) != 0)
        return {};
    if (token.expires && now >= *token.expires) return {};
    return token;
}

void Tokens::save(const std::map<std::string, Token>& tokens) const {
    std::string text;
    for (const auto& [id, token] : tokens) text += json::serialize(json_of(token)) + "\n";
    try {
        keys::replace_secret_file(file_, text);
    } catch (const std::system_error& error) {
        throw TokenError{error.what()};
    }
}

}  // namespace dutylog::server
