#include <algorithm>

#include "adapters/channels/markup.hpp"
#include "adapters/channels/sms.hpp"
#include "engine/notice/hmac.hpp"

namespace dutylog::channels {

namespace {

namespace json = boost::json;
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view algorithm = "ACS3-HMAC-SHA256";

std::string encoded_query(Pairs query) {
    std::sort(query.begin(), query.end());
    std::string text;
    for (const auto& [name, value] : query)
        text += (text.empty() ? "" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
    return text;
}

bool is_signed(const std::string& name) {
    return name == "host" || name == "content-type" || name.starts_with("x-acs-");
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(' ') - first + 1)};
}

/// `2026-11-22T00:00:00Z`, whole seconds.
std::string acs_date(Instant at) { return to_string(Instant{} + seconds(seconds_of(at))); }

std::string template_values(const AliyunSms& sms, const notice::Message& message,
                            const std::string& mobile) {
    const auto values = sms_values(message, mobile);
    json::object filled;
    for (const auto& [name, value] : sms.parameters) {
        const auto found = values.find(value);
        filled[name] = found == values.end() ? std::string{} : found->second;
    }
    return json::serialize(filled);
}

}  // namespace

Acs3Signature acs3_signature(const notice::Secret& secret, const Acs3Request& request) {
    Acs3Signature result;
    result.query = encoded_query(request.query);
    Pairs headers;
    for (const auto& header : request.headers)
        if (is_signed(header.first)) headers.push_back(header);
    std::sort(headers.begin(), headers.end());
    std::string lines;
    for (const auto& [name, value] : headers) {
        lines.append(name).append(":").append(trimmed(value)).append("\n");
        result.signed_headers += (result.signed_headers.empty() ? "" : ";") + name;
    }
    const std::string canonical = request.method + "\n" + request.path + "\n" + result.query +
                                  "\n" + lines + "\n" + result.signed_headers + "\n" +
                                  to_hex(sha256(request.body));
    result.canonical_hash = to_hex(sha256(canonical));
    const std::string to_sign = std::string{algorithm} + "\n" + result.canonical_hash;
    result.signature = to_hex(notice::hmac_sha256(secret.reveal(), to_sign));
    return result;
}

HttpRequest aliyun_request(const AliyunSms& sms, const std::string& mobile,
                           const notice::Message& message, const Attempt& attempt) {
    Acs3Request request;
    request.query = {{"PhoneNumbers", mobile},
                     {"SignName", sms.sign_name},
                     {"TemplateCode", sms.template_code},
                     {"TemplateParam", template_values(sms, message, mobile)}};
    request.headers = {{"host", sms.host},
                       {"x-acs-action", "SendSms"},
                       {"x-acs-content-sha256", to_hex(sha256(request.body))},
                       {"x-acs-date", acs_date(attempt.at)},
                       {"x-acs-signature-nonce", attempt.nonce},
                       {"x-acs-version", "2017-05-25"}};
    const Acs3Signature signature = acs3_signature(sms.key_secret, request);
    HttpRequest sent{.url = notice::Secret{"https://" + sms.host + "/?" + signature.query}};
    for (const auto& [name, value] : request.headers)
        if (name != "host") sent.headers.push_back({name, value});  // the sender says the host
    sent.headers.push_back({"Authorization", std::string{algorithm} +
                                                 " Credential=" + sms.key_id.reveal() +
                                                 ",SignedHeaders=" + signature.signed_headers +
                                                 ",Signature=" + signature.signature});
    return sent;
}

Outcome judge_aliyun(const HttpAnswer& answer) {
    // Its errors come with statuses of 400 and more, and the code in the body all the same.
    const auto body = object_in(answer.body);
    const std::string code = body ? text_in(*body, "Code") : std::string{};
    if (code.empty()) {
        auto failed = failed_status(answer);
        return failed ? *std::move(failed) : not_understood(answer);
    }
    if (code == "OK")
        return answer.status == 200 ? sent(text_in(*body, "BizId")) : not_understood(answer);
    const std::string detail = detail_of(code, answer.status, text_in(*body, "Message"));
    if (code == "isv.BUSINESS_LIMIT_CONTROL") return rejected("number_limit", detail);
    if (code == "isv.MOBILE_NUMBER_ILLEGAL" || code == "isv.MOBILE_COUNT_OVER_LIMIT")
        return rejected("number_refused", detail);
    if (code == "isp.SYSTEM_ERROR") return busy(detail);
    if (code.starts_with("Throttling")) return too_many(detail);
    if (code == "isv.AMOUNT_NOT_ENOUGH") return broken("no_money", detail);
    if (code.starts_with("isv.SMS_TEMPLATE") || code.starts_with("isv.SMS_SIGN"))
        return broken("template_or_signature", detail);
    if (code.starts_with("InvalidAccessKeyId") || code.starts_with("SignatureDoesNotMatch") ||
        code.starts_with("IncompleteSignature"))
        return broken("sign_in_refused", detail);
    if (code.starts_with("isv.")) return rejected("parameter", detail);
    return later("unknown_code", detail);
}

}  // namespace dutylog::channels
