#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "adapters/server/paging.hpp"
#include "adapters/server/reads.hpp"
#include "adapters/server/sealed_view.hpp"
#include "engine/pdca/people.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Route;

namespace {

constexpr const char* who = "manage|investigate";

std::string written(const Reference& subject) { return subject.kind + "/" + subject.id; }

/// A subject in its list.
struct Listed {
    const registry::Subject* subject = nullptr;
    std::string place;
};

std::vector<Listed> subjects_within(const Asked& asked, const Reference& about,
                                    const std::string& kind, const TokenCaller& caller) {
    std::vector<Listed> found;
    for (const auto& [id, subject] : asked.world->subjects)
        if ((kind.empty() || id.kind == kind) &&
            (about.empty() || asked.world->inside(id, about)) && caller.reaches(*asked.world, id))
            found.push_back({&subject, written(id)});
    std::ranges::sort(found, {}, &Listed::place);
    return found;
}

json::object subject_json(const registry::Subject& subject, SealedView& view) {
    json::object object{{"subject", written(subject.id)}, {"event", subject.added}};
    if (!subject.parent.empty()) object["in"] = written(subject.parent);
    if (json::value name = view.name(subject); !name.is_null()) object["name"] = std::move(name);
    if (subject.erased != 0) object["erased"] = subject.erased;
    return object;
}

Route list_subjects(const Desk& desk) {
    auto answer = [&desk](const Call& call, SealedView& view) {
        const Asked asked = desk.reading.asked_record(call);
        const PageAsked page = page_asked(desk.cursors, call.operation, call);
        const auto all = subjects_within(asked, subject_parameter(call, *asked.world, "of"),
                                         call.parameter("kind"), caller_of(call));
        json::object list{{"cut", asked.cut}};
        put_page(list, "subjects", all, page, desk.cursors,
                 [&](const Listed& each) { return subject_json(*each.subject, view); });
        return list;
    };
    return route_of(
        desk, SealedQuestion{{.path = "/subjects",
                              .operation = "list_subjects",
                              .summary = {"列出对象", "Subjects, by kind and id"},
                              .permission = who,
                              .parameters = with_record_clocks(
                                  {about_parameter(),
                                   {.name = "kind", .meaning = {"对象种类", "Only this kind."}},
                                   limit_parameter(),
                                   cursor_parameter()}),
                              .schema = "Subjects",
                              .problems = {"bad_cursor"}},
                             std::move(answer)});
}

const registry::Subject& subject_of(const Call& call, const pdca::World& world) {
    const Reference id{call.path.at("kind"), call.path.at("id")};
    const registry::Subject* subject = world.subject(id);
    const http::Problem unknown = http::problem(
        "not_found",
        {"没有对象 `" + written(id) + "`。", "There is no subject `" + written(id) + "`."});
    if (subject == nullptr) throw unknown;
    if (!caller_of(call).reaches(world, id)) throw Hidden{unknown};
    return *subject;
}

Route read_subject(const Desk& desk) {
    auto answer = [&desk](const Call& call, SealedView& view) {
        const Asked asked = desk.reading.asked_record(call);
        const registry::Subject& subject = subject_of(call, *asked.world);
        json::object object = subject_json(subject, view);
        object["cut"] = asked.cut;
        json::array duties;
        for (const auto& [stream, duty] : asked.world->duties)
            if (duty.subject == subject.id) duties.emplace_back(stream.str());
        object["duties"] = std::move(duties);
        return object;
    };
    return route_of(
        desk, SealedQuestion{{.path = "/subjects/{kind}/{id}",
                              .operation = "read_subject",
                              .summary = {"一个对象及其义务", "A subject, and the duties about it"},
                              .permission = who,
                              .parameters = record_clock_parameters(),
                              .schema = "Subject",
                              .problems = {"not_found"}},
                             std::move(answer)});
}

/// One statement about a subject.
struct Fact {
    const registry::FactEntry* entry = nullptr;
    const std::string* type = nullptr;
    Reference of;
    std::string place;
};

std::vector<Fact> facts_within(const Asked& asked, const Call& call, bool all_times) {
    const pdca::World& world = *asked.world;
    const Reference about = subject_parameter(call, world, "of");
    const std::string& type = call.parameter("fact");
    const bool withdrawn_too = call.parameter("withdrawn") == "true";
    std::vector<Fact> found;
    for (const auto& [id, subject] : world.subjects) {
        if (!about.empty() && !world.inside(id, about)) continue;
        if (!caller_of(call).reaches(world, id)) continue;
        for (const auto& [each, entries] : subject.facts)
            for (const registry::FactEntry& entry : entries)
                if ((type.empty() || each == type) && (withdrawn_too || entry.in_use()) &&
                    (all_times || entry.effective.at <= asked.at))
                    found.push_back({&entry, &each, id, fmt::format("{:020}", entry.position)});
    }
    std::ranges::sort(found, {}, &Fact::place);
    return found;
}

json::object fact_json(const Fact& fact, SealedView& view, log::EventStore& store) {
    const registry::FactEntry& entry = *fact.entry;
    json::object object{{"event", entry.position},
                        {"of", written(fact.of)},
                        {"fact", *fact.type},
                        {"true_on", to_string(entry.effective.date)},
                        {"recorded", to_string(entry.recorded)},
                        {"by", entry.actor.str()},
                        {"value", view.value(entry.value, entry.position, store)}};
    if (entry.voided) object["voided"] = true;
    if (entry.replaced_by != 0) object["replaced_by"] = entry.replaced_by;
    return object;
}

Route list_facts(const Desk& desk) {
    auto answer = [&desk](const Call& call, SealedView& view) {
        const Asked asked = desk.reading.asked_record(call);
        const PageAsked page = page_asked(desk.cursors, call.operation, call);
        json::object list{{"cut", asked.cut}};
        put_page(list, "facts", facts_within(asked, call, asked.is_now), page, desk.cursors,
                 [&](const Fact& fact) { return fact_json(fact, view, desk.reading.store()); });
        return list;
    };
    return route_of(
        desk, SealedQuestion{
                  {.path = "/facts",
                   .operation = "list_facts",
                   .summary = {"列出事实，按记录先后", "Facts, in the order they were recorded"},
                   .permission = who,
                   .parameters = with_record_clocks(
                       {about_parameter(),
                        {.name = "fact", .meaning = {"事实类型", "Only facts of this type."}},
                        {.name = "withdrawn",
                         .meaning = {"也列出已作废与已更正者", "Also those voided or corrected."},
                         .type = http::ParameterType::truth},
                        limit_parameter(),
                        cursor_parameter()}),
                   .schema = "Facts",
                   .problems = {"bad_cursor"}},
                  std::move(answer)});
}

/// Every role that was ever stated, and who holds it at the moment of the question.
json::array roles_json(const Asked& asked, const Call& call) {
    const pdca::World& world = *asked.world;
    const Reference about = subject_parameter(call, world, "of");
    json::array list;
    if (world.rules == nullptr) return list;
    for (const auto& [id, subject] : world.subjects) {
        if (!about.empty() && !world.inside(id, about)) continue;
        if (!caller_of(call).reaches(world, id)) continue;
        for (const std::string& role : roles_stated_at(subject)) {
            const auto declared = world.rules->library().roles.find(role);
            const ActorId holder = pdca::holder(world, *world.rules, role, id, asked.at);
            json::object object{{"role", role}, {"of", written(id)}, {"vacant", holder.empty()}};
            if (declared != world.rules->library().roles.end())
                object["title"] = declared->second.title.in(call.language);
            if (!holder.empty()) object["person"] = holder.str();
            list.push_back(std::move(object));
        }
    }
    return list;
}

Route list_roles(const Desk& desk) {
    auto answer = [&desk](const Call& call) -> json::object {
        const Asked asked = desk.reading.asked_record(call);
        return {{"cut", asked.cut}, {"roles", roles_json(asked, call)}};
    };
    return route_of(desk,
                    Question{.path = "/roles",
                             .operation = "list_roles",
                             .summary = {"谁担任何角色", "Who holds which role, and for what"},
                             .permission = who,
                             .parameters = with_record_clocks({about_parameter()}),
                             .schema = "Roles",
                             .answer = std::move(answer)});
}

}  // namespace

http::RouteTable subject_routes(const Desk& desk) {
    return {list_subjects(desk), read_subject(desk), list_facts(desk), list_roles(desk)};
}

}  // namespace dutylog::server
