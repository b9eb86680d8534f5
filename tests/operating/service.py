"""A log in a folder of its own, and the service over it, for the tests beside this file."""

import http.client
import json
import os
import pathlib
import signal
import subprocess
import tempfile

ENVIRONMENT = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8", "NO_COLOR": "1"}


class Place:
    """`plant.db` with one keeper, whose name is sealed."""

    def __init__(self, binary, root):
        self.binary, self.root = str(pathlib.Path(binary).resolve()), pathlib.Path(root).resolve()
        self._folder = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self._folder.name)
        self.run("init", "plant.db", "--library", self.root / "workflows/examples", "--employer", "house", good=True)
        self.run("act", "--log", "plant.db", "add_subject", "by=records", "subject=keeper/mei", "in=house",
                 "name=Mei", good=True)

    def run(self, *words, good=False, **environment):
        """@returns exit code, standard output, standard error"""
        ran = subprocess.run([self.binary, *map(str, words)], cwd=self.folder, text=True, capture_output=True,
                             env=ENVIRONMENT | environment, timeout=60)
        if good and ran.returncode != 0:
            raise SystemExit(f"{words}: {ran.returncode}\n{ran.stdout}{ran.stderr}")
        return ran.returncode, ran.stdout, ran.stderr

    def serve(self, *words, before=(), **environment):
        """@param before  words in front of `serve`, where the program is run by another"""
        return Service(self, words, environment, before)


class Service:
    """The running service; ends with the `with` block."""

    def __init__(self, place, words, environment, before=()):
        self.errors = open(place.folder / "service.errors", "w+", encoding="utf-8")
        self.process = subprocess.Popen([place.binary, *map(str, before), "serve", "plant.db", "--port", "0",
                                         *map(str, words)],
                                        cwd=place.folder, text=True, stdout=subprocess.PIPE, stderr=self.errors,
                                        env=ENVIRONMENT | environment)
        self.told = [self.process.stdout.readline()]
        if not self.told[0].startswith("listening on "):
            raise SystemExit(f"not started: {self.told}{self.log()}")
        self.port = int(self.told[0].rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()

    def token(self):
        self.told.append(self.process.stdout.readline())
        return self.told[-1].rsplit(" ", 1)[1].strip()

    def ask(self, method, path, token="", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            headers["Authorization"] = "Bearer " + token
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, None if body is None else json.dumps(body).encode(), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, answer.headers

    def end(self, by=signal.SIGTERM):
        """@returns the exit code"""
        self.process.send_signal(by)
        return self.process.wait(timeout=60)

    def log(self):
        self.errors.flush()
        with open(self.errors.name, encoding="utf-8") as lines:
            return lines.read()


def check(holds, what):
    if not holds:
        raise SystemExit(f"failed: {what}")


def is_root():
    return os.geteuid() == 0
