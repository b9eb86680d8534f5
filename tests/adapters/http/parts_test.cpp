#include <catch2/catch.hpp>
#include <tuple>

#include "adapters/http/cursor.hpp"
#include "adapters/http/etag.hpp"
#include "adapters/http/http_date.hpp"
#include "adapters/http/idempotency.hpp"
#include "adapters/http/language.hpp"
#include "adapters/http/media_type.hpp"
#include "adapters/http/target.hpp"
#include "adapters/http/work_queue.hpp"

using namespace dutylog;
using namespace dutylog::http;

TEST_CASE("the reader's language is the one of ours they want most", "[http][language]") {
    const std::vector<std::tuple<std::string, Language>> cases{
        {"", Language::zh_cn},
        {"en", Language::en},
        {"en-GB,en;q=0.9", Language::en},
        {"zh-CN,zh;q=0.9,en;q=0.8", Language::zh_cn},
        {"fr, en;q=0.2, zh;q=0.1", Language::en},
        {"zh;q=0.3, EN;q=0.4", Language::en},
        {"en;q=0", Language::zh_cn},
        {"de", Language::zh_cn},
        {"en;q=2", Language::zh_cn},
        {";;;,,,=", Language::zh_cn},
        {"zh-Hant-TW", Language::zh_cn},
    };
    for (const auto& [field, wanted] : cases) {
        INFO(field);
        CHECK(choose_language(field, Language::zh_cn) == wanted);
    }
}

TEST_CASE("content types are compared without case, and only UTF-8 may stand beside them",
          "[http][media]") {
    CHECK(is_media_type("application/json", "application/json"));
    CHECK(is_media_type("Application/JSON; charset=UTF-8", "application/json"));
    CHECK(is_media_type("application/json;charset=\"utf-8\"", "application/json"));
    CHECK_FALSE(is_media_type("application/json; charset=gbk", "application/json"));
    CHECK_FALSE(is_media_type("application/jsonp", "application/json"));
    CHECK_FALSE(is_media_type("", "application/json"));
}

TEST_CASE("the range that names a type most closely says whether it is taken", "[http][media]") {
    const std::vector<std::tuple<std::string, bool>> cases{
        {"", true},
        {"*/*", true},
        {"application/*", true},
        {"application/json", true},
        {"text/html", false},
        {"text/html, */*;q=0.1", true},
        {"application/json;q=0, */*", false},
        {"application/*;q=0, application/json", true},
    };
    for (const auto& [accept, taken] : cases) {
        INFO(accept);
        CHECK(accepts(accept, "application/json") == taken);
    }
}

TEST_CASE("a path is decoded once and has one form", "[http][target]") {
    const auto target = read_target("/api/v1/%E5%B2%97%E4%BD%8D%2F7?a=1&b=%26+c&d");
    REQUIRE(target);
    CHECK(target->path == std::vector<std::string>{"api", "v1", "岗位/7"});
    CHECK(target->query[0] == std::pair<std::string, std::string>{"a", "1"});
    CHECK(target->query[1] == std::pair<std::string, std::string>{"b", "&+c"});
    CHECK(target->query[2] == std::pair<std::string, std::string>{"d", ""});
    CHECK(read_target("/")->path == std::vector<std::string>{""});
    CHECK(read_target("/%2525")->path == std::vector<std::string>{"%25"});

    for (const std::string bad :
         {"/a//b", "/a/", "/.", "/a/../b", "/%2e%2E/b", "/a%00", "/%ff", "/%0a", "/%c0%af",
          "/a?b=%80", "/%ed%a0%80", "/1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7"}) {
        INFO(bad);
        CHECK_FALSE(read_target(bad));
    }
    CHECK(percent_decoded(percent_encoded("a/b 岗%")) == "a/b 岗%");
}

TEST_CASE("tags are compared strongly for changing and weakly for reading", "[http][etag]") {
    const std::string tag = etag_of("content");
    CHECK(tag.size() == 34);
    CHECK(tag != etag_of("contents"));
    CHECK(has_tag("\"x\", " + tag, tag, true));
    CHECK(has_tag("*", tag, true));
    CHECK(has_tag("W/" + tag, tag, false));
    CHECK_FALSE(has_tag("W/" + tag, tag, true));
    CHECK_FALSE(has_tag("\"x\"", tag, false));

    Head head;
    CHECK_FALSE(check_if_match(head, tag, false));
    CHECK(check_if_match(head, tag, true)->code == "precondition_required");
    head.fields = {{"if-match", "\"old\""}};
    CHECK(check_if_match(head, tag, false)->code == "precondition_failed");
    head.fields = {{"if-match", tag}};
    CHECK_FALSE(check_if_match(head, tag, true));
}

TEST_CASE("a cursor is taken back by its own list only, and not when anything of it changed",
          "[http][cursor]") {
    const Cursors cursors{Bytes(32, 7)};
    const std::string mark = cursors.mark("duties?site=north", "duty/9 岗");
    CHECK(mark.find_first_not_of(
              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
          std::string::npos);
    CHECK(cursors.place("duties?site=north", mark) == "duty/9 岗");
    CHECK_FALSE(cursors.place("duties?site=south", mark));
    CHECK_FALSE(Cursors{Bytes(32, 8)}.place("duties?site=north", mark));
    for (std::size_t i = 0; i < mark.size(); ++i) {
        std::string changed = mark;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CHECK_FALSE(cursors.place("duties?site=north", changed));
    }
    for (const std::string bad : {"", "A", "====", "%%", "AAAAAAAAAAAAAAAAAAAAAA"})
        CHECK_FALSE(cursors.place("duties?site=north", bad));
    CHECK(cursors.place("ab", cursors.mark("ab", "c")) == "c");
    CHECK_FALSE(cursors.place("a", cursors.mark("ab", "c")));
}

TEST_CASE("a date is written as HTTP has it", "[http]") {
    CHECK(http_date(*parse_instant("1994-11-06T08:49:37Z")) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(http_date(*parse_instant("2025-12-31T23:59:59.999Z")) == "Wed, 31 Dec 2025 23:59:59 GMT");
}

TEST_CASE("a key is answered once: again the same, never for another request",
          "[http][idempotency]") {
    RecentAnswers answers{2};
    const Digest one = sha256("one");
    CHECK(std::holds_alternative<AnswerStore::Fresh>(answers.begin("k", one)));
    CHECK(std::holds_alternative<AnswerStore::InUse>(answers.begin("k", one)));
    CHECK(std::holds_alternative<AnswerStore::Reused>(answers.begin("k", sha256("two"))));
    answers.finish("k", text_response(201, "text/plain", "made"));
    CHECK(std::get<Response>(answers.begin("k", one)).body == "made");

    CHECK(std::holds_alternative<AnswerStore::Fresh>(answers.begin("l", one)));
    answers.abandon("l");
    CHECK(std::holds_alternative<AnswerStore::Fresh>(answers.begin("l", one)));
    for (const std::string key : {"m", "n"}) {
        answers.begin(key, one);
        answers.finish(key, {});
    }
    CHECK(std::holds_alternative<AnswerStore::Fresh>(answers.begin("k", one)));  // the oldest went
}

TEST_CASE("a key has a form", "[http][idempotency]") {
    const auto key_of = [](std::string value) {
        Head head;
        head.fields = {{"idempotency-key", std::move(value)}};
        return idempotency_key(head);
    };
    CHECK(*idempotency_key(Head{}) == std::nullopt);
    CHECK(*key_of("8e03978e-40d5") == "8e03978e-40d5");
    CHECK(*key_of("\"8e03978e-40d5\"") == "8e03978e-40d5");
    CHECK_FALSE(key_of(""));
    CHECK_FALSE(key_of("\"\""));
    CHECK_FALSE(key_of("a b"));
    CHECK_FALSE(key_of("岗"));
    CHECK_FALSE(key_of(std::string(129, 'a')));
}

TEST_CASE("a full queue takes no more, and what was accepted is done before it goes",
          "[http][queue]") {
    std::mutex gate;
    std::unique_lock closed{gate};
    std::atomic<int> done{0};
    bool fourth_taken = true;
    {
        WorkQueue queue{1, 2};
        const auto post = [&] {
            WorkQueue::Task task = [&] {
                const std::scoped_lock wait{gate};
                ++done;
            };
            return queue.post(task);
        };
        CHECK(post());
        while (queue.waiting() > 0) std::this_thread::yield();
        CHECK(post());
        CHECK(post());
        fourth_taken = post();
        closed.unlock();
    }
    CHECK_FALSE(fourth_taken);
    CHECK(done == 3);
}

TEST_CASE("a queue without threads works at once", "[http][queue]") {
    WorkQueue queue{0, 1};
    bool done = false;
    WorkQueue::Task task = [&] { done = true; };
    CHECK(queue.post(task));
    CHECK(done);
}
