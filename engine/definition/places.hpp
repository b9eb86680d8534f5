#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/definition/source.hpp"
#include "engine/definition/yaml.hpp"
#include "engine/rule/expression.hpp"

namespace dutylog::definition {

/// Where the parts of a model were written. A part is named by its path: `steps/do.service/owner`.
/// The checker asks for places here, so that it can read a model from anywhere.
class Places {
public:
    explicit Places(std::string file = {}) : file_{std::move(file)} {}

    const std::string& file() const { return file_; }
    void set(std::string path, Located at) { at_.insert_or_assign(std::move(path), std::move(at)); }
    bool has(std::string_view path) const { return at_.find(path) != at_.end(); }
    /// The place of a part, or of the nearest part around it that is known.
    SourceSpan span(std::string_view path) const;
    /// The place of some bytes of an expression.
    SourceSpan span(std::string_view path, rule::Span part) const;

private:
    const Located* nearest(std::string_view path) const;

    std::string file_;
    std::map<std::string, Located, std::less<>> at_;
};

}  // namespace dutylog::definition
