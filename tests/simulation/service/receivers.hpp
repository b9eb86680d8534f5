#pragma once

#include "tests/simulation/service/outside.hpp"

namespace dutylog::simulation {

/// Settles who is told through which channel, and opens the servers behind them: `NAME.test`.
void open_receivers(Outside& outside, Draw& draw);
/// For so many people a program each (`e0.test`), and mail for the person in charge.
void open_crowd(Outside& outside, Draw& draw, std::size_t people);
/// For so many people a mailbox each, on one server.
void open_mailboxes(Outside& outside, Draw& draw, std::size_t people);
/// Some behave better or worse than before.
void change_the_weather(Outside& outside, Draw& draw);
/// All behave.
void clear_the_sky(Outside& outside);

}  // namespace dutylog::simulation
