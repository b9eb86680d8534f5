#!/usr/bin/env python3
"""Kills `dutylog act -` under load, as a power cut would, and looks whether it kept every word.

Each life sends commands as JSON lines, in bursts, while answers to earlier ones are still out, and ends
by SIGKILL at a random moment: while the log is opened, in the middle of a commit, or between two. What
was not synced by then is lost, whole or in part (lost_writes_shim, kill_nine). After each kill the
program is started anew, and what was answered is sent once more: each command must get its first answer,
marked as repeated. Those that were sent and not answered are sent again too, as a client would. Every
tenth time all that was ever answered is asked for, `dutylog verify` must find the log sound, and the
export must hold each command exactly once.

    kill_act.py --shim liblost_writes.so --dutylog build/dutylog --library workflows/examples --folder DIR

With --unsynced the program writes with `synchronous=OFF` and the test succeeds only if something was
lost: a proof that it can fail.
"""

import argparse
import collections
import concurrent.futures
import datetime
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import threading

import kill_nine

KILLS_PER_LOG = 25  # then a new log: what is sent again must stay a small part of the work
KILLS_PER_VERIFY = 10  # when everything is sent again
OLDER_ASKED = 100  # of earlier lives, the other times
UNANSWERED_MAX = 64
BURST_MAX = 24
FINE, REFUSED = 0, 3  # exit codes
OUTSIDE = 0  # origin of an event that came from outside
START = datetime.datetime(2025, 3, 10, 9, 0, tzinfo=datetime.timezone.utc)
SETTING = [
    {"command": "add_subject", "subject": "museum/house"},
    {"command": "add_subject", "subject": "gallery/north", "in": "house"},
    {"command": "add_subject", "subject": "keeper/mei", "in": "house"},
    {"command": "add_subject", "subject": "keeper/omar", "in": "house"},
    {"command": "add_subject", "subject": "keeper/ana", "in": "house"},
    {"command": "record_fact", "of": "house", "fact": "holds_role", "value": {"role": "DIR", "person": "ana"}},
    {"command": "record_fact", "of": "house", "fact": "holds_role", "value": {"role": "CONS", "person": "omar"}},
    {"command": "record_fact", "of": "house", "fact": "holds_role", "value": {"role": "REG", "person": "ana"}},
]


class Broken(Exception):
    """A promise was not kept."""


class Load:
    """Commands of a museum, each under an id of its own: facts that open duties, work, refusals."""

    def __init__(self, rng):
        self.rng = rng
        self.count = 0
        self.waiting = collections.deque(dict(order, by="records") for order in SETTING)

    def next(self):
        if not self.waiting:
            self.waiting.extend(self.rng.choice([self.unit, self.thing, self.climate])())
        self.count += 1
        return dict(self.waiting.popleft(), id=f"k-{self.count}")

    def unit(self):
        unit = f"EF-{self.count}"
        duty = {"command": "complete_step", "duty": "fan-maintenance", "of": unit}
        yield {"command": "add_subject", "by": "records", "subject": f"unit/{unit}", "in": "north"}
        yield {"command": "record_fact", "by": "records", "of": unit, "fact": "holds_role",
               "value": {"role": "TECH", "person": "mei"}}
        yield {"command": "record_fact", "by": "mei", "of": unit, "fact": "fan", "value": {"maintained": "true"}}
        yield dict(duty, by="mei", step="do.service")
        yield dict(duty, by="mei", step="check.speed", form={"speed": "0.6 m/s"})  # refused
        yield dict(duty, by="omar", step="check.speed", form={"speed": "0.6 m/s"})

    def thing(self):
        thing = f"object-{self.count}"
        yield {"command": "add_subject", "by": "records", "subject": f"object/{thing}", "in": "north"}
        asked = {"command": "request_act", "by": "ana", "of": thing, "act": "loan", "value": {"borrower": "city"}}
        yield asked  # refused: nobody looked at it
        yield {"command": "record_fact", "by": "omar", "of": thing, "fact": "condition", "value": {"state": "sound"}}
        yield asked

    def climate(self):
        for lowest in self.rng.sample(range(35, 50), 3):
            yield {"command": "record_fact", "by": "omar", "of": "north", "fact": "climate",
                   "value": {"lowest": f"{lowest} %", "highest": "60 %"}}


def line_of(command):
    return (json.dumps(command) + "\n").encode()


def without_line(answer):
    return {key: value for key, value in answer.items() if key not in ("line", "repeated")}


class Tested:
    """One log, killed again and again."""

    def __init__(self, chosen, folder, rng):
        self.chosen, self.folder, self.rng = chosen, folder, rng
        self.log = folder / "log.sqlite"
        self.load = Load(rng)
        self.sent = {}  # id → command, in the order they were sent
        self.answered = {}  # id → first answer
        self.kills = self.kills_under_load = 0
        # Under the shim no sync waits for the disk, so the check is quick too.
        self.environment = dict(os.environ, LD_PRELOAD=str(chosen.shim.resolve()), DUTYLOG_LOST_WRITES="1")
        if chosen.unsynced:
            self.environment["DUTYLOG_SYNCHRONOUS"] = "off"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.run("init", self.log, "--library", chosen.library)

    def run(self, *words):
        command = [self.chosen.dutylog, *words, "--lang", "en", "--clock", self.clock()]
        return subprocess.run(command, capture_output=True, check=True, env=self.environment).stdout

    def clock(self):
        """Five hours on with each life, so that timers fire when it starts."""
        return (START + datetime.timedelta(hours=5 * self.kills)).isoformat()

    def kill_once(self):
        command = [self.chosen.dutylog, "act", "--log", self.log, "--clock", self.clock(), "-"]
        self.answered_before = len(self.answered)
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, env=self.environment) as program:
            self.room = threading.Semaphore(UNANSWERED_MAX)
            feeder = threading.Thread(target=self.feed, args=(program,))
            killer = threading.Timer(self.rng.uniform(0.0, self.chosen.life_ms / 1000), program.kill)
            feeder.start()
            killer.start()
            for line in program.stdout:
                if not line.endswith(b"\n"):
                    break  # cut in two by the kill: no answer
                answer = json.loads(line)
                if "error" in answer:
                    raise Broken(f"the program cannot read its input: {answer}")
                self.answered[answer["id"]] = without_line(answer)
                self.room.release()
            program.wait()
            self.room.release(UNANSWERED_MAX)
            feeder.join()
            killer.join()
        if program.returncode != -signal.SIGKILL:
            raise Broken(f"the program ended by itself with {program.returncode}")
        self.kills += 1
        self.kills_under_load += len(self.answered) > self.answered_before and len(self.sent) > len(self.answered)
        kill_nine.cut_power(self.folder, self.rng)

    def feed(self, program):
        try:
            while program.poll() is None:
                burst = []
                for _ in range(self.rng.randint(1, BURST_MAX)):
                    self.room.acquire()
                    command = self.load.next()
                    self.sent[command["id"]] = command
                    burst.append(line_of(command))
                program.stdin.write(b"".join(burst))
                program.stdin.flush()
        except BrokenPipeError:
            pass
        try:
            program.stdin.close()
        except BrokenPipeError:
            pass

    def check(self, everything):
        """Sends again first what was answered, all of it or what is newest and some of the rest; then
        what was not answered."""
        promised = list(self.answered)
        newest = promised[self.answered_before :]
        older = promised[: self.answered_before]
        if not everything:
            older = self.rng.sample(older, min(OLDER_ASKED, len(older)))
        promised = older + newest
        unanswered = [id for id in self.sent if id not in self.answered]
        answers = self.send_again(promised + unanswered)
        for id in promised:
            if not answers[id].get("repeated") or without_line(answers[id]) != self.answered[id]:
                raise Broken(f"answered {self.answered[id]}, and after the kill {answers[id]}")
        for id in unanswered:
            self.answered[id] = without_line(answers[id])
        if everything:
            self.verify()
        kill_nine.make_durable(self.folder)

    def send_again(self, ids):
        command = [self.chosen.dutylog, "act", "--log", self.log, "--clock", self.clock(), "-"]
        lines = b"".join(line_of(self.sent[id]) for id in ids)
        ran = subprocess.run(command, input=lines, capture_output=True, env=self.environment)
        if ran.returncode not in (FINE, REFUSED):
            raise Broken(f"after a kill: exit {ran.returncode}: {ran.stdout[-500:]} {ran.stderr.decode()}")
        return {answer["id"]: answer for answer in map(json.loads, ran.stdout.splitlines())}

    def verify(self):
        """The log is sound, and every command has the one event that is its own."""
        try:
            self.run("verify", self.log)
        except subprocess.CalledProcessError as failed:
            raise Broken(f"verify: {failed.stdout.decode()} {failed.stderr.decode()}") from failed
        events = map(json.loads, self.run("export", self.log).splitlines())
        times = collections.Counter(event["command"] for event in events if event["origin"] == OUTSIDE)
        for id in self.answered:
            if times[id] != 1:
                raise Broken(f"{id} stands {times[id]} times in the log")


def work(chosen, number, seed):
    """One share of the kills, in a folder of its own.
    @returns (kills, of them under load, commands answered, what was broken)"""
    rng = random.Random(seed * 1000 + number)
    kills = under_load = answered = 0
    share = chosen.kills // chosen.jobs + (number < chosen.kills % chosen.jobs)
    while kills < share:
        tested = Tested(chosen, chosen.folder / str(number), rng)
        broken = None
        try:
            wanted = min(KILLS_PER_LOG, share - kills)
            for kill in range(1, wanted + 1):
                tested.kill_once()
                tested.check(everything=kill % KILLS_PER_VERIFY == 0 or kill == wanted)
        except Broken as found:
            broken = str(found)
        kills += tested.kills
        under_load += tested.kills_under_load
        answered += len(tested.answered)
        if broken:
            return kills, under_load, answered, broken
    return kills, under_load, answered, None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shim", required=True, type=pathlib.Path)
    parser.add_argument("--dutylog", required=True, type=pathlib.Path)
    parser.add_argument("--library", required=True, type=pathlib.Path)
    parser.add_argument("--folder", required=True, type=pathlib.Path, help="is emptied first")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=2, help="logs that are killed side by side")
    parser.add_argument("--life-ms", type=int, default=120, help="longest life of a program")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--unsynced", action="store_true")
    chosen = parser.parse_args()
    seed = chosen.seed if chosen.seed is not None else random.SystemRandom().randrange(2**32)
    print(f"seed {seed}", flush=True)

    with concurrent.futures.ProcessPoolExecutor(chosen.jobs) as pool:
        shares = list(pool.map(work, [chosen] * chosen.jobs, range(chosen.jobs), [seed] * chosen.jobs))
    kills, under_load, answered = (sum(share[i] for share in shares) for i in range(3))
    broken = [share[3] for share in shares if share[3]]
    print(f"{kills} kills, {under_load} of them under load, {answered} commands answered")
    if chosen.unsynced:
        print("\n".join(broken))
        sys.exit(None if broken else "nothing was lost, though nothing was synced: this test proves nothing")
    if broken:
        sys.exit("\n".join(broken))
    if under_load < kills / 5:
        sys.exit("too few kills met a program with work in its hands: this test proves nothing")


if __name__ == "__main__":
    main()
