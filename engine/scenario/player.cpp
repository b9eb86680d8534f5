#include "engine/scenario/player.hpp"

#include <algorithm>

namespace dutylog::scenario {

namespace {

constexpr std::size_t fire_max = 10'000;
constexpr std::size_t outbox_max = 10'000;

/// A fixed generator, the same everywhere (splitmix64).
std::uint64_t draw(std::uint64_t& state) {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

}  // namespace

Player::Player(const Scenario& scenario, std::vector<definition::SourceFile> library,
               pdca::RulesPtr rules, log::EventStore& store, PlayOptions options)
    : scenario_{scenario},
      library_{std::move(library)},
      rules_{std::move(rules)},
      store_{store},
      keys_{scenario.id},
      options_{std::move(options)} {
    restart();
}

void Player::restart() {
    std::map<Digest, pdca::RulesPtr> known;
    if (bundle_ != Digest{}) known[bundle_] = rules_;
    engine_ = std::make_unique<runtime::Engine>(store_, keys_, std::move(known));
}

void Player::fail(std::uint32_t line, std::string message) {
    problems_.push_back({scenario_.file, line, std::move(message)});
}

std::optional<Instant> Player::instant_of(const std::string& text) const {
    if (const auto at = parse_instant(text)) return at;
    const auto date = parse_civil_date(std::string_view{text}.substr(0, 10));
    if (!date) return std::nullopt;
    if (text.size() == 10) return rules_->zone().instant(calendar::local_time(*date, 9, 0));
    if (text.size() != 16 || text[10] != 'T' || text[13] != ':') return std::nullopt;
    const int hour = (text[11] - '0') * 10 + text[12] - '0';
    const int minute = (text[14] - '0') * 10 + text[15] - '0';
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
    return rules_->zone().instant(calendar::local_time(*date, hour, minute));
}

Effective Player::effective(Instant at) const {
    const auto& zone = rules_->zone();
    return {Precision::instant, at, zone.local(at).date, at, zone.name()};
}

/// Another order of the facts of one instant; acts stay where they are.
void Player::shuffle_facts(std::vector<Planned>& group, std::uint64_t& state) {
    std::vector<std::size_t> facts;
    for (std::size_t i = 0; i < group.size(); ++i)
        if (group[i].line->verb == "fact") facts.push_back(i);
    for (std::size_t i = facts.size(); i > 1; --i)
        std::swap(group[facts[i - 1]], group[facts[static_cast<std::size_t>(draw(state) % i)]]);
}

std::vector<Problem> Player::play() {
    set_up();
    const std::vector<Planned> all = plan();
    std::uint64_t state = options_.order_seed;
    for (std::size_t from = 0; from < all.size();) {
        std::size_t to = from;
        while (to < all.size() && all[to].recorded == all[from].recorded) ++to;
        std::vector<Planned> group(all.begin() + static_cast<std::ptrdiff_t>(from),
                                   all.begin() + static_cast<std::ptrdiff_t>(to));
        if (options_.order_seed != 0) shuffle_facts(group, state);
        play_group(group);
        from = to;
    }
    end_ = all.empty() ? now_ : all.back().recorded;
    if (!scenario_.end.empty()) {
        const auto date = parse_civil_date(scenario_.end);
        if (!date)
            fail(0, "`end:` needs a date");
        else
            end_ = rules_->zone().day_end(*date);
    }
    advance(end_);
    return std::move(problems_);
}

void Player::play_group(std::span<const Planned> group) {
    advance(group.front().recorded);
    now_ = group.front().recorded;
    for (const Planned& planned : group) {
        play_line(planned);
        if (options_.restart_after_each) restart();
    }
    deliver(now_);
}

void Player::play_line(const Planned& planned) {
    const StoryLine& line = *planned.line;
    // What a sender reports of that day is asked when the notice goes out.
    if (line.verb == "deliver" && line.object == "failed") return;
    pdca::Meta meta;
    auto command = command_of(line, planned.at, meta);
    if (!command) return;
    const pdca::Command kept = *command;
    runtime::Answer answer = submit(std::move(*command), meta, planned.recorded);
    const std::string found = answer.refusal ? answer.refusal->reason : "";
    if (found != line.refused)
        fail(line.line, line.refused.empty()
                            ? "refused (" + found + "): " + answer.refusal->detail
                            : "expected the refusal `" + line.refused + "`, found " +
                                  (found.empty() ? "acceptance" : "`" + found + "`"));
    if (line.flagged && answer.warnings.empty()) fail(line.line, "expected a flag, found none");
    meta.id = answer.command;
    played_.push_back({&line, std::move(answer), kept, meta, planned.recorded});
}

runtime::Answer Player::submit(pdca::Command command, pdca::Meta meta, Instant now,
                               std::vector<Bytes> blobs) {
    meta.id = CommandId{scenario_.id + "-" + std::to_string(next_id_++)};
    if (meta.actor.empty()) meta.actor = ActorId{"records"};
    if (meta.effective.zone.empty()) meta.effective = effective(now);
    return engine_->run({std::move(command), std::move(meta), std::move(blobs), nonce()}, now);
}

/// The same for every line, so that the order of lines changes no ciphertext; what is sealed brings
/// the difference (log::nonce_for).
log::Nonce Player::nonce() const {
    log::Nonce nonce;
    const Digest drawn = sha256("nonce of " + scenario_.id);
    std::copy_n(drawn.bytes.begin(), nonce.size(), nonce.begin());
    return nonce;
}

/// Timers fire at their own time, and what they send is delivered at once.
void Player::advance(Instant until) {
    for (auto next = engine_->next_timer(); next && *next <= until; next = engine_->next_timer()) {
        const Instant at = std::max(*next, now_);
        engine_->fire(at, fire_max);
        now_ = at;
        deliver(at);
        if (options_.restart_after_each) restart();
    }
    now_ = std::max(now_, until);
}

void Player::deliver(Instant now) {
    std::vector<runtime::Submission> batch;
    for (const log::OutboxEntry& entry : store_.outbox(outbox_max)) {
        const std::size_t at = entry.id.rfind('@');
        const std::string notice = entry.id.substr(0, at);
        const std::string person = entry.id.substr(at + 1);
        const std::string stream = notice.substr(0, notice.find('#'));
        const pdca::Delivery outcome = outcome_for(person, stream, now);
        if (!tried_.insert(entry.id).second) continue;  // a retry is a line of the story
        pdca::RecordDelivery order{notice, person, outcome, "recorder", ""};
        pdca::Meta meta;
        meta.id = CommandId{scenario_.id + "-" + std::to_string(next_id_++)};
        meta.actor = ActorId{"sender"};
        meta.effective = effective(now);
        batch.push_back({order, meta, {}});
    }
    if (!batch.empty()) engine_->run(batch, now);
}

pdca::Delivery Player::outcome_for(const std::string& person, const std::string& stream,
                                   Instant now) {
    const std::string today = to_string(rules_->zone().local(now).date);
    for (const StoryLine& line : scenario_.story) {
        if (line.verb != "deliver" || line.object != "failed") continue;
        const Node* to = line.node->find("to");
        if (to == nullptr || to->text != person || line.at.substr(0, 10) != today) continue;
        if (!line.duty.empty() && duty_of(line, line.duty).str() != stream) continue;
        return pdca::Delivery::failed;
    }
    return pdca::Delivery::delivered;
}

const PlayedLine* Player::line(const std::string& id) const {
    for (const PlayedLine& played : played_)
        if (played.line->id == id) return &played;
    return nullptr;
}

}  // namespace dutylog::scenario
