"""Numbers that are no figures: addresses, names, dates in shapes that the date rules leave, ranks,
telephone numbers.

Each is a named rule; the finder looks for no figure in the spans that they take.
"""

from __future__ import annotations

import re

from site_gen.language.counting import MONTH
from site_gen.rules import PatternOf

_MONTH = f"(?:{MONTH})"
_UNITS = (
    r"(?:[KMGT]B|[KMGT]WH?|[KMG]?HZ|KM|KG|KPH|MPH|B?HP|FT|LBS?|MAH|GPA|PPM|PPB|USD|EUR|GBP|MG|"
    r"CM|MM|DB)"
)
_SMALL = r"(?:one|two|three|four|five|six|seven|eight|nine|ten)"
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Way|Lane|Drive|Boulevard|Blvd|Court|Place|Square|Terrace|"
    r"Parkway)"
)


def _no(
    name: str,
    why: str,
    pattern: str,
    examples: tuple[str, ...],
    not_these: tuple[str, ...] = (),
    needs: str = "",
) -> PatternOf:
    return PatternOf(
        name=name,
        why=why,
        pattern=re.compile(pattern),
        examples=examples,
        counterexamples=not_these,
        needs=tuple(needs.split("|")) if needs else (),
    )


EXCLUSIONS: tuple[PatternOf, ...] = (
    _no(
        "run of numbers",
        "numbers in a bare row are a draw, a table or a code: they count nothing",
        r"\d{1,4}(?:, \d{1,4}){7,}(?:,? and \d{1,4})?(?! [a-z])",
        ("The balls were [4, 8, 15, 16, 23, 42, 7, 9, 11].",),
        ("The towers have [4, 8 and 15] cabins.",),
    ),
    _no(
        "web address",
        "an address is copied, not counted",
        r"https?://\S+",
        ("It is at [https://oster.example/2031/12] now.",),
        needs="://",
    ),
    _no(
        "bare web address",
        "an address without its scheme",
        r"\bwww\.\S+",
        ("See [www.oster12.example] for it.",),
        needs="www.",
    ),
    _no(
        "mail address",
        "an address of a person",
        r"\b[\w.+-]{1,64}@\S+",
        ("Write to [falk27@oster.example] today.",),
        needs="@",
    ),
    _no(
        "set phrase with a number",
        "it counts nothing",
        r"\b(?:[Oo]ne-size-fits-all|[Oo]ne-off|[Oo]ne-sided|[Oo]ne-way|[Tt]wo-faced|"
        r"[Ff]irst-come-first-served|[Cc]atch-22|"
        r"[Hh]alf-(?:brothers?|sisters?|siblings?|time|term|mast|baked|moon|heart(?:ed|edly)))\b",
        ("It is a [one-size-fits-all] lift.", "His [half-brother] left.", "It was [half-time]."),
        ("It took [half-hour] turns.",),
        needs="ne-|wo-faced|irst-come|atch-22|alf-",
    ),
    _no(
        "numbered tag",
        "a ticket or a tag",
        r"#\d+",
        ("They won lot [#27] there.",),
        needs="#",
    ),
    _no(
        "letters, dash, number",
        "a type or a road is a name",
        r"\b[A-Z]+[-/]\d[\w-]*",
        ("The [S-400] was moved.", "The [F/18] flew low."),
        ("It fell to [-12] degrees.",),
        needs="-|/",
    ),
    _no(
        "letters and number",
        "a type or a road is a name",
        r"(?<!\$)\b(?!(?:RM|USD|EUR|GBP)\d)[A-Z]{1,4}\d[\w-]*",
        ("The [B52s] landed.",),
        ("It cost [EUR12] there.",),
    ),
    _no(
        "number and letters",
        "a class or a model is a name",
        rf"\b\d+(?!{_UNITS}\b)[A-Z]{{2,}}\b",
        ("The [650GT] was sold.",),
        ("It holds [12GB] of data.",),
    ),
    _no(
        "short telephone number",
        "it is dialled",
        r"\b\d{3}[-.]\d{4}\b",
        ("Ring [555-0142] now.",),
        needs="-|.",
    ),
    _no(
        "telephone number",
        "it is dialled",
        r"\b\d{3}[-.]\d{3}[-.]\d{4}\b",
        ("Ring [212-555-0142] now.",),
        needs="-|.",
    ),
    _no(
        "free telephone number",
        "it is dialled",
        r"\b1-8\d\d-\d{3}-\d{4}\b",
        ("Ring [1-800-555-0142] now.",),
        needs="1-8",
    ),
    _no(
        "telephone number with a country",
        "it is dialled",
        r"(?<!\w)\+\d{1,3}(?:[ -]\d{2,10}){1,5}",
        ("Call [+44 20 7946 0958] for help.",),
        ("It gained [+12] points.",),
        needs="+",
    ),
    _no(
        "telephone number with an area",
        "it is dialled",
        r"\(\d{3,5}\)\s?\d{3,4}[- ]\d{3,4}\b",
        ("Call [(212) 555-0142] for help.",),
        needs="(",
    ),
    _no(
        "national telephone number",
        "it is dialled",
        r"\b0\d{2,4} \d{3} \d{3,4}\b",
        ("It is [0117 496 0012] in office hours.",),
    ),
    _no(
        "helpline",
        "two groups of digits behind what leads to a telephone",
        r"\b(?i:helpline|hotline|line|on|at|is|dial|call|ring|text|"
        r"to)\s(?<=\S\s)\d{3}\s\d{3,4}(?!\d)(?!\s[a-z]+s\b)(?!\s(?:people|percent|million))",
        ("The number [is 116 123] by day.",),
        ("It led [to 116 000 people] in tents.",),
    ),
    _no(
        "number to text",
        "it is dialled",
        r"\b(?i:text|dial|call)\s(?:[A-Z]{2,} to )?\d{3,6}(?=[.,;]|\s(?:or|for|and|to)\b)",
        ("Please [text HELP to 66777] or wait.", "Please [Text 66777]."),
        ("They [call 100] people a day.",),
    ),
    _no(
        "o'clock",
        "a time of day",
        r"\b\d{1,2} o['’]clock\b",
        ("It closes at [5 o'clock] sharp.",),
        needs=" o'clock| o’clock",
    ),
    _no(
        "after Christ",
        "a year",
        r"\b(?:AD|A\.D\.)\s?\d{1,4}\b",
        ("The eruption of [AD 79] buried it.",),
        needs="AD|A.D.",
    ),
    _no(
        "before Christ",
        "a year",
        r"\b\d{1,4}(?:(?:\s(?:to|and|or)\s|[-–])\d{1,4})?\s?(?:BCE?\b|"
        r"B\.\s?C\.(?:\s?E\.)?)(?! [A-Z][a-z])",
        ("It was struck in [44 BC] in Rome.", "It was farmed [1200 and 900 BCE] there."),
        ("Some [44 BC Ferries] boats sailed.",),
        needs="BC|B.",
    ),
    _no(
        "9/11",
        "the name of a day",
        r"\b9/11\b(?!/)",
        ("Since [9/11] it is guarded.",),
        needs="9/11",
    ),
    _no(
        "24/7",
        "a name for always",
        r"\b24/7\b",
        ("It is open [24/7] there.",),
        needs="24/7",
    ),
    _no(
        "day and month in digits",
        "a date whose order nobody can tell",
        r"\b(?!(?:1/[234568]|[23]/[345]|[357]/8|9/11|24/7)\b(?!/))\d{1,2}/\d{1,2}(?:/\d{2,4})?\b",
        ("It was on [13/6] in Oster.",),
        ("About [3/4] of it burned.",),
        needs="/",
    ),
    _no(
        "version in digits",
        "a version is a name",
        r"\b\d+(?:\.\d+){2,}",
        ("It runs [2.4.12] now.",),
        ("It grew by [2.4] percent.",),
        needs=".",
    ),
    _no(
        "ordinal in digits",
        "a rank or a day",
        r"\b(?:\d{0,2}(?<!1)1st|\d{0,2}(?<!1)2nd|\d{0,2}(?<!1)3rd|\d{1,3}th)\b",
        (
            "She came [17th] in it.",
            "It is the [21st] one.",
            "It is the [2nd] one.",
            "It is the [3rd] one.",
        ),
        ("He weighs [11st] now.",),
        needs="1st|2nd|3rd|th",
    ),
    _no(
        "clock time",
        "a time of day",
        r"\b\d{1,2}:\d\d\b",
        ("It began at [14:05] there.",),
        needs=":",
    ),
    _no("clock hour", "a time of day", r"\b\d{1,2}\s?[ap]\.?m\b", ("It began at [5 pm] there.",)),
    _no(
        "house bill",
        "the number of a bill",
        r"\bH\.? ?R\.? \d+",
        ("They passed [H.R. 12] then.",),
        needs="H",
    ),
    _no(
        "senate bill",
        "the number of a bill",
        r"\bS\. \d+",
        ("They passed [S. 12] then.",),
        needs="S. ",
    ),
    _no(
        "number sign",
        "a number that is a name",
        r"\b(?:No|Nos|no)\. ?\d+",
        ("It is [No. 5] of ten.",),
        needs="No.|Nos.|no.",
    ),
    _no(
        "number without a point",
        "a rank",
        r"\bNo \d{1,3}\b(?! [a-z]+s\b)",
        ("It is ranked [No 5] in it.",),
        ("He said so. [No 5] guards came.",),
        needs="No ",
    ),
    _no(
        "number in words",
        "a rank",
        rf"(?<![Tt]he )\b[Nn]umber (?:\d{{1,3}}|{_SMALL})\b(?! (?:of|[a-z]+s)\b)",
        ("He is [number four] in it.",),
        ("They number [number 40] guests in all.",),
        needs="umber ",
    ),
    _no(
        "the number",
        "a name",
        r"\b[Tt]he number (?:\d{1,3}|one|two|three|four|five)\b(?! [a-z]+s\b)",
        ("She had [the number 27] on her back.",),
        (),
        needs="he number ",
    ),
    _no(
        "top of a list",
        "a rank",
        r"\b[Tt]op (?:\d{1,3}|three|four|five|six|eight|ten|twelve|twenty|fifty|hundred)\b"
        r"(?!\s?(?:%|per))(?!\s[a-z]+s\b)",
        ("She finished in the [top five].",),
        ("The [top six] floors burned.",),
        needs="op ",
    ),
    _no(
        "group of states",
        "a name",
        r"\bthe (?:group of )?(?:[Gg]roup of )(?:[Ss]even|[Tt]wenty|[Ee]ight)\b",
        ("It was at [the Group of Seven] talks.",),
        needs="roup of ",
    ),
    _no(
        "short month and day",
        "a date",
        r"\b(?i:jan|feb|apr|aug|sept?|oct|nov|dec)\. \d{1,2}\b(?![,.]\d|%)",
        ("It was on [aug. 12] there.",),
    ),
    _no(
        "month and day",
        "a date",
        rf"\b{_MONTH}\.? \d{{1,2}}\b(?![,.]\d|%|-year)",
        ("It was on [June 12] there.",),
        ("In [June 12]-year-olds came.",),
    ),
    _no(
        "day and month",
        "a date",
        rf"\b\d{{1,2}} (?!May\b){_MONTH}\b",
        ("It was on [12 June] there.",),
        ("Some [12 May] still be there.",),
    ),
    _no(
        "street address",
        "a house number",
        rf"\b\d{{1,5}}(?:-\d{{1,5}})? (?:[A-Z][\w'’]{{0,20}}\.? ){{1,3}}{_STREET}\b",
        ("She lives at [12 Mill Lane] there.",),
    ),
    _no(
        "aircraft",
        "a type is a name",
        r"\b7[0-8]7\b(?=s\b| (?:MAX|Max|Dreamliners?|[Jj]ets?|[Aa]ircraft|[Pp]lanes?|"
        r"[Aa]irliners?)\b)",
        ("The [737] jets stay.",),
        ("Some [737] people came.",),
        needs="7",
    ),
    _no(
        "decade",
        "years",
        r"\b\d{4}s\b",
        ("In the [1050s] it stood.",),
        needs="s",
    ),
    _no(
        "flight",
        "a flight's number is a name",
        r"\b[Ff]lights? [A-Z]{1,3} ?\d+",
        ("It was [flight OS 12] to Oster.",),
        needs="light",
    ),
    _no(
        "version",
        "a version is a name",
        r"\b[Vv]ersions? \d+(?:\.\d+)*",
        ("It was [version 12] of it.",),
        needs="ersion",
    ),
    _no(
        "half past",
        "a time of day",
        rf"\b(?:half|quarter) (?:past|to) (?:{_SMALL}|eleven|twelve)\b",
        ("It began at [half past two] there.",),
        needs="half |quarter ",
    ),
    _no(
        "one on one",
        "an idiom",
        r"\b(?:one|One)-(?:on|to|by)-one\b",
        ("They met [one-on-one] there.",),
        needs="-one",
    ),
    _no(
        "ways and sides",
        "a word of its own",
        r"\b(?:one|two|three)-(?:way|sided|fold|time|party)\b",
        ("It is a [two-way] street.",),
        needs="-way|-sided|-fold|-time|-party",
    ),
    _no(
        "half-staff",
        "a flag at half-staff is no half",
        r"half-(?:staff|mast)\b",
        ("The flag flew at [half-staff].",),
        ("He ran the race at [half] speed.",),
        needs="half-",
    ),
)
"""Numbers that are no figures, in no order: their spans are taken together."""
