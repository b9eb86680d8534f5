"""The determinism gate: fails when a static library borrows a name the core may not use.

Same log, same answer on every build and machine: the core reads no clock, environment, locale, file or
chance. What a library borrows from outside is its list of undefined symbols; `nm` reads it, forbidden.txt
says what may not be there and why, allowed.txt excuses single names with a reason.
"""

import argparse
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).parent


def lines_of(name):
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def forbidden_rules():
    """Pairs of a reason and a pattern, in the order of the file."""
    reason, rules = None, []
    for line in lines_of("forbidden.txt"):
        if line.startswith("[") and line.endswith("]"):
            reason = line[1:-1]
        else:
            rules.append((reason, re.compile(line)))
    return rules


class Excuse:
    """One excused name of one source file, of a whole room, or (`*`) of every room, with its reason."""

    def __init__(self, place, pattern):
        self.room, _, self.source = place.partition("/")
        self.pattern = re.compile(pattern)
        self.used = False

    def covers(self, name, object_file):
        return self.pattern.fullmatch(name) and self.source in ("", object_file.removesuffix(".o"))


def exceptions_for(room):
    """What allowed.txt excuses for one room; each exception must carry a reason."""
    exceptions = []
    for line in lines_of("allowed.txt"):
        parts = [part.strip() for part in re.split(r"\s\|\s", line)]
        if len(parts) != 3 or not parts[2]:
            sys.exit(f"allowed.txt: expected `place | pattern | reason`, found: {line}")
        exceptions.append(Excuse(parts[0], parts[1]))
    return [e for e in exceptions if e.room in ("*", room)]


def bare(symbol):
    """A demangled name without parameters, ABI tags and version suffix."""
    name = symbol.split("@")[0]
    name = re.sub(r"\[abi:\w+\]", "", name)
    depth = 0
    for at, letter in enumerate(name):
        depth += {"<": 1, ">": -1}.get(letter, 0)
        if letter == "(" and depth == 0 and not name.startswith("(anonymous", at):
            return name[:at]
    return name


def borrowed(nm, library):
    """Names the library needs from elsewhere, each with the object files that need it."""
    output = subprocess.run([nm, "--demangle", "--undefined-only", "--print-file-name", library],
                            check=True, capture_output=True, text=True).stdout
    names = {}
    for line in output.splitlines():
        found = re.match(r"(.*?):\s+[UwvW]\s+(.*)$", line)
        if found:
            object_file = found[1].rsplit(":", 1)[-1]
            names.setdefault(bare(found[2]), set()).add(object_file)
    if not names:
        sys.exit(f"{library}: nm found no undefined symbol at all, so nothing was checked")
    return names


def judge(names, rules, exceptions):
    """Complaints about the names, and the patterns of the rules that met one."""
    complaints, met = [], set()
    for name, objects in sorted(names.items()):
        for reason, pattern in rules:
            if not pattern.fullmatch(name):
                continue
            met.add(pattern.pattern)
            for object_file in sorted(objects):
                excuse = next((e for e in exceptions if e.covers(name, object_file)), None)
                if excuse:
                    excuse.used = True
                else:
                    complaints.append(f"{name}  in {object_file}\n    {reason}")
    return complaints, met


def check_room(names, rules, room):
    exceptions = exceptions_for(room)
    complaints, _ = judge(names, rules, exceptions)
    complaints += [f"allowed.txt excuses {e.pattern.pattern} for {room}, but nothing there needs it"
                   for e in exceptions if not e.used and e.room != "*"]
    if complaints:
        sys.exit(f"{room} borrows what the core may not:\n  " + "\n  ".join(complaints))
    print(f"{room}: {len(names)} borrowed names, none forbidden, {len(exceptions)} excused")


def check_every_rule_met(names, rules):
    complaints, met = judge(names, rules, [])
    silent = [f"{pattern.pattern}\n    {reason}" for reason, pattern in rules if pattern.pattern not in met]
    if silent or not complaints:
        sys.exit("the specimen calls these, and the gate did not notice:\n  " + "\n  ".join(silent))
    print(f"all {len(rules)} rules catch what specimen.cpp does: {len(complaints)} complaints")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--nm", default="nm")
    arguments.add_argument("--room")
    arguments.add_argument("--expect-every-rule", action="store_true")
    arguments.add_argument("library")
    chosen = arguments.parse_args()
    names, rules = borrowed(chosen.nm, chosen.library), forbidden_rules()
    if chosen.expect_every_rule:
        check_every_rule_met(names, rules)
    else:
        check_room(names, rules, chosen.room)


if __name__ == "__main__":
    main()
