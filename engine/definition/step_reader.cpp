#include "engine/definition/step_reader.hpp"

#include "engine/definition/read_clock.hpp"

namespace dutylog::definition {

namespace {

class StepReader {
public:
    StepReader(Reading& reading, const Node& node, Step& step)
        : reading_{reading},
          fields_{reading, node, step_table},
          step_{step},
          path_{"steps/" + step.id} {}

    void read() {
        step_.title = fields_.localized("title");
        step_.owner = fields_.name("owner", path_);
        if (const Node* due = fields_.get("due"))
            step_.due = read_clock(reading_, *due, path_ + "/due");
        step_.after = fields_.names("after", path_);
        step_.done_by = match("done_by");
        if (auto waited = match("wait_for")) step_.done_by = std::move(waited);
        step_.breached_by = match("breached_by");
        step_.verified_by = fields_.name("verified_by", path_);
        step_.not_by = fields_.names("not_by", path_);
        step_.self_check_reason = fields_.text("self_check");
        if (fields_.get("self_check") != nullptr)
            reading_.mark(path_ + "/self_check", *fields_.get("self_check"));
        step_.run = fields_.name("run", path_);
        read_form();
        read_outcomes();
        read_findings();
        read_evidence();
        read_upon();
        read_measure();
        read_approve();
        if (const Node* gate = fields_.get("gate")) {
            reading_.mark(path_ + "/gate", *gate);
            step_.gates.push_back(read_gate(reading_, *gate, step_.id, path_ + "/gate"));
        }
    }

private:
    std::optional<FactMatch> match(std::string_view key) {
        const Node* node = fields_.get(key);
        if (node == nullptr) return std::nullopt;
        return read_match(reading_, *node,
                          path_ + "/" + (key == "wait_for" ? "done_by" : std::string{key}));
    }

    void read_form() {
        const Node* node = fields_.get("form");
        if (node == nullptr) return;
        for (const Entry& entry : node->entries) {
            const std::string place = path_ + "/form/" + entry.key.text;
            FormField field;
            field.spec = read_field(reading_, entry, place, form_field_table);
            if (entry.value.is_mapping()) {
                // Its keys were held against the table when the field was read.
                const auto expression = [&](std::string_view key) -> rule::ExpressionPtr {
                    const Node* value = entry.value.find(key);
                    if (value == nullptr || !value->is_scalar()) return nullptr;
                    return read_expression(reading_, *value, place + "/" + std::string{key});
                };
                field.must = expression("must");
                field.should = expression("should");
                if (const Node* say = entry.value.find("say"))
                    field.say = read_localized(reading_, *say);
            }
            step_.form.push_back(std::move(field));
        }
    }

    void read_outcomes() {
        const Node* node = fields_.get("outcomes");
        if (node == nullptr) return;
        for (const Entry& entry : node->entries) {
            const std::string place = path_ + "/outcomes/" + entry.key.text;
            reading_.mark(place, entry.key);
            const Fields fields{reading_, entry.value, outcome_table};
            Outcome outcome{.id = read_id(reading_, entry.key),
                            .go = fields.name("go", place),
                            .at_most = 0,
                            .then = fields.name("then", place),
                            .needs = fields.names("needs", place)};
            if (const Node* most = fields.get("at_most")) {
                reading_.mark(place + "/at_most", *most);
                outcome.at_most = static_cast<int>(read_integer(reading_, *most).value_or(0));
            }
            step_.outcomes.push_back(std::move(outcome));
        }
    }

    void read_findings() {
        const Node* node = fields_.get("findings");
        if (node == nullptr) return;
        for (const Entry& entry : node->entries) {
            const std::string place = path_ + "/findings/" + entry.key.text;
            reading_.mark(place, entry.key);
            const Fields fields{reading_, entry.value, finding_table};
            step_.findings.push_back({.id = read_id(reading_, entry.key),
                                      .when = fields.expression("when", place),
                                      .severity = fields.word("severity"),
                                      .basis = fields.name("basis", place),
                                      .title = fields.localized("title")});
        }
    }

    void read_evidence() {
        const Node* node = fields_.get("evidence");
        if (node == nullptr) return;
        const std::string place = path_ + "/evidence";
        reading_.mark(place, *node);
        if (!node->is_mapping()) {
            step_.evidence = read_words(reading_, *node, place);
            return;
        }
        for (const Entry& entry : node->entries) {
            const std::string name = read_id(reading_, entry.key);
            reading_.mark(place + "/" + std::to_string(step_.evidence.size()), entry.key);
            step_.evidence.push_back(name);
            const Fields fields{reading_, entry.value, evidence_table};
            const auto signers = fields.names("signed_by", place + "/" + name);
            if (!signers.empty()) step_.signed_by[name] = signers;
        }
    }

    /// `finding NAME, outcome NAME`, in one text or as a list.
    void read_upon() {
        const Node* node = fields_.get("upon");
        if (node == nullptr) return;
        reading_.mark(path_ + "/upon", *node);
        if (node->is_scalar()) return read_occasions(*node);
        if (!want_list(reading_, *node)) return;
        for (const Node& item : node->items)
            if (want_scalar(reading_, item, "@a-name")) read_occasions(item);
    }

    void read_occasions(const Node& node) {
        const std::string_view text = node.text;
        for (std::size_t at = 0; at < text.size();) {
            at = text.find_first_not_of(" ,\n", at);
            if (at == std::string_view::npos) break;
            const std::size_t end = std::min(text.find(',', at), text.size());
            read_occasion(text.substr(at, end - at), node.located().part(at, end - at));
            at = end;
        }
    }

    void read_occasion(std::string_view words, const Located& at) {
        constexpr std::string_view finding = "finding ";
        constexpr std::string_view outcome = "outcome ";
        const auto take = [&](std::string_view kind, std::vector<std::string>& names) {
            if (!words.starts_with(kind)) return false;
            std::string_view name = words.substr(kind.size());
            while (name.ends_with(' ')) name.remove_suffix(1);
            const std::string list = kind == finding ? "/upon_findings/" : "/upon_outcomes/";
            reading_.places.set(path_ + list + std::to_string(names.size()),
                                at.part(kind.size(), name.size()));
            names.emplace_back(name);
            return true;
        };
        if (take(finding, step_.upon_findings) || take(outcome, step_.upon_outcomes)) return;
        reading_.out.add("DL0149", reading_.span(at), {{"name", std::string{words}}});
    }

    void read_measure() {
        const Node* node = fields_.get("measure");
        if (node == nullptr) return;
        reading_.mark(path_ + "/measure", *node);
        if (node->is_mapping()) {
            step_.measure = true;
            step_.measure_title = read_localized(reading_, *node);
        } else {
            step_.measure = read_truth(reading_, *node);
        }
    }

    /// `all of [WS, OHM]`, or a list.
    void read_approve() {
        const Node* node = fields_.get("approve");
        if (node == nullptr) return;
        const std::string place = path_ + "/approve";
        reading_.mark(place, *node);
        if (!node->is_scalar()) {
            step_.approve = read_words(reading_, *node, place);
            return;
        }
        constexpr std::string_view all_of = "all of [";
        const std::string_view text = node->text;
        const bool list = text.starts_with(all_of) && text.ends_with(']');
        std::size_t at = list ? all_of.size() : 0;
        const std::size_t end = list ? text.size() - 1 : text.size();
        while (at < end) {
            const std::size_t comma = std::min(text.find(',', at), end);
            std::size_t from = at;
            std::size_t to = comma;
            while (from < to && text[from] == ' ') ++from;
            while (to > from && text[to - 1] == ' ') --to;
            reading_.places.set(place + "/" + std::to_string(step_.approve.size()),
                                node->located().part(from, to - from));
            step_.approve.emplace_back(text.substr(from, to - from));
            at = comma + 1;
        }
    }

    Reading& reading_;
    Fields fields_;
    Step& step_;
    std::string path_;
};

}  // namespace

Step read_step(Reading& reading, const Node& node, const std::string& id) {
    Step step;
    step.id = id;
    StepReader{reading, node, step}.read();
    return step;
}

Gate read_gate(Reading& reading, const Node& node, const std::string& id, const std::string& path) {
    const Fields fields{reading, node, gate_table};
    Gate gate{.id = id,
              .act = fields.name("refuse", path),
              .closed_while = fields.expression("closed_while", path),
              .flag_when = fields.expression("flag_when", path),
              .tell = fields.names("tell", path),
              .say = fields.localized("say"),
              .flag_say = fields.localized("flag_say"),
              .basis = fields.name("basis", path)};
    return gate;
}

}  // namespace dutylog::definition
