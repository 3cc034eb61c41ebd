"""The desk's work on files: opens stories as they are on disk now, writes an editor's decisions
into their front matter at once, and takes them back. Shell.

Every change is made under a lock on the story's file, on what stands in it then: a second tab, a
second desk or a text editor beside it lose nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from site_gen.compare.identity import mention_id
from site_gen.compare.review import review_items, review_of
from site_gen.compare.ruled import mentions_of
from site_gen.compare.rulings import row_words
from site_gen.content import ID, read_content
from site_gen.front_matter import (
    CannotEdit,
    Fields,
    difference,
    read_rulings,
    ruling_on,
    said_by,
    target_of,
    with_ruling,
    without_ruling,
)
from site_gen.model import ReviewItem, Story
from site_gen.model.message import say
from site_gen.pipeline import misread, ruled
from site_gen.shell.exchange import one_at_a_time
from site_gen.shell.files import unreadable, write_whole
from site_gen.shell.opened import Done, Opened, Refused, files_of_story, standing_of
from site_gen.shell.preview import Preview

DECIDES = ("same", "different", "right", "verdict", "hide")
"""The fields of a ruling of which one holds."""
LONGEST_NAME = 200
"""Characters of a story's name; no file system has longer ones."""
KEPT = 500
"""Changes that can be undone; so many an editor does not make in a day."""


@dataclass(slots=True)
class Reviewing:
    """The stories of a preview, for an editor. ``editor``: whose name is written; ``today`` gives
    the day (ISO 8601)."""

    preview: Preview
    today: Callable[[], str]
    editor: str = ""
    _journal: dict[str, list[Done]] = field(default_factory=dict)
    _known: dict[str, tuple[dict[str, bytes], Opened]] = field(default_factory=dict)
    """By story, its files as they were read last and what was made of them."""
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def content(self) -> Path:
        """The folder of the stories."""
        config = self.preview.config
        if config is None:
            raise Refused("The configuration cannot be read: mend it, and look again.")
        return config.content

    def stories(self) -> list[str]:
        """The names of the stories, in order."""
        found = [p.parent.name for p in self.content.glob("*/index.md") if p.is_file()]
        return sorted(n for n in found if ID.fullmatch(n) and self._is_story(self.content / n))

    def _is_story(self, folder: Path) -> bool:
        """Whether a folder is a story's; one with faults is."""
        try:
            content, errors = read_content(files_of_story(folder))
        except OSError:
            return True
        return bool(content.stories or errors)

    def _folder(self, name: str) -> Path:
        """The folder of a story; :class:`Refused` where there is none of that name."""
        if not ID.fullmatch(name) or len(name) > LONGEST_NAME:
            raise Refused("There is no such story.")
        folder = self.content / name
        if not (folder / "index.md").is_file():
            raise Refused("There is no such story.")
        return folder

    def open(self, name: str) -> Opened:
        """A story as it is on disk now; :class:`Refused` where there is none or it has faults."""
        folder = self._folder(name)
        path = folder / "index.md"
        files = files_of_story(folder)
        known = self._known.get(name)
        if known is not None and known[0] == files:
            return known[1]
        content, errors = read_content(files)
        if errors:
            raise ExceptionGroup("the story has faults", errors)
        if not content.stories:
            raise Refused("There is no such story.")
        opened = self._opened(content.stories[0], path, files[f"{name}/index.md"])
        self._known[name] = (files, opened)
        return opened

    def _opened(self, story: Story, path: Path, data: bytes) -> Opened:
        machine = self.preview.kept.machine(story)
        comparison = ruled(story, machine)
        items = review_items(comparison, machine.matches, machine.rows)
        return Opened(
            story=story,
            path=path,
            text=data.decode("utf-8"),
            machine=machine,
            comparison=replace(comparison, review=review_of(items, story.rulings)),
            items=items,
        )

    # ── deciding

    def would_write(self, opened: Opened, item: ReviewItem, said: Fields) -> list[tuple[str, str]]:
        """The lines that a decision would change; none where it cannot be written."""
        try:
            text, _ = self._written(opened, [(item.target, self._merged(opened, item, said))])
        except CannotEdit:
            return []
        return difference(opened.text, text)

    def decide(
        self,
        name: str,
        key: str,
        standing: str,
        said: Fields,
        *,
        mentions: Sequence[tuple[str, Fields]] = (),
        mentioned: str = "",
        what: str,
    ) -> Done:
        """Write a decision on a finding, and on mentions in it (by id), at once.

        ``said``: the fields of the ruling that change (an empty value takes one out); ``standing``:
        what held when the editor looked. :class:`Refused` where something else holds now, or where
        it cannot be written; nothing is then.
        """
        with self._writing(name) as opened:
            item = opened.item(key)
            if opened.standing(item) != standing or (mentions and opened.mentioned != mentioned):
                raise Refused(
                    "Somebody decided on this meanwhile: look at what holds now, and decide again."
                )
            entries = [(item.target, self._merged(opened, item, said))] if said else []
            words = self._mention_words(opened)
            for mention, fields in mentions:
                if mention not in words:
                    raise Refused("These words are no longer there: the text changed.")
                target = ("mention", mention)
                old = ruling_on(opened.text, target)
                if any(str(old.get(k, "")) != v for k, v in fields.items()):
                    entries.append((target, self._with(old, target, fields, (words[mention],))))
            return self._write(opened, key, entries, what)

    def _merged(self, opened: Opened, item: ReviewItem, said: Fields) -> dict[str, Any]:
        of = item.of
        if isinstance(said.get("same"), list):  # the words of all that become one row
            rows = {r.id: r for r in opened.comparison.rows}
            added = (w for name in said["same"] if name in rows for w in row_words(rows[name]))
            of = tuple(sorted({*of, *added}))
        old = ruling_on(opened.text, item.target)
        return self._with(_undecided(old) if item.lapsed else old, item.target, said, of)

    def _with(
        self, old: Fields, target: Sequence[str], said: Fields, of: Sequence[str]
    ) -> dict[str, Any]:
        """A ruling's fields with those that are said now; without a decision that another one takes
        the place of, and empty where nothing is said any more."""
        out = _changed(old, target, said)
        if not set(out) - {target[0], "editor", "date", "of"}:
            return {}
        if _decides(out) and not any(k in DECIDES for k in said):
            return out  # a label or a note is no decision: who decided, when and on what, stays
        signed = {"date": self.today(), "editor": self.editor, "of": list(of)}
        return out | {k: v for k, v in signed.items() if v}

    def _mention_words(self, opened: Opened) -> dict[str, str]:
        """The words of everything that a ruling may name as a mention, by its id."""
        out = {}
        for annotated in opened.machine.annotated.values():
            for name, fact in mentions_of(annotated):
                text = annotated.article.paragraph(fact.paragraph).text
                out[name] = text[fact.start : fact.end]
        return out

    def mention(self, opened: Opened, view: Mapping[str, Any]) -> str:
        """The id of a mention that the desk shows."""
        return mention_id(opened.story.article(view["article"]), view["place"])

    def _written(
        self, opened: Opened, entries: Sequence[tuple[Sequence[str], Fields]]
    ) -> tuple[str, list[tuple[tuple[str, ...], dict[str, Any], dict[str, Any]]]]:
        text, told = opened.text, []
        for target, fields in entries:
            old = ruling_on(text, target)
            text = with_ruling(text, target, fields)
            told.append((tuple(target_of(fields) if fields else target), dict(old), dict(fields)))
        return text, told

    def _write(
        self,
        opened: Opened,
        key: str,
        entries: Sequence[tuple[Sequence[str], Fields]],
        what: str,
    ) -> Done:
        try:
            text, told = self._written(opened, entries)
        except CannotEdit as fault:
            raise Refused(f"This cannot be written into {opened.path.name}: {fault}.") from None
        if text == opened.text:
            raise Refused("That is what holds already.")
        self._check(opened, text)
        files = ((opened.path, opened.text.encode("utf-8"), text.encode("utf-8")),)
        done = Done(what=what, key=key, files=files, targets=tuple(told))
        self._put(opened.story.id, done)
        return done

    def _check(self, opened: Opened, text: str) -> None:
        """Whether a story's file reads without a fault as it would be written."""
        name = opened.story.id
        files = files_of_story(opened.path.parent) | {f"{name}/index.md": text.encode("utf-8")}
        content, errors = read_content(files)
        if errors:
            raise Refused(f"{errors[0].message}: {errors[0].hint}")
        for _, why, hint in misread(content.stories[0], opened.machine):
            raise Refused(f"{why[0].upper()}{why[1:]}: {hint}.")

    def _put(self, name: str, done: Done) -> None:
        """Write a change's files, whole or not at all, where they still are what they were."""
        for path, before, _ in done.files:
            now = path.read_bytes() if path.exists() else None
            if now != before:
                raise Refused(f"{path.name} was changed outside meanwhile: look again.")
        try:
            write_whole([(path, after) for path, _, after in done.files if after is not None])
            for path, _, after in done.files:
                if after is None:
                    path.unlink(missing_ok=True)
        except OSError as fault:
            raise Refused(str(unreadable(str(fault.filename or name), fault))) from None
        journal = self._journal.setdefault(name, [])
        journal.append(done)
        del journal[:-KEPT]

    def change_files(
        self, name: str, key: str, what: str, files: Sequence[tuple[Path, bytes | None, bytes]]
    ) -> Done:
        """Write other files of a story, to be undone like a decision."""
        with self._locked(name):
            done = Done(what=what, key=key, files=tuple(files))
            self._put(name, done)
            return done

    # ── taking back

    def last(self, name: str) -> Done | None:
        """The last change of a story in this run."""
        journal = self._journal.get(name, [])
        return journal[-1] if journal else None

    def undo(self, name: str) -> Done:
        """Take the last change back; :class:`Refused` where there is none, or its place was changed
        by somebody else."""
        with self._locked(name):
            done = self.last(name)
            if done is None:
                raise Refused("There is nothing to undo.")
            back = self._back(name, done)
            self._put(name, back)
            del self._journal[name][-2:]
            return back

    def _back(self, name: str, done: Done) -> Done:
        now = [path.read_bytes() if path.exists() else None for path, _, _ in done.files]
        what = say("Taken back: {what}", what=done.what)
        if all(n == after for n, (_, _, after) in zip(now, done.files, strict=True)):
            files = tuple((path, after, before) for path, before, after in done.files)
            return Done(what=what, key=done.key, files=files)
        path, data = done.files[0][0], now[0]
        if not done.targets or data is None:
            raise Refused("The file was changed meanwhile: it can only be mended by hand.")
        text = data.decode("utf-8")
        try:
            for target, before, after in reversed(done.targets):
                if said_by(ruling_on(text, target)) != said_by(after):
                    raise Refused("Somebody changed this ruling meanwhile: look at what holds now.")
                text = with_ruling(text, target, before)
        except CannotEdit as fault:
            raise Refused(f"This cannot be taken back in {path.name}: {fault}.") from None
        return Done(what=what, key=done.key, files=((path, data, text.encode("utf-8")),))

    def take_out(self, name: str, number: int, standing: str) -> Done:
        """Take a ruling out, by its place in the list; ``standing``: its fields as the editor saw
        them."""
        with self._writing(name) as opened:
            rulings = read_rulings(opened.text)
            if not 0 <= number < len(rulings) or standing_of(rulings[number]) != standing:
                raise Refused("The rulings were changed meanwhile: look again.")
            try:
                text = without_ruling(opened.text, number)
            except CannotEdit as fault:
                raise Refused(f"This cannot be taken out of {opened.path.name}: {fault}.") from None
            files = ((opened.path, opened.text.encode("utf-8"), text.encode("utf-8")),)
            done = Done(what=say("A ruling is taken out."), key="", files=files)
            self._put(name, done)
            return done

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        path = self._folder(name) / "index.md"
        with self._lock, one_at_a_time(path, lambda words: None):
            yield

    @contextmanager
    def _writing(self, name: str) -> Iterator[Opened]:
        with self._locked(name):
            yield self.open(name)


def _decides(fields: Fields) -> bool:
    return any(fields.get(k) for k in DECIDES)


def _changed(old: Fields, target: Sequence[str], said: Fields) -> dict[str, Any]:
    """The fields of a ruling with those that are said now; a new decision takes the place of the
    old one, and what is said to be empty goes."""
    kind, *names = target
    out = dict(old) or {kind: list(names) if kind == "paragraphs" else names[0]}
    if any(k in DECIDES for k in said) and _decides(old):
        out = _undecided(out)
    joins = _is_list(out.get("same"))  # which says that it is one thing, and of what
    for name, value in said.items():
        if not (name == "same" and value is True and joins):
            out[name] = list(value) if name == "paragraphs" else value
    return {k: v for k, v in out.items() if v not in (None, "", False, [])}


def _undecided(fields: Fields) -> dict[str, Any]:
    """A ruling without its decision and the reason for it, which another one takes the place of;
    the rows that it joins stay."""
    gone = (*DECIDES, "reason", "of")
    return {k: v for k, v in fields.items() if k not in gone or (k == "same" and _is_list(v))}


def _is_list(value: Any) -> bool:
    return isinstance(value, list)
