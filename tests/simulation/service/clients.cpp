#include "tests/simulation/service/clients.hpp"

#include <algorithm>

namespace dutylog::simulation {

Clients::Clients(Draw& draw)
    : asker{draw.fork()}, feed{draw.fork()}, links{draw.fork()}, sender{draw.fork()} {
    for (const char* name : {"office", "plant", "hr"})
        givers.emplace_back(draw.fork(), "sim", name);
}

void Clients::turn(const Moment& moment, const Outside& outside) {
    for (ApiClient& client : givers) client.turn(moment);
    asker.turn(moment);
    feed.turn(moment);
    links.read(outside);
    links.turn(moment);
    sender.turn(moment);
}

void Clients::drop() {
    for (ApiClient& client : givers) client.drop();
    asker.drop();
    feed.drop();
    links.drop();
    sender.drop();
}

std::string Clients::waiting() const {
    std::string names;
    if (!std::ranges::all_of(givers, &ApiClient::is_idle)) names += " whoever gives commands";
    if (!asker.is_idle()) names += " whoever asks " + asker.target();
    if (!links.is_idle()) names += " whoever follows links";
    if (!sender.is_idle()) names += " the laboratory";
    return names;
}

Ledger Clients::answered() const {
    Ledger all;
    for (const ApiClient& client : givers)
        all.insert(client.answered().begin(), client.answered().end());
    return all;
}

std::size_t Clients::asked_again() const {
    std::size_t count = 0;
    for (const ApiClient& client : givers) count += client.asked_again();
    return count;
}

}  // namespace dutylog::simulation
