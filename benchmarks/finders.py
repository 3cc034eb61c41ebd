"""finders: how fast dates and figures are found, whether the time grows with the text alone, and
how the halves of a set compare.

Rules are written on the first half of each set and checked on the second: a gap of more than two
points is over-fitting.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import read
from site_gen.find.dates import find_dates
from site_gen.find.figures import find_figures
from site_gen.find.speech import find_speech
from site_gen.language import marks, reading, words
from site_gen.model import Paragraph

PATTERNS = (
    "1",
    "1,",
    "one hundred and ",
    "last last last ",
    "May 5 to ",
    "$5 million to ",
    "Monday 5 p.m. ",
)
"""What a text is filled with to see whether a finder's time stays linear."""


def read_again() -> None:
    """Forget what was read of paragraphs: the first reading of a text is what counts."""
    for kept in (reading.read, marks.quoted_spans, words.sentences):
        kept.cache_clear()


def speed(corpus: Path) -> Iterator[tuple[str, float]]:
    """Milliseconds of one core for 3,000 characters of news, after a first run over all of it."""
    articles = [a for s in read.stories(corpus) for a in s.articles]
    size = sum(len(p.text) for a in articles for p in a.all_text)
    found = {
        a.path: find_dates(a.all_text, a.published.day if a.published else None) for a in articles
    }

    def dates() -> None:
        for a in articles:
            find_dates(a.all_text, a.published.day if a.published else None)

    def figures() -> None:
        for a in articles:
            find_figures(a.all_text, [(d.paragraph, d.start, d.end) for d in found[a.path]])

    def speech() -> None:
        read_again()
        for a in articles:
            find_speech(a.all_text)

    for work in (dates, figures, speech):
        yield (
            f"{work.__name__}, ms for 3,000 characters",
            round(1000 * _seconds(work) * 3000 / size, 2),
        )


def linear() -> Iterator[tuple[str, float]]:
    """The largest ratio of the times for 100 and for 50 kB of one pattern; 2 is linear."""
    for name, work in (
        ("dates", lambda p: find_dates([p], None)),
        ("figures", lambda p: find_figures([p], [])),
    ):
        ratios = []
        for pattern in PATTERNS:
            small, large = (
                Paragraph(index=0, role="body", text=(pattern * (n // len(pattern) + 1))[:n])
                for n in (50_000, 100_000)
            )
            work(small)
            ratios.append(
                _seconds(lambda work=work, large=large: work(large))
                / max(1e-9, _seconds(lambda work=work, small=small: work(small)))
            )  # type: ignore[misc]
        yield f"{name}, time for 100 kB over 50 kB, worst", round(max(ratios), 2)


def _seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def halves(path: Path, out: Path, key: str) -> tuple[Path, Path]:
    """The lines of a file in two: those of every other document (by ``key``), and the rest."""
    rows = list(read.json_lines(path))
    order = {name: n for n, name in enumerate(dict.fromkeys(r[key] for r in rows))}
    made = []
    for half in (0, 1):
        target = out / f"half{half}" / path.name
        read.write_lines(target, (r for r in rows if order[r[key]] % 2 == half))
        made.append(target)
    return made[0], made[1]
