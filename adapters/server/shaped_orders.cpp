#include "adapters/server/shaped_orders.hpp"

#include <boost/json/array.hpp>

#include "adapters/server/orders.hpp"
#include "adapters/server/question.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;

namespace {

#define DUTY "/duties/{definition}/{kind}/{of}"

constexpr ShapedOrder orders[] = {
    {DUTY "/steps/{step}/completion", "complete_step", "complete_step", "own", "完成步骤",
     "Complete a step"},
    {DUTY "/steps/{step}/return", "return_step", "return_step", "own", "退回步骤重做",
     "Send a step back to be done again"},
    {DUTY "/steps/{step}/approval", "approve_step", "approve_step", "own", "会签步骤",
     "Sign a step that is done, for a role that approves it"},
    {DUTY "/steps/{step}/reassignment", "reassign_step", "reassign_step", "manage", "改派步骤",
     "Give a step to another owner"},
    {DUTY "/steps/{step}/delegation", "delegate_step", "reassign_step", "own",
     "把自己的步骤委托他人", "Give a step of one's own to someone else"},
    {DUTY "/steps/{step}/postponement", "postpone_step", "postpone_step", "manage", "步骤延期",
     "Postpone a step within the deadline of its duty"},
    {DUTY "/steps/{step}/postponement-request", "ask_postponement", "ask_postponement", "own",
     "申请步骤延期", "Ask an approver for more time for a step"},
    {DUTY "/steps/{step}/postponement-decision", "decide_postponement", "decide_postponement",
     "own", "批准或不批准所申请的延期", "Grant or refuse the more time that was asked for"},
    {DUTY "/steps/{step}/urging", "urge_step", "urge_step", "own", "催办步骤",
     "Ask those whom a step waits for to hurry"},
    {DUTY "/steps/{step}/signers", "add_signer", "add_signer", "own", "加签：请另一人签署步骤",
     "Ask one more person to sign a step; they do by its approval, without a role"},
    {DUTY "/steps/{step}/signer-release", "release_signer", "release_signer", "own", "撤销加签",
     "Go without a signature that was asked for"},
    {DUTY "/comments", "add_comment", "add_comment", "own", "对义务、循环或步骤批注",
     "Comment on a duty, a cycle or a step"},
    {DUTY "/omission", "leave_out_steps", "leave_out_steps", "manage", "省去步骤",
     "Leave out steps, with an approver and a reason"},
    {DUTY "/findings", "raise_finding", "raise_finding", "own", "提出问题", "Raise a finding"},
    {DUTY "/measures/{step}/verification", "verify_measure", "verify_measure", "own",
     "验证整改措施", "Say whether a measure was effective"},
    {DUTY "/measures/{step}/carrying", "carry_measure", "carry_measure", "manage",
     "整改措施转入下一循环", "Carry a measure into the next plan"},
    {DUTY "/suspension", "suspend_cycle", "suspend_cycle", "manage", "中止循环", "Suspend a cycle"},
    {DUTY "/resumption", "resume_cycle", "resume_cycle", "manage", "恢复循环",
     "Go on with a suspended cycle"},
    {DUTY "/cancellation", "cancel_cycle", "cancel_cycle", "manage", "取消循环", "Cancel a cycle"},
    {DUTY "/closing", "close_cycle", "close_cycle", "manage", "结束循环",
     "Close a cycle, carrying on what is open"},
    {DUTY "/migration", "migrate_cycle", "migrate_cycle", "operate", "循环改用现行定义",
     "Bring a cycle to the definition in force"},
    {"/facts", "record_fact", "record_fact", "manage", "记录事实", "Record a fact"},
    {"/facts/{event}/correction", "correct_fact", "record_fact", "manage", "更正事实",
     "Record what takes the place of a fact"},
    {"/facts/{event}/voiding", "void_fact", "void_records", "manage", "作废记录",
     "Withdraw a record; both stay visible"},
    {"/subjects", "add_subject", "add_subject", "manage", "新增对象", "Add a subject"},
    {"/subjects/{kind}/{id}/erasure", "erase_person", "erase_person", "operate", "删除某人的密钥",
     "Destroy the key of a person, for good"},
    {"/roles", "assign_role", "record_fact", "manage", "任命或免除角色",
     "Say who holds a role; without `person`, that nobody does"},
    {"/acts", "request_act", "request_act", "own", "申请行为：闸口是否放行",
     "Ask whether an act may go on"},
    {"/acts/override", "override_gate", "override_gate", "manage", "强制放行",
     "Let an act pass a closed gate, with a name and a reason"},
    {"/assumptions", "record_assumption", "record_assumption", "manage", "记录推定",
     "Record what is assumed of the time before the log"},
    {"/clock/decision", "decide_clock", "decide_clock", "operate", "裁定时钟跳变",
     "Confirm or reject a jump of the clock"},
    {"/channels/switch", "switch_channel", "switch_channel", "operate", "停用或恢复通知渠道",
     "Switch a channel off, or on again"},
};

#undef DUTY

bool has(const ShapedOrder& order, const char* part) {
    return std::string_view{order.path}.find(part) != std::string_view::npos;
}

/// Of one's own: the step must be the caller's, since the machine lets anybody who may give it on.
std::expected<void, http::Problem> check_own_step(const Desk& desk, const Call& call) {
    const pdca::World& world = desk.reading.now();
    const pdca::Duty& duty = duty_of(call, world);
    const std::string& wanted = call.path.at("step");
    for (const pdca::Cycle& cycle : duty.cycles)
        if (const pdca::StepState* step = cycle.step(wanted))
            if (step->status == pdca::StepStatus::open && step->owner.str() == call.caller->id)
                return {};
    return std::unexpected{http::problem(
        "forbidden", {"此步骤不是您的待办。", "The step is not open, or not yours."})};
}

http::Handler handler_of(const Desk& desk, const ShapedOrder& order) {
    auto shape = [&desk, &order](const Call& call) -> std::expected<json::object, http::Problem> {
        if (std::string_view{order.operation} == "delegate_step")
            if (auto own = check_own_step(desk, call); !own) return std::unexpected{own.error()};
        auto body = body_object(call);
        if (!body) return std::unexpected{body.error()};
        for (auto& [key, value] : filled_by(order, call)) {
            if (body->contains(key))
                return std::unexpected{http::problem("bad_value",
                                                     {"此键由路径给出。", "The path says this."},
                                                     "/" + std::string{key})};
            (*body)[key] = std::move(value);
        }
        return body;
    };
    const bool delegates = std::string_view{order.operation} == "delegate_step";
    return giving(desk, order.permission, std::move(shape), delegates ? "own" : "");
}

}  // namespace

std::span<const ShapedOrder> shaped_orders() { return orders; }

json::object filled_by(const ShapedOrder& order, const Call& call) {
    json::object filled{{"command", order.command}};
    if (has(order, "{definition}"))
        filled["duty"] = pdca::duty_stream(call.path.at("definition"),
                                           {call.path.at("kind"), call.path.at("of")})
                             .str();
    if (has(order, "{step}")) filled["step"] = call.path.at("step");
    if (has(order, "/correction")) filled["corrects"] = call.path.at("event");
    if (has(order, "/voiding")) filled["positions"] = json::array{call.path.at("event").c_str()};
    if (has(order, "/erasure")) filled["subject"] = call.path.at("kind") + "/" + call.path.at("id");
    if (std::string_view{order.path} == "/roles") filled["fact"] = "holds_role";
    return filled;
}

std::vector<std::string> keys_filled(const ShapedOrder& order) {
    std::vector<std::string> keys{"command"};
    if (has(order, "{definition}")) keys.insert(keys.end(), {"duty", "of"});
    if (has(order, "{step}")) keys.emplace_back("step");
    if (has(order, "/correction")) keys.emplace_back("corrects");
    if (has(order, "/voiding")) keys.emplace_back("positions");
    if (has(order, "/erasure")) keys.emplace_back("subject");
    if (std::string_view{order.path} == "/roles") keys.insert(keys.end(), {"fact", "corrects"});
    return keys;
}

std::string body_name(const ShapedOrder& order) {
    std::string name;
    bool upper = true;
    for (const char c : std::string_view{order.operation}) {
        if (c != '_') name += upper ? static_cast<char>(c - 'a' + 'A') : c;
        upper = c == '_';
    }
    return name + "Body";
}

http::RouteTable shaped_order_routes(const Desk& desk) {
    http::RouteTable table;
    for (const ShapedOrder& order : orders) {
        http::Route route{.method = http::Method::post,
                          .path = std::string{"/api/v1"} + order.path,
                          .operation = order.operation,
                          .summary = {order.zh_cn, order.en},
                          .permission = order.permission,
                          .request_schema = body_name(order),
                          .response_schema = "CommandAnswer",
                          .problems = {"refused", "key_required", "key_reused", "bad_value",
                                       "not_found", "not_ready", "busy"},
                          .handler = handler_of(desk, order)};
        if (has(order, "{definition}")) {
            route.parameters = duty_parameters();
            route.problems.emplace_back("precondition_failed");
        }
        if (has(order, "{event}")) route.parameters.push_back(event_parameter());
        table.push_back(std::move(route));
    }
    return table;
}

}  // namespace dutylog::server
