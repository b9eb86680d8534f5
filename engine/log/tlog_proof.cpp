#include "engine/log/tlog_proof.hpp"

#include "engine/log/base64.hpp"
#include "engine/log/text_lines.hpp"
#include "engine/log/tree.hpp"

namespace dutylog::log {

namespace {

using namespace proof_limits;

constexpr std::string_view header = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_name = "extra ";
constexpr std::string_view index_name = "index ";

}  // namespace

std::string to_text(const TlogProof& proof) {
    if (proof.extra.size() > extra_max || proof.path.size() > hashes_max ||
        proof.checkpoint.size() > note_limits::bytes_max)
        throw EncodeError{"a part of a proof is too long"};
    std::string text = std::string{header} + "\n";
    if (!proof.extra.empty()) text.append(extra_name).append(to_base64(proof.extra)).append("\n");
    text.append(index_name).append(std::to_string(proof.index)).append("\n");
    for (const Digest& hash : proof.path) text += to_base64(hash.bytes) + "\n";
    return text + "\n" + proof.checkpoint;
}

TlogProof parse_tlog_proof(std::string_view text) {
    if (text.size() > bytes_max) throw DecodeError{"expected a shorter proof", bytes_max};
    TextLines lines{text};
    TlogProof proof;
    if (lines.line() != header) lines.fail("the line c2sp.org/tlog-proof@v1");
    if (lines.next_starts_with(extra_name)) {
        auto extra = parse_base64(lines.line().substr(extra_name.size()));
        if (!extra || extra->empty() || extra->size() > extra_max) lines.fail("data in base64");
        proof.extra = std::move(*extra);
    }
    proof.index = lines.number(index_name);
    while (!lines.next_starts_with("\n")) {
        if (proof.path.size() == hashes_max) lines.fail("fewer hashes");
        proof.path.push_back(lines.digest());
    }
    lines.line();
    if (lines.rest().empty() || lines.rest().size() > note_limits::bytes_max)
        lines.fail("a checkpoint");
    proof.checkpoint = lines.rest();
    return proof;
}

Proved check_proof(const TlogProof& proof, const Digest& leaf, std::string_view origin,
                   std::span<const VerifierKey> known) {
    const OpenedCheckpoint opened = open_checkpoint(proof.checkpoint, known);
    if (opened.trust != Trust::verified) return Proved::not_trusted;
    const Checkpoint& checkpoint = opened.checkpoint;
    if (checkpoint.origin != origin) return Proved::other_log;
    return inclusion_holds(leaf, proof.index, checkpoint.head.size, proof.path,
                           checkpoint.head.root)
               ? Proved::holds
               : Proved::not_included;
}

}  // namespace dutylog::log
