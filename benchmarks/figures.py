"""figures: sentences → quantities, in the words of the scorer: dollar, percentage, troop; = ~ > <."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks import read
from site_gen.find.dates import find_dates
from site_gen.find.figures import find_figures
from site_gen.model import Figure, Paragraph

_MODIFIERS = {"exact": "=", "about": "~", "more_than": ">", "less_than": "<", "at_most": "<", "order": "~"}
_UNITS = {
    "USD": "dollar", "EUR": "euro", "GBP": "pound sterling", "JPY": "japanese yen", "CNY": "chinese yuan", "INR": "indian rupee", "RUB": "russian ruble",
    "KRW": "south korean won", "CHF": "swiss franc", "MXN": "mexican peso", "percent": "percentage", "times": "count", "tonne": "metric ton",
    "AUD": "australian dollar", "CAD": "canadian dollar", "SEK": "swedish krona", "NOK": "norwegian krone", "DEM": "german mark", "ZAR": "south african rand",
}  # fmt: skip


def run(texts: Path, out: Path) -> None:
    """Read every sentence."""
    rows = []
    for item in read.json_lines(texts):
        p = Paragraph(index=0, role="body", text=item["text"])
        dates = find_dates([p], None)
        rows += [{"id": item["id"], **quantity(f)} for f in find_figures([p], [(0, d.start, d.end) for d in dates])]
    read.write_lines(out, rows)


def quantity(f: Figure) -> dict[str, Any]:
    """A figure as the scorer reads it."""
    value: Any = f.low if f.low is not None else f.high
    if f.low is not None and f.high is not None and f.low != f.high:
        value = f.low if f.hedge == "order" else [f.low, f.high]
    unit = _UNITS.get(f.unit, f.unit) or f.head or "-"
    return {"start": f.start, "end": f.end, "text": f.text, "value": value, "unit": unit, "modifier": _MODIFIERS[f.hedge]}
