#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/config/shape.hpp"

namespace dutylog::config {

/// Reads one table of a configuration key by key, and collects every problem rather than the first.
///
///     TableReader mail = …;                       // [channels.mail]
///     const std::string host = mail.needed("host");
///     const auto port = mail.whole("port", 587, 1, 65535);
///     const std::string password = mail.file("password_file");
///     mail.end();                                 // keys that nobody asked for are problems
class TableReader {
public:
    /// @param name  `channels.mail`; empty for the whole file
    /// @param problems  lives longer than the reader
    TableReader(const Table& table, std::string name, std::vector<Problem>& problems)
        : table_{&table}, name_{std::move(name)}, problems_{&problems} {}

    const std::string& name() const { return name_; }
    bool has(std::string_view key) const;

    /// A value of any shape; nothing where the key is left out or the value does not fit.
    std::optional<Fitting> value(std::string_view key, const Shape& shape);
    std::string text(std::string_view key, const std::string& initial = {});
    /// A text that must be there, and not be empty.
    std::string needed(std::string_view key);
    /// A file by its name, which counts from the folder of the configuration; empty where it is
    /// left out. Whether it exists is not asked here.
    std::string file(std::string_view key);
    std::string needed_file(std::string_view key);
    std::int64_t whole(std::string_view key, std::int64_t initial, std::int64_t least,
                       std::int64_t most);
    Elapsed time(std::string_view key, Elapsed initial, Elapsed least, Elapsed most);
    bool truth(std::string_view key, bool initial);
    std::string choice(std::string_view key, const std::string& initial,
                       std::vector<std::string_view> choices);
    /// A list of texts, or one text in place of a list of one.
    std::vector<std::string> texts(std::string_view key);

    /// The table under a key; nothing where the key is left out or holds something else.
    std::optional<TableReader> table(std::string_view key);
    /// Every entry as a table of its own, with its key: for `[channels.NAME]`.
    std::vector<std::pair<std::string, TableReader>> tables();

    /// Says what is wrong with a key, by the rules of whoever reads.
    void refuse(std::string_view key, Text what, Text help);
    /// To be called when all is read.
    void end();

private:
    const Node* take(std::string_view key);
    std::string needed(std::string_view key, Kind kind);
    std::string full(std::string_view key) const;
    void refuse_shape(std::string_view key, const Node& node, const Text& why);

    const Table* table_;
    std::string name_;
    std::vector<Problem>* problems_;
    std::set<std::string, std::less<>> asked_;
};

/// `name` as seen from the folder that holds the file `from`.
std::string beside(const std::string& from, const std::string& name);

}  // namespace dutylog::config
