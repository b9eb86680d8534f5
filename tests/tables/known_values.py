"""Numbers that are known from the sources, looked up as the engine looks them up."""

import decimal

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
        rows = table.find(on, hazard=hazard, grade=grade, extra=extra, phase=phase, level=level)
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


# hazard, kind, fraction, free silica, day, limit
limits = [
    ("benzene", "TWA", "none", "", "2021-06-01", "6 mg/m3"),
    ("benzene", "STEL", "none", "", "2021-06-01", "10 mg/m3"),
    ("benzene", "TWA", "none", "", "2025-06-16", "3 mg/m3"),
    ("benzene", "STEL", "none", "", "2026-03-03", "6 mg/m3"),
    ("toluene", "TWA", "none", "", old, None),
    ("toluene", "TWA", "none", "", new, "50 mg/m3"),
    ("toluene", "STEL", "none", "", new, "100 mg/m3"),
    ("formaldehyde", "MAC", "none", "", new, "0.5 mg/m3"),
    ("ammonia", "TWA", "none", "", new, "20 mg/m3"),
    ("chlorine", "MAC", "none", "", new, "1 mg/m3"),
    ("hydrogen-sulfide", "MAC", "none", "", new, "10 mg/m3"),
    ("sulfur-dioxide", "TWA", "none", "", new, "5 mg/m3"),
    ("sulfur-dioxide", "STEL", "none", "", new, "10 mg/m3"),
    ("carbon-monoxide", "STEL", "none", "", new, "30 mg/m3"),
    ("carbon-monoxide-3000m", "MAC", "none", "", new, "15 mg/m3"),
    ("lead-dust", "TWA", "none", "", new, "0.05 mg/m3"),
    ("lead-fume", "TWA", "none", "", new, "0.03 mg/m3"),
    ("lead-fume", "PE", "none", "", new, "0.09 mg/m3"),
    ("beryllium", "TWA", "none", "", new, "0.0005 mg/m3"),
    ("dioxins", "TWA", "none", "", new, "30 pg/m3"),
    ("acetochlor", "TWA", "none", "", "2025-04-30", None),
    ("acetochlor", "TWA", "none", "", "2025-05-01", "0.12 mg/m3"),
    ("silica-dust", "TWA", "respirable", "9.9", new, None),
    ("silica-dust", "TWA", "respirable", "10", new, "0.7 mg/m3"),
    ("silica-dust", "TWA", "respirable", "50", new, "0.7 mg/m3"),
    ("silica-dust", "TWA", "respirable", "50.1", new, "0.3 mg/m3"),
    ("silica-dust", "TWA", "respirable", "80", new, "0.3 mg/m3"),
    ("silica-dust", "TWA", "respirable", "81", new, "0.2 mg/m3"),
    ("silica-dust", "TWA", "total", "32", new, "1 mg/m3"),
    ("coal-dust", "TWA", "respirable", "", new, "2.5 mg/m3"),
    ("asbestos", "TWA", "total", "", new, "0.8 mg/m3"),
    ("asbestos", "TWA", "fibre", "", new, "0.8 f/mL"),
    ("cement-dust", "TWA", "respirable", "", new, "1.5 mg/m3"),
    ("noise", "TWA", "none", "", new, "85 dB"),
    ("hand-arm-vibration", "TWA", "none", "", new, "5 m/s2"),
]


def detection(risk_category, high_toxic):
    return {"activity": "detection", "risk_category": risk_category, "high_toxic": high_toxic}


# table, its key, day, column, value
others = [
    ("exposure-class", {"ratio": "0.01"}, new, "class", "0"),
    ("exposure-class", {"ratio": "0.1"}, new, "class", "I"),
    ("exposure-class", {"ratio": "0.40"}, new, "class", "II"),
    ("exposure-class", {"ratio": "0.5"}, new, "class", "II"),
    ("exposure-class", {"ratio": "0.53"}, new, "class", "III"),
    ("exposure-class", {"ratio": "1"}, new, "class", "III"),
    ("exposure-class", {"ratio": "1.4"}, new, "class", "IV"),
    ("grade-dust-silica", {"silica": "10"}, new, "weight", "2"),
    ("grade-dust-silica", {"silica": "80"}, new, "weight", "3"),
    ("grade-dust", {"g": "7.2", "ratio": "1.8"}, "2025-06-27", "grade", "II"),
    ("grade-dust", {"g": "7.2", "ratio": "1.8"}, new, "grade", "III"),
    ("grade-dust", {"g": "0", "ratio": "0.44"}, new, "grade", "0"),
    ("grade-chemical", {"g": "5", "ratio": "0.9"}, new, "grade", "I"),
    ("grade-chemical", {"g": "5", "ratio": "1.1"}, new, "grade", "II"),
    ("grade-noise", {"level": "90"}, new, "grade", "II"),
    ("grade-heat", {"work_intensity": "II", "rate": "60", "wbgt": "32"}, new, "grade", "IV"),
    ("heat-limit", {"work_intensity": "III", "rate": "100"}, new, "limit", "26 degC"),
    ("detection-interval", detection("serious", "false"), new, "interval", "12 months"),
    ("detection-interval", detection("general", "false"), new, "interval", "36 months"),
    ("detection-interval", detection("general", "true"), new, "interval", "1 month"),
    ("training-hours", {"role": "worker", "occasion": "pre-post"}, new, "hours", "8"),
    ("training-hours", {"role": "PR", "occasion": "refresher"}, new, "hours", "8"),
    ("obligations", {"id": "OB-042"}, new, "legal_max", "15 days"),
    ("obligations", {"id": "OB-101"}, new, "legal_max", "12 months"),
    ("obligations", {"id": "OB-103"}, old, "legal_max", "12 months"),
    ("obligations", {"id": "OB-103"}, new, "legal_max", "36 months"),
    ("obligations", {"id": "OB-106"}, new, "legal_max", "1 month"),
    ("obligations", {"id": "OB-107"}, new, "legal_max", "6 months"),
    ("obligations", {"id": "OB-161"}, new, "legal_max", "1 hour"),
    ("obligations", {"id": "OB-170"}, new, "legal_max", "6 months"),
    ("obligations", {"id": "OB-183"}, new, "legal_max", "10 days"),
    ("obligations", {"id": "OB-186"}, new, "legal_max", "30 days"),
    ("obligations", {"id": "OB-027"}, new, "legal_max", ""),
    ("obligations", {"id": "OB-041"}, new, "force", "L"),
    ("obligations", {"id": "OB-046"}, new, "force", "N"),
    ("retention", {"record": "surveillance-file"}, new, "at_least", "15 years"),
]


def check_limits(table):
    for hazard, kind, fraction, silica, on, expected in limits:
        rows = table.find(on, hazard=hazard, kind=kind, fraction=fraction, silica=silica)
        found = [row["limit"] for row in rows]
        if found != ([expected] if expected else []):
            yield f"exposure-limit: {hazard} {kind} {fraction} {silica} on {on}: {found}"


def check_rejected_limits(table):
    """A public data file gives these as averages and short-time limits; they contradict the law."""
    for hazard in ["chlorine", "hydrogen-sulfide"]:
        if any(row["hazard"] == hazard and row["kind"] != "MAC" for row in table.rows):
            yield f"exposure-limit: {hazard} has a MAC and nothing else"


def check_peaks(table):
    """What has an average limit, but neither a short-time limit nor a maximum, has a peak limit."""
    rows = [row for row in table.rows if row["edition"].startswith("GBZ 2.1")]
    short = {row["hazard"] for row in rows if row["kind"] in ("STEL", "MAC")}
    averages = {limit_key(row): row["limit"] for row in rows
                if row["kind"] == "TWA" and row["hazard"] not in short}
    peaks = {limit_key(row): row for row in rows if row["kind"] == "PE"}
    for key in averages.keys() ^ peaks.keys():
        yield f"exposure-limit: {key} has only one of TWA and PE"
    for key in averages.keys() & peaks.keys():
        average = number(averages[key])
        if number(peaks[key]["limit"]) != 3 * average or number(peaks[key]["ceiling"]) != 5 * average:
            yield f"exposure-limit: the peaks of {key} are 3 and 5 times {average}"


def limit_key(row):
    return tuple(row[column] for column in ["hazard", "fraction", "silica_from", "valid_from"])


def number(quantity):
    return decimal.Decimal(quantity.split(" ")[0])


def check_others(tables):
    for name, key, on, column, expected in others:
        found = [row[column] for row in tables[name].find(on, **key)]
        if found != [expected]:
            yield f"{name}: {key} on {on}: {found}, expected {expected}"


def check_agreement(tables):
    """The same number in two tables is the same number."""
    obligations = tables["obligations"]
    for row in tables["detection-interval"].rows:
        for on in ["2026-08-01"] if row["valid_to"] == "" else ["2020-01-01"]:
            for found in obligations.find(on, id=row["obligation"]):
                if found["legal_max"] != row["interval"]:
                    yield f"{row['obligation']}: {found['legal_max']} and {row['interval']}"
    names = {row["id"] for row in obligations.rows}
    if len(names) != 142:
        yield f"obligations: {len(names)} ids, expected 142"


def check_known_values(tables):
    """Everything that is wrong, as sentences."""
    limit = tables["exposure-limit"]
    problems = [*check_intervals(tables["exam-interval"]), *check_limits(limit), *check_peaks(limit),
                *check_rejected_limits(limit), *check_others(tables),
                *check_agreement(tables)]
    for name in ["exam-interval", "exam-item"]:
        problems += check_factors(tables[name])
    return problems
