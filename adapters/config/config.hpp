#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/config/settings.hpp"
#include "adapters/config/table_reader.hpp"

namespace dutylog::config {

/// Who said so. Later ones outweigh earlier ones.
enum class Source : unsigned char { initial, file, environment, flag };

/// The value of a setting, and where it comes from.
struct Value {
    const Setting* setting = nullptr;
    Fitting fitting;
    Source source = Source::initial;
    Place place;  ///< empty for a default
};

/// A setting on the command line.
struct Flag {
    std::string key;   ///< `server.port`
    std::string name;  ///< as the user knows it: `--port`
    std::string value;
};

/// A section of the file that another part of the program reads: `channels`, `inbound` …
struct Section {
    std::string name;
    /// Told the whole section; says what is wrong with it, and calls `end` of every reader.
    std::function<void(TableReader&)> check;
};

/// Where a configuration is looked for.
struct Sources {
    std::string file = {};  ///< empty for none
    std::map<std::string, std::string> environment = {};
    std::vector<Flag> flags = {};
    std::vector<std::string_view> needed = {};  ///< keys that must have a value
    std::vector<Section> sections = {};         ///< of other parts
};

/// How the service is to run. Nothing of it is secret: secrets stand in files of their own, and a
/// configuration only names them.
class Config {
public:
    /// @throws BadConfiguration  with everything that is wrong
    static Config read(const Sources& sources);

    /// @param key  of `settings()`
    const Value& at(std::string_view key) const;
    const std::string& text(std::string_view key) const { return at(key).fitting.text; }
    std::int64_t number(std::string_view key) const { return at(key).fitting.number; }
    std::size_t count(std::string_view key) const { return static_cast<std::size_t>(number(key)); }
    Elapsed time(std::string_view key) const { return {number(key)}; }

    /// In the order of `settings()`.
    std::span<const Value> values() const { return values_; }
    /// The file as it was read, for sections that others own; an empty table where there is none.
    const Table& file() const { return file_; }
    /// One section of it; an empty table where it is left out.
    const Table& section(const std::string& name) const;
    const std::string& path() const { return path_; }

private:
    friend class Reading;

    std::vector<Value> values_;
    Table file_;
    std::string path_;
};

/// The variables of this process whose names begin with `DUTYLOG_`.
std::map<std::string, std::string> environment_variables();

}  // namespace dutylog::config
