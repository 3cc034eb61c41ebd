"""How long two long or odd articles take from text to comparison: live blogs, repeated quotations
and figures, bare numbers, tables of results. Their sentences are made up by chance."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator, Mapping

from site_gen.model import Article, Moment, Paragraph, Story
from site_gen.pipeline import analyse

DAY = dt.date(2031, 6, 12)
NOUNS = "council harbour bridge ferry storm mayor budget lamp crew engine market tower".split()
QUOTED = "“We have never seen such a thing in this town before,” said Ina Falk."
COUNTED = "The council said that 42 people were hurt in the storm."
NAMES = "Ada Bor Cid Dov Eli Fay Gus Hal Ivo Jan".split()
LONG = 10_000
"""Characters of the odd ones."""


def blog(paragraphs: int, seed: int) -> str:
    """Paragraphs of a live blog with two figures each, a line each."""
    chosen = random.Random(seed)
    lines = []
    for _ in range(paragraphs):
        first, second, third, fourth = (chosen.choice(NOUNS) for _ in range(4))
        lines.append(
            f"The {first} counted {chosen.randint(2, 900)} {second}s at the {third} of the"
            f" {fourth} and promised {chosen.randint(2, 9000)} {fourth}s by the {first}."
        )
    return "\n".join(lines)


def results(lines: int) -> str:
    """A table of results, a line each."""
    return "\n".join(
        f"{NAMES[n % 10]} {NAMES[n // 10 % 10]}son {n} votes, {100 + n * 7} points."
        for n in range(lines)
    )


def two(first: str, second: str) -> Story:
    """Two articles of one day, a paragraph a line."""
    return Story(
        id="s",
        title="S",
        path="s",
        articles=tuple(
            Article(
                id=name,
                outlet=name,
                path=name,
                published=Moment(day=DAY),
                paragraphs=tuple(
                    Paragraph(index=n, role="body", text=line, pid=f"p-{n}")
                    for n, line in enumerate(text.split("\n"))
                ),
            )
            for name, text in (("a", first), ("b", second))
        ),
    )


KINDS: Mapping[str, Callable[[int], Story]] = {
    "a live blog": lambda n: two(blog(n, 1), blog(n, 2)),
    "one quotation, in paragraphs": lambda n: two(*["\n".join([QUOTED] * n)] * 2),
    "one quotation, in a paragraph": lambda n: two(*[" ".join([QUOTED] * n)] * 2),
    "one figure, in paragraphs": lambda n: two(*["\n".join([COUNTED] * n)] * 2),
    "one figure, in a paragraph": lambda n: two(*[" ".join([COUNTED] * n)] * 2),
    "bare numbers": lambda n: two(*["1, " * 4 * n] * 2),
    "a table of results": lambda n: two(results(n), results(n).replace("votes", "ballots")),
}
"""Stories by what they are made of: so many pieces in each of two articles."""


def speed() -> Iterator[tuple[str, float]]:
    """Seconds of one core from text to comparison."""
    analyse(KINDS["a live blog"](10))  # what is loaded once is not timed
    work = [("a live blog", n) for n in (125, 250, 500)] + [
        ("one quotation, in paragraphs", LONG // len(QUOTED)),
        ("one quotation, in a paragraph", LONG // len(QUOTED)),
        ("one figure, in paragraphs", LONG // len(COUNTED)),
        ("one figure, in a paragraph", LONG // len(COUNTED)),
        ("bare numbers", LONG // 12),
        ("a table of results", 200),
    ]
    for kind, many in work:
        story = KINDS[kind](many)
        start = time.process_time()
        analyse(story)
        yield f"{kind} of {many}, seconds", round(time.process_time() - start, 2)
