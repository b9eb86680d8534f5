#include <sys/stat.h>

#include <ctime>
#include <filesystem>

#include "adapters/cli/open_log.hpp"
#include "adapters/cli/verification.hpp"
#include "adapters/server/doctor/doctor.hpp"
#include "engine/pdca/sealing.hpp"

namespace dutylog::server::doctor {

using cli::phrase;
using cli::Phrase;

namespace {

constexpr std::int64_t checkpoint_days_max = 8;  ///< one a week, and a day late

Finding look_at_keys(const pdca::World& world, const log::KeyRing& keys, const std::string& log) {
    const std::string file = keys::KeyFile::beside(log);
    std::size_t sealed = 0;
    std::size_t missing = 0;
    for (const std::string& key : world.sealed_with) {
        const auto* subject = world.subject(pdca::subject_of_key(key));
        if (subject != nullptr && subject->erased) continue;
        ++sealed;
        if (!keys.find(key)) ++missing;
    }
    if (missing == 0)
        return ok("keys", phrase("{0}: the keys of {1} people are there", "{0}：{1} 人的密钥齐全",
                                 file, sealed));
    return fail("keys",
                phrase("{0}: of {1} people whose names are sealed, {2} have no key",
                       "{0}：{1} 名已密封的人员中，{2} 人缺少密钥", file, sealed, missing),
                {"Put the file back from where keys are kept apart from the log.",
                 "请从另行保管之处取回该文件。"});
}

Finding look_at_rules(const pdca::World& world) {
    if (world.rules == nullptr)
        return fail("rules", {"the log has no definitions yet", "日志尚无定义"},
                    {"`dutylog publish --log FILE --library workflows` puts a library in force.",
                     "`dutylog publish --log 文件 --library workflows` 发布定义库。"});
    return ok("rules", phrase("{0} definitions are in force", "{0} 项定义生效",
                              world.rules->bundle().definitions.size()));
}

Finding look_at_zone(const pdca::World& world, Instant now) {
    const calendar::Zone& zone = world.rules->zone();
    const calendar::LocalTime local = zone.local(now);
    const Phrase words = phrase("time zone {0}: today is {1}", "时区 {0}：今天是 {1}", zone.name(),
                                to_string(local.date));
    if (zone.covers(local.date)) return ok("zone", words);
    return warn("zone", words,
                {"The zone data of the library does not reach this day: publish a library with "
                 "newer data.",
                 "定义库的时区数据不涵盖今天：请发布含较新数据的定义库。"});
}

Finding look_at_calendar(const pdca::World& world, Instant now) {
    const int year = world.rules->zone().local(now).date.year();
    for (const int wanted : {year, year + 1})
        if (!world.rules->calendar().covers(wanted))
            return warn("calendar",
                        phrase("no holiday data covers {}", "没有 {} 年的节假日数据", wanted),
                        {"Until it is there, due dates of that year are counted by the week alone "
                         "and are provisional: add the calendar to the library and publish it.",
                         "在此之前该年的期限仅按星期推算，属暂定：请在定义库中加入日历并发布。"});
    return ok("calendar", phrase("holiday data covers {0} and {1}", "节假日数据涵盖 {0} 与 {1} 年",
                                 year, year + 1));
}

Finding look_at_checkpoint(const std::string& path, log::EventStore& store) {
    const Phrase help{
        "`dutylog checkpoint FILE` writes one; kept where nobody who can write the log "
        "can reach it, it shows later that history was not changed.",
        "`dutylog checkpoint 文件` 可写出检查点；存放于能改日志者所不及之处，即可证明"
        "历史未被改动。"};
    if (path.empty())
        return warn("checkpoint",
                    {"no checkpoint is known (log.checkpoint)", "未指明检查点（log.checkpoint）"},
                    help);
    struct stat about{};
    if (stat(path.c_str(), &about) != 0)
        return warn("checkpoint", phrase("{}: is not there", "{}：不存在", path), help);
    const log::TreeHead kept = cli::read_checkpoint(path, {}).checkpoint.head;
    if (kept.size > store.head().size)
        return fail(
            "checkpoint",
            phrase("{0} was kept at {1} events, the log has {2}",
                   "{0} 保存时有 {1} 个事件，日志只有 {2} 个", path, kept.size, store.head().size),
            {"This is an older log, or another one: look for the right one before it is "
             "used.",
             "这是较旧的或另一份日志：使用之前请找到正确的日志。"});
    const std::int64_t days = (std::time(nullptr) - about.st_mtime) / 86'400;
    const Phrase words =
        phrase("{0}: {1} events, {2} days old", "{0}：{1} 个事件，{2} 天前", path, kept.size, days);
    return days > checkpoint_days_max ? warn("checkpoint", words, help) : ok("checkpoint", words);
}

}  // namespace

Findings look_at_log(const Patient& patient) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(patient.log, error))
        return {fail("log", phrase("{}: there is no log", "{}：没有日志", patient.log),
                     {"`dutylog init FILE --library FOLDER` makes a log.",
                      "`dutylog init 文件 --library 文件夹` 新建日志。"})};
    cli::OpenedLog log{patient.session, patient.log};
    const pdca::World& world = log.now();
    Findings findings{
        ok("log", phrase("{0}: {1} events", "{0}：{1} 个事件", patient.log, world.head)),
        look_at_keys(world, log.keys(), patient.log), look_at_rules(world)};
    if (world.rules != nullptr) {
        findings.push_back(look_at_zone(world, patient.session.now()));
        findings.push_back(look_at_calendar(world, patient.session.now()));
    }
    findings.push_back(look_at_checkpoint(patient.config.text("log.checkpoint"), log.store()));
    return findings;
}

}  // namespace dutylog::server::doctor
