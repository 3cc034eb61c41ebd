"""Blocks → a draft: headline, byline, date line, captions, headings, what is left out, and
paragraphs joined again.

Each step takes the blocks and gives them back with fewer left; every block ends either among the
paragraphs, or in ``left_out`` with its rule, or word for word in the headline. A test holds that no
word is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from site_gen.capture import rules
from site_gen.model import Block, Draft, Found, LeftOut, Paragraph

_ENDS = re.compile(r"[.!?…:;]['\"”’)\]]*$")
_TITLE_WORDS = 24
_HEADING_WORDS = 10
_TELLING = 6
"""Words by which two blocks of two captures are known to be the same paragraph."""
_TOP = 8
"""Headline, byline and date line are looked for among this many blocks from the top."""


class _Sheet:
    """The blocks of one capture while their roles are found: ``role[i]`` is empty until block ``i``
    has one."""

    def __init__(
        self, blocks: Sequence[Block], metadata: Mapping[str, Found], keep: frozenset[str]
    ) -> None:
        self.blocks, self.keep = list(blocks), keep
        self.role = ["" for _ in blocks]
        self.rule = ["" for _ in blocks]
        self.metadata = dict(metadata)
        self.doubtful = {b.text for b in blocks if not b.sure}

    def leave_out(self, at: int, rule: str) -> bool:
        if self.role[at]:
            return False
        if rule in self.keep:
            self.role[at] = (
                "kept"  # a person says that this is text, so no later rule makes it anything else
            )
            return False
        self.role[at], self.rule[at] = "left out", rule
        return True

    def open(self) -> list[int]:
        return [i for i, role in enumerate(self.role) if not role]

    def note(self, key: str, value: str | tuple[str, ...], where: str) -> None:
        if value and key not in self.metadata:
            self.metadata[key] = Found(value=value, where=where)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """What a person, a site and the story's other captures say before the rules do.

    ``keep``: rules that are not applied. ``names``: rule → a name that this rule leaves out where
    it stands alone at the top. ``drop_after``: all blocks after the first one that holds these
    words are left out. ``rules``: a site's own, tried first. ``other``: another capture of the same
    article: what both hold is text, what was left out there is left out here.
    """

    keep: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    drop_after: str = ""
    rules: tuple[rules.PatternRule, ...] = ()
    other: Draft | None = None


def assemble(blocks: Sequence[Block], metadata: Mapping[str, Found], wishes: Wishes) -> Draft:
    """A draft of the article that the blocks hold. ``ValueError`` where no block holds
    ``drop_after``."""
    sheet = _Sheet(blocks, metadata, wishes.keep)
    _drop_after(sheet, wishes.drop_after)
    _names(sheet, wishes.names)
    _as_in_the_other(sheet, wishes.other)
    _by_pattern(sheet, (*wishes.rules, *rules.pattern_rules()), wishes.other)
    _bylines(sheet)
    _author_above_a_post(sheet)
    for i, block in enumerate(blocks):
        if block.apart:
            sheet.leave_out(i, block.apart)
    _headline(sheet)
    _captions(sheet)
    _headings(sheet)
    return _draft(sheet)


def _drop_after(sheet: _Sheet, text: str) -> None:
    if not text:
        return
    wanted = " ".join(text.lower().split())
    found = [
        i for i, block in enumerate(sheet.blocks) if wanted in " ".join(block.text.lower().split())
    ]
    if not found:
        raise ValueError(f"no block holds the words of --drop-after, “{text}”")
    for i in range(found[0] + 1, len(sheet.blocks)):
        sheet.leave_out(i, "dropped by hand")


def _as_in_the_other(sheet: _Sheet, other: Draft | None) -> None:
    """What is text in another capture is text here, and what was left out there is left out
    here."""
    if other is None:
        return
    text = {_key(p.text) for p in other.paragraphs if p.role == "body"}
    left = {_key(x.text): x.rule for x in other.left_out}
    for i, block in enumerate(sheet.blocks):
        key = _key(block.text)
        if key in text and len(key.split()) >= _TELLING:
            sheet.role[i] = sheet.role[i] or "kept"
        elif key in left:
            sheet.leave_out(i, left[key])


def _key(text: str) -> str:
    return " ".join(_words(text))


def _names(sheet: _Sheet, names: Mapping[str, str]) -> None:
    for i in range(min(_TOP, len(sheet.blocks))):
        for rule, name in names.items():
            if name and _same_words(sheet.blocks[i].text, name):
                sheet.leave_out(i, rule)


def _by_pattern(sheet: _Sheet, all_rules: Sequence[rules.PatternRule], other: Draft | None) -> None:
    held = {_key(p.text) for p in other.paragraphs} if other else set()
    for i, block in enumerate(sheet.blocks):
        if sheet.role[i]:
            continue
        for rule in all_rules:
            if rule.fits(block.text) and sheet.leave_out(i, rule.name):
                if rule.rest and i >= len(sheet.blocks) // 2 and not block.apart:
                    for j in range(i + 1, len(sheet.blocks)):
                        sheet.leave_out(j, rule.name)
                if rule.name == "original address":
                    _address(sheet, i)
                break
        if not sheet.role[i]:
            _weakly(sheet, i, all_rules, bool(other) and _key(block.text) not in held)
    for i in sheet.open():
        _between_left_out(sheet, i)


def _weakly(
    sheet: _Sheet, at: int, all_rules: Sequence[rules.PatternRule], only_here: bool
) -> None:
    """A weak sign makes a block doubtful; where another capture of the article lacks the block, it
    is left out."""
    rule = next((r for r in all_rules if r.fits_weakly(sheet.blocks[at].text)), None)
    if rule is not None and not (only_here and sheet.leave_out(at, rule.name)):
        sheet.doubtful.add(sheet.blocks[at].text)


def _address(sheet: _Sheet, at: int) -> None:
    """ "Original url:" — the address stands in the same block or in the next."""
    for text in [b.text for b in sheet.blocks[at : at + 2]]:
        found = re.search(r"https?://[^\s>)\]]+", text)
        if found:
            sheet.note("url", found[0], "“original address” line")
            return


def _between_left_out(sheet: _Sheet, at: int) -> None:
    """A short block between two blocks of one appeal belongs to it."""
    before = sheet.rule[at - 1] if at else ""
    after = sheet.rule[at + 1] if at + 1 < len(sheet.blocks) else ""
    if (
        before
        and before == after
        and before in ("fundraising appeal", "subscription notice", "cookie notice")
        and len(sheet.blocks[at].text.split()) <= 40
    ):
        sheet.leave_out(at, before)
    elif (
        after == "fundraising appeal"
        and after != before
        and re.search(r"\?$", sheet.blocks[at].text)
        and len(sheet.blocks[at].text.split()) <= 10
    ):
        sheet.leave_out(at, after)  # the question that an appeal opens with


def _bylines(sheet: _Sheet) -> None:
    for n, i in enumerate(sheet.open()):
        text = sheet.blocks[i].text
        if n < _TOP:
            if (
                date := rules.DATE_LINE.fullmatch(text) or rules.DATE_AND_MORE.fullmatch(text)
            ) and sheet.leave_out(i, "date line"):
                sheet.note("published", rules.iso_day(date), "date line")
                continue
            byline = rules.BYLINE.fullmatch(rules.without_post(text))
            if (
                byline
                and len(text.split()) <= 16
                and not _ENDS.search(text)
                and rules.names_people(byline["names"])
                and sheet.leave_out(i, "byline")
            ):
                names = rules.people(byline["names"])
                sheet.note("authors", names, "byline")
                sheet.note("agency", rules.agency_of(names), "byline")
                continue
        credit = rules.CONTRIBUTORS.match(text) or rules.EDITING.match(text)
        if credit and len(text.split()) <= 30:
            sheet.leave_out(i, "contributors")  # who contributed is no author
        elif rules.CREDIT_ONLY.fullmatch(text) and len(text.split()) <= 8:
            sheet.leave_out(i, "image credit")


def _author_above_a_post(sheet: _Sheet) -> None:
    """A name alone above what the person is ("Ada Brandt", "Environment correspondent"), as some
    pages set a byline without "by"."""
    for i in range(min(2 * _TOP, len(sheet.blocks) - 1)):
        text, below = sheet.blocks[i].text, sheet.blocks[i + 1].text
        if (
            sheet.role[i]
            or sheet.role[i + 1]
            or not rules.POST.fullmatch(below)
            or not rules.NAME_ALONE.fullmatch(text)
        ):
            continue
        if sheet.leave_out(i, "byline") and sheet.leave_out(i + 1, "byline"):
            sheet.note("authors", (text,), "byline")
            return


def _headline(sheet: _Sheet) -> None:
    """The first block that looks like a title and has text below it; its repetitions and what is
    glued to it are left out."""
    given = sheet.metadata.get("headline")
    if (
        given
        and given.where == "page heading"
        and any(_same_words(sheet.blocks[i].text, str(given.value)) for i in sheet.open()[:_TOP])
    ):
        given = None  # the heading stands among the blocks
        del sheet.metadata["headline"]
    title = str(given.value) if given else _title(sheet)
    if not title:
        return
    if given is None:
        title = min(
            (
                sheet.blocks[i].text
                for i in sheet.open()[:_TOP]
                if len(sheet.blocks[i].text) > 12 and sheet.blocks[i].text in title
            ),
            key=len,
            default=title,
        )
        sheet.metadata["headline"] = Found(value=title, where="first line that reads like a title")
    for i in sheet.open()[:_TOP]:
        if given is not None and sheet.blocks[i].headline and i <= _first_prose(sheet):
            sheet.leave_out(i, "repeated headline")
    for i in sheet.open()[:_TOP]:
        _repetition(sheet, i, title, given is not None)
    _source_after(sheet)


def _title(sheet: _Sheet) -> str:
    """The text of the block that is the headline; empty where none is."""
    for n, i in enumerate(sheet.open()[:3]):
        block = sheet.blocks[i]
        following = [j for j in sheet.open() if j > i][:1]
        if (
            following
            and (block.heading or block.headline or _title_like(block.text))
            and not _flows(block.text, sheet.blocks[following[0]].text)
            and (n == 0 or block.heading or block.headline or _repeated(sheet, i))
        ):
            return block.text
    return ""


def _repetition(sheet: _Sheet, at: int, title: str, known: bool) -> None:
    """What is left out because it says the headline again. ``known``: the headline comes from the
    metadata, not from a block."""
    text = sheet.blocks[at].text
    if _same_words(text, title):
        first = "headline" not in [sheet.role[j] for j in range(at)]
        sheet.role[at] = "headline" if first and not known else ""
        if not sheet.role[at]:
            sheet.leave_out(at, "repeated headline")
    elif (
        _words(text)[-len(_words(title)) :] == _words(title)
        and len(_words(text)) <= len(_words(title)) + 6
    ):
        sheet.leave_out(at, "navigation before the headline")
    elif text.startswith(title) and re.match(
        r"\W*(?:source|credit|photo|image|by)\b", text[len(title) :], re.IGNORECASE
    ):
        sheet.leave_out(at, "repeated headline")


def _first_prose(sheet: _Sheet) -> int:
    """The first open block that ends like a sentence and is no heading."""
    return next(
        (
            i
            for i in sheet.open()
            if not sheet.blocks[i].headline and _ENDS.search(sheet.blocks[i].text)
        ),
        len(sheet.blocks),
    )


def _source_after(sheet: _Sheet) -> None:
    """ "Source: The Example" right below a headline is a credit, also where it stands in a block of
    its own."""
    for i in sheet.open()[:2]:
        if (
            re.match(r"(?:source|credit)s?\s*:", sheet.blocks[i].text, re.IGNORECASE)
            and len(sheet.blocks[i].text.split()) <= 8
        ):
            sheet.leave_out(i, "image credit")


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower().replace("’", "'"))


def _same_words(first: str, second: str) -> bool:
    return _words(first) == _words(second)


def _title_like(text: str) -> bool:
    words = text.split()
    return (
        3 <= len(words) <= _TITLE_WORDS
        and not re.search(r"[.!…:;,][\"'”’)]*$", text)
        and text[:1] not in "-–—("
        and not rules.CREDIT_TAIL.search(text)
    )


def _repeated(sheet: _Sheet, at: int) -> bool:
    return any(
        j != at and _same_words(sheet.blocks[j].text, sheet.blocks[at].text)
        for j in sheet.open()[:_TOP]
    )


def _captions(sheet: _Sheet) -> None:
    for i in sheet.open():
        block = sheet.blocks[i]
        words = len(block.text.split())
        credited = rules.CREDIT_TAIL.search(block.text) if words <= 60 else None
        marked = rules.CAPTION_WORDS.search(block.text) if words <= 60 else None
        if (
            block.caption
            or (words <= 60 and credited and (credited.start() > 0 or words <= 8))
            or (marked and words <= 40 and not _ENDS.search(block.text))
        ):
            sheet.role[i] = "caption"


def _headings(sheet: _Sheet) -> None:
    open_blocks = sheet.open()
    for n, i in enumerate(open_blocks):
        block = sheet.blocks[i]
        text = block.text.strip("'\"“”‘’")
        short = (
            len(text.split()) <= _HEADING_WORDS
            and len(text) <= 80
            and not re.search(r"[.!…:;,]$", text)
            and not text[:1].islower()
        )
        before, after = n > 0, n + 1 < len(open_blocks)
        flows = (
            not block.marked
            and before
            and _flows(sheet.blocks[open_blocks[n - 1]].text, block.text)
        )
        into = (
            not block.marked and after and _flows(block.text, sheet.blocks[open_blocks[n + 1]].text)
        )
        if (
            after
            and not flows
            and not into
            and (
                block.heading
                or (
                    not block.marked
                    and before
                    and short
                    and _ENDS.search(sheet.blocks[open_blocks[n + 1]].text)
                )
            )
        ):
            sheet.role[i] = "heading"


def _flows(first: str, second: str) -> bool:
    """Whether a paragraph was broken between two blocks: no end of a sentence, and the next goes on
    in lower case."""
    return not _ENDS.search(first) and bool(re.match(r"[a-zà-ÿ]", second))


def _draft(sheet: _Sheet) -> Draft:
    out: list[tuple[str, list[str]]] = []
    pending: list[tuple[str, list[str]]] = []
    left: list[LeftOut] = []
    for block, role, rule in zip(sheet.blocks, sheet.role, sheet.rule, strict=True):
        if role == "left out":
            left.append(LeftOut(text=block.text, rule=rule))
        elif role in ("caption", "heading"):
            pending.append((role, [block.text]))
        elif role != "headline":
            broken = (
                not block.marked
                and out
                and out[-1][0] == "body"
                and _flows(out[-1][1][-1], block.text)
            )
            if broken and all(r == "caption" for r, _ in pending):
                out[-1][1].append(block.text)
            else:
                out += pending
                pending = []
                out.append(("body", [block.text]))
    out += pending
    paragraphs = tuple(
        Paragraph(index=n, role=cast(Any, role), text=" ".join(parts))
        for n, (role, parts) in enumerate(out)
    )
    return Draft(
        paragraphs=paragraphs,
        left_out=tuple(left),
        metadata=sheet.metadata,
        doubtful=frozenset(t for t in sheet.doubtful if t),
    )
