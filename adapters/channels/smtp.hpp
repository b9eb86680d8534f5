#pragma once

#include <cstdint>
#include <string>

#include "adapters/channels/mail.hpp"
#include "engine/notice/secret.hpp"

namespace dutylog::channels {

/// The server that takes our mail.
struct SmtpRelay {
    enum class Tls : std::uint8_t {
        starttls,  ///< port 587; a server that does not offer it is refused
        implicit,  ///< port 465
        none,      ///< a relay inside, said in so many words; nobody signs in without TLS
    };

    std::string host;
    std::uint16_t port = 587;
    Tls tls = Tls::starttls;
    std::string user{};  ///< empty: nobody signs in
    notice::Secret password{};
    std::string authorities{};  ///< file of certificates to believe; empty: those of the system
    Elapsed time_max = seconds(60);  ///< in all
};

/// One attempt to hand over one mail (RFC 5321, RFC 6409). Blocks; call it from a thread of its
/// own. Several threads may send at once.
Outcome send_mail(const SmtpRelay& relay, const Mail& mail);

}  // namespace dutylog::channels
