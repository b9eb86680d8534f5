"""The unit of systemd is understood, and exposes little."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

from service import Place, check


def system_calls():
    """The sets of system calls that systemd knows, with what they hold."""
    sets, current = {}, None
    listed = subprocess.run(["systemd-analyze", "syscall-filter"], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        if line.startswith("@"):
            current = sets.setdefault(line.strip(), set())
        elif line.startswith("    ") and current is not None and not line.strip().startswith("#"):
            current.add(line.strip())

    def all_of(name):
        return set().union(*(all_of(each) if each.startswith("@") else {each} for each in sets[name]))

    return all_of


def filter_lets_through(unit):
    """What the lines SystemCallFilter= of the unit come to."""
    all_of, allowed = system_calls(), set()
    for line in re.findall(r"^SystemCallFilter=(.*)$", unit, re.MULTILINE):
        names = set().union(*(all_of(name) for name in line.removeprefix("~").split()))
        allowed = allowed - names if line.startswith("~") else allowed | names
    return allowed


def look_at_system_calls(unit):
    """A service that starts, answers, commits, reads its certificates again and ends needs no more than it may."""
    place = Place(*sys.argv[1:3])
    trace = place.folder / "trace"
    place.binary, program = "/usr/bin/strace", place.binary
    with place.serve(before=["-f", "-qq", "-o", trace, program]) as service:
        token = service.token()
        order = {"command": "add_subject", "by": "records", "subject": "keeper/omar", "in": "house", "name": "Omar"}
        check(service.ask("POST", "/api/v1/commands", token, order, Idempotency_Key="k")[0] == 200, "it commits")
        child = pathlib.Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children").read_text(encoding="utf-8")
        for each in (signal.SIGHUP, signal.SIGTERM):
            os.kill(int(child.split()[0]), each)
            time.sleep(0.5)
        service.process.wait(timeout=60)
    used = set(re.findall(r"^\d+ +([a-z_0-9]+)\(", trace.read_text(encoding="utf-8", errors="replace"), re.MULTILINE))
    check(len(used) > 30 and "fdatasync" in used, f"the trace shows too little: {sorted(used)}")
    refused = used - filter_lets_through(unit)
    # SQLite gives files to the owner of the log where it is root; the unit is not.
    check(refused <= {"fchown"}, f"the unit does not let through {sorted(refused)}")


def main():
    root = pathlib.Path(sys.argv[2])
    unit = root / "packaging/dutylog.service"
    security = subprocess.run(["systemd-analyze", "security", "--offline=true", unit], capture_output=True, text=True)
    level = re.search(r"exposure level for \S+: ([0-9.]+)", security.stdout)
    check(level, security.stdout + security.stderr)
    check(float(level[1]) <= 2.0, f"the exposure level is {level[1]}, expected at most 2.0")
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "dutylog.service"
        copy.write_text(unit.read_text(encoding="utf-8").replace("/usr/bin/dutylog", binary), encoding="utf-8")
        verified = subprocess.run(["systemd-analyze", "verify", "--man=no", copy], capture_output=True, text=True)
        told = [line for line in verified.stderr.splitlines() if "dutylog.service" in line]
        check(not told, "\n".join(told))
    look_at_system_calls(unit.read_text(encoding="utf-8"))
    config = re.search(r"--config (\S+)", unit.read_text(encoding="utf-8"))[1]
    check(config == "/etc/dutylog/dutylog.toml", config)


if __name__ == "__main__":
    main()
