"""The unit of systemd is understood, and exposes little."""

import pathlib
import re
import subprocess
import sys
import tempfile

from service import check


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
    config = re.search(r"--config (\S+)", unit.read_text(encoding="utf-8"))[1]
    check(config == "/etc/dutylog/dutylog.toml", config)


if __name__ == "__main__":
    main()
