#include <array>

#include "engine/definition/messages.hpp"

/// DL0117 to DL0135: how steps, findings and gates hang together.
namespace dutylog::definition {

namespace {

constexpr auto with_reason = Allow::with_reason;

constexpr std::array messages{
    Message{
        .code = "DL0117",
        .name = "unreachable-step",
        .allow = with_reason,
        .text = {"step `{name}` is never reached", "永远不会到达步骤 `{name}`"},
        .label = {"waits for what cannot happen", "所等待的事不会发生"},
        .help = {"it waits for `{waits}`; look at `upon:` and `after:`",
                 "它等待 `{waits}`；请检查 `upon:` 和 `after:`"},
        .meaning = {"A step that waits for a finding or an outcome of its own, of a later step, or "
                    "of a step that is itself never reached, never opens.",
                    "若步骤等待的问题或结果出自它自己、更后的步骤，或本身到不了的步骤，它就永远不会"
                    "开启。"},
        .wrong = "act: {repair: {upon: finding cracked, findings: {cracked: …}}}",
        .right = "check: {look: {findings: {cracked: …}}}\nact: {repair: {upon: finding cracked}}"},
    Message{.code = "DL0118",
            .name = "loop-without-bound",
            .text = {"the outcome `{name}` goes back to `{to}` without a bound",
                     "结果 `{name}` 退回 `{to}`，却没有次数上限"},
            .label = {"could go on for ever", "可能无限循环"},
            .help = {"write `at_most: 2, then: …`, and let `then` go on",
                     "请写 `at_most: 2, then: …`，并让 `then` 向前"},
            .meaning = {"A way back that may be taken again and again hides an open duty for ever.",
                        "可以无限次退回会使义务永远拖着不办。"},
            .wrong = "absent: {go: plan.call}",
            .right = "absent: {go: plan.call, at_most: 2, then: act.refusal}"},
    Message{
        .code = "DL0119",
        .name = "steps-in-circle",
        .text = {"step `{name}` waits for itself: {circle}", "步骤 `{name}` 在等待自己：{circle}"},
        .label = {"waits for itself", "等待自己"},
        .help = {"take one of the steps out of `after:`", "请从 `after:` 中去掉其中一步"},
        .meaning = {"Steps that wait for each other never begin.", "互相等待的步骤永远不会开始。"},
        .wrong = "a: {after: [do.b]}\nb: {after: [do.a]}",
        .right = "a: {}\nb: {after: [do.a]}"},
    Message{
        .code = "DL0120",
        .name = "finding-unanswered",
        .allow = with_reason,
        .text = {"no step answers the finding `{name}`", "没有步骤处理问题 `{name}`"},
        .label = {"found, and then?", "发现之后呢？"},
        .help = {"add a step with `upon: finding {name}`",
                 "请增加带 `upon: finding {name}` 的步骤"},
        .meaning = {"Every finding opens a measure with an owner and a deadline; a finding that "
                    "nothing answers is forgotten.",
                    "每个问题都要有带责任人和期限的措施；无人处理的问题会被遗忘。"},
        .wrong = "check: {look: {findings: {cracked: …}}}   (and no act)",
        .right = "act: {repair: {upon: finding cracked, measure: true, verified_by: OHM}}"},
    Message{
        .code = "DL0121",
        .name = "evidence-not-collected",
        .text = {"nothing collects the evidence `{name}`: a fact completes this step",
                 "证据 `{name}` 无从收集：本步骤由事实完成"},
        .label = {"a fact brings no evidence", "事实不附带证据"},
        .help = {"demand it of the step before, or leave out `done_by:`",
                 "请在前一步要求该证据，或去掉 `done_by:`"},
        .meaning = {"Evidence is handed in when a person completes a step. A step that a recorded "
                    "fact completes has nobody to hand it in.",
                    "证据由完成步骤的人提交。由事实完成的步骤没有人提交证据。"},
        .wrong = "done_by: exam\nevidence: [receipt]",
        .right = "evidence: [receipt]"},
    Message{
        .code = "DL0122",
        .name = "no-steps",
        .text = {"the definition has neither steps nor gates", "定义既没有步骤也没有门禁"},
        .label = {"nothing to do", "无事可做"},
        .help = {"add steps under `plan:`, `do:`, `check:` or `act:`, or `gates:`",
                 "请在 `plan:`、`do:`、`check:`、`act:` 下增加步骤，或增加 `gates:`"},
        .meaning = {"A duty is met by steps or kept by gates.", "义务通过步骤履行，或由门禁保证。"},
        .wrong = "due: 3 months after asset.facility.on",
        .right = "due: 3 months after asset.facility.on\ndo: {service: {…}}"},
    Message{.code = "DL0123",
            .name = "nothing-opens-a-cycle",
            .text = {"nothing opens a cycle, so the steps never begin",
                     "没有任何事会开启一轮，步骤永远不会开始"},
            .label = {"never opened", "不会开启"},
            .help = {"add `every:`, `upon:` or `due:`", "请增加 `every:`、`upon:` 或 `due:`"},
            .meaning =
                {"A cycle is opened by a period (`every:`), by a fact (`upon:`), or once for "
                 "each subject (`due:` alone).",
                 "一轮由周期（`every:`）、事实（`upon:`）开启，或对每个对象一次（只有 `due:`）。"},
            .wrong = "do: {service: {…}}",
            .right = "every: 3 months after completion\ndo: {service: {…}}"},
    Message{
        .code = "DL0124",
        .name = "two-openers",
        .text = {"`every:` and `upon:` cannot open the same cycle",
                 "`every:` 和 `upon:` 不能同时开启一轮"},
        .label = {"one of the two", "二者取一"},
        .help = {"write two definitions", "请写成两个定义"},
        .meaning = {"A duty that repeats and a duty that follows a fact are two duties, each with "
                    "its own deadline and history.",
                    "定期的义务和由事实引起的义务是两项义务，各有期限和历史。"},
        .wrong = "every: 12 months after completion\nupon: process_change",
        .right = "every: 12 months after completion"},
    Message{
        .code = "DL0125",
        .name = "bound-without-end",
        .text = {"`at_most` and `then` belong together", "`at_most` 和 `then` 须同时写"},
        .label = {"`{name}` is missing", "缺少 `{name}`"},
        .help = {"write both: `at_most: 2, then: act.refusal`",
                 "请两者都写：`at_most: 2, then: act.refusal`"},
        .meaning = {"After so many times the cycle must go somewhere, and it goes there only after "
                    "so many times.",
                    "达到次数后必须有去处；也只有达到次数才去那里。"},
        .wrong = "absent: {go: plan.call, at_most: 2}",
        .right = "absent: {go: plan.call, at_most: 2, then: act.refusal}"},
    Message{
        .code = "DL0126",
        .name = "reserved-name",
        .text = {"`{name}` has a meaning of its own and cannot be a name here",
                 "`{name}` 已有固定含义，不能在此用作名称"},
        .label = {"reserved", "保留词"},
        .help = {"choose another name", "请换一个名称"},
        .meaning = {"Words of the grammar, names every expression sees and words of a ladder could "
                    "not be told apart from a thing of the same name.",
                    "语法词、所有表达式可见的名称以及阶梯用词不能与同名事物区分。"},
        .wrong = "facts: {due: {of: worker}}",
        .right = "facts: {due_note: {of: worker}}"},
    Message{
        .code = "DL0127",
        .name = "name-clash",
        .text = {"`{name}` would mean two things", "`{name}` 会有两种含义"},
        .label = {"the second one", "第二处"},
        .help = {"give one of them another name, or `as: …`", "请改名，或写 `as: …`"},
        .meaning = {"A fact, a derived field and a kind share the names after `worker.`; a kind "
                    "and a fact type share the names of an expression.",
                    "`worker.` "
                    "之后的名称由事实、派生字段和上级种类共用；表达式中的名称由种类和事实共用。"},
        .wrong = "exam: {of: worker, as: exams}\nold_exam: {of: worker, as: exams}",
        .right = "exam: {of: worker, as: exams}\nold_exam: {of: worker, as: old_exams}"},
    Message{
        .code = "DL0128",
        .name = "second-top",
        .text = {"`{name}` lives in nothing, like another kind before it",
                 "`{name}` 没有上级，而已有另一个最上级"},
        .label = {"a second top", "第二个最上级"},
        .help = {"write `in: …`", "请写 `in: …`"},
        .meaning = {"One kind is at the top: the employer. Every other kind lives in another, so "
                    "that a role can be looked up on the way to the top.",
                    "只有一个最上级：用人单位。其他种类都在另一种类之中，以便逐级查找任职者。"},
        .wrong = "subjects: {employer: {}, worker: {}}",
        .right = "subjects: {employer: {}, worker: {in: employer}}"},
    Message{
        .code = "DL0129",
        .name = "subjects-in-circle",
        .text = {"`{name}` lives in itself, by way of others", "`{name}` 经由其他种类又在自身之中"},
        .label = {"a circle", "循环"},
        .help = {"let one of them live in the employer", "请让其中之一直属用人单位"},
        .meaning = {"The way from a subject to the employer must end.",
                    "从对象到用人单位的路径必须有终点。"},
        .wrong = "site: {in: post}\npost: {in: site}",
        .right = "site: {in: employer}\npost: {in: site}"},
    Message{.code = "DL0130",
            .name = "unknown-key-field",
            .text = {"`{of}` has no field `{name}`", "`{of}` 没有字段 `{name}`"},
            .label = {"not a field", "不是字段"},
            .help = {"the fields are: {known}", "现有字段：{known}"},
            .meaning = {"`keep: latest by FIELD` keeps one record for each value of a field of the "
                        "fact.",
                        "`keep: latest by 字段` 按该字段的每个值各保留一条记录。"},
            .wrong = "exposure: {keep: latest by hazzard, fields: {hazard: text}}",
            .right = "exposure: {keep: latest by hazard, fields: {hazard: text}}"},
    Message{.code = "DL0131",
            .name = "unrelated-fact",
            .text = {"`{name}` is a fact of {of}, which has nothing to do with {subject}",
                     "`{name}` 是关于 {of} 的事实，与 {subject} 无关"},
            .label = {"about another kind", "属于其他种类"},
            .help = {"use a fact of {subject}, or of what it lives in",
                     "请用 {subject} 或其上级的事实"},
            .meaning = {"A fact concerns its subject, what lives inside it and what it lives in. "
                        "Others it cannot open or complete.",
                        "事实只涉及其对象、对象之内及其所在的上级，不能开启或完成其他对象的义务。"},
            .wrong = "for: worker\nupon: facility   # a fact of an asset",
            .right = "for: asset\nupon: facility"},
    Message{.code = "DL0132",
            .name = "not-an-act",
            .text = {"`{name}` is not an act, so nobody can ask to do it",
                     "`{name}` 不是行为，无法申请"},
            .label = {"not an act", "不是行为"},
            .help = {"declare it with `act: true` in library.yaml",
                     "请在 library.yaml 中加 `act: true`"},
            .meaning = {"A gate refuses an act that somebody asks to do: entering a post, ending a "
                        "contract. Other facts are only reported.",
                        "门禁拒绝的是申请实施的行为，如上岗、解除合同。其他事实只能报告。"},
            .wrong = "refuse: exam",
            .right = "refuse: enter_post"},
    Message{.code = "DL0133",
            .name = "run-other-subject",
            .text = {"`{name}` is about {of}, not about {subject}",
                     "`{name}` 针对 {of}，不是 {subject}"},
            .label = {"about another kind", "针对其他种类"},
            .help = {"run a definition for {subject}", "请启动针对 {subject} 的定义"},
            .meaning = {"`run:` starts the other definition for the same subject.",
                        "`run:` 为同一对象启动另一个定义。"},
            .wrong = "for: worker\n…\nrun: fan-maintenance   # for: asset",
            .right = "for: worker\n…\nrun: disease-report"},
    Message{.code = "DL0134",
            .name = "run-in-circle",
            .text = {"`{name}` would start itself again: {circle}",
                     "`{name}` 会再次启动自己：{circle}"},
            .label = {"a circle", "循环"},
            .help = {"leave out one `run:`", "请去掉其中一个 `run:`"},
            .meaning = {"Definitions that start each other would never come to an end.",
                        "互相启动的定义永远不会结束。"},
            .wrong = "id: a … run: b\nid: b … run: a",
            .right = "id: a … run: b"},
    Message{
        .code = "DL0135",
        .name = "gate-without-condition",
        .text = {"the gate `{name}` has no condition", "门禁 `{name}` 没有条件"},
        .label = {"closed when?", "何时关闭？"},
        .help = {"write `closed_while: …`", "请写 `closed_while: …`"},
        .meaning =
            {"A gate of a definition refuses an act while its condition holds. (A gate of a "
             "step without one is closed while the step is open.)",
             "定义的门禁在条件成立时拒绝行为。（步骤的门禁不写条件时，在步骤未完成期间关闭。）"},
        .wrong = "gates: {no-entry: {refuse: enter_post}}",
        .right =
            "gates: {no-entry: {refuse: enter_post, closed_while: worker.exams.count() == 0}}"},
};

}  // namespace

std::span<const Message> structure_messages() { return messages; }

}  // namespace dutylog::definition
