#!/usr/bin/env python3
"""Slow and idle clients beside others who work: these must not be kept waiting, and memory stays bounded.

slowhttptest sends heads and bodies drop by drop and reads answers as slowly (its modes -H, -B and -X), from
one address; 1,000 connections from other addresses do nothing at all. Meanwhile a client asks and gives
commands. Each of its answers must come within the stated bound, before, while and after.

    slow_clients.py --dutylog build/dutylog --library workflows/examples --folder DIR
"""

import argparse
import contextlib
import pathlib
import socket
import subprocess
import sys
import threading
import time

import service

ANSWER_SECONDS_MAX = 2.0  # docs/api.md; a busy machine needs most of it
MEMORY_MAX = 200 << 20
IDLE = 1_000
IDLE_OF_ADDRESS = 60  # the server takes 64 of one
ATTACK_SECONDS = 6  # each
CLIENT = "127.0.0.2"  # the attackers come from elsewhere


class Client(threading.Thread):
    """Asks on one connection and on new ones, and notes how long each answer took."""

    def __init__(self, server):
        super().__init__()
        self.server = server
        self.times = []
        self.failed = None
        self.ending = threading.Event()

    def connection(self):
        used = self.server.connection()
        used.source_address = (CLIENT, 0)
        return used

    def run(self):
        try:
            kept = self.connection()
            for number in range(1_000_000):
                if self.ending.wait(0.02):
                    return
                self.once(kept, number)
                if number % 5 == 0:
                    with contextlib.closing(self.connection()) as fresh:
                        self.once(fresh, number)
        except Exception as error:  # told by who waits for the thread
            self.failed = error

    def once(self, connection, number):
        begin = time.monotonic()
        if number % 10 == 0:
            command = {"command": "add_subject", "by": "records", "subject": f"unit/U-{len(self.times)}", "in": "north"}
            answer = self.server.order(command, f"slow-{len(self.times)}", connection)
        else:
            answer = self.server.ask("GET", "/api/v1/duties?limit=5", connection=connection)
        self.times.append(time.monotonic() - begin)
        if answer.status != 200:
            raise service.Broken(f"{answer.status} {answer.text}")


def attack(server, path, mode, folder):
    url = f"http://127.0.0.1:{server.port}{path}"
    command = ["slowhttptest", *mode, "-c", "60", "-r", "60", "-l", str(ATTACK_SECONDS), "-p", "2", "-u", url]
    return subprocess.Popen(command, stdout=open(folder / f"attack{mode[0]}.txt", "w"), stderr=subprocess.STDOUT)


def idle_connections(server):
    sockets = []
    for number in range(IDLE):
        address = f"127.0.1.{1 + number // IDLE_OF_ADDRESS}"
        sockets.append(socket.create_connection(("127.0.0.1", server.port), 10, (address, 0)))
    return sockets


def open_of(sockets):
    """How many of them the server has not closed."""
    count = 0
    for each in sockets:
        each.setblocking(False)
        try:
            count += each.recv(1) != b""
        except BlockingIOError:
            count += 1
        except OSError:
            pass
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dutylog", required=True, type=pathlib.Path)
    parser.add_argument("--library", required=True, type=pathlib.Path)
    parser.add_argument("--folder", required=True, type=pathlib.Path, help="is emptied first")
    chosen = parser.parse_args()
    folder = service.fresh_folder(chosen.folder)
    log = folder / "log.sqlite"
    service.make_museum(chosen.dutylog, chosen.library, log, [f"EF-{i}" for i in range(20)], days=1)
    with service.Service(chosen.dutylog, log) as server:
        if not server.wait_until_listening():
            sys.exit(server.told())
        server.read_token()
        client = Client(server)
        client.start()
        at_rest = server.memory_bytes()
        idle = idle_connections(server)
        standing = open_of(idle)
        # Slow heads; a slow body; an answer that is asked for many times and read a few bytes at a time.
        attacks = {
            "/readyz": ["-H", "-i", "3"],
            "/inbound/nobody": ["-B", "-i", "3", "-s", "8192"],
            "/openapi.json": ["-X", "-w", "8", "-y", "16", "-n", "2", "-z", "8", "-k", "10"],
        }
        for path, mode in attacks.items():
            attack(server, path, mode, folder).wait(ATTACK_SECONDS + 30)
        peak = server.memory_bytes("VmHWM")
        left = open_of(idle)
        for each in idle:
            each.close()
        time.sleep(0.5)
        client.ending.set()
        client.join()
        ended = server.stop()
    worst = max(client.times, default=0)
    print(f"{len(client.times)} answers, the slowest after {worst * 1000:.0f} ms; memory {at_rest >> 20} MiB at first, "
          f"{peak >> 20} MiB at most; {standing} of {IDLE} idle connections stood, {left} at the end")
    if client.failed:
        sys.exit(f"a client who works was refused: {client.failed!r}")
    if ended != service.FINE:
        sys.exit(f"it ended with {ended}")
    if standing < IDLE * 0.95 or len(client.times) < 100:
        sys.exit("too little happened: this test proves nothing")
    if left > 0:
        sys.exit("idle connections are kept for ever")
    if worst > ANSWER_SECONDS_MAX:
        sys.exit(f"an answer took longer than {ANSWER_SECONDS_MAX} s")
    if peak > MEMORY_MAX:
        sys.exit(f"memory went beyond {MEMORY_MAX >> 20} MiB")


if __name__ == "__main__":
    main()
