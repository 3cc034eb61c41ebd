"""What hypothesis makes up: texts with everything that breaks pages, and stories of them."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from site_gen.content import paragraph_id
from site_gen.model import Article, Moment, Paragraph, Story

PIECES = [
    "the cable",
    "snapped",
    "on Tuesday",
    "June 20",
    "some 300 people",
    "up to 320 passengers",
    "12",
    "14 dead",
    "“We waited,”",
    "said Ines Varga.",
    '"quoted"',
    "<script>alert(1)</script>",
    "&amp;",
    "$1.2 million",
    "7-4",
    "*stars*",
    "_under_",
    "[link](x)",
    "1.",
    "- dash",
    "# hash",
    "{.caption}",
    "ﬁn",
    "e\u0301",
    "Вода",
    "水がある",
    "مرحبا",
    "\u00a0",
    "…",
    "ten days",
    "2014-2015",
    "the gondola",
    "above the lake",
    "Oster Lines",
    "`code`",
    "\\",
    "|",
    "~~~",
    "until Feb. 20",
    "one in three",
    "and",
    "of",
    "in",
    "a",
    "Related: more",
    "***",
    "+ plus",
    "> quote",
    "http://example.org/x_y",
    "=",
    "!",
    "![i](u)",
]

anything = st.text(
    alphabet=st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30
)
phrases = (
    st.lists(st.one_of(st.sampled_from(PIECES), anything), min_size=1, max_size=12)
    .map(lambda p: " ".join(" ".join(p).split()))
    .filter(bool)
)


def _paragraphs(texts: list[str]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(index=n, role="body", text=t, pid=f"{paragraph_id(t)}-{n}")
        for n, t in enumerate(texts)
    )


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A story of one to four articles whose paragraphs partly repeat one another."""
    pool = draw(st.lists(phrases, min_size=1, max_size=8))
    articles = []
    for n in range(draw(st.integers(1, 4))):
        texts = draw(st.lists(st.one_of(st.sampled_from(pool), phrases), min_size=1, max_size=6))
        articles.append(
            Article(
                id=f"a{n}",
                outlet=draw(st.sampled_from(["Courier", "Ledger", "Beacon & Sons", "<Radio>"])),
                path=f"s/a{n}.md",
                paragraphs=_paragraphs(texts),
                headline=draw(st.one_of(st.just(""), phrases)),
                published=draw(
                    st.one_of(
                        st.none(),
                        st.dates(dt.date(2000, 1, 5), dt.date(2050, 1, 1)).map(
                            lambda d: Moment(day=d)
                        ),
                    )
                ),
                partial=draw(st.booleans()),
                language=draw(st.sampled_from(["en", "en", "fr"])),
                version_of="a0" if n and draw(st.integers(0, 4)) == 0 else "",
            )
        )
    return Story(id="s", title="A story", path="s/index.md", articles=tuple(articles))
