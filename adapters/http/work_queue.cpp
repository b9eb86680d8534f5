#include "adapters/http/work_queue.hpp"

#include <utility>

namespace dutylog::http {

WorkQueue::WorkQueue(std::size_t threads, std::size_t queue_max) : queue_max_{queue_max} {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkQueue::~WorkQueue() {
    {
        const std::scoped_lock lock{mutex_};
        ending_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

bool WorkQueue::post(Task& task) {
    if (threads_.empty()) {
        std::exchange(task, nullptr)();
        return true;
    }
    {
        const std::scoped_lock lock{mutex_};
        if (queue_.size() >= queue_max_) return false;
        queue_.push_back(std::move(task));
    }
    wake_.notify_one();
    return true;
}

std::size_t WorkQueue::waiting() const {
    const std::scoped_lock lock{mutex_};
    return queue_.size();
}

std::size_t WorkQueue::under_way() const {
    const std::scoped_lock lock{mutex_};
    return under_way_;
}

void WorkQueue::work() {
    std::unique_lock lock{mutex_};
    for (;;) {
        wake_.wait(lock, [this] { return ending_ || !queue_.empty(); });
        if (queue_.empty()) return;
        auto task = std::make_unique<Task>(std::move(queue_.front()));
        queue_.pop_front();
        ++under_way_;
        lock.unlock();
        (*task)();
        task.reset();  // with all that it holds
        lock.lock();
        --under_way_;
    }
}

}  // namespace dutylog::http
