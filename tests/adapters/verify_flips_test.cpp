#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <map>

#include "adapters/sqlite/log_row.hpp"
#include "tests/adapters/sample_file.hpp"
#include "tests/support/appends.hpp"

using namespace dutylog;
using namespace dutylog::log;
using namespace dutylog::test;
using namespace dutylog::sqlite;

namespace {

struct Place {
    std::string table;
    std::string row;  ///< SQL that finds the row
    std::string column;
    std::string type;
    std::string value;  ///< bytes; for a number its 8 bytes
};

/// Columns of a table, those of its primary key first.
struct Columns {
    std::vector<std::pair<std::string, std::string>> all;  ///< name and type
    std::vector<std::string> key;
};

Columns columns_of(Database& database, const std::string& table) {
    Columns columns;
    Statement select{database, "SELECT name, type, pk FROM pragma_table_info('" + table + "')"};
    for (Rows rows{select}; rows.next();) {
        columns.all.emplace_back(rows.text(0), rows.text(1));
        if (rows.integer(2) > 0) columns.key.emplace_back(rows.text(0));
    }
    return columns;
}

/// Every column of every row of every table.
std::vector<Place> every_place(Database& database) {
    std::vector<Place> places;
    Statement tables{database, "SELECT name FROM sqlite_schema WHERE type = 'table'"};
    for (Rows table{tables}; table.next();) {
        const std::string name{table.text(0)};
        const Columns columns = columns_of(database, name);
        std::string row = "'1'";
        for (const std::string& key : columns.key)
            row += fmt::format(" || ' AND {0} = ' || quote({0})", key);
        for (const auto& [column, type] : columns.all) {
            Statement select{database, fmt::format("SELECT {}, {} FROM {}", row, column, name)};
            for (Rows rows{select}; rows.next();) {
                std::string value = text(rows.bytes(1));
                if (type == "INTEGER") {
                    const std::int64_t number = rows.integer(1);
                    value.assign(reinterpret_cast<const char*>(&number), sizeof number);
                }
                places.push_back({name, std::string{rows.text(0)}, column, type, value});
            }
        }
    }
    return places;
}

/// SQL that writes `value` to a place.
std::string write_sql(const Place& place, const std::string& value) {
    std::string literal = "x'" + to_hex(bytes_of(value)) + "'";
    if (place.type == "TEXT") literal = "CAST(" + literal + " AS TEXT)";
    if (place.type == "INTEGER") {
        std::int64_t number = 0;
        std::memcpy(&number, value.data(), sizeof number);
        // The smallest number has no literal of its own.
        literal = number == std::numeric_limits<std::int64_t>::min() ? "(-9223372036854775807 - 1)"
                                                                     : std::to_string(number);
    }
    return fmt::format("UPDATE {} SET {} = {} WHERE {}", place.table, place.column, literal,
                       place.row);
}

/// False where SQLite refuses, because another row has that key.
bool can_be_written(Database& database, const Place& place, const std::string& value) {
    try {
        database.run(write_sql(place, value));
        return true;
    } catch (const StoreError& error) {
        REQUIRE_THAT(error.what(), Catch::Contains("UNIQUE constraint failed"));
        return false;
    }
}

}  // namespace

TEST_CASE("a flipped bit in any byte of any column of any row is found", "[sqlite][verify]") {
    const SampleFile file;
    const auto database = in_memory(file.path());
    const bool rebuild = GENERATE(false, true);
    VerifyOptions options{.integrity_check = false};
    if (rebuild) options.rebuild = derive_sample;
    std::map<std::string, std::size_t> flips;
    std::string missed;
    for (const Place& place : every_place(*database)) {
        // With the engine's help only the first byte of each value is flipped again.
        const std::size_t end =
            rebuild ? std::min<std::size_t>(1, place.value.size()) : place.value.size();
        for (std::size_t i = 0; i < end; ++i) {
            std::string value = place.value;
            value[i] = static_cast<char>(value[i] ^ (1 << (i % 8)));
            Transaction rolled_back{*database};
            if (!can_be_written(*database, place, value)) continue;
            ++flips[place.table];
            if (!names_table(verify(database, options), place.table))
                missed +=
                    fmt::format("{} {} byte {} of {}\n", place.table, place.row, i, place.column);
        }
    }
    CHECK(missed == "");
    CHECK(flips.size() == 11);
    CHECK(flips.at("event") > (rebuild ? 150U : 10'000U));
}
