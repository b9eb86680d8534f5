// Reads any text as what comes from outside with a notice: the token of a link, the headers of a
// signed webhook, an address, a Retry-After, a line of people. Nothing unsigned may be believed.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/log/utf8.hpp"
#include "engine/notice/address_guard.hpp"
#include "engine/notice/base64url.hpp"
#include "engine/notice/link.hpp"
#include "engine/notice/plain_text.hpp"
#include "engine/notice/retry_after.hpp"
#include "engine/notice/standard_webhooks.hpp"

using namespace dutylog;
using namespace dutylog::notice;

namespace {

const Instant now = Instant{} + seconds(1795305600);
/// No input can be signed with it, but for the ones of the corpus, whose key has another id.
const LinkKey key{9, Bytes(32, 0x5a)};
const WebhookVerifier verifier = WebhookSharedKey{Bytes(24, 0x5a)};

void check_addresses(std::string_view text) {
    if (const auto address = parse_ip_address(text)) {
        if (parse_ip_address(to_string(*address)) != address) std::abort();
        if (may_connect(*address, {}) != (kind_of(*address) == AddressKind::global)) std::abort();
    }
    if (const auto network = parse_ip_network(text); network && !network->holds(network->base))
        std::abort();
    const auto endpoint = parse_endpoint_address(text, {});
    if (!endpoint) return;
    if (!endpoint->tls || endpoint->port == 0 || endpoint->host.empty()) std::abort();
    if (endpoint->target.find_first_of("\r\n ") != std::string::npos) std::abort();
    if (endpoint->literal && !may_connect(*endpoint->literal, {})) std::abort();
}

void check_webhook(std::string_view text) {
    const std::size_t third = text.size() / 3;
    const WebhookHeaders headers{std::string{text.substr(0, third)},
                                 std::string{text.substr(third, third)},
                                 std::string{text.substr(2 * third)}};
    if (verify_webhook({&verifier, 1}, headers, text, now) == WebhookTrust::verified) std::abort();
    const WebhookHeaders in_time{"id", "1795305600", std::string{text}};
    if (verify_webhook({&verifier, 1}, in_time, "{}", now) == WebhookTrust::verified) std::abort();
    if (const auto secret = parse_webhook_secret(text); secret && to_text(*secret) != text)
        std::abort();
    if (const auto read = parse_webhook_verifier(text); read && to_text(*read) != text)
        std::abort();
}

void check_text(std::string_view text) {
    const std::string line = one_line(text);
    if (!log::is_utf8(line) || line.find('\n') != std::string::npos) std::abort();
    if (one_line(line) != line) std::abort();
    for (const std::size_t limit : {std::size_t{3}, std::size_t{40}})
        if (clip_bytes(line, limit).size() > limit) std::abort();
    (void)clip_characters(text, 5);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (open_link_token({&key, 1}, text, now)) std::abort();
    if (const auto bytes = parse_base64url(text); bytes && to_base64url(*bytes) != text)
        std::abort();
    if (const auto wait = parse_retry_after(text, now);
        wait && (*wait < Elapsed{} || *wait > retry_after_max))
        std::abort();
    check_addresses(text);
    check_webhook(text);
    check_text(text);
    return 0;
}
