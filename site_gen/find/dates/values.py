"""What the match of a date rule means: functions from a match and its context to a TIMEX3 value.

An empty string says that this is no date after all ("March on", "May" the verb, 2,000 troops).
"""

from __future__ import annotations

import re

from site_gen.find.dates.calendar import DAY, SEASONS, interval, spelled
from site_gen.find.dates.relative import short_year
from site_gen.find.dates.shapes import (
    PARTS,
    day_value,
    month_number,
    with_year,
)
from site_gen.find.dates.tense import Context, looks_ahead
from site_gen.language.counting import WEEKDAYS
from site_gen.language.lists import words


def month_range(match: re.Match[str], context: Context) -> str:
    """From "May to July 2030": two months that share a year; the first is of the year before where
    it stands later in it."""
    if match["and"] and not re.search(
        r"\bbetween\s$",
        context.before + match[0][: match.start("month") - match.start()],
        re.IGNORECASE,
    ):
        return ""
    first, last, year = (
        month_number(match["month"]),
        month_number(match["month2"]),
        int(match["year"]),
    )
    return f"{year - (first > last)}-{first:02d}/{year}-{last:02d}" if first != last else ""


def month_short_year(match: re.Match[str], context: Context) -> str:
    """The value of "June ’29"."""
    year = short_year(match, context)
    return f"{year}-{month_number(match['month']):02d}" if year else ""


def season_years(match: re.Match[str], context: Context) -> str:
    """The value of "The winter of 2027-28": a winter has its first year's name."""
    first, last = int(match["year"]), match["last"]
    following = int(str(first)[: 4 - len(last)] + last)
    return f"{first}-{SEASONS[match['season'].lower()][0]}" if following == first + 1 else ""


def plain_decade(match: re.Match[str], context: Context) -> str:
    """The value of "In the 80s": a decade, unless the sentence measures something in tens (degrees,
    ages, points)."""
    if (
        _TENS_OF.search(context.before)
        or _TENS_OF.search(context.after[:60])
        or re.search(r"\b(?:his|her|their|my|our|your)\s(?:\w+\s)?$", context.before)
    ):
        return ""
    return decade(match, context)


_TENS_OF = re.compile(
    r"\b(?:degrees?|temperatures?|highs?|lows?|Fahrenheit|Celsius|percent|per cent|mph|scor\w+|"
    r"shot|rounds?|aged?|women|men|people|upper|patients|residents|runs|points|thermometers?|"
    r"mercury)\b",
    re.IGNORECASE,
)


def day_month(match: re.Match[str], context: Context) -> str:
    """The value of "20 June", with a year or without."""
    day, month = int(re.sub(r"\D", "", match["day"])), month_number(match["month"])
    year = int(match["year"]) if match["year"] else with_year(context, month, day)
    found = day_value(year, month, day) if year else ""
    return f"{found}T{PARTS[match['part'].lower()]}" if found and match["part"] else found


def day_range(match: re.Match[str], context: Context) -> str:
    """The value of "June 3-5", "28 June to 2 July"."""
    month = month_number(match["month"])
    if (
        match["month2"]
        and re.search(r"\sand\s", match[0])
        and not re.search(r"\bbetween\s$", context.before)
    ):
        return ""  # "April 3 and May 29" are two days
    month2 = month_number(match["month2"]) if match["month2"] else month
    day, day2 = (int(re.sub(r"\D", "", match[k])) for k in ("day", "day2"))
    year = int(match["year"]) if match["year"] else with_year(context, month, day)
    if not year:
        return ""
    first, last = day_value(year, month, day), day_value(year + (month2 < month), month2, day2)
    return f"{first}/{last}" if first and last and first < last else ""


def numeric(match: re.Match[str], context: Context) -> str:
    """The value of "13/06/2031", "06/25/2031": only where one order is possible, or dots say that
    the day stands first."""
    a, b = int(match["a"]), int(match["b"])
    if a > 12 or match["sep"] == "." or a == b:
        return day_value(int(match["year"]), b, a)
    return day_value(int(match["year"]), a, b) if b > 12 else ""


def month_year(match: re.Match[str], context: Context) -> str:
    """The value of "March 2027"."""
    return f"{match['year']}-{month_number(match['month']):02d}"


_MONTH_VERB_BEFORE = re.compile(
    r"(?:\b(?:in|since|last|next|this|by|until|of|from|through|during|early|late|mid|before|"
    r"after|between|and|to|every|for|each|past|previous|following|coming)|[-–,(])\s*$",
    re.IGNORECASE,
)


def bare_month(match: re.Match[str], context: Context) -> str:
    """The value of "March" alone: the nearest one that fits, where it is no verb and no name."""
    word = match["month"]
    month = month_number(word)
    if word in ("May", "March", "Jan", "Mar", "August") and not (
        match["vague"]
        or match["rel"]
        or _MONTH_VERB_BEFORE.search(
            context.text[max(0, match.start("month") - 20) : match.start("month")]
        )
    ):
        return ""
    if re.search(r"\b(?:each|every)\s$", context.before, re.IGNORECASE):
        return ""
    if word in ("Jan", "Jun", "Mar") or re.match(
        r"\s*\d|\s+(?:on|toward|out|through)\b" if word == "March" else r"\s*\d", context.after
    ):
        return ""
    if (
        re.match(r"\s+[A-Z][a-z]+", context.after)
        and word in ("April", "May", "June", "August")
        and not _MONTH_VERB_BEFORE.search(
            context.text[max(0, match.start("month") - 20) : match.start("month")]
        )
    ):
        return ""  # a person's name
    if not context.published:
        return ""
    rel = (match["rel"] or "").lower()
    year = context.published.year
    if rel in ("last", "this past", "past"):
        year -= month >= context.published.month
    elif rel == "next":
        year += month <= context.published.month
    elif rel != "this":
        year = with_year(context, month, None) or year
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


def year(match: re.Match[str], context: Context) -> str:
    """A year in digits, where something says that it is one."""
    if _COUNTS.search(context.before) or (
        _COUNTS_THINGS.search(context.before)
        and re.match(r"\s[a-z]+s\b(?<!\swas)(?<!\shas)", context.after)
    ):
        return ""  # "more than 2000 marched", "about 2000 trees"
    if _YEAR_NOUN.match(context.after) or re.search(r"[$€£#№]\s*$|\bNo\.\s*$", context.before):
        return ""
    if re.match(r"-\w|\.\d|,\d|:\d|/\d", context.after) and not re.match(
        r"-(?:\d{2,4}|era|style)\b", context.after
    ):
        return ""
    if (name := re.search(r"\b([A-Z][a-z]+)\s+$", context.before)) and name[1].lower() in words(
        "names_with_numbers"
    ):
        return ""
    if re.search(r"[\d.,/:-]$", context.before):
        return ""
    if context.published and int(match["year"]) > context.published.year + 80:
        return ""
    return (
        match["year"]
        if _YEAR_CUE.search(context.before)
        or re.match(r"\s*(?:[,.;:)’']|$|[a-z]|[A-Z])", context.after)
        else ""
    )


def spelled_year(match: re.Match[str], context: Context) -> str:
    """The value of "Nineteen ninety-six", as it is spoken."""
    if match["thousand"]:
        return "2000"
    rest = spelled(match["rest"])
    hundred = {"eighteen": 18, "nineteen": 19, "twenty": 20}[match["hundred"].lower()]
    if _YEAR_NOUN.match(context.after) or (hundred == 20 and rest > 40):
        return ""
    month = f"-{month_number(match['month']):02d}" if match["month"] else ""
    return f"{hundred}{rest:02d}{month}"


def year_span(match: re.Match[str], context: Context) -> str:
    """The value of "1998-1999"."""
    first, last = match["first"], match["last"]
    last = first[: 4 - len(last)] + last if len(last) < 4 else last
    return f"{first}/{last}" if int(first) < int(last) <= int(first) + 200 else ""


def half(match: re.Match[str], context: Context) -> str:
    """The value of "the second half of 2030"."""
    number = 1 if match["nth"].lower() == "first" else 2
    if match["year"]:
        return f"{match['year']}-H{number}"
    ahead = {"last": -1, "this": 0, "next": 1}.get((match["rel"] or "").lower(), 0)
    return f"{context.published.year + ahead}-H{number}" if context.published else ""


def decade(match: re.Match[str], context: Context) -> str:
    """The value of "the 1970s", "the late '70s"."""
    digits = match["decade"]
    if len(digits) == 2:
        here = context.published.year if context.published else 2030
        digits = f"{here // 100 - (int(digits) > here % 100):02d}{digits}"
    return digits[:3]


def weekday(match: re.Match[str], context: Context) -> str:
    """The value of "Tuesday", with a part of the day or without."""
    if not context.published or re.match(
        r"\s+(?:Times|Telegraph|Mail|Express|Post|School|Review|nights|mornings|afternoons|"
        r"evenings)\b",
        context.after,
    ):
        return ""
    if re.search(r"\b(?:each|every)\s$", context.before, re.IGNORECASE):
        return ""
    here, wanted = context.published, WEEKDAYS[match["weekday"].lower()]
    back = (here.weekday() - wanted) % 7
    rel = (match["rel"] or "").lower()
    if rel in ("last", "the previous"):
        day = here - (back or 7) * DAY
    elif rel in ("next", "this coming", "coming"):
        day = here + ((7 - back) if back else 7) * DAY
    elif back and looks_ahead(context):
        day = here + (7 - back) * DAY
    else:
        day = here - back * DAY
    return day.isoformat() + (f"T{PARTS[match['part'].lower()]}" if match["part"] else "")


def near_day(match: re.Match[str], context: Context) -> str:
    """The value of "today", "yesterday", "tomorrow"."""
    if not context.published:
        return ""
    word = match["word"].lower()
    shift = {"yesterday": -1, "tomorrow": 1}.get(word.split()[0], 0)
    day = context.published + shift * DAY
    if word == "tonight":
        return day.isoformat() + "TNI"
    if word in ("last night", "overnight", "last evening"):
        if word == "overnight" and re.match(
            r"\s+(?:stay|camp|train|trip|guest|bag|shift|low|flight|success|ferry|bus)",
            context.after,
        ):
            return ""
        return (day - DAY).isoformat() + ("TEV" if word == "last evening" else "TNI")
    if word == "today" and (
        re.match(r"[\"”']? show\b", context.after)
        or (context.before[-1:] in '"“' and context.before and context.after[:1] in ',."”')
    ):
        return ""  # a programme's name
    part = next((p for p in PARTS if word.endswith(p)), "")
    if word == "today" and re.match(
        r"['’]s\s+(?:\w+\s)?(?:seniors|students|workers|voters|parents|children|kids|women|men|"
        r"families|teenagers|teens|youths|consumers|readers|farmers|soldiers|artists|world|"
        r"society|economy|generation|standards|youth|politics|media|market)\b",
        context.after,
    ):
        return ""  # nowadays
    if word.startswith("the day"):
        return (context.published + (-2 if word.endswith("yesterday") else 2) * DAY).isoformat()
    return day.isoformat() + (f"T{PARTS[part]}" if part else "")


def season(match: re.Match[str], context: Context) -> str:
    """The value of "the summer of 2030", "last winter"."""
    code, _ = SEASONS[match["season"].lower()]
    return f"{match['year']}-{code}"


def quarter(match: re.Match[str], context: Context) -> str:
    """The value of "the third quarter of 2030"."""
    if re.match(r"\s*(?:of )?(?:the )?(?:match|game|play|race|season|book|film)\b", context.after):
        return ""
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}[
        (match["q"] or match["nth"]).lower()
    ]
    year = int(match["year"]) if match["year"] else None
    if year is None and context.published:
        year = context.published.year - (3 * number - 2 > context.published.month)
    return f"{year}-Q{number}" if year else ""


def century(match: re.Match[str], context: Context) -> str:
    """The value of "the 19th century"."""
    words = {
        "nineteenth": 19,
        "twentieth": 20,
        "twenty-first": 21,
        "eighteenth": 18,
        "seventeenth": 17,
    }
    if re.match(r"\s(?:BCE?|B\.C\.)", context.after):
        return ""
    nth = words.get(match["nth"].lower()) or int(re.sub(r"\D", "", match["nth"]) or 0)
    return f"{nth - 1:02d}" if 1 < nth < 30 else ""


def iso(match: re.Match[str], context: Context) -> str:
    """The value of "2029-03-03"."""
    return match[0] if interval(match[0]) else ""
