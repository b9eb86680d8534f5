#include "adapters/words/refusal_words.hpp"

namespace dutylog::words {

namespace {

constexpr RefusalSentence sentences[] = {
    // subjects and facts
    {"bad_value", "{} is a list of named fields", "{0} 应为若干有名称的字段"},
    {"missing_field", "{} needs the field `{}`", "{0} 缺少字段“{1}”"},
    {"bad_value", "the field `{}` of {} must be {}, found {}", "{1} 的字段“{0}”应为 {2}，实为 {3}"},
    {"unknown_field", "{} has no field `{}`", "{0} 没有字段“{1}”"},
    {"unknown_kind", "no kind of subject is called {}", "没有名为 {0} 的对象类别"},
    {"bad_id", "an id has 1 to 128 bytes", "编号应为 1 至 128 字节"},
    {"exists", "{} {} is known", "{0} {1} 已有登记"},
    {"wrong_parent", "a {} lives in nothing", "{0} 不隶属于其他对象"},
    {"wrong_parent", "a {} lives in a {}", "{0} 应隶属于 {1}"},
    {"unknown_subject", "there is no {} {}", "没有 {0} {1}"},
    {"unknown_fact", "no fact type is called {}", "没有名为 {0} 的事实类型"},
    {"wrong_subject", "{} is stated of a {}, not of a {}", "{0} 是关于 {1} 的事实，而非 {2}"},
    {"in_the_future", "a fact cannot be true later than it is recorded",
     "事实的发生时间不得晚于记录时间"},
    {"unknown_position", "there is no such fact to correct", "没有可更正的该项事实"},
    // gates
    {"not_an_act", "{} is no act that gates can refuse", "{0} 不是闸口可以拒绝的行为"},
    {"no_reason", "an override needs a reason", "强制放行须说明理由"},
    {"gate_open", "no gate is closed to this act", "没有闸口阻止该行为"},
    // withdrawing, erasing, keys
    {"no_reason", "voiding a record needs a reason", "作废记录须说明理由"},
    {"missing_field", "no record is named", "未指明记录"},
    {"unknown_position", "there is no record at position {}", "位置 {0} 没有记录"},
    {"no_reason", "erasing a person needs a reason", "删除个人信息须说明理由"},
    {"erased", "the key of {} was erased before", "{0} 的密钥此前已销毁"},
    {"erased", "the key of {} was erased: nothing personal can be recorded there any more",
     "{0} 的密钥已销毁：不能再记录其个人信息"},
    {"erased", "not reproducible: erased ({})", "无法重现：密钥已销毁（{0}）"},
    {"no_key", "the key of {} is not among the keys of this log", "本日志的密钥中没有 {0} 的密钥"},
    // definitions, notices, the clock, access
    {"unknown_bundle", "the bundle's texts are not in the log", "日志中没有该规则包的文本"},
    {"self_approval", "a second person approves a publication", "发布须由另一人批准"},
    {"no_rules", "publish definitions before anything else", "请先发布定义"},
    {"no_rules", "no rules were in force yet", "当时尚无规则施行"},
    {"unknown_definition", "there is no definition {}", "没有定义 {0}"},
    {"unknown_notice", "there is no notice {}", "没有通知 {0}"},
    {"unknown_notice", "the notice {} is over", "通知 {0} 已了结"},
    {"wrong_order", "a message arrives after it went out", "消息的送达不得早于发出"},
    {"no_jump", "no clock jump waits for a decision", "没有待确认的时钟跳变"},
    {"missing_field", "nothing was refused", "没有被拒绝的请求"},
    {"missing_field", "nothing sealed was shown", "没有出示过密封内容"},
    // commands themselves
    {"no_actor", "a command says who gives it", "命令须写明由谁发出"},
    {"no_command_id", "a command comes with an id of its sender", "命令须带有发出者所编的编号"},
    {"stale_version", "{} has changed since the sender saw it", "{0} 在发出者查看之后已有变化"},
    {"command_reused", "the command id {} was used for another command",
     "命令编号 {0} 已用于另一命令"},
    {"erased",
     "the command id {} was used before; whether for this command cannot be told, as the key of "
     "the person was erased",
     "命令编号 {0} 曾被使用；因该人员的密钥已销毁，无从判断是否为同一命令"},
    // what other systems send
    {"mapping_failed", "{}", "{0}"},
    {"body", "expected at most 1 MiB", "正文不得超过 1 MiB"},
    {"body", "expected JSON of at most 32 levels", "应为不超过 32 层的 JSON"},
    {"signature", "expected a timestamp within five minutes of now", "时间戳应在五分钟之内"},
    {"signature", "expected webhook-id, webhook-timestamp and webhook-signature",
     "应带有 webhook-id、webhook-timestamp 与 webhook-signature"},
    {"signature", "no signature belongs to this message and a key of this source",
     "没有与该消息及来源密钥相符的签名"},
};

}  // namespace

std::span<const RefusalSentence> refusals_of_records() { return sentences; }

}  // namespace dutylog::words
