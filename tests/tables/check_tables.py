"""Checks the shipped tables: form, keys, validity, references, and numbers known from the sources.

    python3 check_tables.py <workflows folder>
"""

import csv
import itertools
import pathlib
import sys

from broken_tables import broken_tables
from column_kinds import kind_of, word_columns
from known_values import check_known_values
from table_file import Band, Table

grades = ["0", "I", "II", "III", "IV", "none"]


def check_fields(table):
    """Every value is of the kind its column promises."""
    for row in table.rows:
        for column in table.columns:
            text = row[column]
            if column in word_columns and text not in word_columns[column]:
                table.problem(row["line"], f"`{text}` is no {column}")
            accepts, name = kind_of(column)
            if text and not accepts(text):
                table.problem(row["line"], f"{column}: `{text}` is no {name}")


def check_dates(table):
    for row in table.rows:
        try:
            start, end = table.valid(row)
        except ValueError:
            table.problem(row["line"], "valid_from and valid_to are dates or empty")
            row["valid_from"] = row["valid_to"] = ""
            continue
        if not start < end:
            table.problem(row["line"], "valid_to comes after valid_from; it is the first day after")


def check_keys(table):
    """One row per key and day; the editions of one key follow each other without a gap."""
    def key(row):
        return tuple(row[column] for column in table.key_columns())
    for _, group in itertools.groupby(sorted(table.rows, key=key), key):
        rows = sorted(group, key=lambda row: table.valid(row)[0])
        for before, after in zip(rows, rows[1:]):
            end, start = table.valid(before)[1], table.valid(after)[0]
            if start < end:
                table.problem(after["line"], f"same key and days as line {before['line']}")
            elif start > end:
                table.problem(after["line"], f"a gap after the edition of line {before['line']}")


def check_overlaps(table):
    """No two rows answer the same look-up: where every other key agrees, bands do not meet."""
    plain = [name for name in table.keys() if name not in table.bands()]
    groups = {}
    for row in table.rows if table.bands() else []:
        groups.setdefault(tuple(row[column] for column in plain), []).append(row)
    for rows in groups.values():
        for one, other in itertools.combinations(rows, 2):
            same_key = all(one[column] == other[column] for column in table.key_columns())
            if not same_key and days_meet(table, one, other) and all(
                    Band(one, name).meets(Band(other, name)) for name in table.bands()):
                table.problem(other["line"], f"its band overlaps that of line {one['line']}")


def days_meet(table, one, other):
    (one_start, one_end), (other_start, other_end) = table.valid(one), table.valid(other)
    return max(one_start, other_start) < min(one_end, other_end)


def check_grades(table):
    """A hazard has one row for any grade, or one for each; never a mixture, never a hole."""
    if table.keys()[:2] != ["hazard", "grade"]:
        return
    rest = [column for column in table.key_columns() if column != "grade"] + ["valid_from"]
    groups = {}
    for row in table.rows:
        groups.setdefault(tuple(row[column] for column in rest), []).append(row)
    for rows in groups.values():
        found = sorted(row["grade"] for row in rows)
        if found != ["any"] and found != sorted(grades):
            table.problem(rows[0]["line"], f"grades are {found}: one `any`, or each of {grades}")


def check_sources(table, sources):
    for row in table.rows:
        for source in row["source"].split("; "):
            if source not in sources:
                table.problem(row["line"], f"`{source}` does not stand in sources.csv")


def check_hazards(table, hazards):
    for column in ["hazard", "exam_factor"]:
        for row in table.rows:
            if row.get(column, "") and row[column] not in hazards:
                table.problem(row["line"], f"`{row[column]}` does not stand in hazards.csv")


def check_obligations(tables):
    """Obligations and penalties that are named exist; a legal maximum is fixed in law or a norm."""
    obligations = {row["id"]: row for row in tables["obligations"].rows}
    penalties = {row["code"] for row in tables["penalty"].rows}
    for table in tables.values():
        for row in table.rows:
            if row.get("obligation", "") and row["obligation"] not in obligations:
                table.problem(row["line"], f"`{row['obligation']}` does not stand in obligations.csv")
    table = tables["obligations"]
    for row in table.rows:
        for code in row["penalty"].split():
            if code.split("(")[0] not in penalties:
                table.problem(row["line"], f"`{code}` does not stand in penalty.csv")
        if row["legal_max"] and row["period_force"] not in ("L", "N"):
            table.problem(row["line"], "a legal maximum needs a period of force L or N")


def check_cas(table):
    """The last digit of a CAS number checks the others."""
    for row in table.rows:
        digits = row.get("cas", "").replace("-", "")
        if not digits:
            continue
        weighted = sum(place * int(digit) for place, digit in enumerate(digits[-2::-1], 1))
        if weighted % 10 != int(digits[-1]):
            table.problem(row["line"], f"{row['cas']} is no CAS number")


def check(table, sources, hazards):
    """All problems of one table."""
    if not table.problems:
        check_fields(table)
        check_dates(table)
        check_keys(table)
        check_overlaps(table)
        check_grades(table)
        check_sources(table, sources)
        check_hazards(table, hazards)
        check_cas(table)
    return table.problems


def check_the_checker():
    """A table with one known fault gives exactly that complaint."""
    problems = []
    for text, complaint in broken_tables:
        found = check(Table("broken.csv", text), {"GK"}, {"benzene", "noise"})
        if len(found) != 1 or complaint not in found[0]:
            problems.append(f"a broken table should say `{complaint}`, it says {found}")
    return problems


def main(folder):
    with open(folder / "sources.csv", encoding="utf-8", newline="") as file:
        sources = {row["id"] for row in csv.DictReader(file)}
    tables = {path.stem: Table(path.name, path.read_text(encoding="utf-8"))
              for path in sorted((folder / "tables").glob("*.csv"))}
    hazards = {row["id"] for row in tables["hazards"].rows}
    problems = check_the_checker()
    check_obligations(tables)
    for name, table in tables.items():
        if table.meta.get("id") != name:
            table.problem(1, f"its id is `{table.meta.get('id')}`, its file name `{name}`")
        problems += check(table, sources, hazards)
    problems += check_known_values(tables)
    for problem in problems:
        print(problem)
    print(f"{len(tables)} tables, {sum(len(table.rows) for table in tables.values())} rows, "
          f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
