#include "adapters/http/request_reader.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>

#include "adapters/http/gate.hpp"

namespace dutylog::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using beast::error_code;
using beast::string_view;

/// Beast's parser. The head was read by the gate already, so it keeps the body only, and refuses
/// what a body may bring with it.
class RequestReader::Parser final : public beast::http::basic_parser<true> {
public:
    explicit Parser(const RequestLimits& limits) : chunks_left_{limits.chunks_max} {
        header_limit(static_cast<std::uint32_t>(limits.head_bytes_max));
        body_limit(boost::none);  // `allow_body` sets it, when the head is known
    }

    std::string body;
    std::string_view refused;  ///< the code, where one of ours ended it

private:
    using Verb = beast::http::verb;
    using FieldName = beast::http::field;

    void on_request_impl(Verb, string_view, string_view, int, error_code&) override {}
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_field_impl(FieldName, string_view, string_view, error_code& error) override {
        if (in_body_) refuse("trailer", error);  // fields after a body never were before the gate
    }
    void on_header_impl(error_code&) override { in_body_ = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        if (length) body.reserve(std::min<std::uint64_t>(*length, 64 * 1024));
    }
    std::size_t on_body_impl(string_view bytes, error_code&) override {
        body.append(bytes.data(), bytes.size());
        return bytes.size();
    }
    void on_chunk_header_impl(std::uint64_t, string_view extensions, error_code& error) override {
        if (!extensions.empty()) return refuse("chunk_extension", error);
        if (chunks_left_-- == 0) refuse("chunks_many", error);
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code&) override {
        body.append(bytes.data(), bytes.size());
        return bytes.size();
    }
    void on_finish_impl(error_code&) override {}

    void refuse(std::string_view code, error_code& error) {
        refused = code;
        error = beast::http::error::bad_chunk;
    }

    std::size_t chunks_left_;
    bool in_body_ = false;
};

struct RequestReader::State {
    RequestLimits limits;
    std::string buffer;      ///< bytes received; a filled front, then room
    std::size_t filled = 0;  ///< of the buffer
    std::size_t used = 0;    ///< of what is filled: read already
    LineWatch watch;
    std::optional<Parser> parser;
    Head head;

    std::string_view unread() const { return std::string_view{buffer}.substr(used, filled - used); }
};

namespace {

constexpr std::size_t first_buffer_bytes = 2048;
constexpr std::size_t chunk_line_bytes_max = 64;

Refusal refusal_of(const error_code& error, std::string_view ours) {
    if (error == beast::http::error::body_limit) return {413, "body_long", "The body is too long."};
    if (ours == "trailer") return {400, ours, "Fields after the body are not taken."};
    if (ours == "chunk_extension") return {400, ours, "Extensions of chunks are not taken."};
    if (ours == "chunks_many") return {413, ours, "The body comes in too many chunks."};
    return {400, "body", "The body does not have the form that its head announces."};
}

}  // namespace

RequestReader::RequestReader(RequestLimits limits) : state_{std::make_unique<State>()} {
    state_->limits = limits;
}
RequestReader::~RequestReader() = default;
RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader& RequestReader::operator=(RequestReader&&) noexcept = default;

std::span<char> RequestReader::space() {
    State& s = *state_;
    if (s.used == s.filled) s.used = s.filled = 0;
    if (s.filled == s.buffer.size() && s.used > 0) {
        s.buffer.erase(0, s.used);
        s.filled -= s.used;
        s.used = 0;
    }
    if (s.filled == s.buffer.size())
        s.buffer.resize(std::max(first_buffer_bytes, s.buffer.size() * 2));
    return {s.buffer.data() + s.filled, s.buffer.size() - s.filled};
}

void RequestReader::received(std::size_t count) { state_->filled += count; }

Checked<RequestReader::Progress> RequestReader::advance() {
    if (state_->parser && state_->parser->is_done()) return Progress::complete;
    return state_->parser ? read_body() : read_head();
}

Checked<RequestReader::Progress> RequestReader::read_head() {
    State& s = *state_;
    const auto length = s.watch.look(s.unread(), s.limits);
    if (!length) return std::unexpected{length.error()};
    if (*length == 0) return Progress::more;
    const auto text = s.unread().substr(0, *length);
    auto head = check_head(text, s.limits);
    if (!head) return std::unexpected{head.error()};

    Parser& parser = s.parser.emplace(s.limits);
    error_code error;
    const std::size_t put = parser.put(asio::buffer(text.data(), text.size()), error);
    const bool agrees = !error && put == text.size() && parser.is_header_done() &&
                        parser.chunked() == (head->framing == Framing::chunked) &&
                        parser.content_length().value_or(0) == head->content_length;
    if (!agrees) return std::unexpected{Refusal{400, "head", "The head can be read in two ways."}};
    s.used += *length;
    s.head = std::move(*head);
    return Progress::head;
}

Checked<RequestReader::Progress> RequestReader::read_body() {
    State& s = *state_;
    const bool chunked = s.parser->chunked();
    // Beast 1.81 asserts that the last chunk comes in pieces of five bytes at least. No chunked
    // body has fewer left before its end, so that much is waited for.
    const std::size_t least = chunked ? 5 : 1;
    // It is given no more at once than the line of a chunk may be long: so a line is too long, or
    // not, in whatever pieces it comes.
    const std::size_t most = chunked ? chunk_line_bytes_max + 1 : std::string::npos;
    while (!s.parser->is_done() && s.unread().size() >= least) {
        error_code error;
        const auto text = s.unread().substr(0, most);
        const std::size_t put = s.parser->put(asio::buffer(text.data(), text.size()), error);
        s.used += put;
        if (error && error != beast::http::error::need_more)
            return std::unexpected{refusal_of(error, s.parser->refused)};
        if (put > 0) continue;
        if (text.size() == most)
            return std::unexpected{Refusal{400, "chunk_line", "The line of a chunk is too long."}};
        break;
    }
    return s.parser->is_done() ? Progress::complete : Progress::more;
}

const Head& RequestReader::head() const { return state_->head; }
Head RequestReader::take_head() { return std::move(state_->head); }
Checked<void> RequestReader::allow_body(std::uint64_t bytes_max) {
    // Beast compares a length with the limit while it reads the head, and chunks as they come.
    if (state_->parser->content_length().value_or(0) > bytes_max)
        return std::unexpected{refusal_of(beast::http::error::body_limit, {})};
    state_->parser->body_limit(bytes_max);
    return {};
}
std::string RequestReader::take_body() { return std::move(state_->parser->body); }
std::uint64_t RequestReader::body_bytes() const {
    return state_->parser ? state_->parser->body.size() : 0;
}

void RequestReader::next() {
    State& s = *state_;
    s.parser.reset();
    s.watch.reset();
    s.buffer.erase(0, s.used);
    s.filled -= s.used;
    s.used = 0;
    if (s.filled == 0) s.buffer = {};  // a thousand idle connections keep no buffers
}

bool RequestReader::is_fresh() const { return !state_->parser && state_->filled == state_->used; }

}  // namespace dutylog::http
