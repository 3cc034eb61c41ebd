"""copies: near-copies made from ``corpus/``, and whether they are seen as one origin; and how often
two outlets' own articles are.

light: one word in twenty-five changed, as a desk would; heavy: one in six changed, sentences turned
round, a paragraph in five dropped and a strange lead set before it; cut: the first third (35 % of
the words), lightly edited. Seeded, so that every run makes the same copies.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from benchmarks import read
from site_gen.language.words import sentences
from site_gen.match.origins import origins, overlaps
from site_gen.model import Article, Paragraph

KINDS = ("light", "heavy", "cut")
CHANGED = {"light": 1 / 25, "heavy": 1 / 6, "cut": 1 / 25}
LEFT = 0.35
WORDS = 150
"""Shorter articles are too short to be cut to a third."""


def run(folder: Path) -> dict[str, float]:
    """Recall of each kind of copy and the share of pairs of outlets' own articles taken for one
    origin, in percent."""
    stories = [
        [a for a in s.articles if sum(len(p.text.split()) for p in a.body) >= WORDS]
        for s in read.stories(folder)
    ]
    articles = [a for story in stories for a in story]
    pool = [w for a in articles for p in a.body for w in re.findall(r"[a-z]{4,}", p.text)]
    out = {}
    for kind in KINDS:
        found = sum(
            _one(a, variant(a, kind, pool, articles[n - 1])) for n, a in enumerate(articles)
        )
        out[kind] = 100 * found / len(articles)
    same = [pair for story in stories for pair in combinations(story, 2)]
    other = [(a, b) for n, a in enumerate(articles) for b in articles[n + 3 :: 11]]
    out["false, one event"] = 100 * sum(_one(a, b) for a, b in same) / len(same)
    out["false, other events"] = 100 * sum(_one(a, b) for a, b in other) / len(other)
    return out


def _one(a: Article, b: Article) -> bool:
    pair = [replace(a, id="a"), replace(b, id="b", version_of="", url="")]
    return len(origins(pair, overlaps(pair))) == 1


def variant(article: Article, kind: str, pool: Sequence[str], other: Article) -> Article:
    """A near-copy of an article."""
    luck = random.Random(f"{article.path} {kind}")
    texts = [p.text for p in article.body]
    if kind == "cut":
        texts = _first(texts, LEFT)
    if kind == "heavy":
        texts = [other.body[0].text, *(_turned(t, luck) for t in texts if luck.random() > 0.2)]
    texts = [_changed(t, CHANGED[kind], pool, luck) for t in texts]
    return replace(
        article,
        paragraphs=tuple(
            Paragraph(index=n, role="body", text=t, pid=f"p-{n}") for n, t in enumerate(texts)
        ),
    )


def _first(texts: Sequence[str], share: float) -> list[str]:
    left, out = share * sum(len(t.split()) for t in texts), []
    for text in texts:
        if left <= 0:
            break
        words = text.split()[: max(1, round(left))]
        out.append(" ".join(words))
        left -= len(words)
    return out


def _turned(text: str, luck: random.Random) -> str:
    parts = [text[a:b] for a, b in sentences(text)]
    if luck.random() < 0.5:
        parts.reverse()
    return " ".join(parts)


def _changed(text: str, share: float, pool: Sequence[str], luck: random.Random) -> str:
    return re.sub(
        r"\b[a-z]+\b", lambda m: luck.choice(pool) if luck.random() < share else m[0], text
    )
