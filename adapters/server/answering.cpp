#include "adapters/server/answering.hpp"

#include "adapters/cli/subjects.hpp"
#include "adapters/server/aside.hpp"

namespace dutylog::server {

using http::Call;
using http::Problem;
using http::Reply;
using http::Response;

namespace {

/// With what the log lets the caller's person do besides.
std::shared_ptr<const TokenCaller> with_roles(const Desk& desk, const TokenCaller& caller) {
    auto known = std::make_shared<TokenCaller>(caller);
    const RoleRights::Person& rights = desk.reading.rights_of(caller.id);
    known->has_role = rights.has_role;
    known->manages = rights.manages;
    return known;
}

void answer_problem(const Desk& desk, const Call& call, const Problem& problem, Reply& reply) {
    if (problem.code == "forbidden") desk.audit.refused(caller_of(call).token.id, call.operation);
    reply(http::problem_response(problem, call.language));
}

/// Does `work` in one sitting of the desk; what it throws is answered as a problem.
template <class Deed>
void answering(const Desk& desk, const Call& call, Reply& reply, const Deed& work) {
    const Reading::Sitting sitting{desk.reading};
    try {
        work();
    } catch (const Problem& problem) {
        answer_problem(desk, call, problem, reply);
    } catch (const Hidden& hidden) {
        desk.audit.refused(caller_of(call).token.id, call.operation);
        reply(http::problem_response(hidden.answer, call.language));
    } catch (const cli::Failure& failure) {
        const bool refused = failure.exit() == cli::ExitCode::refused;
        reply(http::problem_response(
            http::problem(refused ? "refused" : "bad_parameter", text_of(failure.message())),
            call.language));
    } catch (const std::exception& error) {
        call.report(error.what());
        reply(http::problem_response(http::problem("internal"), call.language));
    }
}

void post(const Desk& desk, Language language, const std::shared_ptr<Reply>& reply,
          http::WorkQueue::Task task) {
    if (!desk.queue.post(task)) (*reply)(http::problem_response(http::problem("busy"), language));
}

/// To the desk for long questions, once it is known that the caller may ask.
void send_aside(const Desk& desk, const Work& work, Call call,
                const std::shared_ptr<Reply>& reply) {
    const Language language = call.language;
    post(desk, language, reply, [&desk, work, call = std::move(call), reply] {
        answering(desk, call, *reply, [&] {
            if (desk.aside->is_ending()) throw http::problem("busy");
            work(call, reply);
        });
    });
}

void carry_out(const Desk& desk, const std::string& permission, const Work& work, Call& call,
               const std::shared_ptr<Reply>& reply) {
    const Desk& front = desk.aside == nullptr ? desk : desk.aside->front();
    answering(front, call, *reply, [&] {
        const auto caller = with_roles(front, caller_of(call));
        call.caller = caller;
        if (!caller->may_one_of(permission)) throw needs(permission);
        if (desk.aside == nullptr)
            work(call, reply);
        else
            send_aside(desk, work, call, reply);
    });
}

}  // namespace

Text text_of(const cli::Phrase& phrase) { return {phrase.zh_cn, phrase.en}; }

http::Handler on_reading_thread(const Desk& desk, std::string permission, Work work) {
    return [&desk, permission = std::move(permission), work = std::move(work)](Call call,
                                                                               Reply reply) {
        const Language language = call.language;
        auto shared = std::make_shared<Reply>(std::move(reply));
        const Desk& front = desk.aside == nullptr ? desk : desk.aside->front();
        post(front, language, shared,
             [&desk, permission, work, call = std::move(call), shared]() mutable {
                 carry_out(desk, permission, work, call, shared);
             });
    };
}

void after_others(const Desk& desk, std::shared_ptr<const Call> call,
                  std::shared_ptr<http::Reply> reply, std::function<void()> work) {
    post(desk, call->language, reply,
         [&desk, call, reply, work = std::move(work)] { answering(desk, *call, *reply, work); });
}

http::Handler asking(const Desk& desk, std::string permission,
                     std::function<Response(const Call&)> work) {
    return on_reading_thread(
        desk, std::move(permission),
        [work = std::move(work)](const Call& call, const std::shared_ptr<Reply>& reply) {
            (*reply)(work(call));
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

std::vector<http::Parameter> record_clock_parameters() {
    auto clocks = clock_parameters();
    clocks.pop_back();
    return clocks;
}

const pdca::Duty& duty_of(const Call& call, const pdca::World& world) {
    const StreamId stream =
        pdca::duty_stream(call.path.at("definition"), {call.path.at("kind"), call.path.at("of")});
    const pdca::Duty* duty = world.duty(stream);
    if (duty != nullptr && caller_of(call).may_read(world, *duty)) return *duty;
    const Problem unknown = http::problem(
        "not_found",
        {"没有义务 `" + stream.str() + "`。", "There is no duty `" + stream.str() + "`."});
    if (duty != nullptr) throw Hidden{unknown};
    throw unknown;
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
