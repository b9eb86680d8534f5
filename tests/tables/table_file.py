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
        if re.match(r"^# allow DL\d{4}: \S", text):  # what `dutylog check` sets aside
            return None
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
        if self.columns[: len(self.key_columns())] != self.key_columns():
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
        """The names of the key. A name without a column of its own is a band: `level` stands for
        the columns `level_from` and `level_to`."""
        return self.meta.get("key", "").split(", ")

    def bands(self):
        return [name for name in self.keys() if name not in self.columns]

    def key_columns(self):
        return [column for name in self.keys()
                for column in ([f"{name}_from", f"{name}_to"] if name in self.bands() else [name])]

    def valid(self, row):
        return day(row["valid_from"], first_day), day(row["valid_to"], last_day)

    def find(self, on, **wanted):
        """The rows that a look-up finds on a day. A cell `any` answers everything."""
        return [row for row in self.rows if self.matches(row, on, wanted)]

    def matches(self, row, on, wanted):
        start, end = self.valid(row)
        if not start <= datetime.date.fromisoformat(on) < end:
            return False
        return all(Band(row, name).holds(value) if name in self.bands() else row[name] in (value, "any")
                   for name, value in wanted.items())


class Band:
    """From the first number, which belongs to it, to the second, which does not; columns
    `…_from_included` and `…_to_included` say otherwise. An empty end is open."""

    def __init__(self, row, name):
        low, high = row[f"{name}_from"], row[f"{name}_to"]
        low_in = row.get(f"{name}_from_included", "true") == "true"
        high_in = row.get(f"{name}_to_included", "false") == "true"
        infinity = decimal.Decimal("Infinity")
        # An end is a number and a step beside it: 0 belongs to the band, +1 and -1 are just past it.
        self.start = (decimal.Decimal(low), 0 if low_in else 1) if low else (-infinity, 0)
        self.end = (decimal.Decimal(high), 0 if high_in else -1) if high else (infinity, 0)
        self.asked = low != "" or high != ""

    def holds(self, value):
        """A band with two open ends asks for no number at all."""
        if not value:
            return not self.asked
        return self.start <= (decimal.Decimal(value), 0) <= self.end

    def meets(self, other):
        return max(self.start, other.start) <= min(self.end, other.end)
