#include <array>

#include "engine/definition/field_table.hpp"

/// The keys of a definition; those of its steps and tests have files of their own.
namespace dutylog::definition {

namespace {

constexpr std::array<std::string_view, 3> levels{"duty", "system", "programme"};
constexpr std::array<std::string_view, 3> rolls{"forward", "back", "none"};
constexpr std::array<std::string_view, 2> joins{"separate", "merge"};
constexpr std::array<std::string_view, 3> forces{"law", "norm", "practice"};

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

}  // namespace

const MappingTable effective_table{"effective", {"when it holds", "有效期"}, effective_fields};
const MappingTable basis_table{
    "basis", {"an obligation and its rule", "义务及其依据"}, basis_fields};
const MappingTable keep_table{"keep", {"how long records are kept", "记录保存多久"}, keep_fields};
const MappingTable done_table{
    "done", {"what a finished cycle leaves", "完成后的效力与保存"}, done_fields};
const MappingTable definition_table{
    "definition", {"how one obligation is met", "一项义务如何履行"}, definition_fields};

}  // namespace dutylog::definition
