#include "adapters/http/tls.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <boost/system/system_error.hpp>
#include <stdexcept>
#include <string_view>

#include "adapters/http/tls_error.hpp"

namespace dutylog::http {

namespace ssl = boost::asio::ssl;

namespace {

constexpr std::string_view alpn_http_1_1{"\x08http/1.1", 9};

/// Of the protocols a client offers there is one we speak; who offers none gets it too.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_length,
                    const unsigned char* in, unsigned in_length, void*) {
    const auto* ours = reinterpret_cast<const unsigned char*>(alpn_http_1_1.data());
    const int chosen = SSL_select_next_proto(const_cast<unsigned char**>(out), out_length, ours,
                                             alpn_http_1_1.size(), in, in_length);
    return chosen == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

std::shared_ptr<ssl::context> load(const TlsFiles& files) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX* native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_alpn_select_cb(native, &choose_protocol, nullptr);
    try {
        context->use_certificate_chain_file(files.certificate_chain);
        context->use_private_key_file(files.private_key, ssl::context::pem);
    } catch (const boost::system::system_error& error) {
        throw TlsError{fmt::format("certificate {} with key {}: {}", files.certificate_chain,
                                   files.private_key, error.code().message())};
    }
    return context;
}

}  // namespace

TlsContext::TlsContext(TlsFiles files) : files_{std::move(files)}, context_{load(files_)} {}

std::shared_ptr<ssl::context> TlsContext::current() const {
    const std::scoped_lock lock{mutex_};
    return context_;
}

void TlsContext::reload() {
    auto fresh = load(files_);
    const std::scoped_lock lock{mutex_};
    context_ = std::move(fresh);
}

}  // namespace dutylog::http
