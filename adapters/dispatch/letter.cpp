#include "adapters/dispatch/letter.hpp"

#include <fmt/format.h>

namespace dutylog::dispatch {

namespace json = boost::json;
using notice::LinkPurpose;
using notice::NoticeFacts;
using notice::dispatch::Attempt;

namespace {

std::string_view stable_word(notice::Severity severity) {
    switch (severity) {
        case notice::Severity::warning:
            return "warning";
        case notice::Severity::critical:
            return "critical";
        case notice::Severity::info:
            break;
    }
    return "info";
}

/// RFC 3339 on the wall clock of the site.
std::string site_time(const Lookout& lookout, Instant at) {
    const std::int32_t offset = lookout.site().zone.offset_seconds_at(at);
    std::string text = to_string(Instant{at.micros + std::int64_t{offset} * 1'000'000});
    text.pop_back();  // Z
    const std::int32_t minutes = (offset < 0 ? -offset : offset) / 60;
    return fmt::format("{}{}{:02}:{:02}", text, offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

void add_links(NoticeFacts& facts, const Links& links, Instant at) {
    if (!links) return;
    const auto link = [&](LinkPurpose purpose) {
        return links(purpose, facts.notice, facts.person, at);
    };
    facts.open_url = link(LinkPurpose::open);
    facts.acknowledge_url = link(LinkPurpose::acknowledge);
    // Who is asked something answers it; the work itself is somebody else's.
    if (facts.kind == notice::Kind::decision) {
        facts.grant_url = link(LinkPurpose::grant);
        facts.refuse_url = link(LinkPurpose::refuse);
    } else if (facts.kind != notice::Kind::signature &&
               facts.kind != notice::Kind::more_time_granted &&
               facts.kind != notice::Kind::more_time_refused) {
        facts.postpone_url = link(LinkPurpose::postpone);
        facts.delegate_url = link(LinkPurpose::delegate);
    }
}

json::object links_json(const NoticeFacts& facts) {
    json::object object;
    const auto add = [&](const char* name, const std::string& url) {
        if (!url.empty()) object[name] = url;
    };
    add("open", facts.open_url);
    add("acknowledge", facts.acknowledge_url);
    add("postpone", facts.postpone_url);
    add("delegate", facts.delegate_url);
    add("grant", facts.grant_url);
    add("refuse", facts.refuse_url);
    return object;
}

/// Ids, dates, states: the receiver fetches the rest with a permission of its own.
json::object event_data(const Lookout& lookout, const OpenNotice& open, const NoticeFacts& facts) {
    json::object data{{"notice", facts.notice},
                      {"person", facts.person},
                      {"stream", open.stream.str()},
                      {"severity", stable_word(notice::severity_of(facts))},
                      {"ordinal", facts.ordinal}};
    if (const pdca::Duty* duty = lookout.world().duty(open.stream)) {
        if (!facts.discreet) data["definition"] = duty->definition;
        data["of"] = duty->subject.kind + "/" + duty->subject.id;
        data["cycle"] = open.event.cycle;
        if (!open.event.step.empty() && !facts.discreet) data["step"] = open.event.step;
    }
    if (facts.due) {
        data["due"] = to_string(*facts.due);
        data["days_left"] = facts.days_left;
    }
    if (json::object links = links_json(facts); !links.empty()) data["links"] = std::move(links);
    return data;
}

notice::Reader reader_of(const Setup& setup, const Attempt& attempt) {
    const Addressee& to = setup.addressee(attempt.person);
    notice::Reader reader;
    reader.language = to.language.value_or(setup.language);
    reader.names_in_groups = setup.names_in_groups;
    if (!is_group(setup.routes.at(attempt.channel))) return reader;
    reader.audience = notice::Audience::group;
    const auto user = to.users.find(attempt.channel);
    notice::Mention mention{.name = to.name,
                            .user = user == to.users.end() ? "" : user->second,
                            .mobile = to.mobile,
                            .email = to.mail};
    if (!mention.user.empty() || !mention.mobile.empty()) reader.mention = std::move(mention);
    return reader;
}

Letter off_letter(const notice::Reader& reader, const Attempt& attempt) {
    Letter letter;
    letter.message = notice::compose_channel_off(attempt.off, {attempt.why, attempt.why}, reader,
                                                 attempt.key, "");
    letter.event.data = {{"channel", attempt.off}, {"reason", attempt.why}};
    return letter;
}

std::optional<Letter> notice_letter(const Lookout& lookout, const notice::Reader& reader,
                                    const Links& links, const Attempt& attempt) {
    std::vector<NoticeFacts> all;
    json::array data;
    Letter letter;
    for (const std::string& id : attempt.notices) {
        const OpenNotice* open = lookout.notice(id);
        if (open == nullptr) continue;
        NoticeFacts facts = facts_of(lookout, *open, attempt.person, attempt.first);
        add_links(facts, links, attempt.first);
        letter.event.subject = open->stream.str();
        data.push_back(event_data(lookout, *open, facts));
        all.push_back(std::move(facts));
    }
    if (all.empty()) return std::nullopt;
    if (!attempt.is_digest()) {
        letter.message = notice::compose(all.front(), reader);
        letter.event.data = std::move(data.front().as_object());
        return letter;
    }
    letter.message = notice::compose_digest(all, reader, attempt.key, "");
    letter.event.data = {{"person", attempt.person}, {"notices", std::move(data)}};
    letter.event.subject.clear();
    if (links)
        letter.unsubscribe_url =
            links(LinkPurpose::unsubscribe, all.front().notice, attempt.person, attempt.first);
    return letter;
}

}  // namespace

std::optional<Letter> write_letter(const Lookout& lookout, const Setup& setup, const Links& links,
                                   const Attempt& attempt) {
    const notice::Reader reader = reader_of(setup, attempt);
    std::optional<Letter> letter = attempt.off.empty()
                                       ? notice_letter(lookout, reader, links, attempt)
                                       : off_letter(reader, attempt);
    if (!letter) return letter;
    letter->event.id = letter->message.id;
    letter->event.type = "notice." + std::string{stable_word(letter->message.kind)};
    letter->event.source = "/" + lookout.world().rules->library().id;
    letter->event.time = site_time(lookout, attempt.first);
    letter->offset_seconds = lookout.site().zone.offset_seconds_at(attempt.at);
    return letter;
}

}  // namespace dutylog::dispatch
