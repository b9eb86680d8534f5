// Reads any text as the answer of every channel: the first byte picks the status. Nothing but the
// answer of a success may count as sent, and what is kept of an answer is short UTF-8.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "adapters/channels/dingtalk_robot.hpp"
#include "adapters/channels/dingtalk_work.hpp"
#include "adapters/channels/feishu_app.hpp"
#include "adapters/channels/feishu_bot.hpp"
#include "adapters/channels/slack.hpp"
#include "adapters/channels/sms.hpp"
#include "adapters/channels/sms_gateway.hpp"
#include "adapters/channels/teams.hpp"
#include "adapters/channels/webhook_event.hpp"
#include "adapters/channels/wecom_app.hpp"
#include "adapters/channels/wecom_robot.hpp"
#include "engine/log/utf8.hpp"

using namespace dutylog;
using namespace dutylog::channels;

namespace {

constexpr unsigned statuses[] = {200, 200, 200, 200, 202, 204, 301, 400, 404, 410, 429, 500, 503};

void check(const Outcome& outcome, const HttpAnswer& answer, bool body_decides) {
    if (outcome.detail.size() > 300 || !log::is_utf8(outcome.detail)) std::abort();
    if (outcome.wait && (*outcome.wait < Elapsed{} || *outcome.wait > hours(24))) std::abort();
    if (outcome.verdict != Verdict::sent) return;
    if (answer.status >= 300) std::abort();
    if (body_decides && (answer.status != 200 || answer.body.empty())) std::abort();
}

void check_rule(std::string_view text, const HttpAnswer& answer) {
    if (const auto rule = SuccessRule::parse(text)) (void)rule->holds(answer);
    if (const auto filled = Template::parse(text, sms_value_names()))
        (void)filled->filled({{"text", "x"}}, Template::Escape::json);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
    const HttpAnswer answer{.status = statuses[data[0] % std::size(statuses)],
                            .headers = {{"Retry-After", std::string{text.substr(0, 40)}}},
                            .body = std::string{text}};
    check(judge_dingtalk_robot(answer), answer, true);
    check(judge_dingtalk_work(answer), answer, true);
    check(judge_wecom_robot(answer), answer, true);
    check(judge_wecom_app(answer), answer, true);
    check(judge_feishu(answer), answer, true);
    check(judge_slack(answer), answer, true);
    check(judge_aliyun(answer), answer, true);
    check(judge_tencent(answer), answer, true);
    check(judge_teams(answer), answer, false);
    check(judge_webhook(answer), answer, false);
    (void)read_access_token(answer);
    (void)read_dingtalk_user(answer);
    (void)read_dingtalk_result(answer);
    (void)read_feishu_token(answer);
    (void)webhook_consent(answer, "x");
    check_rule(text, answer);
    return 0;
}
