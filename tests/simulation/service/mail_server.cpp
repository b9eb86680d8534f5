#include "tests/simulation/service/mail_server.hpp"

#include <array>

namespace dutylog::simulation {

namespace {

constexpr std::array every_manner{
    MailManner::refuses,   MailManner::hangs,        MailManner::closing,    MailManner::full,
    MailManner::greylists, MailManner::knows_nobody, MailManner::takes_none, MailManner::later,
    MailManner::never,     MailManner::cuts_text,    MailManner::drops};

/// Lines that begin with a dot were sent with another one before it.
std::string plain_text(const std::string& stuffed) {
    std::string text;
    for (std::size_t at = 0; at < stuffed.size();) {
        const std::size_t end = stuffed.find("\r\n", at) + 2;
        text += stuffed.substr(at + (stuffed[at] == '.' ? 1 : 0),
                               end - at - (stuffed[at] == '.' ? 1 : 0));
        at = end;
    }
    return text;
}

/// What stands before the @ of `Message-ID: <ntc_…@plant.test>`.
std::string id_of(const std::string& text) {
    const std::size_t field = text.find("\r\nMessage-ID: <");
    if (field == std::string::npos) return {};
    const std::size_t begin = field + 15;
    return text.substr(begin, text.find('@', begin) - begin);
}

}  // namespace

std::shared_ptr<Wire> MailServer::connect(const boost::asio::any_io_executor& executor) {
    ++connections_;
    const MailManner manner =
        draw_.chance(trouble_percent_) ? draw_.one_of(every_manner) : MailManner::well;
    if (down_ || manner == MailManner::refuses) return nullptr;
    auto wire = std::make_shared<Wire>(executor);
    if (manner == MailManner::cuts_text)
        wire->cut_after(Wire::End::caller, draw_.below(draw_.chance(40) ? 100 : 2'000));
    guests_.push_back({.wire = wire, .manner = manner});
    return wire;
}

void MailServer::turn(Instant now, std::size_t process) {
    now_ = now;
    process_ = process;
    for (Guest& guest : guests_) {
        if (guest.manner == MailManner::hangs) continue;
        if (!guest.greeted) greet(guest);
        guest.bytes += guest.wire->take(Wire::End::host);
        for (;;) {
            const std::string_view mark = guest.in_text ? "\r\n.\r\n" : "\r\n";
            const std::size_t end = guest.bytes.find(mark);
            if (end == std::string::npos) break;
            const std::string said = guest.bytes.substr(0, end + 2);
            guest.bytes.erase(0, end + mark.size());
            guest.in_text ? take(guest, said) : hear(guest, said);
        }
    }
    std::erase_if(guests_, [](const Guest& guest) {
        return guest.wire->is_cut() || guest.wire->is_over(Wire::End::host);
    });
}

void MailServer::say(Guest& guest, const std::string& line) {
    guest.wire->write(Wire::End::host, line + "\r\n");
}

void MailServer::greet(Guest& guest) {
    guest.greeted = true;
    if (guest.manner == MailManner::closing) return say(guest, "421 closing");
    say(guest, "220-mail.test\r\n220 ESMTP");
}

void MailServer::hear(Guest& guest, const std::string& line) {
    const std::string word = line.substr(0, 4);
    const MailManner manner = guest.manner;
    if (word == "EHLO") return say(guest, "250-mail.test\r\n250 8BITMIME");
    if (word == "MAIL") return say(guest, manner == MailManner::full ? "452 full" : "250 ok");
    if (word == "RCPT") {
        guest.to = line.substr(9, line.find('>') - 9);
        if (manner == MailManner::greylists) return say(guest, "450 come again");
        return say(guest, manner == MailManner::knows_nobody ? "550 nobody" : "250 ok");
    }
    if (word == "DATA") {
        guest.in_text = manner != MailManner::takes_none;
        return say(guest, guest.in_text ? "354 go on" : "554 no");
    }
    say(guest, word == "QUIT" ? "221 bye" : "500 what");
}

void MailServer::take(Guest& guest, const std::string& text) {
    guest.in_text = false;
    Taken mail;
    mail.target = guest.to;
    mail.id = id_of(text);
    mail.body = plain_text(text);
    mail.content = sha256(mail.body);
    mail.at = now_;
    mail.process = process_;
    mail.is_mail = true;
    mail.agreed = guest.manner != MailManner::later && guest.manner != MailManner::never;
    if (mail.agreed) taken_.push_back(std::move(mail));
    if (guest.manner == MailManner::drops) return guest.wire->cut();
    if (guest.manner == MailManner::later) return say(guest, "451 not now");
    say(guest, guest.manner == MailManner::never ? "552 too much" : "250 taken");
}

}  // namespace dutylog::simulation
