#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/channels/answers.hpp"
#include "engine/core/rejection.hpp"
#include "engine/notice/message.hpp"

/// Messages as mail: RFC 5322 with MIME (RFC 2045–2047), ready for SMTP.
namespace dutylog::channels {

struct Mailbox {
    std::string address;  ///< `lisi@example.com`: plain ASCII, no quotes, no comments
    std::string name{};   ///< may be empty
};

struct MailSender {
    Mailbox from;
    std::string bounces;  ///< envelope sender; may be the same address
    std::string domain;   ///< right of the @ in message ids: a name of ours that never changes
};

/// What one mail needs besides its message.
struct MailOptions {
    Instant at{};                     ///< the `Date`
    std::int32_t offset_seconds = 0;  ///< of the reader's zone, for the `Date`
    std::string unsubscribe_url{};    ///< of digests; a duty of law cannot be unsubscribed from
    std::string calendar{};           ///< an iCalendar text to attach; empty: none
};

struct Mail {
    std::string envelope_from;
    std::string envelope_to;
    std::string bytes;  ///< header and body with CRLF; no line is longer than 998 bytes
};

/// Whether an address can be written into a header and an envelope as it is.
bool is_mail_address(std::string_view address);

/// A header value as encoded words of at most 75 characters, folded, where it is not plain and
/// short ASCII. @param column  how many characters stand before it on its line
std::string encoded_header(std::string_view value, std::size_t column);

/// The same message gives the same `Message-ID` on every attempt, so a retry is a duplicate.
/// @returns a rejection `mail_address` or `header_value` (CR, LF, NUL and other control characters)
Result<Mail> mail_of(const MailSender& sender, const Mailbox& to, const notice::Message& message,
                     const MailOptions& options);

/// What an answer of the SMTP server means.
/// @param code  three digits; 0 where the connection ended before one came
Outcome judge_smtp(int code, std::string_view words);

}  // namespace dutylog::channels
