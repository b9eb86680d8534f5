#include <memory>

#include "adapters/cli/command_json.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "engine/definition/json_schema.hpp"

namespace dutylog::cli {

namespace {

ExitCode schema(Session& session, const std::string& of) {
    if (of == "commands")
        session.console.json(command_schema());
    else if (of == "library" || of == "definition" || of.empty())
        session.console.json(
            definition::json_schema(of.empty() ? "definition" : of, session.console.language()));
    else
        throw Failure{ExitCode::usage,
                      phrase("expected `definition`, `library` or `commands`, found `{}`",
                             "应为 `definition`、`library` 或 `commands`，实为 `{}`", of)};
    return ExitCode::fine;
}

}  // namespace

Command schema_command() {
    return {"schema",
            Group::definitions,
            {"JSON Schema of definitions, for editors; and of commands",
             "输出定义文件（供编辑器）与命令的 JSON Schema"},
            {"Prints a JSON Schema (draft 2020-12): of a definition, of library.yaml, or of the "
             "commands that `act` reads. An editor with it completes keys and shows what they "
             "mean.",
             "输出 JSON Schema（2020-12）：定义文件、library.yaml，或 `act` 所读的命令。编辑器据此"
             "补全键名并显示含义。"},
            {{"schema > definition.schema.json",
              {"then, in an editor with YAML: # yaml-language-server: "
               "$schema=definition.schema.json",
               "在支持 YAML 的编辑器中写：# yaml-language-server: $schema=definition.schema.json"}},
             {"schema commands", {"the JSON form of every command", "每个命令的 JSON 形式"}}},
            [](Arguments& arguments) -> Action {
                const auto of = std::make_shared<std::string>();
                arguments.place("OF", *of,
                                {"`definition` (where it is left out), `library` or `commands`",
                                 "`definition`（省略时）、`library` 或 `commands`"},
                                false);
                return [of](Session& session) { return schema(session, *of); };
            }};
}

}  // namespace dutylog::cli
