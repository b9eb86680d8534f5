"""Every command has a manual page in both languages that man(1) reads without a warning."""

import pathlib
import re
import subprocess
import sys
import tempfile

from service import check


def main():
    binary = sys.argv[1]
    for language, name in (("en", "NAME"), ("zh-CN", "名称")):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([binary, "manual", "--folder", folder, "--lang", language], check=True, capture_output=True)
            pages = sorted(pathlib.Path(folder).glob("*.1"))
            check(len(pages) > 30, f"only {len(pages)} pages")
            for page in pages:
                read = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", page], text=True,
                                      capture_output=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
                                                                "MANWIDTH": "100", "MANROFFSEQ": "", "PAGER": "cat"})
                check(read.returncode == 0 and not read.stderr, f"{page.name}: {read.stderr}")
                text = re.sub(".\b", "", read.stdout).replace("‐", "-")  # bold is struck over
                check(name in text and page.stem in text, text)
    overview = subprocess.run([binary, "manual"], check=True, capture_output=True, text=True).stdout
    helped = subprocess.run([binary, "--help"], capture_output=True, text=True, check=True).stdout
    commands = [line.split()[0] for line in helped.splitlines() if line.startswith("  ") and line[2:3].isalpha()]
    for command in commands:
        check(f"\\fB{command.replace('-', chr(92) + '-')}\\fR" in overview, f"the manual leaves out {command}")


if __name__ == "__main__":
    main()
