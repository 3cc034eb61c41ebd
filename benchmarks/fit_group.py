"""fit group: the weights by which two articles are held to report the same event →
``site_gen/fitted/group.json``.

Fitted on the pairs of ``group/`` (half of ECB+, topics of two confusable stories); printed and kept
is B3 F1 (Bagga and Baldwin 1998) of topics that a fit did not see, in two and in five folds of
topics, and of ``corpus/``, on which nothing was fitted. scikit-learn does the fitting.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks import read, records
from site_gen.fitted.model import Linear
from site_gen.group import alike
from site_gen.group.cluster import NEVER, candidates, clusters
from site_gen.group.terms import Seen, telling, terms_of, vectors

STRENGTH = 3.0
"""Inverse strength of the regularisation: between 1 and 30 nothing changes by half a point."""
FOLDS = (2, 5)
SEEDS = (0, 1, 2)
FAR = 0.02
"""Pairs whose words have a smaller cosine are no examples: they are easy, and nearly all."""


def run(out: Path) -> None:
    """Fit, measure on unseen topics, write the record."""
    bench = Path(os.environ["SITE_GEN_BENCH"])
    rows = list(read.json_lines(bench / "group" / "docs.jsonl"))
    gold = [str(row["story"]) for row in rows]
    topics = [re.match(r"\d+", story)[0] for story in gold]  # type: ignore[index]
    table, told_by = _evidence([row["text"] for row in rows])
    scores: dict[str, Any] = {}
    for folds in FOLDS:
        found = []
        for seed in SEEDS:
            names = sorted(set(topics))
            random.Random(seed).shuffle(names)
            for n in range(folds):
                held = set(names[n::folds])
                model = _fit(
                    (e, gold[i] == gold[j])
                    for (i, j), e in table.items()
                    if topics[i] not in held and topics[j] not in held
                )
                ours = [n for n, topic in enumerate(topics) if topic in held]
                found.append(_score(ours, table, told_by, gold, model))
        scores[f"B3 F1, {folds} folds"] = round(mean(found), 1)
        scores[f"lowest of {folds} folds"] = round(min(found), 1)
    model = _fit((e, gold[i] == gold[j]) for (i, j), e in table.items())
    scores["B3 F1, seen"] = round(_score(range(len(rows)), table, told_by, gold, model), 1)
    scores["B3 F1, corpus"] = round(_corpus(bench / "corpus", model), 1)
    print(scores)
    records.write(out, "group", {"alike": model}, scores, max(FOLDS))


def _evidence(
    texts: Sequence[str],
) -> tuple[dict[tuple[int, int], dict[str, float]], list[list[int]]]:
    """The evidence of every pair that is near enough, and the telling terms of each text."""
    terms = [terms_of(text) for text in texts]
    seen = Seen(len(terms))
    for found in terms:
        seen.add(found)
    told = [vectors(t, seen) for t in terms]
    pairs = ((i, j) for j in range(len(told)) for i in range(j))
    table = {
        pair: e
        for pair in pairs
        if (e := alike.evidence(told[pair[0]], told[pair[1]]))["words"] > FAR
    }
    return table, [telling(t, seen) for t in terms]


def _fit(examples: Iterable[tuple[Mapping[str, float], bool]]) -> Linear:
    from sklearn.linear_model import LogisticRegression

    found = list(examples)
    names = sorted(found[0][0])
    fitted = LogisticRegression(C=STRENGTH, max_iter=2000).fit(
        [[e[name] for name in names] for e, _ in found], [right for _, right in found]
    )
    weights = dict(zip(names, map(float, fitted.coef_[0]), strict=True))
    return Linear(float(fitted.intercept_[0]), weights)


def _score(
    numbers: Iterable[int],
    table: Mapping[tuple[int, int], Mapping[str, float]],
    told_by: Sequence[Sequence[int]],
    gold: Sequence[str],
    model: Linear,
) -> float:
    """B3 F1 of some of the texts, clustered by themselves."""
    of = list(numbers)

    def ask(i: int, j: int) -> float:
        found = table.get((of[i], of[j]))
        return NEVER if found is None else model.odds(found)

    pairs = candidates([told_by[n] for n in of], [None] * len(of), 0)
    groups = clusters(len(of), {(i, j): ask(i, j) for i, j in pairs}, ask)
    return b3(groups, [gold[n] for n in of])


def b3(groups: Sequence[Sequence[int]], gold: Sequence[str]) -> float:
    """B3 F1 in percent of groups of numbers, against the label of each."""
    label = {n: k for k, found in enumerate(groups) for n in found}
    both = Counter((label[n], g) for n, g in enumerate(gold))
    ours, theirs = Counter(label.values()), Counter(gold)
    precision = mean(both[label[n], g] / ours[label[n]] for n, g in enumerate(gold))
    recall = mean(both[label[n], g] / theirs[g] for n, g in enumerate(gold))
    return 200 * precision * recall / (precision + recall)


def _corpus(folder: Path, model: Linear) -> float:
    """B3 F1 of the stories of a content folder, poured together."""
    articles = [(s.id, a) for s in read.stories(folder) for a in s.articles]
    texts = ["\n".join([a.headline, *(p.text for p in a.body)]) for _, a in articles]
    table, told_by = _evidence(texts)
    return _score(range(len(texts)), table, told_by, [story for story, _ in articles], model)
