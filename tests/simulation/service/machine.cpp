#include "tests/simulation/service/machine.hpp"

#include <filesystem>

#include "adapters/sqlite/lock_file.hpp"
#include "adapters/sqlite/store.hpp"
#include "tests/simulation/broken.hpp"

namespace dutylog::simulation {

Machine::Machine(Outside& outside, std::unique_ptr<Disk> disk, std::function<void()> gone)
    : outside_{outside}, disk_{std::move(disk)}, gone_{std::move(gone)} {
    outside_.log_path = disk_->path();
    outside_.file_layer = disk_->file_layer();
}

Machine::~Machine() {
    outside_.drop_guests();
    process_.reset();
}

void Machine::begin() {
    ++outside_.starts;
    store_ = &disk_->open();
    process_ = std::make_unique<Process>(outside_, *store_);
    if (process_->engine().world().rules != nullptr) process_->begin_telling();
}

void Machine::end() {
    gone_();
    outside_.drop_guests();
    process_.reset();
}

void Machine::crash(Draw& draw) {
    for (int tries = 0;; ++tries) {
        ++crashes_;
        end();
        disk_->crash(draw);
        disk_->disarm();
        if (draw.chance(30)) outside_.clocks.pass(minutes(draw.between(1, 600)));
        if (tries < 3 && draw.chance(15)) disk_->arm(draw);
        try {
            begin();
            return disk_->disarm();
        } catch (const log::StoreError& error) {
            require(tries < 4, std::string{"the log opens again: "} + error.what());
        }
    }
}

void Machine::try_second() {
    if (!disk_->is_shared()) return;
    const log::Position before = store_->head().size;
    bool opened = false;
    if (outside_.plant == ServicePlant::lock_lost) std::filesystem::remove(disk_->path() + ".lock");
    try {
        const sqlite::SqliteStore second{disk_->path()};
        opened = true;
    } catch (const sqlite::LogLocked&) {
        opened = false;
    }
    require(!opened, "a log has one writer: a second one is kept out");
    require(store_->head().size == before, "whoever is kept out changes nothing");
}

void Machine::restart(Elapsed stands_still) {
    end();
    disk_->close();
    outside_.clocks.pass(stands_still);
    begin();
}

void Machine::end_and_begin(Draw& draw) {
    end();
    draw.chance(50) ? disk_->crash(draw) : disk_->close();
    begin();
}

}  // namespace dutylog::simulation
