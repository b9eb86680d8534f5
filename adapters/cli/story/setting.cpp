#include "adapters/cli/story/setting.hpp"

#include <map>

namespace dutylog::cli {

namespace {

class Setting {
public:
    Setting(Console& console, const Narrator& narrator, const scenario::Scenario& scenario)
        : console_{console}, narrator_{narrator}, scenario_{scenario} {
        for (const auto& [id, subject] : narrator.world().subjects)
            children_[subject.parent].push_back(&subject);
        for (const scenario::RoleLine& role : scenario.roles) roles_[role.person].push_back(&role);
    }

    void tell() {
        console_.line(
            console_.paint(Tone::strong, narrator_.say("Who and what it is about", "人物与对象")));
        for (const registry::Subject* top : children_[Reference{}]) branch(*top, 1);
        console_.line();
        if (scenario_.assumptions.empty()) return;
        console_.line(console_.paint(Tone::strong, narrator_.say("What is assumed", "推定")));
        for (const scenario::AssumeLine& line : scenario_.assumptions) assumption(line);
        console_.line();
    }

private:
    void branch(const registry::Subject& subject, std::size_t depth) {
        const std::string indent(depth * 2, ' ');
        std::string text =
            kind_of(subject.id.kind) + " " + console_.paint(Tone::accent, subject.id.id);
        if (const auto* name = subject.name.as<std::string>(); name != nullptr && !name->empty())
            text += " " + *name;
        if (const auto held = roles_.find(subject.id.id); held != roles_.end()) {
            std::string list;
            for (const scenario::RoleLine* role : held->second)
                list += (list.empty() ? "" : narrator_.say("; ", "；")) + role_of(*role);
            text += narrator_.say(" – ", "——") + list;
        }
        console_.print(indent);
        console_.paragraph(text, depth * 2 + 2);
        for (const registry::Subject* child : children_[subject.id]) branch(*child, depth + 1);
    }

    std::string kind_of(const std::string& id) const {
        const auto& kinds = narrator_.world().rules->library().kinds;
        const auto found = kinds.find(id);
        const bool titled = found != kinds.end() && !found->second.title.empty();
        return titled ? found->second.title.in(narrator_.language()) : id;
    }

    std::string role_of(const scenario::RoleLine& role) const {
        if (role.role == "head")
            return narrator_.say("head of {}", "{} 的上级", narrator_.person(role.subject));
        return narrator_.say("{0} of {1}", "{1} 的{0}", narrator_.role(role.role), role.subject);
    }

    void assumption(const scenario::AssumeLine& line) {
        const std::string which =
            line.duty == "*"
                ? narrator_.say("every duty that no other line names", "其他各行未提及的全部义务")
                : narrator_.duty(line.duty);
        std::string text;
        if (line.until == "none")
            text = narrator_.say("{}: nothing", "{}：不作推定", which);
        else if (line.until.empty())
            text = narrator_.say("{}: met", "{}：视为已履行", which);
        else
            text = narrator_.say("{0}: met up to {1}", "{0}：至 {1} 视为已履行", which, line.until);
        if (!line.because.empty())
            text += console_.paint(Tone::faint, narrator_.say(" – {}", "——{}", line.because));
        console_.print("  ");
        console_.paragraph(text, 4);
    }

    Console& console_;
    const Narrator& narrator_;
    const scenario::Scenario& scenario_;
    std::map<Reference, std::vector<const registry::Subject*>> children_;
    std::map<std::string, std::vector<const scenario::RoleLine*>> roles_;
};

}  // namespace

void tell_setting(Console& console, const Narrator& narrator, const scenario::Scenario& scenario) {
    Setting{console, narrator, scenario}.tell();
}

}  // namespace dutylog::cli
