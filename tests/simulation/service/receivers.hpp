#pragma once

#include "tests/simulation/service/outside.hpp"

namespace dutylog::simulation {

/// Settles who is told through which channel, and opens the servers behind them: `NAME.test`.
void open_receivers(Outside& outside, Draw& draw);
/// Some behave better or worse than before.
void change_the_weather(Outside& outside, Draw& draw);
/// All behave.
void clear_the_sky(Outside& outside);

}  // namespace dutylog::simulation
