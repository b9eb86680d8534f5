"""What doctor and config find on a real machine: certificates, file systems, the environment, a service that runs."""

import json
import shutil
import subprocess
import sys

from service import Place, check, is_root


def found(place, *words, **environment):
    """@returns the exit code, and for each part its worst verdict with its words"""
    code, out, err = place.run("doctor", "plant.db", "--json", *words, **environment)
    check(out, err)
    parts = {}
    for line in json.loads(out):
        if parts.get(line["part"], ("ok",))[0] != "fail":
            parts[line["part"]] = (line["verdict"], line["what"])
    return code, parts


def certificate(place, name, days):
    """A certificate with its key; one of -1 days is over since yesterday."""
    key, request, made = (place.folder / f"{name}.{end}" for end in ("key", "csr", "pem"))
    subprocess.run(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-subj", "/CN=duty.example", "-keyout", key, "-out", request], check=True, capture_output=True)
    subprocess.run(["openssl", "x509", "-req", "-in", request, "-signkey", key, "-days", str(days), "-out", made],
                   check=True, capture_output=True)
    key.chmod(0o600)
    return ["--set", f"tls.certificate={made}", "--set", f"tls.key={key}"]


def look_at_certificates(place):
    good, soon, over = (certificate(place, name, days) for name, days in (("good", 90), ("soon", 10), ("over", -1)))
    any_port = ["--set", "server.port=0"]
    code, parts = found(place, *any_port, *good)
    check(code == 0 and parts["certificate"][0] == "ok" and parts["tls_key"][0] == "ok", parts)
    _, parts = found(place, *any_port, *soon)
    check(parts["certificate"][0] == "warn" and "good for" in parts["certificate"][1], parts)
    code, parts = found(place, *any_port, *over)
    check(code == 1 and "expired" in parts["certificate"][1], parts)
    code, parts = found(place, *any_port, *good[:3], soon[3])
    check(code == 1 and "is no key of" in parts["certificate"][1], parts)
    (place.folder / "good.key").chmod(0o644)
    code, parts = found(place, *any_port, *good)
    check(code == 1 and parts["tls_key"][0] == "fail", parts)
    (place.folder / "good.key").chmod(0o600)
    _, parts = found(place, "--set", "server.address=0.0.0.0", *any_port)
    check(parts["certificate"][0] == "warn" and "without TLS" in parts["certificate"][1], parts)
    with place.serve(*good) as service:
        check(service.told[0].startswith("listening on https://"), service.told[0])
        check(service.end() == 0, "a service with TLS ends in good order")


def look_at_memory(place):
    """A log in memory is warned of, by its file system and by how fast a sync is."""
    folder = place.folder / "memory"
    folder.mkdir()
    if not is_root() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", folder],
                                       capture_output=True).returncode != 0:
        return print("no file system can be mounted here, so none but the disk is tried")
    try:
        for name in ("plant.db", "plant.db.keys"):
            shutil.copy(place.folder / name, folder / name)
        code, out, err = place.run("doctor", folder / "plant.db", "--json", "--set", "server.port=0")
        parts = {line["part"]: (line["verdict"], line["what"]) for line in json.loads(out)}
        check(parts["file_system"][0] == "warn" and "tmpfs" in parts["file_system"][1], parts)
        check(parts["disk"][0] == "fail", parts)
        check(code == 1, err)
    finally:
        subprocess.run(["umount", folder], check=True)


def main():
    place = Place(*sys.argv[1:3])
    look_at_certificates(place)
    look_at_memory(place)

    with place.serve() as service:
        _, parts = found(place, "--set", f"server.port={service.port}")
        check(parts["address"] == ("ok", f"127.0.0.1, {service.port} is in use, as the service runs"), parts)
        check(parts["writer"][1].startswith("the log is open for writing by process"), parts)
        place.run("backup", "plant.db", "copy.db", good=True)
        check(service.ask("GET", "/readyz")[0] == 200, "a backup leaves the service alone")
        service.end()

    (place.folder / "plant.toml").write_text("[server]\nport = 1\n", encoding="utf-8")
    _, out, _ = place.run("config", "show", "--origin", DUTYLOG_CONFIG="plant.toml", DUTYLOG_LOOP_BATCH_MAX="9",
                          DUTYLOG_LOG="plant.db")
    told = dict(line.split(" = ", 1) for line in out.splitlines() if " = " in line)
    check(told["server.port"].split() == ["1", "plant.toml:2:8"], out)
    check(told["loop.batch_max"].split() == ["9", "DUTYLOG_LOOP_BATCH_MAX"], out)
    check(told["log.file"].split() == ["plant.db", "DUTYLOG_LOG"], out)
    code, _, err = place.run("config", "check", DUTYLOG_CONFIG="plant.toml", DUTYLOG_LOG="x", DUTYLOG_SERVER_PROT="1")
    check(code == 6 and "Did you mean `DUTYLOG_SERVER_PORT`?" in err, err)


if __name__ == "__main__":
    main()
