#include "engine/log/checkpoint.hpp"

#include <algorithm>

#include "engine/log/base64.hpp"
#include "engine/log/text_lines.hpp"
#include "engine/log/utf8.hpp"

namespace dutylog::log {

namespace {

using namespace checkpoint_limits;

void check_line(std::string_view line, std::size_t size_max) {
    const bool clean = std::none_of(line.begin(), line.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20;
    });
    if (line.empty() || line.size() > size_max || !clean || !is_utf8(line))
        throw EncodeError{"a line of a checkpoint is empty, too long or not plain text"};
}

}  // namespace

std::string to_text(const Checkpoint& checkpoint) {
    check_line(checkpoint.origin, origin_max);
    if (checkpoint.extensions.size() > extensions_max)
        throw EncodeError{"a checkpoint has too many lines"};
    std::string text = checkpoint.origin + "\n" + std::to_string(checkpoint.head.size) + "\n" +
                       to_base64(checkpoint.head.root.bytes) + "\n";
    for (const std::string& line : checkpoint.extensions) {
        check_line(line, text_max);
        text += line + "\n";
    }
    if (text.size() > text_max) throw EncodeError{"a checkpoint is too long"};
    return text;
}

Checkpoint parse_checkpoint(std::string_view text) {
    if (text.size() > text_max) throw DecodeError{"expected a shorter checkpoint", text_max};
    TextLines lines{text};
    Checkpoint checkpoint;
    checkpoint.origin = lines.line_not_empty(origin_max);
    checkpoint.head.size = lines.number();
    checkpoint.head.root = lines.digest();
    while (!lines.at_end()) {
        if (checkpoint.extensions.size() == extensions_max) lines.fail("fewer lines");
        checkpoint.extensions.emplace_back(lines.line_not_empty(text_max));
    }
    try {
        if (to_text(checkpoint) != text) throw DecodeError{"expected a checkpoint", 0};
    } catch (const EncodeError& error) {
        throw DecodeError{error.what(), 0};
    }
    return checkpoint;
}

SignedNote sign_checkpoint(const Checkpoint& checkpoint, const SignerKey& key) {
    return sign_note(to_text(checkpoint), key);
}

OpenedCheckpoint open_checkpoint(std::string_view text, std::span<const VerifierKey> known) {
    const SignedNote note = parse_note(text);
    return {parse_checkpoint(note.text), trust_in(note, known)};
}

}  // namespace dutylog::log
