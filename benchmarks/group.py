"""group: a pile of texts → labels. The product does not group piles yet; this is average link on
rarity-weighted words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks import read
from site_gen.language.words import STOP_WORDS, stem, words

THRESHOLD = 0.2


def run(docs: Path, out: Path) -> None:
    """Label every text."""
    items = list(read.json_lines(docs))
    bags = [
        Counter(stem(w) for _, _, w in words(d["text"]) if w not in STOP_WORDS and len(w) > 1)
        for d in items
    ]
    seen = Counter(w for bag in bags for w in bag)
    vectors = []
    for bag in bags:
        weights = {
            w: (1 + math.log(n)) * math.log(len(bags) / seen[w])
            for w, n in bag.items()
            if seen[w] > 1
        }
        size = math.sqrt(sum(v * v for v in weights.values())) or 1.0
        vectors.append({w: v / size for w, v in weights.items()})
    read.write_json(
        out, {item["id"]: str(label) for item, label in zip(items, _cluster(vectors), strict=True)}
    )


def _cluster(vectors: list[dict[str, float]]) -> list[int]:
    """Average link, best first, down to the threshold: vectors of a group are summed, so that a
    mean costs one product."""
    sums: dict[int, dict[str, float]] = dict(enumerate(vectors))
    size = dict.fromkeys(sums, 1)
    label = list(range(len(vectors)))
    while True:
        postings: dict[str, list[int]] = defaultdict(list)
        best = (THRESHOLD, -1, -1)
        for n, vector in sorted(sums.items()):
            scores: dict[int, float] = defaultdict(float)
            for word, value in vector.items():
                for other in postings[word]:
                    scores[other] += value * sums[other][word]
                postings[word].append(n)
            for other, score in scores.items():
                mean = score / (size[n] * size[other])
                if mean > best[0]:
                    best = (mean, other, n)
        if best[1] < 0:
            return label
        _, a, b = best
        for word, value in sums.pop(b).items():
            sums[a][word] = sums[a].get(word, 0.0) + value
        size[a] += size.pop(b)
        label = [a if x == b else x for x in label]
