#pragma once

#include <string>

namespace dutylog::test {

/// Writes a new key and a certificate it signs itself, for `common_name`, as PEM.
void write_certificate(const std::string& certificate_file, const std::string& key_file,
                       const std::string& common_name);

/// Connects with TLS, sends, and reads until the end.
struct TlsExchange {
    std::string common_name;  ///< of the certificate that was shown; empty where TLS failed
    std::string protocol;     ///< as chosen by ALPN
    std::string answer;
};
TlsExchange exchange_over_tls(unsigned short port, const std::string& bytes,
                              int version_max = 0x0304, const std::string& offer = "http/1.1");

}  // namespace dutylog::test
