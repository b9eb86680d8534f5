#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/channels/answers.hpp"
#include "adapters/channels/http.hpp"
#include "engine/core/rejection.hpp"
#include "engine/notice/message.hpp"

/// Short messages through gateways. Their words come from templates that the operator approved;
/// only values are filled in. No part of them is a matter of health.
namespace dutylog::channels {

/// What a template can name: the values of the message, and `title`, `lead`, `text`, `link`, `id`,
/// `mobile`.
std::map<std::string, std::string> sms_values(const notice::Message& message,
                                              const std::string& mobile);

/// Aliyun (dysmsapi 2017-05-25), signed with ACS3-HMAC-SHA256.
struct AliyunSms {
    notice::Secret key_id;
    notice::Secret key_secret;
    std::string sign_name;
    std::string template_code;
    /// Name in the template → name of a value (`days` → `days`), in the order they are written.
    std::vector<std::pair<std::string, std::string>> parameters;
    std::string host = "dysmsapi.aliyuncs.com";
};

/// @param attempt  its `nonce` is unique for each request
HttpRequest aliyun_request(const AliyunSms& sms, const std::string& mobile,
                           const notice::Message& message, const Attempt& attempt);
Outcome judge_aliyun(const HttpAnswer& answer);

/// A request to be signed with ACS3-HMAC-SHA256.
struct Acs3Request {
    std::string method = "POST";
    std::string path = "/";
    std::vector<std::pair<std::string, std::string>> query;    ///< not yet encoded
    std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
    std::string body;
};
struct Acs3Signature {
    std::string query;           ///< encoded and sorted, as it goes into the address
    std::string canonical_hash;  ///< SHA-256 of the canonical request, hexadecimal
    std::string signature;
    std::string signed_headers;
};
/// Of the headers, `host`, `content-type` and all `x-acs-…` are signed.
Acs3Signature acs3_signature(const notice::Secret& secret, const Acs3Request& request);

/// Tencent Cloud (SMS 2021-01-11), signed with TC3-HMAC-SHA256.
struct TencentSms {
    notice::Secret secret_id;
    notice::Secret secret_key;
    std::string app_id;
    std::string sign_name;
    std::string template_id;
    std::vector<std::string> parameters;  ///< names of values, in the order of the template
    std::string region = "ap-guangzhou";
    std::string host = "sms.tencentcloudapi.com";
};

/// @param mobile  with the country code, `+8613800001111`
HttpRequest tencent_request(const TencentSms& sms, const std::string& mobile,
                            const notice::Message& message, const Attempt& attempt);
/// Each number has a code of its own: those that were refused stand in `missed`.
Outcome judge_tencent(const HttpAnswer& answer);

struct Tc3Signature {
    std::string date;  ///< of the timestamp, in UTC
    std::string body_hash;
    std::string canonical_hash;
    std::string signature;
};
Tc3Signature tc3_signature(const notice::Secret& secret_key, std::string_view host,
                           std::int64_t timestamp_s, std::string_view body);

}  // namespace dutylog::channels
