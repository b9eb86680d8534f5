#!/usr/bin/env python3
"""Lets one sync or one write of a writer fail, at many places, and looks what becomes of the log.

The store must stop at once and refuse what comes after; a restart must find everything that was
acknowledged, with nothing damaged.
"""

import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys

import kill_nine

STOPPED = 3  # what `append_writer stop` ends with when the store refused after its failure


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shim", required=True, type=pathlib.Path)
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    parser.add_argument("--writer", required=True, type=pathlib.Path)
    chosen = parser.parse_args()
    log = chosen.folder / "log.sqlite"
    base = dict(os.environ, LD_PRELOAD=str(chosen.shim.resolve()), DUTYLOG_LOST_WRITES="1")
    failures = [("DUTYLOG_FAIL_SYNC", n) for n in (9, 10, 11, 12, 20, 35, 36, 37, 38, 39, 40, 60)]
    failures += [("DUTYLOG_FAIL_WRITE", n) for n in (40, 41, 60, 61, 200, 231, 232, 233, 400, 1200)]
    rng = random.Random(1)
    stopped = 0
    for name, number in failures:
        for error in ("EIO", "ENOSPC"):
            shutil.rmtree(chosen.folder, ignore_errors=True)
            chosen.folder.mkdir(parents=True)
            ran = subprocess.run(
                [chosen.writer, "stop", log],
                env=dict(base, **{name: f"{number}:{error}"}),
                capture_output=True,
                text=True,
            )
            where = f"{name}={number}:{error}"
            if ran.returncode != STOPPED:
                # While the log was being opened there is no store yet that could stop.
                if ran.stdout or ran.returncode != 1:
                    sys.exit(f"{where}: ended with {ran.returncode}: {ran.stderr}")
                continue
            stopped += 1
            kill_nine.cut_power(chosen.folder, rng)
            lines = ran.stdout.splitlines()
            check = [chosen.writer, "check", log] + (lines[-1].split() if lines else [])
            checked = subprocess.run(check, capture_output=True, text=True)
            if checked.returncode != 0:
                sys.exit(f"{where}: after `{lines[-1:]}`: {checked.stderr}")
    print(f"{stopped} of {2 * len(failures)} failures met an open store, and it stopped")
    if stopped < len(failures):
        sys.exit("too few failures met the store: this test proves nothing")


if __name__ == "__main__":
    main()
