"""Numbers that are known from the sources, looked up as the engine looks them up."""

old, new = "2020-01-01", "2026-08-01"

# hazard, grade, level, extra, phase, day, interval (None: the standard asks for no examination)
intervals = [
    ("benzene", "II", None, "", "", old, "12 months"),
    ("benzene", "none", None, "", "", new, "12 months"),
    ("mercury", "I", None, "", "", old, "24 months"),
    ("mercury", "II", None, "", "", old, "12 months"),
    ("mercury", "none", None, "", "", new, "12 months"),
    ("silica-dust", "I", None, "", "", "2024-04-16", "24 months"),
    ("silica-dust", "IV", None, "", "", "2025-06-27", "12 months"),
    ("silica-dust", "IV", None, "", "observation", "2025-09-10", "12 months"),
    ("coal-dust", "I", None, "", "", "2026-07-31", "36 months"),
    ("coal-dust", "I", None, "", "", "2026-08-01", "24 months"),
    ("other-fibrogenic-dust", "II", None, "", "", old, "24 months"),
    ("hand-arm-vibration", "0", None, "", "", old, "24 months"),
    ("hand-arm-vibration", "0", None, "", "", new, "12 months"),
    ("methylamine", "0", None, "", "", old, "36 months"),
    ("asthma-causing", "0", None, "", "first-2-years", new, "6 months"),
    ("asthma-causing", "0", None, "", "", new, "12 months"),
    ("vinyl-chloride", "0", None, "liver", "", old, "6 months"),
    ("organophosphorus", "0", None, "cholinesterase", "", old, "6 months"),
    ("trichloroethylene", "0", None, "skin", "first-3-months", old, "1 week"),
    ("lead", "0", None, "lead-retest", "", old, "3 months"),
    ("noise", "none", "79.9", "", "", old, None),
    ("noise", "none", "80", "", "", old, "24 months"),
    ("noise", "none", "84.9", "", "", new, "24 months"),
    ("noise", "none", "85", "", "", new, "12 months"),
    ("benzene", "II", None, "", "", "2014-09-30", None),
]


def check_intervals(table):
    for hazard, grade, level, extra, phase, on, expected in intervals:
        rows = table.find(on, level, hazard=hazard, grade=grade, extra=extra, phase=phase)
        found = [row["interval"] for row in rows]
        if found != ([expected] if expected else []):
            yield f"exam-interval: {hazard} {grade} {level} {extra} {phase} on {on}: {found}"


def check_factors(table):
    """All 93 factors, in both editions; ionising radiation follows its own standard in both."""
    for number in map(str, range(1, 94)):
        for on, edition in [(old, "GBZ 188-2014"), ("2026-07-31", "GBZ 188-2014"), (new, "GBZ 188-2025")]:
            rows = table.find(on, factor=number)
            expected = "GBZ 98" if number == "93" else edition
            if not rows or any(row["edition"] != expected for row in rows):
                yield f"{table.name}: factor {number} is not found in {expected} on {on}"


def check_known_values(tables):
    """Everything that is wrong, as sentences."""
    problems = list(check_intervals(tables["exam-interval"]))
    for name in ["exam-interval", "exam-item"]:
        problems += check_factors(tables[name])
    return problems
