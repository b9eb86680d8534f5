#include "engine/runtime/publication.hpp"

#include <algorithm>

#include "engine/definition/load_bundle.hpp"

namespace dutylog::runtime {

namespace {

Bytes bytes_from(std::string_view text) { return {text.begin(), text.end()}; }

std::string text_from(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

Publication publication_of(std::vector<definition::SourceFile> files) {
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    Publication publication;
    std::string list;
    for (const auto& file : files) {
        list += to_hex(sha256(file.text)) + " " + file.path + "\n";
        publication.blobs.push_back(bytes_from(file.text));
    }
    publication.bundle = sha256(list);
    publication.blobs.push_back(bytes_from(list));
    return publication;
}

std::optional<std::vector<definition::SourceFile>> published_files(const BlobSource& blobs,
                                                                   const Digest& bundle) {
    const auto list = blobs(bundle);
    if (!list) return std::nullopt;
    std::vector<definition::SourceFile> files;
    std::string_view rest{reinterpret_cast<const char*>(list->data()), list->size()};
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const auto digest = line.size() > 65 ? parse_digest(line.substr(0, 64)) : std::nullopt;
        const auto text = digest ? blobs(*digest) : std::nullopt;
        if (!text) return std::nullopt;
        files.push_back({std::string{line.substr(65)}, text_from(*text)});
    }
    return files;
}

std::optional<std::vector<definition::SourceFile>> published_files(log::EventStore& store,
                                                                   const Digest& bundle) {
    return published_files([&](const Digest& digest) { return store.blob(digest); }, bundle);
}

void PublishedRules::offer(const std::vector<Bytes>& blobs) {
    offered_.clear();
    for (const Bytes& blob : blobs) offered_[sha256(BytesView{blob})] = blob;
}

pdca::RulesPtr PublishedRules::find(const Digest& bundle) {
    const auto known = known_.find(bundle);
    if (known != known_.end()) return known->second;
    const auto blob = [&](const Digest& digest) {
        const auto offered = offered_.find(digest);
        return offered == offered_.end() ? store_.blob(digest) : std::optional{offered->second};
    };
    const auto files = published_files(blob, bundle);
    if (!files) return nullptr;
    const definition::BundlePtr loaded = definition::load_bundle(*files).bundle;
    if (loaded == nullptr) return nullptr;
    return known_[bundle] = std::make_shared<const pdca::Rules>(loaded);
}

}  // namespace dutylog::runtime
