#include "adapters/server/public/link_maker.hpp"

#include <stdexcept>

namespace dutylog::server {

namespace {

/// What stands in the place of a notice in a link that is about a person alone.
constexpr const char* no_notice = "calendar";

/// A link says its expiry in whole seconds.
Instant whole_seconds(Instant at) { return {at.micros - at.micros % 1'000'000}; }

}  // namespace

LinkMaker::LinkMaker(std::string base_url, const keys::LinkKeys& keys)
    : base_url_{std::move(base_url)}, keys_{keys} {
    while (base_url_.ends_with('/')) base_url_.pop_back();
}

std::string LinkMaker::link(notice::LinkPurpose purpose, const std::string& notice,
                            const std::string& person, Instant now) const {
    if (base_url_.empty()) return {};
    try {
        return base_url_ + std::string{link_path} +
               notice::make_link_token(keys_.newest(), {purpose, notice, person,
                                                        whole_seconds(now) + notice::link_life});
    } catch (const std::invalid_argument&) {
        return {};  // the message goes out without it
    }
}

std::string LinkMaker::calendar(const std::string& person, Instant now) const {
    if (base_url_.empty()) return {};
    try {
        return base_url_ + std::string{calendar_path} +
               notice::make_link_token(keys_.newest(),
                                       {notice::LinkPurpose::calendar, no_notice, person,
                                        whole_seconds(now) + calendar_life}) +
               ".ics";
    } catch (const std::invalid_argument&) {
        return {};
    }
}

}  // namespace dutylog::server
