#include "adapters/http/idempotency.hpp"

namespace dutylog::http {

namespace {

constexpr std::size_t key_bytes_max = 128;

}  // namespace

AnswerStore::Found RecentAnswers::begin(const std::string& key, const Digest& request) {
    const std::scoped_lock lock{mutex_};
    const auto [at, is_new] = kept_.try_emplace(key, Kept{request, {}});
    if (is_new) return Fresh{};
    if (at->second.request != request) return Reused{};
    if (!at->second.response) return InUse{};
    return *at->second.response;
}

void RecentAnswers::finish(const std::string& key, const Response& response) {
    const std::scoped_lock lock{mutex_};
    const auto at = kept_.find(key);
    if (at == kept_.end() || at->second.response) return;
    at->second.response = response;
    finished_.push_back(key);
    if (finished_.size() <= answers_max_) return;
    kept_.erase(finished_.front());
    finished_.pop_front();
}

void RecentAnswers::abandon(const std::string& key) {
    const std::scoped_lock lock{mutex_};
    const auto at = kept_.find(key);
    if (at != kept_.end() && !at->second.response) kept_.erase(at);
}

std::expected<std::optional<std::string>, Problem> idempotency_key(const Head& head) {
    if (!head.has("idempotency-key")) return std::nullopt;
    std::string_view key = head.field("idempotency-key");
    const bool quoted = key.size() > 1 && key.starts_with('"') && key.ends_with('"');
    if (quoted) key = key.substr(1, key.size() - 2);
    bool is_plain = !key.empty() && key.size() <= key_bytes_max;
    for (const char c : key) is_plain = is_plain && c > 0x20 && c < 0x7f && c != '"' && c != '\\';
    if (is_plain) return std::string{key};
    return std::unexpected{problem("bad_parameter",
                                   {"`Idempotency-Key` 须为 1 至 128 个可见 ASCII 字符。",
                                    "`Idempotency-Key` has 1 to 128 visible ASCII characters."},
                                   "Idempotency-Key")};
}

}  // namespace dutylog::http
