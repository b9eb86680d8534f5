#pragma once

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "engine/log/archive.hpp"
#include "engine/log/json_writer.hpp"

namespace dutylog::golden {

/// JSON in lines, so that a change shows as the lines it touches.
inline void print(std::string& out, const boost::json::value& value, const std::string& indent) {
    const std::string inner = indent + "  ";
    if (const auto* object = value.if_object(); object != nullptr && !object->empty()) {
        std::string before = "{\n";
        for (const auto& [name, field] : *object) {
            out += before + inner + boost::json::serialize(name) + ": ";
            print(out, field, inner);
            before = ",\n";
        }
        out += "\n" + indent + "}";
    } else if (const auto* array = value.if_array(); array != nullptr && !array->empty()) {
        std::string before = "[\n";
        for (const auto& item : *array) {
            out += before + inner;
            print(out, item, inner);
            before = ",\n";
        }
        out += "\n" + indent + "]";
    } else {
        out += boost::json::serialize(value);
    }
}

inline std::optional<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

/// The file's content; with DUTYLOG_WRITE_GOLDEN set, a file that is missing is written. One that
/// is there is never changed: a new shape is a new schema version and a new file.
inline std::string kept(const std::string& name, const std::string& now) {
    const std::filesystem::path path =
        std::filesystem::path{DUTYLOG_SOURCE_DIR} / "tests" / "golden" / name;
    if (auto content = read_file(path)) return *content;
    if (std::getenv("DUTYLOG_WRITE_GOLDEN") == nullptr)
        FAIL("no tests/golden/" << name << "; DUTYLOG_WRITE_GOLDEN=1 writes it");
    std::ofstream{path, std::ios::binary} << now;
    return now;
}

/// Holds an event (current or old shape, filled in every field) against its golden files,
/// `<type>.v<schema>.bin` and `.json`: the bytes are what was stored, they are read back as this
/// event, and the JSON is what was shown.
/// @param example  tells several examples of one shape apart; a short word
template <class Event>
void check_golden(const Event& event, const std::string& example = {}) {
    const std::string name = std::string{Event::type} + ".v" + std::to_string(Event::schema) +
                             (example.empty() ? "" : "." + example);
    INFO("golden file "
         << name
         << ": the stored shape is frozen. If it has to change, keep this struct as an old shape "
            "and "
            "give the new one the next schema version and an upcast (docs/how-to/add-an-event.md)");
    const Bytes bytes = log::to_bytes(event);
    const std::string stored = kept(name + ".bin", {bytes.begin(), bytes.end()});
    CHECK(to_hex(bytes) == to_hex(bytes_of(stored)));
    CHECK(log::to_bytes(log::from_bytes<Event>(bytes_of(stored))) == bytes);

    std::string shown;
    print(shown, log::json_of(event), "");
    shown += "\n";
    CHECK(shown == kept(name + ".json", shown));
}

}  // namespace dutylog::golden
