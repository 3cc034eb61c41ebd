"""Rulings and corrections are written into a file so that nothing else of it changes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.content import read_content
from site_gen.front_matter import (
    CannotEdit,
    body_of,
    difference,
    read_rulings,
    ruling_on,
    target_of,
    with_field,
    with_paragraph,
    with_ruling,
)

LAYOUTS = (
    "---\ntitle: x\n---\n",
    "---\ntitle: x\n---",
    "---\r\ntitle: x\r\ntags: [a]\r\n---\r\n\r\nBody\r\n",
    "\ufeff---\ntitle: x\n---\nBody --- and more\n---\n",
    "---\n# a comment\ntitle: 'x'   # why\nsummary: |\n  a\n  b\n\ntags:\n- a\n---\nB\n",
    "---\ntitle: x\nrulings:\n---\n",
    "---\ntitle: x\nrulings: []\ntags: [a]\n---\n",
    "---\ntitle: x\nrulings: ~  # none yet\n---\n",
    "---\ntitle: x\nrulings:   # ours\n"
    "  - row: r-0   # the first\n    hide: true\n    # because\n---\n",
    "---\ntitle: x\nrulings:\n- {row: r-0, hide: true}\n"
    "- row: r-00\n  note: >\n    long\n    note\n\ntags: [a]\n---\n",
    "---\ntitle: x\nrulings: [{row: r-0, hide: true}]\n---\n",
    "---\n{title: x, tags: [a]}\n---\n",
)
TARGETS = (
    ("row", "r-1a2b3c4d"),
    ("row", "r-0"),
    ("paragraphs", "p-1", "p-2"),
    ("finding", "q-1"),
    ("mention", "m-1"),
)
TEXTS = st.one_of(
    st.sampled_from(["plain words", "true", "12", "2031-06-14", "~", "a: b", "- x", "# x", "“x”"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).map(
        lambda t: " ".join(t.split()) or "x"
    ),
)
DECISIONS = st.fixed_dictionaries(
    {},
    optional={
        "same": st.just(True),
        "different": st.just(True),
        "label": TEXTS,
        "note": TEXTS,
        "editor": TEXTS,
        "of": st.lists(TEXTS, min_size=1, max_size=3),
    },
).filter(bool)


def fields_for(target: tuple[str, ...], said: dict[str, Any]) -> dict[str, Any]:
    """The fields of a ruling on a target."""
    kind, *names = target
    return {kind: list(names) if kind == "paragraphs" else names[0], **said}


def said_by(fields: dict[str, Any]) -> dict[str, Any]:
    """What a ruling says: a field that a comment stands beside is emptied, not taken out."""
    return {k: v for k, v in fields.items() if v not in (False, "", [])}


@given(
    st.sampled_from(LAYOUTS),
    st.lists(st.tuples(st.sampled_from(TARGETS), DECISIONS), min_size=1, max_size=6),
)
def test_what_is_written_is_read_back_and_the_rest_stays(
    layout: str, steps: list[tuple[tuple[str, ...], dict[str, Any]]]
) -> None:
    """Whatever the layout and the words: each ruling reads as it was written, every comment and
    every other field stays, and one ruling less gives the text before it."""
    text = layout
    for target, said in steps:
        wanted = fields_for(target, said)
        new = with_ruling(text, target, wanted)
        assert said_by(ruling_on(new, target)) == wanted
        others = [r for r in read_rulings(text) if target_of(r) != target]
        assert [r for r in read_rulings(new) if target_of(r) != target] == others
        assert body_of(new) == body_of(text)
        for line in layout.splitlines():
            for part in line.partition("#")[1:]:
                assert part in new
        assert new.count("\r\n") == new.count("\n") or "\r" not in layout
        if not ruling_on(text, target) and others:
            assert with_ruling(new, target, {}) == text
        text = new


def test_a_comment_in_a_ruling_survives_its_change() -> None:
    """A person's own words beside a ruling are theirs."""
    text = LAYOUTS[8]
    new = with_ruling(text, ("row", "r-0"), {"row": "r-0", "verdict": "agree"})
    assert "# the first" in new
    assert "# because" in new
    assert "hide" not in new or "hide: false" in new
    assert "# because" in with_ruling(text, ("row", "r-0"), {})


@pytest.mark.parametrize(
    "text",
    [
        "no front matter\n",
        "---\n- a\n---\n",
        "---\ntitle: x\nrulings: text\n---\n",
        "---\ntitle: x\nrulings:\n  - just text\n---\n",
        "---\ntitle: [x\n---\n",
        "---\na: &x\n  - {row: r-0, hide: true}\nrulings: *x\n---\n",
    ],
)
def test_what_cannot_be_edited_safely_is_refused(text: str) -> None:
    """Nothing is guessed: the file stays as it is."""
    with pytest.raises(CannotEdit):
        with_ruling(text, ("row", "r-1"), {"row": "r-1", "same": True})


def test_a_difference_shows_the_lines() -> None:
    """With a few around them."""
    new = with_ruling(LAYOUTS[0], ("row", "r-1"), {"row": "r-1", "same": True})
    assert ("+", "  - row: r-1") in difference(LAYOUTS[0], new)


ARTICLE = """---
outlet: Courier   # theirs
published: 2031-06-12
---

First paragraph, with a * star.

## A heading

{.caption}
A picture of the lake.

- one
- two

Last one.
"""


def test_one_paragraph_is_corrected_and_no_other() -> None:
    """Words and role; the layout of the rest stays to the letter."""
    new = with_paragraph(ARTICLE, 0, "First paragraph, with # 2 stars.", "body")
    assert new == ARTICLE.replace("with a * star", "with # 2 stars")
    new = with_paragraph(ARTICLE, 1, "A heading", "body")
    assert new == ARTICLE.replace("## A heading", "A heading")
    new = with_paragraph(ARTICLE, 2, "A picture of the hall.", "caption")
    assert new == ARTICLE.replace("the lake", "the hall")
    assert with_paragraph(ARTICLE, 2, "A picture.", "body").count("caption") == 0
    assert with_paragraph(ARTICLE, 3, "One.", "body").count("- two") == 1


@pytest.mark.parametrize("value", ["2031-06-13", "2031-06-13T08:00+02:00", ""])
def test_a_field_is_corrected(value: str) -> None:
    """Its line alone."""
    new = with_field(ARTICLE, "published", value)
    assert "# theirs" in new
    content, errors = read_content({"x/index.md": b"---\ntitle: x\n---\n", "x/a.md": new.encode()})
    assert errors == []
    assert str(content.stories[0].articles[0].published or "") == value
    assert with_field(ARTICLE, "headline", "A: b").count("\n") == ARTICLE.count("\n") + 1
