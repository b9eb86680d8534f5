#pragma once

#include <boost/json/object.hpp>
#include <span>
#include <string>

#include "adapters/http/route.hpp"

namespace dutylog::server {

/// A command at the thing it is about: `POST /duties/…/steps/{step}/completion`. The path fills
/// some of its keys, the body the others.
struct ShapedOrder {
    const char* path;       ///< below `/api/v1`
    const char* operation;  ///< its body is described under the same name: `CompleteStepBody`
    const char* command;
    const char* permission;
    const char* zh_cn;
    const char* en;
};

std::span<const ShapedOrder> shaped_orders();

/// The keys of the command that a path fills: `duty`, `of`, `step`, `corrects`, `positions`,
/// `subject`; and `fact` where the path says which it is.
boost::json::object filled_by(const ShapedOrder& order, const http::Call& call);
/// The same keys, for the description.
std::vector<std::string> keys_filled(const ShapedOrder& order);

/// `CompleteStepBody` of `complete_step`.
std::string body_name(const ShapedOrder& order);

}  // namespace dutylog::server
