#include "engine/runtime/engine.hpp"

#include "engine/log/keyed_hash.hpp"
#include "engine/pdca/command_codec.hpp"
#include "engine/pdca/sealing.hpp"
#include "engine/pdca/stored.hpp"
#include "engine/runtime/snapshot.hpp"

namespace dutylog::runtime {

namespace {

/// What the engine asks of itself, and nobody sends again.
bool asked_by_engine(const pdca::Command& command) {
    return std::holds_alternative<pdca::FireTimer>(command) ||
           std::holds_alternative<pdca::ReportClockJump>(command);
}

/// For hashing a command without what is personal in it.
class NoKeys final : public log::KeyRing {
public:
    std::optional<log::SealKey> find(std::string_view) const override { return std::nullopt; }
};

Digest plain_body_of(const pdca::Command& command, const pdca::World& world) {
    return sha256(BytesView{pdca::encode(pdca::sealed(command, world, NoKeys{}, {}))});
}

log::Version version_of(const pdca::World& world, const StreamId& stream) {
    const auto found = world.versions.find(stream);
    return found == world.versions.end() ? 0 : found->second;
}

Answer stale(const Submission& submission) {
    Answer refused;
    refused.command = submission.meta.id;
    refused.refusal = Rejection{
        "stale_version", submission.seen->stream.str() + " has changed since the sender saw it"};
    return refused;
}

}  // namespace

Engine::Engine(log::EventStore& store, log::KeyStore& keys, std::map<Digest, pdca::RulesPtr> known)
    : store_{store}, keys_{keys}, rules_{store} {
    for (auto& [bundle, rules] : known) rules_.keep(bundle, std::move(rules));
    open();
}

void Engine::open() {
    world_ = std::make_unique<pdca::World>();
    world_->source = [this](const Digest& bundle) { return rules_.find(bundle); };
    if (const auto saved = store_.snapshot(snapshot_name, pdca::fold_version))
        if (!read_snapshot(*world_, saved->at, saved->bytes)) {
            world_ = std::make_unique<pdca::World>();  // a cache that does not fit is no loss
            world_->source = [this](const Digest& bundle) { return rules_.find(bundle); };
        }
    store_.scan(world_->head + 1, [&](const log::StoredEvent& stored) {
        pdca::replay(*world_, stored);
        return true;
    });
    world_->unsealing.keys = &keys_;
    process_ = std::make_unique<pdca::Process>(*world_);
    for (const auto& [id, subject] : world_->subjects)
        if (subject.erased != 0) to_erase_.push_back(pdca::key_of(id));
    erase_keys();
    for (const auto& [stream, timer] : process_->timers()) {
        timers_[timer.key] = timer;
        queue_.insert({timer.due, timer.key});
    }
}

std::vector<Answer> Engine::run(std::span<const Submission> batch, Instant now) {
    std::vector<Answer> answers;
    Decided decided;
    answers.reserve(batch.size());
    decided.appends.reserve(batch.size());
    make_keys(batch);
    for (const Submission& submission : batch) answers.push_back(decide(submission, now, decided));
    commit(decided.appends, now);
    erase_keys();
    return answers;
}

Answer Engine::run(const Submission& submission, Instant now) {
    return run(std::span{&submission, 1}, now).front();
}

Answer Engine::decide(const Submission& submission, Instant now, Decided& decided) {
    if (submission.meta.id.empty() && !asked_by_engine(submission.command)) {
        Answer refused;
        refused.refusal = Rejection{"no_command_id", "a command comes with an id of its sender"};
        return refused;
    }
    if (auto earlier = repeat_of(submission, decided)) return *earlier;
    if (submission.seen && version_of(*world_, submission.seen->stream) != submission.seen->version)
        return stale(submission);
    if (!submission.blobs.empty()) rules_.offer(submission.blobs);
    // An earlier command of the batch may have named whom this one is about.
    if (!decided.appends.empty()) make_keys(std::span{&submission, 1});
    const Digest body = body_of(submission.command);
    pdca::Outcome outcome = process_->execute(
        pdca::sealed(submission.command, *world_, keys_, submission.nonce), submission.meta, now);
    if (!outcome.refusal) outcome.append.blobs = submission.blobs;
    Answer answer{
        submission.meta.id,          outcome.first, outcome.last, std::move(outcome.refusal),
        std::move(outcome.warnings), false};
    if (!submission.meta.id.empty()) {
        outcome.append.result = log::CommandResult{submission.meta.id, body, encode(answer)};
        decided.by_command[submission.meta.id] = decided.appends.size();
    }
    track(outcome.append);
    for (const pdca::Event& event : outcome.events)
        if (const auto* erased = std::get_if<pdca::PersonErased>(&event))
            to_erase_.push_back(pdca::key_of(erased->subject));
    decided.appends.push_back(std::move(outcome.append));
    return answer;
}

/// Keys of people of whom something personal comes in for the first time.
void Engine::make_keys(std::span<const Submission> batch) {
    std::vector<std::string> keys;
    for (const Submission& submission : batch) {
        const auto subject = pdca::to_be_sealed(submission.command, *world_);
        if (!subject) continue;
        const registry::Subject* known = world_->subject(*subject);
        const std::string key = pdca::key_of(*subject);
        const bool lost = world_->sealed_with.contains(key) || (known != nullptr && known->erased);
        if (!lost && !keys_.find(key)) keys.push_back(key);
    }
    if (!keys.empty()) keys_.make(keys);
}

/// Tells one command from another. Of a person's command it is a keyed hash: without the key nobody
/// can try out what may have been said.
Digest Engine::body_of(const pdca::Command& command) const {
    const Reference subject = pdca::subject_of(command);
    const bool ends_the_key = std::holds_alternative<pdca::ErasePerson>(command);
    if (const auto key =
            subject.empty() || ends_the_key ? std::nullopt : keys_.find(pdca::key_of(subject)))
        return log::keyed_hash(*key, pdca::encode(command));
    return plain_body_of(command, *world_);
}

/// A subject may have got its key after the command came for the first time.
bool Engine::may_be(const pdca::Command& command, const Digest& body) const {
    return body == body_of(command) || body == plain_body_of(command, *world_);
}

void Engine::erase_keys() {
    for (const std::string& key : to_erase_) keys_.erase(key);
    to_erase_.clear();
}

std::optional<Answer> Engine::repeat_of(const Submission& submission, const Decided& batch) const {
    const CommandId& id = submission.meta.id;
    if (id.empty()) return std::nullopt;
    const auto decided = batch.by_command.find(id);
    const std::optional<log::CommandResult> known = decided == batch.by_command.end()
                                                        ? store_.result_of(id)
                                                        : batch.appends[decided->second].result;
    if (!known) return std::nullopt;
    if (!may_be(submission.command, known->body)) {
        Answer refused;
        refused.command = id;
        const registry::Subject* subject = world_->subject(pdca::subject_of(submission.command));
        if (subject != nullptr && subject->erased != 0) {
            refused.refusal =
                Rejection{"erased", "the command id " + id.str() +
                                        " was used before; whether for this command cannot be "
                                        "told, as the key of the person was erased"};
            return refused;
        }
        refused.refusal = Rejection{"command_reused",
                                    "the command id " + id.str() + " was used for another command"};
        return refused;
    }
    Answer answer = decode_answer(id, known->answer);
    answer.repeated = true;
    return answer;
}

void Engine::commit(const std::vector<log::Append>& appends, Instant now) {
    if (appends.empty()) return;
    for (const log::AppendOutcome& outcome : store_.append(appends, now))
        if (std::holds_alternative<log::Conflict>(outcome))
            throw log::StoreError{"another writer appended to " +
                                  std::get<log::Conflict>(outcome).stream.str()};
}

std::size_t Engine::fire(Instant now, std::size_t limit) {
    if (world_->timers_held) return 0;
    std::vector<log::Append> appends;
    std::size_t fired = 0;
    while (fired < limit && !queue_.empty() && queue_.begin()->first <= now) {
        const std::string key = queue_.begin()->second;
        const pdca::FireTimer fire{key, timers_.at(key).generation};
        queue_.erase(queue_.begin());
        timers_.erase(key);
        pdca::Outcome outcome = process_->execute(fire, pdca::Meta{}, now);
        ++fired;
        track(outcome.append);
        const bool empty = outcome.append.events.empty() && outcome.append.set_timers.empty() &&
                           outcome.append.drop_timers.empty();
        if (!empty) appends.push_back(std::move(outcome.append));
    }
    commit(appends, now);
    return fired;
}

std::optional<Instant> Engine::next_timer() const {
    if (queue_.empty() || world_->timers_held) return std::nullopt;
    return queue_.begin()->first;
}

/// Keeps the queue of wake-ups equal to the timer table.
void Engine::track(const log::Append& append) {
    const auto forget = [&](const std::string& key) {
        const auto known = timers_.find(key);
        if (known == timers_.end()) return;
        queue_.erase({known->second.due, key});
        timers_.erase(known);
    };
    for (const std::string& key : append.drop_timers) forget(key);
    for (const log::Timer& timer : append.set_timers) {
        forget(timer.key);
        timers_[timer.key] = timer;
        queue_.insert({timer.due, timer.key});
    }
}

void Engine::save_snapshot() {
    const Bytes bytes = write_snapshot(*world_);
    store_.save_snapshot(snapshot_name, pdca::fold_version, world_->head, bytes);
}

}  // namespace dutylog::runtime
