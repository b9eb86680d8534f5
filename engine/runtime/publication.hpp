#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/definition/source.hpp"
#include "engine/log/event_store.hpp"
#include "engine/pdca/rules.hpp"

namespace dutylog::runtime {

/// Texts to be published together: the blobs to store, and the digest that names them.
struct Publication {
    Digest bundle;             ///< SHA-256 of the list of files
    std::vector<Bytes> blobs;  ///< the list, and each text
};

/// The list has a line for each file, sorted by path: 64 hexadecimal digits, a blank, the path.
Publication publication_of(std::vector<definition::SourceFile> files);

/// Gives the bytes with a digest; nothing where there are none.
using BlobSource = std::function<std::optional<Bytes>(const Digest& digest)>;

/// The texts of a bundle, read back from the blobs that `publication_of` made.
/// @returns nothing where a blob is missing
std::optional<std::vector<definition::SourceFile>> published_files(const BlobSource& blobs,
                                                                   const Digest& bundle);
/// The same, from the blobs of a log.
std::optional<std::vector<definition::SourceFile>> published_files(log::EventStore& store,
                                                                   const Digest& bundle);

/// Makes the rules of published bundles, once each.
class PublishedRules {
public:
    explicit PublishedRules(log::EventStore& store) : store_{store} {}

    /// @returns null where the log does not hold the bundle, or it does not load
    pdca::RulesPtr find(const Digest& bundle);
    /// Texts that come with a command: they are looked at before they are in the log. The next
    /// offer takes the place of this one.
    void offer(const std::vector<Bytes>& blobs);
    /// Rules that were loaded already, so that publishing does not read them again.
    void keep(const Digest& bundle, pdca::RulesPtr rules) { known_[bundle] = std::move(rules); }

private:
    log::EventStore& store_;
    std::map<Digest, pdca::RulesPtr> known_;
    std::map<Digest, Bytes> offered_;
};

}  // namespace dutylog::runtime
