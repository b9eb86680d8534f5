#include "adapters/cli/import_columns.hpp"

#include <algorithm>
#include <map>

#include "adapters/cli/failure.hpp"
#include "engine/rule/suggest.hpp"

namespace dutylog::cli {

namespace {

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool is_called(const std::string& word, const std::string& id, const Text& title) {
    const std::string asked = lower(word);
    return asked == lower(id) || asked == lower(id) + "s" ||
           (!title.zh_cn.empty() && word == title.zh_cn) ||
           (!title.en.empty() && asked == lower(title.en));
}

/// Headings that stand for a key, whatever the library calls things.
const std::map<std::string, std::string>& common_headings() {
    static const std::map<std::string, std::string> headings{
        {"id", "id"},           {"编号", "id"},
        {"工号", "id"},         {"name", "name"},
        {"姓名", "name"},       {"名称", "name"},
        {"in", "in"},           {"所属", "in"},
        {"上级", "in"},         {"of", "of"},
        {"对象", "of"},         {"at", "at"},
        {"on", "at"},           {"date", "at"},
        {"日期", "at"},         {"时间", "at"},
        {"by", "by"},           {"录入人", "by"},
        {"because", "because"}, {"理由", "because"},
        {"原因", "because"},    {"迟录理由", "because"},
    };
    return headings;
}

class Columns {
public:
    Columns(const definition::Library& library, const ImportKind& kind,
            const std::vector<std::string>& mapping)
        : library_{library}, kind_{kind} {
        for (const std::string& pair : mapping) {
            const std::size_t equals = pair.find('=');
            if (equals == std::string::npos)
                throw Failure{ExitCode::usage, phrase("--map: expected HEADING=KEY, found `{}`",
                                                      "--map：应为 列名=键，实为 `{}`", pair)};
            mapping_[pair.substr(0, equals)] = pair.substr(equals + 1);
        }
    }

    ImportColumn column(const std::string& heading) const {
        const auto mapped = mapping_.find(heading);
        const std::string word = mapped == mapping_.end() ? heading : mapped->second;
        ImportColumn column = kind_.fact != nullptr ? of_fact(word) : of_subject(word);
        if (column.key.empty()) throw unknown(heading);
        column.heading = heading;
        return column;
    }

private:
    ImportColumn of_fact(const std::string& word) const {
        if (ImportColumn field = field_of(*kind_.fact, word); !field.key.empty()) return field;
        const auto kind = library_.kinds.find(kind_.fact->of);
        if (kind != library_.kinds.end() && is_called(word, kind->first, kind->second.title))
            return {"of", "", false, ""};
        const auto known = common_headings().find(lower(word));
        if (known == common_headings().end()) return {};
        // Of a fact the number or name in a row is that of its subject.
        const std::string& key = known->second;
        return {key == "id" ? "of" : key == "name" || key == "in" ? "" : key, "", false, ""};
    }

    ImportColumn of_subject(const std::string& word) const {
        if (const std::size_t dot = word.find('.'); dot != std::string::npos) {
            const std::string fact = word.substr(0, dot);
            for (const auto& [id, type] : library_.facts) {
                if (type.of != kind_.subject->id || !is_called(fact, id, type.title)) continue;
                ImportColumn field = field_of(type, word.substr(dot + 1));
                if (!field.key.empty()) field.fact = id;
                return field;
            }
            return {};
        }
        const auto parent = library_.kinds.find(kind_.subject->parent);
        if (parent != library_.kinds.end() && is_called(word, parent->first, parent->second.title))
            return {"in", "", false, ""};
        const auto known = common_headings().find(lower(word));
        if (known == common_headings().end() || known->second == "of") return {};
        return {known->second, "", false, ""};
    }

    static ImportColumn field_of(const definition::FactType& type, const std::string& word) {
        for (const auto& field : type.fields)
            if (word == field.id || (!field.title.zh_cn.empty() && word == field.title.zh_cn) ||
                (!field.title.en.empty() && lower(word) == lower(field.title.en)))
                return {"value." + field.id, "", field.type.kind == rule::Kind::list, ""};
        return {};
    }

    Failure unknown(const std::string& heading) const {
        std::vector<std::string> known;
        if (kind_.fact != nullptr) {
            known = {"of", "at", "because"};
            for (const auto& field : kind_.fact->fields) known.push_back(field.id);
        } else {
            known = {"id", "name", "in", "at"};
            for (const auto& [id, type] : library_.facts)
                if (type.of == kind_.subject->id)
                    for (const auto& field : type.fields) known.push_back(id + "." + field.id);
        }
        const auto near = rule::suggestions(heading, known);
        std::string list;
        for (const std::string& each : near.empty() ? known : near)
            list += (list.empty() ? "" : ", ") + each;
        return Failure{ExitCode::usage,
                       phrase("line 1: the heading `{0}` stands for nothing that can be imported",
                              "第 1 行：列名 `{0}` 无对应的导入项", heading),
                       phrase("Possible: {0}. --map HEADING=KEY names what a heading stands for.",
                              "可用：{0}。可用 --map 列名=键 指明对应关系。", list)};
    }

    const definition::Library& library_;
    const ImportKind& kind_;
    std::map<std::string, std::string> mapping_;
};

}  // namespace

ImportKind import_kind(const definition::Library& library, const std::string& word) {
    for (const auto& [id, type] : library.facts)
        if (is_called(word, id, type.title) || lower(word) == lower(type.access))
            return {nullptr, &type};
    for (const auto& [id, kind] : library.kinds) {
        const bool people =
            kind.person && (word == "people" || word == "persons" || word == "人员");
        if (people || is_called(word, id, kind.title)) return {&kind, nullptr};
    }
    std::string known;
    for (const auto& [id, kind] : library.kinds) known += (known.empty() ? "" : ", ") + id;
    for (const auto& [id, type] : library.facts) known += ", " + id;
    throw Failure{ExitCode::usage,
                  phrase("expected a kind of subject or of fact, found `{}`",
                         "应为对象类型或事实类型，实为 `{}`", word),
                  phrase("There are: {}", "现有：{}", known)};
}

std::vector<ImportColumn> import_columns(const definition::Library& library, const ImportKind& kind,
                                         const std::vector<std::string>& headings,
                                         const std::vector<std::string>& mapping) {
    const Columns columns{library, kind, mapping};
    std::vector<ImportColumn> found;
    for (const std::string& heading : headings) {
        found.push_back(columns.column(heading));
        const ImportColumn& last = found.back();
        for (std::size_t i = 0; i + 1 < found.size(); ++i)
            if (found[i].key == last.key && found[i].fact == last.fact)
                throw Failure{ExitCode::usage,
                              phrase("line 1: `{0}` and `{1}` stand for the same: {2}",
                                     "第 1 行：`{0}` 与 `{1}` 对应同一项：{2}", found[i].heading,
                                     heading, last.key)};
    }
    const std::string needed = kind.fact != nullptr ? "of" : "id";
    const bool there = std::any_of(found.begin(), found.end(), [&](const ImportColumn& column) {
        return column.key == needed && column.fact.empty();
    });
    if (!there)
        throw Failure{ExitCode::usage, phrase("line 1: the column `{0}` is missing",
                                              "第 1 行：缺少列 `{0}`", needed)};
    return found;
}

}  // namespace dutylog::cli
