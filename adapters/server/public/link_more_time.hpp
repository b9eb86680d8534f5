#pragma once

#include "adapters/server/public/link_told.hpp"

/// More time for a step: asked for by a link, and decided on by another one, of the approver.
namespace dutylog::server {

Page postpone_page(const FollowedLink& link);
/// `AskPostponement`, or what is wrong with the form.
Ordered postpone_order(const FollowedLink& link, const Form& form);

Page decide_page(const FollowedLink& link);
/// `DecidePostponement`: granting asks for nothing more, refusing for a reason.
Ordered decide_order(const FollowedLink& link, const Form& form);

}  // namespace dutylog::server
