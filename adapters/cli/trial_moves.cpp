#include "adapters/cli/trial_moves.hpp"

#include <boost/json/object.hpp>

#include "adapters/cli/narrator.hpp"

namespace dutylog::cli {

namespace json = boost::json;

json::array moves_json(const Trial& trial, Language language) {
    const Narrator narrator{trial.world(), language};
    json::array moves;
    for (const TrialEvent& each : trial.events()) {
        if (each.envelope.origin == log::Origin::outside) continue;
        moves.push_back(
            json::object{{"stream", each.envelope.stream.str()},
                         {"type", each.envelope.type},
                         {"says", narrator.sentence(narrator.tell(each.event, each.envelope))}});
    }
    return moves;
}

}  // namespace dutylog::cli
