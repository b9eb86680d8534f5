#include "adapters/server/telling.hpp"

#include <sys/stat.h>

#include <optional>
#include <tuple>

#include "adapters/keys/key_file.hpp"
#include "adapters/sqlite/reader.hpp"
#include "engine/runtime/publication.hpp"

namespace dutylog::server {

namespace {

/// The keys of people as the writer leaves them: a new one is found, an erased one is gone.
class KeysFollowed final : public log::KeyRing {
public:
    explicit KeysFollowed(std::string path) : path_{std::move(path)} {}

    std::optional<log::SealKey> find(std::string_view key) const override {
        struct stat now{};
        if (stat(path_.c_str(), &now) != 0) return std::nullopt;
        const Seen seen{now.st_ino, now.st_size, now.st_mtim.tv_sec, now.st_mtim.tv_nsec};
        if (file_ == nullptr || seen != seen_) file_ = std::make_unique<keys::KeyFile>(path_);
        seen_ = seen;
        return file_->find(key);
    }

private:
    using Seen = std::tuple<ino_t, off_t, time_t, long>;

    std::string path_;
    mutable std::unique_ptr<keys::KeyFile> file_;
    mutable Seen seen_{};
};

}  // namespace

struct Telling::Reading {
    explicit Reading(const std::string& log)
        : store{log}, rules{store}, keys{keys::KeyFile::beside(log)} {}

    sqlite::SqliteReader store;
    runtime::PublishedRules rules;
    KeysFollowed keys;
};

Telling::Telling(TellingOptions options, const LinkMaker& links, Writer& writer,
                 runtime::Runtime& runtime)
    : reading_{std::make_unique<Reading>(options.log)} {
    Reading& reading = *reading_;
    dispatch::LogView view{reading.store, [&reading] { reading.store.refresh(); },
                           [&reading](const Digest& bundle) { return reading.rules.find(bundle); },
                           &reading.keys};
    courier_ = std::make_unique<dispatch::Courier>(dispatch::CourierParts{
        .lookout = std::make_unique<dispatch::Lookout>(std::move(view)),
        .setup = std::move(options.setup),
        .links = [&links](notice::LinkPurpose purpose, const std::string& notice,
                          const std::string& person,
                          Instant now) { return links.link(purpose, notice, person, now); },
        .runtime = runtime,
        .submit =
            [&writer](runtime::Submission submission, runtime::CommandLoop::Done done) {
                return writer.submit(std::move(submission), std::move(done));
            },
        .log_line = std::move(options.log_line),
        .own_thread = options.own_thread});
}

Telling::~Telling() = default;

void Telling::wake() { courier_->wake(); }

bool Telling::step() { return courier_->step(); }

void Telling::end() { courier_->end(); }

bool Telling::idle(Instant now, log::Position head) const {
    const auto figures = courier_->figures();
    return !courier_->fault().empty() ||
           (figures.looked_at >= now && figures.head >= head && figures.under_way == 0 &&
            figures.unrecorded == 0 && (!figures.next || *figures.next > now));
}

std::optional<Instant> Telling::next() const { return courier_->figures().next; }

void Telling::watch(http::Health& health, http::Metrics& metrics) {
    health.add("notices", [this]() -> std::optional<Text> {
        const std::string fault = courier_->fault();
        if (fault.empty()) return {};
        return Text{"通知已停止：" + fault, "Nobody is told any more: " + fault};
    });
    const auto waiting =
        metrics.gauge("dutylog_notices_waiting", "People who are still to be told.");
    const auto under_way = metrics.gauge("dutylog_attempts", "Messages being handed over.");
    const auto oldest = metrics.gauge("dutylog_attempt_oldest_seconds",
                                      "How long the oldest of them has been handed over.");
    const auto sent = metrics.gauge("dutylog_messages_sent", "Messages taken since the start.");
    const auto failed = metrics.gauge("dutylog_messages_failed", "Attempts that failed.");
    const auto off = metrics.gauge("dutylog_channels_off", "Channels that were switched off.");
    metrics.before_reading([this, waiting, under_way, oldest, sent, failed, off] {
        const auto now = courier_->figures();
        waiting.set(static_cast<double>(now.waiting));
        under_way.set(static_cast<double>(now.under_way));
        oldest.set(static_cast<double>(now.oldest_attempt.micros) / 1e6);
        sent.set(static_cast<double>(now.sent));
        failed.set(static_cast<double>(now.failed));
        off.set(static_cast<double>(now.channels_off));
    });
}

}  // namespace dutylog::server
