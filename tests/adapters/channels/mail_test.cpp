#include "adapters/channels/mail.hpp"

#include "adapters/channels/mail_text.hpp"
#include "engine/log/base64.hpp"
#include "tests/adapters/channels/expect.hpp"
#include "tests/adapters/channels/sample.hpp"

using namespace dutylog;
using namespace dutylog::channels;
using dutylog::channels::expect::words_of;

namespace {

const MailSender sender{{"ohs@example.com", "职业健康"}, "bounces@example.com", "ohs.example.com"};
const Mailbox li_si{"lisi@example.com", "李四"};
const MailOptions options{.at = sample::at, .offset_seconds = 8 * 3600};

std::string bytes_of_mail(const notice::Message& message, const MailOptions& with = options) {
    const auto mail = mail_of(sender, li_si, message, with);
    REQUIRE(mail);
    return mail->bytes;
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find("\r\n");
        REQUIRE(end != std::string_view::npos);
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end + 2);
    }
    return lines;
}

}  // namespace

TEST_CASE("a subject that is not ASCII is written as encoded words", "[channels][mail]") {
    CHECK(encoded_header("职业健康检查将到期", 9) ==
          "=?UTF-8?B?6IGM5Lia5YGl5bq35qOA5p+l5bCG5Yiw5pyf?=");
    CHECK(encoded_header("Health examination due", 9) == "Health examination due");
    CHECK(encoded_header("=?UTF-8?B?eA==?=", 9) == "=?UTF-8?B?PT9VVEYtOD9CP2VBPT0/PQ==?=");
    CHECK(encoded_header("", 9).empty());
}

TEST_CASE("long subjects are split between characters, within the lines of RFC 2047",
          "[channels][mail]") {
    std::string text;
    for (int i = 0; i < 60; ++i) text += i % 7 == 0 ? "👷" : "健康a";
    std::string_view rest;
    const std::string folded = encoded_header(text, 9) + "\r\n";
    std::string joined;
    bool first = true;
    for (const std::string& line : lines_of(folded)) {
        rest = line;
        CHECK(rest.size() + (first ? 9 : 0) <= 76);
        if (!first) REQUIRE(rest.starts_with(" "));
        if (!first) rest.remove_prefix(1);
        first = false;
        CHECK(rest.size() <= 75);
        REQUIRE(rest.starts_with("=?UTF-8?B?"));
        const auto word = log::parse_base64(rest.substr(10, rest.size() - 12));
        REQUIRE(word);
        const std::string piece{word->begin(), word->end()};
        CHECK((static_cast<unsigned char>(piece[0]) & 0xc0) != 0x80);
        joined += piece;
    }
    CHECK(joined == text);
}

TEST_CASE("a mail says who sent it, to whom, when, and that a machine did", "[channels][mail]") {
    const auto mail = mail_of(sender, li_si, sample::message(), options);
    REQUIRE(mail);
    CHECK(mail->envelope_from == "bounces@example.com");
    CHECK(mail->envelope_to == "lisi@example.com");
    const std::string header = mail->bytes.substr(0, mail->bytes.find("\r\n\r\n"));
    CHECK(header ==
          "Date: Sun, 22 Nov 2026 08:00:00 +0800\r\n"
          "From: =?UTF-8?B?6IGM5Lia5YGl5bq3?=\r\n <ohs@example.com>\r\n"
          "To: =?UTF-8?B?5p2O5Zub?=\r\n <lisi@example.com>\r\n"
          "Subject: =?UTF-8?B?W+i/mOWJqSA3IOWkqV0g6IGM5Lia5YGl5bq35qOA5p+lIOKAkyA=?=\r\n"
          " =?UTF-8?B?5byg5LiJIOKAkyAyMDI2LTExLTMw?=\r\n"
          "Message-ID: <ntc_01K@ohs.example.com>\r\n"
          "Auto-Submitted: auto-generated\r\n"
          "X-Auto-Response-Suppress: All\r\n"
          "Content-Language: zh-CN\r\n"
          "MIME-Version: 1.0\r\n"
          "Content-Type: multipart/alternative;\r\n"
          " boundary=\"=_alternative_0f2d3c0ee756e673307d73b5\"");
}

TEST_CASE("a series is one thread", "[channels][mail]") {
    notice::Message second = sample::message();
    second.thread = "ntc_first";
    const std::string mail = bytes_of_mail(second);
    CHECK(has(mail,
              "\r\nIn-Reply-To: <ntc_first@ohs.example.com>\r\n"
              "References: <ntc_first@ohs.example.com>\r\n"));
}

TEST_CASE("only a digest can be unsubscribed from", "[channels][mail]") {
    MailOptions with = options;
    with.unsubscribe_url = "https://ohs.example.com/l/u";
    const std::string digest = bytes_of_mail(sample::digest(2), with);
    CHECK(has(digest,
              "\r\nPrecedence: bulk\r\nList-Unsubscribe: <https://ohs.example.com/l/u>\r\n"
              "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    const std::string duty = bytes_of_mail(sample::message(), with);
    CHECK_FALSE(has(duty, "List-Unsubscribe"));
    CHECK_FALSE(has(duty, "Precedence"));
}

TEST_CASE("a retry is the same mail but for its date", "[channels][mail]") {
    MailOptions later = options;
    later.at = later.at + hours(1);
    const std::string first = bytes_of_mail(sample::message());
    std::string second = bytes_of_mail(sample::message(), later);
    CHECK(first != second);
    second.replace(second.find("09:00:00"), 8, "08:00:00");
    CHECK(first == second);
}

TEST_CASE("dates are written in the zone of the reader", "[channels][mail]") {
    const auto date = [](Instant at, std::int32_t offset) {
        const std::string mail =
            bytes_of_mail(sample::message(), {.at = at, .offset_seconds = offset});
        return mail.substr(6, mail.find("\r\n") - 6);
    };
    CHECK(date(sample::at, 0) == "Sun, 22 Nov 2026 00:00:00 +0000");
    CHECK(date(sample::at, -5 * 3600 - 1800) == "Sat, 21 Nov 2026 18:30:00 -0530");
    CHECK(date(Instant{} + seconds(-1), 0) == "Wed, 31 Dec 1969 23:59:59 +0000");
}

TEST_CASE("no line of a mail is longer than it may be, and all end in CRLF", "[channels][mail]") {
    MailOptions with = options;
    with.calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
    with.unsubscribe_url = "https://ohs.example.com/" + std::string(800, 'u');
    for (const notice::Message& message : {sample::long_one(), sample::hostile()}) {
        notice::Message wordy = message;
        wordy.subject.zh_cn += std::string(3'000, 's');
        for (const std::string& line : lines_of(bytes_of_mail(wordy, with))) {
            CHECK(line.size() <= 998);
            CHECK(line.find_first_of("\r\n") == std::string::npos);
        }
    }
}

TEST_CASE("nothing that people typed can add a header", "[channels][mail]") {
    const auto reason = [](MailSender from, Mailbox to, notice::Message message,
                           MailOptions with = options) {
        const auto mail = mail_of(from, to, message, with);
        return mail ? std::string{} : mail.error().reason;
    };
    for (const auto* bad : {"x\r\nBcc: all@example.com", "x\ny", "x\ry", "\x01"}) {
        notice::Message message = sample::message();
        message.subject.zh_cn = bad;
        CHECK(reason(sender, li_si, message) == "header_value");
        CHECK(reason(sender, {"lisi@example.com", bad}, sample::message()) == "header_value");
        CHECK(reason(sender, {bad, "x"}, sample::message()) == "mail_address");
        message = sample::message();
        message.id = bad;
        CHECK(reason(sender, li_si, message) == "header_value");
        MailOptions with = options;
        with.unsubscribe_url = bad;
        CHECK(reason(sender, li_si, sample::message(), with) == "header_value");
    }
    CHECK(reason(sender, {"lisi@example.com", std::string{"\0", 1}}, sample::message()) ==
          "header_value");
    CHECK(reason(sender, {"lisi@example.com", "\xff"}, sample::message()) == "header_value");
}

TEST_CASE("only plain addresses are written into envelopes", "[channels][mail]") {
    for (const auto* good : {"a@b", "li.si+ohs@mail.example.com", "o'neil@example.com"})
        CHECK(is_mail_address(good));
    for (const auto* bad :
         {"",          "@",       "a@",    "@b",     "a b@c",         "a@b c",
          "a@b@c",     ".a@b",    "a.@b",  "a..b@c", "a@.b",          "a@b.",
          "a@b..c",    "\"a\"@b", "<a@b>", "a@b>",   "a@[127.0.0.1]", "李四@example.com",
          "a@例子.cn", "a@b\r\n", "a,b@c"}) {
        CAPTURE(bad);
        CHECK_FALSE(is_mail_address(bad));
    }
    CHECK_FALSE(is_mail_address(std::string(65, 'a') + "@b"));
}

TEST_CASE("the words of a mail stand in both forms, and markup of people in neither",
          "[channels][mail]") {
    CHECK(
        mail_plain(sample::message()) ==
        "职业健康检查将到期\n第 2 次提醒，还剩 7 天\n\n对象：张三（喷砂车间）\n截止：2026-11-30\n\n"
        "查看并处理: https://ohs.example.com/t/01K\n");
    const std::string html = mail_html(sample::hostile());
    CHECK(has(html, "<html lang=\"zh-CN\">"));
    CHECK(has(html, "&lt;font&gt;"));
    CHECK_FALSE(has(html, "<at"));
    CHECK_FALSE(has(html, "<font"));
    CHECK(has(html, "<a href=\"https://ohs.example.com/t/01K\">查看并处理</a>"));
    CHECK(has(mail_plain(sample::digest(1)),
              "- 还剩 7 天 | 在岗期间职业健康检查 – 员工0 | 2026-11-30\n"
              "  https://ohs.example.com/t/01K0\n"));
}

TEST_CASE("what the SMTP server answers is told apart", "[channels][mail]") {
    const std::pair<int, const char*> cases[] = {
        {250, "sent"},
        {251, "sent"},
        {421, "retry smtp_later"},
        {450, "retry smtp_later"},
        {451, "retry smtp_later"},
        {452, "retry smtp_later"},
        {454, "retry smtp_later"},
        {530, "broken sign_in_refused"},
        {535, "broken sign_in_refused"},
        {550, "rejected address_refused"},
        {551, "rejected address_refused"},
        {552, "rejected refused"},
        {553, "rejected address_refused"},
        {554, "rejected refused"},
        {0, "retry no_answer"},
        {354, "retry not_understood"},
        {999, "retry not_understood"},
    };
    for (const auto& [code, expected] : cases) {
        CAPTURE(code);
        CHECK(words_of(judge_smtp(code, "words")) == expected);
    }
}
