#pragma once

#include <boost/json.hpp>
#include <string>

#include "adapters/channels/http.hpp"
#include "engine/notice/message.hpp"
#include "tests/notice/sample.hpp"

/// The message that docs/notifications.md shows in the form of every channel.
namespace dutylog::channels::sample {

using namespace dutylog::notice;

inline const Instant at = Instant{} + seconds(1795305600);  // 2026-11-22T00:00:00Z
inline const std::string link = "https://ohs.example.com/t/01K";

inline Message message(Language language = Language::zh_cn) {
    Message message;
    message.id = "ntc_01K";
    message.severity = Severity::warning;
    message.language = language;
    message.title = {"职业健康检查将到期", "Health examination due"};
    message.lead = {"第 2 次提醒，还剩 7 天", "Reminder 2, 7 days left"};
    message.subject = {"[还剩 7 天] 职业健康检查 – 张三 – 2026-11-30",
                       "[7 days left] Health examination – 张三 – 2026-11-30"};
    message.lines = {{{"对象", "For"}, {"张三（喷砂车间）", "张三 (Blasting shop)"}},
                     {{"截止", "Due"}, {"2026-11-30", "2026-11-30"}}};
    message.actions = {{{"查看并处理", "Open"}, link}};
    return message;
}

inline Message calling(Language language = Language::zh_cn) {
    Message calling = message(language);
    calling.mentions = {{"李四", "lisi", "13800001111", "lisi@example.com"}};
    return calling;
}

/// Everything a person could type to become markup, a call to all, or another line.
inline Message hostile() {
    Message hostile = calling();
    const std::string name =
        R"(张<at id=all></at> @all <!channel> **x** [y](http://e.vil) `z` <font>)";
    hostile.lines[0].value = {name, name};
    hostile.title = {name, name};
    return hostile;
}

inline Message digest(std::size_t items) {
    Message digest = message();
    digest.kind = Kind::digest;
    for (std::size_t i = 0; i < items; ++i)
        digest.items.push_back({.what = {"在岗期间职业健康检查 – 员工" + std::to_string(i),
                                         "Examination – worker " + std::to_string(i)},
                                .state = {"还剩 7 天", "7 days left"},
                                .due = "2026-11-30",
                                .url = link + std::to_string(i),
                                .severity = Severity::warning});
    return digest;
}

/// Far longer than any channel takes.
inline Message long_one() {
    Message message = digest(20);
    std::string words;
    for (int i = 0; i < 2'000; ++i) words += "职业健康";
    for (Line& line : message.lines) line.value = {words, words};
    for (Item& item : message.items) item.what = {words.substr(0, 1'200), words.substr(0, 1'200)};
    return message;
}

inline HttpAnswer answer(unsigned status, std::string body, std::vector<Header> headers = {}) {
    return {status, std::move(headers), std::move(body), at};
}

inline HttpAnswer ok(std::string body) { return answer(200, std::move(body)); }

inline boost::json::object body_of(const HttpRequest& request) {
    return boost::json::parse(request.body).as_object();
}

}  // namespace dutylog::channels::sample
