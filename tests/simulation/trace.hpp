#pragma once

#include "engine/core/digest.hpp"
#include "tests/simulation/story.hpp"

namespace dutylog::simulation {

/// One digest over everything a run wrote, answered and found, so that two runs can be compared.
class Trace {
public:
    void add(const Mark& mark) {
        sum_.add(mark.head.root.bytes).add(mark.timers.bytes).add(mark.outbox.bytes);
    }
    void add(const Story& story) {
        for (const Lived& lived : story.lived) {
            for (const runtime::Answer& answer : lived.answers) sum_.add(runtime::encode(answer));
            add(lived.after);
        }
        sum_.add(story.world);
    }
    Digest finish() { return sum_.finish(); }

private:
    Sha256 sum_;
};

}  // namespace dutylog::simulation
