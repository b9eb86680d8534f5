#!/usr/bin/env python3
"""Checks an export of the log without any of the engine's code: docs/format.md is all it knows.

    foreign_reader.py EXPORT [CHECKPOINT]

EXPORT holds one JSON object per line and event. Every leaf hash is made anew from the fields, the
chain of every stream is followed, and the root of the tree is printed with its size. With
CHECKPOINT, a signed or unsigned checkpoint, the export must begin with the tree it names (its
signature is not checked: Python's standard library has no ed25519).

Exit code 0: all is well. 1: a line says what was expected and what was found. 2: wrong use.
"""
import base64
import hashlib
import json
import sys


class Wrong(Exception):
    """The export is not a log that anyone committed to."""


def number(value):
    return (value % 2**64).to_bytes(8, "big")


def text(value):
    encoded = value.encode("utf-8")
    return number(len(encoded)) + encoded


def digest(value):
    decoded = bytes.fromhex(value)
    if len(decoded) != 32:
        raise Wrong(f"expected a digest of 32 bytes, found {value}")
    return decoded


def effective(value):
    return (number(value["precision"]) + number(value["at"]) + number(value["date"])
            + number(value["until"]) + text(value["zone"]))


def rests_on(values):
    return number(len(values)) + b"".join(
        number(read["position"]) + digest(read["content"]) for read in values)


# The fields of the envelope in the order of the leaf bytes.
FIELDS = [
    ("position", number), ("stream", text), ("version", number), ("type", text),
    ("schema", number), ("recorded", number), ("effective", effective), ("late_reason", text),
    ("bundle", digest), ("actor", text), ("on_behalf_of", text), ("command", text),
    ("origin", number), ("cause", number), ("correlation", text), ("rests_on", rests_on),
    ("corrects", number), ("codec", number), ("key", text), ("state_hash", digest),
    ("fold_version", number), ("previous_in_stream", number), ("previous_leaf", digest),
]


def leaf_bytes(event):
    fields = b"".join(encode(event[name]) for name, encode in FIELDS)
    payload = base64.b64decode(event["payload"], validate=True)
    return number(1) + fields + hashlib.sha256(payload).digest()


def leaf_hash(event):
    return hashlib.sha256(b"\x00" + leaf_bytes(event)).digest()


class Tree:
    """RFC 6962: the roots of the full subtrees, largest first."""

    def __init__(self):
        self.size = 0
        self.peaks = []

    def append(self, leaf):
        rest = self.size
        while rest % 2:
            leaf = hashlib.sha256(b"\x01" + self.peaks.pop() + leaf).digest()
            rest //= 2
        self.peaks.append(leaf)
        self.size += 1

    def root(self):
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = hashlib.sha256(b"\x01" + peak + root).digest()
        return root


def expect(what, expected, found):
    if expected != found:
        raise Wrong(f"{what}: expected {expected}, found {found}")


def check_event(event, last, streams, leaves):
    """One event against all before it."""
    leaf = leaf_hash(event)
    at = f"position {event['position']}"
    expect(f"{at}, leaf", leaf.hex(), event["leaf"])
    expect(at, (last["position"] if last else 0) + 1, event["position"])
    if last and event["recorded"] < last["recorded"]:
        raise Wrong(f"{at}: recorded time runs back")
    version, position, previous = streams.get(event["stream"], (0, 0, bytes(32)))
    expect(f"{at}, version", version + 1, event["version"])
    expect(f"{at}, previous in stream", position, event["previous_in_stream"])
    expect(f"{at}, previous leaf", previous.hex(), event["previous_leaf"])
    for read in event["rests_on"]:
        if not 0 < read["position"] < event["position"]:
            raise Wrong(f"{at}: rests on {read['position']}, which is not before it")
        expect(f"{at}, content of {read['position']}", leaves[read["position"] - 1].hex(),
               read["content"])
    streams[event["stream"]] = (event["version"], event["position"], leaf)
    return leaf


def read_checkpoint(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    return int(lines[1]), base64.b64decode(lines[2], validate=True)


def check(path, checkpoint):
    tree, last, streams, leaves = Tree(), None, {}, []
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            event = json.loads(line)
            leaves.append(check_event(event, last, streams, leaves))
            tree.append(leaves[-1])
            last = event
            if checkpoint and checkpoint[0] == tree.size:
                expect(f"root at size {tree.size}", checkpoint[1].hex(), tree.root().hex())
    if checkpoint and checkpoint[0] > tree.size:
        raise Wrong(f"expected at least {checkpoint[0]} events, found {tree.size}")
    return tree


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        checkpoint = read_checkpoint(arguments[1]) if len(arguments) == 2 else None
        tree = check(arguments[0], checkpoint)
    except (Wrong, ValueError, KeyError, TypeError, IndexError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(tree.size, tree.root().hex())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
