#pragma once

#include <string_view>

/// The known answers of docs/notifications.md.
namespace dutylog::notice::vectors {

inline constexpr std::string_view webhook_body =
    R"({"type":"obligation.overdue","timestamp":"2026-11-22T08:00:00+08:00","data":{"obligation":"obl_01K","days":3}})";
inline constexpr std::string_view webhook_id = "evt_01KDOMAINVECTOR0001";
inline constexpr std::int64_t at_s = 1795305600;

inline constexpr std::string_view new_secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
inline constexpr std::string_view new_signature = "v1,VUx0+cpcGy1JbYTH63AleRAKSwP4ldgj6DhurAcsx2Q=";
inline constexpr std::string_view old_secret = "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
inline constexpr std::string_view old_signature = "v1,JshmbXxjIkDw5phaEw2qY8Gqow3rWVV2mPG6VUZxKvw=";
inline constexpr std::string_view signing_secret =
    "whsk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8DoQe/884Qvh1w3RjnS8CZZ+TWMJulDV8d3IZkElUxuA==";
inline constexpr std::string_view signing_public =
    "whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";
inline constexpr std::string_view signing_signature =
    "v1a,lDXP13CRY4+DjZWC2ZD6+JGeqjzDcblkeybHGebcPkolf7m/nkhjvW8BkhjkmkH4vGv/66Ie6Rh0vAyq3TrpDQ==";

}  // namespace dutylog::notice::vectors
