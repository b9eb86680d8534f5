#include "adapters/channels/smtp.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>

namespace dutylog::channels {

namespace {

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

/// Once for the program; libcurl asks for it before any thread uses it.
void start_library() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) throw std::runtime_error{"libcurl could not be started"};
}

std::size_t read_more(char* buffer, std::size_t size, std::size_t count, void* left) {
    auto& rest = *static_cast<std::string_view*>(left);
    const std::size_t taken = std::min(size * count, rest.size());
    std::memcpy(buffer, rest.data(), taken);
    rest.remove_prefix(taken);
    return taken;
}

/// What the server says goes nowhere; the codes are asked for one by one.
std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }

std::string address_of(const SmtpRelay& relay, const Mail& mail) {
    const bool implicit = relay.tls == SmtpRelay::Tls::implicit;
    const std::string own_name = mail.envelope_from.substr(mail.envelope_from.find('@') + 1);
    return (implicit ? "smtps://" : "smtp://") + relay.host + ":" + std::to_string(relay.port) +
           "/" + own_name;
}

void set_connection(CURL* handle, const SmtpRelay& relay) {
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(handle, CURLOPT_PROXY, "");  // no proxy from the environment
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(relay.time_max.micros / 1000));
    const bool encrypted = relay.tls != SmtpRelay::Tls::none;
    curl_easy_setopt(handle, CURLOPT_USE_SSL,
                     static_cast<long>(encrypted ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!relay.authorities.empty())
        curl_easy_setopt(handle, CURLOPT_CAINFO, relay.authorities.c_str());
    if (relay.user.empty()) return;
    curl_easy_setopt(handle, CURLOPT_USERNAME, relay.user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, relay.password.reveal().c_str());
}

void set_mail(CURL* handle, const Mail& mail, curl_slist* to, std::string_view& left) {
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, ("<" + mail.envelope_from + ">").c_str());
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, &read_more);
    curl_easy_setopt(handle, CURLOPT_READDATA, &left);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &drop);
}

Outcome judge(CURL* handle, CURLcode code, const char* words) {
    if (code == CURLE_OK) return sent();
    const std::string detail = *words != '\0' ? words : curl_easy_strerror(code);
    if (code == CURLE_USE_SSL_FAILED) return broken("no_tls", detail);
    long answered = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answered);
    // A code of success from an earlier step says nothing of the one that failed.
    if (answered >= 400) return judge_smtp(static_cast<int>(answered), detail);
    if (code == CURLE_LOGIN_DENIED) return broken("sign_in_refused", detail);
    return notice::unanswered(detail);
}

}  // namespace

Outcome send_mail(const SmtpRelay& relay, const Mail& mail) {
    if (relay.tls == SmtpRelay::Tls::none && !relay.user.empty())
        return broken("sign_in_without_tls", "nobody signs in over a connection without TLS");
    start_library();
    const Handle handle{curl_easy_init(), &curl_easy_cleanup};
    const List to{curl_slist_append(nullptr, ("<" + mail.envelope_to + ">").c_str()),
                  &curl_slist_free_all};
    if (!handle || !to) throw std::bad_alloc{};
    std::array<char, CURL_ERROR_SIZE> words{};
    std::string_view left{mail.bytes};
    curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, words.data());
    curl_easy_setopt(handle.get(), CURLOPT_URL, address_of(relay, mail).c_str());
    set_connection(handle.get(), relay);
    set_mail(handle.get(), mail, to.get(), left);
    const CURLcode code = curl_easy_perform(handle.get());
    return judge(handle.get(), code, words.data());
}

}  // namespace dutylog::channels
