#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdlib>
#include <filesystem>
#include <memory>

#include "adapters/keys/key_file.hpp"
#include "adapters/keys/link_keys.hpp"
#include "adapters/server/doctor/doctor.hpp"
#include "adapters/server/house_options.hpp"
#include "adapters/server/private_files.hpp"

namespace dutylog::server::doctor {

using cli::phrase;
using cli::Phrase;

namespace {

constexpr int days_warn = 30;

Finding look_at_mode(const std::string& part, const std::string& path, bool group_may_read) {
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        return ok(part, phrase("{}: is not there yet", "{}：尚不存在", path));
    if (const auto mode = exposed_mode(path, group_may_read))
        return fail(part,
                    phrase("{0}: others may read it (mode {1})",
                           "{0}：其他用户可以读取（模式 {1}）", path, *mode),
                    phrase("chmod 600 {}; and think about whether somebody has read it already.",
                           "chmod 600 {}；并请考虑是否已被他人读取。", path));
    return ok(part, phrase("{}: readable for its owner alone", "{}：仅所有者可读", path));
}

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

struct Life {
    bool over = false;
    int days = 0;  ///< left, or gone since then
};

Life life_of(const X509* certificate) {
    int days = 0;
    int seconds = 0;
    ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notAfter(certificate));
    return {days < 0 || seconds < 0, std::abs(days)};
}

Finding look_at_certificate(const std::string& chain, const std::string& key) {
    const Phrase help{
        "Name the file of the certificate with its chain and that of its key, both PEM.",
        "请指明 PEM 格式的证书链文件及其私钥文件。"};
    const Context context{SSL_CTX_new(TLS_server_method()), &SSL_CTX_free};
    if (SSL_CTX_use_certificate_chain_file(context.get(), chain.c_str()) != 1)
        return fail("certificate",
                    phrase("{}: is no certificate that can be read", "{}：不是可读的证书", chain),
                    help);
    if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context.get()) != 1)
        return fail("certificate",
                    phrase("{0}: is no key of {1}", "{0}：不是 {1} 的私钥", key, chain), help);
    const auto [over, days] = life_of(SSL_CTX_get0_certificate(context.get()));
    const Phrase renew{"Renew it, then send the service SIGHUP (systemctl reload dutylog).",
                       "请续期，然后向服务发送 SIGHUP（systemctl reload dutylog）。"};
    if (over)
        return fail("certificate",
                    phrase("{0}: expired {1} days ago", "{0}：已过期 {1} 天", chain, days), renew);
    const Phrase words = phrase("{0}: good for {1} days", "{0}：还有 {1} 天有效", chain, days);
    return days < days_warn ? warn("certificate", words, renew) : ok("certificate", words);
}

}  // namespace

Findings look_at_secrets(const Patient& patient) {
    const HouseOptions options = house_options(patient.config, Language::en);
    Findings findings{look_at_mode("key_file", keys::KeyFile::beside(patient.log), false),
                      look_at_mode("link_keys", keys::LinkKeys::beside(patient.log), false),
                      look_at_mode("tokens", options.tokens, false)};
    for (const std::string& file : secret_files(patient.config.file()))
        findings.push_back(look_at_mode("secret", file, false));
    const std::string& certificate = patient.config.text("tls.certificate");
    const std::string& address = patient.config.text("server.address");
    const bool here_only =
        address == "127.0.0.1" || address == "::1" || !patient.config.text("server.socket").empty();
    if (!certificate.empty()) {
        findings.push_back(look_at_mode("tls_key", patient.config.text("tls.key"), true));
        findings.push_back(look_at_certificate(certificate, patient.config.text("tls.key")));
    } else if (!here_only) {
        findings.push_back(warn(
            "certificate",
            phrase("other machines reach {} without TLS", "其他机器可不经 TLS 访问 {}", address),
            {"Give tls.certificate and tls.key, or listen on 127.0.0.1 behind a "
             "proxy that has TLS.",
             "请设置 tls.certificate 与 tls.key，或只监听 127.0.0.1 并由代理提供 TLS。"}));
    }
    return findings;
}

}  // namespace dutylog::server::doctor
