#pragma once

#include <string>

#include "adapters/sqlite/database.hpp"

namespace dutylog::sqlite {

/// `Duty` in ASCII: what `file` and other tools read from the header of the database.
inline constexpr std::int64_t application_id = 0x44757479;
/// Version of the tables below; a file with another one is refused.
inline constexpr std::int64_t format_version = 1;

/// The statements that make the tables of an empty log; `verify` compares what a file holds to
/// them.
const std::string& schema_sql();

/// Whether nothing has been made in the file yet.
/// @throws StoreError  the file holds something that is not a log of this format version
bool is_new_log(Database& database);
/// Makes the tables of an empty log, in one transaction.
void create_schema(Database& database);
/// @throws StoreError  the file is not a log of this format version
void check_schema(Database& database);

}  // namespace dutylog::sqlite
