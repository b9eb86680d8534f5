#include <algorithm>
#include <filesystem>
#include <memory>

#include "adapters/cli/catalogue.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/manual.hpp"

namespace dutylog::cli {

namespace {

struct ManualOptions {
    std::string command;
    std::string folder;
};

ExitCode write_pages(Session& session, Catalogue catalogue, const std::filesystem::path& folder) {
    const Language language = session.console.language();
    std::error_code ignored;  // writing the first page says what is wrong
    std::filesystem::create_directories(folder, ignored);
    write_file(folder / "dutylog.1", manual_overview(catalogue, language));
    for (const CatalogueEntry& entry : catalogue)
        write_file(folder / ("dutylog-" + entry.command->name + ".1"),
                   manual_page(entry, language));
    session.console.line(
        phrase("{0}: {1} pages", "{0}：{1} 页", folder.string(), catalogue.size() + 1));
    return ExitCode::fine;
}

ExitCode manual(Session& session, Catalogue catalogue, const ManualOptions& options) {
    if (!options.folder.empty()) return write_pages(session, catalogue, options.folder);
    const Language language = session.console.language();
    if (options.command.empty()) {
        session.console.print(manual_overview(catalogue, language));
        return ExitCode::fine;
    }
    const auto found = std::ranges::find_if(
        catalogue, [&](const CatalogueEntry& e) { return e.command->name == options.command; });
    if (found == catalogue.end())
        throw Failure{ExitCode::usage,
                      phrase("there is no command `{}`", "没有命令 `{}`", options.command)};
    session.console.print(manual_page(*found, language));
    return ExitCode::fine;
}

}  // namespace

Command manual_command(CatalogueSource source) {
    return {"manual",
            Group::about,
            {"manual pages for man(1), made of the same words as this help",
             "生成 man(1) 手册页，与本说明同源"},
            {"Prints the page of the program or of one command, or writes all of them into a "
             "folder; in the language of --lang.",
             "输出程序或单个命令的手册页，或将全部手册页写入文件夹；语言依 --lang。"},
            {{"manual serve | man -l -", {"reads one page", "阅读一页"}},
             {"manual --folder man1", {"writes all pages", "写出全部手册页"}}},
            [source = std::move(source)](Arguments& arguments) -> Action {
                const auto options = std::make_shared<ManualOptions>();
                arguments
                    .place(
                        "COMMAND", options->command,
                        {"a command; where it is left out, the program", "命令；省略时为程序总览"},
                        false)
                    .option("--folder", "FOLDER", options->folder,
                            {"writes every page there", "将全部手册页写入该文件夹"});
                return [source, options](Session& session) {
                    const auto catalogue = source();
                    return manual(session, catalogue, *options);
                };
            }};
}

}  // namespace dutylog::cli
