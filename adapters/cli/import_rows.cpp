#include "adapters/cli/import_rows.hpp"

#include "adapters/cli/refusals.hpp"
#include "engine/runtime/command_loop.hpp"

namespace dutylog::cli {

namespace json = boost::json;
using importing::Row;

namespace {

constexpr std::size_t problems_max = 100;

/// `benzene; toluene`, also with Chinese marks.
json::array list_of(const std::string& cell) {
    json::array list;
    std::string item;
    const auto end = [&] {
        const std::size_t first = item.find_first_not_of(' ');
        if (first != std::string::npos)
            list.emplace_back(item.substr(first, item.find_last_not_of(' ') - first + 1));
        item.clear();
    };
    for (std::size_t at = 0; at < cell.size();) {
        const std::string_view rest = std::string_view{cell}.substr(at);
        if (rest.starts_with(";")) {
            end();
            at += 1;
        } else if (rest.starts_with("；") || rest.starts_with("、")) {
            end();
            at += 3;
        } else {
            item += cell[at++];
        }
    }
    end();
    return list;
}

json::object& in(json::object& object, std::string_view key) {
    json::value& inner = object[key];
    if (!inner.is_object()) inner = json::object{};
    return inner.get_object();
}

std::string take_text(json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    if (found == nullptr) return {};
    std::string text{found->as_string()};
    object.erase(key);
    return text;
}

}  // namespace

ImportRows::ImportRows(Session& session, const ImportOrder& order, const pdca::World& world,
                       Known known, const std::string& bytes)
    : session_{session},
      order_{order},
      known_{std::move(known)},
      trial_{world},
      file_{to_hex(sha256(order.kind + "\n" + bytes)).substr(0, 16)} {}

void ImportRows::read(const importing::Rows& rows) {
    const definition::Library& library = trial_.world().rules->library();
    kind_ = import_kind(library, order_.kind);
    columns_ = import_columns(library, kind_, rows.header.cells, order_.mapping);
    for (const Row& row : rows.rows) {
        if (bad_.size() >= problems_max) return;
        session_.progress({"checking rows", "检查各行"}, ++read_, rows.rows.size());
        read(row);
    }
    session_.console.end_progress();
}

void ImportRows::read(const Row& row) {
    if (row.cells.size() > columns_.size())
        return fail(row, columns_.size() + 1, "",
                    phrase("the row has {0} cells, the header {1}", "该行有 {0} 格，表头有 {1} 格",
                           row.cells.size(), columns_.size()));
    json::object main = common();
    std::map<std::string, json::object> facts;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const ImportColumn& column = columns_[i];
        if (row.cells[i].empty()) continue;
        json::value value =
            column.list ? json::value(list_of(row.cells[i])) : json::value(row.cells[i]);
        json::object& into = column.fact.empty() ? main : facts[column.fact];
        if (column.key.starts_with("value."))
            in(into, "value")[column.key.substr(6)] = std::move(value);
        else
            into[column.key] = std::move(value);
    }
    if (kind_.fact != nullptr) {
        main["command"] = "record_fact";
        main["fact"] = kind_.fact->id;
        take(row, "", std::move(main), "0");
        return;
    }
    read_subject(row, std::move(main), std::move(facts));
}

void ImportRows::read_subject(const Row& row, json::object main,
                              std::map<std::string, json::object> facts) {
    const std::string id = take_text(main, "id");
    if (id.empty()) return fail(row, 0, "", {"the row has no id", "该行没有编号"});
    const std::string subject = kind_.subject->id + "/" + id;
    json::object add = main;
    add["command"] = "add_subject";
    add["subject"] = subject;
    if (!take(row, "", std::move(add), "0")) return;
    for (auto& [fact, values] : facts) {
        json::object record = common();
        if (const json::value* at = main.if_contains("at")) record["at"] = *at;
        for (auto& entry : values) record.insert(entry);
        record["command"] = "record_fact";
        record["fact"] = fact;
        record["of"] = subject;
        take(row, fact, std::move(record), fact);
    }
}

json::object ImportRows::common() const {
    json::object object{{"by", order_.by}};
    if (!order_.because.empty()) object["because"] = order_.because;
    return object;
}

/// @param part  tells the commands of one row apart, in their ids
bool ImportRows::take(const Row& row, const std::string& fact, json::object command,
                      const std::string& part) {
    const CommandId id{fmt::format("import-{}-{}-{}", file_, row.line, part)};
    auto given = command_from_json(command, trial_.world(), session_.now());
    const bool known = known_(id);
    if (!given) {
        fail_at(row, fact, given.error());
        return false;
    }
    given->meta.id = id;
    if (known) {
        ++repeated_;
        return true;
    }
    if (const auto refusal = trial_.run(given->command, given->meta, session_.now())) {
        fail(row, 0, "", phrase_of(*refusal));
        return false;
    }
    batch_.push_back({std::move(given->command),
                      std::move(given->meta),
                      {},
                      runtime::draw_nonce(session_.clocks)});
    return true;
}

void ImportRows::fail_at(const Row& row, const std::string& fact, const CommandProblem& problem) {
    std::string key = problem.key;
    if (key == "subject") key = "id";
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (columns_[i].key == key && columns_[i].fact == fact)
            return fail(row, i + 1, columns_[i].heading, problem.words);
    fail(row, 0, "", problem.words);
}

void ImportRows::fail(const Row& row, std::size_t column, const std::string& heading,
                      Phrase reason) {
    bad_.push_back({row.line, column, heading, std::move(reason)});
}

Phrase words_for(importing::BadRows::Reason reason) {
    using Reason = importing::BadRows::Reason;
    switch (reason) {
        case Reason::empty:
            return {"there is no header", "没有表头"};
        case Reason::broken_quote:
            return {"a quotation mark is not closed, or stands inside a cell",
                    "引号未闭合，或出现在单元格中间"};
        case Reason::too_many_rows:
            return phrase("more than {0} rows", "超过 {0} 行", importing::import_limits::rows_max);
        case Reason::too_many_columns:
            return phrase("more than {0} columns", "超过 {0} 列",
                          importing::import_limits::columns_max);
        case Reason::cell_too_long:
            return phrase("a cell has more than {0} bytes", "单元格超过 {0} 字节",
                          importing::import_limits::cell_max);
    }
    return {};
}

json::object import_json(const ImportRows& import, const importing::Decoded& text, bool dry_run,
                         Language language) {
    json::array bad;
    for (const BadRow& each : import.bad()) {
        json::object entry{
            {"line", each.line},
            {"reason", language == Language::en ? each.reason.en : each.reason.zh_cn}};
        if (each.column != 0) {
            entry["column"] = each.column;
            entry["heading"] = each.heading;
        }
        bad.push_back(std::move(entry));
    }
    return {{"rows", import.rows()},
            {"commands", import.batch().size()},
            {"repeated", import.repeated()},
            {"events", import.events()},
            {"encoding", importing::name_of(text.encoding)},
            {"imported", import.bad().empty() && !dry_run},
            {"bad", std::move(bad)}};
}

}  // namespace dutylog::cli
