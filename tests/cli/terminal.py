#!/usr/bin/env python3
"""The program on a real terminal: colour unless it is unwanted, and lines no wider than the terminal."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata

ESCAPE = re.compile(r"\x1b\[[0-9;]*[mK]")


def on_terminal(command, columns, environment, both=False):
    """What the command writes to a terminal of so many columns; with `both`, also on standard error."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    program = subprocess.Popen(command, stdout=theirs,
                               stderr=theirs if both else subprocess.DEVNULL, env={**kept, **environment})
    os.close(theirs)
    output = b""
    while True:
        try:
            part = os.read(ours, 1 << 16)
        except OSError:  # the other end was closed
            break
        if not part:
            break
        output += part
    os.close(ours)
    if program.wait() != 0:
        sys.exit(f"{command} ended with {program.returncode}")
    return output.decode().replace("\r\n", "\n")


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def main():
    dutylog, root = sys.argv[1:]
    story = [dutylog, "run", f"{root}/scenarios/drills/failed_check.yaml", "--story", "--lang", "zh-CN"]
    problems = []
    coloured = on_terminal(story, 100, {"TERM": "xterm"})
    if not ESCAPE.search(coloured):
        problems.append("no colour on a terminal")
    for unwanted in ({"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}):
        plain = on_terminal(story, 100, unwanted)
        if plain != ESCAPE.sub("", coloured):
            problems.append(f"colour or other words with {unwanted}")
    if "\x1b" in on_terminal(story, 100, {"TERM": "dumb"}, both=True):
        problems.append("a dumb terminal is sent control sequences")
    for columns in (60, 80):
        told = on_terminal(story, columns, {"TERM": "xterm"})
        for line in ESCAPE.sub("", told).split("\n"):
            if width(line) > columns:
                problems.append(f"{width(line)} columns in {columns}: {line}")
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main()
