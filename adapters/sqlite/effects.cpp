#include "adapters/sqlite/effects.hpp"

#include "engine/log/wire.hpp"

namespace dutylog::sqlite {

using namespace log;

namespace {

using store_limits::bytes_max;
using store_limits::key_max;

bool has_effects(const Append& append) {
    return append.result || !append.set_timers.empty() || !append.drop_timers.empty() ||
           !append.add_outbox.empty() || !append.drop_outbox.empty() || !append.set_rows.empty() ||
           !append.drop_rows.empty();
}

void write(WireWriter& to, const std::string& text) { to.text(text); }

void write(WireWriter& to, const Bytes& bytes) {
    to.number(bytes.size());
    to.raw(bytes.data(), bytes.size());
}

void write(WireWriter& to, const Timer& timer) {
    to.text(timer.key);
    to.signed_number(timer.due.micros);
    to.number(timer.generation);
}

void write(WireWriter& to, const OutboxEntry& entry) {
    to.text(entry.id);
    to.text(entry.kind);
    to.signed_number(entry.due.micros);
    write(to, entry.body);
}

void write(WireWriter& to, const ProjectionRow& row) {
    to.text(row.table);
    to.text(row.key);
    write(to, row.value);
}

void write(WireWriter& to, const std::pair<std::string, std::string>& dropped) {
    to.text(dropped.first);
    to.text(dropped.second);
}

void write(WireWriter& to, const CommandResult& result) {
    to.text(result.command.str());
    to.digest(result.body);
    write(to, result.answer);
}

template <class T>
void write(WireWriter& to, const std::vector<T>& list) {
    to.number(list.size());
    for (const T& item : list) write(to, item);
}

std::string key_from(WireReader& in) { return std::string{in.text(key_max)}; }

Bytes bytes_from(WireReader& in) {
    const BytesView view = bytes_of(in.text(bytes_max));
    return {view.begin(), view.end()};
}

void read(WireReader& in, std::string& text) { text = key_from(in); }

void read(WireReader& in, Timer& timer) {
    timer.key = key_from(in);
    timer.due.micros = in.signed_number();
    timer.generation = in.number();
}

void read(WireReader& in, OutboxEntry& entry) {
    entry.id = key_from(in);
    entry.kind = key_from(in);
    entry.due.micros = in.signed_number();
    entry.body = bytes_from(in);
}

void read(WireReader& in, ProjectionRow& row) {
    row.table = key_from(in);
    row.key = key_from(in);
    row.value = bytes_from(in);
}

void read(WireReader& in, std::pair<std::string, std::string>& dropped) {
    dropped.first = key_from(in);
    dropped.second = key_from(in);
}

template <class T>
void read(WireReader& in, std::vector<T>& list) {
    const std::uint64_t count = in.number_up_to(in.remaining(), "a count that fits the bytes");
    for (std::uint64_t i = 0; i < count; ++i) read(in, list.emplace_back());
}

}  // namespace

void encode_effects(Bytes& out, const Append& append, Position first) {
    if (!has_effects(append)) return;
    WireWriter to{out};
    to.number(first);
    write(to, append.drop_timers);
    write(to, append.set_timers);
    write(to, append.drop_outbox);
    write(to, append.add_outbox);
    write(to, append.drop_rows);
    write(to, append.set_rows);
    to.number(append.result ? 1 : 0);
    if (append.result) write(to, *append.result);
}

Effects decode_effects(BytesView bytes, std::size_t& at) {
    WireReader in{bytes.subspan(at)};
    Effects effects;
    effects.first = in.number();
    Append& append = effects.append;
    read(in, append.drop_timers);
    read(in, append.set_timers);
    read(in, append.drop_outbox);
    read(in, append.add_outbox);
    read(in, append.drop_rows);
    read(in, append.set_rows);
    if (in.number_up_to(1, "0 or 1") == 1) {
        CommandResult& result = append.result.emplace();
        result.command = CommandId{key_from(in)};
        result.body = in.digest();
        result.answer = bytes_from(in);
    }
    at += in.offset();
    return effects;
}

}  // namespace dutylog::sqlite
