#pragma once

#include <expected>
#include <string>
#include <vector>

#include "adapters/server/public/link_deeds.hpp"

/// What the pages of links share: what a link's notice was about, and the fields of their forms.
namespace dutylog::server {

inline constexpr std::size_t link_reason_bytes_max = 1'000;

/// The notice of a link, with the duty and cycle it told of; all null where they are gone.
struct Told {
    const pdca::Duty* duty = nullptr;
    const pdca::Cycle* cycle = nullptr;
    const definition::Definition* definition = nullptr;
    std::string step;  ///< empty for the duty as a whole
    std::string role;  ///< as which the person was told
};

Told told_by(const FollowedLink& link);

/// Open steps that the person may put off or hand on: their own, and as head or as the accountable
/// also those of others.
std::vector<const pdca::StepState*> steps_of(const FollowedLink& link, const Told& told);

/// A page that says what the notice was about, as far as anybody with the link may know.
Page about(const Told& told, Text title);

PageField step_field(const Told& told, const std::vector<const pdca::StepState*>& steps);
PageField reason_field();

/// What was filled in, as one clean line; empty where nothing was.
std::string entered(const Form& form, std::string_view name);
/// The step that was chosen, if it is still one of those that may be.
const pdca::StepState* chosen(const std::vector<const pdca::StepState*>& steps, const Form& form);
/// The reason, or what is wrong with it.
std::expected<std::string, Text> reason_in(const Form& form);

using Ordered = std::expected<pdca::Command, Text>;
inline std::unexpected<Text> missing(Text words) { return std::unexpected{std::move(words)}; }
extern const Text no_such_step;

}  // namespace dutylog::server
