#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <map>
#include <optional>

#include "adapters/channels/sender.hpp"
#include "adapters/dispatch/forms.hpp"
#include "engine/runtime/runtime.hpp"

namespace dutylog::dispatch {

/// What one attempt came to, and what it had handed over.
struct Handed {
    notice::Outcome outcome;
    notice::dispatch::Proof proof;
};

/// Carries one request to its receiver and the answer back: `channels::Sender`, or what stands in
/// for it in a simulation.
using Transport =
    std::function<boost::asio::awaitable<std::expected<channels::HttpAnswer, notice::Outcome>>(
        channels::HttpRequest)>;

/// Hands one mail to a relay: `channels::send_mail` on a thread of its own, or what stands in for
/// it in a simulation. The relay outlives the call.
using MailTransport = std::function<boost::asio::awaitable<notice::Outcome>(
    const channels::SmtpRelay& relay, channels::Mail mail)>;

/// Makes single attempts: puts a letter into the form of its channel, hands it over and says what
/// the answer means. It never tries twice. Used on one thread; mail, which blocks, has threads of
/// its own.
class Carrier {
public:
    /// @param setup  outlives the carrier
    /// @param transport  empty: HTTP over sockets
    /// @param mail_transport  empty: SMTP over sockets
    /// @throws boost::system::system_error  the file of authorities cannot be read
    Carrier(const Setup& setup, runtime::Runtime& runtime, Transport transport = {},
            MailTransport mail_transport = {});

    /// Waits for mails that are being handed over and closes connections; nothing may be begun
    /// after it.
    void end();

    boost::asio::awaitable<Handed> hand_over(notice::dispatch::Attempt attempt, Letter letter);

private:
    struct KeptToken {
        notice::Secret value;
        Instant until;
    };

    boost::asio::awaitable<std::expected<notice::Secret, notice::Outcome>> token_of(
        std::string channel, bool renew);
    boost::asio::awaitable<Handed> over_http(notice::dispatch::Attempt attempt, Letter letter);
    boost::asio::awaitable<Handed> by_mail(notice::dispatch::Attempt attempt, Letter letter);

    const Setup& setup_;
    runtime::Runtime& runtime_;
    std::optional<boost::asio::ssl::context> tls_;
    std::optional<channels::Sender> sender_;
    Transport transport_;
    MailTransport mail_transport_;
    std::map<std::string, KeptToken> tokens_;  ///< by channel
    boost::asio::thread_pool mail_threads_;
};

}  // namespace dutylog::dispatch
