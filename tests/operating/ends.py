"""Each way in which the service cannot start, or has to end, gives one clear sentence and an exit code of its own."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys

from service import Place, check, is_root


def expect(place, code, words, *arguments, **environment):
    """The service ends at once with the code; its first sentence holds the words, its second says what to do."""
    found, out, err = place.run("serve", *arguments, **environment)
    check(found == code, f"serve {arguments}: exit {found}, expected {code}\n{out}{err}")
    lines = err.splitlines()
    check(len(lines) == 2 and lines[0].startswith("dutylog: ") and lines[1].startswith("  "),
          f"serve {arguments}: expected a sentence and what to do, found\n{err}")
    check(words in lines[0], f"serve {arguments}: expected '{words}' in\n{err}")
    code_again, page, _ = place.run("explain", str(code))
    check(code_again == 0 and str(code) in page, f"`dutylog explain {code}` has no page")


@contextlib.contextmanager
def full_disk(place):
    """A small file system with a log of its own and no room left; nothing where it cannot be mounted."""
    folder = place.folder / "full"
    folder.mkdir()
    mounted = is_root() and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "none", folder],
                                           capture_output=True).returncode == 0
    try:
        if mounted:
            for name in ("plant.db", "plant.db.keys"):
                shutil.copy(place.folder / name, folder / name)
            with contextlib.suppress(OSError), open(folder / "filling", "wb", buffering=0) as filling:
                while True:
                    filling.write(bytes(4096))
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)


def main():
    place = Place(*sys.argv[1:3])
    keys = place.folder / "plant.db.keys"

    expect(place, 4, "expected the file of a log", "absent.db")
    code, _, err = place.run("serve", "plant.db", "--set", "server.prot=1")
    check(code == 6 and "there is no setting `server.prot`" in err, err)
    code, _, err = place.run("serve", "--config", "absent.toml")
    check(code == 6 and "absent.toml: cannot be read" in err, err)

    with socket.create_server(("127.0.0.1", 0)) as taken:
        expect(place, 8, "cannot listen", "plant.db", "--port", taken.getsockname()[1])
    expect(place, 7, "TLS cannot be used", "plant.db", "--port", 0, "--certificate", "absent", "--key", "absent")

    keys.chmod(0o640)
    expect(place, 10, "others may read it (mode 640)", "plant.db", "--port", 0)
    keys.chmod(0o600)

    secret = place.folder / "hr.secret"
    secret.write_text("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n")
    secret.chmod(0o644)
    (place.folder / "plant.toml").write_text(
        '[log]\nfile = "plant.db"\n[channels.hr]\nkind = "webhook"\nurl = "https://hr.example/"\n'
        'secret_file = "hr.secret"\n')
    expect(place, 10, "others may read it (mode 644)", "--config", "plant.toml", "--port", 0)

    keys.rename(place.folder / "away")
    expect(place, 7, "the keys of people are missing", "plant.db", "--port", 0)
    with place.serve("--without-keys") as service:
        check(service.end() == 0, "the service starts without keys when it is told to")
        check("keys_missing" in service.log(), "missing keys are in the log")
    (place.folder / "away").rename(keys)
    keys.write_text("dutylog keys 1\nnonsense\n")
    expect(place, 7, "the keys cannot be used", "plant.db", "--port", 0)
    keys.unlink()
    with place.serve("--without-keys") as service:
        expect(place, 5, "open for writing elsewhere", "plant.db", "--port", 0)
        check(service.end(signal.SIGINT) == 0, "SIGINT ends the service in good order")

    place = Place(*sys.argv[1:3])
    with full_disk(place) as folder:
        if folder:
            expect(place, 9, "no room is left on the disk", folder / "plant.db", "--port", 0)
            code, _, err = place.run("backup", "plant.db", folder / "copy.db")
            check(code == 9 and "no room is left" in err, f"backup on a full disk: exit {code}\n{err}")
            check(not list(folder.glob("copy.db*")), "a backup that fails leaves nothing behind")
        else:
            print("a full disk is not tried: no file system can be mounted here")
    os.truncate(place.folder / "plant.db", 5000)
    expect(place, 4, "plant.db", "plant.db", "--port", 0)


if __name__ == "__main__":
    main()
