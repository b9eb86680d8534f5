#pragma once

#include <boost/json/object.hpp>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "adapters/server/proposals.hpp"
#include "adapters/server/reading.hpp"
#include "engine/definition/load_bundle.hpp"

namespace dutylog::server {

/// The texts of a bundle of the log.
/// @throws http::Problem  `not_ready`: nothing was published, or a text is missing
std::vector<definition::SourceFile> files_of(Reading& reading, const Digest& bundle);

/// The text of a definition as a bundle has it; nothing where it is not there.
std::optional<definition::SourceFile> text_of_version(Reading& reading, const Digest& bundle,
                                                      const definition::Definition& definition);

/// A change of the texts in force: a file by path with its new text, or without one to go.
struct TextChange {
    std::string path;
    std::optional<std::string> text;
};

/// `{files: [{path, text}]}` of a body; a file without `text` goes.
/// @throws http::Problem  `bad_value`
std::vector<TextChange> changes_in(const boost::json::object& body);

/// The texts with the changes made.
/// @throws http::Problem  `bad_value`: a file is to go that is not there
std::vector<definition::SourceFile> changed(std::vector<definition::SourceFile> files,
                                            const std::vector<TextChange>& changes);

/// `{errors, warnings, problems: […]}`: what the library comes to, each problem with its place.
boost::json::object check_json(const std::vector<definition::SourceFile>& files,
                               const definition::LoadedBundle& loaded, Language language);

}  // namespace dutylog::server
