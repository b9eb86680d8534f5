#include <array>

#include "engine/definition/messages.hpp"

namespace dutylog::definition {

namespace {

struct Term {
    std::string_view name;
    Words words;
};

constexpr std::array terms{
    Term{"@nothing", {"nothing", "空"}},
    Term{"@a-text", {"a text", "文字"}},
    Term{"@a-list", {"a list", "列表"}},
    Term{"@a-mapping", {"a mapping", "映射"}},
    Term{"@a-name", {"a name", "名称"}},
    Term{"@an-id", {"a name", "名称"}},
    Term{"@a-truth", {"true or false", "true 或 false"}},
    Term{"@a-whole-number", {"a whole number", "整数"}},
    Term{"@a-date", {"a day such as 2025-12-05", "日期（如 2025-12-05）"}},
    Term{"@a-period", {"a period such as `15 days`", "期间（如 `15 days`）"}},
    Term{"@an-expression", {"an expression", "表达式"}},
    Term{"@a-clock",
         {"a clock such as `15 days after opening`", "时间语句（如 `15 days after opening`）"}},
    Term{"@a-repeat",
         {"a sentence such as `3 months after completion`",
          "语句（如 `3 months after completion`）"}},
    Term{"@a-type", {"a type such as `text`", "类型（如 `text`）"}},
    Term{"@a-value", {"a value", "值"}},
    Term{"@both-languages",
         {"words in both languages, `zh-CN: …, en: …`", "两种语言的文字（`zh-CN: …, en: …`）"}},
    Term{"@english", {"English", "英文"}},
    Term{"@chinese", {"Chinese", "中文"}},
    Term{"@languages", {"words in two languages", "双语文字"}},
    Term{"@something-else", {"something else", "别的内容"}},
    Term{"@an-operation-or-the-end", {"an operation or the end", "运算符或结尾"}},
    Term{"@no-arguments", {"no arguments", "没有参数"}},
    Term{"@a-name-and-an-expression",
         {"a name and an expression, as in `(x, …)`", "名称和表达式，如 `(x, …)`"}},
    Term{"@fewer-digits", {"a number with fewer digits", "位数更少的数字"}},
    Term{"@the-end", {"the end", "结尾"}},
    Term{"@bytes", {"bytes", "字节"}},
    Term{"@levels", {"levels", "层"}},
    Term{"@parts", {"parts", "个部分"}},
    Term{"@rows", {"rows", "行"}},
    Term{"@columns", {"columns", "列"}},
    Term{"@a-header-row", {"header row", "表头"}},
    Term{"@a-truth-or-a-list", {"a truth or a list", "真假值或列表"}},
    Term{"@windows", {"a window", "时段"}},
    Term{"@moments", {"what is due at a moment", "以时刻为期限的事项"}},
    Term{"@working-days", {"a count of working days", "按工作日计算的期限"}},
    Term{"@hours", {"a count of hours", "按小时计算的期限"}},
    Term{"@library", {"the library", "库"}},
    Term{"@subject", {"a kind of subject", "对象种类"}},
    Term{"@fact", {"a fact type", "事实类型"}},
    Term{"@field", {"a field", "字段"}},
    Term{"@role", {"a role", "角色"}},
    Term{"@rung", {"a rung", "阶梯的一级"}},
    Term{"@function", {"a function", "函数"}},
    Term{"@definition", {"a definition", "定义"}},
    Term{"@effective", {"`effective`", "`effective`"}},
    Term{"@basis", {"a basis", "依据"}},
    Term{"@step", {"a step", "步骤"}},
    Term{"@form-field", {"a field of a form", "表单字段"}},
    Term{"@evidence", {"a piece of evidence", "证据"}},
    Term{"@outcome", {"an outcome", "结果"}},
    Term{"@finding", {"a finding", "问题"}},
    Term{"@gate", {"a gate", "门禁"}},
    Term{"@done", {"`done`", "`done`"}},
    Term{"@keep", {"`keep`", "`keep`"}},
    Term{"@test", {"a test", "测试"}},
    Term{"@given", {"a line of `given`", "`given` 的一行"}},
    Term{"@expect", {"`expect`", "`expect`"}},
};

}  // namespace

std::string_view term(std::string_view argument, Language language) {
    for (const Term& one : terms)
        if (one.name == argument) return one.words.in(language);
    return argument;
}

}  // namespace dutylog::definition
