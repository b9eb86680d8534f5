#pragma once

#include "engine/notice/compose.hpp"

/// The case that docs/notifications.md speaks of: the in-post examination of 张三.
namespace dutylog::notice::sample {

inline NoticeFacts examination() {
    NoticeFacts facts;
    facts.notice = "duty/in-post-examination/worker/zhang#2.do.examine.1";
    facts.person = "lisi";
    facts.duty = {"在岗期间职业健康检查", "In-post health examination"};
    facts.subject = "张三";
    facts.subject_is_person = true;
    facts.place = {"喷砂车间", "Blasting shop"};
    facts.owner = "李四";
    facts.due = CivilDate{2026, 11, 30};
    facts.days_left = 7;
    facts.ordinal = 2;
    facts.first_notice = "duty/in-post-examination/worker/zhang#2.do.examine.0";
    facts.open_url = "https://ohs.example.com/t/01K";
    facts.acknowledge_url = "https://ohs.example.com/l/ack";
    facts.postpone_url = "https://ohs.example.com/l/later";
    facts.delegate_url = "https://ohs.example.com/l/other";
    return facts;
}

inline Mention li_si() { return {"李四", "lisi", "13800001111", "lisi@example.com"}; }

inline Reader person(Language language = Language::zh_cn) {
    return {Audience::person, language, false, li_si()};
}

inline Reader group() { return {Audience::group, Language::zh_cn, false, {}}; }

inline Message message(Language language = Language::zh_cn) {
    return compose(examination(), person(language));
}

}  // namespace dutylog::notice::sample
