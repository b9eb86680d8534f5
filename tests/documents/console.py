"""The examples of a document are run, and give what the document says.

Every fenced block marked `console` holds command lines after `$ ` and their output. They are run in order
in one empty folder that sees the repository's `workflows` and `scenarios`. `(exit N)` ends an output whose
command must end with N; else it must end with 0. `…` in a line stands for any text, and a line that is
only `…` for any lines. `<!-- clock INSTANT -->` sets the clock of the commands after it.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^<!-- clock (\S+) -->$|^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXIT = re.compile(r"\(exit (\d+)\)")


def examples(text):
    """(line of the command, expected lines, expected exit, clock), in order."""
    clock = "2025-03-10T09:00+01:00"
    for found in BLOCK.finditer(text):
        if found[1]:
            clock = found[1]
            continue
        for part in re.split(r"^\$ ", found[2], flags=re.MULTILINE)[1:]:
            command, *expected = part.rstrip("\n").split("\n")
            code = EXIT.fullmatch(expected[-1]) if expected else None
            yield command, expected[: -1 if code else None], int(code[1]) if code else 0, clock


def pattern(expected):
    """A regular expression for the lines of an output."""
    lines = []
    for line in expected:
        if line == "…":
            lines.append(r"(?:.*\n)*?")
        else:
            lines.append(".*".join(map(re.escape, line.split("…"))) + r"\n")
    return re.compile("".join(lines))


def run(command, folder, binary, clock):
    """@returns the output of both streams, and the exit code"""
    script = f'dutylog() {{ "{binary}" "$@" --clock {clock}; }}\n{command}'
    ran = subprocess.run(["bash", "-o", "pipefail", "-c", script], cwd=folder, text=True, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "NO_COLOR": "1"})
    return ran.stdout, ran.returncode


def main():
    document, root, binary = (pathlib.Path(word).resolve() for word in sys.argv[1:])
    wrong, count = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for name in ("workflows", "scenarios"):
            (pathlib.Path(folder) / name).symlink_to(root / name)
        for command, expected, code, clock in examples(document.read_text(encoding="utf-8")):
            count += 1
            output, ended = run(command, folder, binary, clock)
            if ended != code or not pattern(expected).fullmatch(output):
                wrong.append(f"$ {command}\nexpected exit {code}:\n" + "\n".join(expected) +
                             f"\nfound exit {ended}:\n{output}")
    if not count:
        sys.exit("no example found, so nothing was checked")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
