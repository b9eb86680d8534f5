#include "engine/runtime/answer.hpp"

#include "engine/log/archive.hpp"

namespace dutylog::runtime {

Bytes encode(const Answer& answer) {
    log::ByteWriter writer;
    writer(answer.first, answer.last, answer.refusal.has_value());
    if (answer.refusal) writer(answer.refusal->reason, answer.refusal->detail);
    writer(answer.warnings);
    return writer.take();
}

Answer decode_answer(const CommandId& command, BytesView bytes) {
    log::ByteReader reader{bytes};
    Answer answer;
    answer.command = command;
    bool refused = false;
    reader(answer.first, answer.last, refused);
    if (refused) {
        answer.refusal.emplace();
        reader(answer.refusal->reason, answer.refusal->detail);
    }
    reader(answer.warnings);
    reader.finish();
    return answer;
}

}  // namespace dutylog::runtime
