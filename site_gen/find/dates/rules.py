"""The table of date rules: a pattern, and a function from a match and its context to a TIMEX3
value.

A new rule is one entry in ``RULES``. A rule's span is the group ``d`` where it has one, else the
whole match. A function that gives an empty string says that this is no date after all (``March
on``, ``May`` the verb, 2,000 troops).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from site_gen.find.dates.calendar import TENS_WORDS
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
    PREFIX,
    UNIT,
    VAGUE,
    YEAR,
    month_number,
)
from site_gen.find.dates.tense import Context
from site_gen.find.dates.values import (
    bare_month,
    century,
    day_month,
    day_range,
    decade,
    half,
    iso,
    month_range,
    month_short_year,
    month_year,
    near_day,
    numeric,
    plain_decade,
    quarter,
    season,
    season_years,
    spelled_year,
    weekday,
    year,
    year_span,
)
from site_gen.find.dates.weekdays import ordinal_weekday, weekday_week, weeks_ago_weekday
from site_gen.rules import Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class DateRule(Rule):
    """A named rule for dates. ``needs`` is a quick look: where the paragraph, in lower case, holds
    none of these words, the rule is not tried. A name of ``SIGNS`` stands for what its pattern
    finds in the paragraph as it is.
    """

    pattern: re.Pattern[str]
    value: Callable[[re.Match[str], Context], str]
    needs: frozenset[str] = frozenset()


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
_M_NEEDS = "MONTH"
_Y_NEEDS = "YEAR"
SIGNS: Mapping[str, re.Pattern[str]] = {
    _M_NEEDS: re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"),
    _Y_NEEDS: re.compile(r"(?:1[5-9]|20)\d\d"),
    "DAY": re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"),
    "DIGIT": re.compile(r"\d"),
    "'DIGITS": re.compile(r"['’‘]\d\d"),
}
"""What a rule may need beside words, by a name in capitals."""

CLOCK_ALONE = "clock, day not named"
_CLOCK = (
    r"(?<![\d.,:])\b(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?)|"
    r"(?P<named>noon|midnight)\b|(?P<h24>[01]?\d|"
    r"2[0-3]):(?P<m24>[0-5]\d)(?! ?[ap]\.?m)(?=,? (?:on )?(?:(?:mon|tues|wednes|thurs|fri|satur|"
    r"sun)day|local time|gmt|cet|bst|utc))|(?P<hw>[01]\d|2[0-3])(?P<mw>[0-5]\d)(?=\s?(?:gmt|utc|"
    r"cet|bst|(?:hours|hrs)(?! of\b)|local time)\b))"
)

RULES: tuple[DateRule, ...] = (
    _rule("iso", rf"(?<![\d-]){YEAR}-\d\d-\d\d(?![\d-])", iso, _Y_NEEDS),
    _rule(
        "month-day-range",
        rf"\b(?P<month>{MONTH}) (?P<day>{DAY_NUMBER})\s?(?:-|–|to|through|until|"
        rf"and)\s?(?:(?P<month2>{MONTH}) )?(?P<day2>{DAY_NUMBER})(?:,? (?P<year>{YEAR}))?\b"
        rf"(?![\d%])",
        day_range,
        _M_NEEDS,
    ),
    _rule(
        "day-range-month",
        rf"\b(?P<day>{DAY_NUMBER})\s?(?:-|–|to|"
        rf"and)\s?(?P<day2>{DAY_NUMBER}) (?P<month>{MONTH})(?P<month2>(?!))?(?:,? "
        rf"(?P<year>{YEAR}))?(?!\w)",
        day_range,
        _M_NEEDS,
    ),
    _rule(
        "month-day-year",
        rf"\b{PREFIX}(?P<month>{MONTH}) (?:the )?(?P<day>{DAY_NUMBER})(?:,? (?P<year>{YEAR}))?\b"
        rf"(?![,.]?\d|%)",
        day_month,
        _M_NEEDS,
    ),
    _rule(
        "day-range-months",
        rf"\b(?P<day>{DAY_NUMBER}) (?P<month>{MONTH})\s?(?:-|–|to|"
        rf"until)\s?(?P<day2>{DAY_NUMBER}) (?P<month2>{MONTH})(?:,? (?P<year>{YEAR}))?(?!\w)",
        day_range,
        _M_NEEDS,
    ),
    _rule(
        "numeric",
        r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<year>(?:19|"
        r"20)\d\d)(?![\d/-])",
        numeric,
        _Y_NEEDS,
    ),
    _rule(
        "day-month-year",
        rf"\b{PREFIX}(?P<day>{DAY_NUMBER}) (?:of )?(?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?"
        rf"(?!\w)",
        day_month,
        _M_NEEDS,
    ),
    _rule(
        "month-year",
        rf"\b(?P<d>{VAGUE}?(?P<month>{MONTH})(?:,| of)? (?P<year>{YEAR}))\b",
        month_year,
        _Y_NEEDS,
    ),
    _rule(
        "bare-month",
        r"\b(?P<d>(?:(?P<rel>(?i:last|next|this past|this))"
        rf" )?(?P<vague>{VAGUE})?(?P<month>{MONTH}))(?!\w)",
        bare_month,
        _M_NEEDS,
    ),
    _rule(
        "months-of-a-year",
        rf"\b(?P<d>(?:[Ff]rom )?(?P<month>{MONTH})(?:\s?(?:-|–)\s?| (?:to|through|until|till|"
        rf"(?P<and>and)) )(?P<month2>{MONTH})(?:,| of)? (?P<year>{YEAR}))\b",
        month_range,
        _Y_NEEDS,
    ),
    _rule(
        "month-short-year",
        rf"\b(?P<d>(?P<month>{MONTH}),? ['’‘](?P<yy>\d\d))(?!\w)",
        month_short_year,
        "'DIGITS",
    ),
    _rule(
        "ordinal-weekday",
        r"\b(?P<d>(?:the )?(?P<nth>first|second|third|fourth|fifth|last|final|1st|2nd|3rd|4th)"
        rf" (?P<weekday>{DAYNAME}) (?:in|of) (?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?)(?!\w)",
        ordinal_weekday,
        "day in |day of ",
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
        "week from |weeks from ",
        re.IGNORECASE,
    ),
    _rule(
        "season-years",
        r"\b(?P<d>(?:the )?(?P<season>(?i:winter|season))(?: of)?,?"
        rf" (?P<year>{YEAR})\s?[-–/]\s?(?P<last>(?:\d\d)?\d\d))\b",
        season_years,
        _Y_NEEDS,
    ),
    _rule(
        "plain-decade",
        r"\b(?P<d>(?:(?<=and )|(?<=or )|(?:the )(?:(?:early|late|mid)[- ])?|(?:early|late|"
        r"mid)[- ])(?P<decade>[2-9]0)s)\b",
        plain_decade,
        "0s",
    ),
    _rule(
        "half",
        r"\b(?P<d>(?:the )?(?P<nth>first|second) half of (?:the"
        rf" )?(?:(?P<year>{YEAR})|(?P<rel>this|last|next) year))\b",
        half,
        "half",
        _I,
    ),
    _rule(
        "year-span",
        rf"\b(?P<d>(?P<first>{YEAR})\s?[-–/]\s?(?P<last>(?:{YEAR})|\d\d))\b(?![-–/])",
        year_span,
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
        year_span,
        _Y_NEEDS,
    ),
    _rule(
        "season-year",
        rf"\b(?P<d>{VAGUE}?(?:the )?(?P<season>(?i:spring|summer|fall|autumn|"
        rf"winter))(?: of)? (?P<year>{YEAR}))\b",
        season,
        _Y_NEEDS,
    ),
    _rule(
        "quarter",
        r"\b(?P<d>(?:the )?(?:(?P<nth>first|second|third|fourth)[- ]quarter|Q(?P<q>[1-4]))(?:"
        rf" of)?(?:,? (?P<year>{YEAR}))?)\b",
        quarter,
        "quarter|q1|q2|q3|q4",
        _I,
    ),
    _rule(
        "decade",
        r"(?:\b(?P<d>(?:the )?(?:(?:early|late|mid)[- ])?(?P<decade>1[5-9]\d0|20\d0)['’]?s)\b)",
        decade,
        "0s|0's|0’s",
    ),
    _rule(
        "short-decade",
        r"(?P<d>(?:the )?(?:(?:early|late|mid)[- ])?['’‘](?P<decade>[2-9]0)s)\b",
        decade,
        "'DIGITS",
    ),
    _rule(
        "fiscal-year",
        rf"\b(?P<d>(?:the )?(?:fiscal|financial)(?: year)? (?P<year>{YEAR}))\b",
        lambda m, c: m["year"],
        _Y_NEEDS,
        _I,
    ),
    _rule("year", rf"(?<![\w$€£,.#/-])(?P<d>{VAGUE}?(?P<year>{YEAR}))\b(?!s\b)", year, _Y_NEEDS),
    _rule(
        "spelled-year",
        rf"\b(?P<d>(?:(?P<month>{MONTH}),? )?(?:the year"
        r" )?(?:(?P<hundred>eighteen|nineteen|twenty)[ -](?:hundred(?: and)? |oh["
        rf" -])?(?P<rest>{TENS_WORDS})|(?P<thousand>the year two thousand)))\b",
        spelled_year,
        "eighteen|nineteen|twenty|thousand",
        _I,
    ),
    _rule(
        "weekday",
        r"\b(?P<d>(?:(?:early|late|earlier|later)(?: on)? )?(?:(?P<rel>(?i:the"
        rf" previous|last|next|this coming|this past|this|"
        rf"coming)) )?(?P<weekday>{DAYNAME})(?: (?P<part>{PART}))?)\b(?!s\b)",
        weekday,
        "DAY",
    ),
    _rule(
        "near-day",
        r"\b(?P<d>(?:(?:early|late|earlier|later|mid-?afternoon|"
        r"mid-?morning) )?(?P<word>the day before yesterday|the day after tomorrow|today|"
        r"yesterday(?: (?:morning|afternoon|evening))?|tomorrow(?: (?:morning|afternoon|evening|"
        r"night))?|tonight|last (?:night|evening)|overnight|this (?:morning|afternoon|"
        r"evening)))\b",
        near_day,
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
        "week|month|year|quarter|decade|century|spring|summer|fall|autumn|winter",
        _I,
    ),
    _rule(
        "end-of",
        r"\b(?P<d>(?:the )?(?:end|rest|remainder|beginning|start|middle) of (?:the|"
        r"this) (?P<unit>year|month|week|decade))\b(?! (?:\d|ended|before|after|in|of))",
        this_unit,
        "end of |rest of |remainder of |beginning of |start of |middle of ",
        _I,
    ),
    _rule(
        "from-now",
        rf"\b(?P<d>(?P<count>{COUNT}) (?P<unit>{UNIT})s? from now)\b",
        from_now,
        " from now",
        _I,
    ),
    _rule(
        "short-year", r"(?<=\b(?:in|of)\s)(?P<d>['’‘](?P<yy>\d\d))\b(?!s)", short_year, "'DIGITS"
    ),
    _rule(
        "ago",
        rf"\b(?P<d>(?:(?:about|almost|nearly|roughly|some|more than|over|"
        rf"just) )?(?P<count>{COUNT}) (?P<unit>{UNIT})s? ago)\b",
        ago,
        " ago",
        _I,
    ),
    _rule("clock", _CLOCK, clock, "DIGIT|noon|midnight", _I),
    _rule(CLOCK_ALONE, _CLOCK, clock_alone, "DIGIT|noon|midnight", _I),
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
        century,
        "century",
        _I,
    ),
)
NEEDED = frozenset().union(*(rule.needs for rule in RULES)) - SIGNS.keys()
"""All words that some rule needs."""
