// Reads any text as a checkpoint, a signed note, a proof, a verifier key and base64. What is read
// must be written as the same text, and nothing may be trusted that no key has signed.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/log/base64.hpp"
#include "engine/log/checkpoint.hpp"
#include "engine/log/tlog_proof.hpp"

using namespace dutylog;

namespace {

/// Its secret half is the seed of zeros, which no input of ours has signed with.
const log::VerifierKey key = log::SignerKey{"k", {}}.verifier();

template <class Read, class Write>
void check(std::string_view text, Read read, Write write) {
    try {
        if (write(read(text)) != text) std::abort();
    } catch (const log::DecodeError&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto write = [](const auto& value) { return log::to_text(value); };
    check(text, log::parse_checkpoint, write);
    check(text, log::parse_note, write);
    check(text, log::parse_tlog_proof, write);
    if (const auto read = log::parse_verifier_key(text); read && read->text() != text) std::abort();
    if (const auto read = log::parse_base64(text); read && log::to_base64(*read) != text)
        std::abort();
    try {
        if (log::open_checkpoint(text, {&key, 1}).trust == log::Trust::verified) std::abort();
    } catch (const log::DecodeError&) {
    }
    return 0;
}
