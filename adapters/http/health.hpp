#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/http/metrics.hpp"
#include "adapters/http/route.hpp"

namespace dutylog::http {

/// Whether the service can do its work now, asked of each part that knows.
class Health {
public:
    /// Says why a part is not ready, or nothing where it is. Called from network threads: must not
    /// block.
    using Check = std::function<std::optional<Text>()>;
    struct Fault {
        std::string part;
        Text why;
    };

    /// @param part  a stable word, e.g. `writer`
    void add(std::string part, Check check);
    std::vector<Fault> faults() const;

private:
    mutable std::mutex mutex_;
    std::vector<std::pair<std::string, Check>> checks_;
};

/// `/livez` (the process answers), `/readyz` (the service works; 503 with the parts that do not)
/// and `/metrics`. None asks for a permission; whoever wants that sets it.
/// @param health, metrics  outlive the routes
RouteTable operating_routes(const Health& health, Metrics& metrics);

}  // namespace dutylog::http
