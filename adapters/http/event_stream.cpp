#include "adapters/http/event_stream.hpp"

#include <string_view>
#include <utility>

namespace dutylog::http {

namespace {

void add_line(std::string& text, std::string_view name, std::string_view value) {
    text.append(name).append(": ");
    for (const char c : value)
        if (c != '\r' && c != '\n' && c != '\0') text += c;
    text += '\n';
}

void add_data(std::string& text, std::string_view data) {
    for (;;) {
        const auto end = data.find_first_of("\r\n");
        add_line(text, "data", data.substr(0, end));
        if (end == std::string_view::npos) return;
        data.remove_prefix(data.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
}

}  // namespace

std::string event_text(const ServerEvent& event) {
    std::string text;
    if (!event.type.empty()) add_line(text, "event", event.type);
    if (!event.id.empty()) add_line(text, "id", event.id);
    add_data(text, event.data);
    return text + "\n";
}

EventStream::Offer EventStream::offer(const ServerEvent& event) {
    const std::string text = event_text(event);
    std::unique_lock lock{mutex_};
    if (gone_ || ended_) return Offer::gone;
    was_full_ = !buffer_.empty() && buffer_.size() + text.size() > bytes_max_;
    if (was_full_) return Offer::full;
    buffer_ += text;
    wake(std::move(lock));
    return Offer::taken;
}

void EventStream::end() {
    std::unique_lock lock{mutex_};
    ended_ = true;
    wake(std::move(lock));
}

void EventStream::on_room(std::function<void()> call) {
    const std::scoped_lock lock{mutex_};
    room_ = std::move(call);
}

std::string EventStream::take() {
    std::unique_lock lock{mutex_};
    std::string text = std::exchange(buffer_, {});
    const auto room = std::exchange(was_full_, false) ? room_ : nullptr;
    lock.unlock();
    if (room) room();
    return text;
}

bool EventStream::has_ended() const {
    const std::scoped_lock lock{mutex_};
    return ended_;
}

void EventStream::wake_with(std::function<void()> wake) {
    std::unique_lock lock{mutex_};
    wake_ = std::move(wake);
    if (!buffer_.empty() || ended_) this->wake(std::move(lock));
}

void EventStream::leave() {
    std::unique_lock lock{mutex_};
    gone_ = true;
    const auto room = std::exchange(room_, nullptr);
    wake_ = nullptr;
    lock.unlock();
    if (room) room();
}

void EventStream::wake(std::unique_lock<std::mutex> lock) {
    const auto call = std::exchange(wake_, nullptr);
    lock.unlock();
    if (call) call();
}

}  // namespace dutylog::http
