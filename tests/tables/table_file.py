"""Reads one table file: `# key: value` lines, one header row, then rows (RFC 4180, UTF-8)."""

import csv
import datetime
import decimal
import re

tail = ["valid_from", "valid_to", "edition", "source", "certainty"]
certainties = {"found", "GK", "C", "verify", "practice"}
legend = ["id", "title.zh-CN", "title.en", "key", "source", "certainty"]
period_pattern = re.compile(r"^([1-9]\d{0,4}) (minute|hour|working day|day|week|month|year)(s?)$")
quantity_pattern = re.compile(r"^\d+(\.\d+)? [A-Za-z%][A-Za-z0-9%/]*$")
first_day = datetime.date.min
last_day = datetime.date.max


def is_period(text):
    """`12 months`, `1 week`: a count of one unit, singular for one."""
    match = period_pattern.match(text)
    return match is not None and (match[1] == "1") == (match[3] == "")


def is_quantity(text):
    return quantity_pattern.match(text) is not None


def is_decimal(text):
    return re.match(r"^\d+(\.\d+)?$", text) is not None


def day(text, otherwise):
    return datetime.date.fromisoformat(text) if text else otherwise


class Table:
    """The legend, the column names and the rows of one file, and the problems met in reading it."""

    def __init__(self, name, text):
        self.name, self.meta, self.rows, self.problems = name, {}, [], []
        lines = text.split("\n")
        if "\r" in text or not text.endswith("\n"):
            self.problem(1, "lines end with one line feed, the last one too")
        body = 0
        while body < len(lines) and lines[body].startswith("#"):
            self.read_legend(body + 1, lines[body])
            body += 1
        for missing in [key for key in legend if key not in self.meta]:
            self.problem(1, f"the legend has no `{missing}`")
        self.read_rows(body, lines[body:])

    def problem(self, line, text):
        self.problems.append(f"{self.name}:{line}: {text}")

    def read_legend(self, line, text):
        match = re.match(r"^# ([\w.-]+): (\S.*)$", text)
        if not match:
            return self.problem(line, "a legend line reads `# key: value`")
        if match[1] in self.meta:
            self.problem(line, f"`{match[1]}` stands twice in the legend")
        self.meta[match[1]] = match[2]

    def read_rows(self, before, lines):
        records = list(csv.reader(lines, strict=True))
        self.columns = records[0] if records else []
        if self.columns[-len(tail):] != tail:
            self.problem(before + 1, f"the last columns are {', '.join(tail)}")
        if self.columns[: len(self.keys())] != self.keys():
            self.problem(before + 1, "the columns of the key come first")
        for number, record in enumerate(records[1:], before + 2):
            if not record:
                continue
            if len(record) != len(self.columns):
                self.problem(number, f"{len(record)} fields, {len(self.columns)} columns")
                continue
            if any(field != field.strip() or "\n" in field for field in record):
                self.problem(number, "a field begins or ends with a space, or holds a line feed")
            self.rows.append(dict(zip(self.columns, record), line=number))

    def keys(self):
        return self.meta.get("key", "").split(", ")

    def band(self):
        """The columns of the band, from its legend `quantity: from, to, from_included, to_included`."""
        text = self.meta.get("band")
        return text.split(": ")[1].split(", ") if text else None

    def valid(self, row):
        return day(row["valid_from"], first_day), day(row["valid_to"], last_day)

    def find(self, on, level=None, **key):
        """The rows that a lookup would find on a day; a grade `any` answers every grade."""
        return [row for row in self.rows if self.matches(row, on, level, key)]

    def matches(self, row, on, level, key):
        start, end = self.valid(row)
        if not start <= datetime.date.fromisoformat(on) < end:
            return False
        any_column = self.meta.get("any")
        for column, wanted in key.items():
            if row[column] != wanted and not (column == any_column and row[column] == "any"):
                return False
        return level is None or self.in_band(row, decimal.Decimal(level))

    def in_band(self, row, level):
        low, high, low_included, high_included = self.band()
        above = row[low] == "" or level > decimal.Decimal(row[low]) or (
            level == decimal.Decimal(row[low]) and row[low_included] == "true")
        below = row[high] == "" or level < decimal.Decimal(row[high]) or (
            level == decimal.Decimal(row[high]) and row[high_included] == "true")
        return above and below
