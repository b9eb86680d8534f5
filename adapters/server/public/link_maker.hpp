#pragma once

#include <string>
#include <utility>

#include "adapters/keys/link_keys.hpp"
#include "engine/notice/link.hpp"

namespace dutylog::server {

/// Makes the links that go into messages: each lets one person do one thing with one notice, once,
/// without signing in. Any thread may call it.
///
///     facts.acknowledge_url = links.link(LinkPurpose::acknowledge, notice, person, now);
class LinkMaker {
public:
    /// @param base_url  where people reach this service, e.g. `https://duty.example.com`, or with a
    /// path before which a proxy stands; empty where there is no such place: then no links are made
    /// @param keys  outlives the maker
    LinkMaker(std::string base_url, const keys::LinkKeys& keys);

    /// @param notice  its id in the log (`DUTY#CYCLE.…`), or that of a digest for `unsubscribe`
    /// @param now  the link lives for `notice::link_life` from here
    /// @returns the address; empty where there is no base address, or an id is empty or too long
    std::string link(notice::LinkPurpose purpose, const std::string& notice,
                     const std::string& person, Instant now) const;

    /// The address of a person's calendar feed, good for `calendar_life`.
    std::string calendar(const std::string& person, Instant now) const;

    static constexpr Elapsed calendar_life = hours(24 * 400);

private:
    std::string base_url_;
    const keys::LinkKeys& keys_;
};

/// Before the token in an address: `/l/TOKEN`, `/calendar/TOKEN.ics`.
inline constexpr std::string_view link_path = "/l/";
inline constexpr std::string_view calendar_path = "/calendar/";

}  // namespace dutylog::server
