#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string_view>

#include "adapters/http/route.hpp"
#include "adapters/http/work_queue.hpp"
#include "engine/runtime/runtime.hpp"

namespace dutylog::http {

/// Decides who asks and whether they may. Called from network threads; must not block.
class Access {
public:
    virtual ~Access() = default;
    /// @returns who asks; or `unauthenticated` or `forbidden`
    virtual std::expected<std::shared_ptr<const Caller>, Problem> check(const Route& route,
                                                                        const Head& head,
                                                                        const Peer& peer) = 0;
};

/// One answer, for the log of the program: nothing in it is of the request's own words.
struct Answered {
    const std::string& id;  ///< of the request; its answer bears it as `X-Request-Id`
    const Route* route;     ///< null where none was found
    unsigned status;
    Elapsed took;
};

struct RouterOptions {
    Language language = Language::zh_cn;  ///< for readers who ask for none of ours
    /// Told of every answer, for `/metrics`; the route is null where none was found.
    std::function<void(const Route* route, unsigned status, Elapsed took)> seen = {};
    /// Told of every answer too.
    std::function<void(const Answered&)> answered = {};
    /// Told what a handler threw; the client only learns that something failed.
    std::function<void(const Route& route, std::string_view id, std::string_view what)> failed = {};
};

/// Finds the route of a request in a table and looks at everything about it that does not need the
/// route itself: access, parameters, content types, preconditions of reading, language.
/// Where two templates match, the one with fewer parameters is taken.
class Router final : public Service {
public:
    /// @throws std::invalid_argument  two routes have one operation, or the same method and path
    Router(RouteTable table, Access& access, runtime::Runtime& runtime, RouterOptions options = {});
    ~Router() override;

    Admission admit(const Head& head, const Peer& peer) override;
    void serve(Request request, Reply reply) override;

    const RouteTable& table() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// A handler whose work is done on a queue of threads; where the queue is full the answer is
/// `busy`.
Handler queued(WorkQueue& queue, std::function<Response(const Call&)> work);
/// A handler that answers at once; it must not block.
Handler at_once(std::function<Response(const Call&)> work);

/// Text in the order of its members, with an ETag.
Response json_response(unsigned status, const boost::json::object& body);

}  // namespace dutylog::http
