#include <optional>

#include "adapters/sqlite/store.hpp"
#include "tests/simulation/disk.hpp"
#include "tests/support/temporary_folder.hpp"

namespace dutylog::simulation {

namespace {

/// Its processes die as with `kill -9`: the system keeps what was written, and frees the lock.
class FileDisk final : public Disk {
public:
    log::EventStore& open() override {
        store_.reset();
        store_.emplace(path());
        return *store_;
    }
    void close() override { store_.reset(); }
    std::string path() override { return folder_.file("log"); }
    void arm(Draw&) override {}
    void power_off_after(std::uint64_t) override {}
    void disarm() override {}
    void crash(Draw&) override { store_.reset(); }
    bool is_shared() override { return true; }

private:
    test::TemporaryFolder folder_;
    std::optional<sqlite::SqliteStore> store_;
};

}  // namespace

std::unique_ptr<Disk> file_disk() { return std::make_unique<FileDisk>(); }

}  // namespace dutylog::simulation
