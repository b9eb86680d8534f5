#include "adapters/server/answering.hpp"

#include "adapters/cli/subjects.hpp"

namespace dutylog::server {

namespace {

Text text_of(const cli::Phrase& phrase) { return {phrase.zh_cn, phrase.en}; }

}  // namespace

http::Handler asking(http::WorkQueue& queue,
                     std::function<http::Response(const http::Call&)> work) {
    return http::queued(queue, [work = std::move(work)](const http::Call& call) {
        try {
            return work(call);
        } catch (const http::Problem& problem) {
            return http::problem_response(problem, call.language);
        } catch (const cli::Failure& failure) {
            return http::problem_response(
                http::problem("bad_parameter", text_of(failure.message())), call.language);
        }
    });
}

std::vector<http::Parameter> clock_parameters() {
    return {{.name = "true_at",
             .meaning = {"该日（24:00）或该时刻的状态；单独给出时亦为所知之时",
                         "The state on that day (24:00) or at that moment; alone, as known then."}},
            {.name = "known_at",
             .meaning = {"只计至该时已记录者", "Only what was on the record by then."}},
            {.name = "rules_at",
             .meaning = {"按该时施行的规则重新判定；答案为假设性",
                         "Decided again under the rules in force then; the answer is "
                         "hypothetical."}}};
}

const pdca::Duty& duty_of(const http::Call& call, const pdca::World& world) {
    const StreamId stream =
        pdca::duty_stream(call.path.at("definition"), {call.path.at("kind"), call.path.at("of")});
    const pdca::Duty* duty = world.duty(stream);
    if (duty != nullptr && caller_of(call).may_read(world, *duty)) return *duty;
    throw http::problem("not_found", {"没有义务 `" + stream.str() + "`。",
                                      "There is no duty `" + stream.str() + "`."});
}

Reference subject_parameter(const http::Call& call, const pdca::World& world,
                            std::string_view name) {
    const std::string& text = call.parameter(name);
    if (text.empty()) return {};
    const auto found = cli::find_subject(world, text);
    if (found) return *found;
    throw http::problem("bad_parameter", text_of(found.error()), "?" + std::string{name});
}

}  // namespace dutylog::server
