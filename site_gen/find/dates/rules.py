"""The table of date rules: a pattern, and a function from a match and its context to a TIMEX3
value.

A new rule is one entry in ``RULES``. A rule's span is the group ``d`` where it has one, else the
whole match. A function that gives an empty string says that this is no date after all (``March
on``, ``May`` the verb, 2,000 troops).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from site_gen.find.dates.calendar import DAY, SEASONS, TENS_WORDS, WEEKDAYS, interval, spelled
from site_gen.find.dates.clock import clock, clock_alone
from site_gen.find.dates.examples import EXAMPLES
from site_gen.find.dates.holidays import HOLIDAY_NAMES, holiday
from site_gen.find.dates.relative import ago, from_now, relative_unit, short_year, this_unit
from site_gen.find.dates.shapes import (
    COUNT,
    DAY_NUMBER,
    DAYNAME,
    MONTH,
    PART,
    PARTS,
    PREFIX,
    UNIT,
    VAGUE,
    YEAR,
    day_value,
    month_number,
    with_year,
)
from site_gen.find.dates.tense import Context, looks_ahead
from site_gen.find.dates.weekdays import ordinal_weekday, weekday_week, weeks_ago_weekday
from site_gen.language.lists import words
from site_gen.rules import Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class DateRule(Rule):
    """A named rule for dates. ``needs`` is a quick look: where the paragraph, in lower case, holds
    none of these words, the rule is not tried.

    ``#`` stands for a year in digits.
    """

    pattern: re.Pattern[str]
    value: Callable[[re.Match[str], Context], str]
    needs: frozenset[str] = frozenset()


def _month_range(m: re.Match[str], c: Context) -> str:
    """ "From May to July 2030": two months that share a year; the first is of the year before where
    it stands later in it."""
    if m["and"] and not re.search(
        r"\bbetween\s$", c.before + m[0][: m.start("month") - m.start()], re.IGNORECASE
    ):
        return ""
    first, last, year = month_number(m["month"]), month_number(m["month2"]), int(m["year"])
    return f"{year - (first > last)}-{first:02d}/{year}-{last:02d}" if first != last else ""


def _month_short_year(m: re.Match[str], c: Context) -> str:
    """ "June ’29"."""
    year = short_year(m, c)
    return f"{year}-{month_number(m['month']):02d}" if year else ""


def _season_years(m: re.Match[str], c: Context) -> str:
    """ "The winter of 2027-28": a winter has its first year's name."""
    first, last = int(m["year"]), m["last"]
    following = int(str(first)[: 4 - len(last)] + last)
    return f"{first}-{SEASONS[m['season'].lower()][0]}" if following == first + 1 else ""


def _plain_decade(m: re.Match[str], c: Context) -> str:
    """ "In the 80s": a decade, unless the sentence measures something in tens (degrees, ages,
    points)."""
    if (
        _TENS_OF.search(c.before)
        or _TENS_OF.search(c.after[:60])
        or re.search(r"\b(?:his|her|their|my|our|your)\s(?:\w+\s)?$", c.before)
    ):
        return ""
    return _decade(m, c)


_TENS_OF = re.compile(
    r"\b(?:degrees?|temperatures?|highs?|lows?|Fahrenheit|Celsius|percent|per cent|mph|scor\w+|"
    r"shot|rounds?|aged?|women|men|people|upper|patients|residents|runs|points|thermometers?|"
    r"mercury)\b",
    re.IGNORECASE,
)


def _day_month(m: re.Match[str], c: Context) -> str:
    day, month = int(re.sub(r"\D", "", m["day"])), month_number(m["month"])
    year = int(m["year"]) if m["year"] else with_year(c, month, day)
    found = day_value(year, month, day) if year else ""
    return f"{found}T{PARTS[m['part'].lower()]}" if found and m["part"] else found


def _day_range(m: re.Match[str], c: Context) -> str:
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


def _numeric(m: re.Match[str], c: Context) -> str:
    """ "13/06/2031", "06/25/2031": only where one order is possible, or dots say that the day
    stands first."""
    a, b = int(m["a"]), int(m["b"])
    if a > 12 or m["sep"] == "." or a == b:
        return day_value(int(m["year"]), b, a)
    return day_value(int(m["year"]), a, b) if b > 12 else ""


def _month_year(m: re.Match[str], c: Context) -> str:
    return f"{m['year']}-{month_number(m['month']):02d}"


_MONTH_VERB_BEFORE = re.compile(
    r"(?:\b(?:in|since|last|next|this|by|until|of|from|through|during|early|late|mid|before|"
    r"after|between|and|to|every|for|each|past|previous|following|coming)|[-–,(])\s*$",
    re.IGNORECASE,
)


def _bare_month(m: re.Match[str], c: Context) -> str:
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


def _year(m: re.Match[str], c: Context) -> str:
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


def _spelled_year(m: re.Match[str], c: Context) -> str:
    """ "Nineteen ninety-six", as it is spoken."""
    if m["thousand"]:
        return "2000"
    rest = spelled(m["rest"])
    hundred = {"eighteen": 18, "nineteen": 19, "twenty": 20}[m["hundred"].lower()]
    if _YEAR_NOUN.match(c.after) or (hundred == 20 and rest > 40):
        return ""
    month = f"-{month_number(m['month']):02d}" if m["month"] else ""
    return f"{hundred}{rest:02d}{month}"


def _year_span(m: re.Match[str], c: Context) -> str:
    first, last = m["first"], m["last"]
    last = first[: 4 - len(last)] + last if len(last) < 4 else last
    return f"{first}/{last}" if int(first) < int(last) <= int(first) + 200 else ""


def _half(m: re.Match[str], c: Context) -> str:
    number = 1 if m["nth"].lower() == "first" else 2
    if m["year"]:
        return f"{m['year']}-H{number}"
    return (
        f"{c.published.year + {'last': -1, 'this': 0, 'next': 1}[m['rel'].lower()]}-H{number}"
        if c.published
        else ""
    )


def _decade(m: re.Match[str], c: Context) -> str:
    digits = m["decade"]
    if len(digits) == 2:
        here = c.published.year if c.published else 2030
        digits = f"{here // 100 - (int(digits) > here % 100):02d}{digits}"
    return digits[:3]


def _weekday(m: re.Match[str], c: Context) -> str:
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


def _near_day(m: re.Match[str], c: Context) -> str:
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


def _season(m: re.Match[str], c: Context) -> str:
    code, _ = SEASONS[m["season"].lower()]
    return f"{m['year']}-{code}"


def _quarter(m: re.Match[str], c: Context) -> str:
    if re.match(r"\s*(?:of )?(?:the )?(?:match|game|play|race|season|book|film)\b", c.after):
        return ""
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}[
        (m["q"] or m["nth"]).lower()
    ]
    year = int(m["year"]) if m["year"] else None
    if year is None and c.published:
        year = c.published.year - (3 * number - 2 > c.published.month)
    return f"{year}-Q{number}" if year else ""


def _century(m: re.Match[str], c: Context) -> str:
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


def _iso(m: re.Match[str], c: Context) -> str:
    return m[0] if interval(m[0]) else ""


def _rule(
    name: str,
    pattern: str,
    value: Callable[[re.Match[str], Context], str],
    needs: str = "",
    flags: int = 0,
) -> DateRule:
    why, example, other = EXAMPLES[name]
    return DateRule(
        name=name,
        why=why,
        examples=(example,),
        counterexamples=(other,) if other else (),
        pattern=re.compile(pattern, flags),
        value=value,
        needs=frozenset(needs.split("|")) if needs else frozenset(),
    )


_I = re.IGNORECASE
_M_NEEDS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_Y_NEEDS = "#"

CLOCK_ALONE = "clock, day not named"
_CLOCK = (
    r"(?<![\d.,:])\b(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?)|"
    r"(?P<named>noon|midnight)\b|(?P<h24>[01]?\d|"
    r"2[0-3]):(?P<m24>[0-5]\d)(?! ?[ap]\.?m)(?=,? (?:on )?(?:(?:mon|tues|wednes|thurs|fri|satur|"
    r"sun)day|local time|gmt|cet|bst|utc))|(?P<hw>[01]\d|2[0-3])(?P<mw>[0-5]\d)(?=\s?(?:gmt|utc|"
    r"cet|bst|(?:hours|hrs)(?! of\b)|local time)\b))"
)

RULES: tuple[DateRule, ...] = (
    _rule("iso", rf"(?<![\d-]){YEAR}-\d\d-\d\d(?![\d-])", _iso, _Y_NEEDS),
    _rule(
        "month-day-range",
        rf"\b(?P<month>{MONTH}) (?P<day>{DAY_NUMBER})\s?(?:-|–|to|through|until|"
        rf"and)\s?(?:(?P<month2>{MONTH}) )?(?P<day2>{DAY_NUMBER})(?:,? (?P<year>{YEAR}))?\b"
        rf"(?![\d%])",
        _day_range,
        _M_NEEDS,
    ),
    _rule(
        "day-range-month",
        rf"\b(?P<day>{DAY_NUMBER})\s?(?:-|–|to|"
        rf"and)\s?(?P<day2>{DAY_NUMBER}) (?P<month>{MONTH})(?P<month2>(?!))?(?:,? "
        rf"(?P<year>{YEAR}))?(?!\w)",
        _day_range,
        _M_NEEDS,
    ),
    _rule(
        "month-day-year",
        rf"\b{PREFIX}(?P<month>{MONTH}) (?:the )?(?P<day>{DAY_NUMBER})(?:,? (?P<year>{YEAR}))?\b"
        rf"(?![,.]?\d|%)",
        _day_month,
        _M_NEEDS,
    ),
    _rule(
        "day-range-months",
        rf"\b(?P<day>{DAY_NUMBER}) (?P<month>{MONTH})\s?(?:-|–|to|"
        rf"until)\s?(?P<day2>{DAY_NUMBER}) (?P<month2>{MONTH})(?:,? (?P<year>{YEAR}))?(?!\w)",
        _day_range,
        _M_NEEDS,
    ),
    _rule(
        "numeric",
        r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<year>(?:19|"
        r"20)\d\d)(?![\d/-])",
        _numeric,
        "#",
    ),
    _rule(
        "day-month-year",
        rf"\b{PREFIX}(?P<day>{DAY_NUMBER}) (?:of )?(?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?"
        rf"(?!\w)",
        _day_month,
        _M_NEEDS,
    ),
    _rule(
        "month-year",
        rf"\b(?P<d>{VAGUE}?(?P<month>{MONTH})(?:,| of)? (?P<year>{YEAR}))\b",
        _month_year,
        _Y_NEEDS,
    ),
    _rule(
        "bare-month",
        r"\b(?P<d>(?:(?P<rel>(?i:last|next|this past|this))"
        rf" )?(?P<vague>{VAGUE})?(?P<month>{MONTH}))(?!\w)",
        _bare_month,
        _M_NEEDS,
    ),
    _rule(
        "months-of-a-year",
        rf"\b(?P<d>(?:[Ff]rom )?(?P<month>{MONTH})(?:\s?(?:-|–)\s?| (?:to|through|until|till|"
        rf"(?P<and>and)) )(?P<month2>{MONTH})(?:,| of)? (?P<year>{YEAR}))\b",
        _month_range,
        _Y_NEEDS,
    ),
    _rule(
        "month-short-year",
        rf"\b(?P<d>(?P<month>{MONTH}),? ['’‘](?P<yy>\d\d))(?!\w)",
        _month_short_year,
        "'|’|‘",
    ),
    _rule(
        "ordinal-weekday",
        r"\b(?P<d>(?:the )?(?P<nth>first|second|third|fourth|fifth|last|final|1st|2nd|3rd|4th)"
        rf" (?P<weekday>{DAYNAME}) (?:in|of) (?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?)(?!\w)",
        ordinal_weekday,
        "day",
        re.IGNORECASE,
    ),
    _rule(
        "weeks-ago-weekday",
        rf"\b(?P<d>(?P<count>{COUNT}) weeks? ago(?: on)? (?P<weekday>{DAYNAME}))\b",
        weeks_ago_weekday,
        " ago",
        re.IGNORECASE,
    ),
    _rule(
        "weekday-week",
        rf"\b(?P<d>(?P<weekday>{DAYNAME}) week)\b(?!"
        r" (?:after|long|of|in)\b|-)(?P<count>(?!))?(?P<weekday2>(?!))?",
        weekday_week,
        "day week",
    ),
    _rule(
        "weeks-from-weekday",
        rf"\b(?P<d>(?P<count>{COUNT}) weeks? from (?P<weekday>{DAYNAME}|today|"
        rf"tomorrow))(?P<weekday2>(?!))?\b",
        weekday_week,
        " from ",
        re.IGNORECASE,
    ),
    _rule(
        "season-years",
        r"\b(?P<d>(?:the )?(?P<season>(?i:winter|season))(?: of)?,?"
        rf" (?P<year>{YEAR})\s?[-–/]\s?(?P<last>(?:\d\d)?\d\d))\b",
        _season_years,
        _Y_NEEDS,
    ),
    _rule(
        "plain-decade",
        r"\b(?P<d>(?:(?<=and )|(?<=or )|(?:the )(?:(?:early|late|mid)[- ])?|(?:early|late|"
        r"mid)[- ])(?P<decade>[2-9]0)s)\b",
        _plain_decade,
        "0s",
    ),
    _rule(
        "half",
        r"\b(?P<d>(?:the )?(?P<nth>first|second) half of (?:the"
        rf" )?(?:(?P<year>{YEAR})|(?P<rel>this|last|next) year))\b",
        _half,
        "half",
        _I,
    ),
    _rule(
        "year-span",
        rf"\b(?P<d>(?P<first>{YEAR})\s?[-–/]\s?(?P<last>(?:{YEAR})|\d\d))\b(?![-–/])",
        _year_span,
        _Y_NEEDS,
    ),
    _rule(
        "month-year-range",
        rf"\b(?P<d>(?:[Ff]rom|[Bb]etween) (?P<month>{MONTH}) (?P<year>{YEAR}) (?:to|and|through|"
        rf"until) (?P<month2>{MONTH}) (?P<year2>{YEAR}))\b",
        lambda m, c: (
            f"{m['year']}-{month_number(m['month']):02d}/"
            f"{m['year2']}-{month_number(m['month2']):02d}"
        ),
        _Y_NEEDS,
    ),
    _rule(
        "year-range",
        rf"\b(?P<d>(?:[Ff]rom|[Bb]etween) (?P<first>{YEAR}) (?:to|and|through|"
        rf"until) (?P<last>{YEAR}))\b",
        _year_span,
        _Y_NEEDS,
    ),
    _rule(
        "season-year",
        rf"\b(?P<d>{VAGUE}?(?:the )?(?P<season>(?i:spring|summer|fall|autumn|"
        rf"winter))(?: of)? (?P<year>{YEAR}))\b",
        _season,
        _Y_NEEDS,
    ),
    _rule(
        "quarter",
        r"\b(?P<d>(?:the )?(?:(?P<nth>first|second|third|fourth)[- ]quarter|Q(?P<q>[1-4]))(?:"
        rf" of)?(?:,? (?P<year>{YEAR}))?)\b",
        _quarter,
        "quarter|q1|q2|q3|q4",
        _I,
    ),
    _rule(
        "decade",
        r"(?:\b(?P<d>(?:the )?(?:(?:early|late|mid)[- ])?(?P<decade>1[5-9]\d0|20\d0)['’]?s)\b)",
        _decade,
        "0s|0's|0’s",
    ),
    _rule(
        "short-decade",
        r"(?P<d>(?:the )?(?:(?:early|late|mid)[- ])?['’‘](?P<decade>[2-9]0)s)\b",
        _decade,
        "|".join(f"{mark}{tens}0s" for mark in "'’‘" for tens in range(2, 10)),
    ),
    _rule(
        "fiscal-year",
        rf"\b(?P<d>(?:the )?(?:fiscal|financial)(?: year)? (?P<year>{YEAR}))\b",
        lambda m, c: m["year"],
        _Y_NEEDS,
        _I,
    ),
    _rule("year", rf"(?<![\w$€£,.#/-])(?P<d>{VAGUE}?(?P<year>{YEAR}))\b(?!s\b)", _year, _Y_NEEDS),
    _rule(
        "spelled-year",
        rf"\b(?P<d>(?:(?P<month>{MONTH}),? )?(?:the year"
        r" )?(?:(?P<hundred>eighteen|nineteen|twenty)[ -](?:hundred(?: and)? |oh["
        rf" -])?(?P<rest>{TENS_WORDS})|(?P<thousand>the year two thousand)))\b",
        _spelled_year,
        "eighteen|nineteen|twenty|thousand",
        _I,
    ),
    _rule(
        "weekday",
        r"\b(?P<d>(?:(?:early|late|earlier|later)(?: on)? )?(?:(?P<rel>(?i:the"
        rf" previous|last|next|this coming|this past|this|"
        rf"coming)) )?(?P<weekday>{DAYNAME})(?: (?P<part>{PART}))?)\b(?!s\b)",
        _weekday,
        "day",
    ),
    _rule(
        "near-day",
        r"\b(?P<d>(?:(?:early|late|earlier|later|mid-?afternoon|"
        r"mid-?morning) )?(?P<word>the day before yesterday|the day after tomorrow|today|"
        r"yesterday(?: (?:morning|afternoon|evening))?|tomorrow(?: (?:morning|afternoon|evening|"
        r"night))?|tonight|last (?:night|evening)|overnight|this (?:morning|afternoon|"
        r"evening)))\b",
        _near_day,
        "today|yesterday|tomorrow|night|morning|evening|afternoon",
        _I,
    ),
    _rule(
        "relative-unit",
        r"\b(?P<d>(?:(?:earlier|later|early|late|mid|"
        r"sometime)[- ](?:in )?)?(?P<rel>this(?: past| coming)?|last|next|the (?:current|"
        r"previous|next|coming|following)) (?P<unit>week|weekend|month|year|quarter|decade|"
        r"century|spring|summer|fall|autumn|winter))\b(?!-)",
        relative_unit,
        "this|last|next|the ",
        _I,
    ),
    _rule(
        "end-of",
        r"\b(?P<d>(?:the )?(?:end|rest|remainder|beginning|start|middle) of (?:the|"
        r"this) (?P<unit>year|month|week|decade))\b(?! (?:\d|ended|before|after|in|of))",
        this_unit,
        " of the | of this ",
        _I,
    ),
    _rule(
        "from-now",
        rf"\b(?P<d>(?P<count>{COUNT}) (?P<unit>{UNIT})s? from now)\b",
        from_now,
        " from now",
        _I,
    ),
    _rule("short-year", r"(?<=\b(?:in|of)\s)(?P<d>['’‘](?P<yy>\d\d))\b(?!s)", short_year, "'|’|‘"),
    _rule(
        "ago",
        rf"\b(?P<d>(?:(?:about|almost|nearly|roughly|some|more than|over|"
        rf"just) )?(?P<count>{COUNT}) (?P<unit>{UNIT})s? ago)\b",
        ago,
        " ago",
        _I,
    ),
    _rule("clock", _CLOCK, clock, "m|noon|midnight|:|hours|hrs|utc|cet|bst", _I),
    _rule(CLOCK_ALONE, _CLOCK, clock_alone, "m|noon|midnight|:|hours|hrs|utc|cet|bst", _I),
    _rule(
        "holiday",
        rf"\b(?P<d>(?:(?P<rel>last|next|"
        rf"this) )?(?P<name>{HOLIDAY_NAMES})(?:,? (?P<year>{YEAR}))?)\b",
        holiday,
        "christmas|new year| day|halloween|july|thanksgiving|easter|friday",
        _I,
    ),
    _rule(
        "century",
        r"\b(?P<d>(?:the )?(?:(?:early|late|mid)[- ])?(?P<nth>\d\d(?:st|nd|rd|th)|seventeenth|"
        r"eighteenth|nineteenth|twentieth|twenty-first) century)\b",
        _century,
        "century",
        _I,
    ),
)
NEEDED = frozenset().union(*(rule.needs for rule in RULES)) - {"#"}
"""All words that some rule needs."""
