#include "adapters/words/refusal_words.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

namespace dutylog::words {

namespace {

using Pieces = std::vector<std::string>;

constexpr std::string_view hole = "{}";

/// What stands in the holes of a sentence; nothing where it is another sentence.
std::optional<Pieces> read(std::string_view sentence, std::string_view said) {
    Pieces found;
    std::size_t next = sentence.find(hole);
    if (!said.starts_with(sentence.substr(0, next))) return std::nullopt;
    said.remove_prefix(std::min(next, sentence.size()));
    while (next != std::string_view::npos) {
        sentence.remove_prefix(next + hole.size());
        next = sentence.find(hole);
        const std::string_view fixed = sentence.substr(0, next);
        const bool last = next == std::string_view::npos;
        if (last && !said.ends_with(fixed)) return std::nullopt;
        const std::size_t end = last ? said.size() - fixed.size() : said.find(fixed);
        if (end == std::string_view::npos) return std::nullopt;
        found.emplace_back(said.substr(0, end));
        said.remove_prefix(end + fixed.size());
    }
    return said.empty() ? std::optional{found} : std::nullopt;
}

std::optional<std::string> in_chinese(std::span<const RefusalSentence> sentences,
                                      std::string_view reason, std::string_view detail) {
    for (const RefusalSentence& sentence : sentences) {
        if (sentence.reason != reason) continue;
        const auto pieces = read(sentence.en, detail);
        if (!pieces) continue;
        fmt::dynamic_format_arg_store<fmt::format_context> arguments;
        for (const std::string& piece : *pieces) arguments.push_back(piece);
        return fmt::vformat(sentence.zh_cn, arguments);
    }
    return std::nullopt;
}

}  // namespace

Text words_of(std::string_view reason, std::string_view detail) {
    auto said = in_chinese(refusals_of_work(), reason, detail);
    if (!said) said = in_chinese(refusals_of_requests(), reason, detail);
    if (!said) said = in_chinese(refusals_of_records(), reason, detail);
    return {said.value_or(std::string{detail}), std::string{detail}};
}

Text words_of(const Rejection& refusal) {
    if (!refusal.zh_cn.empty()) return {refusal.zh_cn, refusal.detail};
    return words_of(refusal.reason, refusal.detail);
}

}  // namespace dutylog::words
