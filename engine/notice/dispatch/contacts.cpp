#include "engine/notice/dispatch/contacts.hpp"

namespace dutylog::notice::dispatch {

const RetrySchedule& schedule_of(Family family) {
    switch (family) {
        case Family::webhook:
            return webhook_schedule();
        case Family::mail:
            return mail_schedule();
        case Family::chat:
            break;
    }
    return chat_schedule();
}

const Contact& Contacts::of(const std::string& person, const std::string& role) const {
    if (const auto found = people.find(person); found != people.end()) return found->second;
    if (const auto found = roles.find(role); found != roles.end()) return found->second;
    return anybody;
}

}  // namespace dutylog::notice::dispatch
