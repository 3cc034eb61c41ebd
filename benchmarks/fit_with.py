"""fit --with FILE: what fitting the models on an editor's decisions as well would change.

FILE is what ``site-gen rulings export`` writes. The models of rows and links are fitted anew on the
development data and these decisions together; nothing is written. Printed is how many of the
decisions the shipped models and the new ones agree with (the new ones also on decisions that they
did not see, in five folds), and what that does to the figures on the development data.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path
from typing import Any

from benchmarks import fit_links, fit_rows
from site_gen.compare import alike
from site_gen.compare.alike import Pair, RowModels
from site_gen.compare.mentions import Mention, Side
from site_gen.compare.rows import compare_facts
from site_gen.match.features import features
from site_gen.match.pairs import keep, shipped
from site_gen.model import Article, Comparison, Paragraph, Story
from site_gen.pipeline import annotate, match
from site_gen.yaml_lines import parse_moment

FOLDS = 5
WEIGHT = 2.0
"""Weight of an editor's pair among those of the development data: it was looked at one by one."""


@dataclass(frozen=True)
class Decided:
    """A story with what an editor decided in it."""

    id: str
    comparison: Comparison
    gold: Mapping[str, Any]

    def pairs(self) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...], bool]]:
        """Two cells that were decided on: each as source, paragraph and words; whether they are of
        one thing."""
        for right, rows in (
            (True, self.gold["comparison"]),
            (False, self.gold["different"]["comparison"]),
        ):
            for row in rows:
                cells = [(s, *cell) for s, cell in sorted(row["cells"].items())]
                for n, x in enumerate(cells):
                    yield from ((x, y, right) for y in cells[n + 1 :])


def load(path: Path) -> list[Decided]:
    """The stories of an exported file; ``SystemExit`` where it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return [_decided(gold) for gold in data["stories"]]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise SystemExit(
            f"{path}: this is no export of rulings ({fault}); make one with"
            " `site-gen rulings export --out FILE`"
        ) from None


def _decided(gold: Mapping[str, Any]) -> Decided:
    articles = tuple(
        Article(
            id=name,
            outlet=a["outlet"],
            path=f"{name}.md",
            published=parse_moment(a["published"]) if a["published"] else None,
            paragraphs=tuple(
                Paragraph(index=n, role=p["role"], text=p["text"], pid=f"p-{n}")
                for n, p in enumerate(a["paragraphs"])
            ),
        )
        for name, a in sorted(gold["articles"].items())
    )
    story = Story(id=gold["id"], title=gold["story"], path="index.md", articles=articles)
    annotated = {a.id: annotate(a) for a in articles}
    comparison = Comparison(
        story=story, annotated=tuple(annotated.values()), matches=match(annotated), rows=()
    )
    return Decided(gold["id"], comparison, gold)


def samples(work: Sequence[Decided]) -> Iterator[fit_rows.Sample]:
    """The pairs of values that were decided on, with their evidence."""
    for item in work:
        labelled = fit_rows.Labelled("rulings", item.id, item.comparison, [])
        decided = list(item.pairs())
        for pair in labelled.pairs(fit_rows.NOTHING):
            yield from _of(pair, decided)


def _of(pair: Pair, decided: Sequence[tuple[Any, Any, bool]]) -> Iterator[fit_rows.Sample]:
    for x, y, right in decided:
        for one, other in ((x, y), (y, x)):
            f, g = _mention(pair.a, one), _mention(pair.b, other)
            if f and g and alike.comparable(f, g) and alike.agree(f, g):
                yield fit_rows.Sample(f.kind, alike.evidence(f, g, pair), right, WEIGHT)


def _mention(side: Side, cell: tuple[Any, ...]) -> Mention | None:
    return next((m for m in side.mentions if fit_rows.fits(m, cell)), None)


def agreed_rows(work: Sequence[Decided], models: RowModels) -> tuple[int, int]:
    """How many of the pairs that were decided on models put together, or leave apart, as the editor
    did; and how many there are."""
    hit = total = 0
    for item in work:
        sources = [item.comparison.annotation(s) for s in item.comparison.matches.sources]
        rows = compare_facts(sources, item.comparison.matches, {}, models)
        of = {
            (c.source, s.place.paragraph, s.text): r.id
            for r in rows
            if r.qualifier != "possibly the same thing"
            for c in r.cells
            for s in c.statements
        }
        for x, y, right in item.pairs():
            one, other = of.get(tuple(x)), of.get(tuple(y))
            hit += (one is not None and one == other) == right
            total += 1
    return hit, total


def tasks(work: Sequence[Decided]) -> list[fit_links.Task]:
    """Every pair of articles with decisions on their paragraphs; what was not decided is left
    out of the fitting."""
    out = []
    for item in work:
        of = features(list(item.comparison.annotated))
        for x, y in combinations(item.comparison.annotated, 2):
            p, q = ({b.index: k for k, b in enumerate(s.article.body)} for s in (x, y))
            a, b = x.article.id, y.article.id
            gold, wrong = (
                frozenset((p[i], q[j]) for i, j in pairs if i in p and j in q)
                for pairs in (_together(item.gold, a, b), _apart(item.gold, a, b))
            )
            if gold | wrong:
                rest = frozenset(product(range(len(p)), range(len(q)))) - gold - wrong
                left, beside = ([of[s, k] for k in order] for s, order in ((a, p), (b, q)))
                name = f"{item.id} {a} {b}"
                out.append(fit_links.task_of("rulings", name, left, beside, gold, rest))
    return out


def _together(gold: Mapping[str, Any], first: str, second: str) -> set[tuple[int, int]]:
    """The paragraphs of two articles that stand in one passage."""
    return {p for g in gold["passages"] for p in product(g.get(first, ()), g.get(second, ()))}


def _apart(gold: Mapping[str, Any], first: str, second: str) -> set[tuple[int, int]]:
    """The paragraphs of two articles that were taken apart."""
    pairs = [(x, y) for pair in gold["different"]["passages"] for x, y in (pair, pair[::-1])]
    return {(x[1], y[1]) for x, y in pairs if (x[0], y[0]) == (first, second)}


def agreed_links(work: Sequence[fit_links.Task], readings: fit_links.Readings) -> tuple[int, int]:
    """How many of the pairs of paragraphs that were decided on readings link, or do not, as the
    editor did; and how many there are."""
    hit = total = 0
    for task in work:
        mine = keep(fit_links.scores(task, readings))
        told = {c for c in task.cells if c not in task.ignore} | task.gold
        hit += sum((c in mine) == (c in task.gold) for c in told)
        total += len(told)
    return hit, total


def _share(pair: tuple[int, int]) -> str:
    return f"{pair[0]} of {pair[1]}"


def run(path: Path) -> None:
    """Print what a refit would change; nothing is written."""
    work = load(path)
    print(f"{path}: {len(work)} stories; nothing is written\n")
    _rows(work)
    _links(tasks(work))


def _rows(work: Sequence[Decided]) -> None:
    known = fit_rows.load()
    before = alike.shipped()
    base = list(fit_rows.samples(known))

    def fitted(extra: Sequence[Decided]) -> RowModels:
        found = [*base, *samples(extra)]
        return replace(
            before,
            same=fit_rows.fit_on(found, alike.NAMES),
            blind=fit_rows.fit_on(found, alike.BLIND),
        )

    after = fitted(work)
    hit = total = 0
    for fold in range(FOLDS):
        away = work[fold::FOLDS]
        if away:
            h, t = agreed_rows(away, fitted([w for w in work if w not in away]))
            hit, total = hit + h, total + t
    print("rows: pairs of values that the editor decided on, decided alike")
    print(f"  shipped models             {_share(agreed_rows(work, before))}")
    print(f"  fitted on them too         {_share(agreed_rows(work, after))}")
    print(f"  fitted without their story {_share((hit, total))}")
    fit_rows.show("  shipped", fit_rows.score(known, before))
    fit_rows.show("  refitted", fit_rows.score(known, after))


def _links(extra: Sequence[fit_links.Task]) -> None:
    print("\nlinks: pairs of paragraphs that the editor decided on, decided alike")
    if not extra:
        print("  none were decided on")
        return
    known = fit_links.tasks(Path(os.environ["SITE_GEN_BENCH"]))
    before = {kind: shipped(kind) for kind in fit_links.KINDS}
    after = fit_links.train([*known, *extra])
    hit = total = 0
    for fold in range(FOLDS):
        away = list(extra[fold::FOLDS])
        if away:
            rest = [t for t in extra if t not in away]
            h, t = agreed_links(away, fit_links.train([*known, *rest]))
            hit, total = hit + h, total + t
    print(f"  shipped models              {_share(agreed_links(extra, before))}")
    print(f"  fitted on them too          {_share(agreed_links(extra, after))}")
    print(f"  fitted without their fold   {_share((hit, total))}")
    for name, readings in (("  shipped", before), ("  refitted", after)):
        fit_links.show(
            name, fit_links.f1_by_set(known, [fit_links.scores(t, readings) for t in known])
        )
