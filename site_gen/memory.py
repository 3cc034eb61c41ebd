"""What one comparison can know of an earlier one: the pipeline asks, whoever runs it may answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from site_gen.model import Annotated, Article, Link


class Memory:
    """What was found and matched before: each method gives what it knows of the same input, or
    else what the function makes that it is given. This one knows nothing."""

    def found(self, article: Article, find: Callable[[], Annotated]) -> Annotated:
        """An article with what was found in it."""
        return find()

    def linked(
        self,
        articles: Sequence[Article],
        pair: tuple[str, str],
        link: Callable[[], tuple[Link, ...]],
    ) -> tuple[Link, ...]:
        """The links of two of those articles, by id; their differences are not looked at."""
        return link()


NO_MEMORY = Memory()
