"""What systemd is told: ready when requests are answered, alive again and again, reloading, stopping."""

import os
import re
import signal
import socket
import sys

from service import Place, check


def main():
    place = Place(*sys.argv[1:3])
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(str(place.folder / "notify"))
    listener.settimeout(30)
    heard = []

    def wait_for(pattern):
        while True:
            heard.append(listener.recv(4096).decode())
            if re.fullmatch(pattern, heard[-1], re.DOTALL):
                return

    environment = {"NOTIFY_SOCKET": str(place.folder / "notify"), "WATCHDOG_USEC": "4000000"}
    with place.serve(**environment) as service:
        wait_for(r"READY=1\nSTATUS=http://127\.0\.0\.1:\d+")
        check(service.ask("GET", "/readyz")[0] == 200, "it is ready when it says so")
        wait_for("WATCHDOG=1")
        wait_for("WATCHDOG=1")
        service.process.send_signal(signal.SIGHUP)
        wait_for(r"RELOADING=1\nMONOTONIC_USEC=\d+")
        wait_for("READY=1")
        check(service.end() == 0, "it ends in good order")
        wait_for("STOPPING=1")

    # A token in the journal would be kept there for ever.
    os.unlink(place.folder / "plant.db.tokens")
    with place.serve(JOURNAL_STREAM="8:1") as service:
        line = service.process.stdout.readline()
        check("plant.db.tokens.first" in line and "dutylog_" not in line, line)
        first = place.folder / "plant.db.tokens.first"
        check(first.stat().st_mode & 0o777 == 0o600, "the token's file is its owner's alone")
        token = first.read_text(encoding="utf-8").strip()
        check(service.ask("GET", "/api/v1/tokens", token)[0] == 200, "the token in the file is the token")
        service.end()
        check(re.search(r"^<6>\S+ info ready ", service.log(), re.MULTILINE), service.log())


if __name__ == "__main__":
    main()
