// Sends mails of the tests to a server on this machine, for smtp_test.py:
//     send_sample PORT starttls|none USER AUTHORITIES ADDRESS reminder|digest|hostile
#include <cstdio>
#include <cstdlib>
#include <string>

#include "adapters/channels/calendar_feed.hpp"
#include "adapters/channels/smtp.hpp"
#include "tests/adapters/channels/sample.hpp"

using namespace dutylog;
using namespace dutylog::channels;

namespace {

notice::Message message_of(const std::string& name) {
    if (name == "digest") return sample::digest(3);
    if (name != "hostile") return sample::message();
    notice::Message hostile = sample::hostile();
    hostile.lines[1].value.zh_cn = "\n.\nQUIT\n.dots";  // the line ends of a body that lies
    return hostile;
}

MailOptions options() {
    FeedEvent due;
    due.uid = "obl-01K@ohs.example.com";
    due.when = CivilDate{2026, 11, 30};
    due.summary = {"职业健康检查", "Examination"};
    return {.at = sample::at,
            .offset_seconds = 8 * 3600,
            .unsubscribe_url = "https://ohs.example.com/l/u",
            .calendar = icalendar_of(due, Language::zh_cn, sample::at)};
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 7) return 2;
    SmtpRelay relay{.host = "localhost",
                    .port = static_cast<std::uint16_t>(std::atoi(arguments[1])),
                    .tls = std::string{arguments[2]} == "none" ? SmtpRelay::Tls::none
                                                               : SmtpRelay::Tls::starttls,
                    .user = arguments[3],
                    .password = notice::Secret{"right"},
                    .authorities = arguments[4],
                    .time_max = seconds(10)};
    const MailSender sender{
        {"ohs@example.com", "职业健康"}, "bounces@example.com", "ohs.example.com"};
    const auto mail = mail_of(sender, {arguments[5], "李四"}, message_of(arguments[6]), options());
    if (!mail) return 3;
    const Outcome outcome = send_mail(relay, *mail);
    static constexpr const char* verdicts[] = {"sent", "retry", "broken", "rejected"};
    std::printf("%s %s\n", verdicts[static_cast<std::size_t>(outcome.verdict)],
                outcome.reason.c_str());
}
