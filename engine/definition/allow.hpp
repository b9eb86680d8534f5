#pragma once

#include <string>
#include <vector>

#include "engine/definition/diagnostic.hpp"
#include "engine/definition/yaml.hpp"

namespace dutylog::definition {

/// A diagnostic that was set aside, and why; kept in the log when the definition is published.
struct Allowed {
    Diagnostic problem;
    std::string reason;
    SourceSpan comment;
};

/// The comments of one file.
struct FileComments {
    const SourceFile* file = nullptr;
    std::vector<Comment> comments;
    bool whole_file = false;  ///< in the legend of a table an allow speaks of the whole file
};

/// Takes out of `problems` what a comment `# allow DL0312: reason` on the same line, or alone on
/// the line before, sets aside. An allow without a reason, without effect, or of a code that
/// cannot be set aside is itself added. While something cannot be understood at all, not everything
/// has been checked, and nobody is told of an allow without effect.
std::vector<Allowed> apply_allows(std::vector<Diagnostic>& problems,
                                  const std::vector<FileComments>& files);

}  // namespace dutylog::definition
