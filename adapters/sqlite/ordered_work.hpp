#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace dutylog::sqlite {

/// Work that is done by several threads and taken in order. Each thread makes its own tool first,
/// e.g. a connection, and never holds more than a few pieces ahead of the one that is awaited.
template <class Piece>
class OrderedWork {
public:
    using Work = std::function<Piece(std::size_t index)>;

    /// @param make_work  called once in each thread
    OrderedWork(unsigned threads, std::size_t pieces, std::function<Work()> make_work)
        : pieces_{pieces}, ahead_max_{4 * std::size_t{threads}} {
        for (unsigned i = 0; i < threads; ++i)
            threads_.emplace_back([this, make_work] { run(make_work); });
    }
    ~OrderedWork() {
        {
            const std::lock_guard lock{mutex_};
            pieces_ = 0;
        }
        changed_.notify_all();
        for (std::thread& thread : threads_) thread.join();
    }
    OrderedWork(const OrderedWork&) = delete;
    OrderedWork& operator=(const OrderedWork&) = delete;

    /// The next piece in order. @throws what a thread threw
    Piece take() {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return failure_ || done_.contains(taken_); });
        if (failure_) std::rethrow_exception(failure_);
        auto node = done_.extract(taken_++);
        changed_.notify_all();
        return std::move(node.mapped());
    }

private:
    void run(const std::function<Work()>& make_work) {
        try {
            const Work work = make_work();
            for (std::size_t index = 0; next(index);) {
                Piece piece = work(index);
                const std::lock_guard lock{mutex_};
                done_.emplace(index, std::move(piece));
                changed_.notify_all();
            }
        } catch (...) {
            const std::lock_guard lock{mutex_};
            failure_ = std::current_exception();
            changed_.notify_all();
        }
    }
    bool next(std::size_t& index) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock,
                      [this] { return started_ >= pieces_ || started_ < taken_ + ahead_max_; });
        index = started_;
        return started_++ < pieces_;
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t pieces_;
    std::size_t ahead_max_;
    std::size_t started_ = 0;
    std::size_t taken_ = 0;
    std::map<std::size_t, Piece> done_;
    std::exception_ptr failure_;
    std::vector<std::thread> threads_;
};

}  // namespace dutylog::sqlite
