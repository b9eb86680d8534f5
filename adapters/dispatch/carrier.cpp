#include "adapters/dispatch/carrier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace dutylog::dispatch {

namespace asio = boost::asio;
using notice::Outcome;
using notice::Repair;
using notice::Secret;
using notice::dispatch::Attempt;

namespace {

constexpr std::size_t mail_threads = 4;

bool does(const Attempt& attempt, Repair repair) {
    return std::ranges::find(attempt.repairs, repair) != attempt.repairs.end();
}

/// Somebody the receiver did not reach although it took the message: each goes to one person.
Outcome unless_missed(Outcome outcome) {
    if (outcome.verdict != notice::Verdict::sent || outcome.missed.empty()) return outcome;
    return channels::rejected("not_reached", "the receiver took it and did not reach the person");
}

asio::awaitable<Outcome> send_here(const channels::SmtpRelay* relay, channels::Mail mail) {
    co_return channels::send_mail(*relay, mail);
}

/// On one of these threads, since it blocks.
MailTransport by_smtp(asio::thread_pool& threads) {
    return [&threads](const channels::SmtpRelay& relay,
                      channels::Mail mail) -> asio::awaitable<Outcome> {
        auto sending = send_here(&relay, std::move(mail));
        co_return co_await asio::co_spawn(threads, std::move(sending), asio::use_awaitable);
    };
}

}  // namespace

Carrier::Carrier(const Setup& setup, runtime::Runtime& runtime, Transport transport,
                 MailTransport mail_transport)
    : setup_{setup},
      runtime_{runtime},
      transport_{std::move(transport)},
      mail_transport_{std::move(mail_transport)},
      mail_threads_{mail_threads} {
    if (!mail_transport_) mail_transport_ = by_smtp(mail_threads_);
    if (transport_) return;
    tls_.emplace(channels::sender_tls(setup.authorities));
    sender_.emplace(setup.allowed, *tls_);
    transport_ = [this](channels::HttpRequest request) {
        return sender_->send(std::move(request));
    };
}

void Carrier::end() {
    mail_threads_.stop();
    mail_threads_.join();
    if (sender_) sender_->close();
}

asio::awaitable<Handed> Carrier::hand_over(Attempt attempt, Letter letter) {
    const bool mail = std::holds_alternative<MailRoute>(setup_.routes.at(attempt.channel));
    if (mail) co_return co_await by_mail(std::move(attempt), std::move(letter));
    co_return co_await over_http(std::move(attempt), std::move(letter));
}

/// The token of a channel, kept until shortly before it ends.
asio::awaitable<std::expected<Secret, Outcome>> Carrier::token_of(std::string channel, bool renew) {
    const auto call = token_call(setup_.routes.at(channel));
    if (!call) co_return Secret{};
    if (const auto kept = tokens_.find(channel);
        kept != tokens_.end() && !renew && runtime_.wall() < kept->second.until)
        co_return kept->second.value;
    auto answer = co_await transport_(call->request);
    if (!answer) co_return std::unexpected{answer.error()};
    answer->at = runtime_.wall();
    auto token = call->read(*answer);
    if (!token) co_return std::unexpected{token.error()};
    tokens_[channel] = {token->value, answer->at + token->life - channels::token_margin};
    co_return token->value;
}

asio::awaitable<Handed> Carrier::over_http(Attempt attempt, Letter letter) {
    Handed handed{{}, {letter.message.id, {}}};
    const auto token = co_await token_of(attempt.channel, does(attempt, Repair::renew_token));
    if (!token) {
        handed.outcome = token.error();
        co_return handed;
    }
    const channels::Attempt form_of{
        .at = attempt.at,
        .shortened = does(attempt, Repair::shorten),
        .without_mentions = does(attempt, Repair::leave_out_mentions),
        .token = *token,
        .nonce = fmt::format("{:016x}{:016x}", runtime_.random("nonce"), runtime_.random("nonce"))};
    const auto form = http_form(setup_.routes.at(attempt.channel), letter, attempt.channel,
                                setup_.addressee(attempt.person), form_of);
    if (!form) {
        handed.outcome = form.error();
        co_return handed;
    }
    handed.proof.content = sha256(form->request.body);
    auto answer = co_await transport_(form->request);
    if (answer) {
        answer->at = runtime_.wall();
        handed.outcome = unless_missed(form->judge(*answer));
    } else {
        handed.outcome = answer.error();
    }
    handed.outcome = channels::redacted(std::move(handed.outcome), form->secrets);
    co_return handed;
}

asio::awaitable<Handed> Carrier::by_mail(Attempt attempt, Letter letter) {
    const auto& route = std::get<MailRoute>(setup_.routes.at(attempt.channel));
    Handed handed{{}, {letter.message.id, {}}};
    auto mail = mail_form(route, letter, setup_.addressee(attempt.person), attempt.first);
    if (!mail) {
        handed.outcome = mail.error();
        co_return handed;
    }
    handed.proof.content = sha256(mail->bytes);
    handed.outcome = co_await mail_transport_(route.relay, std::move(*mail));
    const std::vector<Secret> secrets{route.relay.password};
    handed.outcome = channels::redacted(std::move(handed.outcome), secrets);
    co_return handed;
}

}  // namespace dutylog::dispatch
