#include <algorithm>

#include "engine/rule/arithmetic.hpp"
#include "engine/rule/compare.hpp"
#include "engine/rule/evaluator.hpp"

namespace dutylog::rule {

Held Evaluator::call(const Expression& call) {
    const auto known = find_builtin(call.name);
    return known ? builtin(call, *known) : function(call);
}

/// The body sees its parameters and the environment, not the variables of the caller.
Held Evaluator::function(const Expression& call) {
    const Function* function = environment_.function(call.name);
    if (function == nullptr || function->body == nullptr ||
        function->parameters.size() != call.children.size())
        return {};
    std::vector<Held> arguments;
    arguments.reserve(call.children.size());
    for (std::size_t i = 0; i < call.children.size(); ++i) {
        arguments.push_back(visit(call.children[i]));
        const bool may_be_none = i < function->types.size() && function->types[i].optional;
        if (arguments.back().is_none() && !may_be_none) return {};
    }
    const std::size_t callers = visible_from_;
    const std::size_t start = locals_.size();
    for (std::size_t i = 0; i < arguments.size(); ++i)
        locals_.push_back({function->parameters[i], &arguments[i].get()});
    visible_from_ = start;
    Value result = take(visit(*function->body));
    visible_from_ = callers;
    locals_.resize(start);
    return result;
}

Held Evaluator::builtin(const Expression& call, Builtin builtin) {
    switch (builtin) {
        case Builtin::table:
            return table(call);
        case Builtin::earlier:
            return pick_date(call, true);
        case Builtin::later:
            return pick_date(call, false);
        case Builtin::days:
            return days(call);
        case Builtin::date:
            return date(call);
    }
    return {};
}

Held Evaluator::table(const Expression& call) {
    if (call.children.size() < 2) return {};
    const Held id = plain(visit(call.children.front()));
    List keys;
    for (std::size_t i = 1; i + 1 < call.children.size(); ++i)
        keys.push_back(take(plain(visit(call.children[i]))));
    const Held on = plain(visit(call.children.back()));
    const auto* name = id.as<std::string>();
    const auto* day = on.as<CivilDate>();
    if (name == nullptr || day == nullptr) return {};
    return environment_.table_row(*name, keys, *day);
}

Held Evaluator::pick_date(const Expression& call, bool earlier) {
    if (call.children.size() != 2) return {};
    Held a = plain(visit(call.children[0]));
    Held b = plain(visit(call.children[1]));
    if (a.is_none()) return b;
    if (b.is_none()) return a;
    const auto ordering = order(a.get(), b.get());
    if (!ordering) return {};
    return (earlier ? *ordering <= 0 : *ordering >= 0) ? std::move(a) : std::move(b);
}

Held Evaluator::days(const Expression& call) {
    if (call.children.size() != 2) return {};
    const Held from = plain(visit(call.children[0]));
    const Held to = plain(visit(call.children[1]));
    const auto* first = from.as<CivilDate>();
    const auto* last = to.as<CivilDate>();
    if (first == nullptr || last == nullptr) return {};
    return Value{std::int64_t{last->days} - first->days};
}

Held Evaluator::date(const Expression& call) {
    if (call.children.size() != 1) return {};
    Held moment = plain(visit(call.children[0]));
    if (const auto* at = moment.as<Instant>()) return environment_.date_of(*at);
    return moment.as<CivilDate>() != nullptr ? std::move(moment) : Held{};
}

Held Evaluator::method(const Expression& method) {
    Held held = plain(visit(method.children[0]));
    const auto* list = held.as<List>();
    const MethodName* known = find_method(method.name);
    if (list == nullptr || known == nullptr) return {};
    const bool asked = method.children.size() > 1;
    if (!asked && known->arguments == Arguments::name_and_value) return {};
    switch (known->method) {
        case Method::any:
            return Value{!every(method, *list, false)};
        case Method::all:
            return Value{every(method, *list, true)};
        case Method::filter:
            return filter(method, std::move(held));
        case Method::count:
            return Value{static_cast<std::int64_t>(asked ? count(method, *list) : list->size())};
        case Method::map:
            return map(method, *list);
        case Method::first:
            return end_of(std::move(held), true);
        case Method::last:
            return end_of(std::move(held), false);
        case Method::sum:
            return sum(method, *list);
        case Method::earliest:
        case Method::shortest:
        case Method::min:
            return pick(method, *list, true);
        case Method::latest:
        case Method::longest:
        case Method::max:
            return pick(method, *list, false);
    }
    return {};
}

Held Evaluator::visit_for(const Expression& method, const Value& element) {
    locals_.push_back({method.variable, &element});
    Held result = visit(method.children[1]);
    locals_.pop_back();
    return result;
}

bool Evaluator::holds_for(const Expression& method, const Value& element) {
    locals_.push_back({method.variable, &element});
    const bool result = holds(method.children[1]);
    locals_.pop_back();
    return result;
}

bool Evaluator::every(const Expression& method, const List& list, bool wanted) {
    for (const Value& element : list)
        if (exhausted_ || holds_for(method, element) != wanted) return false;
    return true;
}

std::size_t Evaluator::count(const Expression& method, const List& list) {
    std::size_t found = 0;
    for (const Value& element : list) {
        if (exhausted_) break;
        if (holds_for(method, element)) ++found;
    }
    return found;
}

Held Evaluator::filter(const Expression& method, Held list) {
    if (!list.is_borrowed()) {
        std::erase_if(*list.own().as<List>(), [&](const Value& element) {
            return exhausted_ || !holds_for(method, element);
        });
        return list;
    }
    List kept;
    for (const Value& element : *list.as<List>()) {
        if (exhausted_) return {};
        if (holds_for(method, element)) kept.push_back(take(Held::borrowed(element)));
    }
    return Value{std::move(kept)};
}

Held Evaluator::end_of(Held list, bool first) {
    if (list.as<List>()->empty()) return {};
    if (list.is_borrowed()) {
        const List& elements = *list.as<List>();
        return Held::borrowed(first ? elements.front() : elements.back());
    }
    List& elements = *list.own().as<List>();
    return std::move(first ? elements.front() : elements.back());
}

Value Evaluator::map(const Expression& method, const List& list) {
    List values;
    values.reserve(list.size());
    for (const Value& element : list) {
        if (exhausted_) return {};
        values.push_back(take(visit_for(method, element)));
    }
    return values;
}

/// None where one of the values is; 0 of nothing, in the unit the checker found.
Value Evaluator::sum(const Expression& method, const List& list) {
    if (list.empty()) {
        const Type& type = method.type;
        if (type.kind != Kind::quantity) return std::int64_t{0};
        return type.unit.empty() ? Value{} : Value{Quantity{Decimal{}, type.unit}};
    }
    Value total;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Held value = plain(visit_for(method, list[i]));
        if (value.is_none()) return {};
        total = i == 0 ? value.get() : calculate(Op::add, total, value.get());
    }
    return total;
}

/// The smallest or largest value, the first of equals; none is left out. None where two have no
/// order.
Value Evaluator::pick(const Expression& method, const List& list, bool smallest) {
    Value best;
    for (const Value& element : list) {
        Held value = plain(visit_for(method, element));
        if (value.is_none()) continue;
        if (!best.is_none()) {
            const auto ordering = order(value.get(), best);
            if (!ordering || *ordering == std::partial_ordering::unordered) return {};
            if (smallest ? *ordering >= 0 : *ordering <= 0) continue;
        }
        best = take(std::move(value));
    }
    return best;
}

}  // namespace dutylog::rule
