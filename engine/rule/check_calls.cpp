#include <algorithm>

#include "engine/rule/check_pass.hpp"

namespace dutylog::rule {

namespace {

std::vector<std::string> with_builtins(std::vector<std::string> names) {
    for (const BuiltinName& builtin : builtins) names.emplace_back(builtin.name);
    return names;
}

bool is_moment(const Type& type) { return type.kind == Kind::date || type.kind == Kind::instant; }

bool is_amount(const Type& type) { return is_number(type) || type.kind == Kind::quantity; }

/// What a method that gives one of the values asks them to be, for the message.
Kind kind_asked(Method method) {
    switch (method) {
        case Method::earliest:
        case Method::latest:
            return Kind::date;
        case Method::shortest:
        case Method::longest:
            return Kind::period;
        default:
            return Kind::decimal;
    }
}

bool can_be_reduced(const Type& type, Method method) {
    switch (kind_asked(method)) {
        case Kind::date:
            return is_moment(type);
        case Kind::period:
            return type.kind == Kind::period;
        default:
            return is_amount(type);
    }
}

}  // namespace

/// Visits an argument. What may be none fits: the call then gives none.
/// @returns whether it may be none where that is not asked for
bool CheckPass::argument(Expression& argument, const Type& wanted) {
    visit(argument, &wanted);
    require(argument, or_none(wanted));
    return argument.type.optional && !wanted.optional;
}

Type CheckPass::call(Expression& call) {
    if (const auto known = find_builtin(call.name)) return builtin(call, *known);
    auto signature = scope_.function(call.name);
    if (!signature) {
        for (Expression& child : call.children) visit(child);
        TypeError& error = report(TypeCode::unknown_function, name_at_start(call));
        error.name = call.name;
        suggest(error, call.name, with_builtins(scope_.names(Scope::Names::functions, {})));
        return plain(Kind::any, true);
    }
    if (call.children.size() != signature->parameters.size()) {
        for (Expression& child : call.children) visit(child);
        TypeError& error = report(TypeCode::wrong_arguments, call.span);
        error.name = call.name;
        error.count = signature->parameters.size();
        return signature->result;
    }
    Type result = std::move(signature->result);
    for (std::size_t i = 0; i < call.children.size(); ++i)
        if (argument(call.children[i], signature->parameters[i])) result.optional = true;
    return result;
}

Type CheckPass::builtin(Expression& call, Builtin builtin) {
    if (builtin == Builtin::table) return table(call);
    const std::size_t count = builtin == Builtin::date ? 1 : 2;
    if (call.children.size() != count) {
        for (Expression& child : call.children) visit(child);
        TypeError& error = report(TypeCode::wrong_arguments, call.span);
        error.name = call.name;
        error.count = count;
        return plain(Kind::any, true);
    }
    if (builtin == Builtin::earlier || builtin == Builtin::later) return pick_date(call);
    if (builtin == Builtin::days) {
        const bool from = argument(call.children[0], plain(Kind::date));
        const bool to = argument(call.children[1], plain(Kind::date));
        return plain(Kind::integer, from || to);
    }
    Expression& moment = call.children[0];
    visit(moment);
    if (moment.type.kind != Kind::date) require(moment, plain(Kind::instant, true));
    return plain(Kind::date, moment.type.optional || is_open(moment.type));
}

/// `earlier(a, b)`: one of two dates or two instants; none is left out.
Type CheckPass::pick_date(Expression& call) {
    Expression& a = call.children[0];
    Expression& b = call.children[1];
    visit(a);
    visit(b);
    for (const Expression* side : {&a, &b})
        if (!is_moment(side->type)) require(*side, plain(Kind::date, true));
    if (is_moment(a.type) && is_moment(b.type)) {
        require(b, plain(a.type.kind, true));
        return plain(a.type.kind, a.type.optional && b.type.optional);
    }
    const Type& certain = is_moment(a.type) ? a.type : b.type;
    return is_moment(certain) ? certain : plain(Kind::any, true);
}

Type CheckPass::table(Expression& call) {
    const auto* id = call.children.empty() ? nullptr : call.children[0].literal.as<std::string>();
    const auto keys = id == nullptr ? std::nullopt : scope_.table(*id);
    const bool right_count =
        keys ? call.children.size() == keys->size() + 2 : call.children.size() >= 2;
    for (std::size_t i = 0; i < call.children.size(); ++i) {
        Expression& child = call.children[i];
        const bool key = right_count && keys && i > 0 && i <= keys->size();
        const auto* text = child.literal.as<std::string>();
        if (key && (text == nullptr || *text != "any"))
            argument(child, (*keys)[i - 1]);
        else if (right_count && i > 0 && i + 1 == call.children.size())
            argument(child, plain(Kind::date));
        else
            visit(child);
    }
    if (id != nullptr && !keys) {
        TypeError& error = report(TypeCode::unknown_table, call.children[0].span);
        error.name = *id;
        suggest(error, *id, scope_.names(Scope::Names::tables, {}));
    } else if (!right_count) {
        TypeError& error = report(TypeCode::wrong_arguments, call.span);
        error.name = keys ? *id : call.name;
        error.count = keys ? keys->size() + 2 : 2;
    } else if (id == nullptr) {
        require(call.children[0], plain(Kind::text, true));
    }
    if (!keys) return plain(Kind::any, true);
    Type row = plain(Kind::record, true);
    row.name = "table:" + *id;
    return row;
}

Type CheckPass::method(Expression& method) {
    const Type base = visit(method.children[0]);
    Type element = plain(Kind::any, true);
    if (base.kind == Kind::list && base.element) element = *base.element;
    if (base.kind != Kind::list && !is_open(base)) {
        TypeError& error = report(TypeCode::not_a_list, method.children[0].span);
        error.name = method.name;
        error.found = base;
    }
    Type result = asked(method, element);
    result.optional = result.optional || base.optional || is_open(base);
    return result;
}

Type CheckPass::asked(Expression& method, const Type& element) {
    const Method known = find_method(method.name)->method;
    if (method.children.size() == 1) {
        if (known == Method::count) return plain(Kind::integer);
        return or_none(element);
    }
    Expression& body = method.children[1];
    locals_.push_back({method.variable, element});
    const bool condition = known == Method::any || known == Method::all ||
                           known == Method::filter || known == Method::count;
    condition ? visit_truth(body) : void(visit(body));
    locals_.pop_back();
    switch (known) {
        case Method::any:
        case Method::all:
            return plain(Kind::truth);
        case Method::count:
            return plain(Kind::integer);
        case Method::filter:
            return list_of(element);
        case Method::map:
            return list_of(body.type);
        default:
            return reduced(body, known);
    }
}

/// The earliest, the longest, the sum … of the values of `body`.
Type CheckPass::reduced(const Expression& body, Method method) {
    if (is_open(body.type)) return plain(Kind::any, true);
    if (!can_be_reduced(body.type, method)) {
        require(body, plain(kind_asked(method), true));
        return plain(Kind::any, true);
    }
    Type type = body.type;
    if (method != Method::sum) return or_none(type);
    type.optional = type.optional || (type.kind == Kind::quantity && type.unit.empty());
    return type;
}

}  // namespace dutylog::rule
