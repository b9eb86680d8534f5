#include "engine/definition/allow.hpp"

#include <algorithm>
#include <optional>

#include "engine/definition/messages.hpp"

namespace dutylog::definition {

namespace {

struct AllowComment {
    std::string code;
    std::string reason;
    SourceSpan where;
    std::uint32_t line = 0;  ///< on which it works
    bool used = false;
};

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

/// `allow DL0312: reason`
std::optional<AllowComment> parse_allow(std::string_view text) {
    constexpr std::string_view word = "allow ";
    if (!text.starts_with(word)) return std::nullopt;
    text = trimmed(text.substr(word.size()));
    const std::size_t end = std::min(text.find_first_of(" :"), text.size());
    AllowComment allow;
    allow.code = text.substr(0, std::min(end, text.find("：")));
    if (!allow.code.starts_with("DL")) return std::nullopt;
    text = trimmed(text.substr(allow.code.size()));
    for (const std::string_view colon : {":", "："})
        if (text.starts_with(colon)) text.remove_prefix(colon.size());
    allow.reason = trimmed(text);
    return allow;
}

bool only_comment(std::string_view line) {
    line = trimmed(line);
    return line.starts_with('#');
}

/// The line a comment speaks of: its own, or the next that holds more than a comment.
std::uint32_t line_of(const LineMap& lines, std::uint32_t line) {
    while (line <= lines.line_count() && only_comment(lines.line(line))) ++line;
    return line;
}

class Allows {
public:
    Allows(std::vector<Diagnostic>& problems, const FileComments& file)
        : problems_{problems}, file_{*file.file}, lines_{file_.text}, whole_file_{file.whole_file} {
        for (const Comment& comment : file.comments) {
            auto allow = parse_allow(comment.text);
            if (!allow) continue;
            allow->where = {file_.path, comment.from, comment.to};
            allow->line = line_of(lines_, lines_.place(comment.from).line);
            allows_.push_back(std::move(*allow));
        }
    }

    std::vector<Allowed> apply(bool complete) {
        std::vector<Allowed> allowed;
        if (allows_.empty()) return allowed;
        std::erase_if(problems_, [&](const Diagnostic& problem) {
            AllowComment* allow = find(problem);
            if (allow == nullptr) return false;
            allow->used = true;
            if (allow->reason.empty()) return false;
            allowed.push_back({problem, allow->reason, allow->where});
            return true;
        });
        report(complete);
        return allowed;
    }

private:
    AllowComment* find(const Diagnostic& problem) {
        const Message* message = find_message(problem.code);
        if (problem.where.file != file_.path || message->allow == Allow::never) return nullptr;
        const std::uint32_t line = lines_.place(problem.where.from).line;
        for (AllowComment& allow : allows_)
            if (allow.code == problem.code && (whole_file_ || allow.line == line)) return &allow;
        return nullptr;
    }

    void report(bool complete) {
        Diagnostics out;
        for (const AllowComment& allow : allows_) {
            const Message* message = find_message(allow.code);
            std::string_view code;
            if (message == nullptr || message->allow == Allow::never)
                code = "DL0024";
            else if (allow.reason.empty())
                code = "DL0022";
            else if (!allow.used && complete)
                code = "DL0023";
            if (!code.empty()) out.add(code, allow.where, {{"name", allow.code}});
        }
        for (Diagnostic& problem : out.take()) problems_.push_back(std::move(problem));
    }

    std::vector<Diagnostic>& problems_;
    const SourceFile& file_;
    LineMap lines_;
    bool whole_file_;
    std::vector<AllowComment> allows_;
};

}  // namespace

std::vector<Allowed> apply_allows(std::vector<Diagnostic>& problems,
                                  const std::vector<FileComments>& files) {
    const bool complete = std::ranges::none_of(problems, [](const Diagnostic& problem) {
        return problem.severity == Severity::error &&
               find_message(problem.code)->allow == Allow::never;
    });
    std::vector<Allowed> allowed;
    for (const FileComments& file : files)
        for (Allowed& one : Allows{problems, file}.apply(complete))
            allowed.push_back(std::move(one));
    return allowed;
}

}  // namespace dutylog::definition
