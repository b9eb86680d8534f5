#include "tests/bench/figure.hpp"

namespace dutylog::bench {

std::vector<Figure> all_figures() {
    std::vector<Figure> all;
    for (const auto part : {append_figures, workflow_figures, replay_figures, timer_figures,
                            question_figures, definition_figures, year_figures, deliver_figures,
                            http_figures, lag_figures, service_figures}) {
        auto figures = part();
        all.insert(all.end(), std::make_move_iterator(figures.begin()),
                   std::make_move_iterator(figures.end()));
    }
    return all;
}

}  // namespace dutylog::bench
