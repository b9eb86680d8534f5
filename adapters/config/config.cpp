#include "adapters/config/config.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "adapters/config/toml.hpp"
#include "engine/rule/suggest.hpp"

extern char** environ;  // NOLINT: POSIX has it so

namespace dutylog::config {

namespace {

std::pair<std::string, std::string> parts_of(std::string_view key) {
    const std::size_t dot = key.find('.');
    return {std::string{key.substr(0, dot)}, std::string{key.substr(dot + 1)}};
}

std::set<std::string> own_sections() {
    std::set<std::string> names;
    for (const Setting& setting : settings()) names.insert(parts_of(setting.key).first);
    return names;
}

Text did_you_mean(const std::string& word, const std::vector<std::string>& known) {
    const auto near = rule::suggestions(word, known);
    if (near.empty())
        return words("`dutylog config show` lists every setting.",
                     "`dutylog config show` 列出全部设置。");
    return words(fmt::format("Did you mean `{}`?", near.front()),
                 fmt::format("是否指 `{}`？", near.front()));
}

}  // namespace

/// Takes one source after the other, each outweighing those before, and collects what is wrong.
class Reading {
public:
    explicit Reading(const Sources& sources) : sources_{sources} {}

    Config run() {
        take_defaults();
        take_file();
        take_environment();
        take_flags();
        look_at_the_whole();
        if (problems_.empty()) return std::move(config_);
        std::ranges::stable_sort(problems_, [](const Problem& a, const Problem& b) {
            return std::tie(a.place.name, a.place.line, a.place.column) <
                   std::tie(b.place.name, b.place.line, b.place.column);
        });
        throw BadConfiguration{std::move(problems_)};
    }

private:
    void take_defaults() {
        for (const Setting& setting : settings()) {
            Value value{&setting, {}, Source::initial, {}};
            if (!setting.initial.empty())
                value.fitting = fit(setting.shape, std::string{setting.initial}).value();
            config_.values_.push_back(std::move(value));
        }
    }

    void take_file() {
        if (sources_.file.empty()) return;
        config_.path_ = sources_.file;
        try {
            config_.file_ = read_toml(sources_.file);
        } catch (const BadConfiguration& bad) {
            problems_.insert(problems_.end(), bad.problems().begin(), bad.problems().end());
            return;
        }
        TableReader whole{config_.file_, "", problems_};
        for (const std::string& section : own_sections())
            if (auto reader = whole.table(section)) take_section(section, *reader);
        for (const Section& section : sources_.sections)
            if (auto reader = whole.table(section.name)) section.check(*reader);
        whole.end();
    }

    void take_section(const std::string& section, TableReader& reader) {
        for (Value& value : config_.values_) {
            const auto [owner, key] = parts_of(value.setting->key);
            if (owner != section) continue;
            auto fitting = reader.value(key, value.setting->shape);
            if (!fitting) continue;
            const auto& entries = std::get<Table>(config_.file_.entries.at(section).value).entries;
            value = {value.setting, std::move(*fitting), Source::file, entries.at(key).place};
        }
        reader.end();
    }

    void take_text(Value& value, Source source, const std::string& name, const std::string& text) {
        auto fitting = fit(value.setting->shape, text);
        if (fitting) {
            value = {value.setting, std::move(*fitting), source, {name}};
            return;
        }
        problems_.push_back(
            {{name},
             words(fmt::format("{}: {}", value.setting->key, fitting.error().en),
                   fmt::format("{}：{}", value.setting->key, fitting.error().zh_cn)),
             words("Mend the value, or leave it out where the default will do.",
                   "请改正该值；若默认值适用，也可省略。")});
    }

    void take_environment() {
        std::vector<std::string> known;
        for (Value& value : config_.values_) {
            known.push_back(variable_of(*value.setting));
            const auto found = sources_.environment.find(known.back());
            if (found != sources_.environment.end() && !found->second.empty())
                take_text(value, Source::environment, found->first, found->second);
        }
        for (const auto& [name, text] : sources_.environment)
            if (belongs_to_a_section(name) && std::ranges::find(known, name) == known.end())
                problems_.push_back({{name},
                                     words(fmt::format("there is no setting for {}", name),
                                           fmt::format("没有与 {} 对应的设置", name)),
                                     did_you_mean(name, known)});
    }

    /// Whether a variable looks like a setting. Others of the program are left alone.
    static bool belongs_to_a_section(const std::string& name) {
        return std::ranges::any_of(settings(), [&](const Setting& setting) {
            if (setting.key == "log.file") return false;
            const std::string variable = variable_of(setting);
            const std::size_t section = parts_of(setting.key).first.size();
            return name.starts_with(variable.substr(0, sizeof "DUTYLOG" + section + 1));
        });
    }

    void take_flags() {
        for (const Flag& flag : sources_.flags) {
            const auto found = std::ranges::find_if(
                config_.values_, [&](const Value& v) { return v.setting->key == flag.key; });
            if (found != config_.values_.end()) {
                take_text(*found, Source::flag, flag.name, flag.value);
                continue;
            }
            std::vector<std::string> known;
            for (const Setting& setting : settings()) known.emplace_back(setting.key);
            problems_.push_back({{flag.name},
                                 words(fmt::format("there is no setting `{}`", flag.key),
                                       fmt::format("没有设置 `{}`", flag.key)),
                                 did_you_mean(flag.key, known)});
        }
    }

    void look_at_the_whole() {
        for (const std::string_view key : sources_.needed)
            if (config_.text(key).empty()) miss(key);
        const Value& certificate = config_.at("tls.certificate");
        const Value& key = config_.at("tls.key");
        if (certificate.fitting.text.empty() == key.fitting.text.empty()) return;
        const Value& lonely = certificate.fitting.text.empty() ? key : certificate;
        const Value& other = certificate.fitting.text.empty() ? certificate : key;
        problems_.push_back(
            {lonely.place,
             words(fmt::format("{} is given without {}", lonely.setting->key, other.setting->key),
                   fmt::format("给出了 {}，但未给出 {}", lonely.setting->key, other.setting->key)),
             words("TLS needs both: the certificate with its chain, and its key.",
                   "TLS 须同时给出证书链与私钥。")});
    }

    void miss(std::string_view key) {
        // A value that was refused has been spoken of already.
        if (std::ranges::any_of(problems_, [&](const Problem& problem) {
                return problem.what.en.starts_with(std::string{key} + ":");
            }))
            return;
        const auto [section, name] = parts_of(key);
        const std::string variable = variable_of(*find_setting(key));
        problems_.push_back(
            {{sources_.file.empty() ? variable : sources_.file},
             words(fmt::format("{} must be given", key), fmt::format("必须给出 {}", key)),
             words(fmt::format("Write `{} = …` under [{}], or set {}.", name, section, variable),
                   fmt::format("请在 [{}] 下写 `{} = …`，或设置 {}。", section, name, variable))});
    }

    const Sources& sources_;
    Config config_;
    std::vector<Problem> problems_;
};

Config Config::read(const Sources& sources) { return Reading{sources}.run(); }

const Value& Config::at(std::string_view key) const {
    const auto found =
        std::ranges::find_if(values_, [&](const Value& v) { return v.setting->key == key; });
    if (found == values_.end()) throw std::out_of_range{"no setting " + std::string{key}};
    return *found;
}

const Table& Config::section(const std::string& name) const {
    static const Table none;
    const auto found = file_.entries.find(name);
    const auto* table =
        found == file_.entries.end() ? nullptr : std::get_if<Table>(&found->second.value);
    return table == nullptr ? none : *table;
}

std::map<std::string, std::string> environment_variables() {
    std::map<std::string, std::string> found;
    for (char** each = environ; *each != nullptr; ++each) {
        const std::string_view line = *each;
        const std::size_t equals = line.find('=');
        if (line.starts_with("DUTYLOG_") && equals != std::string_view::npos)
            found.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    return found;
}

}  // namespace dutylog::config
