#include "adapters/cli/subjects.hpp"

#include <vector>

#include "engine/rule/suggest.hpp"

namespace dutylog::cli {

namespace {

std::unexpected<Phrase> unknown(const pdca::World& world, const std::string& text) {
    std::vector<std::string> ids;
    for (const auto& [id, subject] : world.subjects) ids.push_back(id.id);
    const auto near = rule::suggestions(text, ids);
    if (near.empty())
        return std::unexpected{
            phrase("expected the id of a subject, found `{}`", "应为对象编号，实为 `{}`", text)};
    return std::unexpected{phrase("expected the id of a subject, found `{0}`; did you mean `{1}`?",
                                  "应为对象编号，实为 `{0}`；是否指 `{1}`？", text, near.front())};
}

}  // namespace

std::expected<Reference, Phrase> find_subject(const pdca::World& world, const std::string& text,
                                              const std::string& kind) {
    if (const std::size_t slash = text.find('/'); slash != std::string::npos) {
        const Reference named{text.substr(0, slash), text.substr(slash + 1)};
        if (world.subject(named) != nullptr) return named;
        return unknown(world, named.id);
    }
    if (!kind.empty() && world.subject({kind, text}) != nullptr) return Reference{kind, text};
    std::vector<Reference> found;
    if (world.rules != nullptr)
        for (const auto& [id, declared] : world.rules->library().kinds)
            if (world.subject({id, text}) != nullptr) found.push_back({id, text});
    if (found.size() == 1) return found.front();
    if (found.empty()) return unknown(world, text);
    return std::unexpected{phrase("`{0}` is the id of a {1} and of a {2}: write `{1}/{0}`",
                                  "`{0}` 既是 {1} 又是 {2} 的编号：请写 `{1}/{0}`", text,
                                  found[0].kind, found[1].kind)};
}

std::expected<StreamId, Phrase> find_duty(const pdca::World& world, const std::string& definition,
                                          const std::string& of) {
    if (definition.starts_with("duty/") && of.empty()) {
        const StreamId stream{definition};
        if (world.duty(stream) != nullptr) return stream;
        return std::unexpected{phrase("there is no duty `{}`", "没有义务 `{}`", definition)};
    }
    const auto* known = world.rules == nullptr ? nullptr : world.rules->definition(definition);
    if (known == nullptr) {
        std::vector<std::string> ids;
        if (world.rules != nullptr)
            for (const auto& [id, each] : world.rules->bundle().definitions) ids.push_back(id);
        const auto near = rule::suggestions(definition, ids);
        if (near.empty())
            return std::unexpected{phrase("expected the id of a definition in force, found `{}`",
                                          "应为现行定义的编号，实为 `{}`", definition)};
        return std::unexpected{
            phrase("expected the id of a definition in force, found `{0}`; did you mean `{1}`?",
                   "应为现行定义的编号，实为 `{0}`；是否指 `{1}`？", definition, near.front())};
    }
    const auto subject = find_subject(world, of, known->subject);
    if (!subject) return std::unexpected{subject.error()};
    const Reference about = world.ancestor(*subject, known->subject);
    if (about.empty())
        return std::unexpected{phrase("`{0}` is about a {1}, and `{2}` lives in none",
                                      "`{0}` 的对象是 {1}，而 `{2}` 不在任何 {1} 之内", definition,
                                      known->subject, of)};
    return pdca::duty_stream(definition, about);
}

}  // namespace dutylog::cli
