#include "adapters/channels/mail.hpp"

#include <algorithm>
#include <array>

#include "adapters/channels/mail_text.hpp"
#include "engine/core/civil_date.hpp"
#include "engine/log/base64.hpp"
#include "engine/log/utf8.hpp"

namespace dutylog::channels {

namespace {

constexpr std::string_view crlf = "\r\n";
constexpr std::size_t local_bytes_max = 64;
constexpr std::size_t domain_bytes_max = 253;
constexpr std::size_t line_max = 76;  ///< characters of a line that holds an encoded word

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Words of allowed characters with single dots between them.
template <class Allowed>
bool is_dotted(std::string_view text, std::size_t bytes_max, Allowed allowed) {
    return !text.empty() && text.size() <= bytes_max && text.front() != '.' && text.back() != '.' &&
           text.find("..") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), [&](char c) { return c == '.' || allowed(c); });
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; });
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7f'; }) &&
           text.find("=?") == std::string_view::npos;
}

/// The longest beginning of whole characters within so many bytes.
std::size_t whole_characters(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text.size();
    std::size_t size = bytes_max;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
    return size;
}

std::string encoded_words(std::string_view text, std::size_t column) {
    constexpr std::string_view begin = "=?UTF-8?B?";
    constexpr std::string_view end = "?=";
    std::string words;
    while (!text.empty()) {
        const std::size_t room = line_max - column - begin.size() - end.size() - 1;
        const std::size_t size = whole_characters(text, room / 4 * 3);
        if (!words.empty()) words.append(crlf).append(" ");
        words.append(begin).append(log::to_base64(bytes_of(text.substr(0, size)))).append(end);
        text.remove_prefix(size);
        column = 1;
    }
    return words;
}

std::string mailbox_text(const Mailbox& mailbox, std::size_t column) {
    if (mailbox.name.empty()) return mailbox.address;
    // Always encoded: a quoted phrase has rules of its own. The address goes on a line of its own.
    return encoded_words(mailbox.name, column) + "\r\n <" + mailbox.address + ">";
}

std::string two_digits(std::int64_t number) {
    std::string text = std::to_string(number);
    return text.size() < 2 ? "0" + text : text;
}

/// `Sun, 22 Nov 2026 08:00:00 +0800`
std::string date_text(Instant at, std::int32_t offset_seconds) {
    static constexpr std::array<const char*, 7> days = {"Mon", "Tue", "Wed", "Thu",
                                                        "Fri", "Sat", "Sun"};
    static constexpr std::array<const char*, 12> months = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    constexpr std::int64_t day_s = 86'400;
    const std::int64_t offset_minutes = offset_seconds / 60;
    const std::int64_t local = seconds_of(at) + offset_minutes * 60;
    const std::int64_t day = (local - (local % day_s + day_s) % day_s) / day_s;
    const std::int64_t second = local - day * day_s;
    const CivilDate date{static_cast<std::int32_t>(day)};
    const std::int64_t off = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    return std::string{days[date.iso_weekday() - 1]} + ", " + std::to_string(date.day()) + " " +
           months[date.month() - 1] + " " + std::to_string(date.year()) + " " +
           two_digits(second / 3600) + ":" + two_digits(second / 60 % 60) + ":" +
           two_digits(second % 60) + (offset_minutes < 0 ? " -" : " +") + two_digits(off / 60) +
           two_digits(off % 60);
}

class HeaderBlock {
public:
    HeaderBlock& add(std::string_view name, std::string_view value) {
        text_.append(name).append(": ").append(value).append(crlf);
        return *this;
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

/// Base64 in lines of 76 characters.
std::string base64_lines(std::string_view text) {
    const std::string all = log::to_base64(bytes_of(text));
    std::string lines;
    for (std::size_t at = 0; at < all.size(); at += line_max)
        lines.append(all, at, line_max).append(crlf);
    return lines;
}

std::string with_crlf(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '\n') result += '\r';
        result += c;
    }
    return result;
}

std::string part(std::string_view type, std::string_view content) {
    return HeaderBlock{}
               .add("Content-Type", type)
               .add("Content-Transfer-Encoding", "base64")
               .take()
               .append(crlf) +
           base64_lines(content);
}

std::string multipart(std::string_view boundary, const std::vector<std::string>& parts) {
    std::string body;
    for (const std::string& one : parts)
        body.append("--").append(boundary).append(crlf).append(one);
    return body.append("--").append(boundary).append("--").append(crlf);
}

std::string multipart_type(std::string_view kind, std::string_view boundary) {
    return "multipart/" + std::string{kind} + ";\r\n boundary=\"" + std::string{boundary} + "\"";
}

/// Neither base64 nor a header line begins with `--=_`, so it cannot stand in a part.
std::string boundary_of(const notice::Message& message, std::string_view which) {
    return "=_" + std::string{which} + "_" + to_hex(sha256(message.id)).substr(0, 24);
}

std::string alternative(const notice::Message& message, const std::string& boundary) {
    return multipart(boundary, {part("text/plain; charset=utf-8", with_crlf(mail_plain(message))),
                                part("text/html; charset=utf-8", with_crlf(mail_html(message)))});
}

std::string body_of(const notice::Message& message, const MailOptions& options) {
    const std::string inner = boundary_of(message, "alternative");
    const std::string type = multipart_type("alternative", inner);
    if (options.calendar.empty())
        return HeaderBlock{}.add("Content-Type", type).take().append(crlf) +
               alternative(message, inner);
    const std::string outer = boundary_of(message, "mixed");
    const std::string words =
        HeaderBlock{}.add("Content-Type", type).take().append(crlf) + alternative(message, inner);
    return HeaderBlock{}.add("Content-Type", multipart_type("mixed", outer)).take().append(crlf) +
           multipart(outer, {words, part("text/calendar; charset=utf-8; method=PUBLISH;\r\n"
                                         " name=\"due.ics\"",
                                         options.calendar)});
}

std::string id_of(const MailSender& sender, const std::string& message_id) {
    return "<" + message_id + "@" + sender.domain + ">";
}

void add_list_headers(HeaderBlock& header, const MailOptions& options) {
    header.add("Precedence", "bulk");
    if (options.unsubscribe_url.empty()) return;
    header.add("List-Unsubscribe", "<" + options.unsubscribe_url + ">")
        .add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

std::string header_of(const MailSender& sender, const Mailbox& to, const notice::Message& message,
                      const MailOptions& options) {
    const Language language = message.language;
    HeaderBlock header;
    header.add("Date", date_text(options.at, options.offset_seconds))
        .add("From", mailbox_text(sender.from, 6))
        .add("To", mailbox_text(to, 4))
        .add("Subject", encoded_header(message.subject.in(language), 9))
        .add("Message-ID", id_of(sender, message.id));
    if (!message.thread.empty())
        header.add("In-Reply-To", id_of(sender, message.thread))
            .add("References", id_of(sender, message.thread));
    header.add("Auto-Submitted", "auto-generated").add("X-Auto-Response-Suppress", "All");
    if (message.kind == notice::Kind::digest) add_list_headers(header, options);
    return header.add("Content-Language", language == Language::en ? "en" : "zh-CN")
        .add("MIME-Version", "1.0")
        .take();
}

/// A link on a line of its own must still be a line of mail.
constexpr std::size_t url_bytes_max = 900;

Result<void> check(const MailSender& sender, const Mailbox& to, const notice::Message& message,
                   const MailOptions& options) {
    for (const std::string& address : {sender.from.address, sender.bounces, to.address})
        if (!is_mail_address(address))
            return reject("mail_address", "expected an address of the form name@host");
    if (!is_mail_address("x@" + sender.domain))
        return reject("mail_address", "expected a host for message ids");
    for (const std::string& value :
         {sender.from.name, to.name, message.subject.in(message.language)})
        if (has_control(value) || !log::is_utf8(value))
            return reject("header_value", "expected one line of text without control characters");
    const bool bad_id = !is_mail_address(message.id + "@x") ||
                        (!message.thread.empty() && !is_mail_address(message.thread + "@x"));
    const std::string& url = options.unsubscribe_url;
    if (bad_id || !is_plain(url) || url.size() > url_bytes_max ||
        url.find_first_of("<> ") != std::string::npos)
        return reject("header_value", "expected ids and addresses without blanks");
    return {};
}

}  // namespace

bool is_mail_address(std::string_view address) {
    const std::size_t at = address.find('@');
    if (at == std::string_view::npos) return false;
    constexpr std::string_view marks = "!#$%&'*+-/=?^_`{|}~";
    const auto in_local = [&](char c) {
        return is_letter_or_digit(c) || marks.find(c) != std::string_view::npos;
    };
    const auto in_domain = [](char c) { return is_letter_or_digit(c) || c == '-'; };
    return is_dotted(address.substr(0, at), local_bytes_max, in_local) &&
           is_dotted(address.substr(at + 1), domain_bytes_max, in_domain);
}

std::string encoded_header(std::string_view value, std::size_t column) {
    if (is_plain(value) && column + value.size() <= line_max) return std::string{value};
    return encoded_words(value, column);
}

Result<Mail> mail_of(const MailSender& sender, const Mailbox& to, const notice::Message& message,
                     const MailOptions& options) {
    if (auto checked = check(sender, to, message, options); !checked)
        return std::unexpected{checked.error()};
    return Mail{sender.bounces, to.address,
                header_of(sender, to, message, options) + body_of(message, options)};
}

Outcome judge_smtp(int code, std::string_view words) {
    if (code == 0) return notice::unanswered(std::string{words});
    const std::string detail = detail_of("SMTP", code, words);
    if (code >= 200 && code < 300) return sent();
    if (code >= 400 && code < 500) {
        Outcome outcome = later("smtp_later", detail);
        outcome.unwell = code == 421;
        return outcome;
    }
    switch (code) {
        case 530:
        case 534:
        case 535:
        case 538:
            return broken("sign_in_refused", detail);
        case 550:
        case 551:
        case 553:
            return rejected("address_refused", detail);
        default:
            break;
    }
    if (code >= 500 && code < 600) return rejected("refused", detail);
    return later("not_understood", detail);
}

}  // namespace dutylog::channels
