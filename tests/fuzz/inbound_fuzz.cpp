// Reads any text as a mapping file and as the body of a message from another system. What is taken
// in gives the same facts, under the same commands, a second time.
#include <boost/json.hpp>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/webhook/inbound.hpp"

using namespace dutylog;

namespace {

constexpr const char* rules =
    "source: s\nid: /id\nwhen: {/t: x}\neach: /l\nfacts:\n"
    "  - {fact: f, subject: {kind: k, id: /s}, at: ^/at, when: {/w: \"1\"},\n"
    "     value: {a: /a, b: {from: /b, optional: true}, c: {from: ^/c, words: {x: y}}}}\n";

const webhook::InboundMapping& mapping() {
    static const auto read = *webhook::read_inbound_mapping({"fuzz.yaml", rules});
    return read;
}

bool same(const webhook::InboundMessage& a, const webhook::InboundMessage& b) {
    if (a.id != b.id || a.facts.size() != b.facts.size()) return false;
    for (std::size_t i = 0; i < a.facts.size(); ++i)
        if (a.facts[i].command != b.facts[i].command || a.facts[i].value != b.facts[i].value)
            return false;
    return true;
}

}  // namespace

/// libfyaml 0.7.12 loses the text of some scalars that end in the middle of a quote.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfyaml.so\n"; }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto read = webhook::read_inbound_mapping({"any.yaml", std::string{text}})) {
        if (read->facts.empty() || read->source.empty()) std::abort();
        (void)webhook::map_inbound(*read, R"({"id":"1","l":[{}]})", "w");
    }
    const auto message = webhook::map_inbound(mapping(), text, "w");
    if (!message) return 0;
    if (message->facts.size() > webhook::InboundLimits::facts_max) std::abort();
    if (!same(*message, *webhook::map_inbound(mapping(), text, "w"))) std::abort();
    return 0;
}
