"""Quotation rows: the same words inside quotation marks in several sources, also where one cut or altered them."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Indel

from site_gen.compare.rows import silent, unique_ids
from site_gen.model import Annotated, Cell, Matches, Place, Quotation, Row, Statement, Verdict
from site_gen.words import words

_INSERTED = re.compile(r"\[[^\]]*\]|\([^)]*\)|…|\.{3}")
"""What an outlet put into or cut out of a quotation, and says so."""
LEAST = 4
"""Quotations of fewer words are set phrases or scare quotes and are not compared."""
ALIKE = 0.6
"""Share of words in order, of the shorter quotation, from which two are the same quotation."""


def compare_quotations(sources: Sequence[Annotated], matches: Matches) -> tuple[Row, ...]:
    """One row for each quotation that stands in at least two sources."""
    found = [(s.article.id, q, tuple(w for _, _, w in words(_INSERTED.sub(" ", q.text)))) for s in sources for q in s.quotations]
    found = [f for f in found if len(f[2]) >= LEAST]
    outlet = {s.article.id: s.article.outlet for s in sources}
    group = {n: frozenset({n}) for n in range(len(found))}
    scored = sorted(
        (-score, x, y)
        for x in range(len(found))
        for y in range(x + 1, len(found))
        if found[x][0] != found[y][0] and _may_be_one(found[x][1], found[y][1]) and (score := _alike(found[x][2], found[y][2])) >= ALIKE
    )
    for _, x, y in scored:
        a, b = group[x], group[y]
        if a is not b and not {found[n][0] for n in a} & {found[n][0] for n in b}:
            for n in a | b:
                group[n] = a | b
    origin = {s: matches.origin_of(s) for s in matches.sources}
    rows = []
    for members in sorted({tuple(sorted(g)) for g in group.values() if len(g) > 1}):
        rows.append(_row([found[n] for n in members], sources, matches, origin, outlet))
    return unique_ids(sorted(rows, key=lambda r: (-r.weight, r.label, r.id)))


def _alike(a: Sequence[str], b: Sequence[str]) -> float:
    runs = [op.src_end - op.src_start for op in Indel.opcodes(a, b) if op.tag == "equal"]
    return sum(runs) / min(len(a), len(b)) if max(runs, default=0) >= LEAST else 0.0


def _may_be_one(a: Quotation, b: Quotation) -> bool:
    """Whether two quotations can have one speaker: not where both are named and share no word of their names."""
    left, right = ({w for _, _, w in words(q.speaker)} for q in (a, b))
    return not left or not right or bool(left & right)


def _row(
    found: Sequence[tuple[str, Quotation, tuple[str, ...]]], sources: Sequence[Annotated], matches: Matches,
    origin: Mapping[str, str], outlet: Mapping[str, str],
) -> Row:  # fmt: skip
    found = sorted(found, key=lambda f: matches.sources.index(f[0]))
    cells = tuple(
        Cell(source=source, statements=(Statement(
            place=Place(article=source, paragraph=q.paragraph, start=q.start, end=q.end), text=q.text, hedge="", low=None, high=None, said_by=q.speaker,
        ),)) for source, q, _ in found
    )  # fmt: skip
    origins = len({origin[f[0]] for f in found})
    verdict, reason, rule = _verdict(found, origins, outlet)
    longest = max(found, key=lambda f: (len(f[2]), f[0]))
    first = min(found, key=lambda f: f[0])
    return Row(
        id="r-" + hashlib.sha256(("quotation|" + " ".join(first[2][:8])).encode()).hexdigest()[:8], kind="quotation",
        label=_shorten(longest[1].text), cells=cells, silent=silent(sources, {f[0] for f in found}), verdict=verdict,
        qualifier="words differ" if verdict == "conflict" else "",
        reason=reason, rule=rule, origins=origins, weight=float(10 * (len(found) - 1) + (5 if verdict == "conflict" else 0)),
    )  # fmt: skip


def _verdict(found: Sequence[tuple[str, Quotation, tuple[str, ...]]], origins: int, outlet: Mapping[str, str]) -> tuple[Verdict, str, str]:
    if origins < 2:
        return "single", "The sources share one text, which counts once.", "one origin"
    texts = [f[2] for f in found]
    outlets = list(dict.fromkeys(outlet[f[0]] for f in found))
    names = outlets[0] if len(outlets) == 1 else ", ".join(outlets[:-1]) + f" and {outlets[-1]}"
    if all(t == texts[0] for t in texts):
        return "agree", f"{names} quote the same words.", "same words"
    ordered = sorted(texts, key=len)
    if all(_inside(short, long) for short, long in itertools.pairwise(ordered)):
        return "compatible", "One source quotes more of the same words than another.", "one is part of the other"
    return "conflict", f"{names} give the quotation in different words.", "words differ"


def _inside(short: Sequence[str], long: Sequence[str]) -> bool:
    size = len(short)
    return any(tuple(long[n : n + size]) == tuple(short) for n in range(len(long) - size + 1))


def _shorten(text: str) -> str:
    cut = text.split()
    return "“" + " ".join(cut[:14]) + ("…" if len(cut) > 14 else "").strip() + "”"
