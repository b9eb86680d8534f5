#include "tests/adapters/http/llhttp_cases.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace dutylog::test {

namespace {

std::string unescaped(const std::string& line) {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] != '\\' || i + 1 == line.size()) {
            out += line[i];
            continue;
        }
        const char next = line[++i];
        if (next == 'x') {
            out += static_cast<char>(std::stoi(line.substr(i + 1, 2), nullptr, 16));
            i += 2;
        } else {
            out += next == 'r'   ? '\r'
                   : next == 'n' ? '\n'
                   : next == 't' ? '\t'
                   : next == 'f' ? '\f'
                                 : next;
        }
    }
    return out;
}

/// The lines of a page as llhttp's own test runner makes bytes of them: a line ends with CR LF, a
/// backslash at its end joins the next, `\r` and `\n` stand for themselves.
std::string bytes_of_lines(const std::vector<std::string>& lines) {
    std::string bytes;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool joined = lines[i].ends_with('\\');
        bytes += unescaped(joined ? lines[i].substr(0, lines[i].size() - 1) : lines[i]);
        if (!joined && i + 1 < lines.size()) bytes += "\r\n";
    }
    return bytes;
}

class Page {
public:
    Page(std::string file, std::vector<LlhttpCase>& cases)
        : file_{std::move(file)}, cases_{cases} {}

    void take(const std::string& line) {
        if (block_.empty()) return take_text(line);
        if (line != "```") {
            if (block_ == "log") take_log(line);
            if (block_ == "http") lines_.push_back(line);
            return;
        }
        if (block_ == "http")
            cases_.push_back({file_, title_, bytes_of_lines(lines_), lenient_, false});
        block_.clear();
    }

private:
    void take_text(const std::string& line) {
        if (line.starts_with("#")) title_ = line.substr(line.find(' ') + 1);
        if (line.starts_with("<!-- meta")) lenient_ = line.find("lenient") != std::string::npos;
        if (line.starts_with("```")) block_ = line.substr(3);
        lines_.clear();
    }
    void take_log(const std::string& line) {
        // Codes 22 and 23 hand over to another protocol, 5 is about the bytes of a next request.
        const auto at = line.find("error code=");
        if (at == std::string::npos) return;
        const int code = std::stoi(line.substr(at + 11));
        if (code != 22 && code != 23 && code != 5) cases_.back().refused = true;
    }

    std::string file_;
    std::vector<LlhttpCase>& cases_;
    std::string title_;
    std::string block_;
    bool lenient_ = false;
    std::vector<std::string> lines_;
};

}  // namespace

std::vector<LlhttpCase> llhttp_cases(const std::string& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator{folder})
        if (entry.path().extension() == ".md") paths.push_back(entry.path());
    std::ranges::sort(paths);
    std::vector<LlhttpCase> cases;
    for (const auto& path : paths) {
        Page page{path.filename().string(), cases};
        std::ifstream in{path};
        for (std::string line; std::getline(in, line);) page.take(line);
    }
    return cases;
}

std::string with_host(const std::string& bytes) {
    const auto first_line_end = bytes.find("\r\n");
    std::string lower = bytes.substr(0, bytes.find("\r\n\r\n"));
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
    if (first_line_end == std::string::npos || lower.find("\r\nhost:") != std::string::npos)
        return bytes;
    std::string with = bytes;
    return with.insert(first_line_end + 2, "Host: a\r\n");
}

const std::map<std::string, std::string>& stricter_than_llhttp() {
    static const std::map<std::string, std::string> table{
        {"Funky `Content-Length` with body", "body_unexpected"},
        {"OPTIONS request with RTSP", "request_line"},
        {"No HTTP version", "request_line"},
        {"curl GET", "host"},     // "0.0.0.0=5000"
        {"Firefox GET", "host"},  // the same
        {"Prefix newline", "empty_line"},
        {"Request starting with CRLF", "empty_line"},
        {"Trailing headers", "trailer"},
        {"Chunk extensions", "chunk_extension"},
        {"Chunk extensions quoting", "chunk_line"},
        {"POST with `chunked` as last transfer-encoding", "transfer_encoding"},
        {"POST with `chunked` as last transfer-encoding (multiple headers)", "field_twice"},
        {"Quotes in URI", "target"},
        {"Query URL with vertical bar character", "target"},
        {"Fragment in URI", "target"},
        {"Host terminated by a query string", "target_host"},  // our host is not theirs
        {"`host:port` terminated by a query string", "target_host"},
        {"`host:port` terminated by a space", "target_host"},
        {"`host:port` and basic auth", "target_host"},
    };
    return table;
}

}  // namespace dutylog::test
