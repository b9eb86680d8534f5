#include <catch2/catch.hpp>
#include <chrono>
#include <future>
#include <mutex>
#include <thread>

#include "adapters/http/event_stream.hpp"
#include "tests/adapters/http/raw_client.hpp"
#include "tests/adapters/http/running_server.hpp"

using namespace dutylog;
using namespace dutylog::test;
using namespace std::chrono_literals;
using http::EventStream;

namespace {

http::Response streaming(std::shared_ptr<EventStream> events) {
    http::Response response = http::text_response(200, "text/event-stream", "");
    response.events = std::move(events);
    return response;
}

std::string event_request(const std::string& last_id = "") {
    return "GET /events HTTP/1.1\r\nHost: a\r\n" +
           (last_id.empty() ? "" : "Last-Event-ID: " + last_id + "\r\n") + "\r\n";
}

/// Offers the numbers from one to another, for as long as they are taken, and goes on when there is
/// room: as a reader of the log would.
class Counting {
public:
    Counting(int from, int to) : next_{from}, last_{to} {}

    void go_on() {
        const std::scoped_lock lock{mutex_};
        while (next_ <= last_) {
            const std::string number = std::to_string(next_);
            const auto offer = stream->offer({number, "", number + std::string(200, '.')});
            if (offer != EventStream::Offer::taken) return;
            ++next_;
        }
        stream->end();
    }

    std::shared_ptr<EventStream> stream = std::make_shared<EventStream>(4096);

private:
    std::mutex mutex_;
    int next_;
    int last_;
};

bool no_longer_accepts(std::uint16_t port) {
    for (int i = 0; i < 100; ++i) {
        try {
            const RawClient client{port};
            std::this_thread::sleep_for(10ms);
        } catch (const std::runtime_error&) {
            return true;
        }
    }
    return false;
}

}  // namespace

TEST_CASE("an event keeps its lines, and nothing in it can begin a field of its own",
          "[http][events]") {
    CHECK(http::event_text({"7", "duty", "a\nb\r\nc"}) ==
          "event: duty\nid: 7\ndata: a\ndata: b\ndata: c\n\n");
    CHECK(http::event_text({"7\ndata: x", "", ""}) == "id: 7data: x\ndata: \n\n");
}

TEST_CASE("a stream takes what there is room for, and calls when there is room again",
          "[http][events]") {
    EventStream stream{50};
    int calls = 0;
    stream.on_room([&] { ++calls; });
    CHECK(stream.offer({"1", "", std::string(100, 'x')}) == EventStream::Offer::taken);
    CHECK(stream.offer({"2", "", "y"}) == EventStream::Offer::full);
    CHECK(calls == 0);
    CHECK(stream.take().size() > 100);
    CHECK(calls == 1);
    CHECK(stream.offer({"2", "", "y"}) == EventStream::Offer::taken);
    stream.leave();
    CHECK(calls == 2);
    CHECK(stream.offer({"3", "", "z"}) == EventStream::Offer::gone);
}

TEST_CASE(
    "every event arrives once and in order, through a small buffer, from where the client was",
    "[http][events]") {
    FunctionService service{[](http::Request request, http::Reply reply) {
        const std::string last{request.head.field("last-event-id")};
        auto counting = std::make_shared<Counting>(std::stoi(last) + 1, 500);
        counting->stream->on_room([counting] { counting->go_on(); });
        counting->go_on();
        reply(streaming(counting->stream));
    }};
    RunningServer server{service};
    RawClient client{server.port()};
    client.send(event_request("120"));
    const std::string all = client.read_all();
    CHECK(field_of(all, "Content-Type") == "text/event-stream");
    std::size_t at = 0;
    int found = 0;
    for (int i = 121; i <= 500; ++i) {
        at = all.find("id: " + std::to_string(i) + "\n", at);
        if (at == std::string::npos) break;
        ++found;
    }
    CHECK(found == 380);
    CHECK(all.ends_with("\r\n0\r\n\r\n"));
}

TEST_CASE("a silent stream sends a heartbeat, and events at once when they come",
          "[http][events]") {
    auto stream = std::make_shared<EventStream>();
    FunctionService service{[&](http::Request, http::Reply reply) { reply(streaming(stream)); }};
    RunningServer server{service};
    RawClient client{server.port()};
    client.send(event_request());
    CHECK_FALSE(client.read_until(": still here\n\n").empty());
    CHECK(stream->offer({"1", "", "news"}) == EventStream::Offer::taken);
    CHECK_FALSE(client.read_until("data: news\n\n").empty());
}

TEST_CASE("a stream whose reader has gone is told so", "[http][events]") {
    auto stream = std::make_shared<EventStream>();
    FunctionService service{[&](http::Request, http::Reply reply) { reply(streaming(stream)); }};
    RunningServer server{service};
    std::promise<void> left;
    stream->on_room([&] { left.set_value(); });
    {
        RawClient client{server.port()};
        client.send(event_request());
        client.read_until("\r\n\r\n");
    }
    CHECK(left.get_future().wait_for(2s) == std::future_status::ready);
    CHECK(stream->offer({"1", "", "news"}) == EventStream::Offer::gone);
}

TEST_CASE("a draining server ends streams and idle connections, finishes requests, takes no more",
          "[http][drain]") {
    auto stream = std::make_shared<EventStream>();
    std::promise<http::Reply> slow;
    FunctionService service{[&](http::Request request, http::Reply reply) {
        if (request.head.target == "/events") return reply(streaming(stream));
        if (request.head.target == "/slow") return slow.set_value(std::move(reply));
        echo(std::move(request), std::move(reply));
    }};
    http::ServerOptions options = quick_options();
    options.connection.idle_time = seconds(30);
    options.heartbeat = seconds(30);
    RunningServer server{service, options};

    RawClient reading{server.port()};
    reading.send(event_request());
    reading.read_until("\r\n\r\n");
    RawClient idle{server.port()};
    idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    idle.read_answer();
    RawClient waiting{server.port()};
    waiting.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    http::Reply reply = slow.get_future().get();

    server->drain(seconds(5));
    CHECK(reading.read_all().ends_with("0\r\n\r\n"));
    CHECK(idle.is_closed());
    CHECK(no_longer_accepts(server.port()));
    reply(http::text_response(200, "text/plain", "done"));
    const std::string answer = waiting.read_answer();
    CHECK(body_of(answer) == "done");
    CHECK(field_of(answer, "Connection") == "close");
}

TEST_CASE("what does not end within the grace of draining is cut off", "[http][drain]") {
    FunctionService service{echo};
    http::ServerOptions options = quick_options();
    options.connection.head_time = seconds(30);
    RunningServer server{service, options};
    RawClient client{server.port()};
    client.send("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 100 && server->counts().open == 0; ++i) std::this_thread::sleep_for(10ms);
    server->drain({100'000});
    CHECK(client.is_closed());
}

TEST_CASE("a request that is never answered does not hold a draining server up", "[http][drain]") {
    std::promise<http::Reply> asked;
    FunctionService service{
        [&](http::Request, http::Reply reply) { asked.set_value(std::move(reply)); }};
    clock::SystemRuntime runtime;
    http::Server server{service, runtime, quick_options()};
    const std::uint16_t port = server.listen_tcp("127.0.0.1", 0);
    std::thread serving{[&] { server.run(); }};
    RawClient client{port};
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    const http::Reply late = asked.get_future().get();
    server.drain({50'000});
    serving.join();
    CHECK(client.is_closed());
}
