#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <vector>

#include "adapters/dispatch/letter.hpp"

/// Letters in the form of each channel. All of it is plain data: nothing here opens a socket.
namespace dutylog::dispatch {

/// One request, and how its answer is read.
struct HttpForm {
    channels::HttpRequest request;
    std::function<notice::Outcome(const channels::HttpAnswer&)> judge;
    std::vector<notice::Secret> secrets;  ///< what a receiver may repeat and nobody may keep
};

/// The call that some channels want before: for an access token.
struct TokenCall {
    channels::HttpRequest request;
    std::function<std::expected<channels::Token, notice::Outcome>(const channels::HttpAnswer&)>
        read;
};
/// @returns nothing for channels that have no such tokens
std::optional<TokenCall> token_call(const Route& route);

/// @param to  of the person; an address that the channel needs and is not known is an outcome
/// @param attempt  with its time, token, nonce and what it does otherwise
std::expected<HttpForm, notice::Outcome> http_form(const Route& route, const Letter& letter,
                                                   const std::string& channel, const Addressee& to,
                                                   const channels::Attempt& attempt);

std::expected<channels::Mail, notice::Outcome> mail_form(const MailRoute& route,
                                                         const Letter& letter, const Addressee& to,
                                                         Instant at);

}  // namespace dutylog::dispatch
