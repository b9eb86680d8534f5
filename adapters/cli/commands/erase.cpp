#include <boost/json.hpp>
#include <memory>

#include "adapters/cli/command_json.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/cli/refusals.hpp"
#include "adapters/cli/subjects.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

struct EraseOptions {
    std::string log;
    std::string person;
    std::string because;
    std::string by;
};

ExitCode erase(Session& session, const EraseOptions& options) {
    WritingLog log{session, options.log};
    const auto person = find_subject(log.world(), options.person);
    if (!person) throw Failure{ExitCode::usage, person.error()};
    log.fire_due();
    const Instant now = session.now();
    pdca::Meta meta{fresh_command_id(session), ActorId{options.by}, {}, {}, ""};
    meta.effective = *read_effective(to_string(now), log.world().rules->zone(), now);
    const runtime::Answer answer =
        log.engine().run({pdca::ErasePerson{*person, options.because}, meta, {}}, now);
    if (answer.refusal) throw Failure{ExitCode::refused, phrase_of(*answer.refusal)};
    log.finish();
    const std::string key = person->kind + "/" + person->id;
    if (session.json)
        session.console.json(json::object{{"erased", key}, {"event", answer.first}});
    else
        session.console.line(
            phrase("recorded as #{0}; the key of {1} is erased: its sealed fields "
                   "cannot be read again. Copies of the file of keys must go too.",
                   "已记录为 #{0}；{1} 的密钥已删除：其封存字段不可再读取。"
                   "密钥文件的副本也须一并销毁。",
                   answer.first, key));
    return ExitCode::fine;
}

}  // namespace

Command erase_command() {
    return {
        "erase",
        Group::logs,
        {"destroys the key of a person: what is sealed of them cannot be read again",
         "删除某人的密钥：其封存内容不可再读取"},
        {"Records who erases whom and why, and then destroys the person's key. Their name and "
         "confidential fields stay in the log as ciphertext that nobody can open; proofs, state "
         "hashes, deadlines and breaches stay as they are. It cannot be undone. The law says "
         "how long health records are kept: see that the time has passed.",
         "记录何人因何删除何人的密钥，然后销毁密钥。其姓名与保密字段以密文留在日志中，无人可以"
         "打开；证明、状态哈希、期限与违规不变。此操作不可撤销。健康档案的保存期限由法律规定，"
         "请确认期限已过。"},
        {{"erase --log plant.db worker/zhang --because 'kept for 30 years' --by wang",
          {"after the time of keeping", "保存期满后"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<EraseOptions>();
            arguments.log(options->log)
                .place("PERSON", options->person,
                       {"the subject, as worker/zhang", "对象，如 worker/zhang"})
                .required("--because", "TEXT", options->because, {"why", "原因"})
                .required("--by", "WHO", options->by, {"who does it", "操作人"});
            return [options](Session& session) { return erase(session, *options); };
        }};
}

}  // namespace dutylog::cli
