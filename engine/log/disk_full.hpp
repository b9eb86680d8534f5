#pragma once

#include "engine/log/event_store.hpp"

namespace dutylog::log {

/// No room is left where a file was to grow. Nothing that was acknowledged is lost.
class DiskFull : public StoreError {
public:
    using StoreError::StoreError;
};

}  // namespace dutylog::log
