#include "tests/simulation/service/outside.hpp"

namespace dutylog::simulation {

std::map<std::string, const std::vector<Taken>*> Outside::taken() const {
    std::map<std::string, const std::vector<Taken>*> all;
    const auto add = [&](const std::string& host, const std::vector<Taken>& taken) {
        all[host.substr(0, host.size() - std::string_view{".test"}.size())] = &taken;
    };
    for (const auto& [host, receiver] : receivers) add(host, receiver.taken());
    for (const auto& [host, server] : mail_servers) add(host, server.taken());
    return all;
}

std::size_t Outside::attempts() const {
    std::size_t count = 0;
    for (const auto& [host, receiver] : receivers) count += receiver.connections();
    for (const auto& [host, server] : mail_servers) count += server.connections();
    return count;
}

void Outside::turn() {
    for (auto& [host, receiver] : receivers) receiver.turn(clocks.wall(), starts);
    for (auto& [host, server] : mail_servers) server.turn(clocks.wall(), starts);
}

void Outside::drop_guests() {
    for (auto& [host, receiver] : receivers) receiver.drop_guests();
    for (auto& [host, server] : mail_servers) server.drop_guests();
}

}  // namespace dutylog::simulation
