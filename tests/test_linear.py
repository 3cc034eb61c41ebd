"""Time stays linear in the length of a text: counted in steps of the interpreter, not by a
clock."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from benchmarks import long_stories
from site_gen.capture import capture
from site_gen.find.dates import find_dates
from site_gen.find.figures import find_figures
from site_gen.find.speech import find_speech
from site_gen.model import Article, Moment, Paragraph, Story
from site_gen.pipeline import analyse

UNITS = [
    "1,",
    "one hundred and ",
    "last ",
    '"We went home," said ',
    "Monday ",
    "twenty-",
    "1 ",
    '"a ',
    "x",
    "U.S.A.",
    "WEATHER",
    "[",
    "Smith 12, Jones 14, ",
    "In 2014 he said ",
    "a-",
    "June ",
]
DAY = dt.date(2031, 6, 12)


def steps(work: Callable[[], Any]) -> int:
    """The number of lines of Python that the work runs."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += 1
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return count


def finders(text: str) -> None:
    """All finders over one paragraph."""
    p = Paragraph(index=0, role="body", text=text, pid="p-0")
    dates = find_dates([p], DAY)
    figures = find_figures([p], [(0, d.start, d.end) for d in dates])
    holders = find_speech([p]).holders
    for f in figures[:200]:
        holders.holder(text, 0, f.start, f.end, date=False)


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_finders_are_linear(unit: str) -> None:
    """Twice the text takes at most two and a half times the steps."""
    small, large = (unit * (n // len(unit)) for n in (3000, 6000))
    finders("In June, 12 people said “all is well”.")  # what is loaded once is not counted
    assert steps(lambda: finders(large)) <= 2.5 * steps(lambda: finders(small)) + 2000


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_captures_of_odd_text_end(unit: str) -> None:
    """Patterns that try every way to read a text would not come back from these."""
    try:
        capture(
            f"Head line of it\n\nText is here now.\n\n{unit * (4000 // len(unit))} x\n".encode(),
            "text",
        )
    except ValueError:
        pytest.fail("the capture holds text")


def test_a_table_of_numbers_is_compared() -> None:
    """A long list of results in two articles comes back."""
    text = "Smith 12, Jones 14, " * 100
    articles = tuple(
        Article(
            id=n,
            outlet=n,
            path=n,
            published=Moment(day=DAY),
            paragraphs=(Paragraph(index=0, role="body", text=text + n, pid="p-0"),),
        )
        for n in ("a", "b")
    )
    assert analyse(Story(id="s", title="S", path="s", articles=articles)).rows


LARGE = 80


@pytest.mark.parametrize("kind", long_stories.KINDS)
def test_stories_are_compared_in_proportion(kind: str) -> None:
    """Twice the text of two whole articles takes at most two and a half times the steps, once they
    are long."""
    make = long_stories.KINDS[kind]
    analyse(make(4))  # what is loaded once is not counted
    small, large = make(LARGE), make(2 * LARGE)
    assert steps(lambda: analyse(large)) <= 2.5 * steps(lambda: analyse(small)) + 20_000
