#pragma once

#include "adapters/http/service.hpp"
#include "tests/simulation/service/outside.hpp"

namespace dutylog::simulation {

/// Stands before the router where a fault was planted that requests and answers show.
class PlantedService final : public http::Service {
public:
    PlantedService(http::Service& behind, Outside& outside) : behind_{behind}, outside_{outside} {}

    http::Admission admit(const http::Head& head, const http::Peer& peer) override {
        return behind_.admit(bent(head), peer);
    }
    void serve(http::Request request, http::Reply reply) override;

private:
    http::Head bent(http::Head head) const;
    void sign(http::Request& request) const;
    http::Reply overlapping(const http::Head& head, http::Reply reply);

    http::Service& behind_;
    Outside& outside_;
    std::string last_entry_;  ///< of the last page
};

}  // namespace dutylog::simulation
