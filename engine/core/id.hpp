#pragma once

#include <compare>
#include <string>
#include <utility>

namespace dutylog {

/// A name for one thing of one kind. `Tag` is never defined; it keeps the kinds apart.
template <class Tag>
class Id {
public:
    Id() = default;  // empty, until decoding fills it
    explicit Id(std::string text) : text_{std::move(text)} {}
    const std::string& str() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }
    friend auto operator<=>(const Id&, const Id&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(text_);
    }

private:
    std::string text_;
};

/// One stream of the log, e.g. `duty/in-post-examination/worker/zhang`. At most 256 bytes of UTF-8.
using StreamId = Id<struct StreamTag>;
/// Who acted, or for whom: an opaque id of a person, or `engine`, or a machine source.
using ActorId = Id<struct ActorTag>;
/// Made by the client; a repeat of the same id returns the first answer.
using CommandId = Id<struct CommandTag>;

}  // namespace dutylog
