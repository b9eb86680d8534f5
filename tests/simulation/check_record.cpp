#include <algorithm>
#include <map>

#include "engine/log/leaf.hpp"
#include "engine/log/tree.hpp"
#include "tests/simulation/broken.hpp"
#include "tests/simulation/checks.hpp"

namespace dutylog::simulation {

using namespace log;

namespace {

class Record {
public:
    explicit Record(EventStore& store) : store_{store} {}

    void check() {
        store_.scan(1, [&](const StoredEvent& stored) {
            one(stored);
            return true;
        });
        const TreeHead head = store_.head();
        require(head.size == leaves_.size(), "the tree has as many leaves as there are events");
        require(head.root == root_of(leaves_), "the stored root is the root over the leaves");
        require(store_.leaves(0, head.size) == leaves_, "the leaves can be read for proofs");
        for (const auto& [stream, end] : ends_)
            require(store_.version_of(stream) == end.version,
                    "the head of " + stream.str() + " is its last version");
    }

private:
    struct End {
        Version version = 0;
        Position position = 0;
    };

    void one(const StoredEvent& stored) {
        const Envelope& envelope = stored.envelope;
        const std::string at = "event " + std::to_string(envelope.position) + ": ";
        require(envelope.position == leaves_.size() + 1, at + "positions have no gap");
        require(envelope.recorded >= recorded_, at + "recorded time does not run back");
        recorded_ = envelope.recorded;
        End& end = ends_[envelope.stream];
        require(envelope.version == end.version + 1, at + "versions have no gap");
        require(envelope.previous_in_stream == end.position, at + "it names the one before it");
        require(end.position == 0 || envelope.previous_leaf == leaves_[end.position - 1],
                at + "it holds the leaf of the one before it");
        end = {envelope.version, envelope.position};
        require(envelope.cause < envelope.position, at + "its cause stands before it");
        require(envelope.corrects < envelope.position, at + "what it corrects stands before it");
        require(std::ranges::is_sorted(envelope.rests_on), at + "what it rests on is sorted");
        for (const RestsOn& read : envelope.rests_on)
            require(read.position < envelope.position && read.content == leaves_[read.position - 1],
                    at + "what it rests on stands before it, as it was read");
        require(stored.leaf == leaf_hash(envelope, stored.payload),
                at + "its leaf is of its bytes");
        leaves_.push_back(stored.leaf);
    }

    EventStore& store_;
    std::vector<Digest> leaves_;
    std::map<StreamId, End> ends_;
    Instant recorded_;
};

}  // namespace

void check_record(EventStore& store) { Record{store}.check(); }

}  // namespace dutylog::simulation
