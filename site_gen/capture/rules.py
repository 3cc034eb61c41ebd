"""The rules that tell an article from what stands around it. Those that are patterns are data (``rules.yml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, kw_only=True, slots=True)
class PatternRule:
    """One entry of ``rules.yml``."""

    name: str
    patterns: tuple[re.Pattern[str], ...]
    most: int
    rest: bool

    def fits(self, text: str) -> bool:
        """Whether the rule leaves out a block with that text."""
        return len(text.split()) <= self.most and any(p.search(text) for p in self.patterns)


@cache
def pattern_rules() -> tuple[PatternRule, ...]:
    """The entries of ``rules.yml``, in order."""
    rows = yaml.safe_load(files("site_gen.capture").joinpath("rules.yml").read_text(encoding="utf-8"))
    return tuple(
        PatternRule(
            name=row["name"],
            patterns=tuple(re.compile(p, re.IGNORECASE) for p in row["any"]),
            most=row["most"],
            rest=row.get("then") == "rest",
        )
        for row in rows
    )


AGENCIES = ("AP", "AFP", "Reuters", "Getty Images", "Getty", "TASS", "EPA", "EPA-EFE", "Shutterstock", "Associated Press", "Press Association", "PA", "dpa", "ANSA", "Xinhua", "Kyodo", "Bloomberg", "UPI", "Agence France-Presse", "Anadolu Agency", "Anadolu", "Interfax", "RIA Novosti", "Zuma Press", "Alamy", "Magnum", "Handout", "Courtesy")  # fmt: skip
"""News and picture agencies that credits name: facts of the trade."""
_AGENCY = "|".join(re.escape(a) for a in sorted(AGENCIES, key=len, reverse=True))
_NAME = r"(?:[A-Z][\w.'’&-]*|for|of|and|via|the|de|van|von|/|\||,)"
CREDIT_TAIL = re.compile(
    rf"(?:[.!?)”\"]\s*|\s[/|]\s*|^|\s\()(?P<credit>(?:{_NAME}\s*){{0,9}}(?:{_AGENCY})(?:\s*/\s*{_NAME}+)?|(?:{_NAME}\s+){{1,6}}/\s*(?:{_NAME}\s*){{1,5}}|(?:Photo(?:graph)?|Image|Picture|Credit|Video)s?\s*(?:by|:|courtesy of)\s*[^.]{{2,60}})\)?\.?$"
)
CREDIT_ONLY = re.compile(rf"(?:(?:photo|image|picture|credit|video)s?\s*(?:by|:|courtesy of)\s*.{{2,60}}|(?:{_AGENCY})(?:\s*/\s*[\w .]+)?|(?:[a-z0-9-]+\.)+[a-z]{{2,}})", re.IGNORECASE)  # fmt: skip
CAPTION_WORDS = re.compile(r"\((?:file|handout|photo)[^)]*\)|\bfile (?:photo|picture)\b|\b(?:pictured|seen here)\b", re.IGNORECASE)
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
DATE_LINE = re.compile(
    rf"(?:(?:published|updated|posted|last (?:updated|modified)|first published|date)\s*(?:on|at|:)?\s*)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?:(?P<month>{_MONTHS})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTHS})\.?,?\s+(?P<year2>\d{{4}})|(?P<iso>\d{{4}}-\d\d-\d\d))"
    r"(?:\s*(?:,|at|[-–|·])?\s*\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,5})?)?\.?",
    re.IGNORECASE,
)
BYLINE = re.compile(r"(?:by|von|from|written by|reporting by|story by)\s*:?\s+(?P<names>[A-Z].*)", re.IGNORECASE)
CONTRIBUTORS = re.compile(r"^(?P<names>[A-Z][^.]{3,200}?)\s+contributed(?: (?:reporting|to this (?:report|story|article))[^.]*)?\.?$")
EDITING = re.compile(r"^\(?(?:additional )?(?:reporting|editing|writing|compiled) by (?P<names>[^)]+)\)?\.?$", re.IGNORECASE)


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
