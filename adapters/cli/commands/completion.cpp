#include <memory>

#include "adapters/cli/catalogue.hpp"
#include "adapters/cli/completion.hpp"

namespace dutylog::cli {

Command completion_command(CatalogueSource source) {
    return {
        "completion",
        Group::about,
        {"a script by which bash or zsh completes command lines",
         "供 bash 或 zsh 补全命令行的脚本"},
        {"Prints the script, made of the same table as this help. The package installs both; "
         "elsewhere load the script from the file your shell reads at its start.",
         "输出补全脚本，与本说明同源。安装包已附带；其他情况请在 shell 启动文件中加载。"},
        {{"completion bash > ~/.local/share/bash-completion/completions/dutylog",
          {"for one user", "供单个用户使用"}}},
        [source = std::move(source)](Arguments& arguments) -> Action {
            const auto shell = std::make_shared<std::string>();
            arguments.place("bash|zsh", *shell, {"which shell", "所用 shell"});
            return [source, shell](Session& session) {
                const auto catalogue = source();
                if (*shell == "bash")
                    session.console.print(bash_completion(catalogue));
                else if (*shell == "zsh")
                    session.console.print(zsh_completion(catalogue, session.console.language()));
                else
                    throw Failure{ExitCode::usage, phrase("expected bash or zsh, found `{}`",
                                                          "应为 bash 或 zsh，实为 `{}`", *shell)};
                return ExitCode::fine;
            };
        }};
}

}  // namespace dutylog::cli
