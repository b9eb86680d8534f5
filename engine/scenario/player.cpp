#include "engine/scenario/player.hpp"

#include <algorithm>

#include "engine/pdca/stored.hpp"
#include "engine/scenario/typed.hpp"

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

/// Publishes the library, then names subjects, roles and assumptions, all when the clock starts.
void Player::set_up() {
    const auto start = instant_of(scenario_.clock);
    if (!start) return fail(0, "`clock:` needs an instant, found `" + scenario_.clock + "`");
    now_ = *start;
    runtime::Publication publication = runtime::publication_of(library_);
    bundle_ = publication.bundle;
    engine_->rules().keep(bundle_, rules_);
    submit(pdca::PublishBundle{bundle_, scenario_.library, {}}, {}, now_,
           std::move(publication.blobs));
    std::string person_kind;
    for (const auto& [id, kind] : rules_->library().kinds)
        if (kind.person) person_kind = id;
    std::vector<const SubjectLine*> waiting;
    for (const SubjectLine& subject : scenario_.subjects) waiting.push_back(&subject);
    for (bool moved = true; moved && !waiting.empty();) {
        moved = false;
        for (auto& subject : waiting) {
            const Typed typed{engine_->world()};
            Reference parent;
            if (!subject->parent.empty()) {
                const auto found = typed.subject(subject->parent);
                if (!found) continue;
                parent = *found;
            }
            const std::string kind = subject->kind.empty() ? person_kind : subject->kind;
            const auto answer =
                submit(pdca::AddSubject{{kind, subject->id},
                                        parent,
                                        subject->name.empty() ? Value{} : Value{subject->name}},
                       {}, now_);
            if (answer.refusal) fail(subject->line, answer.refusal->detail);
            subject = nullptr;
            moved = true;
        }
        std::erase(waiting, nullptr);
    }
    for (const SubjectLine* subject : waiting)
        fail(subject->line, "`in: " + subject->parent + "` names no subject");
    for (const RoleLine& role : scenario_.roles) {
        const Typed typed{engine_->world()};
        const auto subject = typed.subject(role.subject);
        if (!subject) {
            fail(role.line, subject.error());
            continue;
        }
        const Value held =
            Record::of({{"role", role.role}, {"person", Reference{person_kind, role.person}}});
        const auto answer = submit(pdca::RecordFact{*subject, "holds_role", held, 0}, {}, now_);
        if (answer.refusal) fail(role.line, answer.refusal->detail);
    }
    for (const AssumeLine& line : scenario_.assumptions) {
        pdca::RecordAssumption order{line.duty, {}, line.until.empty(), CivilDate{}, line.because};
        if (const auto date = parse_civil_date(line.until))
            order.until = *date;
        else if (!line.until.empty() && line.until != "none")
            fail(line.line, "`until:` is a date or `none`");
        const auto answer = submit(order, {}, now_);
        if (answer.refusal) fail(line.line, answer.refusal->detail);
    }
}

std::vector<Player::Planned> Player::plan() {
    std::vector<Planned> all;
    for (const StoryLine& line : scenario_.story) {
        if (!line.every.empty()) {
            add_repeats(line, all);
            continue;
        }
        const auto at = instant_of(line.at);
        const auto recorded = line.recorded.empty() ? at : instant_of(line.recorded);
        if (!at || !recorded) {
            fail(line.line, "`at:` and `recorded:` need a date or an instant");
            continue;
        }
        Instant when = *recorded;
        const auto late = options_.late_days.find(line.id);
        if (!line.id.empty() && late != options_.late_days.end())
            when = when + hours(24 * late->second);
        all.push_back({&line, line.at, when});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Planned& a, const Planned& b) { return a.recorded < b.recorded; });
    return all;
}

/// `{from, to, every: working day | day | N days}`: one line on each such day.
void Player::add_repeats(const StoryLine& line, std::vector<Planned>& all) {
    const auto from = parse_civil_date(line.from);
    const auto to = parse_civil_date(line.to);
    const auto step = parse_period(line.every);
    const bool working = line.every == "working day";
    const int days = line.every == "day" || working           ? 1
                     : step && step->unit == PeriodUnit::days ? step->count
                                                              : 0;
    if (!from || !to || days <= 0)
        return fail(line.line,
                    "a repeated line needs `from:`, `to:` and `every: working day`, "
                    "`every: day` or `every: 7 days`");
    for (CivilDate day = *from; day <= *to; day = day.plus_days(days)) {
        if (working && !rules_->calendar().works(day)) continue;
        if (all.size() >= ScenarioLimits::lines_max) return fail(line.line, "too many lines");
        const std::string at = to_string(day);
        all.push_back({&line, at, *instant_of(at)});
    }
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
