#!/usr/bin/env python3
"""Failing disks, jumping clocks, missing keys and bad settings, one after the other.

Each must give one clear sentence with an exit code of its own, or a reason at /readyz; and nothing that was
answered may be lost.

    faults.py --dutylog build/dutylog --library workflows/examples --shim liblost_writes.so
        --clock-shim libclock_shim.so --folder DIR
"""

import argparse
import http.client
import pathlib
import random
import re
import shutil
import socket
import struct
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "faults"))
import kill_nine
import service
from service import Broken

USAGE, STORAGE, LOCKED, CONFIGURATION, KEYS, ADDRESS, DISK_FULL = 2, 4, 5, 6, 7, 8, 9
HOUR = 3600
DAY = 24 * HOUR


def require(condition, what):
    if not condition:
        raise Broken(what)


def one_sentence(told, *words):
    """What a person reads: few lines, the wanted words, and no talk of our own mistakes."""
    # Lines of the service's log begin with their time; what people are told at the end does not.
    lines = [line for line in told.splitlines() if line.strip() and not re.match(r"\d{4}-\d\d-\d\dT", line)]
    require(0 < len(lines) <= 3, f"expected a sentence and perhaps a hint, found {told!r}")
    require("mistake of the program" not in told, told)
    for word in words:
        require(word in told, f"expected {word!r} in {told!r}")


class Faults:
    def __init__(self, chosen):
        self.chosen = chosen
        self.base = service.fresh_folder(chosen.folder / "base")
        self.shadowed = service.with_environment(LD_PRELOAD=chosen.shim.resolve(), DUTYLOG_LOST_WRITES=1)
        log = self.base / "log.sqlite"
        service.make_museum(chosen.dutylog, chosen.library, log, ["EF-1"], days=1)
        service.run(chosen.dutylog, "act", "--log", log, "--clock", service.days_ago(1), "add_subject", "by=records",
                    "subject=keeper/zoe", "in=house", "name=Zoe", "id=zoe")
        with self.serve(self.base) as server:
            require(server.wait_until_listening(), "the base does not start")
            self.token = server.read_token()
            server.stop()

    def serve(self, folder, *options, **more):
        token = getattr(self, "token", None)
        return service.Service(self.chosen.dutylog, folder / "log.sqlite", *options, token=token, **more)

    def fresh(self, name):
        folder = service.fresh_folder(self.chosen.folder / name)
        for file in self.base.glob("log.sqlite*"):
            if file.suffix not in (".stderr", ".lock"):
                shutil.copy(file, folder)
        return folder

    # ---- disks ---------------------------------------------------------------------------------

    def failing_disk(self, call, number, error):
        """One sync or write fails. @returns whether that met a service at work"""
        folder = self.fresh("disk")
        environment = dict(self.shadowed, **{call: f"{number}:{error}"})
        answered = []
        with self.serve(folder, environment=environment) as server:
            if server.wait_until_listening():
                answered = self.order_until_it_ends(server)
            exit_code, told = server.wait(), (folder / "log.sqlite.stderr").read_text()
        if exit_code == service.FINE:
            raise Broken("it went on after a failure")
        require(exit_code in (STORAGE, KEYS, DISK_FULL), f"ended with {exit_code}: {told}")
        one_sentence(told)
        kill_nine.cut_power(folder, random.Random(number))
        with self.serve(folder) as server:
            require(server.wait_until_listening(), f"it does not start again: {server.told()}")
            for key, command in answered:
                answer = server.order(command, key)
                require(answer.status == 200 and answer.json()["repeated"], f"{key} was answered and is lost")
            server.stop()
        return bool(answered)

    def order_until_it_ends(self, server):
        """@returns what was answered"""
        answered = []
        try:
            connection = server.connection()
            for number in range(400):
                command = {"command": "add_subject", "by": "records", "subject": f"object/o-{number}", "in": "north"}
                answer = server.order(command, f"o-{number}", connection)
                if answer.status != 200:
                    require(answer.status in (500, 503), answer.text)
                    break
                answered.append((f"o-{number}", command))
            else:
                server.stop()
                raise Broken("no write or sync failed: the number is too high")
        except (OSError, http.client.HTTPException):
            pass
        return answered

    def disks(self):
        met = 0
        failures = [("DUTYLOG_FAIL_SYNC", n) for n in (3, 10, 11, 25, 60)]
        failures += [("DUTYLOG_FAIL_WRITE", n) for n in (3, 20, 61, 150, 151, 152, 400)]
        for call, number in failures:
            for error in ("EIO", "ENOSPC"):
                try:
                    met += self.failing_disk(call, number, error)
                except Broken as broken:
                    raise Broken(f"{call}={number}:{error}: {broken}") from broken
        require(met >= len(failures), f"only {met} failures met a service at work: this test proves nothing")
        return f"{met} of {2 * len(failures)} failures of the disk met a service at work"

    # ---- clocks --------------------------------------------------------------------------------

    def clocks(self):
        for seconds, adopted in [(59 * 60, True), (-59 * 60, True), (HOUR + 60, False), (-HOUR - 60, False),
                                 (DAY, False), (-DAY, False), (70 * 365 * DAY, False)]:
            try:
                self.jump(seconds, adopted)
            except Broken as broken:
                raise Broken(f"a jump of {seconds} s: {broken}") from broken
        return "7 jumps of the clock"

    def jump(self, seconds, adopted):
        folder = self.fresh("clock")
        offset = folder / "offset"
        offset.write_bytes(struct.pack("<q", 0))
        environment = service.with_environment(LD_PRELOAD=self.chosen.clock_shim.resolve(), DUTYLOG_CLOCK_OFFSET=offset)
        with self.serve(folder, environment=environment) as server:
            require(server.wait_until_listening(), server.told())
            require(self.readiness(server) == {}, "not ready at first")
            with open(offset, "r+b") as file:
                file.write(struct.pack("<q", seconds * 1_000_000))
            jumped = self.await_event(server, "runtime.clock_jumped")
            require(jumped, "the jump is not on the record")
            faults = self.readiness(server)
            require(("clock" in faults) != adopted, f"readiness says {faults}")
            command = {"command": "add_subject", "by": "records", "subject": "object/after", "in": "north"}
            require(server.order(command, "after").status == 200, "no command is taken after a jump")
            if not adopted:
                decide = {"command": "decide_clock", "confirmed": False, "reason": "the battery is empty"}
                answer = server.order(decide, "decide")
                require(answer.status == 200, answer.text)
                require("clock" not in self.readiness(server), "a decision does not end the waiting")
            require(server.stop() == service.FINE, "it does not end well")
        service.run(self.chosen.dutylog, "verify", folder / "log.sqlite")
        # Recorded time never follows a jump that nobody confirmed.
        recorded = [event["recorded"] / 1e6 for event in service.export(self.chosen.dutylog, folder / "log.sqlite")]
        require(recorded == sorted(recorded), "recorded time ran back")
        latest = time.time() + (seconds if adopted and seconds > 0 else 0) + 60
        require(recorded[-1] <= latest, "recorded time followed the jump")

    def readiness(self, server):
        """@returns part → reason of what is not ready"""
        answer = server.ask("GET", "/readyz")
        body = answer.json()
        require((answer.status == 200) == bool(body.get("ready")), answer.text)
        return {fault["part"]: fault["why"] for fault in body.get("faults", [])}

    def await_event(self, server, kind):
        for _ in range(100):
            page = server.ask("GET", "/api/v1/timeline?limit=500").json()
            if any(event["type"] == kind for event in page["events"]):
                return True
            time.sleep(0.05)
        return False

    # ---- keys and settings ---------------------------------------------------------------------

    def refused_start(self, name, exit_code, options=(), damage=None, words=(), port=0):
        folder = self.fresh("settings")
        if damage is not None:
            damage(folder)
        with self.serve(folder, *options, port=port) as server:
            listening = server.wait_until_listening()
            require(not listening, f"{name}: it started")
            found, told = server.wait(), (folder / "log.sqlite.stderr").read_text()
        require(found == exit_code, f"{name}: expected exit {exit_code}, found {found}: {told}")
        one_sentence(told, *words)

    def settings(self):
        def damaged(ending):
            return lambda folder: (folder / f"log.sqlite{ending}").write_text("no key\n")

        def lost(folder):
            (folder / "log.sqlite.keys").unlink()

        taken = socket.create_server(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        certificate = ("--certificate", "/none.pem", "--key", "/none.key")
        cases = [
            ("damaged keys of people", KEYS, (), damaged(".keys"), (".keys",), 0),
            ("missing keys of people", KEYS, (), lost, (".keys", "1 people"), 0),
            ("damaged keys of links", KEYS, (), damaged(".links"), (".links", "line 1"), 0),
            ("damaged tokens", KEYS, (), damaged(".tokens"), (".tokens", "line 1"), 0),
            ("no certificate", KEYS, certificate, None, ("/none",), 0),
            ("a source without a mapping", CONFIGURATION, ("--inbound", "lab=/none.yaml,/none"), None, ("/none",), 0),
            ("no address", CONFIGURATION, ("--address", "nowhere"), None, ("nowhere",), 0),
            ("a port that is taken", ADDRESS, (), None, ("cannot listen",), port),
        ]
        for name, exit_code, options, damage, words, at in cases:
            self.refused_start(name, exit_code, options, damage, words, at)
        taken.close()
        self.second_server()
        return f"{len(cases) + 1} starts that cannot be"

    def second_server(self):
        folder = self.fresh("twice")
        with self.serve(folder) as first:
            require(first.wait_until_listening(), first.told())
            with self.serve(folder) as second:
                require(not second.wait_until_listening(), "two servers on one log")
                require(second.wait() == LOCKED, "the second one gives another exit code")
            require(first.ask("GET", "/api/v1/duties").status == 200, "the first one was disturbed")
            first.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("dutylog", "library", "shim", "clock-shim", "folder"):
        parser.add_argument(f"--{name}", required=True, type=pathlib.Path)
    parser.add_argument("--only", help="disks, clocks or settings")
    chosen = parser.parse_args()
    service.fresh_folder(chosen.folder)
    faults = Faults(chosen)
    for part in ("settings", "clocks", "disks"):
        if chosen.only in (None, part):
            try:
                print(getattr(faults, part)(), flush=True)
            except Broken as broken:
                sys.exit(f"{part}: {broken}")


if __name__ == "__main__":
    main()
