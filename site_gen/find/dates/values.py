"""What the match of a date rule means: functions from a match and its context to a TIMEX3 value.

An empty string says that this is no date after all ("March on", "May" the verb, 2,000 troops).
"""

from __future__ import annotations

import re

from site_gen.find.dates.calendar import DAY, SEASONS, WEEKDAYS, interval, spelled
from site_gen.find.dates.relative import short_year
from site_gen.find.dates.shapes import (
    PARTS,
    day_value,
    month_number,
    with_year,
)
from site_gen.find.dates.tense import Context, looks_ahead
from site_gen.language.lists import words


def month_range(m: re.Match[str], c: Context) -> str:
    """ "From May to July 2030": two months that share a year; the first is of the year before where
    it stands later in it."""
    if m["and"] and not re.search(
        r"\bbetween\s$", c.before + m[0][: m.start("month") - m.start()], re.IGNORECASE
    ):
        return ""
    first, last, year = month_number(m["month"]), month_number(m["month2"]), int(m["year"])
    return f"{year - (first > last)}-{first:02d}/{year}-{last:02d}" if first != last else ""


def month_short_year(m: re.Match[str], c: Context) -> str:
    """ "June ’29"."""
    year = short_year(m, c)
    return f"{year}-{month_number(m['month']):02d}" if year else ""


def season_years(m: re.Match[str], c: Context) -> str:
    """ "The winter of 2027-28": a winter has its first year's name."""
    first, last = int(m["year"]), m["last"]
    following = int(str(first)[: 4 - len(last)] + last)
    return f"{first}-{SEASONS[m['season'].lower()][0]}" if following == first + 1 else ""


def plain_decade(m: re.Match[str], c: Context) -> str:
    """ "In the 80s": a decade, unless the sentence measures something in tens (degrees, ages,
    points)."""
    if (
        _TENS_OF.search(c.before)
        or _TENS_OF.search(c.after[:60])
        or re.search(r"\b(?:his|her|their|my|our|your)\s(?:\w+\s)?$", c.before)
    ):
        return ""
    return decade(m, c)


_TENS_OF = re.compile(
    r"\b(?:degrees?|temperatures?|highs?|lows?|Fahrenheit|Celsius|percent|per cent|mph|scor\w+|"
    r"shot|rounds?|aged?|women|men|people|upper|patients|residents|runs|points|thermometers?|"
    r"mercury)\b",
    re.IGNORECASE,
)


def day_month(m: re.Match[str], c: Context) -> str:
    """ "20 June", with a year or without."""
    day, month = int(re.sub(r"\D", "", m["day"])), month_number(m["month"])
    year = int(m["year"]) if m["year"] else with_year(c, month, day)
    found = day_value(year, month, day) if year else ""
    return f"{found}T{PARTS[m['part'].lower()]}" if found and m["part"] else found


def day_range(m: re.Match[str], c: Context) -> str:
    """ "June 3-5", "28 June to 2 July"."""
    month = month_number(m["month"])
    if m["month2"] and re.search(r"\sand\s", m[0]) and not re.search(r"\bbetween\s$", c.before):
        return ""  # "April 3 and May 29" are two days
    month2 = month_number(m["month2"]) if m["month2"] else month
    day, day2 = (int(re.sub(r"\D", "", m[k])) for k in ("day", "day2"))
    year = int(m["year"]) if m["year"] else with_year(c, month, day)
    if not year:
        return ""
    first, last = day_value(year, month, day), day_value(year + (month2 < month), month2, day2)
    return f"{first}/{last}" if first and last and first < last else ""


def numeric(m: re.Match[str], c: Context) -> str:
    """ "13/06/2031", "06/25/2031": only where one order is possible, or dots say that the day
    stands first."""
    a, b = int(m["a"]), int(m["b"])
    if a > 12 or m["sep"] == "." or a == b:
        return day_value(int(m["year"]), b, a)
    return day_value(int(m["year"]), a, b) if b > 12 else ""


def month_year(m: re.Match[str], c: Context) -> str:
    """ "March 2027"."""
    return f"{m['year']}-{month_number(m['month']):02d}"


_MONTH_VERB_BEFORE = re.compile(
    r"(?:\b(?:in|since|last|next|this|by|until|of|from|through|during|early|late|mid|before|"
    r"after|between|and|to|every|for|each|past|previous|following|coming)|[-–,(])\s*$",
    re.IGNORECASE,
)


def bare_month(m: re.Match[str], c: Context) -> str:
    """ "March" alone: the nearest one that fits, where it is no verb and no name."""
    word = m["month"]
    month = month_number(word)
    if word in ("May", "March", "Jan", "Mar", "August") and not (
        m["vague"]
        or m["rel"]
        or _MONTH_VERB_BEFORE.search(c.text[max(0, m.start("month") - 20) : m.start("month")])
    ):
        return ""
    if re.search(r"\b(?:each|every)\s$", c.before, re.IGNORECASE):
        return ""
    if word in ("Jan", "Jun", "Mar") or re.match(
        r"\s*\d|\s+(?:on|toward|out|through)\b" if word == "March" else r"\s*\d", c.after
    ):
        return ""
    if (
        re.match(r"\s+[A-Z][a-z]+", c.after)
        and word in ("April", "May", "June", "August")
        and not _MONTH_VERB_BEFORE.search(c.text[max(0, m.start("month") - 20) : m.start("month")])
    ):
        return ""  # a person's name
    if not c.published:
        return ""
    rel = (m["rel"] or "").lower()
    year = c.published.year
    if rel in ("last", "this past", "past"):
        year -= month >= c.published.month
    elif rel == "next":
        year += month <= c.published.month
    elif rel != "this":
        year = with_year(c, month, None) or year
    return f"{year}-{month:02d}"


_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|by|from|until|till|before|after|during|of|late|early|mid|through|to|and|"
    r"between|the|fall|spring|summer|winter|year|back to|around|for|than|or|that|a|his|her|its|"
    r"their|our)\s*|[-–(,‘'’]\s*)$",
    re.IGNORECASE,
)
_YEAR_NOUN = re.compile(
    r"\s+(?:[A-Z]\w+ ){1,2}(?:Road|Street|Avenue|Lane|Drive|Boulevard|Way)\b|\s*(?:percent|"
    r"per cent|%|people|troops|soldiers|dollars|euros|pounds|miles|meters|metres|kilometers|"
    r"kilometres|feet|votes|men|women|workers|jobs|employees|pages|students|deaths|cases|units|"
    r"homes|points|tons|tonnes|acres|hours|copies|volunteers|members|delegates|shares|square)\b",
    re.IGNORECASE,
)


_COUNTS = re.compile(
    r"\b(?:(?:more|fewer|less|greater) than|over|nearly|almost|at least|at most|up to|"
    r"as many as|some|an estimated|no fewer than)\s$",
    re.IGNORECASE,
)
_COUNTS_THINGS = re.compile(r"\b(?:about|around|roughly|approximately)\s$", re.IGNORECASE)


def year(m: re.Match[str], c: Context) -> str:
    """A year in digits, where something says that it is one."""
    if _COUNTS.search(c.before) or (
        _COUNTS_THINGS.search(c.before) and re.match(r"\s[a-z]+s\b(?<!\swas)(?<!\shas)", c.after)
    ):
        return ""  # "more than 2000 marched", "about 2000 trees"
    if _YEAR_NOUN.match(c.after) or re.search(r"[$€£#№]\s*$|\bNo\.\s*$", c.before):
        return ""
    if re.match(r"-\w|\.\d|,\d|:\d|/\d", c.after) and not re.match(
        r"-(?:\d{2,4}|era|style)\b", c.after
    ):
        return ""
    if (name := re.search(r"\b([A-Z][a-z]+)\s+$", c.before)) and name[1].lower() in words(
        "names_with_numbers"
    ):
        return ""
    if re.search(r"[\d.,/:-]$", c.before):
        return ""
    if c.published and int(m["year"]) > c.published.year + 80:
        return ""
    return (
        m["year"]
        if _YEAR_CUE.search(c.before) or re.match(r"\s*(?:[,.;:)’']|$|[a-z]|[A-Z])", c.after)
        else ""
    )


def spelled_year(m: re.Match[str], c: Context) -> str:
    """ "Nineteen ninety-six", as it is spoken."""
    if m["thousand"]:
        return "2000"
    rest = spelled(m["rest"])
    hundred = {"eighteen": 18, "nineteen": 19, "twenty": 20}[m["hundred"].lower()]
    if _YEAR_NOUN.match(c.after) or (hundred == 20 and rest > 40):
        return ""
    month = f"-{month_number(m['month']):02d}" if m["month"] else ""
    return f"{hundred}{rest:02d}{month}"


def year_span(m: re.Match[str], c: Context) -> str:
    """ "1998-1999"."""
    first, last = m["first"], m["last"]
    last = first[: 4 - len(last)] + last if len(last) < 4 else last
    return f"{first}/{last}" if int(first) < int(last) <= int(first) + 200 else ""


def half(m: re.Match[str], c: Context) -> str:
    """ "the second half of 2030"."""
    number = 1 if m["nth"].lower() == "first" else 2
    if m["year"]:
        return f"{m['year']}-H{number}"
    return (
        f"{c.published.year + {'last': -1, 'this': 0, 'next': 1}[m['rel'].lower()]}-H{number}"
        if c.published
        else ""
    )


def decade(m: re.Match[str], c: Context) -> str:
    """ "the 1970s", "the late '70s"."""
    digits = m["decade"]
    if len(digits) == 2:
        here = c.published.year if c.published else 2030
        digits = f"{here // 100 - (int(digits) > here % 100):02d}{digits}"
    return digits[:3]


def weekday(m: re.Match[str], c: Context) -> str:
    """ "Tuesday", with a part of the day or without."""
    if not c.published or re.match(
        r"\s+(?:Times|Telegraph|Mail|Express|Post|School|Review|nights|mornings|afternoons|"
        r"evenings)\b",
        c.after,
    ):
        return ""
    if re.search(r"\b(?:each|every)\s$", c.before, re.IGNORECASE):
        return ""
    here, wanted = c.published, WEEKDAYS[m["weekday"].lower()]
    back = (here.weekday() - wanted) % 7
    rel = (m["rel"] or "").lower()
    if rel in ("last", "the previous"):
        day = here - (back or 7) * DAY
    elif rel in ("next", "this coming", "coming"):
        day = here + ((7 - back) if back else 7) * DAY
    elif back and looks_ahead(c):
        day = here + (7 - back) * DAY
    else:
        day = here - back * DAY
    return day.isoformat() + (f"T{PARTS[m['part'].lower()]}" if m["part"] else "")


def near_day(m: re.Match[str], c: Context) -> str:
    """ "today", "yesterday", "tomorrow"."""
    if not c.published:
        return ""
    word = m["word"].lower()
    shift = {"yesterday": -1, "tomorrow": 1}.get(word.split()[0], 0)
    day = c.published + shift * DAY
    if word == "tonight":
        return day.isoformat() + "TNI"
    if word in ("last night", "overnight", "last evening"):
        if word == "overnight" and re.match(
            r"\s+(?:stay|camp|train|trip|guest|bag|shift|low|flight|success|ferry|bus)", c.after
        ):
            return ""
        return (day - DAY).isoformat() + ("TEV" if word == "last evening" else "TNI")
    if word == "today" and (
        re.match(r"[\"”']? show\b", c.after)
        or (c.before[-1:] in '"“' and c.before and c.after[:1] in ',."”')
    ):
        return ""  # a programme's name
    part = next((p for p in PARTS if word.endswith(p)), "")
    if word == "today" and re.match(
        r"['’]s\s+(?:\w+\s)?(?:seniors|students|workers|voters|parents|children|kids|women|men|"
        r"families|teenagers|teens|youths|consumers|readers|farmers|soldiers|artists|world|"
        r"society|economy|generation|standards|youth|politics|media|market)\b",
        c.after,
    ):
        return ""  # nowadays
    if word.startswith("the day"):
        return (c.published + (-2 if word.endswith("yesterday") else 2) * DAY).isoformat()
    return day.isoformat() + (f"T{PARTS[part]}" if part else "")


def season(m: re.Match[str], c: Context) -> str:
    """ "the summer of 2030", "last winter"."""
    code, _ = SEASONS[m["season"].lower()]
    return f"{m['year']}-{code}"


def quarter(m: re.Match[str], c: Context) -> str:
    """ "the third quarter of 2030"."""
    if re.match(r"\s*(?:of )?(?:the )?(?:match|game|play|race|season|book|film)\b", c.after):
        return ""
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}[
        (m["q"] or m["nth"]).lower()
    ]
    year = int(m["year"]) if m["year"] else None
    if year is None and c.published:
        year = c.published.year - (3 * number - 2 > c.published.month)
    return f"{year}-Q{number}" if year else ""


def century(m: re.Match[str], c: Context) -> str:
    """ "the 19th century"."""
    words = {
        "nineteenth": 19,
        "twentieth": 20,
        "twenty-first": 21,
        "eighteenth": 18,
        "seventeenth": 17,
    }
    if re.match(r"\s(?:BCE?|B\.C\.)", c.after):
        return ""
    nth = words.get(m["nth"].lower()) or int(re.sub(r"\D", "", m["nth"]) or 0)
    return f"{nth - 1:02d}" if 1 < nth < 30 else ""


def iso(m: re.Match[str], c: Context) -> str:
    """ "2029-03-03"."""
    return m[0] if interval(m[0]) else ""
