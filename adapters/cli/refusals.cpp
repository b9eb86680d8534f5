#include "adapters/cli/refusals.hpp"

#include "adapters/words/refusal_words.hpp"

namespace dutylog::cli {

Phrase phrase_of(const Rejection& refusal) {
    const Text said = words::words_of(refusal);
    return {fmt::format("refused ({}): {}", refusal.reason, said.en),
            fmt::format("被拒绝（{}）：{}", refusal.reason, said.zh_cn)};
}

Phrase around(const Phrase& frame, const Rejection& refusal) {
    const Text said = words::words_of(refusal);
    return {fmt::format(fmt::runtime(frame.en), said.en),
            fmt::format(fmt::runtime(frame.zh_cn), said.zh_cn)};
}

Phrase phrase_of(const history::DroppedAct& act, const Phrase& frame) {
    const Text said = words::words_of(act.refusal);
    const std::string zh_cn =
        fmt::format("位置 {1} 的 {0}：{2}", act.command, act.position, said.zh_cn);
    return {fmt::format(fmt::runtime(frame.en), history::to_string(act)),
            fmt::format(fmt::runtime(frame.zh_cn), zh_cn)};
}

boost::json::array list_of(const std::vector<history::DroppedAct>& acts) {
    boost::json::array list;
    for (const history::DroppedAct& act : acts) list.emplace_back(history::to_string(act));
    return list;
}

}  // namespace dutylog::cli
