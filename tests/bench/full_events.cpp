#include "tests/bench/full_events.hpp"

#include <fmt/format.h>

#include "engine/log/envelope_codec.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::bench {

namespace {

using namespace log;

constexpr Instant beginning{1'736'157'600'000'000};  // 2025-01-06T10:00:00Z

std::string note_of(std::uint64_t number) {
    std::string note =
        fmt::format("reading {} taken at the intake of fan {}; ", number, number % 97);
    while (note.size() < 165) note += "belt and housing without finding, ";
    note.resize(165);
    return note;
}

std::string name_of_stream(std::uint64_t stream) {
    return fmt::format("duty/order-round/asset/{}", stream);
}

Bytes bytes_from(std::string_view text) { return {text.begin(), text.end()}; }

Instant time_of(std::uint64_t number) {
    return beginning + seconds(static_cast<std::int64_t>(number));
}

}  // namespace

Bytes payload_of(std::uint64_t number) {
    pdca::StepCompleted event;
    event.cycle = 1;
    event.step = "do.work";
    event.form = Record::of({{"orderId", fmt::format("order-{:08}", number % 100'000)},
                             {"step", "do.work"},
                             {"seq", static_cast<std::int64_t>(number)},
                             {"amount", Decimal{static_cast<std::int64_t>(number % 10'000)}},
                             {"actor", fmt::format("person/{}", number % 1500)},
                             {"note", note_of(number)}});
    return pdca::EventCodec::encode(event);
}

Bytes bare_event(std::uint64_t number) {
    std::string json = fmt::format(
        R"({{"type":"StepCompleted","orderId":"order-{:08}","step":"do.work","seq":{},"amount":{},"actor":"person/{}","note":"{}"}})",
        number % 100'000, number, number % 10'000, number % 1500, note_of(number));
    json.resize(300, ' ');
    return bytes_from(json);
}

NewEvent FullEvents::event(std::uint64_t stream) {
    NewEvent event;
    event.stream = StreamId{name_of_stream(stream)};
    event.type = pdca::StepCompleted::type;
    const Instant at = time_of(events_);
    event.effective = {Precision::instant, at, CivilDate{2025, 1, 6}, at, "Asia/Shanghai"};
    event.bundle = sha256("bundle");
    event.actor = ActorId{fmt::format("person/{}", events_ % 1500)};
    event.command = CommandId{fmt::format("command-{:012}", commands_)};
    if (events_ > 4096) event.rests_on = {events_ - 4096};
    event.payload = payload_of(events_);
    event.state_hash = sha256(BytesView{event.payload});
    ++events_;
    return event;
}

Append FullEvents::next() { return next(1); }

Append FullEvents::next(std::size_t count) {
    const std::uint64_t stream = commands_ % versions_.size();
    const std::string name = name_of_stream(stream);
    Append append;
    append.expected = {{StreamId{name}, versions_[stream]}};
    for (std::size_t i = 0; i < count; ++i) append.events.push_back(event(stream));
    versions_[stream] += count;
    append.set_timers = {{name, time_of(events_), versions_[stream]}};
    append.add_outbox = {{fmt::format("{}/notice/{}", name, commands_), "notice", time_of(events_),
                          bytes_from("EQ")}};
    if (commands_ >= 1000)
        append.drop_outbox = {fmt::format("{}/notice/{}",
                                          name_of_stream((commands_ - 1000) % versions_.size()),
                                          commands_ - 1000)};
    append.set_rows = {{"duty", name, bytes_from(fmt::format("doing {}", versions_[stream]))}};
    append.result = CommandResult{append.events.front().command, sha256(name),
                                  bytes_from(fmt::format("{:016}", events_))};
    ++commands_;
    return append;
}

std::vector<Append> FullEvents::next_batch(std::size_t size) {
    std::vector<Append> batch;
    batch.reserve(size);
    while (batch.size() < size) batch.push_back(next());
    return batch;
}

std::vector<Row> rows_from(EventStore& store, Position from) {
    std::vector<Row> rows;
    store.scan(from, [&](const StoredEvent& stored) {
        rows.push_back({encode_envelope(stored.envelope), stored.payload});
        return true;
    });
    return rows;
}

}  // namespace dutylog::bench
