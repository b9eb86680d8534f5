#include "adapters/channels/sms.hpp"

#include "adapters/channels/sms_gateway.hpp"
#include "tests/adapters/channels/expect.hpp"
#include "tests/adapters/channels/sample.hpp"

using namespace dutylog;
using namespace dutylog::channels;
using dutylog::channels::expect::words_of;
namespace json = boost::json;

namespace {

notice::Message message() {
    notice::Message message = sample::message();
    message.values = {{"name", {"张三", "张三"}},
                      {"item", {"职业健康检查", "Health examination"}},
                      {"days", {"7", "7"}}};
    return message;
}

const AliyunSms aliyun{notice::Secret{"AK"},
                       notice::Secret{"YourAccessKeySecret"},
                       "示例工厂",
                       "SMS_100000001",
                       {{"name", "name"}, {"item", "item"}, {"days", "days"}}};
const TencentSms tencent{
    notice::Secret{"ID"},    notice::Secret{"YourSecretKey"}, "1400000000", "示例工厂", "100001",
    {"name", "item", "days"}};
const Attempt attempt{.at = sample::at, .nonce = "00000000000000000000000000000001"};

Result<SuccessRule> rule(std::string_view text) { return SuccessRule::parse(text); }

std::string header_of(const HttpRequest& request, std::string_view name) {
    return std::string{HttpAnswer{.headers = request.headers}.header(name).value_or("")};
}

}  // namespace

TEST_CASE("a request to Aliyun is signed as the known answer", "[channels][sms]") {
    const HttpRequest sent = aliyun_request(aliyun, "13800001111", message(), attempt);
    CHECK(sent.body.empty());
    CHECK(sent.url.reveal().starts_with(
        "https://dysmsapi.aliyuncs.com/?PhoneNumbers=13800001111&SignName=%E7%A4%BA%E4%BE%8B"
        "%E5%B7%A5%E5%8E%82&TemplateCode=SMS_100000001&TemplateParam=%7B%22name%22%3A"));
    CHECK(header_of(sent, "authorization") ==
          "ACS3-HMAC-SHA256 Credential=AK,SignedHeaders=host;x-acs-action;x-acs-content-sha256;"
          "x-acs-date;x-acs-signature-nonce;x-acs-version,Signature="
          "98a8a14ed5825bfa163c0b4772598ecb159b8565799dd71cacb0957bddd9b449");
    CHECK(header_of(sent, "x-acs-date") == "2026-11-22T00:00:00Z");
}

TEST_CASE("the signature of Aliyun is that of the maker's own example", "[channels][sms]") {
    const std::string empty_hash =
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const Acs3Signature signature = acs3_signature(
        notice::Secret{"YourAccessKeySecret"},
        {.query = {{"RegionId", "cn-shanghai"},
                   {"ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"}},
         .headers = {{"x-acs-version", "2014-05-26"},
                     {"host", "ecs.cn-shanghai.aliyuncs.com"},
                     {"x-acs-action", "RunInstances"},
                     {"user-agent", "is not signed"},
                     {"x-acs-signature-nonce", " 3156853299f313e23d1673dc12e1703d "},
                     {"x-acs-date", "2023-10-26T10:22:32Z"},
                     {"x-acs-content-sha256", empty_hash}},
         .body = {}});
    CHECK(signature.query ==
          "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai");
    CHECK(signature.canonical_hash ==
          "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259");
    CHECK(signature.signature ==
          "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
}

TEST_CASE("what Aliyun answers is told apart", "[channels][sms]") {
    const std::pair<HttpAnswer, const char*> cases[] = {
        {sample::ok(R"({"Code":"OK","BizId":"9"})"), "sent"},
        {sample::ok(R"({"Code":"isv.BUSINESS_LIMIT_CONTROL"})"), "rejected number_limit"},
        {sample::ok(R"({"Code":"isp.SYSTEM_ERROR"})"), "retry busy 30s"},
        {sample::ok(R"({"Code":"isv.MOBILE_NUMBER_ILLEGAL"})"), "rejected number_refused"},
        {sample::ok(R"({"Code":"isv.AMOUNT_NOT_ENOUGH"})"), "broken no_money"},
        {sample::ok(R"({"Code":"isv.SMS_TEMPLATE_ILLEGAL"})"), "broken template_or_signature"},
        {sample::ok(R"({"Code":"isv.SMS_SIGNATURE_ILLEGAL"})"), "broken template_or_signature"},
        {sample::answer(400, R"({"Code":"SignatureDoesNotMatch"})"), "broken sign_in_refused"},
        {sample::answer(400, R"({"Code":"Throttling.User"})"), "retry too_many 60s"},
        {sample::ok(R"({"Code":"isv.PARAM_LENGTH_LIMIT"})"), "rejected parameter"},
        {sample::ok(R"({"Code":"ok"})"), "retry unknown_code"},
        {sample::answer(500, R"({"Code":"OK"})"), "retry not_understood"},
        {sample::answer(503, ""), "retry http_status"},
        {sample::ok("OK"), "retry not_understood"},
    };
    for (const auto& [answer, expected] : cases) {
        CAPTURE(answer.body);
        CHECK(words_of(judge_aliyun(answer)) == expected);
    }
    CHECK(judge_aliyun(sample::ok(R"({"Code":"OK","BizId":"9"})")).receipt == "9");
}

TEST_CASE("a request to Tencent Cloud is signed as the known answer", "[channels][sms]") {
    const HttpRequest sent = tencent_request(tencent, "+8613800001111", message(), attempt);
    CHECK(
        sent.body ==
        R"({"PhoneNumberSet":["+8613800001111"],"SmsSdkAppId":"1400000000","SignName":"示例工厂",)"
        R"("TemplateId":"100001","TemplateParamSet":["张三","职业健康检查","7"]})");
    const Tc3Signature signature =
        tc3_signature(tencent.secret_key, tencent.host, 1795305600, sent.body);
    CHECK(signature.date == "2026-11-22");
    CHECK(signature.body_hash ==
          "983de7abca0d909dd38decb6e55d4e014bc7eb74634a2bac209daf6b7961ee58");
    CHECK(signature.canonical_hash ==
          "d540624ec0faaf3a21d60d74dbdc6da7e05659ec33abd0ac6e62bca50a768e7c");
    CHECK(header_of(sent, "Authorization") ==
          "TC3-HMAC-SHA256 Credential=ID/2026-11-22/sms/tc3_request, "
          "SignedHeaders=content-type;host;x-tc-action, Signature="
          "a95746e60db4045f1f0e661c79ebb6e2981d34de761db26e9959934ff9ed967c");
    CHECK(header_of(sent, "X-TC-Timestamp") == "1795305600");
}

TEST_CASE("the date of a signature is that of UTC", "[channels][sms]") {
    const Instant seven_in_beijing = *parse_instant("2026-11-22T07:00:00+08:00");
    CHECK(tc3_signature(tencent.secret_key, tencent.host, seconds_of(seven_in_beijing), "").date ==
          "2026-11-21");
}

TEST_CASE("what Tencent Cloud answers is judged for each number", "[channels][sms]") {
    const auto status = [](const char* first, const char* second) {
        return sample::ok(std::string{R"({"Response":{"SendStatusSet":[)"} + first +
                          (*second != '\0' ? "," : "") + second + "]}}");
    };
    constexpr const char* good = R"({"Code":"Ok","PhoneNumber":"+861","SerialNo":"s1"})";
    constexpr const char* bad =
        R"({"Code":"LimitExceeded.PhoneNumberDailyLimit","PhoneNumber":"+862"})";
    CHECK(judge_tencent(status(good, "")).receipt == "s1");
    CHECK(words_of(judge_tencent(status(good, bad))) == "sent");
    CHECK(judge_tencent(status(good, bad)).missed == std::vector<std::string>{"+862"});
    CHECK(words_of(judge_tencent(status(bad, ""))) == "rejected number_limit");
    CHECK(words_of(judge_tencent(status(R"({"code":"Ok"})", ""))) == "retry unknown_code");
    const auto error = [](const char* code) {
        return words_of(judge_tencent(sample::ok(std::string{R"({"Response":{"Error":{"Code":")"} +
                                                 code + R"(","Message":"m"}}})")));
    };
    CHECK(error("AuthFailure.SignatureFailure") == "broken sign_in_refused");
    CHECK(error("RequestLimitExceeded") == "retry too_many 60s");
    CHECK(error("FailedOperation.InsufficientBalanceInSmsPackage") == "broken no_money");
    CHECK(error("FailedOperation.TemplateIncorrectOrUnapproved") == "broken template_or_signature");
    CHECK(error("InvalidParameterValue.IncorrectPhoneNumber") == "rejected number_refused");
    CHECK(error("InternalError.Timeout") == "retry busy 30s");
    for (const auto* body : {R"({"Response":{"SendStatusSet":[]}})", R"({"Response":[]})", "{}",
                             R"({"Response":{"SendStatusSet":"Ok"}})", "Ok"})
        CHECK(words_of(judge_tencent(sample::ok(body))) == "retry not_understood");
}

TEST_CASE("a gateway of the plant is configured, not coded", "[channels][sms]") {
    SmsGateway gateway{.url = notice::Secret{"https://sms.example.com/send"},
                       .headers = {{"Authorization", "Basic eDp5"}},
                       .success = {}};
    gateway.body = *Template::parse(R"({"to":"{{mobile}}","text":"{{text}}"})", sms_value_names());
    gateway.success = *rule(R"(status == 200 && body.code == "0")");
    const HttpRequest sent = gateway_request(gateway, "13800001111", message());
    CHECK(
        sent.body ==
        R"({"to":"13800001111","text":"职业健康检查将到期，第 2 次提醒，还剩 7 天 https://ohs.example.com/t/01K"})");
    CHECK(sent.headers == gateway.headers);
    CHECK(words_of(judge_gateway(gateway, sample::ok(R"({"code":"0"})"))) == "sent");
    CHECK(words_of(judge_gateway(gateway, sample::ok(R"({"code":"1"})"))) == "retry no_success");
    CHECK(words_of(judge_gateway(gateway, sample::answer(500, R"({"code":"0"})"))) ==
          "retry http_status");
    CHECK(words_of(judge_gateway(gateway, sample::answer(401, ""))) == "broken sign_in_refused");
    CHECK(words_of(judge_gateway(SmsGateway{}, sample::ok(""))) == "retry no_success");
}

TEST_CASE("a value never ends the text of a template around it", "[channels][sms]") {
    const auto text = Template::parse("a{{text}}b{{text}}", sms_value_names());
    REQUIRE(text);
    const std::map<std::string, std::string> values{{"text", "\"x\\<&\n{{mobile}}"},
                                                    {"mobile", "secret"}};
    CHECK(text->filled(values, Template::Escape::json) ==
          R"(a\"x\\<&\n{{mobile}}b\"x\\<&\n{{mobile}})");
    CHECK(text->filled(values, Template::Escape::form).starts_with("a%22x%5C%3C%26%0A%7B%7B"));
    CHECK(text->filled(values, Template::Escape::xml).starts_with("a&quot;x\\&lt;&amp;"));
    CHECK(text->filled({}, Template::Escape::json) == "ab");
    for (const auto* bad : {"{{unknown}}", "{{", "{{text}", "{{ text }}", "{{}}"})
        CHECK(Template::parse(bad, sms_value_names()).error().reason == "template");
    CHECK_FALSE(Template::parse(std::string(20'000, 'x'), sms_value_names()));
}

TEST_CASE("a rule of success says what an answer must say", "[channels][sms]") {
    const auto holds = [](std::string_view text, const HttpAnswer& answer) {
        const auto read = rule(text);
        REQUIRE(read);
        return read->holds(answer);
    };
    const HttpAnswer answer = sample::ok(R"({"code":0,"data":{"state":"DELIVERED && ok"}})");
    CHECK(holds("status == 200", answer));
    CHECK(holds("status==200&&body.code==0", answer));
    CHECK_FALSE(holds("status != 200", answer));
    CHECK_FALSE(holds(R"(body.code == "0")", answer));
    CHECK(holds(R"(body.data.state contains "DELIVERED")", answer));
    CHECK(holds(R"(body.data.state == "DELIVERED && ok")", answer));
    CHECK(holds("body.code != 1", answer));
    CHECK_FALSE(holds("body.missing != 1", answer));
    CHECK_FALSE(holds("body.code.deeper == 0", answer));
    CHECK(holds(R"(body contains "DELIVERED")", answer));
    CHECK(holds(R"(body == "OK")", sample::ok(" OK")));
    CHECK(holds("body == 0", sample::ok("0")));
    CHECK_FALSE(holds("body.code == 0", sample::ok("not json")));
    CHECK_FALSE(holds("body.code != 0", sample::ok("not json")));
    for (const auto* bad :
         {"", "&&", "status", "status ==", "status = 200", R"(status == "200")",
          "status contains 2", "body contains 2", "code == 0", "body. == 0", "status == 200 &&",
          "status == 200 || 1", R"(body == "a"b")", "status == 2x"}) {
        CAPTURE(bad);
        CHECK_FALSE(rule(bad));
    }
}
