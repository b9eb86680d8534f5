#include "adapters/cli/verification.hpp"

#include "adapters/cli/files.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/cli/refold.hpp"
#include "adapters/sqlite/verify.hpp"

namespace dutylog::cli {

namespace {

Phrase words_of(const sqlite::Finding& finding) {
    const std::string english = sqlite::to_string(finding);
    return {english, fmt::format("{} {}，{}：应为 {}，实为 {}", finding.table, finding.row,
                                 finding.part, finding.expected, finding.found)};
}

class Verification {
public:
    Verification(Session& session, const VerifyWhat& what)
        : session_{session},
          what_{what},
          keys_{what.keys.empty() ? keys::KeyFile::beside(what.log) : what.keys} {}

    Verified run() {
        require_log(what_.log);
        sqlite::VerifyOptions how;
        how.kept_heads = what_.kept;
        how.rebuild = [&](log::EventStore& store) { return rebuild(store); };
        how.progress = [&](std::uint64_t done, std::uint64_t all) {
            session_.progress({"checking events", "核验事件"}, done, all);
        };
        verified_.findings = sqlite::verify(what_.log, how);
        session_.console.end_progress();
        for (const sqlite::Finding& finding : verified_.findings)
            verified_.problems.push_back(words_of(finding));
        if (what_.rehearse && verified_.problems.empty()) rehearse();
        if (verified_.problems.empty()) verified_.head = sqlite::SqliteReader{what_.log}.head();
        return std::move(verified_);
    }

private:
    sqlite::Derived rebuild(log::EventStore& store) {
        Refolded refolded = refold(store, keys_, [&](std::uint64_t done) {
            session_.progress({"folding events", "折叠事件"}, done, store.head().size);
        });
        for (Phrase& problem : refolded.problems) verified_.problems.push_back(std::move(problem));
        sqlite::Derived derived;
        if (refolded.complete) derived.timers = std::move(refolded.timers);
        return derived;
    }

    void rehearse() {
        sqlite::SqliteReader store{what_.log};
        session_.progress({"rehearsing", "重演"}, 0);
        for (Phrase& problem : rehearsal_differences(store, keys_))
            verified_.problems.push_back(std::move(problem));
        session_.console.end_progress();
    }

    Session& session_;
    const VerifyWhat& what_;
    keys::KeyFile keys_;
    Verified verified_;
};

}  // namespace

Verified verify_log(Session& session, const VerifyWhat& what) {
    return Verification{session, what}.run();
}

KeptCheckpoint read_checkpoint(const std::string& path, std::span<const log::VerifierKey> known) {
    const std::string text = read_file(path);
    KeptCheckpoint kept;
    try {
        if (text.find("\n\n") == std::string::npos) return {log::parse_checkpoint(text), {}};
        log::OpenedCheckpoint opened = log::open_checkpoint(text, known);
        if (opened.trust == log::Trust::bad_signature)
            kept.problems.push_back(
                phrase("{0}: the signature does not fit the text", "{0}：签名与内容不符", path));
        if (opened.trust == log::Trust::unknown_key && !known.empty())
            kept.problems.push_back(phrase("{0}: no signature is by a key that was given",
                                           "{0}：没有由给定密钥所作的签名", path));
        kept.checkpoint = std::move(opened.checkpoint);
        return kept;
    } catch (const log::DecodeError& error) {
        throw Failure{ExitCode::usage, phrase("{0}: is no checkpoint: {1}", "{0}：不是检查点：{1}",
                                              path, error.what())};
    }
}

std::string origin_of(const pdca::World& world) {
    for (const auto& [id, subject] : world.subjects)
        if (subject.parent.empty()) return "dutylog/" + id.id;
    return "dutylog";
}

}  // namespace dutylog::cli
