#include <array>

#include "engine/definition/field_table.hpp"

/// The keys of library.yaml.
namespace dutylog::definition {

namespace {

constexpr std::array<std::string_view, 1> kinds{"library"};

constexpr std::array subject_fields{
    FieldEntry{"in",
               Shape::name,
               false,
               {"the kind a subject of this kind lives in; the top has none",
                "该类对象所在的上级种类；最上级不写"}},
    FieldEntry{"person",
               Shape::truth,
               false,
               {"whether it is a person, whose name is sealed", "是否为自然人；其姓名加密保存"}},
    FieldEntry{"title", Shape::localized, false, {"its name for readers", "供阅读的名称"}},
    FieldEntry{"derived",
               Shape::map_of_expressions,
               false,
               {"further fields, each an expression over the subject", "由表达式得出的其他字段"}},
};

constexpr std::array field_fields{
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
};

constexpr std::array fact_fields{
    FieldEntry{"of", Shape::name, true, {"the kind of subject it is about", "关于哪类对象"}},
    FieldEntry{
        "keep",
        Shape::several,
        false,
        {"latest, latest by FIELD, or all (the default)", "latest、latest by 字段 或 all（默认）"}},
    FieldEntry{"as",
               Shape::id,
               false,
               {"its name in expressions; by default its id", "在表达式中的名称；默认同编号"}},
    FieldEntry{"act",
               Shape::truth,
               false,
               {"whether it is an act that a gate can refuse", "是否为可被门禁拒绝的行为"}},
    FieldEntry{"title", Shape::localized, false, {"its name for readers", "供阅读的名称"}},
    FieldEntry{
        "fields", Shape::map_of_types, false, {"what is stated", "陈述的内容"}, &field_table},
};

constexpr std::array role_fields{
    FieldEntry{"title", Shape::localized, false, {"its name for readers", "供阅读的名称"}},
    FieldEntry{"of",
               Shape::name,
               false,
               {"the kind of subject whose holder is meant; without it the employer's",
                "指哪类对象的任职者；不写则为用人单位的"}},
    FieldEntry{"principal",
               Shape::truth,
               false,
               {"the person in charge, who stands in for every vacancy",
                "主要负责人，任何空缺均由其代行"}},
};

constexpr std::array rung_fields{
    FieldEntry{"at",
               Shape::several,
               true,
               {"`due`, `30 days before due` or `1 working day after due`",
                "`due`、`30 days before due` 或 `1 working day after due`"}},
    FieldEntry{"tell",
               Shape::names,
               true,
               {"roles, or owner, head, accountable, informed",
                "角色，或 owner、head、accountable、informed"}},
};

constexpr std::array function_fields{
    FieldEntry{"of", Shape::several, true, {"the parameters, each with its type", "参数及其类型"}},
    FieldEntry{"is",
               Shape::expression,
               true,
               {"the value, an expression over the parameters", "以参数写出的表达式"}},
};

constexpr std::array library_fields{
    FieldEntry{"dutylog", Shape::integer, true, {"the format of the language: 1", "语言格式：1"}},
    FieldEntry{"kind", Shape::word, true, {"library", "library（库）"}, nullptr, kinds},
    FieldEntry{"id", Shape::id, true, {"the name of the library", "库的名称"}},
    FieldEntry{"title", Shape::localized, false, {"its name for readers", "供阅读的名称"}},
    FieldEntry{"zone",
               Shape::text,
               true,
               {"the time zone of the sites: Asia/Shanghai", "所在时区：Asia/Shanghai"}},
    FieldEntry{"calendar", Shape::id, true, {"the calendar of working days", "工作日历"}},
    FieldEntry{"units", Shape::texts, false, {"the units of quantities", "计量单位"}},
    FieldEntry{
        "enumerations", Shape::map_of_words, false, {"closed lists of words", "封闭的词语表"}},
    FieldEntry{
        "subjects", Shape::map_of, true, {"the kinds of subject", "对象的种类"}, &subject_table},
    FieldEntry{"facts",
               Shape::map_of,
               false,
               {"the types of dated statements about subjects", "关于对象的带日期陈述的类型"},
               &fact_table},
    FieldEntry{"roles",
               Shape::map_of,
               true,
               {"who may be named as owner, accountable, informed …", "可作为责任人等的角色"},
               &role_table},
    FieldEntry{
        "ladders",
        Shape::map_of_lists,
        false,
        {"reminders before a deadline and escalations after it", "期限前的提醒与期限后的上报"},
        &rung_table},
    FieldEntry{
        "urges_per_working_day",
        Shape::integer,
        false,
        {"how often one person may be urged about one step in a working day; 1 where nothing "
         "is said",
         "每个工作日内，就同一步骤催办同一人的次数上限；不写则为 1"}},
    FieldEntry{"functions",
               Shape::map_of,
               false,
               {"expressions with a name", "有名称的表达式"},
               &function_table},
};

}  // namespace

const MappingTable subject_table{"subject", {"a kind of subject", "一类对象"}, subject_fields};
const MappingTable field_table{"field", {"a field of a fact", "事实的字段"}, field_fields};
const MappingTable fact_table{
    "fact",
    {"a type of dated statement about a subject", "关于对象的带日期陈述的类型"},
    fact_fields};
const MappingTable role_table{"role", {"a role that people hold", "由人担任的角色"}, role_fields};
const MappingTable rung_table{
    "rung", {"one reminder or escalation", "一次提醒或上报"}, rung_fields};
const MappingTable function_table{
    "function", {"an expression with a name", "有名称的表达式"}, function_fields};
const MappingTable library_table{
    "library",
    {"what all definitions of a library share", "库中所有定义共用的内容"},
    library_fields};

}  // namespace dutylog::definition
