#include <boost/json/array.hpp>

#include "adapters/server/paging.hpp"
#include "adapters/server/publishing.hpp"
#include "adapters/server/reads.hpp"
#include "adapters/server/text_difference.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Route;

namespace {

constexpr const char* level_words[] = {"duty", "system", "programme"};

http::Problem unknown_definition(const std::string& id) {
    return http::problem("not_found",
                         {"没有定义 `" + id + "`。", "There is no definition `" + id + "`."});
}

json::object definition_json(const definition::Definition& definition, Language language) {
    json::array basis;
    for (const auto& each : definition.basis)
        basis.push_back(
            {{"obligation", each.obligation}, {"rule", each.rule}, {"force", each.force}});
    json::object object{{"definition", definition.id},
                        {"title", definition.title.in(language)},
                        {"level", level_words[static_cast<std::size_t>(definition.level)]},
                        {"subject", definition.subject},
                        {"valid_from", to_string(definition.valid_from)},
                        {"version", to_hex(definition.version)},
                        {"basis", std::move(basis)}};
    if (!definition.system.empty()) object["system"] = definition.system;
    if (definition.valid_to) object["valid_to"] = to_string(*definition.valid_to);
    return object;
}

Route list_definitions(const Desk& desk) {
    auto answer = [&desk](const Call& call) -> json::object {
        const Asked asked = desk.reading.asked(call);
        json::array list;
        if (asked.world->rules != nullptr)
            for (const auto& [id, definition] : asked.world->rules->bundle().definitions)
                list.push_back(definition_json(definition, call.language));
        return {{"cut", asked.cut},
                {"bundle", to_hex(asked.world->bundle)},
                {"definitions", std::move(list)}};
    };
    return route_of(desk, Question{.path = "/definitions",
                                   .operation = "list_definitions",
                                   .summary = {"施行中的定义", "Definitions in force"},
                                   .parameters = clock_parameters(),
                                   .schema = "Definitions",
                                   .answer = std::move(answer)});
}

json::array steps_json(const definition::Definition& definition, Language language) {
    constexpr const char* phases[] = {"plan", "do", "check", "act"};
    json::array steps;
    for (const definition::Step& step : definition.steps)
        steps.push_back({{"step", step.id},
                         {"phase", phases[static_cast<std::size_t>(step.phase)]},
                         {"title", step.title.in(language)},
                         {"owner", step.owner},
                         {"measure", step.measure}});
    return steps;
}

Route read_definition(const Desk& desk) {
    auto answer = [&desk](const Call& call) {
        const Asked asked = desk.reading.asked(call);
        const std::string& id = call.path.at("definition");
        const auto* definition =
            asked.world->rules == nullptr ? nullptr : asked.world->rules->definition(id);
        if (definition == nullptr) throw unknown_definition(id);
        json::object object = definition_json(*definition, call.language);
        object["cut"] = asked.cut;
        object["steps"] = steps_json(*definition, call.language);
        if (const auto text = text_of_version(desk.reading, asked.world->bundle, *definition)) {
            object["file"] = text->path;
            object["text"] = text->text;
        }
        return object;
    };
    return route_of(desk, Question{.path = "/definitions/{definition}",
                                   .operation = "read_definition",
                                   .summary = {"一个定义及其文本", "One definition, with its text"},
                                   .parameters = clock_parameters(),
                                   .schema = "Definition",
                                   .problems = {"not_found"},
                                   .answer = std::move(answer)});
}

/// A version of a definition, and the first bundle that had it.
struct Version {
    Digest bundle;
    const definition::Definition* definition = nullptr;
    json::object entry;
};

std::vector<Version> versions_of(Reading& reading, const std::string& id) {
    const pdca::World& world = reading.now();
    std::vector<Version> found;
    reading.store().scan_stream(pdca::log_stream(), 1, [&](const log::StoredEvent& stored) {
        if (stored.envelope.type != pdca::BundlePublished::type) return true;
        const auto event = std::get<pdca::BundlePublished>(
            pdca::EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload));
        const auto rules = world.known_rules.find(event.bundle);
        const auto* definition = rules == world.known_rules.end() || rules->second == nullptr
                                     ? nullptr
                                     : rules->second->definition(id);
        const bool same =
            definition == nullptr ||
            (!found.empty() && found.back().definition->version == definition->version);
        if (!same)
            found.push_back({event.bundle,
                             definition,
                             {{"version", to_hex(definition->version)},
                              {"bundle", to_hex(event.bundle)},
                              {"event", stored.envelope.position},
                              {"recorded", to_string(stored.envelope.recorded)},
                              {"label", event.label},
                              {"by", stored.envelope.actor.str()},
                              {"approver", event.approver.str()}}});
        return true;
    });
    return found;
}

Route list_versions(const Desk& desk) {
    auto answer = [&desk](const Call& call) -> json::object {
        const std::string& id = call.path.at("definition");
        json::array list;
        for (Version& version : versions_of(desk.reading, id))
            list.push_back(std::move(version.entry));
        if (list.empty()) throw unknown_definition(id);
        return {{"definition", id}, {"versions", std::move(list)}};
    };
    return route_of(desk, Question{.path = "/definitions/{definition}/versions",
                                   .operation = "list_definition_versions",
                                   .summary = {"定义的各个版本", "Its versions, the oldest first"},
                                   .schema = "DefinitionVersions",
                                   .problems = {"not_found"},
                                   .answer = std::move(answer)});
}

/// The version that a parameter names; the last, or the one before it, where it is not given.
const Version& version_named(const std::vector<Version>& all, const std::string& name,
                             std::size_t from_end) {
    if (name.empty()) return all[all.size() - std::min(from_end, all.size())];
    for (const Version& version : all)
        if (to_hex(version.definition->version).starts_with(name)) return version;
    throw http::problem("not_found",
                        {"没有版本 `" + name + "`。", "There is no version `" + name + "`."});
}

Route read_difference(const Desk& desk) {
    auto answer = [&desk](const Call& call) -> json::object {
        const std::string& id = call.path.at("definition");
        const auto all = versions_of(desk.reading, id);
        if (all.empty()) throw unknown_definition(id);
        const Version& from = version_named(all, call.parameter("from"), 2);
        const Version& to = version_named(all, call.parameter("to"), 1);
        const auto text = [&](const Version& version) {
            const auto found = text_of_version(desk.reading, version.bundle, *version.definition);
            return found ? found->text : std::string{};
        };
        return {{"definition", id},
                {"from", to_hex(from.definition->version)},
                {"to", to_hex(to.definition->version)},
                {"lines", text_difference(text(from), text(to))}};
    };
    return route_of(
        desk,
        Question{
            .path = "/definitions/{definition}/difference",
            .operation = "compare_definition",
            .summary = {"两个版本的差异", "What differs between two of its versions"},
            .parameters = {{.name = "from",
                            .meaning = {"版本；省略时为前一版",
                                        "A version; the one before the last, where left out."}},
                           {.name = "to",
                            .meaning = {"版本；省略时为最新",
                                        "A version; the last, where left out."}}},
            .schema = "Difference",
            .problems = {"not_found"},
            .answer = std::move(answer)});
}

}  // namespace

http::RouteTable rules_routes(const Desk& desk) {
    return {list_definitions(desk), read_definition(desk), list_versions(desk),
            read_difference(desk)};
}

}  // namespace dutylog::server
