#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/bundle.hpp"

namespace dutylog::pdca {

/// A bundle made ready to run: look-ups by name, and which definitions a fact can touch.
class Rules {
public:
    explicit Rules(definition::BundlePtr bundle);

    const definition::Bundle& bundle() const { return *bundle_; }
    const definition::Library& library() const { return bundle_->library; }
    const calendar::WorkCalendar& calendar() const { return *calendar_; }
    const calendar::Zone& zone() const { return *zone_; }

    const definition::Definition* definition(std::string_view id) const;
    const definition::FactType* fact(std::string_view id) const;
    /// The fact type of `kind` that expressions call `access`; null where there is none.
    const definition::FactType* fact_of(std::string_view kind, std::string_view access) const;

    /// Definitions that could judge otherwise after a fact of this type.
    const std::vector<const definition::Definition*>& reading(const std::string& fact) const;
    /// Definitions about this kind of subject.
    const std::vector<const definition::Definition*>& about(const std::string& kind) const;

    /// Systems and programmes.
    const std::vector<const definition::Definition*>& wheels() const { return wheels_; }
    /// Whether a step of another definition runs this one, and nothing else opens it.
    bool waits_to_be_run(const definition::Definition& definition) const;

    /// Whether `kind` lives somewhere inside `outer`, or is it.
    bool within(std::string_view kind, std::string_view outer) const;

    Value table_row(std::string_view table, std::span<const Value> keys, CivilDate on) const;

private:
    void index_facts();
    void index_readers(const definition::Definition& definition);
    void index_tables();

    definition::BundlePtr bundle_;
    std::vector<const definition::Definition*> wheels_;
    std::set<std::string, std::less<>> run_by_steps_;
    const calendar::WorkCalendar* calendar_ = nullptr;
    const calendar::Zone* zone_ = nullptr;
    std::map<std::pair<std::string, std::string>, const definition::FactType*, std::less<>> access_;
    std::map<std::string, std::vector<const definition::Definition*>> readers_;
    std::map<std::string, std::vector<const definition::Definition*>> about_;
    /// table → first key cell → rows
    std::map<std::string, std::map<std::string, std::vector<const Record*>>, std::less<>> tables_;
};

using RulesPtr = std::shared_ptr<const Rules>;

}  // namespace dutylog::pdca
