#pragma once

#include <cstdint>
#include <string>

#include "tests/support/temporary_folder.hpp"

namespace dutylog::bench {

/// What a run has at hand: how large the work is, and a folder for its files.
class Workshop {
public:
    /// @param quick  so little work that the figures mean nothing: only that the bench still works
    /// @param kept  a folder for the sample logs, which are then found there by the next run; empty
    ///   for none
    explicit Workshop(bool quick, std::string kept = {}) : quick_{quick}, kept_{std::move(kept)} {}

    bool quick() const { return quick_; }
    /// The amount of work: `full`, or a thousandth of it, and at least `least`.
    std::uint64_t amount(std::uint64_t full, std::uint64_t least = 1) const {
        return quick_ ? std::max(least, full / 1000) : full;
    }
    /// A file that did not exist before. `.sqlite` stands in its name, which the shim of
    /// tests/faults looks for.
    std::string new_file() { return folder_.file(std::to_string(++files_) + ".sqlite"); }
    std::string sample_file(const std::string& name) const {
        if (kept_.empty()) return folder_.file(name + ".sqlite");
        return kept_ + "/" + name + (quick_ ? "-quick" : "") + ".sqlite";
    }

private:
    bool quick_ = false;
    std::string kept_;
    test::TemporaryFolder folder_;
    std::uint64_t files_ = 0;
};

/// Removes a database with what SQLite and the store keep beside it.
void remove_log(const std::string& path);

}  // namespace dutylog::bench
