#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <mutex>

#include "adapters/http/server.hpp"

namespace dutylog::http {

/// The certificate in use. A reload changes what new connections see; those that stand go on.
class TlsContext {
public:
    /// @throws std::runtime_error  a file cannot be read, or the key does not fit the certificate
    explicit TlsContext(TlsFiles files);

    std::shared_ptr<boost::asio::ssl::context> current() const;
    /// Reads the files again. @throws std::runtime_error  what was in use stays in use
    void reload();

private:
    TlsFiles files_;
    mutable std::mutex mutex_;
    std::shared_ptr<boost::asio::ssl::context> context_;
};

}  // namespace dutylog::http
