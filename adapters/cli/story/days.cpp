#include "adapters/cli/story/days.hpp"

#include <map>
#include <optional>
#include <vector>

#include "engine/pdca/stored.hpp"

namespace dutylog::cli {

using namespace pdca;  // NOLINT

namespace {

struct Line {
    log::Envelope envelope;
    Event event;
};

/// An event from outside or of the clock, and what followed from it.
struct Scene {
    Line root;
    std::vector<Line> followed;
};

class Days {
public:
    Days(Console& console, const Narrator& narrator, const DaysToTell& which)
        : console_{console}, narrator_{narrator}, which_{which} {}

    void read(log::EventStore& store) {
        store.scan(which_.after + 1, [&](const log::StoredEvent& stored) {
            const log::Envelope& envelope = stored.envelope;
            add({envelope, EventCodec::decode(envelope.type, envelope.schema, stored.payload)});
            return true;
        });
    }

    void tell() {
        for (const Scene& scene : scenes_) tell(scene);
    }

private:
    void add(Line line) {
        if (const auto* delivery = std::get_if<DeliveryRecorded>(&line.event))
            if (fold_in(*delivery, line.envelope)) return;
        if (const auto* met = std::get_if<DeadlineMet>(&line.event))
            if (met->assumed) assumed_.insert({line.envelope.stream, met->cycle});
        if (const auto* notice = std::get_if<NoticePlanned>(&line.event))
            planned_[notice->notice] = line.envelope.recorded;
        // Places follow each other in an append, so the root of a cause has already been read.
        if (line.envelope.cause != 0)
            if (const auto scene = scene_of_.find(line.envelope.cause); scene != scene_of_.end()) {
                scene_of_[line.envelope.position] = scene->second;
                scenes_[scene->second].followed.push_back(std::move(line));
                return;
            }
        scene_of_[line.envelope.position] = scenes_.size();
        scenes_.push_back({std::move(line), {}});
    }

    /// A notice delivered at the instant it was planned is said with the notice.
    bool fold_in(const DeliveryRecorded& delivery, const log::Envelope& envelope) {
        const auto planned = planned_.find(delivery.notice);
        if (planned == planned_.end() || planned->second != envelope.recorded) return false;
        if (delivery.outcome != Delivery::delivered) return false;
        delivered_[delivery.notice].push_back(delivery.person);
        return true;
    }

    void tell(const Scene& scene) {
        if (which_.left_unsaid.contains(scene.root.envelope.position) && !matters(scene)) return;
        if (!worth_telling(scene)) return;
        open_day(scene.root.envelope.recorded);
        time_ = narrator_.time_of_day(scene.root.envelope.recorded);
        about_.clear();
        const bool outside = scene.root.envelope.origin == log::Origin::outside;
        if (shown(scene.root)) outside ? tell_root(scene.root) : tell_consequence(scene.root);
        for (const Line& line : scene.followed)
            if (shown(line)) tell_consequence(line);
    }

    bool worth_telling(const Scene& scene) const {
        if (shown(scene.root)) return true;
        for (const Line& line : scene.followed)
            if (shown(line)) return true;
        return false;
    }

    /// A repeated act is told all the same when something went wrong with it.
    bool matters(const Scene& scene) const {
        for (const Line& line : scene.followed)
            if (narrator_.tell(line.event, line.envelope).weight == Weight::headline) return true;
        return narrator_.tell(scene.root.event, scene.root.envelope).mark == "!";
    }

    /// Cycles that only an assumption closed are not the matter of the story.
    bool shown(const Line& line) const {
        const Told told = narrator_.tell(line.event, line.envelope);
        if (told.weight == Weight::detail) return false;
        return told.weight == Weight::headline ||
               !assumed_.contains({line.envelope.stream, cycle_of(line.event)});
    }

    void open_day(Instant at) {
        const CivilDate day = narrator_.local_day(at);
        if (day_ == day) return;
        day_ = day;
        console_.line();
        console_.line(console_.paint(Tone::strong, narrator_.day(day)));
    }

    /// `  09:00  chen: sentence #59`; what follows is moved in, under the duty it is about.
    void tell_root(const Line& line) {
        const Told told = narrator_.tell(line.event, line.envelope);
        const bool outside = line.envelope.origin == log::Origin::outside;
        std::string text = told.mark.empty() ? "" : told.mark + " ";
        if (outside && !line.envelope.actor.empty() &&
            !std::holds_alternative<DeliveryRecorded>(line.event))
            text += narrator_.say("{}: ", "{}：", narrator_.person(line.envelope.actor.str()));
        text += narrator_.sentence(told) + how_delivered(line.event);
        if (const auto remark = which_.remarks.find(line.envelope.position);
            remark != which_.remarks.end())
            text += " " + remark->second;
        console_.print("  " + time_ + "  ");
        time_.assign(5, ' ');
        put(told.tone, text, line.envelope.position, 9);
        about_ = told.about;
    }

    void tell_consequence(const Line& line) {
        const Told told = narrator_.tell(line.event, line.envelope);
        if (told.about != about_ && !told.about.empty()) {
            about_ = told.about;
            console_.print("  " + time_ + "    ");
            console_.paragraph(about_, 13);
            time_.assign(5, ' ');
        }
        const bool under_duty = !told.about.empty();
        console_.print("  " + time_ + (under_duty ? "      " : "    "));
        time_.assign(5, ' ');
        put(told.tone, told.mark + " " + told.text + how_delivered(line.event),
            line.envelope.position, under_duty ? 15 : 13);
    }

    void put(Tone tone, const std::string& text, log::Position position, std::size_t indent) {
        console_.paragraph(console_.paint(tone, text) + " " +
                               console_.paint(Tone::faint, "#" + std::to_string(position)),
                           indent);
    }

    std::string how_delivered(const Event& event) const {
        const auto* notice = std::get_if<NoticePlanned>(&event);
        if (notice == nullptr || notice->to.empty()) return {};
        const auto delivered = delivered_.find(notice->notice);
        const std::size_t reached = delivered == delivered_.end() ? 0 : delivered->second.size();
        return reached == notice->to.size() ? narrator_.say(", delivered", "，已送达") : "";
    }

    Console& console_;
    const Narrator& narrator_;
    const DaysToTell& which_;
    std::vector<Scene> scenes_;
    std::map<log::Position, std::size_t> scene_of_;
    std::set<std::pair<StreamId, CycleNumber>> assumed_;
    std::map<std::string, Instant> planned_;
    std::map<std::string, std::vector<std::string>> delivered_;
    std::optional<CivilDate> day_;
    std::string time_;   ///< of the scene; blank once it has been said
    std::string about_;  ///< the duty under which consequences are being told
};

}  // namespace

void tell_days(Console& console, const Narrator& narrator, log::EventStore& store,
               const DaysToTell& which) {
    Days days{console, narrator, which};
    days.read(store);
    days.tell();
}

}  // namespace dutylog::cli
