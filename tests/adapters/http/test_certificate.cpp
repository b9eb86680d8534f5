#include "tests/adapters/http/test_certificate.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

namespace dutylog::test {

namespace {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* thing) const {
        Free(thing);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using File = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Context = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;

const unsigned char* bytes(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string name_in(SSL* ssl) {
    const Certificate certificate{SSL_get1_peer_certificate(ssl)};
    if (certificate == nullptr) return {};
    std::array<char, 100> name{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name.data(),
                              name.size());
    return name.data();
}

}  // namespace

void write_certificate(const std::string& certificate_file, const std::string& key_file,
                       const std::string& common_name) {
    const Key key{EVP_EC_gen("P-256")};
    const Certificate certificate{X509_new()};
    X509* x = certificate.get();
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
    X509_gmtime_adj(X509_getm_notBefore(x), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x), 3600);
    X509_set_pubkey(x, key.get());
    X509_NAME* name = X509_get_subject_name(x);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, bytes(common_name), -1, -1, 0);
    X509_set_issuer_name(x, name);
    X509_sign(x, key.get(), EVP_sha256());
    const File out{BIO_new_file(certificate_file.c_str(), "w")};
    PEM_write_bio_X509(out.get(), x);
    const File secret{BIO_new_file(key_file.c_str(), "w")};
    PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
}

TlsExchange exchange_over_tls(unsigned short port, const std::string& sent, int version_max,
                              const std::string& offer) {
    const Context context{SSL_CTX_new(TLS_client_method())};
    SSL_CTX_set_max_proto_version(context.get(), version_max);
    const std::string offers = static_cast<char>(offer.size()) + offer;
    SSL_CTX_set_alpn_protos(context.get(), bytes(offers), static_cast<unsigned>(offers.size()));
    const File connection{BIO_new_ssl_connect(context.get())};
    const std::string address = "127.0.0.1:" + std::to_string(port);
    BIO_set_conn_hostname(connection.get(), address.c_str());
    TlsExchange exchange;
    if (BIO_do_connect(connection.get()) <= 0) return exchange;
    SSL* ssl = nullptr;
    BIO_get_ssl(connection.get(), &ssl);
    exchange.common_name = name_in(ssl);
    const unsigned char* chosen = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(ssl, &chosen, &length);
    exchange.protocol.assign(chosen, chosen + length);
    BIO_write(connection.get(), sent.data(), static_cast<int>(sent.size()));
    std::array<char, 4096> part{};
    for (int count = 0; (count = BIO_read(connection.get(), part.data(), part.size())) > 0;)
        exchange.answer.append(part.data(), static_cast<std::size_t>(count));
    return exchange;
}

}  // namespace dutylog::test
