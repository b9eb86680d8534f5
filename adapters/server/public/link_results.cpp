#include "adapters/server/public/link_deeds.hpp"

/// What the pages of links say when they are done with, or cannot be.
namespace dutylog::server {

using notice::LinkPurpose;

Page done_page(LinkPurpose purpose) {
    const Text recorded{
        "已记录。此链接不再有效，可以关闭此页。",
        "This is on the record. The link has done its work; you may close this page."};
    switch (purpose) {
        case LinkPurpose::postpone:
            return {.title = {"已提交延期申请", "Asked for"},
                    .words = {recorded,
                              {"批准人将收到通知；批准之前期限不变。",
                               "Whoever decides is told; until then the deadline stays."}}};
        case LinkPurpose::grant:
            return {.title = {"已同意延期", "Granted"}, .words = {recorded}};
        case LinkPurpose::refuse:
            return {.title = {"未同意延期", "Refused"}, .words = {recorded}};
        case LinkPurpose::delegate:
            return {.title = {"已转交", "Handed on"}, .words = {recorded}};
        case LinkPurpose::unsubscribe:
            return {.title = {"已退订摘要", "No more digests"}, .words = {recorded}};
        case LinkPurpose::open:
            return {.title = {"已读", "Read"}, .words = {recorded}};
        default:
            return {.title = {"已确认知悉", "Acknowledged"}, .words = {recorded}};
    }
}

Page used_page() {
    return {.status = 410,
            .title = {"此链接已使用过", "This link was used before"},
            .words = {{"每个链接只生效一次；没有再次记录。",
                       "Each link works once; nothing was recorded again."}}};
}

Page unknown_page() {
    return {
        .status = 404,
        .title = {"链接无效", "This link is not valid"},
        .words = {{"链接不完整、被更改，或不是由本系统发出。请从原消息中重新打开。",
                   "It is cut short, was changed, or was not made here. Open it from the message "
                   "again."}}};
}

Page expired_page() {
    return {.status = 410,
            .title = {"链接已过期", "This link has expired"},
            .words = {{"请登录系统处理，或等待下一次通知。",
                       "Sign in to do it, or wait for the next message."}}};
}

}  // namespace dutylog::server
