#!/usr/bin/env python3
"""Kills a writer at random moments, as a power cut would, and looks whether it kept its word.

The writer runs under lost_writes_shim. It prints one line for each thing it acknowledges. After
SIGKILL every write that was not synced is lost, or survives in part: each sector of 512 bytes that
differs from the durable copy is kept or dropped by chance. Then the checker is run with the words of
the last line that arrived; it must exit with 0 if all that was acknowledged is there.

    kill_nine.py --shim liblost_writes.so --folder DIR --write 'CMD {log}' --check 'CMD {log}'

With --expect-loss it succeeds only if something was lost: a proof that the test can fail.
"""

import argparse
import os
import pathlib
import random
import shlex
import shutil
import signal
import subprocess
import sys
import time

SECTOR = 512
MINDED = ("*.sqlite", "*.sqlite-wal", "*.sqlite-journal")  # as the shim minds them


def sectors(data):
    return [data[i : i + SECTOR] for i in range(0, len(data), SECTOR)]


def after_power_cut(now, durable, rng):
    """What a disk may hold: durable sectors, and any of those written since."""
    keep_chance = rng.choice([0.0, 0.0, 0.2, 0.5, 0.9])
    size = len(durable) if rng.random() < 0.5 else max(len(now), len(durable))
    now_sectors, durable_sectors = sectors(now), sectors(durable)
    result = bytearray()
    for i in range((size + SECTOR - 1) // SECTOR):
        new = now_sectors[i] if i < len(now_sectors) else b""
        old = durable_sectors[i] if i < len(durable_sectors) else b""
        chosen = new if new != old and rng.random() < keep_chance else old
        result += chosen.ljust(SECTOR, b"\0")
    return bytes(result[:size])


def cut_power(folder, rng):
    """Turns every minded file into what is left of it, and its durable copy with it."""
    for path in folder.glob("*.sqlite-shm"):
        path.unlink()
    for pattern in MINDED:
        for path in folder.glob(pattern):
            durable = path.with_name(path.name + ".durable")
            if not durable.exists():
                path.unlink()  # never synced: not even its name is sure
                continue
            left = after_power_cut(path.read_bytes(), durable.read_bytes(), rng)
            path.write_bytes(left)
            durable.write_bytes(left)


def make_durable(folder):
    """The check has recovered the log and ended in peace: what is there now is durable."""
    for durable in folder.glob("*.durable"):
        durable.unlink()
    for pattern in MINDED:
        for path in folder.glob(pattern):
            shutil.copyfile(path, path.with_name(path.name + ".durable"))


def run_until_killed(command, environment, life_s):
    """Returns the last whole line that the writer printed before it was killed."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as writer:
        time.sleep(life_s)
        writer.send_signal(signal.SIGKILL)
        output = writer.stdout.read()
        writer.wait()
    if writer.returncode != -signal.SIGKILL:
        sys.exit(f"the writer ended by itself with {writer.returncode}")
    lines = output.split(b"\n")[:-1]
    return lines[-1].decode() if lines else None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shim", required=True, type=pathlib.Path)
    parser.add_argument("--folder", required=True, type=pathlib.Path, help="is emptied first")
    parser.add_argument("--write", required=True, help="command; {log} is the log's file")
    parser.add_argument("--check", required=True, help="command; the last line is added to it")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--life-ms", type=int, default=120, help="longest life of a writer")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--expect-loss", action="store_true")
    chosen = parser.parse_args()

    seed = chosen.seed if chosen.seed is not None else random.SystemRandom().randrange(2**32)
    print(f"seed {seed}", flush=True)
    rng = random.Random(seed)
    shutil.rmtree(chosen.folder, ignore_errors=True)
    chosen.folder.mkdir(parents=True)
    log = chosen.folder / "log.sqlite"
    environment = dict(os.environ, LD_PRELOAD=str(chosen.shim.resolve()), DUTYLOG_LOST_WRITES="1")

    promised, lost = None, 0
    for number in range(chosen.rounds):
        write = [word.format(log=log) for word in shlex.split(chosen.write)]
        life_s = rng.uniform(0.005, chosen.life_ms / 1000)
        promised = run_until_killed(write, environment, life_s) or promised
        cut_power(chosen.folder, rng)
        check = [word.format(log=log) for word in shlex.split(chosen.check)]
        check += shlex.split(promised) if promised else []
        checked = subprocess.run(check, stderr=subprocess.PIPE, text=True)
        if checked.returncode == 0:
            make_durable(chosen.folder)
            continue
        lost += 1
        if not chosen.expect_loss:
            print(checked.stderr, end="")
            sys.exit(f"round {number}: after `{promised}` was acknowledged, the check failed")
        shutil.rmtree(chosen.folder)
        chosen.folder.mkdir()
        promised = None
    print(f"{chosen.rounds} kills, {lost} with losses, last acknowledged: {promised}")
    if chosen.expect_loss and lost == 0:
        sys.exit("nothing was lost, though the writer never synced: this test proves nothing")


if __name__ == "__main__":
    main()
