"""`dutylog serve` as a test drives it: started on a free port of the loopback, asked over HTTP, stopped or killed."""

import datetime
import http.client
import json
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import time

START_SECONDS_MAX = 30
STOP_SECONDS_MAX = 30
FINE, STORAGE = 0, 4  # exit codes


class Broken(Exception):
    """A promise was not kept."""


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode()

    def json(self):
        return json.loads(self.text)


class Service:
    """One running server."""

    def __init__(self, dutylog, log, *options, before=(), environment=None, token=None, port=0):
        self.log = pathlib.Path(log)
        self.token = token
        self.port = None
        self.errors = open(f"{log}.stderr", "w+")
        command = [*before, str(dutylog), "serve", str(log), "--port", str(port), "--lang", "en", *map(str, options)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self.errors, env=environment, text=True
        )
        self.lines = self.process.stdout

    def wait_until_listening(self):
        """@returns whether it came so far"""
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self.lines], [], [], 0.2)
            if not ready:
                continue
            line = self.lines.readline()
            if not line:
                return False
            if found := re.search(r"listening on \w+://[^ ]*:(\d+)", line):
                self.port = int(found.group(1))
                return True
        raise Broken(f"no sign of listening after {START_SECONDS_MAX} s: {self.told()}")

    def read_token(self):
        """The administrator's, which the first start shows."""
        self.token = re.search(r"dutylog_\w+", self.lines.readline()).group(0)
        return self.token

    def connection(self, seconds=20):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)

    def ask(self, method, path, body=None, key=None, headers=None, connection=None, token=None):
        fields = {"Authorization": f"Bearer {token or self.token}", **(headers or {})}
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body)
            fields["Content-Type"] = "application/json"
        if key:
            fields["Idempotency-Key"] = key
        used = connection or self.connection()
        used.request(method, path, body, fields)
        answer = Answer(used.getresponse())
        if connection is None:
            used.close()
        return answer

    def order(self, command, key, connection=None):
        return self.ask("POST", "/api/v1/commands", command, key, connection=connection)

    def memory_bytes(self, name="VmRSS"):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{name}:\s+(\d+) kB", status).group(1)) * 1024

    def told(self):
        self.errors.flush()
        return pathlib.Path(self.errors.name).read_text()

    def stop(self):
        """Asks it to end. @returns its exit code"""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.wait()

    def kill(self):
        self.process.kill()
        return self.wait()

    def wait(self):
        try:
            return self.process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Broken(f"it did not end within {STOP_SECONDS_MAX} s")
        finally:
            self.lines.close()
            self.errors.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()


def run(dutylog, *words, environment=None, accept=(FINE,)):
    """One command of the command line. @returns what it said"""
    command = [str(dutylog), *map(str, words), "--lang", "en"]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
    if ran.returncode not in accept:
        raise Broken(f"{' '.join(map(str, words))}: exit {ran.returncode}: {ran.stdout[-400:]} {ran.stderr[-400:]}")
    return ran.stdout


def days_ago(days):
    return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


MUSEUM = [
    {"command": "add_subject", "subject": "museum/house"},
    {"command": "add_subject", "subject": "gallery/north", "in": "house"},
    {"command": "add_subject", "subject": "keeper/mei", "in": "house"},
    {"command": "add_subject", "subject": "keeper/omar", "in": "house"},
    {"command": "add_subject", "subject": "keeper/ana", "in": "house"},
    {"command": "record_fact", "of": "house", "fact": "holds_role", "value": {"role": "DIR", "person": "ana"}},
    {"command": "record_fact", "of": "house", "fact": "holds_role", "value": {"role": "CONS", "person": "omar"}},
    {"command": "record_fact", "of": "house", "fact": "holds_role", "value": {"role": "REG", "person": "ana"}},
]


def fan(unit):
    """A unit whose fan is to be looked after each three months, by mei."""
    return [
        {"command": "add_subject", "subject": f"unit/{unit}", "in": "north"},
        {"command": "record_fact", "of": unit, "fact": "holds_role", "value": {"role": "TECH", "person": "mei"}},
        {"command": "record_fact", "of": unit, "fact": "fan", "value": {"maintained": "true"}},
    ]


def make_museum(dutylog, library, log, units, days=120):
    """A log that was last written `days` ago: the fans of the units are due after about 90."""
    log = pathlib.Path(log)
    then = days_ago(days)
    run(dutylog, "init", log, "--library", library, "--clock", then)
    orders = [dict(order, by="records") for order in MUSEUM]
    orders += [dict(order, by="records") for unit in units for order in fan(unit)]
    lines = "".join(json.dumps(dict(order, id=f"made-{i}")) + "\n" for i, order in enumerate(orders))
    command = [str(dutylog), "act", "--log", str(log), "--clock", then, "--lang", "en", "-"]
    ran = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=300)
    if ran.returncode != FINE:
        raise Broken(f"the log was not made: {ran.stdout[-400:]} {ran.stderr[-400:]}")


def fresh_folder(path):
    folder = pathlib.Path(path)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def export(dutylog, log):
    return [json.loads(line) for line in run(dutylog, "export", log).splitlines()]


def with_environment(**values):
    return dict(os.environ, **{name: str(value) for name, value in values.items()})
