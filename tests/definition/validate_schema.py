#!/usr/bin/env python3
"""Holds the good files against the JSON Schema, as editors do.

usage: validate_schema.py FOLDER    what json_schema_test.cpp wrote
"""
import json
import pathlib
import sys

from jsonschema import Draft202012Validator


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def broken(instance):
    """Small damage that every schema of ours must notice."""
    yield "an unknown key", {**instance, "ower": "EQ"}
    yield "a missing id", {key: value for key, value in instance.items() if key != "id"}
    yield "a kind that is none", {**instance, "kind": "task"}
    yield "an id that is no name", {**instance, "id": "9 lives"}


def main(folder):
    failures = 0
    checked = 0
    for root in ("definition", "library"):
        schema = load(folder / f"{root}.schema.json")
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for path in sorted(folder.glob(f"{root}-*.json")):
            instance = load(path)
            checked += 1
            for error in validator.iter_errors(instance):
                failures += 1
                print(f"{path.name}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
            for what, damaged in broken(instance):
                if validator.is_valid(damaged):
                    failures += 1
                    print(f"{path.name}: the schema takes {what}")
    if checked < 8:
        failures += 1
        print(f"only {checked} files were found in {folder}")
    print(f"{checked} files, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
