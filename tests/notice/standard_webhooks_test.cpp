#include "engine/notice/standard_webhooks.hpp"

#include <catch2/catch.hpp>

#include "tests/notice/vectors.hpp"

using namespace dutylog;
using namespace dutylog::notice;
using namespace dutylog::notice::vectors;

namespace {

constexpr Instant at = Instant{} + seconds(at_s);

WebhookSecret secret(std::string_view text) {
    auto read = parse_webhook_secret(text);
    REQUIRE(read);
    return *read;
}

WebhookVerifier verifier(std::string_view text) {
    auto read = parse_webhook_verifier(text);
    REQUIRE(read);
    return *read;
}

WebhookHeaders headers_with(std::string_view signature) {
    return {std::string{webhook_id}, std::to_string(at_s), std::string{signature}};
}

WebhookTrust judge(std::string_view key, const WebhookHeaders& headers,
                   std::string_view body = webhook_body, Instant now = at) {
    const WebhookVerifier keys[] = {verifier(key)};
    return verify_webhook(keys, headers, body, now);
}

}  // namespace

TEST_CASE("a webhook is signed as the known answers say", "[notice][webhook]") {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {new_secret, new_signature},
        {old_secret, old_signature},
        {signing_secret, signing_signature}};
    for (const auto& [text, signature] : cases) {
        const WebhookSecret secrets[] = {secret(text)};
        const WebhookHeaders headers = sign_webhook(secrets, webhook_id, at, webhook_body);
        CHECK(headers.id == webhook_id);
        CHECK(headers.timestamp == "1795305600");
        CHECK(headers.signature == signature);
        CHECK(to_text(secrets[0]) == text);
    }
}

TEST_CASE("a webhook is signed as the published example of the specification",
          "[notice][webhook]") {
    const WebhookSecret secrets[] = {secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")};
    CHECK(sign_webhook(secrets, "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant{} + seconds(1614265330),
                       R"({"test": 2432232314})")
              .signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("during a rotation both keys sign, and either is believed", "[notice][webhook]") {
    const WebhookSecret both[] = {secret(new_secret), secret(old_secret)};
    const WebhookHeaders headers = sign_webhook(both, webhook_id, at, webhook_body);
    CHECK(headers.signature == std::string{new_signature} + " " + std::string{old_signature});
    CHECK(judge(new_secret, headers) == WebhookTrust::verified);
    CHECK(judge(old_secret, headers) == WebhookTrust::verified);
    const WebhookVerifier known[] = {verifier(signing_public), verifier(old_secret)};
    CHECK(verify_webhook(known, headers_with(old_signature), webhook_body, at) ==
          WebhookTrust::verified);
}

TEST_CASE("the public half of a signing key verifies and cannot sign", "[notice][webhook]") {
    CHECK(to_text(verifier_of(secret(signing_secret))) == signing_public);
    CHECK(judge(signing_public, headers_with(signing_signature)) == WebhookTrust::verified);
    CHECK_FALSE(parse_webhook_secret(signing_public));
    CHECK_FALSE(parse_webhook_verifier(signing_secret));
}

TEST_CASE("a message that was changed, or signed by another, is not believed",
          "[notice][webhook]") {
    const WebhookHeaders good = headers_with(new_signature);
    CHECK(judge(new_secret, good) == WebhookTrust::verified);
    CHECK(judge(new_secret, good, std::string{webhook_body} + " ") == WebhookTrust::no_signature);
    CHECK(judge(old_secret, good) == WebhookTrust::no_signature);
    WebhookHeaders other = good;
    other.id = "evt_01KDOMAINVECTOR0002";
    CHECK(judge(new_secret, other) == WebhookTrust::no_signature);
    other = good;
    other.timestamp = std::to_string(at_s + 1);
    CHECK(judge(new_secret, other) == WebhookTrust::no_signature);
    CHECK(verify_webhook({}, good, webhook_body, at) == WebhookTrust::no_signature);
}

TEST_CASE("signatures of kinds that are not known are passed over", "[notice][webhook]") {
    const std::string value{new_signature};
    CHECK(judge(new_secret, headers_with("v2,abcd v1,!! v1 , " + value)) == WebhookTrust::verified);
    CHECK(judge(new_secret, headers_with("v1a" + value.substr(2))) == WebhookTrust::no_signature);
    CHECK(judge(new_secret, headers_with(value.substr(0, value.size() - 5))) ==
          WebhookTrust::no_signature);
    std::string many;
    for (int i = 0; i < 16; ++i) many += "v1,AAAA ";
    CHECK(judge(new_secret, headers_with(many + value)) == WebhookTrust::no_signature);
}

TEST_CASE("a message is believed for five minutes on both sides of its time", "[notice][webhook]") {
    const WebhookHeaders headers = headers_with(new_signature);
    const auto at_distance = [&](Elapsed off) {
        return judge(new_secret, headers, webhook_body, at + off);
    };
    CHECK(at_distance(minutes(5)) == WebhookTrust::verified);
    CHECK(at_distance(minutes(-5)) == WebhookTrust::verified);
    CHECK(at_distance(seconds(301)) == WebhookTrust::out_of_time);
    CHECK(at_distance(seconds(-301)) == WebhookTrust::out_of_time);
}

TEST_CASE("headers that are not of their form are told apart from wrong ones",
          "[notice][webhook]") {
    const auto with = [](std::string id, std::string timestamp, std::string signature) {
        return judge(new_secret, {std::move(id), std::move(timestamp), std::move(signature)});
    };
    const std::string time = std::to_string(at_s);
    const std::string good{new_signature};
    CHECK(with("", time, good) == WebhookTrust::malformed);
    CHECK(with("a.b", time, good) == WebhookTrust::malformed);
    CHECK(with("a b", time, good) == WebhookTrust::malformed);
    CHECK(with(std::string(257, 'a'), time, good) == WebhookTrust::malformed);
    CHECK(with("a", "", good) == WebhookTrust::malformed);
    CHECK(with("a", "-5", good) == WebhookTrust::malformed);
    CHECK(with("a", "0" + time, good) == WebhookTrust::malformed);
    CHECK(with("a", time + ".5", good) == WebhookTrust::malformed);
    CHECK(with("a", "999999999999", good) == WebhookTrust::malformed);
    CHECK(with("a", time, "") == WebhookTrust::malformed);
}

TEST_CASE("a secret that cannot be one is refused", "[notice][webhook]") {
    for (const auto* text : {"", "whsec_", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                             "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY=",  // 23 bytes
                             "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
                             "whsk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                             // the public half of another seed
                             "whsk_AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8DoQe/"
                             "884Qvh1w3RjnS8CZZ+TWMJulDV8d3IZkElUxuA=="}) {
        CAPTURE(text);
        CHECK_FALSE(parse_webhook_secret(text));
    }
}
