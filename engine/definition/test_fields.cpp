#include <array>

#include "engine/definition/field_table.hpp"

/// The keys of the tests inside a definition.
namespace dutylog::definition {

namespace {

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

const MappingTable given_table{"given", {"a fact or an act", "事实或行为"}, given_fields, true};
const MappingTable expect_table{"expect", {"what must be so", "应当如此"}, expect_fields};
const MappingTable test_table{"test", {"a small story", "小案例"}, test_fields};

}  // namespace dutylog::definition
