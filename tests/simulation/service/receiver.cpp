#include "tests/simulation/service/receiver.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>

namespace dutylog::simulation {

namespace {

constexpr std::array every_manner{Manner::refuses,      Manner::hangs,       Manner::drips,
                                  Manner::cuts_request, Manner::cuts_answer, Manner::lies_long,
                                  Manner::lies_short,   Manner::garbage,     Manner::error_in_body,
                                  Manner::moved,        Manner::gone,        Manner::too_many,
                                  Manner::unwell};

/// Waits that receivers ask for, sane and absurd.
constexpr std::array waits{"1",  "30", "3600",      "99999999999999999999",
                           "-5", "",   "next week", "Sun, 06 Nov 1994 08:49:37 GMT",
                           "0",  "1e9"};

std::string text_of(unsigned status, const std::string& fields, const std::string& body,
                    std::size_t announced) {
    return "HTTP/1.1 " + std::to_string(status) +
           " Said\r\nContent-Length: " + std::to_string(announced) + "\r\n" + fields + "\r\n" +
           body;
}

}  // namespace

std::shared_ptr<Wire> Receiver::connect(const boost::asio::any_io_executor& executor) {
    ++connections_;
    const Manner manner = draw_manner();
    if (down_ || manner == Manner::refuses) return nullptr;
    auto wire = std::make_shared<Wire>(executor);
    if (manner == Manner::cuts_request)
        wire->cut_after(Wire::End::caller, draw_.below(draw_.chance(50) ? 60 : 1'500));
    if (manner == Manner::cuts_answer) wire->cut_after(Wire::End::host, draw_.below(80));
    Guest guest{.wire = wire, .manner = manner, .bytes = {}, .parser = nullptr, .dripping = {}};
    guests_.push_back(std::move(guest));
    return wire;
}

Manner Receiver::draw_manner() {
    if (!draw_.chance(trouble_percent_)) return Manner::well;
    const Manner manner = draw_.one_of(every_manner);
    const auto found = allowed_.find(manner);
    return found == allowed_.end() || found->second ? manner : Manner::well;
}

void Receiver::turn(Instant now, std::size_t process) {
    process_ = process;
    for (Guest& guest : guests_) {
        read(guest, now);
        if (guest.dripping.empty()) continue;
        guest.wire->write(Wire::End::host, guest.dripping.substr(0, 1));
        guest.dripping.erase(0, 1);
    }
    std::erase_if(guests_, [](const Guest& guest) {
        return guest.wire->is_cut() || guest.wire->is_over(Wire::End::host);
    });
}

void Receiver::read(Guest& guest, Instant now) {
    guest.bytes += guest.wire->take(Wire::End::host);
    if (guest.bytes.empty()) return;
    if (guest.parser == nullptr) {
        guest.parser = std::make_unique<Parser>();
        guest.parser->eager(true);
    }
    boost::system::error_code error;
    while (!guest.bytes.empty() && !guest.parser->is_done()) {
        guest.bytes.erase(0, guest.parser->put(boost::asio::buffer(guest.bytes), error));
        if (error) break;
    }
    if (!guest.parser->is_done()) return;
    answer(guest, guest.parser->release(), now);
    guest.parser = nullptr;
}

void Receiver::answer(Guest& guest, const Request& request, Instant now) {
    Taken taken{.target = std::string{request.target()},
                .id = std::string{request["webhook-id"]},
                .body = request.body(),
                .content = sha256(request.body()),
                .at = now,
                .process = process_};
    taken.agreed = agrees(guest.manner);
    taken_.push_back(std::move(taken));
    if (guest.manner == Manner::hangs) return;
    const std::string text = answer_of(guest.manner, now);
    if (guest.manner == Manner::drips)
        guest.dripping = text;
    else
        guest.wire->write(Wire::End::host, text);
    if (guest.manner == Manner::lies_long || guest.manner == Manner::garbage)
        guest.wire->finish(Wire::End::host);
}

/// Whether its answer is a yes for whoever reads all of it.
bool Receiver::agrees(Manner manner) const {
    switch (manner) {
        case Manner::well:
        case Manner::drips:
        case Manner::cuts_request:
        case Manner::cuts_answer:
        case Manner::lies_long:
        case Manner::lies_short:
            return true;
        case Manner::error_in_body:
            return agreement_.empty();
        default:
            return false;
    }
}

std::string Receiver::answer_of(Manner manner, Instant now) {
    switch (manner) {
        case Manner::lies_long:
            return text_of(200, {}, agreement_, agreement_.size() + 1 + draw_.below(1'000));
        case Manner::lies_short:
            return text_of(200, {}, agreement_ + "and more of it", agreement_.size());
        case Manner::garbage:
            return "SSH-2.0-OpenSSH_9.2p1\r\n";
        case Manner::error_in_body:
            return text_of(200, {}, "{\"errcode\":310000,\"errmsg\":\"not you\"}", 37);
        case Manner::moved:
            return text_of(301, "Location: http://169.254.169.254/latest\r\n", {}, 0);
        case Manner::gone:
            gone_at_ = now;
            return text_of(410, {}, {}, 0);
        case Manner::too_many:
            return text_of(429, std::string{"Retry-After: "} + draw_.one_of(waits) + "\r\n", {}, 0);
        case Manner::unwell:
            return text_of(static_cast<unsigned>(draw_.between(500, 504)), {}, {}, 0);
        default:
            return text_of(200, {}, agreement_, agreement_.size());
    }
}

}  // namespace dutylog::simulation
