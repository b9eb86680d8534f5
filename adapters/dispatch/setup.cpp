#include "adapters/dispatch/setup.hpp"

namespace dutylog::dispatch {

bool is_group(const Route& route) {
    return std::holds_alternative<channels::DingtalkRobot>(route) ||
           std::holds_alternative<channels::WecomRobot>(route) ||
           std::holds_alternative<channels::FeishuBot>(route) ||
           std::holds_alternative<channels::SlackHook>(route) ||
           std::holds_alternative<channels::TeamsWorkflow>(route);
}

const Addressee& Setup::addressee(const std::string& person) const {
    static const Addressee nobody;
    const auto found = people.find(person);
    return found == people.end() ? nobody : found->second;
}

}  // namespace dutylog::dispatch
