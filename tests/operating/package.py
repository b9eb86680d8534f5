"""The Debian package is built, has no errors by lintian, is installed into a folder, and works from there."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from service import Place, check, is_root

FORCE = ["--force-depends", "--force-script-chrootless", "--force-not-root", "--force-bad-path", "--log=/dev/null"]


def run(*words, **options):
    ran = subprocess.run([str(word) for word in words], text=True, capture_output=True, **options)
    check(ran.returncode == 0, f"{words}: {ran.returncode}\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def build(build_folder, into):
    run("cpack", "-G", "DEB", "-B", into, "--config", build_folder / "CPackConfig.cmake", cwd=build_folder)
    packages = list(into.glob("*.deb"))
    check(len(packages) == 1, f"expected one package, found {packages}")
    return packages[0]


def look_inside(package, root, source):
    """What is unpacked works where it is."""
    run("dpkg", "-x", package, root)
    program = root / "usr/bin/dutylog"
    run(program, "version")
    run(program, "config", "check", "--config", root / "etc/dutylog/dutylog.toml")
    run(program, "check", root / "usr/share/dutylog/workflows")
    for name in ("lib/systemd/system/dutylog.service", "usr/share/man/man1/dutylog-serve.1.gz",
                 "usr/share/man/zh_CN/man1/dutylog.1.gz", "usr/share/bash-completion/completions/dutylog",
                 "usr/share/zsh/vendor-completions/_dutylog", "usr/share/doc/dutylog/operating.md"):
        check((root / name).is_file(), f"the package lacks {name}")
    place = Place(program, source)
    with place.serve() as service:
        check(service.ask("GET", "/readyz")[0] == 200, "the installed service is ready")
        check(service.end() == 0, "it ends in good order")
    depends = run("dpkg-deb", "-f", package, "Depends")
    for library in ("libsqlite3-0", "libssl3", "libc6"):
        check(library in depends, f"the package does not depend on {library}: {depends}")
    conffiles = run("dpkg-deb", "-I", package, "conffiles")
    check("/etc/dutylog/dutylog.toml" in conffiles, "the configuration is a conffile")


def install(package, root):
    """dpkg itself, in a root of its own: scripts run, an upgrade keeps the configuration, a purge keeps the log."""
    for folder in ("var/lib/dpkg/updates", "var/lib/dpkg/info", "etc", "usr/lib"):
        (root / folder).mkdir(parents=True)
    for name in ("status", "available"):
        (root / "var/lib/dpkg" / name).touch()

    def dpkg(*words):
        return run("dpkg", f"--root={root}", *FORCE, *words, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})

    dpkg("-i", package)
    check("dutylog:" in (root / "etc/passwd").read_text(encoding="utf-8"), "the package makes the user")
    state = root / "var/lib/dutylog"
    check(state.stat().st_mode & 0o777 == 0o700, f"the mode of {state} is {state.stat().st_mode:o}")
    config = root / "etc/dutylog/dutylog.toml"
    config.write_text(config.read_text(encoding="utf-8") + "# ours\n", encoding="utf-8")
    (state / "plant.db").write_bytes(b"evidence")
    dpkg("-i", "--force-confold", package)
    check(config.read_text(encoding="utf-8").endswith("# ours\n"), "an upgrade keeps the configuration")
    dpkg("--purge", "dutylog")
    check(not (root / "usr/bin/dutylog").exists(), "the program is gone")
    check((state / "plant.db").read_bytes() == b"evidence", "a purge leaves the log")


def main():
    binary, source = map(pathlib.Path, sys.argv[1:3])
    build_folder = binary.resolve().parent
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        package = build(build_folder, folder / "built")
        look_inside(package, folder / "unpacked", source)
        if is_root():
            install(package, folder / "root")
        else:
            print("not root, so dpkg does not install the package")
        if not shutil.which("lintian"):
            return print("lintian is not installed")
        lintian = subprocess.run(["lintian", "--fail-on", "error", "--allow-root", "--tag-display-limit", "0", package], text=True,
                                 capture_output=True)
        print(lintian.stdout)
        check(lintian.returncode == 0, lintian.stdout + lintian.stderr)


if __name__ == "__main__":
    main()
