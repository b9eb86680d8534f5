#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace dutylog::http {

/// Threads for what blocks, such as reading from a store, with a bounded queue before them.
class WorkQueue {
public:
    using Task = std::move_only_function<void()>;

    /// @param threads  0 to carry tasks out in `post` itself, for a single-threaded server
    WorkQueue(std::size_t threads, std::size_t queue_max);
    /// Carries out what was accepted, then ends. To be gone before the server whose replies it has.
    ~WorkQueue();
    WorkQueue(const WorkQueue&) = delete;
    WorkQueue& operator=(const WorkQueue&) = delete;

    /// @returns false where the queue is full: the task is as it was
    bool post(Task& task);
    std::size_t waiting() const;
    /// How many its threads are at.
    std::size_t under_way() const;

private:
    void work();

    std::size_t queue_max_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Task> queue_;
    std::size_t under_way_ = 0;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace dutylog::http
