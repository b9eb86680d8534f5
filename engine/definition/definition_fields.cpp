#include <array>

#include "engine/definition/field_table.hpp"

/// The keys of a definition and of its steps.
namespace dutylog::definition {

namespace {

constexpr std::array<std::string_view, 3> levels{"duty", "system", "programme"};
constexpr std::array<std::string_view, 3> rolls{"forward", "back", "none"};
constexpr std::array<std::string_view, 2> joins{"separate", "merge"};
constexpr std::array<std::string_view, 3> forces{"law", "norm", "practice"};
constexpr std::array<std::string_view, 4> severities{"low", "medium", "high", "critical"};

constexpr std::array effective_fields{
    FieldEntry{"from", Shape::date, true, {"the first day on which it holds", "生效首日"}},
    FieldEntry{
        "to", Shape::date, false, {"the first day on which it no longer holds", "不再有效的首日"}},
};

constexpr std::array basis_fields{
    FieldEntry{"obligation", Shape::text, true, {"OB-…", "OB-…"}},
    FieldEntry{"rule",
               Shape::text,
               false,
               {"the rule as cited: 职业病防治法 第35条", "引用的条文：职业病防治法 第35条"}},
    FieldEntry{"force",
               Shape::word,
               false,
               {"law, norm or practice", "law、norm 或 practice"},
               nullptr,
               forces},
};

constexpr std::array form_field_fields{
    FieldEntry{"type",
               Shape::several,
               false,
               {"text, integer, decimal, quantity UNIT, date, instant, "
                "period, truth, ref KIND, list of TYPE",
                "字段类型"}},
    FieldEntry{"one_of",
               Shape::several,
               false,
               {"a list of words, or the name of an enumeration", "词语列表，或枚举的名称"}},
    FieldEntry{"required", Shape::truth, false, {"whether it must be filled in", "是否必填"}},
    FieldEntry{"confidential",
               Shape::id,
               false,
               {"the permission that may read it; others see that it exists",
                "可以查看它的权限；其他人只知道它存在"}},
    FieldEntry{"title", Shape::localized, false, {"its name for readers", "供阅读的名称"}},
    FieldEntry{"must",
               Shape::expression,
               false,
               {"what is refused where this is false", "为假时拒绝提交"}},
    FieldEntry{"should",
               Shape::expression,
               false,
               {"what is warned of where this is false", "为假时只警告"}},
    FieldEntry{
        "say", Shape::localized, false, {"why it is refused or warned of", "拒绝或警告的理由"}},
};

constexpr std::array evidence_fields{
    FieldEntry{"signed_by", Shape::names, false, {"who signs it", "由谁签字"}},
};

constexpr std::array outcome_fields{
    FieldEntry{
        "go", Shape::name, false, {"the step to go to; without it: on", "转到哪一步；不写则继续"}},
    FieldEntry{"at_most", Shape::integer, false, {"how often, at most", "最多几次"}},
    FieldEntry{"then", Shape::name, false, {"the step to go to past that", "超过次数后转到哪一步"}},
    FieldEntry{
        "needs", Shape::names, false, {"form fields this outcome demands", "该结果要求填写的字段"}},
};

constexpr std::array finding_fields{
    FieldEntry{"when", Shape::expression, true, {"what makes it a finding", "何时构成问题"}},
    FieldEntry{"severity",
               Shape::word,
               true,
               {"low, medium, high or critical", "low、medium、high 或 critical"},
               nullptr,
               severities},
    FieldEntry{"basis", Shape::text, false, {"the obligation it breaks: OB-…", "违反的义务：OB-…"}},
    FieldEntry{"title", Shape::localized, false, {"its name for readers", "供阅读的名称"}},
};

constexpr std::array gate_fields{
    FieldEntry{"refuse",
               Shape::name,
               true,
               {"the act that is refused: a fact type with `act: true`",
                "被拒绝的行为：带 `act: true` 的事实类型"}},
    FieldEntry{
        "closed_while",
        Shape::expression,
        false,
        {"a truth, or a list: closed while it is not empty", "真假值，或列表：不为空时关闭"}},
    FieldEntry{"flag_when", Shape::expression, false, {"lets pass, but tells", "放行但告知"}},
    FieldEntry{"flag_say", Shape::localized, false, {"what is told then", "此时的告知内容"}},
    FieldEntry{
        "tell", Shape::names, false, {"who is told of a refusal or a flag", "拒绝或标记时告知谁"}},
    FieldEntry{"say", Shape::localized, false, {"why the act is refused", "拒绝的理由"}},
    FieldEntry{"basis", Shape::text, false, {"the obligation: OB-…", "义务：OB-…"}},
};

constexpr std::array step_fields{
    FieldEntry{"title", Shape::localized, false, {"its name for readers", "供阅读的名称"}},
    FieldEntry{"owner",
               Shape::name,
               false,
               {"a role, or a kind of person; by default the definition's "
                "owner",
                "角色或某类人员；默认为定义的责任人"}},
    FieldEntry{
        "due",
        Shape::clock,
        false,
        {"when it must be done; without it, with the cycle", "何时须完成；不写则与本轮同期"}},
    FieldEntry{"after", Shape::names, false, {"the steps that come first", "先行的步骤"}},
    FieldEntry{"done_by",
               Shape::match,
               false,
               {"a fact of the subject completes it", "由对象的某个事实完成"}},
    FieldEntry{"wait_for", Shape::match, false, {"the same as done_by", "同 done_by"}},
    FieldEntry{"breached_by",
               Shape::match,
               false,
               {"a fact that contradicts an at-once step", "与“立即”相矛盾的事实"}},
    FieldEntry{"form",
               Shape::map_of_types,
               false,
               {"what is filled in", "须填写的内容"},
               &form_field_table},
    FieldEntry{"evidence",
               Shape::several,
               false,
               {"names of the evidence demanded: [receipt], or receipt: {signed_by: [worker]}",
                "所需证据的名称"},
               &evidence_table},
    FieldEntry{"outcomes", Shape::map_of, false, {"how it can end", "可能的结果"}, &outcome_table},
    FieldEntry{"findings",
               Shape::map_of,
               false,
               {"what can be found wrong", "可能发现的问题"},
               &finding_table},
    FieldEntry{"upon",
               Shape::several,
               false,
               {"opens only then: `finding NAME, outcome NAME`",
                "仅在此时开启：`finding 名称, outcome 名称`"}},
    FieldEntry{"measure",
               Shape::several,
               false,
               {"true, or its words: it answers a finding and ends when verified",
                "true 或文字：针对问题的措施，验证后结束"}},
    FieldEntry{"verified_by",
               Shape::name,
               false,
               {"who says that the measure is effective", "由谁验证措施有效"}},
    FieldEntry{
        "not_by",
        Shape::names,
        false,
        {"who did that step, or is that, may not do this", "做过该步骤或担任该角色的人不得做本步"}},
    FieldEntry{"self_check", Shape::text, false, {"why the doer may check", "为何可由执行者自查"}},
    FieldEntry{"approve",
               Shape::several,
               false,
               {"`all of [WS, OHM]`: each must approve", "`all of [WS, OHM]`：均须批准"}},
    FieldEntry{"run",
               Shape::name,
               false,
               {"starts another definition for the same subject", "为同一对象启动另一个定义"}},
    FieldEntry{"gate",
               Shape::mapping,
               false,
               {"a gate that is closed while the step is open", "步骤未完成时关闭的门禁"},
               &gate_table},
};

constexpr std::array keep_fields{
    FieldEntry{"class", Shape::id, true, {"the class of retention", "保存类别"}},
    FieldEntry{"at_least",
               Shape::expression,
               false,
               {"the date until which it is kept at least", "至少保存到的日期"}},
};

constexpr std::array done_fields{
    FieldEntry{"valid_until",
               Shape::expression,
               false,
               {"the date until which a finished cycle holds", "本轮结果的有效期"}},
    FieldEntry{"keep",
               Shape::mapping,
               false,
               {"how long its records are kept", "记录保存多久"},
               &keep_table},
};

constexpr std::array definition_fields{
    FieldEntry{"dutylog", Shape::integer, true, {"the format of the language: 1", "语言格式：1"}},
    FieldEntry{"kind",
               Shape::word,
               true,
               {"duty, system or programme", "duty、system 或 programme"},
               nullptr,
               levels},
    FieldEntry{"id", Shape::id, true, {"the name of the definition", "定义的名称"}},
    FieldEntry{"system",
               Shape::id,
               false,
               {"the responsibility system: RS01 … RS17", "责任体系：RS01 … RS17"}},
    FieldEntry{"title", Shape::localized, true, {"its name for readers", "供阅读的名称"}},
    FieldEntry{"basis",
               Shape::list_of,
               true,
               {"the obligations it implements and their rules", "所落实的义务及其依据"},
               &basis_table},
    FieldEntry{"effective",
               Shape::mapping,
               true,
               {"when the definition holds", "定义的有效期"},
               &effective_table},
    FieldEntry{
        "for", Shape::match, true, {"the kind of subject, and which of them", "对象种类及范围"}},
    FieldEntry{"every",
               Shape::several,
               false,
               {"`3 months after completion`, `12 months from DATE` or "
                "`calendar year`",
                "`3 months after completion`、`12 months from 日期` 或 "
                "`calendar year`"}},
    FieldEntry{
        "upon", Shape::match, false, {"each such fact opens a cycle", "每个此类事实开启一轮"}},
    FieldEntry{"while_open",
               Shape::word,
               false,
               {"whether a further fact makes a cycle of its own or joins the open one",
                "再有事实时另开一轮还是并入"},
               nullptr,
               joins},
    FieldEntry{"due", Shape::clock, false, {"when the duty must be met", "何时须履行"}},
    FieldEntry{"open",
               Shape::several,
               false,
               {"how long before the deadline it opens: `30 days before "
                "due`",
                "期限前多久开启：`30 days before due`"}},
    FieldEntry{"roll",
               Shape::word,
               false,
               {"what becomes of a deadline on a rest day", "期限遇休息日如何处理"},
               nullptr,
               rolls},
    FieldEntry{"grace",
               Shape::period,
               false,
               {"what becomes due through late knowledge is enforced so long after it became known",
                "因迟知而到期的，在得知之后多久执行"}},
    FieldEntry{
        "tracked", Shape::truth, false, {"whether someone outside owes it", "是否由外部机构承担"}},
    FieldEntry{"owner", Shape::name, false, {"who does it", "责任人"}},
    FieldEntry{"accountable", Shape::name, false, {"who answers for it", "负责人"}},
    FieldEntry{"informed", Shape::names, false, {"who is told", "知会谁"}},
    FieldEntry{"ladder", Shape::name, false, {"the reminders and escalations", "提醒与上报阶梯"}},
    FieldEntry{"met_by",
               Shape::name,
               false,
               {"the step that meets the deadline; by default the last of "
                "`do`",
                "以哪一步视为履行；默认为 `do` 的最后一步"}},
    FieldEntry{"plan", Shape::chapter, false, {"the steps of planning", "计划步骤"}, &step_table},
    FieldEntry{"do", Shape::chapter, false, {"the steps of doing", "执行步骤"}, &step_table},
    FieldEntry{"check", Shape::chapter, false, {"the steps of checking", "检查步骤"}, &step_table},
    FieldEntry{"act",
               Shape::chapter,
               false,
               {"the steps of acting on what was found", "处置步骤"},
               &step_table},
    FieldEntry{"gates",
               Shape::map_of,
               false,
               {"acts that are refused while a condition holds", "条件成立时拒绝的行为"},
               &gate_table},
    FieldEntry{"done",
               Shape::mapping,
               false,
               {"what a finished cycle leaves", "完成后的效力与保存"},
               &done_table},
    FieldEntry{"access", Shape::map_of_names, false, {"permission → who has it", "权限 → 谁拥有"}},
    FieldEntry{"tests",
               Shape::list_of,
               false,
               {"small stories the definition must pass", "定义必须通过的小案例"},
               &test_table},
};

constexpr std::array given_fields{
    FieldEntry{"on", Shape::date, false, {"the day", "日期"}},
    FieldEntry{"at", Shape::several, false, {"the instant, where the day is not enough", "时刻"}},
    FieldEntry{"known",
               Shape::date,
               false,
               {"the day it became known, where that is later", "得知的日期（晚于发生时）"}},
    FieldEntry{"fact",
               Shape::name,
               false,
               {"a fact that is recorded; its fields follow", "记录的事实；其后为字段"}},
    FieldEntry{"request",
               Shape::name,
               false,
               {"an act somebody asks to do; its fields follow", "申请实施的行为；其后为字段"}},
    FieldEntry{"complete",
               Shape::name,
               false,
               {"a step that is completed; its form fields follow", "完成的步骤；其后为表单字段"}},
    FieldEntry{
        "verify", Shape::name, false, {"a measure that is verified effective", "验证有效的措施"}},
    FieldEntry{"approve", Shape::name, false, {"a step that is approved", "批准的步骤"}},
    FieldEntry{"by",
               Shape::name,
               false,
               {"who does it: a role, or a kind of person", "由谁做：角色或某类人员"}},
    FieldEntry{"outcome", Shape::name, false, {"how the step ended", "步骤的结果"}},
    FieldEntry{"evidence", Shape::texts, false, {"the evidence that was brought", "提交的证据"}},
};

constexpr std::array expect_fields{
    FieldEntry{"due", Shape::date, false, {"the nominal due date", "名义到期日"}},
    FieldEntry{"effective", Shape::date, false, {"the due date after rolling", "顺延后的到期日"}},
    FieldEntry{"open", Shape::names, false, {"the open steps", "开启的步骤"}},
    FieldEntry{"overdue", Shape::names, false, {"the overdue steps", "逾期的步骤"}},
    FieldEntry{"closed", Shape::truth, false, {"whether the cycle is closed", "本轮是否结束"}},
    FieldEntry{"findings", Shape::names, false, {"the findings made", "发现的问题"}},
    FieldEntry{
        "breaches", Shape::several, false, {"the days on which a breach began", "违反开始的日期"}},
    FieldEntry{"refused",
               Shape::text,
               false,
               {"why the last line of `given` is refused", "最后一行被拒绝的理由"}},
    FieldEntry{"gate_closed", Shape::name, false, {"the gate that is closed", "关闭的门禁"}},
    FieldEntry{"cycles", Shape::integer, false, {"how many cycles there were", "共有几轮"}},
    FieldEntry{"phase", Shape::word, false, {"where the cycle is", "本轮所处阶段"}},
};

constexpr std::array test_fields{
    FieldEntry{"name", Shape::text, true, {"what the test shows, in a sentence", "测试说明什么"}},
    FieldEntry{"given",
               Shape::list_of,
               false,
               {"facts and acts, in order", "依次发生的事实与行为"},
               &given_table},
    FieldEntry{"at",
               Shape::date,
               false,
               {"the day of the question; by default the last day of `given`",
                "提问的日期；默认为最后一行的日期"}},
    FieldEntry{
        "expect", Shape::mapping, true, {"what must be so then", "届时应当如此"}, &expect_table},
};

}  // namespace

const MappingTable effective_table{"effective", {"when it holds", "有效期"}, effective_fields};
const MappingTable basis_table{
    "basis", {"an obligation and its rule", "义务及其依据"}, basis_fields};
const MappingTable form_field_table{
    "form-field", {"a field of a form", "表单字段"}, form_field_fields};
const MappingTable evidence_table{"evidence", {"evidence demanded", "所需证据"}, evidence_fields};
const MappingTable outcome_table{"outcome", {"how a step can end", "步骤的结果"}, outcome_fields};
const MappingTable finding_table{
    "finding", {"what can be found wrong", "可能发现的问题"}, finding_fields};
const MappingTable gate_table{"gate", {"an act that is refused", "被拒绝的行为"}, gate_fields};
const MappingTable step_table{
    "step",
    {"a piece of work with an owner and a deadline", "有责任人和期限的一项工作"},
    step_fields};
const MappingTable keep_table{"keep", {"how long records are kept", "记录保存多久"}, keep_fields};
const MappingTable done_table{
    "done", {"what a finished cycle leaves", "完成后的效力与保存"}, done_fields};
const MappingTable definition_table{
    "definition", {"how one obligation is met", "一项义务如何履行"}, definition_fields};
const MappingTable given_table{"given", {"a fact or an act", "事实或行为"}, given_fields, true};
const MappingTable expect_table{"expect", {"what must be so", "应当如此"}, expect_fields};
const MappingTable test_table{"test", {"a small story", "小案例"}, test_fields};

}  // namespace dutylog::definition
