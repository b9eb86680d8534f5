#include "adapters/cli/completion.hpp"

#include <algorithm>

#include "adapters/cli/help.hpp"

namespace dutylog::cli {

namespace {

/// An argument as a shell sees it.
struct Word {
    std::vector<std::string> options;  ///< `-h`, `--help`; none for an argument by its place
    std::string placeholder;           ///< of its value; empty for a flag
    std::vector<std::string> choices;  ///< `show`, `check`, where the placeholder lists them
    bool repeats = false;
    const ArgumentHelp* help = nullptr;

    bool wants_file() const {
        static const char* const files[] = {"FILE", "PATH", "FOLDER", "KEY", "FROM", "TO"};
        return std::ranges::any_of(files, [&](const char* f) { return placeholder == f; });
    }
};

std::vector<std::string> parts_of(std::string text, char at) {
    std::vector<std::string> parts;
    for (std::size_t end = text.find(at); end != std::string::npos; end = text.find(at)) {
        parts.push_back(text.substr(0, end));
        text.erase(0, end + 1);
    }
    parts.push_back(text);
    return parts;
}

/// `--of SUBJECT`, `-h, --help`, `--checkpoint FILE …`, `PATH…`, `show|check`
Word word_of(const ArgumentHelp& argument) {
    Word word;
    word.help = &argument;
    std::string names = argument.names;
    if (const std::size_t dots = names.find("…"); dots != std::string::npos) {
        word.repeats = true;
        names.erase(dots);
    }
    for (std::string part : parts_of(names, ' ')) {
        if (part.ends_with(',')) part.pop_back();
        if (part.starts_with('-'))
            word.options.push_back(part);
        else if (!part.empty())
            word.placeholder = part;
    }
    if (word.placeholder.find('|') != std::string::npos)
        word.choices = parts_of(word.placeholder, '|');
    if (word.placeholder == "LANGUAGE") word.choices = {"zh-CN", "en"};
    return word;
}

std::vector<Word> words_of(const CatalogueEntry& entry) {
    std::vector<Word> words;
    for (const auto* arguments : {entry.arguments, &common_arguments()})
        for (const ArgumentHelp& argument : *arguments) words.push_back(word_of(argument));
    return words;
}

std::string joined(const std::vector<std::string>& parts, const char* between = " ") {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
    return text;
}

/// One arm of bash's `case`: what may stand after `previous`, and what by its place.
std::string bash_arm(const CatalogueEntry& entry) {
    std::string options;
    std::string values;
    std::string places;
    for (const Word& word : words_of(entry)) {
        if (word.options.empty()) {
            places += word.choices.empty() ? "" : " " + joined(word.choices);
            continue;
        }
        options += (options.empty() ? "" : " ") + joined(word.options);
        if (word.placeholder.empty()) continue;
        const std::string reply = word.wants_file() ? "_dutylog_files; return"
                                  : word.choices.empty()
                                      ? "return"
                                      : "_dutylog_words '" + joined(word.choices) + "'; return";
        values += fmt::format("            {}) {} ;;\n", joined(word.options, " | "), reply);
    }
    return fmt::format(
        "    {}) case $previous in\n{}            esac\n"
        "        options='{}' places='{}' ;;\n",
        entry.command->name, values, options, places.empty() ? places : places.substr(1));
}

/// Nothing in the words ends the text they stand in.
std::string for_zsh(const std::string& words) {
    std::string text;
    for (const char letter : words) {
        if (letter == '\'') {
            text += "'\\''";
            continue;
        }
        if (letter == '[' || letter == ']' || letter == ':' || letter == '\\') text += '\\';
        text += letter;
    }
    return text;
}

std::string zsh_value(const Word& word) {
    if (word.placeholder.empty()) return {};
    const std::string what = word.wants_file()      ? "_files"
                             : word.choices.empty() ? " "
                                                    : "(" + joined(word.choices) + ")";
    return fmt::format(":{}:{}", for_zsh(word.placeholder), what);
}

std::string zsh_arguments(const CatalogueEntry& entry, Language language) {
    std::string lines;
    for (const Word& word : words_of(entry)) {
        const std::string words = for_zsh(word.help->words.in(language));
        if (word.options.empty())
            lines += fmt::format(" \\\n        '{}{}'", word.repeats ? "*" : "",
                                 zsh_value(word).empty() ? ": :" : zsh_value(word));
        for (const std::string& option : word.options)
            lines += fmt::format(" \\\n        '{}{}[{}]{}'", word.repeats ? "*" : "", option,
                                 words, zsh_value(word));
    }
    return lines;
}

}  // namespace

std::string bash_completion(Catalogue catalogue) {
    std::vector<std::string> names;
    std::string arms;
    for (const CatalogueEntry& entry : catalogue) {
        names.push_back(entry.command->name);
        arms += bash_arm(entry);
    }
    return fmt::format(R"(# bash completion of dutylog, as `dutylog completion bash` prints it
_dutylog_words() {{ mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }}
_dutylog_files() {{
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
}}
_dutylog() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}}
    local command='' options='' places='' at
    for ((at = 1; at < COMP_CWORD; at++)); do
        case ${{COMP_WORDS[at]}} in
        --lang | --clock) ((at++)) ;;
        -*) ;;
        *) command=${{COMP_WORDS[at]}}; break ;;
        esac
    done
    COMPREPLY=()
    case $command in
    '') _dutylog_words 'help {0} --help'; return ;;
    help) _dutylog_words '{0}'; return ;;
{1}    *) return ;;
    esac
    case $current in
    -*) _dutylog_words "$options" ;;
    *) if [ -n "$places" ]; then _dutylog_words "$places"; else _dutylog_files; fi ;;
    esac
}}
complete -F _dutylog dutylog
)",
                       joined(names), arms);
}

std::string zsh_completion(Catalogue catalogue, Language language) {
    std::string names;
    std::string arms;
    for (const CatalogueEntry& entry : catalogue) {
        names += fmt::format("        '{}:{}'\n", entry.command->name,
                             for_zsh(entry.command->summary.in(language)));
        arms += fmt::format("    {}) _arguments{} ;;\n", entry.command->name,
                            zsh_arguments(entry, language));
    }
    return fmt::format(R"(#compdef dutylog
# zsh completion of dutylog, as `dutylog completion zsh` prints it
_dutylog() {{
    local -a commands
    commands=(
{0}    )
    if (( CURRENT == 2 )); then
        _describe command commands
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
{1}    esac
}}
if [ "$funcstack[1]" = _dutylog ]; then
    _dutylog "$@"
else
    compdef _dutylog dutylog
fi
)",
                       names, arms);
}

}  // namespace dutylog::cli
