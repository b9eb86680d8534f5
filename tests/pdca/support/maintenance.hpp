#pragma once

#include "tests/pdca/support/play.hpp"

/// The duty most tests live with, and its first day.
namespace dutylog::pdca::test {

/// A fan is serviced every three months with a sheet to show for it, tested by someone else, and
/// repaired where the flow is low; whether the repair works is said by the principal.
inline const std::string maintenance = R"(
id: maintenance
for: fan where fan.running != none and not (fan.running.stopped == true)
every: 3 months after completion
due: 3 months after (last_completion or fan.running.on)
open: 30 days before due
owner: EQ
met_by: do.service
do:
  service: {title: {zh-CN: 保养, en: Service}, evidence: [sheet]}
check:
  airflow:
    title: {zh-CN: 测试, en: Test}
    owner: OHM
    due: 7 days after do.service
    form: {speed: {type: quantity m/s, required: true}}
    findings:
      low-flow: {when: speed < 1 m/s, severity: high, basis: OB-002, title: {zh-CN: 风速不足, en: Low flow}}
act:
  repair:
    title: {zh-CN: 修复, en: Repair}
    upon: finding low-flow
    measure: {zh-CN: 恢复, en: Restore}
    due: 15 days after check.airflow
    verified_by: PR
)";

inline const StreamId fan_duty = duty("maintenance");

inline Record speed(std::int64_t metres_a_second) {
    return Record::of({{"speed", Quantity{Decimal{metres_a_second}, "m/s"}}});
}

inline Act runs(const std::string& when) { return on(when, "eli", fact("fan/F1", "running")); }
inline Act serviced(const std::string& when, const std::string& by = "eli") {
    return on(when, by, complete(fan_duty, "do.service", {}, {"sheet=1"}));
}
inline Act tested(const std::string& when, std::int64_t metres_a_second,
                  const std::string& by = "omar") {
    return on(when, by, complete(fan_duty, "check.airflow", speed(metres_a_second)));
}
inline Act repaired(const std::string& when, const std::string& by = "eli") {
    return on(when, by, complete(fan_duty, "act.repair"));
}
inline Act verified(const std::string& when, const std::string& by = "pia", bool effective = true) {
    return on(when, by, VerifyMeasure{fan_duty, 0, "act.repair", effective, ""});
}

}  // namespace dutylog::pdca::test
