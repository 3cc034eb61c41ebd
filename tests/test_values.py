"""Values as stretches: what a figure or a date allows, and what follows for two of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.compare.mentions import value_of
from site_gen.find.dates import find_dates
from site_gen.find.figures import find_figures
from site_gen.model import DateValue, FigureValue, Interval, Paragraph, can_both_be_true


def figure(text: str) -> FigureValue:
    """The value of the one figure in a text."""
    found = find_figures([Paragraph(index=0, role="body", text=text, pid="p-0")], [])
    assert len(found) == 1, text
    value = value_of(found[0])
    assert isinstance(value, FigureValue)
    return value


def date(text: str) -> DateValue:
    """The value of the one date in a text."""
    found = find_dates([Paragraph(index=0, role="body", text=text, pid="p-0")], None)
    assert len(found) == 1, text
    value = value_of(found[0])
    assert isinstance(value, DateValue)
    return value


def clocked(value: str) -> DateValue:
    """A date of one day with that TIMEX3 value."""
    return DateValue(text=value, value=value, bound="exact", low=741600.0, high=741600.0)


TOGETHER = [
    ("It cost $3.5 billion.", "It cost $3.54 billion."),
    ("It cost about $300 million.", "It cost $312 million."),
    ("Some 300 people came.", "There were 312 people."),
    ("About 25 people came.", "There were 27 people."),
    ("There were 1,200 people.", "There were 1,234 people."),
    ("About a third of voters agreed.", "Some 33 percent of voters agreed."),
    ("The road is 5 miles long.", "The road is 8 kilometres long."),
    ("More than 100 people came.", "There were 134 people."),
    ("Up to 30,000 people came.", "There were 22,000 people."),
    ("Dozens of people came.", "There were 40 people."),
]
APART = [
    ("It cost $3.5 billion.", "It cost $3.6 billion."),
    ("It fell to 52 percent.", "It fell to 53 percent."),
    ("It cost roughly $141 million.", "It cost $139 million."),
    ("There were 12 people.", "There were 14 people."),
    ("There were 10,000 people.", "There were 14,000 people."),
    ("Two in three voters agreed.", "One in three voters agreed."),
    ("About 300 people came.", "There were 380 people."),
    ("The road is 5 miles long.", "The road is 12 kilometres long."),
    ("Dozens of people came.", "There were 140 people."),
]


@pytest.mark.parametrize(("first", "second"), TOGETHER, ids=lambda t: str(t))
def test_these_can_both_be_true(first: str, second: str) -> None:
    """What rounds to a value, and what somebody calls about it."""
    assert figure(first).can_both_be_true(figure(second))
    assert figure(second).can_both_be_true(figure(first))


@pytest.mark.parametrize(("first", "second"), APART, ids=lambda t: str(t))
def test_these_cannot(first: str, second: str) -> None:
    """The precision of the words decides."""
    assert not figure(first).can_both_be_true(figure(second))
    assert not figure(second).can_both_be_true(figure(first))


def test_extents_begin_and_end_together() -> None:
    """Years in office of one person, told in two ways."""
    assert not date("from 1966 to 1978").can_both_be_true(date("from 1967 to 1979"))
    assert date("from 1966 to 1978").can_both_be_true(date("from 1966 to 1978"))
    assert date("in 1966").can_both_be_true(date("from 1966 to 1978"))


def test_times_of_day_tell_dates_apart() -> None:
    """A full hour is rounded; a part of the day holds its hours."""
    found = {
        "9 a.m.": clocked("2031-06-06T09:00"),
        "9.20 a.m.": clocked("2031-06-06T09:20"),
        "11 a.m.": clocked("2031-06-06T11:00"),
        "noon": clocked("2031-06-06T12:00"),
        "afternoon": clocked("2031-06-06TAF"),
        "morning": clocked("2031-06-06TMO"),
    }
    assert found["9 a.m."].can_both_be_true(found["9.20 a.m."])
    assert not found["9 a.m."].can_both_be_true(found["11 a.m."])
    assert not found["11 a.m."].can_both_be_true(found["afternoon"])
    assert found["11 a.m."].can_both_be_true(found["morning"])
    assert found["noon"].can_both_be_true(found["afternoon"])
    assert found["noon"].can_both_be_true(clocked("2031-06-06"))


def test_one_value_in_two_units_is_the_same() -> None:
    """And in words and digits."""
    assert figure("It is 1.2 kilometres long.").same(figure("It is 1,200 metres long."))
    assert figure("There were twelve people.").same(figure("There were 12 people."))
    assert not figure("There were about 12 people.").same(figure("There were 12 people."))
    assert not figure("It cost $12.").same(figure("It cost £12."))


ends = st.one_of(st.none(), st.floats(0, 1e9, allow_nan=False).map(lambda v: round(v, 2)))
values = st.builds(
    lambda hedge, low, high, unit: FigureValue.read(
        f"{low}", hedge, *sorted((low, high), key=lambda v: v or 0.0), unit
    ),
    st.sampled_from(["exact", "about", "more_than", "at_most", "order"]),
    st.floats(0, 1e9, allow_nan=False),
    st.floats(0, 1e9, allow_nan=False),
    st.sampled_from(["", "percent", "kilometre", "USD", "day"]),
)


@given(values, values)
def test_it_does_not_matter_which_comes_first(one: FigureValue, other: FigureValue) -> None:
    """And what is the same can both be true."""
    assert can_both_be_true(one, other) == can_both_be_true(other, one)
    assert one.same(other) == other.same(one)
    assert one.can_both_be_true(one)
    if one.same(other):
        assert one.can_both_be_true(other)


stretches = st.builds(
    lambda low, width, a, b: Interval(low, low + width, bool(width) and a, bool(width) and b),
    st.integers(0, 9),
    st.integers(0, 4),
    st.booleans(),
    st.booleans(),
)


@given(stretches, stretches)
def test_intervals_meet_where_they_share_a_number(one: Interval, other: Interval) -> None:
    """Held against a look at every quarter."""

    def holds(interval: Interval, value: float) -> bool:
        low = value > interval.low or (value == interval.low and not interval.open_low)
        return low and (
            value < interval.high or (value == interval.high and not interval.open_high)
        )

    quarters = [n / 4 for n in range(60)]
    assert one.meets(other) == any(holds(one, q) and holds(other, q) for q in quarters)
