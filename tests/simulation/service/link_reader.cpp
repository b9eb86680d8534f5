#include "tests/simulation/service/link_reader.hpp"

#include <algorithm>
#include <fstream>

#include "tests/simulation/broken.hpp"
#include "tests/support/temporary_folder.hpp"

namespace dutylog::simulation {

using notice::LinkPurpose;

namespace {

constexpr std::string_view address = "http://dutylog.test/l/";
constexpr std::string_view characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The value of an attribute that follows `before`, from `at` on.
std::optional<std::string> after(const std::string& page, std::string_view before,
                                 std::size_t at = 0) {
    const std::size_t begin = page.find(before, at);
    if (begin == std::string::npos) return {};
    const std::size_t from = begin + before.size();
    return page.substr(from, page.find('"', from) - from);
}

std::vector<std::string> choices(const std::string& page, const std::string& name) {
    std::vector<std::string> found;
    const std::size_t begin = page.find("<select name=\"" + name + "\"");
    if (begin == std::string::npos) return found;
    const std::size_t end = page.find("</select>", begin);
    constexpr std::string_view option = "<option value=\"";
    for (std::size_t at = page.find(option, begin); at < end; at = page.find(option, at + 1))
        found.push_back(*after(page, option, at));
    return found;
}

}  // namespace

keys::LinkKeys& link_keys() {
    static const test::TemporaryFolder folder;
    static keys::LinkKeys keys{[] {
        const std::string path = folder.file("links");
        std::ofstream{path} << "1 " << std::string(64, '7') << '\n';
        return path;
    }()};
    return keys;
}

void LinkReader::read(const Outside& outside) {
    for (const auto& [host, receiver] : outside.receivers) {
        std::size_t& read = read_[host];
        const auto& taken = receiver.taken();
        for (; read < taken.size(); ++read) find(taken[read].body);
    }
}

void LinkReader::find(const std::string& text) {
    for (std::size_t at = text.find(address); at != std::string::npos;
         at = text.find(address, at + 1)) {
        const std::size_t begin = at + address.size();
        const std::size_t end = text.find_first_not_of(characters, begin);
        const std::string token = text.substr(begin, end - begin);
        const auto claims = notice::open_link_token(link_keys().all(), token, Instant{});
        require(claims.has_value(), "the links of messages are good: " + token);
        if (known_.insert(token).second) links_.push_back({"/l/" + token, *claims});
    }
}

bool LinkReader::is_idle() const {
    return std::ranges::none_of(hands_, [](const Hand& hand) { return hand.errand.has_value(); });
}

void LinkReader::drop() {
    for (Hand& hand : hands_) hand.caller.drop();
}

void LinkReader::turn(const Moment& moment) {
    if (is_idle() && !links_.empty() && draw_.chance(12)) plan();
    for (Hand& hand : hands_) {
        if (!hand.errand) continue;
        const notice::LinkClaims& claims = hand.errand->link.claims;
        if (hand.errand->press && !hand.errand->cut_short) {
            Instant& until = pressed_[notice::command_id_of(claims)];
            until = std::max(until, claims.expires);
        }
        const auto answer = hand.caller.turn(request_of(*hand.errand), moment.connect, moment.now);
        if (answer) hear(hand, *answer, moment);
    }
}

void LinkReader::plan() {
    const std::size_t newest = links_.size() - 1 - draw_.below(std::min(links_.size(), 8UL));
    Errand errand{draw_.chance(70) ? links_[newest] : draw_.one_of(links_)};
    const LinkPurpose purpose = errand.link.claims.purpose;
    errand.press = draw_.chance(70);
    // Who puts off or hands on fills in the page that is shown first.
    const bool form = purpose == LinkPurpose::postpone || purpose == LinkPurpose::delegate;
    if (form && draw_.chance(90)) errand.press = false;
    errand.cut_short = draw_.chance(5);
    if (errand.cut_short) errand.link.target.pop_back();
    hands_[0].errand = errand;
    if (draw_.chance(30)) hands_[1].errand = errand;
}

std::string LinkReader::request_of(const Errand& errand) const {
    if (!errand.press) return get_request(errand.link.target);
    return post_request(errand.link.target, "Content-Type: application/x-www-form-urlencoded\r\n",
                        errand.form);
}

void LinkReader::hear(Hand& hand, const HttpCaller::Answer& answer, const Moment& moment) {
    Errand& errand = *hand.errand;
    const unsigned status = answer.status;
    const notice::LinkClaims& claims = errand.link.claims;
    const std::string id = notice::command_id_of(claims);
    if (status >= 500 || status == 429 || status == 408) return;  // the same again
    ++visits_;
    const std::string what = id + " of " + claims.notice + " for " + claims.person;
    if (errand.cut_short)
        require(status == 404, "a link that was changed does nothing: " + what);
    else if (moment.now > claims.expires)
        require(status == 410, "a link that has expired does nothing: " + what);
    else if (errand.press && status == 200)
        require(done_.emplace(id, claims).second, "no link works twice: " + what);
    else
        require(status == 200 || status == 409 || status == 410 || status == 422,
                "a link is answered, not " + std::to_string(status) + ": " + what);
    const bool fills_in = !errand.press && status == 200 && draw_.chance(60);
    const auto form = fills_in ? filled_in(answer.body) : std::nullopt;
    if (!form) return hand.errand.reset();
    errand.press = true;
    errand.form = *form;
}

std::optional<std::string> LinkReader::filled_in(const std::string& page) {
    if (page.find("<form") == std::string::npos) return {};
    std::string form = "reason=parts+are+missing";
    for (const char* name : {"step", "approver"}) {
        const auto offered = choices(page, name);
        if (!offered.empty())
            form += std::string{"&"} + name + "=" + encoded(draw_.one_of(offered));
    }
    if (const auto last = after(page, "max=\"")) form += "&until=" + encoded(*last);
    if (page.find("name=\"to\"") != std::string::npos)
        form += draw_.chance(90) ? "&to=w" + std::to_string(draw_.between(1, 2)) : "&to=nobody";
    return form;
}

}  // namespace dutylog::simulation
