#include <algorithm>
#include <set>

#include "engine/definition/check_expression.hpp"
#include "engine/definition/reading.hpp"
#include "engine/rule/method.hpp"

namespace dutylog::definition {

namespace {

/// The words that stand in a key column of a table.
std::vector<std::string> words_of(const Table& table, const std::string& column) {
    std::set<std::string> words;
    for (const Record& row : table.rows)
        if (const auto* word = row.find(column)->as<std::string>()) words.insert(*word);
    return {words.begin(), words.end()};
}

void visit(const rule::Expression& node, const std::string& path, const Tables& tables,
           const Places& places, Diagnostics& out) {
    for (const rule::Expression& child : node.children) visit(child, path, tables, places, out);
    if (node.op != rule::Op::call || rule::find_builtin(node.name) != rule::Builtin::table) return;
    const auto* id = node.children.empty() ? nullptr : node.children[0].literal.as<std::string>();
    const auto table = id == nullptr ? tables.end() : tables.find(*id);
    if (table == tables.end()) return;
    const auto& keys = table->second.keys;
    for (std::size_t i = 0; i < keys.size() && i + 2 < node.children.size(); ++i) {
        const auto* word = node.children[i + 1].literal.as<std::string>();
        if (word == nullptr || keys[i].column.empty()) continue;
        const auto known = words_of(table->second, keys[i].column);
        const bool found = std::ranges::find(known, *word) != known.end() ||
                           std::ranges::find(known, "any") != known.end();
        if (!found)
            add_unknown(out, "DL0514", places.span(path, node.children[i + 1].span), *word, known)
                .with("table", *id)
                .with("column", keys[i].column);
    }
}

}  // namespace

void check_table_keys(const rule::ExpressionPtr& expression, const std::string& path,
                      const Tables& tables, const Places& places, Diagnostics& out) {
    if (expression != nullptr) visit(*expression, path, tables, places, out);
}

}  // namespace dutylog::definition
