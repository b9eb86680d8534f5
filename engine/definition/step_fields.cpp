#include <array>

#include "engine/definition/field_table.hpp"

/// The keys of a step, and of what stands inside it.
namespace dutylog::definition {

namespace {

constexpr std::array<std::string_view, 4> severities{"low", "medium", "high", "critical"};

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

}  // namespace

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

}  // namespace dutylog::definition
