#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http/problem.hpp"
#include "adapters/http/service.hpp"
#include "engine/core/text.hpp"

namespace dutylog::http {

/// What a parameter may be; the router refuses anything else before the route is asked.
enum class ParameterType : std::uint8_t { text, integer, truth, date, instant, choice };

/// A parameter of a path (`{duty}`) or of a query.
struct Parameter {
    std::string name = {};
    Text meaning = {};
    ParameterType type = ParameterType::text;
    bool required = false;                  ///< those of a path always are
    std::vector<std::string> choices = {};  ///< of a `choice`
    std::int64_t min = 0;                   ///< of an `integer`
    std::int64_t max = INT64_MAX;
};

/// Who asks, as whoever checks access knows them. Routes know what it is derived into.
struct Caller {
    virtual ~Caller() = default;
    std::string id;  ///< an actor's id; empty for nobody
};

/// One request as a route sees it: checked, decoded, and from someone who may ask.
struct Call {
    Request request;
    std::map<std::string, std::string, std::less<>> path;
    std::map<std::string, std::string, std::less<>> query;
    Language language = Language::zh_cn;
    std::shared_ptr<const Caller> caller;
    std::string operation;  ///< of the route
    /// For the log of the program: what went wrong here, of which the client learns nothing.
    std::function<void(std::string_view what)> report;

    /// The value of a parameter of the query; empty where it was not given.
    const std::string& parameter(std::string_view name) const;
    std::int64_t integer(std::string_view name, std::int64_t otherwise) const;
};

using Handler = std::function<void(Call, Reply)>;

/// One line of the table that both routes and describes: nothing can be answered that is not
/// described, and nothing is described that is not answered.
struct Route {
    Method method = Method::get;
    std::string path = {};       ///< `/api/v1/duties/{duty}`
    std::string operation = {};  ///< `read_duty`; unique
    Text summary = {};
    std::string permission = {};  ///< what `Access` asks for; empty where anyone may
    std::vector<Parameter> parameters = {};
    std::string request_schema = {};  ///< name of a schema; empty where no body is taken
    std::vector<std::string> request_types = {"application/json"};  ///< one of them
    std::string response_schema = {};  ///< empty where the answer is no JSON
    std::string response_type = "application/json";
    unsigned success = 200;
    std::vector<std::string> problems = {};  ///< codes, beyond those that any route may answer
    std::vector<unsigned> pages = {};        ///< other statuses answered in `response_type`
    std::uint64_t body_bytes_max = 256 * 1024;
    Handler handler = {};
};

using RouteTable = std::vector<Route>;

}  // namespace dutylog::http
