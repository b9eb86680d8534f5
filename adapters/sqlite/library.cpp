#include "adapters/sqlite/library.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

namespace {

constexpr int first_with_strict_tables = 3'037'000;
constexpr int first_with_reset_fault = 3'007'000;
constexpr int last_with_reset_fault = 3'051'002;

Library look() {
    // Counting every allocation under a lock costs more than it tells; too late is no harm.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    const int found = sqlite3_libversion_number();
    if (found < first_with_strict_tables)
        throw log::StoreError{
            fmt::format("SQLite 3.37 or later is needed, {} was found", sqlite3_libversion())};
    if (sqlite3_threadsafe() == 0)
        throw log::StoreError{"SQLite was built without threads; one with threads is needed"};
    return {sqlite3_libversion(),
            found >= first_with_reset_fault && found <= last_with_reset_fault};
}

}  // namespace

const Library& check_library() {
    static const Library library = look();
    return library;
}

}  // namespace dutylog::sqlite
