#!/usr/bin/env python3
"""Kills `dutylog serve` at its system calls, one after the other, and looks whether it kept every word.

A scripted run is played once under strace to count the calls that reach outside the process, from the
first that names the log on. The server does everything on one thread, so that they come in a fixed
order. Then the same script is played again and again, and at the n-th call the process is killed with
SIGKILL, instead of the call. After each kill

  - `dutylog verify` finds the log sound,
  - started again, the server gives each command that was answered its first answer, marked as repeated,
    and takes those that were not,
  - every command stands in the log once, and when the rest of the script has been sent, everything has
    happened as often as without a kill: no deadline fired twice, nobody is told twice,
  - a token that was shown works, and a link that was used stays used,
  - nothing reached the receiver of notices that was not on the record when the process was killed, and in the
    end all of it has reached them, under one id and saying one thing each, and stands in the log once.

    kill_syscalls.py --dutylog build/dutylog --library workflows/examples --folder DIR [--every 10]

With --every n one call of n is tried, from a place that changes with the day; 1 tries all.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import datetime
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import sys
import time

import links
import receiver
import service
from service import Broken

# What reaches outside the process. Clocks, waiting and memory are left out: being killed there is
# the same as at the next call that is counted.
CALLS = (
    "open,openat,creat,close,read,pread64,readv,write,pwrite64,writev,pwritev,fsync,fdatasync,ftruncate,"
    "fallocate,unlink,unlinkat,rename,renameat,renameat2,mkdir,chmod,fchmod,fchown,fcntl,flock,"
    "socket,bind,listen,accept4,connect,shutdown,sendto,sendmsg,recvfrom,recvmsg,exit_group"
)
UNITS = ("EF-1", "EF-2", "EF-3")
TOLD = "ana"  # of each of them, when the service starts
NOTICES = {links.message_id(f"duty/fan-maintenance/unit/{unit}#1.cycle.2", TOLD): unit for unit in UNITS}
TELLING_SECONDS_MAX = 15
OUTSIDE = 0  # origin of an event that came from outside
CALLS_MIN = 300  # fewer, and the script did not do its work
WORKERS = 2


def script():
    """What is asked for, one after the other: (name, what to send)."""
    work = {"command": "complete_step", "duty": "fan-maintenance", "of": "EF-1"}
    yield "work", dict(work, by="mei", step="do.service")
    yield "self-check", dict(work, by="mei", step="check.speed", form={"speed": "0.9 m/s"})  # refused
    yield "check", dict(work, by="omar", step="check.speed", form={"speed": "0.6 m/s"})
    yield "unit", {"command": "add_subject", "by": "records", "subject": "unit/EF-9", "in": "north"}
    yield "name", {"command": "add_subject", "by": "records", "subject": "keeper/zoe", "in": "house", "name": "Zoe"}
    yield "fact", {"command": "record_fact", "by": "omar", "of": "north", "fact": "climate",
                   "value": {"lowest": "40 %", "highest": "60 %"}}


class Run:
    """One life of the server, and what it said before it ended."""

    def __init__(self, chosen, folder, before=()):
        self.receiver = receiver.Receiver()
        self.config = self.receiver.configuration(folder, TOLD)
        self.log = folder / "log.sqlite"
        self.answered = {}  # key → answer
        self.sent = {}  # key → command
        self.made_token = None
        self.link_answer = None
        self.server = service.Service(
            chosen.dutylog, self.log, "--config", self.config, "--single-threaded", before=before, token=chosen.token
        )

    def play(self, chosen):
        """@returns whether it came to the end of the script"""
        try:
            if not self.server.wait_until_listening():
                return False
            connection = self.server.connection()
            for key, command in script():
                self.sent[key] = command
                self.answered[key] = self.server.order(command, key, connection)
            self.answered["work again"] = self.server.order(self.sent["work"], "work", connection)
            wanted = {"person": "mei", "may": ["own"]}
            made = self.server.ask("POST", "/api/v1/tokens", wanted, connection=connection)
            self.made_token = made.json()["text"]
            self.link_answer = self.server.ask("POST", chosen.link, "", connection=connection,
                                               headers={"Content-Type": "application/x-www-form-urlencoded"})
            connection.close()
            self.await_notices(self.server)
        except (OSError, http.client.HTTPException):
            return False
        return True

    def await_notices(self, server):
        """Until everybody was told and the log knows it, or the server is gone."""
        deadline = time.monotonic() + TELLING_SECONDS_MAX
        while not NOTICES.keys() <= self.receiver.ids() or waiting(server) > 0:
            if server.process.poll() is not None:
                return
            if time.monotonic() > deadline:
                raise Broken(f"told of {len(self.receiver.ids())} notices of {len(NOTICES)}: {server.told()}")
            time.sleep(0.02)


def waiting(server):
    """Notices and reports about them that are under way."""
    figures = server.ask("GET", "/metrics").text
    found = [re.search(rf"^{name} (\S+)$", figures, re.MULTILINE) for name in ("dutylog_notices_waiting", "dutylog_attempts")]
    return sum(float(each.group(1)) for each in found)


def said(answer):
    """What an answer says, without whether it is a repeat."""
    body = answer.json()
    body.pop("repeated", None)
    return answer.status, body


def end(run):
    """SIGTERM to the server, which is the child of strace."""
    strace = run.server.process.pid
    for child in pathlib.Path(f"/proc/{strace}/task/{strace}/children").read_text().split():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(child), signal.SIGTERM)
    return run.server.wait()


def counted(chosen, folder):
    """Plays the script to its end. @returns (its calls from the first that minds the log, the run)"""
    prepare(chosen, folder)
    trace = folder / "trace"
    run = Run(chosen, folder, ["strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={CALLS}", "-e", "signal=none"])
    if not run.play(chosen):
        raise Broken(f"the script did not come to its end: {run.server.told()}")
    if end(run) != service.FINE:
        raise Broken("the server did not end well")
    calls = [line for line in trace.read_text().splitlines() if "(" in line and "resumed>" not in line]
    if len({line.split()[0] for line in calls}) != 1:
        raise Broken("the server has more than one thread: its calls have no order")
    first = next(i for i, line in enumerate(calls) if run.log.name in line)
    # strace counts the calls of each name by themselves.
    seen = collections.Counter()
    numbered = []
    for line in calls:
        name = re.search(r"(\w+)\(", line).group(1)
        seen[name] += 1
        numbered.append((name, seen[name]))
    if run.link_answer.status != 200:
        raise Broken(f"the link does not work: {run.link_answer.text}")
    run.happened = check_log(chosen, run.log)
    run.receiver.close()
    return numbered[first:], run


def prepare(chosen, folder):
    service.fresh_folder(folder)
    for file in chosen.base.glob("log.sqlite*"):
        shutil.copy(file, folder)


def check_log(chosen, log):
    """The log is sound, and no command stands in it twice. @returns how often what happened to what"""
    service.run(chosen.dutylog, "verify", log)
    events = service.export(chosen.dutylog, log)
    # That a message arrived is the second fact of the command that says it was sent, and names the first as its cause.
    times = collections.Counter(event["command"] for event in events if event["origin"] == OUTSIDE and not event["cause"])
    for command, count in times.items():
        if command and count != 1:
            raise Broken(f"{command} stands {count} times in the log")
    # What a person does with a link is no part of the script that is repeated.
    return collections.Counter(
        (event["stream"], event["type"], event["actor"]) for event in events if event["command"][:5] != "link-"
    )


def check_told(chosen, run):
    """Right after the kill: whoever was told, the log knew it before."""
    planned = {event["stream"] for event in service.export(chosen.dutylog, run.log) if event["type"] == "notice.planned"}
    for message in run.receiver.ids():
        if message not in NOTICES:
            raise Broken(f"a notice came that nobody planned: {message}")
        if f"duty/fan-maintenance/unit/{NOTICES[message]}" not in planned:
            raise Broken(f"{NOTICES[message]} was told of before it was on the record")


def check(chosen, run, expected):
    check_told(chosen, run)
    with service.Service(chosen.dutylog, run.log, "--config", run.config, token=chosen.token) as server:
        if not server.wait_until_listening():
            raise Broken(f"it did not start again: {server.told()}")
        connection = server.connection()
        for key, command in script():
            answer = server.order(command, key, connection)
            before = run.answered.get(key)
            if before is not None and said(answer) != said(before):
                raise Broken(f"{key}: answered {before.text}, and after the kill {answer.text}")
            if before is not None and before.status == 200 and not answer.json()["repeated"]:
                raise Broken(f"{key} was answered and is not known any more")
            if answer.status != expected.answered[key].status:
                raise Broken(f"{key}: {answer.status} {answer.text}")
        if run.made_token is not None:
            if server.ask("GET", "/api/v1/duties", token=run.made_token).status != 200:
                raise Broken("a token that was shown does not work")
        if run.link_answer is not None:
            if server.ask("GET", chosen.link).status != 410:
                raise Broken("a link that was used can be used again")
        connection.close()
        run.await_notices(server)
        if server.stop() != service.FINE:
            raise Broken("after the kill it does not end well")
    said_of = collections.defaultdict(set)
    for message, body in run.receiver.got:
        words = json.loads(body)
        del words["timestamp"]  # when this process put it together
        said_of[message].add(json.dumps(words))
    if any(len(each) != 1 for each in said_of.values()):
        raise Broken("one notice says two things")
    happened = check_log(chosen, run.log)
    for what in happened | expected.happened:
        if happened[what] != expected.happened[what]:
            raise Broken(f"{what} happened {happened[what]} times, and {expected.happened[what]} times without a kill")


def kill_at(chosen, call, expected, worker):
    """@returns (whether the process was killed, what was broken)"""
    folder = chosen.folder / f"worker-{worker}"
    prepare(chosen, folder)
    name, number = call
    inject = f"inject={name}:signal=KILL:when={number}"
    run = Run(chosen, folder, ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={name}", "-e", inject])
    try:
        run.play(chosen)
        if run.server.process.poll() is None:
            end(run)  # the call lies in what is done at the end
        killed = run.server.process.wait(service.STOP_SECONDS_MAX) != service.FINE
        if chosen.lose and run.answered:
            prepare(chosen, folder)
        check(chosen, run, expected)
    except Broken as broken:
        return False, f"killed at {name} {number}: {broken}"
    finally:
        run.server.__exit__()
        run.receiver.close()
    return killed, None


def work(chosen, calls, expected, worker):
    results = []
    for call in calls:
        results.append(kill_at(chosen, call, expected, worker))
        if results[-1][1]:
            break
    return results


def make_base(chosen):
    """A museum whose fans are overdue, with a token and a key for links."""
    chosen.base = service.fresh_folder(chosen.folder / "base")
    log = chosen.base / "log.sqlite"
    service.make_museum(chosen.dutylog, chosen.library, log, UNITS)
    # Its first start makes the token; the deadlines are to pass in the runs that are killed.
    with service.Service(chosen.dutylog, log, "--clock", service.days_ago(120)) as server:
        server.wait_until_listening()
        chosen.token = server.read_token()
        server.stop()
    for file in chosen.base.glob("*.stderr"):
        file.unlink()
    chosen.link = links.link(log, links.ACKNOWLEDGE, "duty/fan-maintenance/unit/EF-2#1.cycle.2", "ana")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dutylog", required=True, type=pathlib.Path)
    parser.add_argument("--library", required=True, type=pathlib.Path)
    parser.add_argument("--folder", required=True, type=pathlib.Path, help="is emptied first")
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--lose", action="store_true", help="put the log of before back after each kill: must be found")
    parser.add_argument("--only", metavar="NAME:N", help="the n-th call of that name alone")
    chosen = parser.parse_args()
    service.fresh_folder(chosen.folder)
    make_base(chosen)
    calls, expected = counted(chosen, chosen.folder / "count")
    tried = calls[datetime.date.today().toordinal() % chosen.every :: chosen.every]
    if chosen.only:
        name, number = chosen.only.split(":")
        tried = [(name, int(number))]
    print(f"{len(calls)} system calls from the first that minds the log; {len(tried)} of them are tried", flush=True)
    if len(calls) < CALLS_MIN:
        sys.exit("too few calls: this test proves nothing")
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        shares = [pool.submit(work, chosen, tried[i::WORKERS], expected, i) for i in range(WORKERS)]
        results = [result for share in shares for result in share.result()]
    broken = [what for _, what in results if what]
    killed = sum(was_killed for was_killed, _ in results)
    print(f"{killed} kills")
    if chosen.lose:
        print("\n".join(broken))
        sys.exit(None if broken else "what was answered was lost, and nobody saw it: this test proves nothing")
    if broken:
        sys.exit("\n".join(broken))
    # A few calls fewer than counted are made where an answer comes in one piece.
    if killed < len(tried) * 0.9:
        sys.exit("too few kills: this test proves nothing")


if __name__ == "__main__":
    main()
