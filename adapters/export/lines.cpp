#include "adapters/export/lines.hpp"

#include "engine/log/export.hpp"

namespace dutylog::exporting {

std::uint64_t export_lines(log::EventStore& store, log::Position from, log::Position to,
                           const std::function<void(const std::string& line)>& write) {
    std::uint64_t count = 0;
    store.scan(from, [&](const log::StoredEvent& stored) {
        if (stored.envelope.position > to) return false;
        write(log::export_line(stored) + "\n");
        ++count;
        return true;
    });
    return count;
}

}  // namespace dutylog::exporting
