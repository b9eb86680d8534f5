#include "tests/pdca/support/library.hpp"

#include <stdexcept>

#include "engine/definition/load_bundle.hpp"
#include "engine/definition/render.hpp"

namespace dutylog::pdca::test {

namespace {

constexpr const char* library = R"(dutylog: 1
kind: library
id: small-works
title: {zh-CN: 小厂, en: A small works}
zone: Etc/UTC
calendar: week
units: [m/s]

subjects:
  employer: {title: {zh-CN: 用人单位, en: Employer}}
  site:     {in: employer, title: {zh-CN: 厂区, en: Site}}
  worker:   {in: site, person: true, title: {zh-CN: 劳动者, en: Worker}}
  post:     {in: site, title: {zh-CN: 岗位, en: Post}}
  fan:      {in: site, title: {zh-CN: 风机, en: Fan}}

facts:
  running:    {of: fan, keep: latest, title: {zh-CN: 运行, en: Running}, fields: {months: integer, due: date, stopped: truth}}
  serviced:   {of: fan, as: services, title: {zh-CN: 保养, en: Serviced}, fields: {well: truth}}
  started:    {of: fan, act: true, as: starts, title: {zh-CN: 启动, en: Started}}
  change:     {of: site, act: true, as: changes, title: {zh-CN: 变更, en: Change}, fields: {name: text}}
  review:     {of: site, as: reviews, title: {zh-CN: 评审, en: Review}, fields: {name: text}}
  exposure:   {of: worker, keep: latest by hazard, as: exposures, title: {zh-CN: 接触, en: Exposure}, fields: {hazard: {type: text, required: true}, ended: truth}}
  exam:       {of: worker, as: exams, title: {zh-CN: 检查, en: Examination}, fields: {fit: truth}}
  enter_post: {of: worker, act: true, as: entries, title: {zh-CN: 上岗, en: Entering a post}, fields: {post: ref post}}
  suspicion:  {of: worker, as: suspicions, title: {zh-CN: 疑似, en: Suspicion}}
  report:     {of: worker, as: reports, title: {zh-CN: 报告, en: Report}}

roles:
  PR:  {principal: true, title: {zh-CN: 负责人, en: Principal}}
  OHM: {title: {zh-CN: 管理人员, en: Manager}}
  EQ:  {of: fan, title: {zh-CN: 设备员, en: Equipment}}
  WS:  {title: {zh-CN: 车间主任, en: Workshop}}
  TU:  {title: {zh-CN: 工会, en: Union}}

ladders:
  standard:
    - {at: 10 days before due, tell: [owner]}
    - {at: due, tell: [owner]}
    - {at: 1 working day after due, tell: [head, OHM]}
    - {at: 5 working days after due, tell: [PR]}
  short:
    - {at: 2 days after due, tell: [PR, TU]}
)";

/// What every definition must say and few tests are about.
std::string filled(const std::string& text) {
    std::string whole = "dutylog: 1\n";
    const auto add = [&](const std::string& key, const std::string& line) {
        const bool said = text.starts_with(key) || text.find("\n" + key) != std::string::npos;
        if (!said) whole += line + "\n";
    };
    add("kind:", "kind: duty");
    add("title:", "title: {zh-CN: 义务, en: A duty}");
    add("basis:", "basis: [{obligation: OB-001, rule: example, force: practice}]");
    add("effective:", "effective: {from: 2020-01-01}");
    return whole + text;
}

}  // namespace

RulesPtr rules_of(const std::vector<std::string>& definitions) {
    std::vector<definition::SourceFile> files{
        {"library.yaml", library},
        {"calendars/calendars.csv", "week,mon-fri,\n"},
        {"zones/zones.csv", "Etc/UTC,UTC0,1985-01-01,example\n"}};
    for (const std::string& text : definitions)
        files.push_back({"definitions/" + std::to_string(files.size()) + ".yaml", filled(text)});
    const definition::LoadedBundle loaded = definition::load_bundle(files);
    if (loaded.bundle != nullptr) return std::make_shared<const Rules>(loaded.bundle);
    definition::SourceTexts texts;
    for (const auto& file : files) texts[file.path] = file.text;
    throw std::runtime_error{"a definition of a test does not load:\n" +
                             definition::render_text(loaded.diagnostics, texts, {})};
}

}  // namespace dutylog::pdca::test
