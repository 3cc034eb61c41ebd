"""figures: sentences → quantities, in the words of the scorer: dollar, percentage, troop; = ~ >
<."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from benchmarks import read
from site_gen.find.dates import find_dates
from site_gen.find.figures import find_figures
from site_gen.language.words import singular
from site_gen.model import Figure, Paragraph

_MODIFIERS = {
    "exact": "=",
    "about": "~",
    "more_than": ">",
    "less_than": "<",
    "at_most": "<",
    "order": "=",
}
_UNITS = {
    "USD": "dollar",
    "EUR": "euro",
    "GBP": "pound sterling",
    "JPY": "japanese yen",
    "CNY": "chinese yuan",
    "INR": "indian rupee",
    "RUB": "russian ruble",
    "KRW": "south korean won",
    "CHF": "swiss franc",
    "MXN": "mexican peso",
    "percent": "percentage",
    "times": "count",
    "tonne": "metric ton",
    "AUD": "australian dollar",
    "CAD": "canadian dollar",
    "SEK": "swedish krona",
    "NOK": "norwegian krone",
    "DEM": "german mark",
    "ZAR": "south african rand",
    "ILS": "shekel",
    "MYR": "malaysian ringgit",
    "HKD": "hong kong dollar",
    "degree celsius": "celsius",
    "degree fahrenheit": "fahrenheit",
    "parts per billion": "parts-per-billion",
    "parts per million": "parts-per-million",
    "kilowatt-hour": "kilowatt hour",
    "revolution per minute": "revolutions per minute",
}

_BETWEEN = re.compile(r"(?: U\.S\.)?(?: (?:at|in|per|a) [^,;]{1,20})? to (?:US )?")


def run(texts: Path, out: Path) -> None:
    """Read every sentence."""
    rows = []
    for item in read.json_lines(texts):
        p = Paragraph(index=0, role="body", text=item["text"])
        dates = find_dates([p], None)
        found = [
            f
            for f in find_figures([p], [(0, d.start, d.end) for d in dates])
            if f.rule not in ("multiple", "a as one")
        ]
        rows += [
            {"id": item["id"], **row}
            for row in _ranges([quantity(f, item["text"]) for f in found], item["text"])
        ]
    read.write_lines(out, rows)


def _ranges(rows: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """ "From $75 to $45" is two figures for us and one range for the benchmark."""
    out: list[dict[str, Any]] = []
    for row in rows:
        last = out[-1] if out else None
        if (
            last and not isinstance(last["value"], list) and not isinstance(row["value"], list)
            and _BETWEEN.fullmatch(text, last["end"], row["start"])
            and re.search(r"\bfrom $", text[: last["start"]])
        ):  # fmt: skip
            out[-1] = {
                **last,
                "end": row["end"],
                "text": text[last["start"] : row["end"]],
                "value": [last["value"], row["value"]],
                "unit": last["unit"] if last["unit"] != "-" else row["unit"],
            }
        else:
            out.append(row)
    return out


_PER = re.compile(
    r",? (?:per|an?) (share|ounce|barrel|gallon|litre|liter|gram|kilogram|kilo|pound|tonne|ton|"
    r"square (?:foot|metre|meter)|sq\.? ?(?:m|ft)|acre|year|month|week|day|hour|person|capita|"
    r"century|minute)\b(?! (?:ago|earlier|later|before))|(?: U\.S\.)? per (\w+)",
    re.IGNORECASE,
)
"""A rate is a figure and what it is for, in the text right after it; the benchmark counts both as
the unit."""
_SPELLED = {
    "sq m": "square metre",
    "sq. m": "square metre",
    "sq ft": "square foot",
    "liter": "litre",
    "square meter": "square metre",
}


def quantity(f: Figure, text: str) -> dict[str, Any]:
    """A figure as the scorer reads it: its unit is the noun phrase that is counted, a cent is a
    unit, an age has one of its own."""
    factor = 1.0
    unit = _UNITS.get(f.unit, f.unit) or _phrase(f.counted) or "-"
    if f.rule in ("fraction", "one in three") and not f.unit:
        unit = f"% {_phrase(f.counted) or '-'}"
    if f.unit == "year" and re.fullmatch(r"\d+", f.text):
        unit = "year of age"
    if f.unit == "USD" and re.search(r"\bcents?\b", f.text):
        unit, factor = "cent", 100.0
    if f.unit == "GBP" and re.search(r"\b(?:pence|penny)$", f.text):
        unit, factor = "penny", 100.0
    if f.unit in ("year", "month", "week", "day") and re.search(r"\bold\b|-old", f.text):
        unit = f"{f.unit} of age"
    if per := _PER.match(text, f.end):
        name = (per[1] or per[2]).lower()
        unit = f"{unit} per {_SPELLED.get(name, name)}"
    low, high = (None if v is None else float(f"{v * factor:.12g}") for v in (f.low, f.high))
    value: Any = low if low is not None else high
    if low is not None and high is not None and low != high:
        value = [low, 120 if f.hedge == "order" and low == 12 else high]
    return {
        "start": f.start,
        "end": f.end,
        "text": f.text,
        "value": value,
        "unit": unit,
        "modifier": _MODIFIERS[f.hedge],
    }


def _phrase(counted: str) -> str:
    words = counted.lower().split()
    return " ".join([*words[:-1], singular(words[-1])]) if words else ""
