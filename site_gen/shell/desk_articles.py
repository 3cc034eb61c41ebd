"""Articles on the desk: what ``add`` makes of a pasted text or a link, and corrections of
paragraphs, roles and days. Shell."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from site_gen.content import ID, read_content
from site_gen.front_matter import CannotEdit, with_field, with_paragraph
from site_gen.model import ContentError
from site_gen.model.message import say
from site_gen.shell.add import Added, files_of, prepare
from site_gen.shell.desk_forms import Form
from site_gen.shell.opened import Done, Opened, Refused
from site_gen.shell.reviewing import Reviewing
from site_gen.shell.sources import Item, Source, fetched, is_address
from site_gen.shell.written import Given, metadata

WAITING = 20
"""Articles that are shown and not yet kept; older ones are forgotten."""
FIELDS = ("headline", "published", "captured")
"""What of an article's front matter is corrected on the desk."""
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|article|main|div|section|p|h1)\b", re.I)
"""How a pasted page begins, in place of a text."""


@dataclass(slots=True)
class Articles:
    """What the desk does with articles."""

    reviewing: Reviewing
    _made: dict[str, tuple[str, Added]] = field(default_factory=dict)

    # ── corrections

    def digest(self, opened: Opened, name: str) -> str:
        """A name for what stands in an article's file."""
        data = (opened.path.parent / f"{name}.md").read_bytes()
        return hashlib.sha256(data).hexdigest()[:16]

    def edit(self, story: str, form: Form) -> Done:
        """A paragraph, its role, or a field of the front matter corrected; :class:`Refused` where
        it cannot be."""
        name = form.one("name")
        opened = self.reviewing.open(story)
        if name not in {a.id for a in opened.story.articles}:
            raise Refused("There is no such article.")
        if self.digest(opened, name) != form.one("digest"):
            raise Refused("The article was changed outside meanwhile: look at it again.")
        path = opened.path.parent / f"{name}.md"
        data = path.read_bytes()
        text = data.decode("utf-8")
        try:
            new, what = self._edited(text, form, opened, name)
        except CannotEdit as fault:
            raise Refused(f"This cannot be written into {path.name}: {fault}.") from None
        if new == text:
            raise Refused("That is what stands there already.")
        self._check(opened, name, new)
        return self.reviewing.change_files(
            story,
            "",
            say("{what} of {name}.", what=what, name=f"{name}.md"),
            [(path, data, new.encode("utf-8"))],
        )

    def _edited(self, text: str, form: Form, opened: Opened, name: str) -> tuple[str, str]:
        if form.one("what") == "front":
            article = opened.story.article(name)
            for key in FIELDS:
                value = " ".join(form.one(key).split())
                if value != str(getattr(article, key) or ""):
                    text = with_field(text, key, value)
            return text, say("Corrected: headline or day")
        words = " ".join(form.one("text").split())
        told = form.one("index")
        index = int(told) if told.isdecimal() and len(told) < 9 else -1
        paragraphs = opened.story.article(name).paragraphs
        if not words or not 0 <= index < len(paragraphs):
            raise Refused("A paragraph needs words; take it out of the file by hand.")
        role = form.one("role")
        if role not in ("body", "heading", "caption"):
            raise Refused("A paragraph is text, a heading or a caption.")
        if (words, role) == (paragraphs[index].text, paragraphs[index].role):
            return text, ""
        return with_paragraph(text, index, words, role), say(
            "Corrected: paragraph {n}", n=index + 1
        )

    def _check(self, opened: Opened, name: str, text: str) -> None:
        folder = opened.path.parent
        files = {f"{folder.name}/{p.name}": p.read_bytes() for p in folder.glob("*.md")}
        files[f"{folder.name}/{name}.md"] = text.encode("utf-8")
        _, errors = read_content(files)
        if errors:
            raise Refused(f"{errors[0].message}: {errors[0].hint}")

    # ── an article more

    def look(self, story: str, form: Form) -> tuple[dict[str, Any] | None, list[str]]:
        """What ``add`` makes of a pasted text or a link, and what is wrong; nothing is written."""
        given = Given(
            outlet=_line(form, "outlet"),
            headline=_line(form, "headline"),
            published=_line(form, "published"),
            url=_line(form, "url"),
            partial=bool(form.one("partial")),
            keep=frozenset(form.all("keep")),
            rules=self.reviewing.preview.config.rules if self.reviewing.preview.config else (),
        )
        content = self.reviewing.content
        _, errors = prepare(content, story, (), given)
        if errors:
            return None, [_told(e) for e in errors]
        try:
            source = self._source(form, given)
            added, errors = prepare(content, story, [source], given)
        except ContentError as fault:
            return None, [_told(fault)]
        if errors or not added:
            return None, [_told(e) for e in errors] or ["Nothing was made of it."]
        if added[0].kept:
            return None, [f"{added[0].name}.md has the same capture already."]
        return self._shown(story, added[0]), []

    def _source(self, form: Form, given: Given) -> Source:
        link, text = _line(form, "link"), form.one("text")
        if link:
            if not is_address(link):
                mend = "it must start with https:// or http://"
                raise ContentError(link, 0, "this is no address of the web", mend)
            return fetched(self._client().get(link), Item(name=link, given=given))
        if not text.strip():
            raise ContentError(
                "the form", 0, "nothing was pasted", "paste the article’s text, or give a link"
            )
        page = bool(_MARKUP.match(text))
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        return Source(
            name="the pasted page" if page else "the pasted text",
            data=plain.encode("utf-8", "replace"),
            ending=".html" if page else ".txt",
            given=given,
            charset="utf-8" if page else "",
        )

    def _client(self) -> Any:
        try:
            from site_gen.shell.fetch import Client, Limits
        except ImportError:
            mend = "pip install 'site-gen[add]', or paste the page"
            raise ContentError("links", 0, "fetching pages needs an extra", mend) from None
        config = self.reviewing.preview.config
        return Client(limits=Limits(), contact=config.url if config else "")

    def _shown(self, story: str, added: Added) -> dict[str, Any]:
        name = secrets.token_hex(8)
        self._made[name] = (story, added)
        for old in list(self._made)[:-WAITING]:
            del self._made[old]
        found = metadata(added.draft, added.given)
        return {
            "id": name,
            "file": f"{story}/{added.name}.md",
            "metadata": [
                (key, ", ".join(v.value) if isinstance(v.value, tuple) else v.value, v.where)
                for key, v in found.items()
            ]
            + ([("version_of", added.version_of, "recognised")] if added.version_of else []),
            "hints": added.hints,
            "paragraphs": [
                {"number": n, "role": p.role, "text": p.text}
                for n, p in enumerate(added.draft.paragraphs, 1)
            ],
            "left_out": [{"rule": x.rule, "text": x.text} for x in added.draft.left_out],
            "rules": sorted(Counter(x.rule for x in added.draft.left_out).items()),
        }

    def keep(self, story: str, name: str) -> Done:
        """Write an article that was shown; :class:`Refused` where it cannot be."""
        known = self._made.get(name)
        if known is None or known[0] != story:
            raise Refused("This article is no longer at hand: look at it again.")
        added = known[1]
        if not ID.fullmatch(added.name):
            raise Refused(f"`{added.name}` cannot be an article’s name.")
        files = [(path, None, data) for path, data in files_of([added])]
        done = self.reviewing.change_files(
            story, "", say("Added: {name}.", name=f"{added.name}.md"), files
        )
        del self._made[name]
        return done


def _line(form: Form, name: str) -> str:
    return " ".join(form.one(name).split())


def _told(fault: ContentError) -> str:
    return f"{fault.message}: {fault.hint}" if fault.hint else fault.message


def outlets(opened: Opened) -> Sequence[str]:
    """The outlets of a story, each once."""
    return list(dict.fromkeys(a.outlet for a in opened.story.articles))
