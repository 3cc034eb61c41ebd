"""``site-gen add``: from captures to articles in a story's folder. Shell: reads and writes
files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from site_gen.capture import KINDS, capture
from site_gen.capture.notices import Trace, paywalled, traces
from site_gen.capture.rules import pattern_rules
from site_gen.content import ID, RESERVED_ARTICLES
from site_gen.match.versions import group_captures
from site_gen.model import Article, ContentError, Draft, Original
from site_gen.shell.files import unreadable, write_whole
from site_gen.shell.folder import load_articles, record_of, refuse_link
from site_gen.shell.given import as_given_before, faults_of
from site_gen.shell.recognise import (
    MENDS,
    PAGES,
    as_article,
    as_draft,
    kind_of,
    recognise,
    same_text,
    value,
)
from site_gen.shell.sources import Source
from site_gen.shell.written import Given, metadata, slug, to_markdown


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """What ``add`` makes of one file: the article's path and text, the original to keep, and what
    to tell.

    ``before``: the text of the article's file where the same capture was added before; ``kept``: it
    is left as it is, because it is the same, or a person has edited it and did not say
    ``--overwrite``. ``same_as``: of a fetched page, the capture that has the same words.
    """

    name: str
    path: Path
    text: str
    draft: Draft
    given: Given
    version_of: str
    original: Original
    stored: Path
    source: Source
    before: str = ""
    kept: bool = False
    same_as: str = ""
    traces: tuple[Trace, ...] = ()
    hints: tuple[str, ...] = ()


def prepare(
    content: Path, story_id: str, sources: Iterable[Source], given: Given
) -> tuple[list[Added], list[ContentError]]:
    """The articles that the captures make, in order, and every fault; nothing is written.
    ``given``: what is said of all of them."""
    errors: list[ContentError] = []
    folder = content / story_id
    if not ID.fullmatch(story_id) or not (folder / "index.md").exists():
        return [], [
            ContentError(
                str(folder),
                0,
                "there is no such story",
                f"create it: site-gen new {story_id} --title '…'",
            )
        ]
    errors += faults_of(given)
    if errors:
        return [], errors
    try:
        refuse_link(folder)
        adder = Adder(folder, load_articles(folder, story_id, errors))
    except ContentError as fault:
        return [], [*errors, fault]
    except OSError as fault:
        return [], [*errors, unreadable(str(fault.filename or folder), fault)]
    out: list[Added] = []
    for source in sources:
        try:
            out.append(adder.add(source))
        except ContentError as fault:
            errors.append(fault)
        except OSError as fault:
            errors.append(unreadable(str(fault.filename or source.name), fault))
    return [adder.again_beside(item, out) for item in out], errors


class Adder:
    """Adds captures to one story, each with what is known of those before it."""

    def __init__(self, folder: Path, known: list[Article]) -> None:
        self.folder, self.known = folder, known
        self.taken = {p.stem for p in folder.glob("*.md")}
        self.hashes = {a.original.sha256: a for a in known if a.original}

    def add(self, source: Source) -> Added:
        """One capture; ``ContentError`` where it cannot become an article."""
        kind_of(source.name, source.ending, source.data)
        digest = hashlib.sha256(source.data).hexdigest()
        same = self.hashes.get(digest)
        # one wire story in two papers is two sources
        before = same if same and source.given.outlet in ("", same.outlet) else None
        draft = self.draft(source, None)
        outlet = self._outlet(source, draft, before)
        version_of = (
            before.version_of if before else recognise(draft, outlet, self.known, source.given.url)
        )
        if not before and (other := next((a for a in self.known if a.id == version_of), None)):
            draft = self.draft(source, as_draft(other))
        if not (before and before.partial):
            self.refuse_stub(source, draft)
        last = self._last(version_of) if source.answer and not before else None
        if last is not None and same_text(draft, last):
            return self._the_same(source, draft, last)
        stem = before.id if before else self._stem(source, draft, outlet)
        original = (
            before.original
            if before and before.original
            else Original(file=f"originals/{stem}{source.ending}", sha256=digest)
        )
        added = self._added(stem, source, draft, version_of, original, before)
        if not before:
            self.taken.add(stem)
            self.known = [*self.known, as_article(stem, draft, outlet, source.given.url)]
            self.hashes[digest] = self.known[-1]
        return added

    def _outlet(self, source: Source, draft: Draft, before: Article | None) -> str:
        outlet = source.given.outlet or value(draft, "outlet") or (before.outlet if before else "")
        if not outlet and source.answer:
            # the address was in the story before: its outlet is known
            addresses = {source.given.url, value(draft, "url")} - {""}
            outlet = next((a.outlet for a in self.known if a.url in addresses), "")
        if not outlet:
            raise ContentError(
                source.name,
                0,
                "the capture does not say who published it",
                'give it: --outlet "The Example"',
            )
        return outlet

    def _last(self, name: str) -> Article | None:
        """The latest capture of an article; ``None`` where there is none."""
        groups = group_captures(self.known)
        return next((g[-1] for g in groups if any(a.id == name for a in g)), None)

    def _the_same(self, source: Source, draft: Draft, last: Article) -> Added:
        """A fetched page whose words we have."""
        path = self.folder / f"{last.id}.md"
        return Added(
            name=last.id,
            path=path,
            text="",
            draft=draft,
            given=source.given,
            version_of=last.version_of,
            original=last.original or Original(file="", sha256=""),
            stored=path,
            source=source,
            kept=True,
            same_as=last.id,
        )

    def draft(self, source: Source, other: Draft | None) -> Draft:
        """What a capture holds; ``ContentError`` where that is no article. ``other``: another
        capture of the same article."""
        given = source.given
        kind = KINDS[source.ending]
        try:
            draft = capture(
                source.data,
                kind,
                keep=given.keep,
                outlet=given.outlet,
                agency=given.agency,
                drop_after=given.drop_after,
                rules=given.rules,
                other=other,
                charset=source.charset,
            )
        except ValueError as fault:
            mend = MENDS.get(kind, "look whether the page was saved whole")
            raise ContentError(source.name, 0, str(fault), mend) from None
        if not any(p.role == "body" for p in draft.paragraphs):
            raise ContentError(
                source.name,
                0,
                "no paragraph of an article is left in this capture",
                "overrule a rule with --keep RULE; --dry-run shows which rule left what out",
            )
        return draft

    def refuse_stub(self, source: Source, draft: Draft) -> None:
        """Raise where a capture is what a paywall shows."""
        page = source.data.decode("utf-8", "replace") if KINDS[source.ending] in PAGES else ""
        if not source.given.partial and (stub := paywalled(draft, page)):
            raise ContentError(
                source.name,
                0,
                stub,
                "save the page where the whole article is shown, or add --partial so that its"
                " silence counts for nothing",
            )

    def _stem(self, source: Source, draft: Draft, outlet: str) -> str:
        given = source.given
        if given.name and given.name in self.taken:
            raise ContentError(
                source.name, 0, f"{given.name}.md exists already", "choose another --name"
            )
        return given.name or _free_name(
            outlet, given.published or value(draft, "published"), given.captured, self.taken
        )

    def _added(
        self,
        stem: str,
        source: Source,
        draft: Draft,
        version_of: str,
        original: Original,
        before: Article | None,
    ) -> Added:
        path = self.folder / f"{stem}.md"
        given = as_given_before(source.given, before, draft) if before else source.given
        if not given.outlet and "outlet" not in draft.metadata:
            given = replace(given, outlet=self._outlet(source, draft, before))
        text = to_markdown(draft, given, version_of=version_of, original=original)
        old = path.read_text(encoding="utf-8") if before and path.exists() else ""
        return Added(
            name=stem,
            path=path,
            text=text,
            draft=draft,
            given=given,
            version_of=version_of,
            original=original,
            stored=self.folder / original.file,
            source=source,
            before=old,
            kept=bool(old) and not source.given.overwrite,
            traces=(
                traces(source.data.decode("utf-8", "replace"))
                if re.search(r"\.x?html?$|\.mht(?:ml)?$", original.file)
                else ()
            ),
            hints=(*self._hints(draft, version_of, given), *_doubts(draft, given)),
        )

    def _hints(self, draft: Draft, version_of: str, given: Given) -> tuple[str, ...]:
        """Paragraphs of the capture that is there already which only it has, and which read like
        what is not the article."""
        other = next((a for a in self.known if a.id == version_of), None)
        if other is None:
            return ()
        here = {" ".join(p.text.lower().split()) for p in draft.paragraphs}
        everything = (*given.rules, *pattern_rules())
        return tuple(
            f"{other.id}.md holds “{p.text[:70]}…”, which this capture lacks and which reads like a"
            f" {rule.name}: look whether it is the article's"
            for p in other.paragraphs
            if p.role == "body" and " ".join(p.text.lower().split()) not in here
            for rule in [
                next((r for r in everything if r.fits(p.text) or r.fits_weakly(p.text)), None)
            ]
            if rule
        )

    def again_beside(self, item: Added, all_of_them: Iterable[Added]) -> Added:
        """The first of several captures of one article that were given together, read again with
        what the next one shows."""
        other = next(
            (o for o in all_of_them if o.version_of == item.name and not item.before), None
        )
        if other is None:
            return item
        try:
            draft = self.draft(item.source, other.draft)
        except ContentError:
            # with the other's help nothing would be left of it: it stays as it was read alone
            return item
        return self._added(item.name, item.source, draft, item.version_of, item.original, None)


def _doubts(draft: Draft, given: Given) -> tuple[str, ...]:
    """What a person should look at: a missing headline, a day of publication that the capture
    contradicts, another language."""
    out = []
    found = metadata(draft, given)
    if "headline" not in found:
        out.append('headline: none was found, and the pages will say so. Give it: --headline "…"')
    said, shown = given.published[:10], value(draft, "published")[:10]
    if said and shown and said != shown:
        where = draft.metadata["published"].where
        out.append(
            f"published: you said {said}, and the capture itself says {shown} ({where}); what you"
            " said is written, look which is right"
        )
    language = found["language"].value if "language" in found else "en"
    if isinstance(language, str) and language.split("-")[0].lower() != "en":
        out.append(
            f"language: {language} ({found['language'].where}); figures, dates and speakers are"
            " read in English only, so its cells will say so"
        )
    return tuple(out)


def with_day(item: Added, day: str) -> Added:
    """The same article with its day of publication, as a person gave it when asked."""
    given = replace(item.given, published=day)
    text = to_markdown(item.draft, given, version_of=item.version_of, original=item.original)
    return replace(item, given=given, text=text)


def _free_name(outlet: str, published: str, captured: str, taken: set[str]) -> str:
    base = slug(outlet) or "article"
    base = f"{base}-article" if base in RESERVED_ARTICLES else base
    day = (captured or published)[:10]
    options = [base, *([f"{base}.{day}"] if day else []), *(f"{base}-{n}" for n in range(2, 1000))]
    return next(o for o in options if o not in taken)


def write(added: Iterable[Added]) -> None:
    """Write the articles and keep their originals byte for byte: all of them, or none; an original
    is in place before its article is.

    Raises :class:`ContentError` where the system does not let us write.
    """
    files = files_of(added)
    try:
        write_whole(files)
    except OSError as fault:
        raise unreadable(str(fault.filename or files[0][0]), fault) from None


def files_of(added: Iterable[Added]) -> list[tuple[Path, bytes]]:
    """The files that articles are made of, in the order in which they are written."""
    files: list[tuple[Path, bytes]] = []
    for item in added:
        if not item.kept:
            files.append((item.stored, item.source.data))
            if item.source.answer:
                record = item.source.answer.record(item.original.sha256)
                files.append((record_of(item.stored), record))
            files.append((item.path, item.text.encode("utf-8", "replace")))
    return files
