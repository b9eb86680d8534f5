#include "tests/simulation/service/asker.hpp"

#include <array>

#include "engine/pdca/events.hpp"
#include "tests/simulation/broken.hpp"

namespace dutylog::simulation {

namespace json = boost::json;

namespace {

constexpr std::array event_types{pdca::NoticePlanned::type, pdca::DeliveryRecorded::type,
                                 pdca::StepCompleted::type, pdca::FactRecorded::type};

const pdca::Duty* any_duty(const pdca::World& world, Draw& draw) {
    if (world.duties.empty()) return nullptr;
    auto found = world.duties.begin();
    std::advance(found, static_cast<std::ptrdiff_t>(draw.below(world.duties.size())));
    return &found->second;
}

}  // namespace

std::string QuestionClocks::parameters() const {
    std::string text;
    if (known_at) text += "&known_at=" + to_string(*known_at);
    if (true_at) text += "&true_at=" + to_string(*true_at);
    if (rules_at && true_at) text += "&rules_at=" + to_string(*true_at).substr(0, 10);
    return text;
}

/// Known before now, so that nothing that still comes can change it.
QuestionClocks Asker::past(Instant beginning, Instant now) {
    const auto within = [&](Instant end) {
        const auto span = static_cast<std::uint64_t>((end - beginning).micros);
        return Instant{beginning.micros + static_cast<std::int64_t>(draw_.next() % span)};
    };
    QuestionClocks clocks;
    if (draw_.chance(70)) clocks.known_at = within(now);
    if (!clocks.known_at || draw_.chance(40)) clocks.true_at = within(now);
    clocks.rules_at = clocks.known_at && clocks.true_at && draw_.chance(30);
    return clocks;
}

void Asker::ask(const pdca::World& world, Instant beginning, Instant now) {
    Question question;
    const int way = draw_.between(1, 100);
    const bool in_past = now - beginning > hours(1) && draw_.chance(30);
    if (way <= 15 && !again_.empty()) {
        question.state = draw_.one_of(again_);
    } else if (const pdca::Duty* duty = any_duty(world, draw_); way <= 60 && duty != nullptr) {
        question.state.duty = duty->stream;
        if (in_past) question.state.clocks = past(beginning, now);
        question.state.target = "/api/v1/duties/" + encoded(duty->definition) + "/" +
                                encoded(duty->subject.kind) + "/" + encoded(duty->subject.id);
        const std::string clocks = question.state.clocks.parameters();
        if (!clocks.empty()) question.state.target += "?" + clocks.substr(1);
    } else {
        ToldList& list = question.list;
        list.of_events = draw_.chance(60);
        if (list.of_events && draw_.chance(40)) list.type = draw_.one_of(event_types);
        if (in_past) list.clocks = past(beginning, now);
        list.clocks.rules_at = false;
        if (list.of_events) list.clocks.true_at.reset();
        // Else each page would be judged by its own moment.
        if (!list.of_events && !list.clocks.true_at) list.clocks.true_at = list.clocks.known_at;
        const int at_once = draw_.chance(20) ? 500 : draw_.between(1, 40);
        list.target = std::string{list.of_events ? "/api/v1/timeline" : "/api/v1/duties"} +
                      "?limit=" + std::to_string(at_once) + list.clocks.parameters();
        if (!list.type.empty()) list.target += "&type=" + list.type;
    }
    asked_.push_back(std::move(question));
}

std::string Asker::target() const {
    const Question& question = asked_.front();
    if (!question.state.duty.empty()) return question.state.target;
    if (question.cursor.empty()) return question.list.target;
    return question.list.target + "&cursor=" + encoded(question.cursor);
}

void Asker::turn(const Moment& moment) {
    if (asked_.empty()) return;
    const auto answer = caller_.turn(get_request(target()), moment.connect, moment.now);
    if (answer) hear(*answer, moment);
}

void Asker::hear(const HttpCaller::Answer& answer, const Moment& moment) {
    if (answer.status >= 500 || answer.status == 408) return;
    ++answers_;
    asked_.front().state.duty.empty() ? hear_page(answer, moment) : hear_state(answer, moment);
}

void Asker::hear_state(const HttpCaller::Answer& answer, const Moment& moment) {
    ToldState told = std::move(asked_.front().state);
    asked_.pop_front();
    require(answer.status == 200 || answer.status == 404,
            "a question about a duty is answered, not " + std::to_string(answer.status) + ": " +
                told.target + " " + answer.body);
    if (answer.status == 200) told.state = json::parse(answer.body).at("state");
    told.moment = moment;
    if (told.clocks.true_at) {
        const auto known = known_.emplace(told.target, told.state);
        require(known.first->second == told.state,
                "a question about the past has one answer: " + told.target);
        if (known.second) again_.push_back(told);
    }
    states_.push_back(std::move(told));
}

/// Marks of pages are good for as long as one process runs.
void Asker::begin_list_again(const Moment& moment) {
    Question& question = asked_.front();
    require(moment.process != question.began_in, "a list goes on where a page has ended");
    question.cursor.clear();
    question.list.entries.clear();
    question.list.pages = 0;
}

void Asker::hear_page(const HttpCaller::Answer& answer, const Moment& moment) {
    Question& question = asked_.front();
    if (answer.status == 400 && !question.cursor.empty()) return begin_list_again(moment);
    require(answer.status == 200, "a list is given, not " + std::to_string(answer.status) + ": " +
                                      question.list.target + " " + answer.body);
    if (question.list.pages++ == 0) question.began_in = moment.process;
    const json::object page = json::parse(answer.body).as_object();
    for (const json::value& each :
         page.at(question.list.of_events ? "events" : "duties").as_array())
        question.list.entries.push_back(each.as_object());
    question.list.last = moment;
    if (const auto* next = page.if_contains("next")) {
        question.cursor = json::value_to<std::string>(*next);
        return;
    }
    lists_.push_back(std::move(question.list));
    asked_.pop_front();
}

}  // namespace dutylog::simulation
