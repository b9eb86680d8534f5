#pragma once

#include <string>
#include <vector>

#include "adapters/cli/console.hpp"

namespace dutylog::cli {

/// A table of texts whose columns line up on a terminal, Chinese characters included. The last
/// column is wrapped where the terminal is too narrow.
class Table {
public:
    explicit Table(std::vector<Phrase> heads) : heads_{std::move(heads)} {}

    void add(std::vector<std::string> cells, Tone tone = Tone::plain);
    bool empty() const { return rows_.empty(); }
    void print(Console& console) const;

private:
    struct Row {
        std::vector<std::string> cells;
        Tone tone;
    };

    std::vector<std::size_t> widths(const Console& console) const;

    std::vector<Phrase> heads_;
    std::vector<Row> rows_;
};

}  // namespace dutylog::cli
