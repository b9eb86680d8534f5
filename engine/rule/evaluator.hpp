#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/rule/environment.hpp"
#include "engine/rule/held.hpp"
#include "engine/rule/method.hpp"

namespace dutylog::rule {

/// One evaluation; the inside of `evaluate`.
class Evaluator {
public:
    explicit Evaluator(Environment& environment) : environment_{environment} {}

    Value run(const Expression& expression);

private:
    /// A variable of a method, or a parameter of a function. The value lives in the frame of the
    /// method or the call.
    struct Local {
        std::string_view name;
        const Value* value;
    };

    // operations: evaluate.cpp
    Held visit(const Expression& expression);
    Held dispatch(const Expression& expression);
    /// The value itself; copied where it is borrowed, none where the copy is too large.
    Value take(Held held);
    Held name(const Expression& name);
    Held field(const Expression& field);
    Held list(const Expression& list);
    Held either(const Expression& expression);
    Held comparison(const Expression& expression);
    Held member(const Expression& expression);
    bool is_equal(const Value& a, const Value& b);
    Held arithmetic(const Expression& expression);
    Held counted(const Expression& expression);
    Held received(Value value);
    bool holds(const Expression& condition);
    /// The value with its seal opened.
    Held plain(Held held);
    /// A truth about a sealed value; `question` and `other` name what is asked.
    Value ask(const Sealed& sealed, std::string_view question, const Value& other,
              const std::function<Value(const Value& plain)>& answer);
    /// @returns whether there was enough left; if not, the whole evaluation is none
    bool spend(std::size_t steps);

    // functions and methods: evaluate_calls.cpp
    Held call(const Expression& call);
    Held function(const Expression& call);
    Held builtin(const Expression& call, Builtin builtin);
    Held table(const Expression& call);
    Held pick_date(const Expression& call, bool earlier);
    Held days(const Expression& call);
    Held date(const Expression& call);
    Held method(const Expression& method);
    Held filter(const Expression& method, Held list);
    Held end_of(Held list, bool first);
    Value map(const Expression& method, const List& list);
    Value sum(const Expression& method, const List& list);
    Value pick(const Expression& method, const List& list, bool smallest);
    std::size_t count(const Expression& method, const List& list);
    bool every(const Expression& method, const List& list, bool wanted);
    bool holds_for(const Expression& method, const Value& element);
    Held visit_for(const Expression& method, const Value& element);

    Environment& environment_;
    std::vector<Local> locals_;
    std::size_t visible_from_ = 0;  ///< locals of this function; those below belong to its callers
    std::size_t steps_left_ = steps_max;
    std::size_t depth_ = 0;
    bool exhausted_ = false;
};

}  // namespace dutylog::rule
