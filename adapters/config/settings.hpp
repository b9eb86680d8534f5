#pragma once

#include <span>
#include <string>
#include <string_view>

#include "adapters/config/shape.hpp"

namespace dutylog::config {

/// One setting of the service that can be given in the file, in the environment, or as a flag.
struct Setting {
    std::string_view key;  ///< `server.port`
    Shape shape;
    std::string_view initial;  ///< as it is written
    Text meaning;
};

/// Every setting, section by section. The defaults are those of the limits they set.
std::span<const Setting> settings();

/// @returns null where there is none of that key
const Setting* find_setting(std::string_view key);

/// `server.port` is `DUTYLOG_SERVER_PORT`; `log.file` is `DUTYLOG_LOG`, as for every command.
std::string variable_of(const Setting& setting);

}  // namespace dutylog::config
