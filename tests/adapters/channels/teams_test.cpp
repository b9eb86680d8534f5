#include "adapters/channels/teams.hpp"

#include "tests/adapters/channels/expect.hpp"
#include "tests/adapters/channels/sample.hpp"

using namespace dutylog;
using namespace dutylog::channels;
using dutylog::channels::expect::words_of;
namespace json = boost::json;

namespace {

const TeamsWorkflow workflow{notice::Secret{"https://prod-1.logic.azure.com/workflows/x?sig=S%2B"}};
const Attempt attempt{.at = sample::at};

}  // namespace

TEST_CASE("Teams gets an adaptive card that calls by address", "[channels][teams]") {
    const HttpRequest sent = teams_request(workflow, sample::calling(Language::en), attempt);
    CHECK(sent.url == workflow.url);
    CHECK(
        sent.body ==
        R"({"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive",)"
        R"("contentUrl":null,"content":{"$schema":"http://adaptivecards.io/schemas/adaptive-card.json",)"
        R"("type":"AdaptiveCard","version":"1.4","msteams":{"width":"Full",)"
        R"("entities":[{"type":"mention","text":"<at>李四</at>","mentioned":{"id":"lisi@example.com","name":"李四"}}]},)"
        R"("body":[{"type":"TextBlock","text":"Health examination due","wrap":true,"weight":"Bolder","size":"Large","style":"heading"},)"
        R"({"type":"TextBlock","text":"Reminder 2, 7 days left · <at>李四</at>","wrap":true,"color":"Warning"},)"
        R"~({"type":"FactSet","facts":[{"title":"For","value":"张三 (Blasting shop)"},{"title":"Due","value":"2026-11-30"}]}],)~"
        R"~("actions":[{"type":"Action.OpenUrl","title":"Open","url":"https://ohs.example.com/t/01K"}]}}]})~");
}

TEST_CASE("who is called stands in the text letter for letter", "[channels][teams]") {
    notice::Message message = sample::calling();
    message.mentions[0].name = "Li_<b>Si</b>";
    json::object content = sample::body_of(teams_request(workflow, message, attempt))["attachments"]
                               .as_array()[0]
                               .at("content")
                               .as_object();
    const std::string called{
        content["msteams"].at("entities").as_array()[0].at("text").as_string()};
    const std::string lead{content["body"].as_array()[1].at("text").as_string()};
    CHECK(called == "<at>Li＿＜b＞Si＜/b＞</at>");
    CHECK(lead.ends_with(called));
}

TEST_CASE("a card of Teams stays below its bound and wraps its lines", "[channels][teams]") {
    for (const notice::Message& message : {sample::digest(20), sample::long_one()}) {
        const HttpRequest sent = teams_request(workflow, message, attempt);
        CHECK(sent.body.size() <= teams_body_bytes_max);
        json::object content =
            sample::body_of(sent)["attachments"].as_array()[0].at("content").as_object();
        for (const json::value& block : content["body"].as_array())
            if (block.at("type") == "TextBlock") CHECK(block.at("wrap") == true);
    }
}

TEST_CASE("what Teams answers is told apart", "[channels][teams]") {
    const std::pair<unsigned, const char*> cases[] = {
        {202, "sent"},
        {200, "sent"},
        {204, "retry http_status"},
        {302, "retry redirect"},
        {400, "rejected parameter"},
        {401, "broken signature"},
        {403, "broken signature"},
        {404, "broken workflow_gone"},
        {410, "broken workflow_gone"},
        {413, "retry too_long shorten"},
        {429, "retry too_many 60s"},
        {502, "retry http_status"},
    };
    for (const auto& [status, expected] : cases)
        CHECK(words_of(judge_teams(sample::answer(status, ""))) == expected);
}
