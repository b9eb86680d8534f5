#include "engine/rule/reads.hpp"

#include <algorithm>
#include <vector>

#include "engine/rule/method.hpp"

namespace dutylog::rule {

namespace {

class Reader {
public:
    void visit(const Expression& expression) {
        switch (expression.op) {
            case Op::name:
                read_name(expression.name);
                break;
            case Op::field:
                read_field(expression);
                break;
            case Op::call:
                read_call(expression);
                break;
            case Op::method:
                return read_method(expression);
            default:
                break;
        }
        for (const Expression& child : expression.children) visit(child);
    }

    Reads found;

private:
    void read_name(const std::string& name) {
        const bool local = std::ranges::find(locals_, name) != locals_.end();
        if (!local) found.variables.insert(name);
    }

    void read_field(const Expression& field) {
        const Type& owner = field.children[0].type;
        auto& fields = owner.kind == Kind::reference ? found.subjects : found.records;
        fields.insert({owner.name, field.name});
    }

    void read_call(const Expression& call) {
        const auto builtin = find_builtin(call.name);
        if (!builtin) found.functions.insert(call.name);
        if (builtin != Builtin::table || call.children.empty()) return;
        const auto* id = call.children[0].literal.as<std::string>();
        if (id != nullptr) found.tables.insert(*id);
    }

    void read_method(const Expression& method) {
        visit(method.children[0]);
        if (method.children.size() < 2) return;
        locals_.push_back(method.variable);
        visit(method.children[1]);
        locals_.pop_back();
    }

    std::vector<std::string> locals_;
};

}  // namespace

void Reads::add(const Reads& other) {
    variables.insert(other.variables.begin(), other.variables.end());
    subjects.insert(other.subjects.begin(), other.subjects.end());
    records.insert(other.records.begin(), other.records.end());
    tables.insert(other.tables.begin(), other.tables.end());
    functions.insert(other.functions.begin(), other.functions.end());
}

Reads reads(const Expression& expression) {
    Reader reader;
    reader.visit(expression);
    return std::move(reader.found);
}

}  // namespace dutylog::rule
