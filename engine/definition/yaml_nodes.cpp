#include "engine/definition/yaml_nodes.hpp"

#include <algorithm>

namespace dutylog::definition {

Node node_at(Node::Kind kind, std::uint32_t from, std::uint32_t to) {
    Node node;
    node.kind = kind;
    node.from = from;
    node.to = to;
    return node;
}

SourceSpan NodeBuilder::span(std::uint32_t from, std::uint32_t to) const {
    return {file_.path, from, std::max(to, from)};
}

std::optional<std::uint32_t> NodeBuilder::innermost() const {
    if (open_.empty()) return std::nullopt;
    return open_.back().node.from;
}

bool NodeBuilder::open(Node::Kind kind, bool flow, std::uint32_t from, std::uint32_t to) {
    if (open_.size() >= YamlLimits::levels_max) {
        out_.add("DL0004", span(from, to), {{"limit", std::to_string(YamlLimits::levels_max)}});
        return false;
    }
    Open fresh{node_at(kind, from, to), std::nullopt, false, {}};
    fresh.node.style = flow ? Node::Style::flow : Node::Style::block;
    open_.push_back(std::move(fresh));
    return true;
}

void NodeBuilder::close(std::uint32_t to) {
    Node node = std::move(open_.back().node);
    open_.pop_back();
    // A block ends where its last member ends, not where the next key begins.
    if (node.style == Node::Style::flow)
        node.to = std::max(node.from, to);
    else if (!node.entries.empty()) {
        node.from = node.entries.front().key.from;
        const Entry& last = node.entries.back();
        node.to = std::max(last.key.to, last.value.to);
    } else if (!node.items.empty()) {
        node.to = std::max(node.from, node.items.back().to);
    }
    place(std::move(node), to);
}

void NodeBuilder::leave_out(std::uint32_t last) {
    if (open_.empty() || open_.back().node.is_sequence()) return;
    Open& parent = open_.back();
    if (parent.key) {
        parent.key.reset();
    } else {
        parent.key = node_at(Node::Kind::scalar, last, last);
        parent.drop = true;
    }
}

void NodeBuilder::place(Node node, std::uint32_t last) {
    if (open_.empty()) {
        root_ = std::move(node);
        return;
    }
    Open& parent = open_.back();
    if (parent.node.is_sequence()) {
        parent.node.items.push_back(std::move(node));
        return;
    }
    if (!parent.key) return take_key(parent, std::move(node), last);
    if (node.kind == Node::Kind::empty && node.to <= parent.key->from)
        node.from = node.to = parent.key->to;
    Node key = std::move(*parent.key);
    parent.key.reset();
    if (!parent.drop) parent.node.entries.push_back({std::move(key), std::move(node)});
}

void NodeBuilder::take_key(Open& parent, Node key, std::uint32_t last) {
    parent.drop = true;
    if (!key.is_scalar()) {
        const bool empty = key.kind == Node::Kind::empty;
        out_.add("DL0013", span(empty ? last : key.from, empty ? last : key.to));
        key = node_at(Node::Kind::scalar, key.from, key.to);
    } else if (key.is_plain() && key.text == "<<") {
        out_.add("DL0010", span(key.from, key.to));
    } else if (const auto [first, fresh] = parent.seen.emplace(key.text, key.from); !fresh) {
        out_.add("DL0011", span(key.from, key.to), {{"name", key.text}})
            .beside(
                span(first->second, first->second + static_cast<std::uint32_t>(key.to - key.from)),
                Note::first_here);
    } else {
        parent.drop = false;
    }
    parent.key = std::move(key);
}

}  // namespace dutylog::definition
