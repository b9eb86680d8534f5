#include "adapters/words/refusal_words.hpp"

namespace dutylog::words {

namespace {

constexpr RefusalSentence sentences[] = {
    {"unknown_duty", "there is no duty {}", "没有待履行义务 {0}"},
    {"missing_field", "a comment says something", "批注不得为空"},
    // urging
    {"suspended", "nobody is urged while the cycle is suspended", "循环中止期间不得催办"},
    {"nothing_owed", "{} waits for nobody", "步骤 {0} 不待任何人办理"},
    {"own_step", "nobody urges themselves", "不得催办自己"},
    {"urged_already", "{} was urged about {} this working day, no more than {} times in one",
     "本工作日已就步骤 {1} 催办 {0}，每个工作日至多 {2} 次"},
    // more time
    {"already_done", "the step {} is complete", "步骤 {0} 已完结"},
    {"step_not_open", "the step {} is not open", "步骤 {0} 不在进行中"},
    {"no_reason", "asking for more time needs a reason", "申请延期须说明理由"},
    {"already_asked", "{} has still to decide", "{0} 尚未批复"},
    {"not_asked", "nobody asked for more time for {}", "没有人为步骤 {0} 申请延期"},
    {"self_approval", "nobody decides on their own request", "任何人不得批复自己的申请"},
    {"not_the_approver", "{} was asked to decide", "应由 {0} 批复"},
    {"no_reason", "refusing needs a reason", "不同意须说明理由"},
    // signatures
    {"no_reason", "asking for a signature needs a reason", "加签须说明理由"},
    {"not_concerned", "{} neither answers for {} nor does, approves or verifies it",
     "{0} 既不负责步骤 {1}，也不实施、批准或验证它"},
    {"self_approval", "nobody signs their own work or case",
     "任何人不得签署自己的工作或与自己有关的事项"},
    {"already_asked", "{} was asked to sign it before", "已请 {0} 签署"},
    {"already_signed", "{} has approved it", "{0} 已批准"},
    {"already_signed", "{} has signed it", "{0} 已签署"},
    {"signer_is_doer", "{} was asked to sign {}; someone else does it",
     "{0} 已被请求签署步骤 {1}，须由他人实施"},
    {"no_reason", "doing without a signature needs a reason", "撤销加签须说明理由"},
    {"not_asked", "the step does not wait for {}", "该步骤不待 {0} 签署"},
    {"self_approval", "who does the work does not let off who signs it",
     "实施者不得撤销对自己工作的加签"},
    {"not_concerned", "only who asked for it, or who answers for the duty, can",
     "只有加签发起人或义务负责人可以撤销"},
    {"not_asked", "{} was not asked to sign {}; whoever approves it for a role names the role",
     "未请 {0} 签署步骤 {1}；以角色批准者须写明角色"},
    {"not_done", "only a step that is done can be signed", "只有已完成的步骤可以签署"},
    // channels
    {"missing_field", "no channel is named", "未指明通知渠道"},
    {"no_change", "the channel {} is on already", "通知渠道 {0} 已在使用"},
    {"no_change", "the channel {} is off already", "通知渠道 {0} 已停用"},
    {"no_reason", "switching a channel needs a reason", "停用或恢复通知渠道须说明理由"},
};

}  // namespace

std::span<const RefusalSentence> refusals_of_requests() { return sentences; }

}  // namespace dutylog::words
