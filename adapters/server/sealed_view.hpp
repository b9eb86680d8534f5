#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/keys/key_file.hpp"
#include "adapters/server/question.hpp"
#include "engine/pdca/events.hpp"

namespace dutylog::server {

/// Values as one caller may see them. Sealed fields are shown as `{"sealed": true}`, or, where the
/// question asks for them (`opened=true`) and the caller has the permission `medical`, in plain;
/// what was opened is noted, and goes on the record before the answer leaves.
class SealedView {
public:
    /// @param keys  null: nothing is opened
    explicit SealedView(std::shared_ptr<const keys::KeyFile> keys) : keys_{std::move(keys)} {}

    /// What a fact or a form holds. @param position  of the event that holds it
    boost::json::value value(const Value& value, log::Position position, log::EventStore& store);
    /// The name of a subject; null where it has none.
    boost::json::value name(const registry::Subject& subject);

    const std::set<std::string>& opened_keys() const { return opened_; }
    const std::vector<log::Position>& positions() const { return positions_; }
    bool opens() const { return keys_ != nullptr; }

private:
    boost::json::value plain(const Value& value, const Value* opened, log::Position position);

    std::shared_ptr<const keys::KeyFile> keys_;
    std::set<std::string> opened_;
    std::vector<log::Position> positions_;
};

/// `opened`: whether sealed fields are asked for in plain.
http::Parameter opened_parameter();

/// A question whose answer may show sealed fields. @see SealedView
struct SealedQuestion {
    Question question = {};  ///< its `answer` is not used
    std::function<boost::json::object(const http::Call&, SealedView&)> answer = {};
};
http::Route route_of(const Desk& desk, SealedQuestion question);

}  // namespace dutylog::server
