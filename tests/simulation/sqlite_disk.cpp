#include <limits>
#include <optional>

#include "adapters/sqlite/store.hpp"
#include "tests/simulation/disk.hpp"
#include "tests/support/crash_vfs.hpp"

namespace dutylog::simulation {

namespace {

/// A batch makes about so many writes and syncs; a start more.
constexpr int operations_of_a_move = 24;

class SqliteDisk final : public Disk {
public:
    SqliteDisk(Draw draw, bool sync) {
        using sqlite::Synchronous;
        options_.vfs = vfs_.name();
        options_.synchronous = sync ? Synchronous::full : Synchronous::off;
        // Small histories are to meet settled tables and checkpoints too.
        options_.settle_after = draw.chance(50) ? draw.below(40) + 1 : 16'384;
        options_.checkpoint_pages = draw.chance(50) ? draw.between(4, 60) : 4096;
    }

    log::EventStore& open() override {
        store_.reset();
        store_.emplace("log", options_);
        return *store_;
    }
    void close() override { store_.reset(); }
    void skip_syncs() override { options_.synchronous = sqlite::Synchronous::off; }
    std::string file_layer() override { return vfs_.name(); }

    void arm(Draw& draw) override {
        using Failure = test::CrashDisk::Failure;
        const auto after = static_cast<std::uint64_t>(draw.between(0, operations_of_a_move));
        switch (draw.below(4)) {
            case 0:
                return vfs_.disk().fail_write(after + 1,
                                              draw.chance(50) ? Failure::full : Failure::broken);
            case 1:
                return vfs_.disk().fail_sync(after / 8 + 1);
            default:
                return vfs_.disk().power_off_after(after);
        }
    }
    void power_off_after(std::uint64_t operations) override {
        vfs_.disk().power_off_after(operations);
    }
    void disarm() override {
        constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
        vfs_.disk().power_off_after(never / 2);
        vfs_.disk().fail_write(never, test::CrashDisk::Failure::none);
        vfs_.disk().fail_sync(never);
    }

    void crash(Draw& draw) override {
        vfs_.crash(draw.next());
        store_.reset();
    }

private:
    test::CrashVfs vfs_;
    sqlite::Options options_;
    std::optional<sqlite::SqliteStore> store_;
};

}  // namespace

std::unique_ptr<Disk> sqlite_disk(Draw draw, bool sync) {
    return std::make_unique<SqliteDisk>(draw, sync);
}

}  // namespace dutylog::simulation
