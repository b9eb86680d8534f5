#include "engine/log/export.hpp"

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "engine/log/checkpoint.hpp"
#include "engine/log/leaf.hpp"
#include "engine/log/tree.hpp"
#include "tests/log/sample.hpp"

using namespace dutylog;
using namespace dutylog::log;

namespace {

/// A log of two streams, its events resting on one another.
class Story {
public:
    explicit Story(int count) {
        for (int n = 1; n <= count; ++n) add(n);
    }

    std::vector<StoredEvent> events;

    TreeHead head(std::size_t size) const {
        std::vector<Digest> leaves;
        for (std::size_t i = 0; i < size; ++i) leaves.push_back(events[i].leaf);
        return {size, root_of(leaves)};
    }
    std::string lines() const {
        std::string text;
        for (const StoredEvent& event : events) text += export_line(event) + "\n";
        return text;
    }

private:
    void add(int n) {
        StoredEvent event;
        Envelope& e = event.envelope;
        e = n % 3 == 0 ? sample::plain_envelope(n) : sample::envelope(n);
        const auto* last = last_of(e.stream);
        e.position = static_cast<Position>(n);
        e.recorded = Instant{1'764'896'400'000'000 + n};
        e.version = last == nullptr ? 1 : last->envelope.version + 1;
        e.previous_in_stream = last == nullptr ? 0 : last->envelope.position;
        e.previous_leaf = last == nullptr ? Digest{} : last->leaf;
        e.cause = e.corrects = 0;
        e.rests_on.clear();
        for (int i = 1; i < n; i += 4)
            e.rests_on.push_back({static_cast<Position>(i), events[std::size_t(i) - 1].leaf});
        e.effective.at.micros = -5 * n;
        e.effective.date = CivilDate{1969, 12, 31};
        e.late_reason = "\"苯\" \\ \n\x7f";
        event.payload = Bytes(static_cast<std::size_t>(n), static_cast<std::uint8_t>(n));
        event.leaf = leaf_hash(e, event.payload);
        events.push_back(event);
    }
    const StoredEvent* last_of(const StreamId& stream) const {
        for (auto at = events.rbegin(); at != events.rend(); ++at)
            if (at->envelope.stream == stream) return &*at;
        return nullptr;
    }
};

struct Answer {
    int code = 0;
    std::string printed;
};

std::filesystem::path write(const char* name, const std::string& content) {
    const auto path = std::filesystem::path{DUTYLOG_BINARY_DIR} / name;
    std::ofstream{path, std::ios::binary} << content;
    return path;
}

/// Runs the reader that shares no code with the engine.
Answer foreign_reader(const std::string& lines, const std::string& checkpoint = {}) {
    std::string command = "python3 " DUTYLOG_SOURCE_DIR "/tests/log/foreign_reader.py " +
                          write("export_test.jsonl", lines).string();
    if (!checkpoint.empty()) command += " " + write("export_test.checkpoint", checkpoint).string();
    std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    Answer answer;
    for (int letter = 0; (letter = std::fgetc(pipe)) != EOF;)
        answer.printed += static_cast<char>(letter);
    answer.code = ::pclose(pipe);
    return answer;
}

std::string said(const TreeHead& head) {
    return std::to_string(head.size) + " " + to_hex(head.root) + "\n";
}

}  // namespace

TEST_CASE("a reader in another language finds the same leaves and root", "[log][export]") {
    const Story story{23};
    const Answer answer = foreign_reader(story.lines());
    CHECK(answer.printed == said(story.head(23)));
    CHECK(answer.code == 0);
    CHECK(foreign_reader("").printed == said(story.head(0)));
}

TEST_CASE("a foreign reader holds an export against a checkpoint", "[log][export]") {
    const Story story{23};
    const Checkpoint then{"dutylog.example/acme", story.head(17), {}};
    CHECK(foreign_reader(story.lines(), to_text(then)).code == 0);
    Checkpoint other = then;
    other.head.root.bytes[0] ^= 1;
    CHECK(foreign_reader(story.lines(), to_text(other)).code != 0);
    other = then;
    other.head.size = 24;
    CHECK(foreign_reader(story.lines(), to_text(other)).code != 0);
}

TEST_CASE("a foreign reader notices every kind of change", "[log][export]") {
    const Story story{8};
    std::vector<StoredEvent> changed[6];
    for (auto& events : changed) events = story.events;
    changed[0][4].envelope.actor = ActorId{"person/other"};
    changed[1][4].payload[0] ^= 1;
    changed[2].erase(changed[2].begin() + 4);
    std::swap(changed[3][4], changed[3][6]);
    changed[4][7].envelope.rests_on.back().content.bytes[0] ^= 1;
    changed[4][7].leaf = leaf_hash(changed[4][7].envelope, changed[4][7].payload);
    changed[5][7].envelope.recorded.micros = 0;
    changed[5][7].leaf = leaf_hash(changed[5][7].envelope, changed[5][7].payload);
    for (const auto& events : changed) {
        Story other{0};
        other.events = events;
        const Answer answer = foreign_reader(other.lines());
        CAPTURE(answer.printed);
        CHECK(answer.code != 0);
        CHECK(answer.printed.starts_with("Wrong: position "));
    }
}
