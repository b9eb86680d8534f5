#include <algorithm>

#include "engine/definition/reading.hpp"

namespace dutylog::definition {

namespace {

bool is_scalar_shape(Shape shape) {
    switch (shape) {
        case Shape::text:
        case Shape::id:
        case Shape::truth:
        case Shape::integer:
        case Shape::date:
        case Shape::period:
        case Shape::expression:
        case Shape::clock:
        case Shape::match:
        case Shape::word:
        case Shape::name:
            return true;
        default:
            return false;
    }
}

std::string_view term_of(Shape shape) {
    switch (shape) {
        case Shape::id:
            return "@an-id";
        case Shape::truth:
            return "@a-truth";
        case Shape::integer:
            return "@a-whole-number";
        case Shape::date:
            return "@a-date";
        case Shape::period:
            return "@a-period";
        case Shape::expression:
            return "@an-expression";
        case Shape::clock:
            return "@a-clock";
        case Shape::match:
        case Shape::word:
        case Shape::name:
            return "@a-name";
        default:
            return "@a-text";
    }
}

std::string below(const std::string& path, std::string_view key) {
    return path.empty() ? std::string{key} : path + "/" + std::string{key};
}

}  // namespace

Fields::Fields(Reading& reading, const Node& node, const MappingTable& table)
    : reading_{reading}, node_{node}, table_{table} {
    if (node.kind != Node::Kind::empty && !want_mapping(reading, node)) return;
    for (const Entry& entry : node.entries) check_key(entry);
    for (const FieldEntry& field : table.fields)
        if (field.required && node.find(field.key) == nullptr) {
            // A mapping may be long; its first key is enough to find it.
            SourceSpan where = reading.span(node);
            if (!node.entries.empty()) where = reading.span(node.entries.front().key);
            reading.out.add(
                "DL0102", where,
                {{"name", std::string{field.key}}, {"of", "@" + std::string{table.name}}});
        }
}

void Fields::check_key(const Entry& entry) {
    const FieldEntry* field = table_.find(entry.key.text);
    if (field == nullptr) {
        if (table_.open) return;
        std::vector<std::string> known;
        for (const FieldEntry& one : table_.fields) known.emplace_back(one.key);
        add_unknown(reading_.out, "DL0101", reading_.span(entry.key), entry.key.text, known)
            .with("of", "@" + std::string{table_.name});
        return;
    }
    if (!has_shape(*field, entry.value)) refused_.push_back(field->key);
}

bool Fields::has_shape(const FieldEntry& field, const Node& node) {
    if (field.shape == Shape::several) return true;
    if (node.kind == Node::Kind::empty) return want_scalar(reading_, node, term_of(field.shape));
    if (is_scalar_shape(field.shape)) return want_scalar(reading_, node, term_of(field.shape));
    switch (field.shape) {
        case Shape::localized:
            return true;
        case Shape::names:
        case Shape::texts:
            return node.is_scalar() || want_list(reading_, node);
        case Shape::list_of:
            return want_list(reading_, node);
        default:
            return want_mapping(reading_, node);
    }
}

const Node* Fields::get(std::string_view key) const {
    if (std::ranges::find(refused_, key) != refused_.end()) return nullptr;
    return node_.find(key);
}

std::vector<const Entry*> Fields::others() const {
    std::vector<const Entry*> entries;
    for (const Entry& entry : node_.entries)
        if (table_.find(entry.key.text) == nullptr) entries.push_back(&entry);
    return entries;
}

std::string Fields::text(std::string_view key) const {
    const Node* node = get(key);
    return node == nullptr ? std::string{} : read_text(reading_, *node);
}

std::string Fields::id(std::string_view key) const {
    const Node* node = get(key);
    return node == nullptr ? std::string{} : read_id(reading_, *node);
}

Text Fields::localized(std::string_view key) const {
    const Node* node = get(key);
    return node == nullptr ? Text{} : read_localized(reading_, *node);
}

bool Fields::truth(std::string_view key) const {
    const Node* node = get(key);
    return node != nullptr && read_truth(reading_, *node);
}

std::string Fields::word(std::string_view key) const {
    const Node* node = get(key);
    return node == nullptr ? std::string{} : read_word(reading_, *node, *table_.find(key));
}

std::optional<CivilDate> Fields::date(std::string_view key) const {
    const Node* node = get(key);
    return node == nullptr ? std::nullopt : read_date(reading_, *node);
}

std::string Fields::name(std::string_view key, const std::string& path) const {
    const Node* node = get(key);
    return node == nullptr ? std::string{} : read_name(reading_, *node, below(path, key));
}

std::vector<std::string> Fields::names(std::string_view key, const std::string& path) const {
    const Node* node = get(key);
    return node == nullptr ? std::vector<std::string>{}
                           : read_words(reading_, *node, below(path, key));
}

rule::ExpressionPtr Fields::expression(std::string_view key, const std::string& path) const {
    const Node* node = get(key);
    return node == nullptr ? nullptr : read_expression(reading_, *node, below(path, key));
}

FieldSpec read_field(Reading& reading, const Entry& entry, const std::string& path,
                     const MappingTable& table) {
    FieldSpec field;
    field.id = read_id(reading, entry.key);
    reading.mark(path, entry.key);
    const std::string type_path = path + "/type";
    if (entry.value.is_scalar()) {
        field.type = read_type(reading, entry.value, type_path);
    } else if (want_mapping(reading, entry.value)) {
        const Fields fields{reading, entry.value, table};
        field.type = read_type(reading, entry.value, type_path);
        field.required = fields.truth("required");
        field.confidential = fields.name("confidential", path);
        field.title = fields.localized("title");
    }
    field.type.optional = !field.required;
    return field;
}

void read_format(Reading& reading, const Fields& fields) {
    const Node* node = fields.get("dutylog");
    if (node != nullptr && node->text != "1")
        reading.out.add("DL0026", reading.span(*node), {{"found", node->text}});
}

}  // namespace dutylog::definition
