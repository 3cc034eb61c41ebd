"""The rules that tell an article from what stands around it. Those that are patterns are data
(``rules.yml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import yaml

from site_gen.capture.main_text import READER_RULES
from site_gen.capture.pdf import PAGE_RULES
from site_gen.language.counting import MONTH
from site_gen.yaml_lines import parse_moment

_REPORTED = re.compile(r"\s(?:said|says|told|according to)\s.*[.!?][\"'”’]?$|\s(?:said|says)[.!?]$")
"""A sentence that reports what somebody said is reporting: no rule leaves it out. Titles say "Says"
and end without a stop."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PatternRule:
    """One entry of ``rules.yml``."""

    name: str
    patterns: tuple[re.Pattern[str], ...]
    most: int = 60
    rest: bool = False
    weak: tuple[re.Pattern[str], ...] = ()
    like: tuple[str, ...] = ()
    """An example for each pattern, in their order; ``like_weak`` for the weak ones; ``unlike``:
    what must not fit."""
    like_weak: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        """Whether the rule leaves out a block with that text."""
        return self._open_to(text) and any(p.search(text) for p in self.patterns)

    def fits_weakly(self, text: str) -> bool:
        """Whether the text has something of such a block: doubtful alone, enough where another
        capture lacks it."""
        return self._open_to(text) and any(p.search(text) for p in self.weak)

    def _open_to(self, text: str) -> bool:
        return (
            len(text) <= 2000 + 40 * self.most
            and len(text.split()) <= self.most
            and not _REPORTED.search(text)
        )


def pattern_rule(
    name: str,
    patterns: Iterable[str],
    *,
    most: int = 60,
    rest: bool = False,
    weak: Iterable[str] = (),
) -> PatternRule:
    """A rule from its words; ``ValueError`` names a regular expression that is none."""
    found: list[tuple[re.Pattern[str], ...]] = []
    for group in (patterns, weak):
        compiled = []
        for pattern in group:
            try:
                compiled.append(re.compile(pattern, re.IGNORECASE))
            except re.error as fault:
                raise ValueError(f"`{pattern}` is no regular expression ({fault})") from None
        found.append(tuple(compiled))
    return PatternRule(name=name, patterns=found[0], most=most, rest=rest, weak=found[1])


@cache
def pattern_rules() -> tuple[PatternRule, ...]:
    """The entries of ``rules.yml``, in order."""
    rows = yaml.safe_load(
        files("site_gen.capture").joinpath("rules.yml").read_text(encoding="utf-8")
    )
    return tuple(
        replace(
            pattern_rule(
                row["name"],
                row["any"],
                most=row["most"],
                rest=row.get("then") == "rest",
                weak=row.get("weak", ()),
            ),
            like=tuple(row["like"]),
            like_weak=tuple(row.get("like_weak", ())),
            unlike=tuple(row.get("unlike", ())),
        )
        for row in rows
    )


def rule_names() -> frozenset[str]:
    """The names of all rules, those of ``rules.yml`` and those that are code: what ``--keep`` can
    name, beside a site's own."""
    coded = (
        "masthead",
        "agency credit",
        "byline",
        "date line",
        "contributors",
        "image credit",
        "repeated headline",
        "navigation before the headline",
        *PAGE_RULES,
        *READER_RULES,
    )
    return frozenset((*coded, *(r.name for r in pattern_rules())))


AGENCIES = (
    "AP",
    "AFP",
    "Reuters",
    "Getty Images",
    "Getty",
    "TASS",
    "EPA",
    "EPA-EFE",
    "Shutterstock",
    "Associated Press",
    "Press Association",
    "PA",
    "dpa",
    "ANSA",
    "Xinhua",
    "Kyodo",
    "Bloomberg",
    "UPI",
    "Agence France-Presse",
    "Anadolu Agency",
    "Anadolu",
    "Interfax",
    "RIA Novosti",
    "Zuma Press",
    "Alamy",
    "Magnum",
    "Handout",
    "Courtesy",
)
"""News and picture agencies that credits name: facts of the trade."""
_AGENCY = "|".join(re.escape(a) for a in sorted(AGENCIES, key=len, reverse=True))
_NAME = r"(?:[A-Z][\w.'’&-]*|for|of|and|via|the|de|van|von)"
_BETWEEN = r"(?:\s+|\s*[/|,]\s*)"
CREDIT_TAIL = re.compile(
    rf"(?:[.!?)”\"]\s*|\s[/|]\s*|^|"
    rf"\s\()(?P<credit>(?:{_NAME}{_BETWEEN}){{0,9}}(?:{_AGENCY})(?:{_BETWEEN}{_NAME}){{0,3}}|"
    rf"{_NAME}(?:\s+{_NAME}){{0,5}}\s*/\s*{_NAME}(?:\s+{_NAME}){{0,4}}"
    r"|(?:Photo(?:graph)?|Image|Picture|Credit|Video)s?\s*(?:by|:|courtesy of)\s*[^.]{2,60})\)?\.?$"
)
CREDIT_ONLY = re.compile(
    r"(?:(?:photo|image|picture|credit|video)s?\s*(?:by|:|courtesy"
    rf" of)\s*.{{2,60}}|(?:{_AGENCY})(?:\s*/\s*[\w .]+)?|(?:[a-z0-9-]+\.)+[a-z]{{2,}})",
    re.IGNORECASE,
)
CAPTION_WORDS = re.compile(
    r"^(?:image|media|photo|picture|video) caption\b|\((?:file|handout|photo)[^)]*\)|"
    r"\bfile (?:photo|picture)\b|\b(?:pictured|seen here)\b",
    re.IGNORECASE,
)
_MONTHS = MONTH
DATE_LINE = re.compile(
    rf"(?:(?:published|updated|posted|last (?:updated|modified)|first published|date)\s*(?:on|at|"
    rf":)?\s*)?(?:(?:mon|tues|wednes|thurs|fri|satur|"
    rf"sun)day,?\s+)?(?:(?P<month>{_MONTHS})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|"
    rf"th)?,?\s+(?P<year>\d{{4}})|(?P<day2>\d{{1,2}})(?:st|nd|rd|"
    rf"th)?\s+(?P<month2>{_MONTHS})\.?,?\s+(?P<year2>\d{{4}})|(?P<iso>\d{{4}}-\d\d-\d\d))"
    r"(?:\s*(?:,|at|[-–|·])?\s*\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,5})?)?\.?",
    re.IGNORECASE,
)


def iso_day(match: re.Match[str]) -> str:
    """The day of a match of ``DATE_LINE`` as ISO 8601 has it; empty where there is no such day."""
    months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    if match["iso"]:
        raw = match["iso"]
    else:
        month = months.index((match["month"] or match["month2"])[:3].lower()) + 1
        year, day = match["year"] or match["year2"], int(match["day"] or match["day2"])
        raw = f"{year}-{month:02d}-{day:02d}"
    try:
        return str(parse_moment(raw))
    except ValueError:
        return ""


DATE_AND_MORE = re.compile(
    rf"{DATE_LINE.pattern}\s*[|·•–—-]\s*(?:last )?(?:updated|published|modified|posted)\b.{{0,60}}",
    re.IGNORECASE,
)
"""A date line that goes on with when it was updated: "June 10, 2031 | Updated 9:15 a.m."."""
NAME_ALONE = re.compile(
    r"[A-ZÀ-Þ][\w’'-]+(?:\s(?:[A-Z]\.|de|van|von|al|bin|[A-ZÀ-Þ][\w’'-]+)){1,3}"
)
POST = re.compile(
    r"(?:[\w’'&-]+\s){0,4}(?:correspondents?|reporters?|editors?|writers?|columnist|journalist|"
    r"producer|analyst)(?:,?\s(?:in|at)\s[\w ]{2,30})?",
    re.IGNORECASE,
)
_POST_BEHIND = re.compile(rf",\s(?:{POST.pattern})$", re.IGNORECASE)


def without_post(text: str) -> str:
    """A byline without what the author is: "By Ada Brandt, Staff Writer"."""
    return _POST_BEHIND.sub("", text)


BYLINE = re.compile(
    r"(?:by|written by|reporting by|story by)\s*:?\s+(?P<names>[A-Z].*)", re.IGNORECASE
)
CONTRIBUTORS = re.compile(
    r"^(?P<names>[A-Z][^.]{3,200}?)\s+contributed(?: (?:reporting|to this (?:report|story|"
    r"article))[^.]*)?\.?$"
)
EDITING = re.compile(
    r"^\(?(?:additional )?(?:reporting|editing|writing|compiled) by (?P<names>[^)]+)\)?\.?$",
    re.IGNORECASE,
)


_IN_NAMES = frozenset(
    "and for of the in at with de da di van von der den al bin y e la le del du".split()
)
_NO_NAME = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:january|february|march|april|june|july|"
    r"august|september|october|november|december)\b",
    re.IGNORECASE,
)


def names_people(text: str) -> bool:
    """Whether the words after "By" can be names: capitalised but for the small words that names
    hold, and no day or month first."""
    words = re.findall(r"[^\W\d_][\w.'’-]*", text)
    return (
        bool(words)
        and not _NO_NAME.match(text)
        and all(w[0].isupper() or w.lower() in _IN_NAMES for w in words)
    )


def people(text: str) -> tuple[str, ...]:
    """The names in "A, B and C"."""
    parts = re.split(r",\s+(?:and\s+)?|\s+and\s+|\s*;\s*|\s*\|\s*", text.strip().rstrip("."))
    return tuple(p.strip() for p in parts if p.strip())


def agency_of(names: tuple[str, ...]) -> str:
    """The news agency among the names of a byline."""
    for name in names:
        for agency in (
            "AFP",
            "Agence France-Presse",
            "Reuters",
            "AP",
            "Associated Press",
            "dpa",
            "Xinhua",
            "TASS",
            "Interfax",
            "Bloomberg",
            "UPI",
            "PA",
            "ANSA",
        ):
            if re.fullmatch(rf"(?:the )?{re.escape(agency)}", name, re.IGNORECASE):
                return agency
    return ""
