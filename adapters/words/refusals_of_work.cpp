#include "adapters/words/refusal_words.hpp"

namespace dutylog::words {

namespace {

constexpr RefusalSentence sentences[] = {
    // which duty, cycle and step
    {"unknown_duty", "there is no open duty {}", "没有进行中的待履行义务 {0}"},
    {"no_open_cycle", "the duty has no open cycle", "该义务没有进行中的循环"},
    {"no_open_cycle", "the duty has no open cycle {}", "该义务没有进行中的第 {0} 循环"},
    {"unknown_definition", "the duty's definition is not in force", "该义务的定义未在施行"},
    {"unknown_step", "the definition {} has no step {}", "定义 {0} 没有步骤 {1}"},
    {"unknown_step", "there is no step {}", "没有步骤 {0}"},
    // completing a step
    {"suspended", "the cycle is suspended; resume it first", "该循环已暂停；请先恢复"},
    {"already_done", "the step {} is done", "步骤 {0} 已完成"},
    {"step_not_open", "the step {} is not open yet", "步骤 {0} 尚未开始"},
    {"checker_is_doer", "the check {} needs someone other than {}, who did {}",
     "检查步骤 {0} 须由他人完成：{1} 已实施 {2}"},
    {"excluded_person", "the step {} may not be done by {} ({})",
     "步骤 {0} 不得由 {1} 完成（{2}）"},
    {"unknown_outcome", "the step {} ends with one of [{}], found `{}`",
     "步骤 {0} 的结果应为 [{1}] 之一，实为“{2}”"},
    {"missing_field", "the outcome {} needs `{}`", "结果 {0} 需要“{1}”"},
    {"form_rule", "the field `{}`: {}", "字段“{0}”：{1}"},  // as a log has it
    {"missing_evidence", "the step {} needs the evidence `{}`", "步骤 {0} 需要证明材料“{1}”"},
    {"in_the_future", "a step cannot be done later than it is recorded",
     "步骤的完成时间不得晚于记录时间"},
    // sending back, approving, giving to others
    {"no_reason", "sending back needs a reason", "退回须说明理由"},
    {"not_done", "only a step that is done can be sent back", "只有已完成的步骤可以退回"},
    {"not_done", "only a step that is done can be approved", "只有已完成的步骤可以批准"},
    {"unknown_role", "{} does not approve {}", "角色 {0} 不负责批准 {1}"},
    {"not_the_holder", "{} does not hold the role {}", "{0} 未担任角色 {1}"},
    {"self_approval", "nobody approves their own case", "任何人不得批准与自己有关的事项"},
    {"step_not_open", "only an open step can be given to someone else",
     "只有进行中的步骤可以转交他人"},
    {"unknown_person", "nobody is called {}", "没有名为 {0} 的人员"},
    {"law_deadline", "the deadline of the duty itself cannot be postponed",
     "义务本身的期限不得延期"},
    {"step_not_open", "only an open step can be postponed", "只有进行中的步骤可以延期"},
    {"no_reason", "a postponement needs a reason", "延期须说明理由"},
    {"self_approval", "someone else approves a postponement", "延期须由他人批准"},
    {"law_deadline", "a step cannot be postponed past the duty's own deadline, {}",
     "步骤延期不得超过义务本身的期限 {0}"},
    {"no_reason", "leaving out a step needs a reason", "略过步骤须说明理由"},
    {"self_approval", "someone else approves that a step is left out", "略过步骤须由他人批准"},
    {"law_deadline",
     "the step that meets the deadline cannot be left out; cancel the cycle instead",
     "履行期限的步骤不得略过；请改为取消该循环"},
    // cycles
    {"not_open", "only an open cycle can be suspended", "只有进行中的循环可以暂停"},
    {"not_suspended", "the cycle is not suspended", "该循环未暂停"},
    {"no_reason", "cancelling needs a reason", "取消须说明理由"},
    {"self_approval", "someone else approves that a cycle is cancelled", "取消循环须由他人批准"},
    {"open_measure", "the measure {} is not verified", "整改措施 {0} 尚未验证有效"},
    {"open_step", "the step {} is open", "步骤 {0} 尚未完成"},
    {"not_met", "what the duty demands is not done", "义务所要求之事尚未完成"},
    {"self_approval", "someone else approves the closing", "关闭须由他人批准"},
    {"no_reason", "carrying on what is open needs a reason", "结转未完成事项须说明理由"},
    {"unknown_definition", "the definition was retired", "该定义已停用"},
    {"same_version", "the cycle already runs on the version in force", "该循环已按现行版本运行"},
    {"self_approval", "someone else approves a migration", "版本迁移须由他人批准"},
    {"unknown_step", "the new version has no step {}; say where it goes: `{}=…`",
     "新版本没有步骤 {0}；请说明其去向：“{1}=…”"},
    // findings and measures
    {"missing_field", "a finding needs a name", "问题须有名称"},
    {"no_measure", "no measure of the definition answers the finding `{}`",
     "定义中没有针对问题“{0}”的整改措施"},
    {"no_measure", "{} is no measure", "{0} 不是整改措施"},
    {"not_done", "only a measure that is done can be verified", "只有已完成的整改措施可以验证"},
    {"self_verification", "someone else verifies a measure", "整改措施须由他人验证"},
    {"self_approval", "someone else approves that a measure is carried on",
     "结转整改措施须由他人批准"},
};

}  // namespace

std::span<const RefusalSentence> refusals_of_work() { return sentences; }

}  // namespace dutylog::words
