#pragma once

#include "engine/pdca/codec/access.hpp"
#include "engine/pdca/codec/cycles.hpp"
#include "engine/pdca/codec/gates.hpp"
#include "engine/pdca/codec/notices.hpp"
#include "engine/pdca/codec/record.hpp"
#include "engine/pdca/codec/requests.hpp"
#include "engine/pdca/codec/steps.hpp"
#include "engine/pdca/codec/subjects.hpp"
#include "engine/pdca/events.hpp"

/// How each event is stored: one field list serves bytes and JSON. The order is part of the format.
/// The lists stand in the files of the same names as those of the events.
