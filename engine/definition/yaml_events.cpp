#include "engine/definition/yaml_events.hpp"

#include <libfyaml.h>

#include <algorithm>
#include <memory>

#include "engine/definition/yaml_nodes.hpp"
#include "engine/definition/yaml_traps.hpp"

namespace dutylog::definition {

namespace {

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
        : file_{file}, out_{out}, bom_{bom_length(file.text)}, nodes_{file, out} {
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
        return YamlFile{nodes_.take_root(), comments_of(file_.text, scalars_)};
    }

private:
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
                nodes_.place(scalar(event, from, to), last_);
                return true;
            case FYET_ALIAS:
                // The mark of an alias lies behind its star.
                out_.add("DL0008", span(from == 0 ? 0 : from - 1, to));
                nodes_.leave_out(last_);
                return true;
            case FYET_MAPPING_START:
                return nodes_.open(Node::Kind::mapping, is_flow(event), from, to);
            case FYET_SEQUENCE_START:
                return nodes_.open(Node::Kind::sequence, is_flow(event), from, to);
            case FYET_MAPPING_END:
            case FYET_SEQUENCE_END:
                nodes_.close(to);
                return true;
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

    static bool is_flow(fy_event& event) { return fy_event_get_node_style(&event) == FYNS_FLOW; }

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
        if (unclosed) at = nodes_.innermost().value_or(at);
        out_.add("DL0006", span(at, unclosed ? at + 1 : at), {{"reason", reason}});
    }

    const SourceFile& file_;
    Diagnostics& out_;
    std::size_t bom_;
    std::unique_ptr<fy_diag, DiagClose> diag_;
    std::unique_ptr<fy_parser, ParserClose> parser_;
    NodeBuilder nodes_;
    std::vector<ScalarPlace> scalars_;
    std::uint32_t last_ = 0;
    int documents_ = 0;
};

}  // namespace

std::optional<YamlFile> read_yaml_events(const SourceFile& file, Diagnostics& out) {
    return Reader{file, out}.read();
}

}  // namespace dutylog::definition
