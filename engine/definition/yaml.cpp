#include "engine/definition/yaml.hpp"

#include <fmt/format.h>
#include <libfyaml.h>

#include <algorithm>
#include <map>
#include <memory>

#include "engine/definition/yaml_traps.hpp"

namespace dutylog::definition {

namespace {

Node node_at(Node::Kind kind, std::uint32_t from, std::uint32_t to) {
    Node node;
    node.kind = kind;
    node.from = from;
    node.to = to;
    return node;
}

struct ParserClose {
    void operator()(fy_parser* parser) const { fy_parser_destroy(parser); }
};
struct DiagClose {
    void operator()(fy_diag* diag) const { fy_diag_destroy(diag); }
};

/// Reads the events of libfyaml into nodes. It never builds a document there: the checks of a
/// document grow with the square of its size, those of the events do not.
class Reader {
public:
    Reader(const SourceFile& file, Diagnostics& out)
        : file_{file}, out_{out}, bom_{bom_length(file.text)} {
        fy_diag_cfg diag_config;
        fy_diag_cfg_default(&diag_config);
        diag_config.fp = nullptr;
        diag_.reset(fy_diag_create(&diag_config));
        fy_diag_set_collect_errors(diag_.get(), true);
        fy_parse_cfg config{};
        config.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_COLLECT_DIAG |
                                                       FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE);
        config.diag = diag_.get();
        parser_.reset(fy_parser_create(&config));
        fy_parser_set_string(parser_.get(), file.text.data() + bom_, file.text.size() - bom_);
    }

    std::optional<YamlFile> read() {
        while (fy_event* event = fy_parser_parse(parser_.get())) {
            const bool go_on = take(*event);
            fy_parser_event_free(parser_.get(), event);
            if (!go_on) return std::nullopt;
        }
        if (fy_parser_get_stream_error(parser_.get())) {
            report_syntax_error();
            return std::nullopt;
        }
        yaml_.comments = comments_of(file_.text, scalars_);
        return std::move(yaml_);
    }

private:
    struct Open {
        Node node;
        std::optional<Node> key;  ///< waiting for its value
        bool drop = false;        ///< the key is refused, and its value with it
        std::map<std::string, std::uint32_t, std::less<>> seen;  ///< keys and their places
    };

    std::uint32_t offset(const fy_mark* mark) const {
        if (mark == nullptr) return last_;
        return static_cast<std::uint32_t>(std::min(mark->input_pos + bom_, file_.text.size()));
    }
    SourceSpan span(std::uint32_t from, std::uint32_t to) const {
        return {file_.path, from, std::max(to, from)};
    }

    /// @returns false where reading on would help nobody
    bool take(fy_event& event) {
        const std::uint32_t from = offset(fy_event_start_mark(&event));
        const std::uint32_t to = offset(fy_event_end_mark(&event));
        last_ = std::max(last_, to);
        refuse_properties(event);
        switch (event.type) {
            case FYET_DOCUMENT_START:
                return start_document(from, to);
            case FYET_SCALAR:
                return place(scalar(event, from, to));
            case FYET_ALIAS:
                // The mark of an alias lies behind its star.
                out_.add("DL0008", span(from == 0 ? 0 : from - 1, to));
                return leave_out();
            case FYET_MAPPING_START:
                return open(Node::Kind::mapping, event, from, to);
            case FYET_SEQUENCE_START:
                return open(Node::Kind::sequence, event, from, to);
            case FYET_MAPPING_END:
            case FYET_SEQUENCE_END:
                return close(to);
            default:
                return true;
        }
    }

    bool start_document(std::uint32_t from, std::uint32_t to) {
        if (documents_++ == 0) return true;
        out_.add("DL0012", span(from, to));
        return false;
    }

    void refuse_properties(fy_event& event) {
        if (fy_token* anchor = fy_event_get_anchor_token(&event)) {
            const std::uint32_t at = offset(fy_token_start_mark(anchor));
            out_.add("DL0007", span(at == 0 ? 0 : at - 1, offset(fy_token_end_mark(anchor))));
        }
        if (fy_token* tag = fy_event_get_tag_token(&event))
            out_.add("DL0009",
                     span(offset(fy_token_start_mark(tag)), offset(fy_token_end_mark(tag))));
    }

    static Node::Style style_of(fy_scalar_style style) {
        switch (style) {
            case FYSS_PLAIN:
                return Node::Style::plain;
            case FYSS_LITERAL:
            case FYSS_FOLDED:
                return Node::Style::block;
            default:
                return Node::Style::quoted;
        }
    }

    Node scalar(fy_event& event, std::uint32_t from, std::uint32_t to) {
        Node node = node_at(Node::Kind::scalar, from, to);
        fy_token* token = fy_event_get_token(&event);
        std::size_t length = 0;
        const char* text = token == nullptr ? nullptr : fy_token_get_text(token, &length);
        if (text == nullptr || fy_event_start_mark(&event) == nullptr) {
            node.kind = Node::Kind::empty;
            return node;
        }
        node.text.assign(text, length);
        node.style = style_of(fy_token_scalar_style(token));
        if (node.is_plain() && (node.text.empty() || node.text == "~" || node.text == "null"))
            node.kind = Node::Kind::empty;
        const std::string_view written =
            std::string_view{file_.text}.substr(from, to > from ? to - from : 0);
        if (written != node.text) node.offsets = align(node.text, written, from);
        scalars_.push_back({from, to});
        return node;
    }

    /// Where each byte of the text stands in the file: escapes and folded line breaks make it
    /// differ. What cannot be followed is given the last place known.
    static std::vector<std::uint32_t> align(std::string_view text, std::string_view written,
                                            std::uint32_t from) {
        std::vector<std::uint32_t> offsets;
        offsets.reserve(text.size());
        std::size_t at = 0;
        const auto blank = [&](std::size_t i) {
            return i < written.size() && (written[i] == ' ' || written[i] == '\n' ||
                                          written[i] == '\r' || written[i] == '\t');
        };
        for (const char letter : text) {
            if (letter != ' ' && letter != '\n')
                while (blank(at) && written[at] != letter) ++at;
            if (at < written.size() && written[at] == '\\' && letter != '\\') ++at;
            offsets.push_back(from + static_cast<std::uint32_t>(std::min(at, written.size())));
            if (letter == ' ' || letter == '\n')
                while (blank(at)) ++at;
            else if (at < written.size())
                ++at;
        }
        return offsets;
    }

    bool open(Node::Kind kind, fy_event& event, std::uint32_t from, std::uint32_t to) {
        if (open_.size() >= YamlLimits::levels_max) {
            out_.add("DL0004", span(from, to), {{"limit", std::to_string(YamlLimits::levels_max)}});
            return false;
        }
        const bool flow = fy_event_get_node_style(&event) == FYNS_FLOW;
        Open fresh{node_at(kind, from, to), std::nullopt, false, {}};
        fresh.node.style = flow ? Node::Style::flow : Node::Style::block;
        open_.push_back(std::move(fresh));
        return true;
    }

    bool close(std::uint32_t to) {
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
        return place(std::move(node));
    }

    /// A value that is refused goes, with its key, so that nothing more is told of it.
    bool leave_out() {
        if (open_.empty() || open_.back().node.is_sequence()) return true;
        Open& parent = open_.back();
        if (parent.key) {
            parent.key.reset();
        } else {
            parent.key = node_at(Node::Kind::scalar, last_, last_);
            parent.drop = true;
        }
        return true;
    }

    bool place(Node node) {
        if (open_.empty()) {
            yaml_.root = std::move(node);
            return true;
        }
        Open& parent = open_.back();
        if (parent.node.is_sequence()) {
            parent.node.items.push_back(std::move(node));
            return true;
        }
        if (!parent.key) return take_key(parent, std::move(node));
        if (node.kind == Node::Kind::empty && node.to <= parent.key->from)
            node.from = node.to = parent.key->to;
        Node key = std::move(*parent.key);
        parent.key.reset();
        if (!parent.drop) parent.node.entries.push_back({std::move(key), std::move(node)});
        return true;
    }

    bool take_key(Open& parent, Node key) {
        parent.drop = true;
        if (!key.is_scalar()) {
            const bool empty = key.kind == Node::Kind::empty;
            out_.add("DL0013", span(empty ? last_ : key.from, empty ? last_ : key.to));
            key = node_at(Node::Kind::scalar, key.from, key.to);
        } else if (key.is_plain() && key.text == "<<") {
            out_.add("DL0010", span(key.from, key.to));
        } else if (const auto [first, fresh] = parent.seen.emplace(key.text, key.from); !fresh) {
            out_.add("DL0011", span(key.from, key.to), {{"name", key.text}})
                .beside(span(first->second,
                             first->second + static_cast<std::uint32_t>(key.to - key.from)),
                        Note::first_here);
        } else {
            parent.drop = false;
        }
        parent.key = std::move(key);
        return true;
    }

    void report_syntax_error() {
        void* iterator = nullptr;
        const fy_diag_error* first = fy_diag_errors_iterate(diag_.get(), &iterator);
        std::uint32_t at = last_;
        std::string reason = "it ends too early";
        const LineMap lines{file_.text};
        if (first != nullptr && first->msg != nullptr) {
            reason = first->msg;
            if (first->line > 0)
                at = lines.offset({static_cast<std::uint32_t>(first->line),
                                   static_cast<std::uint32_t>(std::max(first->column, 1))});
        }
        if (report_trap_near(file_, lines, lines.place(at).line, out_)) return;
        // What is never closed is looked for where it was opened.
        const bool unclosed = reason.find("without a closing") != std::string::npos;
        if (unclosed && !open_.empty()) at = open_.back().node.from;
        out_.add("DL0006", span(at, unclosed ? at + 1 : at), {{"reason", reason}});
    }

    const SourceFile& file_;
    Diagnostics& out_;
    std::size_t bom_;
    std::unique_ptr<fy_diag, DiagClose> diag_;
    std::unique_ptr<fy_parser, ParserClose> parser_;
    YamlFile yaml_;
    std::vector<Open> open_;
    std::vector<ScalarPlace> scalars_;
    std::uint32_t last_ = 0;
    int documents_ = 0;
};

}  // namespace

std::uint32_t Located::at(std::uint32_t byte) const {
    if (offsets.empty()) return std::min(from + byte, std::max(from, to));
    return byte < offsets.size() ? offsets[byte] : to;
}

Located Located::part(std::size_t begin, std::size_t length) const {
    Located out{
        at(static_cast<std::uint32_t>(begin)), at(static_cast<std::uint32_t>(begin + length)), {}};
    if (!offsets.empty() && begin < offsets.size())
        out.offsets.assign(offsets.begin() + static_cast<std::ptrdiff_t>(begin),
                           offsets.begin() + static_cast<std::ptrdiff_t>(
                                                 std::min(begin + length, offsets.size())));
    return out;
}

const Node* Node::find(std::string_view key) const {
    for (const Entry& entry : entries)
        if (entry.key.text == key) return &entry.value;
    return nullptr;
}

std::optional<YamlFile> read_yaml(const SourceFile& file, Diagnostics& out) {
    if (!check_bytes(file, YamlLimits::bytes_max, out)) return std::nullopt;
    if (report_tabs(file, out) || report_directive(file, out)) return std::nullopt;
    std::optional<YamlFile> yaml = Reader{file, out}.read();
    if (!yaml) return std::nullopt;
    if (yaml->root.kind == Node::Kind::empty) {
        out.add("DL0019", {file.path, 0, 0});
        return std::nullopt;
    }
    report_traps(file, yaml->root, out);
    return yaml;
}

bool check_bytes(const SourceFile& file, std::size_t bytes_max, Diagnostics& out) {
    const std::string_view text = file.text;
    if (text.size() > bytes_max) {
        out.add("DL0003", {file.path, 0, 0},
                {{"bytes", std::to_string(text.size())}, {"limit", std::to_string(bytes_max)}});
        return false;
    }
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        out.add("DL0002", {file.path, 0, 2}, {{"found", "UTF-16"}});
        return false;
    }
    if (const std::size_t good = valid_utf8_length(text); good < text.size()) {
        const auto at = static_cast<std::uint32_t>(good);
        out.add("DL0001", {file.path, at, at + 1},
                {{"byte", fmt::format("0x{:02X}", static_cast<unsigned char>(text[good]))}});
        return false;
    }
    return check_characters(file, out);
}

std::size_t bom_length(std::string_view text) { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

}  // namespace dutylog::definition
