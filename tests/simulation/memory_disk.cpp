#include "adapters/memory/store.hpp"
#include "tests/simulation/disk.hpp"

namespace dutylog::simulation {

namespace {

class MemoryDisk final : public Disk {
public:
    log::EventStore& open() override {
        store_.reopen();
        return store_;
    }
    void close() override {}
    void arm(Draw& draw) override {
        using Failure = memory::MemoryStore::Failure;
        store_.fail_after(draw.below(2),
                          draw.chance(50) ? Failure::nothing_written : Failure::written_unanswered);
    }
    void power_off_after(std::uint64_t operations) override {
        using Failure = memory::MemoryStore::Failure;
        if (operations < 2)
            store_.fail_after(
                0, operations == 0 ? Failure::nothing_written : Failure::written_unanswered);
    }
    void disarm() override { store_.reopen(); }
    void crash(Draw&) override {}

private:
    memory::MemoryStore store_;
};

}  // namespace

std::unique_ptr<Disk> memory_disk() { return std::make_unique<MemoryDisk>(); }

}  // namespace dutylog::simulation
