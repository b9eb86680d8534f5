#include "adapters/cli/narrator.hpp"

#include <algorithm>

#include "engine/pdca/gates.hpp"
#include "engine/pdca/sealing.hpp"

namespace dutylog::cli {

namespace {

bool is_ascii(const std::string& text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// `benzene, toluene` rather than `[benzene, toluene]`; names and ids of subjects without kind.
std::string plain(const Value& value, Language language) {
    if (value.as<Sealed>() != nullptr) return language == Language::en ? "(sealed)" : "（已封存）";
    if (const auto* reference = value.as<Reference>()) return reference->id;
    const auto* list = value.as<List>();
    if (list == nullptr) return to_string(value);
    std::string text;
    for (const Value& item : *list) text += (text.empty() ? "" : ", ") + plain(item, language);
    return text;
}

}  // namespace

std::string Narrator::subject(const Reference& id) const {
    const registry::Subject* known = world_.subject(id);
    if (known == nullptr) return id.id;
    std::optional<Value> opened;
    if (const auto* sealed = known->name.as<Sealed>(); sealed != nullptr && keys() != nullptr)
        opened = log::try_unseal(*keys(), *sealed, pdca::name_place(id));
    const auto* name = (opened ? *opened : known->name).as<std::string>();
    if (name == nullptr || name->empty()) return id.id;
    return language_ == Language::en && !is_ascii(*name) ? id.id : *name;
}

std::string Narrator::person(const std::string& id) const {
    if (id == "records") return say("the records", "系统录入");
    if (id == "engine") return say("the engine", "引擎");
    if (id == "sender") return say("the sender", "通知程序");
    if (world_.rules != nullptr)
        for (const auto& [kind, declared] : world_.rules->library().kinds)
            if (declared.person && world_.subject({kind, id}) != nullptr)
                return subject({kind, id});
    return id;
}

std::string Narrator::role(const std::string& id) const {
    if (world_.rules != nullptr) {
        const auto& roles = world_.rules->library().roles;
        if (const auto found = roles.find(id); found != roles.end() && !found->second.title.empty())
            return found->second.title.in(language_);
    }
    if (id == "owner") return say("owner", "责任人");
    if (id == "head") return say("head", "上级");
    if (id == "accountable") return say("accountable", "负责人");
    return id;
}

std::string Narrator::duty(const std::string& definition) const {
    const auto* known = world_.rules == nullptr ? nullptr : world_.rules->definition(definition);
    if (known == nullptr || known->title.empty()) return definition;
    return known->title.in(language_);
}

std::string Narrator::duty(const StreamId& stream) const {
    const pdca::Duty* known = world_.duty(stream);
    if (known == nullptr) return stream.str();
    return say("{0}, {1}", "{0}（{1}）", duty(known->definition), subject(known->subject));
}

const definition::Definition* Narrator::definition_of(const StreamId& stream) const {
    const pdca::Duty* known = world_.duty(stream);
    if (known == nullptr || world_.rules == nullptr) return nullptr;
    return world_.rules->definition(known->definition);
}

std::string Narrator::step(const StreamId& stream, const std::string& id) const {
    const auto* definition = definition_of(stream);
    const auto* known = definition == nullptr ? nullptr : definition->step(id);
    if (known == nullptr || known->title.empty()) return id;
    return known->title.in(language_);
}

std::string Narrator::fact(const std::string& type) const {
    const auto* known = world_.rules == nullptr ? nullptr : world_.rules->fact(type);
    if (known == nullptr || known->title.empty()) {
        if (type == "holds_role") return say("role held", "任职");
        if (type == "absence") return say("absence", "缺勤");
        return type;
    }
    return known->title.in(language_);
}

std::string Narrator::values(const std::string& fact, const Value& value) const {
    const auto* record = value.as<Record>();
    if (record == nullptr) return value.is_none() ? std::string{} : plain(value, language_);
    const auto* type = world_.rules == nullptr ? nullptr : world_.rules->fact(fact);
    const auto title = [&](const std::string& id) {
        if (type != nullptr)
            for (const auto& field : type->fields)
                if (field.id == id && !field.title.empty()) return field.title.in(language_);
        return id;
    };
    std::string text;
    const auto add = [&](const Field& field) {
        if (field.value.is_none()) return;
        text += (text.empty() ? "" : say(", ", "，")) + title(field.name) + " " +
                plain(field.value, language_);
    };
    // In the order the library declares them, as a reader of the file expects.
    if (type == nullptr) {
        for (const Field& field : record->fields()) add(field);
        return text;
    }
    for (const auto& spec : type->fields)
        if (const Value* found = record->find(spec.id)) add({spec.id, *found});
    return text;
}

std::string Narrator::basis(const std::string& definition, const std::string& obligation) const {
    const auto* known = world_.rules == nullptr ? nullptr : world_.rules->definition(definition);
    if (known != nullptr)
        for (const auto& basis : known->basis)
            if (basis.obligation == obligation && !basis.rule.empty())
                return obligation + " " + basis.rule;
    return obligation;
}

std::string Narrator::gate(const pdca::GateClosed& said) const {
    return pdca::sentence_of(world_.rules.get(), said).in(language_);
}

std::string Narrator::dates(const pdca::Deadline& deadline) const {
    std::string text = to_string(deadline.effective());
    if (deadline.kind == pdca::DeadlineKind::at_once) text = say("at once, {}", "立即（{}）", text);
    if (deadline.kind == pdca::DeadlineKind::window)
        text = say("{0} to {1}", "{0} 至 {1}", to_string(deadline.window_from), text);
    if (deadline.nominal() != deadline.effective())
        text += say(" (counted to {}, a rest day)", "（计至 {}，遇休息日顺延）",
                    to_string(deadline.nominal()));
    if (deadline.late_known)
        text += say(", known too late: enforced from {}", "，得知过晚，自 {} 起执行",
                    to_string(deadline.enforced));
    return text;
}

std::string Narrator::people(const std::vector<pdca::Recipient>& to) const {
    std::string text;
    for (const pdca::Recipient& each : to)
        text += (text.empty() ? "" : say(", ", "、")) +
                say("{0} ({1})", "{0}（{1}）", person(each.person), role(each.role));
    return text.empty() ? say("nobody", "无人") : text;
}

std::string Narrator::day(CivilDate date) const {
    static constexpr const char* en[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                         "Friday", "Saturday", "Sunday"};
    static constexpr const char* zh[] = {"星期一", "星期二", "星期三", "星期四",
                                         "星期五", "星期六", "星期日"};
    const unsigned weekday = date.iso_weekday() - 1;
    std::string text = to_string(date) + " " + (language_ == Language::en ? en : zh)[weekday];
    if (world_.rules == nullptr) return text;
    const bool works = world_.rules->calendar().works(date);
    if (!works && weekday < 5) text += say(", holiday", "，节假日");
    if (works && weekday >= 5) text += say(", working day", "，调休上班");
    return text;
}

CivilDate Narrator::local_day(Instant at) const { return world_.rules->zone().local(at).date; }

std::string Narrator::time_of_day(Instant at) const {
    return calendar::to_string(world_.rules->zone().local(at)).substr(11, 5);
}

pdca::CycleNumber cycle_of(const pdca::Event& event) {
    return std::visit(
        [](const auto& e) -> pdca::CycleNumber {
            if constexpr (requires { e.cycle; })
                return e.cycle;
            else
                return 0;
        },
        event);
}

std::string word_for(const std::string& word, Language language) {
    struct Entry {
        std::string_view word;
        std::string_view en;
        std::string_view zh_cn;
    };
    static constexpr Entry entries[] = {
        {"due", "due", "期限"},
        {"effective", "rolled to", "顺延至"},
        {"enforced", "enforced from", "执行日"},
        {"overdue", "overdue", "逾期"},
        {"act_first", "act came first", "先行后办"},
        {"contradicted", "acted against", "行为相悖"},
        {"rejudged", "judged anew", "重新判定"},
        {"planned", "planned", "已计划"},
        {"sent", "sent", "已发送"},
        {"delivered", "delivered", "已送达"},
        {"read", "read", "已读"},
        {"acknowledged", "acknowledged", "已确认"},
        {"failed", "failed", "送达失败"},
        {"skipped", "skipped", "已略过"},
        {"scheduled", "scheduled", "已排定"},
        {"doing", "doing", "实施中"},
        {"checking", "checking", "检查中"},
        {"acting", "acting", "改进中"},
        {"suspended", "suspended", "已中止"},
        {"closed", "closed", "已关闭"},
        {"ended", "ended", "已终止"},
        {"none", "none", "无"},
        {"refused", "refused", "已拒绝"},
        {"permitted", "permitted", "已准许"},
        {"flagged", "permitted with a flag", "准许并提示"},
        {"overridden", "overridden", "强制放行"},
    };
    for (const Entry& entry : entries)
        if (entry.word == word)
            return std::string{language == Language::en ? entry.en : entry.zh_cn};
    return word;
}

}  // namespace dutylog::cli
