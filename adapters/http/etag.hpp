#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/head.hpp"
#include "adapters/http/problem.hpp"

namespace dutylog::http {

/// A strong entity tag, with its quotes: 128 bits of the SHA-256 of what it stands for.
std::string etag_of(std::string_view content);

/// Whether the list of an `If-Match` (strong) or `If-None-Match` (weak comparison) has the tag.
bool has_tag(std::string_view list, std::string_view etag, bool strongly);

/// For a request that changes a resource: whether its sender has seen the present version.
/// @param required  whether it has to say so
/// @returns `precondition_failed`, `precondition_required`, or nothing where it may go on
std::optional<Problem> check_if_match(const Head& head, std::string_view etag, bool required);

}  // namespace dutylog::http
