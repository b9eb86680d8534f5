#include "adapters/sqlite/reader.hpp"

#include "adapters/sqlite/schema.hpp"

namespace dutylog::sqlite {

using namespace log;

SqliteReader::SqliteReader(const std::string& path, const std::string& vfs)
    : SqliteReader{
          std::make_shared<Database>(path, Access::read, vfs.empty() ? nullptr : vfs.c_str())} {}

SqliteReader::SqliteReader(std::shared_ptr<Database> database) {
    database_ = std::move(database);
    view_.emplace(*database_);
    check_schema(*database_);
    tables_ = std::make_unique<Tables>(*database_);
    load();
}

SqliteReader::~SqliteReader() { view_.reset(); }

void SqliteReader::refresh() {
    view_.reset();
    view_.emplace(*database_);
    const LogState settled = tables_->log.read();
    if (settled.batch > state_.batch || settled.frontier.size() != settled_) return load();
    follow();
}

std::vector<AppendOutcome> SqliteReader::append(std::span<const Append>, Instant) {
    throw BadAppend{"this store was opened for reading"};
}

void SqliteReader::save_snapshot(const std::string&, std::uint16_t, Position, BytesView) {
    throw BadAppend{"this store was opened for reading"};
}

}  // namespace dutylog::sqlite
