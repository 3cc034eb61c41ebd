"""A pile of articles → stories: the order of the steps, and why two articles stand together."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from site_gen.group.alike import odds
from site_gen.group.cluster import NEVER, candidates, clusters, near
from site_gen.group.terms import Seen, Terms, Vectors, telling, vectors
from site_gen.language.words import STOP_WORDS, stem, words

WINDOW = 7
"""Days between two reports of one event, at most, where both have a day."""
OFTEN = 5
"""A text's word counts so often at most."""
HELD = 4096
"""Articles whose weights are held in memory at once."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article of a pile: its terms, and its day where it is known."""

    terms: Terms
    day: dt.date | None = None


def group(
    items: Sequence[Item],
    window: int = WINDOW,
    together: Sequence[Sequence[int]] = (),
    progress: Callable[[int, int], None] | None = None,
) -> list[list[int]]:
    """The stories of a pile: lists of numbers of ``items``, each sorted, in the order of their
    first. ``window``: days between two articles of a story, at most; ``together``: stories that are
    there, which stay as they are and may take others; ``progress`` is called with
    the number of articles that were compared, and of all."""
    seen = Seen(len(items))
    for item in items:
        seen.add(item.terms)
    days = [item.day.toordinal() if item.day else None for item in items]

    @lru_cache(maxsize=HELD)
    def told(number: int) -> Vectors:
        return vectors(items[number].terms, seen)

    def ask(one: int, other: int) -> float:
        if not near(days[one], days[other], window):
            return NEVER
        return odds(told(one), told(other))

    # in the order of days, so that what is compared with one another is held at the same time
    order = sorted(range(len(items)), key=lambda n: (days[n] or 0, n))
    looked_for = [telling(items[n].terms, seen) for n in order]
    found: dict[tuple[int, int], float] = {}
    for i, j in candidates(looked_for, [days[n] for n in order], window):
        pair = (min(order[i], order[j]), max(order[i], order[j]))
        found[pair] = ask(*pair)
        if progress and j % 500 == 0:
            progress(j, len(items))
    return clusters(len(items), found, ask, together)


def shared_words(texts: Sequence[str], rarity: Callable[[str], float], most: int = 6) -> list[str]:
    """The words that tell most of what some texts have in common, as they stand in the first of
    them: those that all have (of many, nearly all), the oftener they say them and the rarer they
    are. ``rarity``: stem → how much it tells."""
    bags: list[Counter[str]] = []
    written: dict[str, str] = {}
    for text in texts:
        long = [(a, b, w) for a, b, w in words(text) if w not in STOP_WORDS and len(w) > 2]
        found = [(stem(w), text[a:b]) for a, b, w in long]
        bags.append(Counter(s for s, _ in found))
        for name, raw in found:
            written.setdefault(name, raw)
    least = min(len(bags), max(2, round(0.8 * len(bags))))
    told = {s: sum(min(bag[s], OFTEN) for bag in bags) * rarity(s) for s in written}
    shared = [s for s in written if sum(s in bag for bag in bags) >= least]
    return [written[s] for s in sorted(shared, key=lambda s: (-told[s], s))[:most]]
