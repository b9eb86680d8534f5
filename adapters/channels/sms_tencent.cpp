#include "adapters/channels/sms.hpp"
#include "engine/core/civil_date.hpp"
#include "engine/notice/hmac.hpp"

namespace dutylog::channels {

namespace {

namespace json = boost::json;

constexpr std::string_view algorithm = "TC3-HMAC-SHA256";
constexpr std::string_view content_type = "application/json; charset=utf-8";
constexpr std::string_view signed_headers = "content-type;host;x-tc-action";
constexpr std::int64_t day_s = 86'400;

Digest keyed(BytesView key, std::string_view text) {
    return notice::hmac_sha256(key, bytes_of(text));
}

std::string body_of(const TencentSms& sms, const std::string& mobile,
                    const notice::Message& message) {
    const auto values = sms_values(message, mobile);
    json::array parameters;
    for (const std::string& name : sms.parameters) {
        const auto found = values.find(name);
        parameters.emplace_back(found == values.end() ? std::string{} : found->second);
    }
    json::array numbers;
    numbers.emplace_back(mobile);
    json::object body;
    body["PhoneNumberSet"] = std::move(numbers);
    body["SmsSdkAppId"] = sms.app_id;
    body["SignName"] = sms.sign_name;
    body["TemplateId"] = sms.template_id;
    body["TemplateParamSet"] = std::move(parameters);
    return json::serialize(body);
}

Outcome judge_code(const std::string& code, std::string detail) {
    const auto begins = [&](std::string_view start) { return code.starts_with(start); };
    if (begins("LimitExceeded.PhoneNumber")) return rejected("number_limit", std::move(detail));
    if (begins("LimitExceeded") || begins("RequestLimitExceeded"))
        return too_many(std::move(detail));
    if (begins("InternalError")) return busy(std::move(detail));
    if (begins("FailedOperation.InsufficientBalance")) return broken("no_money", std::move(detail));
    if (begins("AuthFailure") || begins("UnauthorizedOperation"))
        return broken("sign_in_refused", std::move(detail));
    if (begins("FailedOperation.TemplateIncorrectOrUnapproved") ||
        begins("FailedOperation.SignatureIncorrectOrUnapproved") ||
        begins("FailedOperation.MissingSignature"))
        return broken("template_or_signature", std::move(detail));
    if (begins("InvalidParameterValue.IncorrectPhoneNumber") ||
        begins("FailedOperation.PhoneNumberInBlacklist"))
        return rejected("number_refused", std::move(detail));
    if (begins("InvalidParameter") || begins("MissingParameter"))
        return rejected("parameter", std::move(detail));
    return later("unknown_code", std::move(detail));
}

Outcome judge_numbers(const json::array& statuses) {
    Outcome outcome = sent();
    std::string first_code;
    std::string first_words;
    for (const json::value& status : statuses) {
        if (!status.is_object()) continue;
        const json::object& one = status.as_object();
        const std::string code = text_in(one, "Code");
        if (code == "Ok") {
            outcome.receipt = text_in(one, "SerialNo");
            continue;
        }
        outcome.missed.push_back(text_in(one, "PhoneNumber"));
        if (first_code.empty()) first_code = code.empty() ? "no code" : code;
        if (first_words.empty()) first_words = text_in(one, "Message");
    }
    if (outcome.missed.size() < statuses.size()) return outcome;
    return judge_code(first_code, detail_of(first_code, 0, first_words));
}

}  // namespace

Tc3Signature tc3_signature(const notice::Secret& secret_key, std::string_view host,
                           std::int64_t timestamp_s, std::string_view body) {
    Tc3Signature result;
    result.date = to_string(CivilDate{static_cast<std::int32_t>(timestamp_s / day_s)});
    result.body_hash = to_hex(sha256(body));
    const std::string canonical = "POST\n/\n\ncontent-type:" + std::string{content_type} +
                                  "\nhost:" + std::string{host} + "\nx-tc-action:sendsms\n\n" +
                                  std::string{signed_headers} + "\n" + result.body_hash;
    result.canonical_hash = to_hex(sha256(canonical));
    const std::string to_sign = std::string{algorithm} + "\n" + std::to_string(timestamp_s) + "\n" +
                                result.date + "/sms/tc3_request\n" + result.canonical_hash;
    const Digest of_date = notice::hmac_sha256("TC3" + secret_key.reveal(), result.date);
    const Digest of_service = keyed(of_date.bytes, "sms");
    const Digest of_request = keyed(of_service.bytes, "tc3_request");
    result.signature = to_hex(keyed(of_request.bytes, to_sign));
    return result;
}

HttpRequest tencent_request(const TencentSms& sms, const std::string& mobile,
                            const notice::Message& message, const Attempt& attempt) {
    const std::int64_t timestamp = seconds_of(attempt.at);
    HttpRequest request{.url = notice::Secret{"https://" + sms.host + "/"},
                        .body = body_of(sms, mobile, message)};
    const Tc3Signature signature = tc3_signature(sms.secret_key, sms.host, timestamp, request.body);
    request.headers = {
        {"Content-Type", std::string{content_type}},
        {"X-TC-Action", "SendSms"},
        {"X-TC-Version", "2021-01-11"},
        {"X-TC-Region", sms.region},
        {"X-TC-Timestamp", std::to_string(timestamp)},
        {"Authorization", std::string{algorithm} + " Credential=" + sms.secret_id.reveal() + "/" +
                              signature.date + "/sms/tc3_request, SignedHeaders=" +
                              std::string{signed_headers} + ", Signature=" + signature.signature}};
    return request;
}

Outcome judge_tencent(const HttpAnswer& answer) {
    if (auto failed = failed_status(answer)) return *std::move(failed);
    const auto body = object_in(answer.body);
    const json::value* const response = body ? body->if_contains("Response") : nullptr;
    if (response == nullptr || !response->is_object()) return not_understood(answer);
    const json::object& content = response->as_object();
    if (const json::value* const error = content.if_contains("Error");
        error != nullptr && error->is_object()) {
        const std::string code = text_in(error->as_object(), "Code");
        return judge_code(code, detail_of(code, 0, text_in(error->as_object(), "Message")));
    }
    const json::value* const statuses = content.if_contains("SendStatusSet");
    if (statuses == nullptr || !statuses->is_array() || statuses->as_array().empty())
        return not_understood(answer);
    return judge_numbers(statuses->as_array());
}

}  // namespace dutylog::channels
