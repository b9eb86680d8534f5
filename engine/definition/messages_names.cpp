#include <array>

#include "engine/definition/messages.hpp"

/// DL0101 to DL0116: keys and names.
namespace dutylog::definition {

namespace {

constexpr auto warning = Severity::warning;
constexpr auto with_reason = Allow::with_reason;

constexpr std::array messages{
    Message{
        .code = "DL0101",
        .name = "unknown-key",
        .text = {"`{name}` is not a key of {of}", "{of} 没有 `{name}` 这个键"},
        .label = {"not known here", "此处不认识"},
        .help = {"the keys here are: {known}", "此处可用的键：{known}"},
        .meaning = {"Every key has one meaning. A key that is not known would be read over, and "
                    "what it says would be lost.",
                    "每个键都有确定的含义。不认识的键若被忽略，它的内容就丢失了。"},
        .wrong = "ower: EQ",
        .right = "owner: EQ"},
    Message{.code = "DL0102",
            .name = "missing-key",
            .text = {"{of} needs the key `{name}`", "{of} 缺少必需的键 `{name}`"},
            .label = {"`{name}` is missing", "缺少 `{name}`"},
            .help = {"add `{name}: …`", "请补上 `{name}: …`"},
            .meaning = {"Without this key the rest cannot be understood or enforced.",
                        "没有这个键，其余内容无法理解或执行。"},
            .wrong = "effective: {to: 2026-01-01}",
            .right = "effective: {from: 2019-01-01, to: 2026-01-01}"},
    Message{
        .code = "DL0103",
        .name = "wrong-shape",
        .text = {"expected {wanted}, found {found}", "此处应为{wanted}，实为{found}"},
        .label = {"expected {wanted}", "应为{wanted}"},
        .help = {},
        .meaning = {"What stands under a key has one shape: a text, a list in [ ], or a mapping in "
                    "braces or indented lines.",
                    "每个键下的内容有固定形式：文字、方括号列表，或花括号（缩进）映射。"},
        .wrong = "informed: {WS: true}",
        .right = "informed: [WS]"},
    Message{.code = "DL0104",
            .name = "unknown-step",
            .text = {"step `{name}` does not exist", "步骤 `{name}` 不存在"},
            .label = {"no step has this name", "没有这个名称的步骤"},
            .help = {"the steps are: {known}", "现有步骤：{known}"},
            .meaning = {"A step is named by its chapter and its name: `plan.call`, `do.service`.",
                        "步骤用“章.名”表示：`plan.call`、`do.service`。"},
            .wrong = "go: plan.cal",
            .right = "go: plan.call"},
    Message{
        .code = "DL0105",
        .name = "unknown-word",
        .text = {"`{name}` is not one of the words allowed here", "此处不能写 `{name}`"},
        .label = {"not a word for this place", "不是可用的词"},
        .help = {"write one of: {known}", "请写其中之一：{known}"},
        .meaning = {"Some keys take one word of a short list, so that everybody writes the same.",
                    "某些键只接受固定词语之一，以保持写法一致。"},
        .wrong = "roll: foward",
        .right = "roll: forward"},
    Message{.code = "DL0106",
            .name = "duplicate-id",
            .text = {"`{name}` is there already", "`{name}` 已经存在"},
            .label = {"the second one", "第二处"},
            .help = {"give one of them another name", "请给其中之一改名"},
            .meaning =
                {"An id names one thing. With two, nobody could say which one a reference means.",
                 "编号只能指一个事物；重复时无法确定引用的是哪一个。"},
            .wrong = "id: maintenance   (in two files)",
            .right = "id: fan-maintenance"},
    Message{.code = "DL0107",
            .name = "unknown-subject",
            .text = {"there is no kind of subject `{name}`", "没有对象种类 `{name}`"},
            .label = {"not declared", "未声明"},
            .help = {"the kinds are: {known}", "现有种类：{known}"},
            .meaning = {"Kinds of subject are declared under `subjects:` in library.yaml.",
                        "对象种类在 library.yaml 的 `subjects:` 下声明。"},
            .wrong = "for: wroker",
            .right = "for: worker"},
    Message{.code = "DL0108",
            .name = "unknown-fact",
            .text = {"there is no fact type `{name}`", "没有事实类型 `{name}`"},
            .label = {"not declared", "未声明"},
            .help = {"the fact types are: {known}", "现有事实类型：{known}"},
            .meaning =
                {"Fact types are declared under `facts:` in library.yaml. A match names the fact "
                 "type itself, not the name it has in expressions.",
                 "事实类型在 library.yaml 的 `facts:` 下声明。匹配时写类型本身的名称，而非表达式中"
                 "的名称。"},
            .wrong = "upon: proces_change",
            .right = "upon: process_change"},
    Message{.code = "DL0109",
            .name = "unknown-role",
            .text = {"there is no role `{name}`", "没有角色 `{name}`"},
            .label = {"not declared", "未声明"},
            .help = {"the roles are: {known}", "现有角色：{known}"},
            .meaning =
                {"Roles are declared under `roles:` in library.yaml; a kind of person, such as "
                 "`worker`, can stand for the person the duty is about.",
                 "角色在 library.yaml 的 `roles:` 下声明；也可写某类人员（如 `worker`），指义务所涉"
                 "的本人。"},
            .wrong = "owner: OMH",
            .right = "owner: OHM"},
    Message{.code = "DL0110",
            .name = "unknown-ladder",
            .text = {"there is no ladder `{name}`", "没有提醒阶梯 `{name}`"},
            .label = {"not declared", "未声明"},
            .help = {"the ladders are: {known}", "现有阶梯：{known}"},
            .meaning = {"Ladders are declared under `ladders:` in library.yaml.",
                        "提醒阶梯在 library.yaml 的 `ladders:` 下声明。"},
            .wrong = "ladder: standart",
            .right = "ladder: standard"},
    Message{.code = "DL0111",
            .name = "unknown-definition",
            .text = {"there is no definition `{name}`", "没有定义 `{name}`"},
            .label = {"not in this library", "库中没有"},
            .help = {"the definitions are: {known}", "现有定义：{known}"},
            .meaning = {"`run:` starts another definition of the same library by its id.",
                        "`run:` 按编号启动同一库中的另一个定义。"},
            .wrong = "run: disease-reprot",
            .right = "run: disease-report"},
    Message{
        .code = "DL0112",
        .name = "unknown-finding",
        .text = {"no step makes the finding `{name}`", "没有步骤会提出问题 `{name}`"},
        .label = {"never found", "不会被提出"},
        .help = {"the findings are: {known}", "现有问题：{known}"},
        .meaning = {"`upon: finding NAME` opens a step when a step of this definition makes that "
                    "finding.",
                    "`upon: finding 名称` 在本定义的某步骤提出该问题时开启。"},
        .wrong = "upon: finding low-flwo",
        .right = "upon: finding low-flow"},
    Message{.code = "DL0113",
            .name = "unknown-outcome",
            .text = {"no step ends with the outcome `{name}`", "没有步骤会以 `{name}` 结束"},
            .label = {"never an outcome", "不会出现"},
            .help = {"the outcomes are: {known}", "现有结果：{known}"},
            .meaning = {"`upon: outcome NAME` opens a step when a step of this definition ends so.",
                        "`upon: outcome 名称` 在本定义的某步骤以该结果结束时开启。"},
            .wrong = "upon: outcome refsued",
            .right = "upon: outcome refused"},
    Message{
        .code = "DL0114",
        .name = "doubtful-need",
        .severity = warning,
        .allow = with_reason,
        .text = {"the outcome needs `{name}`, which is neither a field of the form nor evidence",
                 "结果要求 `{name}`，但表单和证据中都没有"},
        .label = {"a new field", "成为新字段"},
        .help = {},
        .meaning = {"`needs:` may name fields that only this outcome asks for. This one looks like "
                    "a slip of the pen.",
                    "`needs:` 可以写仅该结果要求的字段；但此处很像笔误。"},
        .wrong = "form: {reason: text}\noutcomes: {refused: {needs: [reson]}}",
        .right = "form: {reason: text}\noutcomes: {refused: {needs: [reason]}}"},
    Message{
        .code = "DL0115",
        .name = "bad-id",
        .text = {"`{name}` cannot be a name", "`{name}` 不能用作名称"},
        .label = {"not a name", "不是名称"},
        .help = {"begin with a letter; then letters, digits, `-` and `_`; at most 100",
                 "以字母开头，其后可用字母、数字、`-` 和 `_`，最多 100 个字符"},
        .meaning =
            {"Names stand in expressions, in addresses and in file names, so they are made "
             "of few characters. Words for readers stand under `title:`.",
             "名称会用于表达式、网址和文件名，所以只用少数字符。给人看的文字写在 `title:` 下。"},
        .wrong = "id: 防护设施维护",
        .right =
            "id: facility-maintenance\ntitle: {zh-CN: 防护设施维护, en: Facility maintenance}"},
    Message{
        .code = "DL0116",
        .name = "one-language",
        .severity = warning,
        .allow = with_reason,
        .text = {"the words in {name} are missing", "缺少{name}文字"},
        .label = {"one language only", "只有一种语言"},
        .help = {"write `zh-CN: …, en: …`", "请写 `zh-CN: …, en: …`"},
        .meaning = {"People are told in their own language; where it is missing they are told in "
                    "the other one.",
                    "通知按本人的语言发送；缺少时只能用另一种语言。"},
        .wrong = "title: {en: Maintenance}",
        .right = "title: {zh-CN: 维护, en: Maintenance}"},
};

}  // namespace

std::span<const Message> name_messages() { return messages; }

}  // namespace dutylog::definition
