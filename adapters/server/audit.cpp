#include "adapters/server/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dutylog::server {

namespace {

constexpr Elapsed counted_together = seconds(60);

}  // namespace

void Audit::refused(const std::string& token, const std::string& operation) {
    if (told_) told_(token, operation);
    const Instant now = runtime_.wall();
    Refusals first;
    {
        const std::scoped_lock lock{mutex_};
        const auto [at, is_new] = refusals_.try_emplace(token, Refusals{now, now, 0, {}});
        Refusals& one = at->second;
        one.until = now;
        ++one.count;
        one.operations.insert(operation);
        if (!is_new) return;
        first = std::exchange(one, Refusals{now, now, 0, {}});
    }
    record(token, first);
}

void Audit::record_due(bool all) {
    const Instant now = runtime_.wall();
    std::vector<std::pair<std::string, Refusals>> due;
    {
        const std::scoped_lock lock{mutex_};
        for (auto at = refusals_.begin(); at != refusals_.end();) {
            Refusals& one = at->second;
            if (!all && now >= one.from && now - one.from < counted_together) {
                ++at;
            } else if (one.count > 0) {
                due.emplace_back(at->first, std::exchange(one, Refusals{now, now, 0, {}}));
                ++at;
            } else {
                at = refusals_.erase(at);  // it is quiet again
            }
        }
    }
    for (const auto& [token, refusals] : due) record(token, refusals);
}

void Audit::record(const std::string& token, const Refusals& refusals) {
    pdca::ReportRefusals report{
        token,          person_of(token), refusals.from,
        refusals.until, refusals.count,   {refusals.operations.begin(), refusals.operations.end()}};
    // Where the queue is full they are counted on, and recorded with those of the next minute.
    if (writer_.submit(submission(std::move(report), runtime_.wall()), {})) return;
    const std::scoped_lock lock{mutex_};
    Refusals& one = refusals_[token];
    one.from = one.count == 0 ? refusals.from : std::min(one.from, refusals.from);
    one.until = std::max(one.until, refusals.until);
    one.count += refusals.count;
    one.operations.insert(refusals.operations.begin(), refusals.operations.end());
}

bool Audit::shown(Shown what, std::function<void(bool)> done) {
    const Instant now = runtime_.wall();
    if (!may_open(what.token, now)) return false;
    pdca::ReportShown report{std::move(what.token),
                             std::move(what.person),
                             std::move(what.operation),
                             {what.keys.begin(), what.keys.end()},
                             std::move(what.positions)};
    return writer_.submit(
        submission(std::move(report), now),
        [done = std::move(done)](const runtime::Answer& answer) { done(!answer.refusal); });
}

bool Audit::may_open(const std::string& token, Instant now) {
    const std::scoped_lock lock{mutex_};
    Openings& openings = openings_[token];
    if (now - openings.from >= counted_together || now < openings.from) openings = {now, 0};
    return openings.count++ < shown_per_minute;
}

runtime::Submission Audit::submission(pdca::Command command, Instant now) const {
    pdca::Meta meta;
    meta.id = CommandId{
        fmt::format("access/{:016x}{:016x}", runtime_.random("access"), runtime_.random("access"))};
    meta.actor = ActorId{"access"};
    meta.effective.at = now;  // the writer knows the zone
    return {std::move(command), std::move(meta), {}};
}

std::string Audit::person_of(const std::string& token) const {
    for (const Token& known : tokens_.all())
        if (known.id == token) return known.person;
    return {};
}

}  // namespace dutylog::server
