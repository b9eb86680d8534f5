#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "engine/core/civil_date.hpp"
#include "engine/core/text.hpp"
#include "engine/notice/message.hpp"

/// The words of messages, from the facts of a notice.
namespace dutylog::notice {

/// Who reads it: the person it is about or who must act, or everyone in a group of a chat.
enum class Audience : std::uint8_t { person, group };

/// What a notice is about. Titles are those of the definition; values of facts, forms and findings
/// have no place here.
struct NoticeFacts {
    std::string notice;  ///< id in the log
    std::string person;  ///< whom it goes to: an opaque id
    Kind kind = Kind::reminder;
    Text duty;            ///< title of the definition
    Text step;            ///< title of the step; empty for the duty as a whole
    std::string subject;  ///< `张三`, `LEV-07`: as policy lets it be shown
    bool subject_is_person = false;
    Text place;                    ///< site or workshop; may be empty
    std::string owner;             ///< name of who must act; may be empty
    std::string deputed_by;        ///< of `undelivered`: who could not be reached
    std::optional<CivilDate> due;  ///< in the zone of the site
    std::int32_t days_left = 0;    ///< from today to `due`; negative once it has passed
    std::uint16_t ordinal = 1;     ///< which one of its series
    bool critical = false;
    /// The title alone would say something of a person's health (a diagnosis, a re-examination, a
    /// suspected disease): then only `职业健康事项` is said.
    bool discreet = false;
    std::string first_notice;  ///< id of the first notice of the series
    std::string open_url;
    std::string acknowledge_url;  ///< these are links for this person; empty ones are left out
    std::string postpone_url;
    std::string delegate_url;
    std::string grant_url;
    std::string refuse_url;
    std::string asked_by;    ///< name of who asks; of `urge`, `signature`, `decision`
    std::string decided_by;  ///< name of who has decided; of `more_time_…`
    /// Of the decision, in the words of who decided: said where the duty is not about a person.
    std::string reason;
    std::optional<CivilDate> until;  ///< of `decision`: the day that more time is asked for
};

/// How a person, or a group, wants to be told.
struct Reader {
    Audience audience = Audience::person;
    Language language = Language::zh_cn;
    bool names_in_groups = false;  ///< policy lets a group read names of people
    std::optional<Mention> mention;
};

/// Colour and haste: red what is overdue and escalated, orange what is near.
Severity severity_of(const NoticeFacts& facts);

/// No two messages of a series have the same words: the ordinal and the days are always said.
Message compose(const NoticeFacts& facts, const Reader& reader);

inline constexpr std::size_t digest_items_max = 20;

/// One message for everything that falls into the same slot: what is longest overdue comes first,
/// and what is past `digest_items_max` is counted.
/// @param id  of the digest, unique for person and slot
/// @param open_url  where all of it can be seen
/// @pre there is at least one
Message compose_digest(std::span<const NoticeFacts> all, const Reader& reader,
                       const std::string& id, const std::string& open_url);

/// `还剩 7 天`, `今天到期`, `已逾期 2 天`
Text days_text(std::int32_t days_left);

/// An endpoint or channel that was switched off, told to its owner through another one.
/// @param name  of the channel; never its address
Message compose_channel_off(const std::string& name, const Text& why, const Reader& reader,
                            const std::string& id, const std::string& open_url);

}  // namespace dutylog::notice
