"""What the cells of a column must be, by the name of the column."""

from table_file import certainties, is_decimal, is_period, is_quantity, tail

period_columns = {"interval", "interval_max", "legal_max", "period", "due", "at_least", "recommended",
                  "follow_for", "duration", "apart"}
decimal_columns = {"weight", "hours", "until_months", "factor", "weight_fixed", "weight_times_ratio",
                   "limit_factor", "ceiling_factor", "times_max", "percent_max"}
decimal_endings = ("_from", "_to")
boolean_endings = ("_included",)
quantity_columns = {"limit", "limit_hot_region", "ceiling"}
boolean_columns = {"declared", "leaving_exam", "permanent", "action_level"}
word_columns = {
    "certainty": certainties,
    "high_toxic_certainty": certainties,
    "valid_certainty": certainties,
    "exam_certainty": certainties | {""},
    "kind": {"chemical", "dust", "physical", "biological", "work", "MAC", "TWA", "STEL", "PE"},
    "fraction": {"total", "respirable", "fibre", "none"},
    "binding": {"required", "recommended"},
    "force": {"L", "N", "P"},
    "period_force": {"L", "N", "P", ""},
    "clock": {"standing", "gate", "deadline", "interval", "window", "at-once", "each", "rule",
              "tracking"},
    "risk_category": {"serious", "general"},
    "direction": {"at-most", "at-least"},
    "extra": {"", "liver", "cholinesterase", "skin", "lead-retest", "blood-retest"},
}


def kind_of(column):
    """What a filled cell of the column must be: a test and its name."""
    if column in period_columns:
        return is_period, "period"
    if column in quantity_columns:
        return is_quantity, "quantity"
    if column in boolean_columns or column.endswith(boolean_endings):
        return lambda text: text in ("true", "false"), "true or false"
    if column in decimal_columns or column.endswith(decimal_endings) and column not in tail:
        return is_decimal, "number"
    return lambda text: True, "text"
