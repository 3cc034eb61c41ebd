"""What was found in each article of a story and how each pair of them matches, kept in the cache
for when something else of the story changes: an article, a ruling, the title. Shell.

One entry a story, so that a build writes one file more and not one a pair. Each part stands under
the key of what it was made of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from site_gen.memory import Memory
from site_gen.model import Annotated, Article, Link
from site_gen.shell.cache import Cache, key_of
from site_gen.shell.stored import NotStored, from_text, to_text

KIND = "parts"


@dataclass(slots=True)
class Parts(Memory):
    """The parts of one story: those of the build before, and those that are of use now."""

    cache: Cache
    story: str
    _before: dict[str, Any] | None = None
    _now: dict[str, Any] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def found(self, article: Article, find: Callable[[], Annotated]) -> Annotated:
        """An article with what was found in it."""
        key = f"found {self._text(article)}"
        made: Annotated | None = self._kept(key, Annotated)
        if made is None:
            made = find()
        self._now[key] = replace(made, article=_NO_ARTICLE)
        return replace(made, article=article)

    def linked(
        self,
        articles: Sequence[Article],
        pair: tuple[str, str],
        link: Callable[[], tuple[Link, ...]],
    ) -> tuple[Link, ...]:
        """The links of a pair; how rare a word is depends on all articles of the comparison."""
        texts = [f"{a.id} {self._text(a)}" for a in articles]
        key = f"linked {key_of(*pair, *texts)}"
        made: tuple[Link, ...] | None = self._kept(key, tuple)
        self._now[key] = made = link() if made is None else made
        return made

    def keep(self) -> None:
        """Keep the parts that were of use, where they are not those that are kept already."""
        if self._now.keys() == (self._before or {}).keys():
            return
        with suppress(TypeError):  # a record of a kind that is not stored: made anew each time
            self.cache.put(KIND, key_of(KIND, self.story), to_text(self._now))

    def _kept(self, key: str, kind: type[Any]) -> Any:
        if self._before is None:
            data = self.cache.get(KIND, key_of(KIND, self.story))
            self._before = {}
            with suppress(NotStored):
                read = from_text(data) if data else {}
                self._before = read if isinstance(read, dict) else {}
        found = self._before.get(key)
        return found if isinstance(found, kind) else None

    def _text(self, article: Article) -> str:
        """The key of everything in an article that the finders and the aligner read."""
        if article.id not in self._texts:
            read = [(p.index, p.role, p.text) for p in article.all_text]
            said = repr((article.language, article.published, read))
            self._texts[article.id] = key_of("article", said)
        return self._texts[article.id]


_NO_ARTICLE: Any = None
"""In the place of the article, which the story has."""
