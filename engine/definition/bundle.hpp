#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/calendar/work_calendar.hpp"
#include "engine/calendar/zone.hpp"
#include "engine/definition/library.hpp"
#include "engine/definition/model.hpp"

namespace dutylog::definition {

/// What is in force together: published by one event, named by one hash. Never changed once built.
struct Bundle {
    Library library;
    std::map<std::string, Definition> definitions;
    std::map<std::string, Table> tables;
    std::map<std::string, calendar::WorkCalendar>
        calendars;  ///< `library.calendar` names the default
    std::map<std::string, calendar::Zone> zones;
    std::string
        manifest;  ///< sorted lines: kind, path, SHA-256 of the source, of the canonical form
    Digest hash;   ///< SHA-256 of `manifest`
};

using BundlePtr = std::shared_ptr<const Bundle>;

}  // namespace dutylog::definition
