"""The main text of a page: trafilatura says what it takes for the article, the page's tree corrects
it.

trafilatura (Barbaresi 2021, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text
Discovery and Extraction") is the best measured reader of main text, but it drops paragraphs from
the middle or the end of an article, loses text after an inline element, and goes on into lists of
other stories. What it keeps marks leaf blocks of the tree (``dom.leaves``); the smallest element
around nearly all of them is the article; within it, a block is text where it stands like the marked
ones, and is not where its element says that it is something else or it is all links.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from site_gen.capture.dom import Leaf

_RUN = 4
"""Words in a row by which a leaf is found in trafilatura's text; shorter leaves are looked for
whole."""
_MARKED = 0.5
"""A leaf is marked where at least this share of its runs of words stands in trafilatura's text."""
_COVER = 0.9
"""The article is the smallest element that holds this share of the marked words."""
_LINKS = 0.5
"""A block more than half of which is links is navigation, unless trafilatura kept it in the midst
of text."""
_OTHER = re.compile(
    r"(?:^|[\s_-])(?:nav|navigation|menu|breadcrumbs?|sidebar|related|recommended|recirc\w*|"
    r"promo|teasers?|newsletter|subscri\w+|signup|sign-up|share|sharing|social|comments?|"
    r"comment-\w+|disqus|respond|cookie\w*|consent|advert\w*|ad|ads|sponsor\w*|outbrain|taboola|"
    r"paywall|tags?|tag-list|topics?|byline|bio|author-bio|credit|caption|figcaption|"
    r"wp-caption-text|footnotes?-nav|pagination|pager|widget|toolbar|most-read|most-popular|"
    r"trending|popular|also-like|read-more|readmore|see-also|more-from|see-more)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Words of class names and ids by which pages say that an element is not the text of the
article."""
_NEVER = frozenset(("nav", "aside", "footer", "figcaption", "address", "form", "dialog"))
_CAPTION = re.compile(r"caption", re.IGNORECASE)
_RELATED = re.compile(r"related|recommend|more-?stories|also-?like", re.IGNORECASE)
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_STOP = re.compile(r"[.!?…][\"'”’)\]]*$")
_WHOLE_LINK = 0.9
"""A block of six words or more that is one link leads to another page; a sentence with a link in it
does not."""
_PROSE = frozenset(
    (
        "p",
        "blockquote",
        "li",
        "dd",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "td",
        "div",
        "section",
        "article",
    )
)


def words(text: str) -> list[str]:
    """The words of a text, lower case."""
    return re.findall(r"\w+", text.lower())


class _Kept:
    """trafilatura's texts, to be looked up by runs of words."""

    def __init__(self, texts: Iterable[str]) -> None:
        split = [t for t in map(words, texts) if t]
        runs = {tuple(t[i : i + _RUN]): None for t in split for i in range(len(t) - _RUN + 1)}
        self.runs = {run: n for n, run in enumerate(runs)}
        self.joined = "\n".join(f" {' '.join(t)} " for t in split)

    def share(self, text: str) -> tuple[float, frozenset[int]]:
        """The share of a text, 0 to 1, that stands in the kept ones, and which of their runs (for
        texts of six words and more)."""
        mine = words(text)
        if not mine:
            return 0.0, frozenset()
        if len(mine) < _RUN + 2:
            return (1.0 if f" {' '.join(mine)} " in self.joined else 0.0), frozenset()
        hits = [self.runs.get(tuple(mine[i : i + _RUN]), -1) for i in range(len(mine) - _RUN + 1)]
        return sum(h >= 0 for h in hits) / len(hits), frozenset(h for h in hits if h >= 0)

    def share_of_cells(self, text: str) -> tuple[float, frozenset[int]]:
        """The same for a row of a table, whose cells trafilatura gives one by one."""
        cells = text.split(" | ")
        found = [self.share(cell) for cell in cells]
        sizes = [len(words(cell)) for cell in cells]
        share = sum(part * size for (part, _), size in zip(found, sizes, strict=True)) / max(
            1, sum(sizes)
        )
        return share, frozenset().union(*(runs for _, runs in found))


@dataclass(frozen=True, slots=True)
class Choice:
    """What is done with a leaf: ``apart`` names the rule that leaves it out (empty where it is
    text); ``sure`` is false for a guess."""

    apart: str = ""
    sure: bool = True
    caption: bool = False


ELSEWHERE = "outside the article"
"""What stands outside the article's part of the page is not listed as left out: a page is mostly
that."""
_SET_APART, _ALL_LINKS, _FURTHER, _TWICE = (
    "set apart by the page",
    "links to other pages",
    "after the end of the article",
    "said twice",
)
_UNSURE = "not in the main text"
READER_RULES = (_SET_APART, _ALL_LINKS, _FURTHER, _TWICE, _UNSURE)
"""Names of the rules that need a page's tree."""


class _Page:
    """The leaves of one page and what is known of them."""

    def __init__(self, leaves: Sequence[Leaf], kept: Iterable[str]) -> None:
        self.leaves = leaves
        found = _Kept(kept)
        both = [
            found.share_of_cells(leaf.text) if _row(leaf) else found.share(leaf.text)
            for leaf in leaves
        ]
        self.share = [share for share, _ in both]
        self.long = [len(words(leaf.text)) >= _RUN + 2 for leaf in leaves]
        self.runs = [runs for _, runs in both]
        self.article = self._article()
        self.inside = [any(n == self.article for n, _, _ in leaf.path) for leaf in leaves]
        self.held = {
            run
            for runs, within in zip(self.runs, self.inside, strict=True)
            if within
            for run in runs
        }
        self.shape = self._shape()
        self.body = self._body()

    def _article(self) -> int:
        """The number of the smallest element that holds nearly all of the kept words, however often
        they stand elsewhere."""
        held: dict[int, set[int]] = {}
        depth: dict[int, int] = {}
        for leaf, share, which in zip(self.leaves, self.share, self.runs, strict=True):
            if share >= _MARKED:
                for level, (number, _, _) in enumerate(leaf.path):
                    held.setdefault(number, set()).update(which)
                    depth[number] = level
        total = len(set().union(*held.values())) if held else 0
        fit = [number for number, which in held.items() if len(which) >= _COVER * total]
        return max(fit, key=lambda n: (depth[n], n), default=0)

    def _shape(self) -> tuple[tuple[str, str], ...]:
        """The shape of most of the marked text; empty where it is not one of paragraphs."""
        weight: Counter[tuple[tuple[str, str], ...]] = Counter()
        for i, leaf in enumerate(self.leaves):
            if self.share[i] >= _MARKED and self.inside[i] and prose(leaf):
                weight[shape(leaf)] += len(words(leaf.text))
        best, most = min(weight.items(), key=lambda item: (-item[1], item[0]), default=((), 0))
        return best if best and best[-1][0] == "p" and most >= 30 else ()

    def _body(self) -> frozenset[int]:
        """The elements right around the paragraphs of the likely shape."""
        around = (
            leaf.path[-2][0]
            for i, leaf in enumerate(self.leaves)
            if self.like(i) and len(leaf.path) > 1
        )
        return frozenset(around)

    def like(self, at: int) -> bool:
        """Whether leaf ``at`` stands where the paragraphs of the article stand, and reads like
        one."""
        return bool(self.shape) and shape(self.leaves[at]) == self.shape and prose(self.leaves[at])

    def names_below(self, at: int) -> list[tuple[str, str]]:
        """The elements between the article and leaf ``at``: tag, and class and id."""
        return [(tag, names) for n, tag, names in self.leaves[at].path if n > self.article]

    def apart(self, at: int) -> bool:
        """Whether an element between the article and the leaf says that it is something else."""
        below = self.names_below(at)
        return any(tag in _NEVER or _OTHER.search(names) for tag, names in below)

    def caption(self, at: int) -> bool:
        """Whether the leaf stands with a picture."""
        below = self.names_below(at)
        pictured = any(tag == "figcaption" or _CAPTION.search(names) for tag, names in below)
        return pictured or (
            any(tag == "figure" for tag, _ in below)
            and not any(tag in ("blockquote", "table") for tag, _ in below)
        )

    def quoted(self, at: int) -> bool:
        """Whether the leaf is a block quotation, an embedded post among them."""
        return any(tag == "blockquote" for tag, _ in self.names_below(at))

    def core(self, at: int) -> bool:
        """Whether leaf ``at`` is surely the article's: kept by trafilatura in the article, or a
        paragraph like those."""
        if self.like(at):
            return True
        return (
            self.share[at] >= _MARKED
            and self.inside[at]
            and not self.apart(at)
            and not self.caption(at)
        )

    def end(self) -> int:
        """Where the article ends before its element does: at a heading of other stories that does
        not stand amid its paragraphs."""
        like = [i for i in range(len(self.leaves)) if self.like(i)]
        first, last = (like[0], like[-1]) if like else (len(self.leaves), -1)
        begun = False
        for i, leaf in enumerate(self.leaves):
            begun = begun or (self.long[i] and self.core(i) and leaf.tag != "h1")
            amid = first < i < last
            if (
                begun
                and not amid
                and self.inside[i]
                and leaf.tag[0] == "h"
                and len(words(leaf.text)) <= 6
                and _RELATED.search(leaf.path[-1][2])
            ):
                return i
        return len(self.leaves)


def _row(leaf: Leaf) -> bool:
    """Whether a leaf is a row of a table, made of its cells."""
    return leaf.tag in ("td", "th") and " | " in leaf.text


def shape(leaf: Leaf) -> tuple[tuple[str, str], ...]:
    """Where a leaf stands, without what differs from one paragraph to the next: the elements around
    it with their classes."""
    return tuple((tag, re.sub(r"\d+", "", names)) for _, tag, names in leaf.path)


def prose(leaf: Leaf) -> bool:
    """Whether a leaf reads like sentences and is not mostly links."""
    return (
        leaf.tag in _PROSE
        and leaf.link_density < _LINKS
        and len(words(leaf.text)) >= _RUN + 2
        and bool(_STOP.search(leaf.text))
    )


def choose(leaves: Sequence[Leaf], kept: Iterable[str]) -> list[Choice]:
    """For each leaf whether it is the article's text. ``kept``: the texts that trafilatura
    gives."""
    page = _Page(leaves, kept)
    end = page.end()
    long = [i for i in range(end) if page.long[i] and page.core(i)]
    if not long:
        return [
            Choice(apart="" if part >= _MARKED else ELSEWHERE, sure=False) for part in page.share
        ]
    span = (long[0], long[-1], end)
    out: list[Choice] = []
    seen: set[str] = set()
    trailing = max((i for i in long if page.like(i)), default=len(leaves))
    joined = True
    for i, leaf in enumerate(leaves):
        choice = _choice(page, i, span)
        if i > trailing and not choice.apart:
            inside = any(n in page.body for n, _, _ in leaf.path)
            if not inside and not (joined and page.share[i] >= _MARKED and prose(leaf)):
                choice = Choice(_FURTHER, sure=False)
        joined = joined if i <= trailing else not choice.apart
        if not choice.apart and page.long[i]:
            same = " ".join(words(leaf.text))
            choice = (
                Choice(_TWICE) if same in seen and not (page.like(i) or page.quoted(i)) else choice
            )
            seen.add(same)
        out.append(choice)
    return out


def _choice(page: _Page, at: int, span: tuple[int, int, int]) -> Choice:
    leaf, (first, last, end) = page.leaves[at], span
    between, within, is_marked = first <= at <= last, page.inside[at], page.share[at] >= _MARKED
    if at >= end:
        return Choice(_FURTHER if is_marked and (within or prose(leaf)) else ELSEWHERE)
    if page.like(at):
        return Choice(sure=is_marked)
    if within and page.caption(at):
        return Choice(caption=True) if between or is_marked or prose(leaf) else Choice(ELSEWHERE)
    if within and page.quoted(at) and between:
        return Choice(sure=is_marked)
    if is_marked:
        return _of_marked(page, at, within, at < first)
    if not (between and within):
        return Choice(ELSEWHERE)
    if page.apart(at):
        return Choice(_SET_APART)
    if leaf.link_density > _LINKS:
        return Choice(_ALL_LINKS)
    return (
        Choice(sure=False) if prose(leaf) or leaf.tag in _HEADINGS else Choice(_UNSURE, sure=False)
    )


def _of_marked(page: _Page, at: int, within: bool, early: bool) -> Choice:
    """A leaf that trafilatura kept, but not among the paragraphs."""
    leaf = page.leaves[at]
    if not within:
        if early and leaf.tag == "h1":
            return Choice(sure=False)
        if not prose(leaf) or len(page.runs[at] & page.held) >= _MARKED * len(page.runs[at]):
            return Choice(ELSEWHERE)  # said in the article too: a teaser of it
        # trafilatura took it for text: a person should see it
        return Choice(sure=False) if early else Choice(_UNSURE, sure=False)
    if page.apart(at):
        return Choice(_SET_APART)
    if leaf.link_density >= _WHOLE_LINK and page.long[at] and leaf.tag not in _HEADINGS:
        return Choice(_ALL_LINKS)
    return Choice()
