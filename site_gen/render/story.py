"""The pages of a story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from site_gen import RULES_VERSION
from site_gen.markdown import to_html
from site_gen.model import Annotated, Comparison, Page
from site_gen.model.message import and_list, joined, say
from site_gen.render import links
from site_gen.render.classes import questions
from site_gen.render.data import data_pages
from site_gen.render.excerpts import FILLER, IN_DATA, excerpted, hidden, withheld
from site_gen.render.findings import findings_view
from site_gen.render.keys import SHOWN, keys_view
from site_gen.render.lead import can_embed, finding_of, findings_of
from site_gen.render.ledger import ledger, picks, told_in_words
from site_gen.render.margin import margin
from site_gen.render.marks import Mark
from site_gen.render.pages import Renderer, days_in_words
from site_gen.render.paging import PARAGRAPHS, paged, part_of, parts_of
from site_gen.render.pair import pair_view
from site_gen.render.paragraphs import article_view
from site_gen.render.reviewed import left_out, story_review
from site_gen.render.share import share
from site_gen.render.synopsis import (
    SIDE_BY_SIDE,
    coverage,
    origins_view,
    overlap_matrix,
    pairs_view,
    passages_view,
)
from site_gen.render.tables import COLUMNS
from site_gen.render.timeline import timeline
from site_gen.render.versions import versions_view


class StoryRenderer(Renderer):
    """Renders the pages of one story after another."""

    hidden: Mapping[tuple[str, int], Sequence[tuple[int, int]]] = MappingProxyType({})
    """By article and paragraph of the story at hand, the spans to mark as left out when
    published."""

    def story(self, comparison: Comparison, *, full: bool = True) -> tuple[Page, ...]:
        """Every page and data file of a story. Unless ``full``, third-party articles are cut down
        to excerpts."""
        cut = () if full else withheld(comparison)
        self.cuts = bool(cut)  # a story that is published whole shows every character as it is
        marks = self.site.marks_withheld and full
        self.hidden = hidden(comparison) if marks else {}
        comparison = paged(excerpted(comparison) if cut else comparison)
        asked = questions(comparison)
        out = [
            *self._facts(comparison, worksheet=bool(asked)),
            *self._passages(comparison),
            *self._articles(comparison, cut),
            *self._pairs(comparison),
            *self._embeds(comparison),
            *(self._worksheets(comparison, asked) if asked else ()),
            *self._versions(comparison),
        ]
        data = data_pages(comparison, cut)
        if cut:
            data = tuple(
                Page(path=p.path, data=p.data.replace(FILLER.encode(), IN_DATA.encode()))
                for p in data
            )
        return (*out, *data)

    def _facts(self, comparison: Comparison, *, worksheet: bool) -> Iterator[Page]:
        """The story's own page, and further ones with its facts where they are many."""
        story = comparison.story
        last = max((r.page for r in comparison.rows), default=1)
        places = [links.facts_page(story.id, n) for n in range(1, last + 1)]
        for number in range(1, last + 1):
            facts = ledger(comparison, page=number)
            values = {
                "story": story,
                "matches": comparison.matches,
                "withheld": comparison.withheld,
                "l": facts,
                "picks": picks(facts["told"]),
                "parts": parts_view(places, number),
            }
            if number == 1:
                yield self._story_page(comparison, values, worksheet=worksheet)
            else:
                title = joined(" · ", [say("Facts, page {n}", n=number), story.title])
                yield self.page(places[number - 1], "facts.html", title=title, **values)

    def _story_page(
        self, comparison: Comparison, values: dict[str, Any], *, worksheet: bool
    ) -> Page:
        story, matches = comparison.story, comparison.matches
        days = sorted(a.article.published.day for a in comparison.annotated if a.article.published)
        lead, *others = findings_of(comparison)
        return self.page(
            links.story_page(story.id),
            "story.html",
            title=story.title,
            review=story_review(comparison),
            aligned=comparison.aligned,
            left_out=left_out(comparison),
            outlets=list(dict.fromkeys(story.article(s).outlet for s in matches.sources)),
            days=days_in_words(days),
            last_day=days[-1:],
            lead=lead,
            others=others,
            share=share(self.site, comparison, lead),
            worksheet=worksheet,
            facts_told=told_in_words(values["l"]["all_told"]),
            timeline=timeline(comparison),
            coverage=coverage(comparison),
            origins=origins_view(comparison),
            matrix=overlap_matrix(comparison),
            pairs=pairs_view(comparison),
            beyond=findings_view(comparison),
            only_count=len(comparison.findings.only_here),
            missing_count=len(comparison.findings.not_here),
            tables=tuple(COLUMNS),
            rules_version=RULES_VERSION,
            note=to_html(story.note) if story.note else "",
            captures={v.speaks: v for v in matches.versions},
            **values,
        )

    def _passages(self, comparison: Comparison) -> Iterator[Page]:
        story, sources = comparison.story, comparison.matches.sources
        if len(sources) < 2 or not comparison.aligned:
            return
        views = passages_view(comparison)
        places = [links.passages_page(story.id, n) for n in range(1, len(views) + 1)]
        for number, view in enumerate(views, 1):
            yield self.page(
                places[number - 1],
                "passages.html",
                title=joined(" · ", [say("Passages"), story.title]),
                story=story,
                view=view,
                count=len(comparison.matches.passages),
                sources=len(sources),
                shown=SIDE_BY_SIDE,
                parts=parts_view(places, number),
            )

    def _articles(self, comparison: Comparison, cut: Sequence[str]) -> Iterator[Page]:
        every = pairs_view(comparison)
        for annotated in comparison.annotated:
            article = annotated.article
            others = [p for p in every if article.id in (p["a"].id, p["b"].id)]
            yield from self._article(comparison, annotated, others, excerpt=article.id in cut)

    def _article(
        self,
        comparison: Comparison,
        annotated: Annotated,
        pairs: Sequence[Any],
        *,
        excerpt: bool,
    ) -> Iterator[Page]:
        """An article's page; a long one has several."""
        article, story = annotated.article, comparison.story
        beside = margin(comparison, article.id)
        gone = {
            p.index: [
                Mark(start, end, "withheld", say("left out when published"))
                for start, end in self.hidden.get((article.id, p.index), ())
            ]
            for p in article.paragraphs
        }
        marks = {n: [*beside["marks"].get(n, ()), *gone[n]] for n in gone}
        view = article_view(comparison, annotated, marks, beside["notes"]) | {
            "withheld": any(gone.values()),
            "key": keys_view(comparison, article.id),
            "shown": SHOWN,
            "finding": beside["finding"],
            "told": beside["told"],
        }
        last = parts_of(article.paragraphs)
        places = [links.article_page(story.id, article.id, n) for n in range(1, last + 1)]
        title = article.headline or joined(": ", [article.outlet, story.title])
        for number in range(1, last + 1):
            mine = view | {
                "blocks": view["blocks"][(number - 1) * PARAGRAPHS : number * PARAGRAPHS],
                "figures": [f for f in view["figures"] if part_of(f["paragraph"]) == number],
                "dates": [d for d in view["dates"] if part_of(d["paragraph"]) == number],
                "key": view["key"][:MOST_KEYS] if number == 1 else [],
            }
            yield self.page(
                places[number - 1],
                "article.html",
                title=title if number == 1 else joined(" · ", [title, say("page {n}", n=number)]),
                story=story,
                view=mine,
                pairs=pairs,
                excerpt=excerpt,
                parts=parts_view(places, number),
            )

    def _pairs(self, comparison: Comparison) -> Iterator[Page]:
        """A page for each two sources, with links to the pair before and after it."""
        every = pairs_view(comparison)
        for n, pair in enumerate(every):
            first, second = sorted((pair["a"].id, pair["b"].id))
            beside = {
                "previous": every[n - 1]["page"] if n else "",
                "next": every[n + 1]["page"] if n + 1 < len(every) else "",
            }
            yield from self._pair(comparison, first, second, beside=beside)

    def _pair(
        self, comparison: Comparison, first: str, second: str, *, beside: Mapping[str, str]
    ) -> Iterator[Page]:
        """Two sources side by side; two long ones have several pages."""
        story = comparison.story
        view = pair_view(comparison, first, second)
        both = and_list([view["a"].outlet, view["b"].outlet])
        last = len(view["parts"])
        places = [links.pair_page(story.id, first, second, n) for n in range(1, last + 1)]
        for number, runs in enumerate(view["parts"], 1):
            yield self.page(
                places[number - 1],
                "pair.html",
                title=joined(" · ", [both, story.title]),
                story=story,
                view=view | {"runs": runs},
                beside=beside,
                parts=parts_view(places, number),
            )

    def _embeds(self, comparison: Comparison) -> Iterator[Page]:
        """A page a row to embed."""
        story = comparison.story
        for row in comparison.rows:
            if can_embed(row):
                finding = finding_of(comparison, row)
                yield self.page(
                    links.embed_page(story.id, row.id),
                    "embed.html",
                    title=joined(" ", [finding.plain, story.title]),
                    story=story,
                    f=finding,
                )

    def _worksheets(self, comparison: Comparison, asked: Sequence[Any]) -> Iterator[Page]:
        """A worksheet and its answers."""
        story = comparison.story
        for answers, path in (
            (False, links.worksheet_page(story.id)),
            (True, links.answers_page(story.id)),
        ):
            name = say("Answers" if answers else "Try first")
            yield self.page(
                path,
                "worksheet.html",
                title=joined(" · ", [name, story.title]),
                story=story,
                questions=asked,
                answers=answers,
            )

    def _versions(self, comparison: Comparison) -> Iterator[Page]:
        """What each article changed that has several captures."""
        story = comparison.story
        for versions in comparison.matches.versions:
            if len(versions.captures) > 1:
                article = story.article(versions.speaks)
                what = say("What {outlet} changed", outlet=article.outlet)
                spoken = self.spoken(article.language)
                yield self.page(
                    links.versions_page(story.id, article.id),
                    "versions.html",
                    title=joined(" · ", [what, story.title]),
                    story=story,
                    article=article,
                    spoken=spoken,
                    **versions_view(comparison, versions),
                )


MOST_KEYS = 40
"""Key figures and dates that an article's page lists at most; the tables hold all."""


def parts_view(places: Sequence[str], number: int) -> dict[str, Any] | None:
    """Where a page stands among the pages of one text or list; none where it is the only one."""
    if len(places) < 2:
        return None
    return {
        "number": number,
        "last": len(places),
        "pages": list(enumerate(places, 1)),
        "previous": places[number - 2] if number > 1 else "",
        "next": places[number] if number < len(places) else "",
    }
