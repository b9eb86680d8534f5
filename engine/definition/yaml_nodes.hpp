#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/definition/yaml.hpp"

namespace dutylog::definition {

/// Builds the tree of a YAML text from what opens, closes and stands in it. Keys that are no plain
/// words, merge keys and repeated keys are told of and left out with their values.
class NodeBuilder {
public:
    NodeBuilder(const SourceFile& file, Diagnostics& out) : file_{file}, out_{out} {}

    /// Opens a mapping or a sequence. @returns false where it nests too deep to read on
    bool open(Node::Kind kind, bool flow, std::uint32_t from, std::uint32_t to);
    /// Closes the innermost one. @param to  where its closing mark ends, if it has one
    void close(std::uint32_t to);
    /// Puts a node where the text stands: as a key, a value, an item or the root.
    /// @param last  the last place read
    void place(Node node, std::uint32_t last);
    /// Leaves out a value, with its key, so that nothing more is told of it.
    void leave_out(std::uint32_t last);

    /// Where the innermost open mapping or sequence began; nothing where all are closed.
    std::optional<std::uint32_t> innermost() const;
    Node take_root() { return std::move(root_); }

private:
    struct Open {
        Node node;
        std::optional<Node> key;  ///< waiting for its value
        bool drop = false;        ///< the key is refused, and its value with it
        std::map<std::string, std::uint32_t, std::less<>> seen;  ///< keys and their places
    };

    SourceSpan span(std::uint32_t from, std::uint32_t to) const;
    void take_key(Open& parent, Node key, std::uint32_t last);

    const SourceFile& file_;
    Diagnostics& out_;
    Node root_;
    std::vector<Open> open_;
};

/// An empty node of a kind at a place.
Node node_at(Node::Kind kind, std::uint32_t from, std::uint32_t to);

}  // namespace dutylog::definition
