"""Small tables with one fault each, and a part of the complaint the checker must make."""

legend = "# id: broken\n# title.zh-CN: 表\n# title.en: table\n# key: {key}\n# source: s\n# certainty: c\n"
tail = "valid_from,valid_to,edition,source,certainty\n"


def plain(rows, key="hazard", columns="hazard,interval"):
    return legend.format(key=key) + columns + "," + tail + rows


def graded(rows):
    return plain(rows, "hazard, grade", "hazard,grade,interval")


def banded(rows):
    return plain(rows, "hazard, level", "hazard,level_from,level_to,level_to_included,interval")


broken_tables = [
    (plain("benzene,12 months,2020-01-01,,e,GK,found\n").replace("# id: broken\n", ""), "no `id`"),
    (plain("benzene,12 months,2020-01-01,,e,GK\n"), "6 fields, 7 columns"),
    (plain("benzene, 12 months,2020-01-01,,e,GK,found\n"), "begins or ends with a space"),
    (plain("benzene,12 months,2020-01-01,,e,GK,found"), "one line feed"),
    (plain("benzene,12 month,2020-01-01,,e,GK,found\n"), "no period"),
    (plain("benzene,yearly,2020-01-01,,e,GK,found\n"), "no period"),
    (plain("benzene,12 months,2020-01-01,,e,GK,sure\n"), "`sure` is no certainty"),
    (plain("benzene,12 months,2020-13-01,,e,GK,found\n"), "are dates or empty"),
    (plain("benzene,12 months,2020-01-01,2020-01-01,e,GK,found\n"), "comes after valid_from"),
    (plain("benzene,12 months,2020-01-01,,e,F-NO,found\n"), "sources.csv"),
    (plain("benzin,12 months,2020-01-01,,e,GK,found\n"), "hazards.csv"),
    (plain("benzene,12 months,2020-01-01,2021-01-01,e,GK,found\n"
           "benzene,6 months,2020-12-31,,e,GK,found\n"), "same key and days"),
    (plain("benzene,12 months,2020-01-01,2021-01-01,e,GK,found\n"
           "benzene,6 months,2021-01-02,,e,GK,found\n"), "a gap after"),
    (graded("benzene,I,24 months,2020-01-01,,e,GK,found\n"), "one `any`, or each of"),
    (graded("benzene,any,24 months,2020-01-01,,e,GK,found\n"
            "benzene,I,24 months,2020-01-01,,e,GK,found\n"), "one `any`, or each of"),
    (banded("noise,80,85,true,24 months,2020-01-01,,e,GK,found\n"
            "noise,85,,,12 months,2020-01-01,,e,GK,found\n"), "overlaps"),
    (banded("noise,80,90,false,24 months,2020-01-01,,e,GK,found\n"
            "noise,85,,,12 months,2020-01-01,,e,GK,found\n"), "overlaps"),
    (plain("benzene,71-43-3,2020-01-01,,e,GK,found\n", columns="hazard,cas"), "no CAS number"),
    (plain("benzene,3 per litre,2020-01-01,,e,GK,found\n", columns="hazard,limit"), "no quantity"),
]
