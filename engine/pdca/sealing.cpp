#include "engine/pdca/sealing.hpp"

#include <algorithm>
#include <type_traits>

namespace dutylog::pdca {

namespace {

/// One personal field of a command.
struct Personal {
    Value* value;
    Reference subject;
    log::SealPlace place;
};

/// `duty/DEFINITION/KIND/ID`
Reference subject_of_duty(const StreamId& duty) {
    const std::string& name = duty.str();
    const std::size_t definition = name.find('/');
    if (definition == std::string::npos) return {};
    const std::size_t kind = name.find('/', definition + 1);
    if (kind == std::string::npos) return {};
    return subject_of_key(std::string_view{name}.substr(kind + 1));
}

const definition::FieldSpec* spec_of(const std::vector<definition::FieldSpec>& specs,
                                     const std::string& name) {
    const auto found =
        std::find_if(specs.begin(), specs.end(), [&](const auto& spec) { return spec.id == name; });
    return found == specs.end() ? nullptr : &*found;
}

/// Finds the personal fields of one command.
class Finding {
public:
    explicit Finding(const World& world) : world_{world} {}

    std::vector<Personal> in(Command& command) {
        std::visit([&](auto& order) { look(order); }, command);
        return std::move(found_);
    }

private:
    void look(AddSubject& order) {
        if (is_person(order.subject)) add(order.label, order.subject, name_place(order.subject));
    }
    void look(RecordFact& order) { look_at_fact(order.subject, order.fact, order.value); }
    void look(RequestAct& order) { look_at_fact(order.subject, order.act, order.value); }
    void look(OverrideGate& order) { look_at_fact(order.subject, order.act, order.value); }
    void look(CompleteStep& order) {
        const std::vector<definition::FieldSpec> specs = form_of(order);
        const Reference subject = subject_of_duty(order.duty);
        look_at_fields(order.form, subject, specs, [&](const std::string& field) {
            return form_place(order.duty, order.step, field);
        });
    }
    /// What people write freely of a person is that person's.
    void look(AddComment& order) {
        const Reference subject = subject_of_duty(order.duty);
        if (is_person(subject)) add(order.text, subject, comment_place(order.duty));
    }
    template <class Order>
    void look(Order&) {}

    void look_at_fact(const Reference& subject, const std::string& fact, Value& value) {
        static const std::vector<definition::FieldSpec> none;
        const definition::FactType* type =
            world_.rules == nullptr ? nullptr : world_.rules->fact(fact);
        look_at_fields(value, subject, type == nullptr ? none : type->fields,
                       [&](const std::string& field) { return fact_place(subject, fact, field); });
    }

    template <class Place>
    void look_at_fields(Value& value, const Reference& subject,
                        const std::vector<definition::FieldSpec>& specs, Place place) {
        auto* record = value.as<Record>();
        if (record == nullptr) return;
        for (Field& field : record->fields()) {
            const definition::FieldSpec* spec = spec_of(specs, field.name);
            const bool personal =
                spec == nullptr ? is_person(subject) : !spec->confidential.empty();
            if (personal) add(field.value, subject, place(field.name));
        }
    }

    std::vector<definition::FieldSpec> form_of(const CompleteStep& order) const {
        std::vector<definition::FieldSpec> specs;
        const Duty* duty = world_.duty(order.duty);
        if (duty == nullptr) return specs;
        for (const Cycle& cycle : duty->cycles) add_form(specs, *duty, cycle.version, order.step);
        add_form(specs, *duty, duty->version, order.step);
        return specs;
    }

    void add_form(std::vector<definition::FieldSpec>& specs, const Duty& duty,
                  const Digest& version, const std::string& id) const {
        const definition::Definition* definition = world_.pinned(duty.definition, version);
        const definition::Step* step = definition == nullptr ? nullptr : definition->step(id);
        if (step == nullptr) return;
        for (const auto& field : step->form) {
            const auto same = std::find_if(specs.begin(), specs.end(), [&](const auto& known) {
                return known.id == field.spec.id;
            });
            if (same == specs.end())
                specs.push_back(field.spec);
            else if (same->confidential.empty())
                same->confidential = field.spec.confidential;
        }
    }

    /// A kind that nobody declared may be one of people.
    bool is_person(const Reference& subject) const {
        if (world_.rules == nullptr) return true;
        const auto& kinds = world_.rules->library().kinds;
        const auto kind = kinds.find(subject.kind);
        return kind == kinds.end() || kind->second.person;
    }

    void add(Value& value, const Reference& subject, log::SealPlace place) {
        if (value.is_none() || value.as<Sealed>() != nullptr) return;
        found_.push_back({&value, subject, std::move(place)});
    }

    const World& world_;
    std::vector<Personal> found_;
};

bool withheld(const Value& value) {
    const auto* sealed = value.as<Sealed>();
    return sealed != nullptr && sealed->ciphertext.empty();
}

}  // namespace

std::string key_of(const Reference& subject) { return subject.kind + "/" + subject.id; }

Reference subject_of_key(std::string_view key) {
    const std::size_t slash = key.find('/');
    if (slash == std::string_view::npos) return {};
    return {std::string{key.substr(0, slash)}, std::string{key.substr(slash + 1)}};
}

log::SealPlace name_place(const Reference& subject) { return {subject_stream(subject), "name"}; }

log::SealPlace fact_place(const Reference& subject, std::string_view fact, std::string_view field) {
    return {subject_stream(subject), std::string{fact} + "." + std::string{field}};
}

log::SealPlace comment_place(const StreamId& duty) { return {duty, "comment"}; }

log::SealPlace form_place(const StreamId& duty, std::string_view step, std::string_view field) {
    return {duty, std::string{step} + "." + std::string{field}};
}

Reference subject_of(const Command& command) {
    return std::visit(
        [](const auto& order) -> Reference {
            if constexpr (requires { order.duty; })
                return subject_of_duty(order.duty);
            else if constexpr (requires { order.subject; })
                return order.subject;
            else
                return {};
        },
        command);
}

std::optional<Reference> to_be_sealed(const Command& command, const World& world) {
    Command copy = command;
    const std::vector<Personal> found = Finding{world}.in(copy);
    if (found.empty()) return std::nullopt;
    const Reference subject = found.front().subject;
    if (world.subject(subject) != nullptr || std::holds_alternative<AddSubject>(command))
        return subject;
    return std::nullopt;
}

Command sealed(Command command, const World& world, const log::KeyRing& keys,
               const log::Nonce& drawn) {
    for (const Personal& personal : Finding{world}.in(command)) {
        const std::string key = key_of(personal.subject);
        const auto secret = keys.find(key);
        if (!secret) {
            *personal.value = Sealed{key, {}, {}};
            continue;
        }
        const log::Nonce nonce = log::nonce_for(*secret, drawn, personal.place, *personal.value);
        *personal.value = log::seal(keys, key, nonce, personal.place, *personal.value);
    }
    return command;
}

Result<void> check_sealed(const World& world, const Value& value) {
    const Value* found = withheld(value) ? &value : nullptr;
    if (const auto* record = value.as<Record>())
        for (const Field& field : record->fields())
            if (withheld(field.value)) found = &field.value;
    if (found == nullptr) return {};
    const std::string& key = found->as<Sealed>()->key;
    const registry::Subject* subject = world.subject(subject_of_key(key));
    if (subject != nullptr && subject->erased != 0)
        return reject("erased", "the key of " + key +
                                    " was erased: nothing personal can be recorded there any more");
    return reject("no_key", "the key of " + key + " is not among the keys of this log");
}

Event opened(Event event, const StreamId& stream, const log::KeyRing& keys) {
    const auto open = [&](Value& value, const log::SealPlace& place) {
        const auto* sealed = value.as<Sealed>();
        if (sealed == nullptr) return;
        if (auto plain = log::try_unseal(keys, *sealed, place)) value = std::move(*plain);
    };
    const auto open_fields = [&](Value& value, const auto& place) {
        if (auto* record = value.as<Record>())
            for (Field& field : record->fields()) open(field.value, place(field.name));
    };
    std::visit(
        [&](auto& each) {
            using Each = std::decay_t<decltype(each)>;
            if constexpr (std::is_same_v<Each, SubjectAdded>)
                open(each.name, name_place(each.subject));
            else if constexpr (std::is_same_v<Each, CommentAdded>)
                open(each.text, comment_place(stream));
            else if constexpr (std::is_same_v<Each, FactRecorded>)
                open_fields(each.value, [&](const std::string& field) {
                    return fact_place(each.subject, each.fact, field);
                });
            else if constexpr (std::is_same_v<Each, StepCompleted>)
                open_fields(each.form, [&](const std::string& field) {
                    return form_place(stream, each.step, field);
                });
            else if constexpr (requires { each.act, each.value; })
                open_fields(each.value, [&](const std::string& field) {
                    return fact_place(each.subject, each.act, field);
                });
        },
        event);
    return event;
}

}  // namespace dutylog::pdca
