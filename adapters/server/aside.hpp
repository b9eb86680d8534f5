#pragma once

#include <atomic>

#include "adapters/server/desk.hpp"

namespace dutylog::server {

/// How the desk for long questions is set up; what is not said is as usual.
struct AsideOptions {
    std::size_t threads = 1;  ///< 0 to answer in the caller's own, for a single-threaded house
    std::size_t waiting_max = 16;
    ReadingOptions reading = {};  ///< it keeps nothing between two questions, whatever this says
};

/// A desk for questions that go through the whole log: the past, what would be, what a change would
/// move. They are answered one at a time, beside those about the present, which do not wait for
/// them. Who may ask is looked up at the front desk, where the present is at hand.
class Aside {
public:
    /// @param front  outlives it
    /// @throws StoreError
    Aside(const Desk& front, runtime::Runtime& runtime, AsideOptions options);
    /// The question under way is answered to its end, the waiting ones with `busy`.
    ~Aside();
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;

    const Desk& desk() const { return desk_; }
    const Desk& front() const { return front_; }
    /// Whether questions that still wait are answered with `busy`. Any thread may ask.
    bool is_ending() const { return ending_; }
    std::size_t waiting() const { return queue_.waiting(); }
    std::size_t under_way() const { return queue_.under_way(); }

private:
    const Desk& front_;
    Reading reading_;
    std::atomic<bool> ending_{false};
    http::WorkQueue queue_;
    Desk desk_;
};

/// One table of two, made of the same routes over both desks: a call goes to the desk aside if it
/// sets a clock, or if its route goes through the whole log whatever it is asked.
http::RouteTable with_aside(http::RouteTable front, http::RouteTable aside);

}  // namespace dutylog::server
