#include "adapters/dispatch/people_config.hpp"

#include <fmt/format.h>

#include "adapters/dispatch/channels_config.hpp"
#include "adapters/words/refusal_words.hpp"
#include "engine/rule/suggest.hpp"

namespace dutylog::dispatch {

using config::TableReader;
using config::words;

namespace {

std::optional<notice::MinuteOfDay> minute_of(const std::string& text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto digit = [&](std::size_t at) { return text[at] - '0'; };
    for (const std::size_t at : {0U, 1U, 3U, 4U})
        if (digit(at) < 0 || digit(at) > 9) return std::nullopt;
    const int hour = digit(0) * 10 + digit(1);
    const int minute = digit(3) * 10 + digit(4);
    if (hour > 23 || minute > 59) return std::nullopt;
    return hour * 60 + minute;
}

std::vector<notice::MinuteOfDay> minutes_of(TableReader& reader, std::string_view key) {
    std::vector<notice::MinuteOfDay> all;
    for (const std::string& text : reader.texts(key)) {
        if (const auto minute = minute_of(text))
            all.push_back(*minute);
        else
            reader.refuse(key,
                          words(fmt::format("expected a time as 09:00, found {}", text),
                                fmt::format("应为时刻，如 09:00，实为 {}", text)),
                          words("Write four digits.", "请写四位数字。"));
    }
    return all;
}

notice::dispatch::Contact contact_of(TableReader& reader, const Setup& setup) {
    notice::dispatch::Contact contact{reader.texts("channels"),
                                      times_of(reader, setup.contacts.anybody.times)};
    std::vector<std::string> known;
    for (const auto& [name, channel] : setup.contacts.channels) known.push_back(name);
    for (const std::string& name : contact.channels)
        if (!setup.contacts.channels.contains(name)) {
            const auto near = rule::suggestions(name, known);
            reader.refuse("channels",
                          words(fmt::format("there is no channel `{}`", name),
                                fmt::format("没有渠道 `{}`", name)),
                          near.empty()
                              ? words(fmt::format("Describe it under [channels.{}].", name),
                                      fmt::format("请在 [channels.{}] 下说明。", name))
                              : words(fmt::format("Did you mean `{}`?", near.front()),
                                      fmt::format("是否指 `{}`？", near.front())));
        }
    return contact;
}

}  // namespace

notice::TellingTimes times_of(TableReader& reader, notice::TellingTimes times) {
    if (reader.has("slots")) times.slots = minutes_of(reader, "slots");
    if (reader.has("quiet")) {
        const auto ends = minutes_of(reader, "quiet");
        times.quiet.reset();
        if (ends.size() == 2) times.quiet = notice::QuietHours{ends[0], ends[1]};
    }
    times.working_days_only = reader.truth("working_days_only", times.working_days_only);
    times.critical_at_once = reader.truth("critical_at_once", times.critical_at_once);
    const auto checked = notice::checked(times);
    if (!checked)
        reader.refuse("slots", words::words_of(checked.error()),
                      words("For example: slots = [\"09:00\"], quiet = [\"22:00\", \"07:00\"].",
                            "例如：slots = [\"09:00\"]，quiet = [\"22:00\", \"07:00\"]。"));
    return times;
}

std::optional<Language> language_of(TableReader& reader) {
    const std::string word = reader.choice("language", "", {"zh-CN", "en"});
    if (word.empty()) return std::nullopt;
    return word == "en" ? Language::en : Language::zh_cn;
}

void read_people(TableReader& section, Setup& setup) {
    for (auto& [id, reader] : section.tables()) {
        setup.contacts.people[id] = contact_of(reader, setup);
        Addressee to{.language = language_of(reader),
                     .name = reader.text("name"),
                     .mail = reader.text("mail"),
                     .mobile = reader.text("mobile")};
        if (!to.mail.empty() && !channels::is_mail_address(to.mail))
            reader.refuse("mail",
                          words("expected an address like mei@example.com",
                                "应为邮件地址，如 mei@example.com"),
                          words("Plain ASCII, without quotes.", "仅限 ASCII，不加引号。"));
        if (auto users = reader.table("users")) {
            for (const auto& [channel, known] : setup.contacts.channels)
                if (std::string user = users->text(channel); !user.empty())
                    to.users[channel] = std::move(user);
            users->end();
        }
        setup.people[id] = std::move(to);
        reader.end();
    }
}

void read_roles(TableReader& section, Setup& setup) {
    for (auto& [id, reader] : section.tables()) {
        auto& contact = id == "anybody" ? setup.contacts.anybody : setup.contacts.roles[id];
        contact = contact_of(reader, setup);
        reader.end();
    }
}

}  // namespace dutylog::dispatch
