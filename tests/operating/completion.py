"""bash and zsh complete commands, options, choices and files."""

import os
import pathlib
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

from service import check

BASH = [  # the words so far, the last one unfinished; what is offered
    (["ser"], ["serve"]),
    (["check", "--str"], ["--strict"]),
    (["config", ""], ["show", "check"]),
    (["config", "show", "--ori"], ["--origin"]),
    (["completion", "z"], ["zsh"]),
    (["--lang", "zh-CN", "doc"], ["doctor"]),
    (["serve", "--lang", ""], ["zh-CN", "en"]),
    (["verify", "pla"], ["plant.db"]),
    (["verify", "--checkpoint", "ke"], ["kept.txt"]),
    (["help", "whe"], ["when-known"]),
    (["nonsense", ""], []),
]


def in_bash(script, words, folder):
    line = " ".join(f"'{word}'" for word in ["dutylog", *words])
    ran = subprocess.run(
        ["bash", "-c", f"source {script}; COMP_WORDS=({line}); COMP_CWORD={len(words)}; _dutylog; "
                       'printf "%s\\n" "${COMPREPLY[@]}"'],
        cwd=folder, text=True, capture_output=True, check=True)
    check(not ran.stderr, ran.stderr)
    return [word for word in ran.stdout.split("\n") if word]


def in_zsh(script, typed, folder):
    """What zsh has on its line after TAB."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execve("/usr/bin/zsh", ["zsh", "-f", "-i"], {"PATH": "/usr/bin:/bin", "TERM": "dumb", "LANG": "C.UTF-8",
                                                        "HOME": folder, "PS1": "> "})
    def send(text):
        os.write(terminal, text.encode())

    def read_until(word, seconds=20):
        text, end = "", time.monotonic() + seconds
        while word not in text and time.monotonic() < end:
            if select.select([terminal], [], [], 0.2)[0]:
                text += os.read(terminal, 65536).decode(errors="replace")
        return text

    send(f"autoload -U compinit; compinit -D -u; source {script}; print rea''dy\n")
    check("ready" in read_until("ready\r\n"), "zsh does not start")
    send(typed + "\t")
    time.sleep(0.2)
    send("\x01print -r -- '[\x05]'\n")  # the line becomes an argument, and is shown
    shown = read_until("]\r\n")
    os.close(terminal)
    os.waitpid(process, 0)
    return shown


def main():
    binary = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("plant.db", "kept.txt"):
            (pathlib.Path(folder) / name).touch()
        for shell in ("bash", "zsh"):
            script = subprocess.run([binary, "completion", shell], check=True, capture_output=True).stdout
            (pathlib.Path(folder) / f"script.{shell}").write_bytes(script)
        subprocess.run(["bash", "-n", "script.bash"], cwd=folder, check=True)
        for words, offered in BASH:
            found = in_bash("script.bash", words, folder)
            check(found == offered, f"bash, {words}: expected {offered}, found {found}")
        if not shutil.which("zsh"):
            return print("zsh is not installed, so its script is not tried")
        subprocess.run(["zsh", "-n", "script.zsh"], cwd=folder, check=True)
        for typed, completed in (("dutylog docto", "dutylog doctor "), ("dutylog config sh", "dutylog config show "),
                                 ("dutylog config show --ori", "--origin"), ("dutylog verify pla", "plant.db")):
            found = in_zsh("./script.zsh", typed, folder)
            check(completed in found, f"zsh, {typed}: expected {completed}, found {found!r}")


if __name__ == "__main__":
    main()
