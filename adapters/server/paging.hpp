#pragma once

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "adapters/http/cursor.hpp"
#include "adapters/http/route.hpp"

namespace dutylog::server {

http::Parameter limit_parameter();
http::Parameter cursor_parameter();

/// One page of a list, as a call asks for it.
struct PageAsked {
    std::string list;   ///< operation, filters and caller: a cursor of another list is not taken
    std::string after;  ///< the place of the last entry of the page before; empty for the first
    std::size_t limit = 0;
};

/// @throws http::Problem  `bad_cursor`
PageAsked page_asked(const http::Cursors& cursors, const std::string& operation,
                     const http::Call& call);

/// A page of entries that are sorted by their `place`, each place once: the answer gets `name` and,
/// where there are more, `next`. Only entries of the page are written.
template <class Entry, class Write>
void put_page(boost::json::object& answer, const char* name, const std::vector<Entry>& all,
              const PageAsked& asked, const http::Cursors& cursors, Write write) {
    boost::json::array page;
    auto at = std::ranges::upper_bound(all, asked.after, {}, &Entry::place);
    for (; at != all.end() && page.size() < asked.limit; ++at) page.push_back(write(*at));
    answer[name] = std::move(page);
    if (at != all.end() && at != all.begin())
        answer["next"] = cursors.mark(asked.list, std::prev(at)->place);
}

}  // namespace dutylog::server
