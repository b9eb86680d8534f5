#pragma once

#include <expected>
#include <string>

#include "adapters/server/public/page.hpp"
#include "engine/notice/link.hpp"
#include "engine/pdca/commands.hpp"
#include "engine/pdca/world.hpp"

/// What links do: each purpose as a page that asks, and as a command.
namespace dutylog::server {

/// A link that somebody follows, and the state it meets. Claims were checked; `world` has rules.
struct FollowedLink {
    const pdca::World& world;
    const notice::LinkClaims& claims;
    Instant now;
};

/// What following the link shows: what it is about and what its button will do. Names of people are
/// never on it, since who opens it has not signed in.
/// @param entered  what was filled in before, with `problem` that says what was wrong with it
Page link_page(const FollowedLink& link, const Form& entered = {}, Text problem = {});

/// What pressing its button orders.
/// @returns a problem to be shown with the page, and nothing is used up
std::expected<pdca::Command, Text> link_order(const FollowedLink& link, const Form& form);

/// What was done.
Page done_page(notice::LinkPurpose purpose);
/// The link had done its one thing before.
Page used_page();
/// Not signed here, changed, or its key is forgotten.
Page unknown_page();
Page expired_page();

/// The notice under which the stream of a person keeps their choice about digests: a delivery
/// `skipped` says that they want none.
std::string digest_choice(const pdca::World& world, const std::string& person);

}  // namespace dutylog::server
