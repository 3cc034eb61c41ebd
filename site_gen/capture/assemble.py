"""Blocks → a draft: headline, byline, date line, captions, headings, what is left out, and paragraphs joined again.

Each step takes the blocks and gives them back with fewer left; every block ends either among the paragraphs, or in
``left_out`` with its rule, or word for word in the headline. A test holds that no word is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from site_gen.capture import rules
from site_gen.model import Block, Draft, Found, LeftOut, Paragraph
from site_gen.yaml_lines import parse_moment

_ENDS = re.compile(r"[.!?…:;]['\"”’)\]]*$")
_TITLE_WORDS = 24
_HEADING_WORDS = 10
_TOP = 8
"""Headline, byline and date line are looked for among this many blocks from the top."""


class _Sheet:
    """The blocks of one capture while their roles are found: ``role[i]`` is empty until block ``i`` has one."""

    def __init__(self, blocks: Sequence[Block], metadata: Mapping[str, Found], keep: frozenset[str]) -> None:
        self.blocks, self.keep = list(blocks), keep
        self.role = ["" for _ in blocks]
        self.rule = ["" for _ in blocks]
        self.metadata = dict(metadata)

    def leave_out(self, i: int, rule: str) -> bool:
        if self.role[i]:
            return False
        if rule in self.keep:
            self.role[i] = "kept"  # a person says that this is text, so no later rule makes it anything else
            return False
        self.role[i], self.rule[i] = "left out", rule
        return True

    def open(self) -> list[int]:
        return [i for i, role in enumerate(self.role) if not role]

    def note(self, key: str, value: str | tuple[str, ...], where: str) -> None:
        if value and key not in self.metadata:
            self.metadata[key] = Found(value=value, where=where)


def assemble(
    blocks: Sequence[Block], metadata: Mapping[str, Found], *, keep: frozenset[str] = frozenset(), names: Mapping[str, str] | None = None
) -> Draft:
    """A draft of the article that the blocks hold. ``keep`` names rules that are not applied.

    ``names``: rule → a name that is left out by that rule where it stands alone at the top (the outlet's masthead, an agency).
    """
    sheet = _Sheet(blocks, metadata, keep)
    _names(sheet, names or {})
    _by_pattern(sheet)
    _bylines(sheet)
    _headline(sheet)
    _captions(sheet)
    _headings(sheet)
    return _draft(sheet)


def _names(sheet: _Sheet, names: Mapping[str, str]) -> None:
    for i in range(min(_TOP, len(sheet.blocks))):
        for rule, name in names.items():
            if name and _same_words(sheet.blocks[i].text, name):
                sheet.leave_out(i, rule)


def _by_pattern(sheet: _Sheet) -> None:
    for i, block in enumerate(sheet.blocks):
        for rule in rules.pattern_rules():
            if rule.fits(block.text) and sheet.leave_out(i, rule.name):
                if rule.rest and i >= len(sheet.blocks) // 2:
                    for j in range(i + 1, len(sheet.blocks)):
                        sheet.leave_out(j, rule.name)
                if rule.name == "original address":
                    _address(sheet, i)
                break
    for i in sheet.open():
        _between_left_out(sheet, i)


def _address(sheet: _Sheet, i: int) -> None:
    """ "Original url:" — the address stands in the same block or in the next."""
    for text in [b.text for b in sheet.blocks[i : i + 2]]:
        found = re.search(r"https?://[^\s>)\]]+", text)
        if found:
            sheet.note("url", found[0], "“original address” line")
            return


def _between_left_out(sheet: _Sheet, i: int) -> None:
    """A short block between two blocks of one appeal belongs to it."""
    before = sheet.rule[i - 1] if i else ""
    after = sheet.rule[i + 1] if i + 1 < len(sheet.blocks) else ""
    if (
        before
        and before == after
        and before in ("fundraising appeal", "subscription notice", "cookie notice")
        and len(sheet.blocks[i].text.split()) <= 40
    ):
        sheet.leave_out(i, before)
    elif (
        after == "fundraising appeal"
        and after != before
        and re.search(r"\?$", sheet.blocks[i].text)
        and len(sheet.blocks[i].text.split()) <= 10
    ):
        sheet.leave_out(i, after)  # the question that an appeal opens with


def _bylines(sheet: _Sheet) -> None:
    for n, i in enumerate(sheet.open()):
        text = sheet.blocks[i].text
        if n < _TOP:
            if (date := rules.DATE_LINE.fullmatch(text)) and sheet.leave_out(i, "date line"):
                sheet.note("published", _iso(date), "date line")
                continue
            byline = rules.BYLINE.fullmatch(text)
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
        if credit and len(text.split()) <= 30 and sheet.leave_out(i, "contributors"):
            sheet.note("authors", rules.people(credit["names"]), "contributors' line")
        elif rules.CREDIT_ONLY.fullmatch(text) and len(text.split()) <= 8:
            sheet.leave_out(i, "image credit")


def _iso(match: re.Match[str]) -> str:
    months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    if match["iso"]:
        raw = match["iso"]
    else:
        month = months.index((match["month"] or match["month2"])[:3].lower()) + 1
        raw = f"{match['year'] or match['year2']}-{month:02d}-{int(match['day'] or match['day2']):02d}"
    try:
        return str(parse_moment(raw))
    except ValueError:
        return ""


def _headline(sheet: _Sheet) -> None:
    """The first block that looks like a title and has text below it; its repetitions and what is glued to it are left out."""
    given = sheet.metadata.get("headline")
    title = str(given.value) if given else ""
    if not title:
        for n, i in enumerate(sheet.open()[:3]):
            block = sheet.blocks[i]
            following = [j for j in sheet.open() if j > i][:1]
            titled = block.heading or _title_like(block.text)
            if (
                following
                and titled
                and not _flows(block.text, sheet.blocks[following[0]].text)
                and (n == 0 or block.heading or _repeated(sheet, i))
            ):
                title = block.text
                break
    if not title:
        return
    core = min(
        (sheet.blocks[i].text for i in sheet.open()[:_TOP] if len(sheet.blocks[i].text) > 12 and sheet.blocks[i].text in title),
        key=len,
        default=title,
    )
    title = core if given is None else title
    for i in sheet.open()[:_TOP]:
        text = sheet.blocks[i].text
        if _same_words(text, title):
            first = "headline" not in [sheet.role[j] for j in range(i)]
            sheet.role[i] = "headline" if first and given is None else ""
            if not sheet.role[i]:
                sheet.leave_out(i, "repeated headline")
        elif _words(text)[-len(_words(title)) :] == _words(title) and len(_words(text)) <= len(_words(title)) + 6:
            sheet.leave_out(i, "navigation before the headline")
        elif text.startswith(title) and re.match(r"\W*(?:source|credit|photo|image|by)\b", text[len(title) :], re.IGNORECASE):
            sheet.leave_out(i, "repeated headline")
    if given is None:
        sheet.metadata["headline"] = Found(value=title, where="first line that reads like a title")
    _source_after(sheet)


def _source_after(sheet: _Sheet) -> None:
    """ "Source: The Example" right below a headline is a credit, also where it stands in a block of its own."""
    for i in sheet.open()[:2]:
        if re.match(r"(?:source|credit)s?\s*:", sheet.blocks[i].text, re.IGNORECASE) and len(sheet.blocks[i].text.split()) <= 8:
            sheet.leave_out(i, "image credit")


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower().replace("’", "'"))


def _same_words(a: str, b: str) -> bool:
    return _words(a) == _words(b)


def _title_like(text: str) -> bool:
    words = text.split()
    return (
        3 <= len(words) <= _TITLE_WORDS
        and not re.search(r"[.!…:;,][\"'”’)]*$", text)
        and text[:1] not in "-–—("
        and not rules.CREDIT_TAIL.search(text)
    )


def _repeated(sheet: _Sheet, i: int) -> bool:
    return any(j != i and _same_words(sheet.blocks[j].text, sheet.blocks[i].text) for j in sheet.open()[:_TOP])


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
        short = len(text.split()) <= _HEADING_WORDS and len(text) <= 80 and not re.search(r"[.!…:;,]$", text) and not text[:1].islower()
        before, after = n > 0, n + 1 < len(open_blocks)
        flows = before and _flows(sheet.blocks[open_blocks[n - 1]].text, block.text)
        into = after and _flows(block.text, sheet.blocks[open_blocks[n + 1]].text)
        if (
            after
            and not flows
            and not into
            and (block.heading or (before and short and _ENDS.search(sheet.blocks[open_blocks[n + 1]].text)))
        ):
            sheet.role[i] = "heading"


def _flows(a: str, b: str) -> bool:
    """Whether a paragraph was broken between two blocks: no end of a sentence, and the next goes on in lower case."""
    return not _ENDS.search(a) and bool(re.match(r"[a-zà-ÿ]", b))


def _draft(sheet: _Sheet) -> Draft:
    out: list[tuple[str, str]] = []
    pending: list[tuple[str, str]] = []
    left: list[LeftOut] = []
    for block, role, rule in zip(sheet.blocks, sheet.role, sheet.rule, strict=True):
        if role == "left out":
            left.append(LeftOut(text=block.text, rule=rule))
        elif role in ("caption", "heading"):
            pending.append((role, block.text))
        elif role != "headline":
            if out and out[-1][0] == "body" and _flows(out[-1][1], block.text) and all(r == "caption" for r, _ in pending):
                out[-1] = ("body", f"{out[-1][1]} {block.text}")
            else:
                out, pending = [*out, *pending], []
                out.append(("body", block.text))
    out += pending
    return Draft(paragraphs=tuple(_numbered(out)), left_out=tuple(left), metadata=sheet.metadata)


def _numbered(blocks: Iterable[tuple[str, str]]) -> Iterable[Paragraph]:
    for n, (role, text) in enumerate(blocks):
        yield Paragraph(index=n, role=role, text=text)  # type: ignore[arg-type]
