#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <memory>

#include "adapters/cli/command_json.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/cli/refusals.hpp"
#include "engine/runtime/command_loop.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

constexpr std::size_t line_max = std::size_t{1} << 20;
constexpr std::size_t read_at_once = std::size_t{1} << 18;

struct ActOptions {
    std::string log;
    std::vector<std::string> words;
};

json::object answer_json(const runtime::Answer& answer) {
    json::object object{{"id", answer.command.str()}};
    if (answer.first != 0) object["events"] = json::array{answer.first, answer.last};
    if (answer.refusal)
        object["refused"] =
            json::object{{"reason", answer.refusal->reason}, {"detail", answer.refusal->detail}};
    if (!answer.warnings.empty())
        object["warnings"] = json::array(answer.warnings.begin(), answer.warnings.end());
    if (answer.repeated) object["repeated"] = true;
    return object;
}

/// Reads commands and runs them against one log.
class Acting {
public:
    Acting(Session& session, const std::string& path) : session_{session}, log_{session, path} {}

    WritingLog& log() { return log_; }

    std::expected<runtime::Submission, CommandProblem> read(const json::value& value) {
        auto given = command_from_json(value, log_.world(), session_.now());
        if (!given) return std::unexpected{given.error()};
        if (std::holds_alternative<pdca::FireTimer>(given->command))
            return std::unexpected{
                CommandProblem{"command",
                               {"timers are fired by the clock: see `dutylog tick`",
                                "定时器由时钟触发：见 `dutylog tick`"}}};
        if (given->meta.id.empty()) given->meta.id = fresh_command_id(session_);
        return runtime::Submission{std::move(given->command),
                                   std::move(given->meta),
                                   {},
                                   runtime::draw_nonce(session_.clocks)};
    }

    std::vector<runtime::Answer> run(std::span<const runtime::Submission> batch) {
        log_.fire_due();
        return log_.engine().run(batch, session_.now());
    }

private:
    Session& session_;
    WritingLog log_;
};

// ---- one command -----------------------------------------------------------------------------

/// `value.hazard=benzene` into `{"value": {"hazard": "benzene"}}`.
void put(json::object& into, const std::string& pair) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0)
        throw Failure{ExitCode::usage,
                      phrase("expected KEY=VALUE, found `{}`", "应为 键=值，实为 `{}`", pair),
                      {"`dutylog schema commands` lists the keys of every command.",
                       "`dutylog schema commands` 列出每个命令的键。"}};
    const std::string key = pair.substr(0, equals);
    json::value value(pair.substr(equals + 1));
    const std::size_t dot = key.find('.');
    json::object* where = &into;
    std::string name = key;
    if (dot != std::string::npos) {
        json::value& inner = into[key.substr(0, dot)];
        if (!inner.is_object()) inner = json::object{};
        where = &inner.get_object();
        name = key.substr(dot + 1);
    }
    // A key given again makes a list: hazards=benzene hazards=noise.
    if (json::value* known = where->if_contains(name)) {
        if (!known->is_array()) *known = json::array{*known};
        known->get_array().push_back(std::move(value));
    } else {
        (*where)[name] = std::move(value);
    }
}

json::value command_of(const std::vector<std::string>& words) {
    if (words.size() == 1 && words.front().starts_with("{")) {
        json::error_code error;
        json::value value = json::parse(words.front(), error);
        if (error)
            throw Failure{ExitCode::usage, phrase("the command is no JSON: {}", "命令不是 JSON：{}",
                                                  error.message())};
        return value;
    }
    json::object object{{"command", words.front()}};
    for (std::size_t i = 1; i < words.size(); ++i) put(object, words[i]);
    return object;
}

ExitCode act_once(Session& session, const ActOptions& options) {
    const json::value value = command_of(options.words);
    Acting acting{session, options.log};
    const auto submission = acting.read(value);
    if (!submission)
        throw Failure{ExitCode::usage,
                      submission.error().words,
                      {"`dutylog schema commands` lists the keys of every command.",
                       "`dutylog schema commands` 列出每个命令的键。"}};
    const runtime::Answer answer = acting.run(std::span{&*submission, 1}).front();
    acting.log().finish();
    if (session.json) {
        session.console.json(answer_json(answer));
    } else if (answer.refusal) {
        session.console.complain(Tone::bad, phrase_of(*answer.refusal));
    } else {
        session.console.line(answer.first == answer.last
                                 ? phrase("recorded as #{0}", "已记录为 #{0}", answer.first)
                                 : phrase("recorded as #{0}, with what followed up to #{1}",
                                          "已记录为 #{0}，由此产生的事件至 #{1}", answer.first,
                                          answer.last));
        if (answer.repeated)
            session.console.line(Phrase{"this id was answered before; that answer is given again",
                                        "该编号此前已答复；重复给出原答复"});
    }
    if (!session.json)
        for (const std::string& warning : answer.warnings)
            session.console.complain(Tone::warn, phrase("warning: {}", "警告：{}", warning));
    return answer.refusal ? ExitCode::refused : ExitCode::fine;
}

// ---- lines of commands -----------------------------------------------------------------------

/// JSON lines from standard input. Lines that arrive together are one batch and one commit; each is
/// answered after it.
class Lines {
public:
    Lines(Session& session, const std::string& path) : session_{session}, acting_{session, path} {}

    ExitCode run() {
        while (fill()) {
            take_whole_lines();
            commit();
        }
        if (!rest_.empty()) take(rest_);
        commit();
        acting_.log().finish();
        return exit_;
    }

private:
    /// @returns false at the end of the input
    bool fill() {
        std::string part(read_at_once, '\0');
        ssize_t size = 0;
        do size = ::read(STDIN_FILENO, part.data(), part.size());
        while (size < 0 && errno == EINTR);
        if (size < 0)
            throw Failure{ExitCode::storage, phrase("standard input cannot be read: {}",
                                                    "无法读取标准输入：{}", std::strerror(errno))};
        rest_.append(part, 0, static_cast<std::size_t>(size));
        return size > 0;
    }

    void take_whole_lines() {
        std::size_t start = 0;
        for (std::size_t end = rest_.find('\n'); end != std::string::npos;
             end = rest_.find('\n', start)) {
            take(std::string_view{rest_}.substr(start, end - start));
            start = end + 1;
        }
        rest_.erase(0, start);
        if (rest_.size() <= line_max) return;
        throw Failure{ExitCode::usage, phrase("line {0} is longer than {1} bytes",
                                              "第 {0} 行超过 {1} 字节", number_ + 1, line_max)};
    }

    void take(std::string_view line) {
        ++number_;
        if (line.empty() || line == "\r") return;
        json::error_code error;
        const json::value value = json::parse({line.data(), line.size()}, error);
        if (error) return complain({error.message(), error.message()});
        auto submission = acting_.read(value);
        if (!submission && !batch_.empty()) {
            // It may speak of something that an earlier line of the batch brings.
            commit();
            submission = acting_.read(value);
        }
        if (!submission) return complain(submission.error().words);
        batch_.push_back(std::move(*submission));
        numbers_.push_back(number_);
        if (batch_.size() == runtime::Engine::batch_max) commit();
    }

    void complain(const Phrase& words) {
        commit();
        session_.console.json(
            json::object{{"line", number_}, {"error", session_.console.say(words)}});
        exit_ = worse_of(exit_, ExitCode::usage);
    }

    void commit() {
        if (batch_.empty()) return;
        const auto answers = acting_.run(batch_);
        for (std::size_t i = 0; i < answers.size(); ++i) {
            json::object object{{"line", numbers_[i]}};
            for (auto& entry : answer_json(answers[i])) object.insert(entry);
            session_.console.json(object);
            if (answers[i].refusal) exit_ = worse_of(exit_, ExitCode::refused);
        }
        session_.console.flush();
        batch_.clear();
        numbers_.clear();
    }

    /// A line that could not be read says more than one that was refused.
    static ExitCode worse_of(ExitCode a, ExitCode b) {
        return a == ExitCode::usage || b == ExitCode::usage ? ExitCode::usage : worse(a, b);
    }

    Session& session_;
    Acting acting_;
    std::string rest_;
    std::vector<runtime::Submission> batch_;
    std::vector<std::size_t> numbers_;
    std::size_t number_ = 0;
    ExitCode exit_ = ExitCode::fine;
};

ExitCode act(Session& session, const ActOptions& options) {
    if (options.words.size() == 1 && options.words.front() == "-")
        return Lines{session, options.log}.run();
    return act_once(session, options);
}

}  // namespace

Command act_command() {
    return {
        "act",
        Group::logs,
        {"records a fact, completes a step, asks a gate: one command, or many",
         "记录事实、完成步骤、申请放行：一个或多个命令"},
        {"A command is an order that a rule may refuse (exit code 3); a refusal is on the "
         "record too. It is written as KEY=VALUE words, as one JSON object, or, with `-`, as "
         "JSON lines on standard input, each answered by a JSON line once it is durable. "
         "A repeated id gets the first answer. docs/cli.md lists the commands.",
         "命令可能被规则拒绝（退出码 3），拒绝同样记录在案。命令可写成 键=值，或一个 JSON 对象；"
         "用 `-` 时从标准输入逐行读取 JSON，每条持久化后以一行 JSON 答复。重复的编号得到首次的"
         "答复。全部命令见 docs/cli.md。"},
        {{"act --log plant.db record_fact by=sun of=zhang fact=exposure value.hazard=benzene",
          {"a fact, true now", "记录事实，自当前时间起为真"}},
         {"act --log plant.db complete_step by=wang at=2025-12-05 duty=facility-maintenance "
          "of=EF-07 step=do.service",
          {"work done on a day", "某日完成的工作"}},
         {"act --log plant.db request_act by=sun of=zhang act=enter_post "
          "value.post=spray-line",
          {"asks whether an act is allowed", "申请某行为是否准许"}},
         {"act --log plant.db - < commands.jsonl",
          {"many, batched into few commits", "多个命令，合并为少数几次提交"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<ActOptions>();
            arguments.log(options->log)
                .places("COMMAND KEY=VALUE", options->words,
                        {"a command's name and its keys; or one JSON object; or `-`",
                         "命令名与键值；或一个 JSON 对象；或 `-`"});
            return [options](Session& session) { return act(session, *options); };
        }};
}

}  // namespace dutylog::cli
