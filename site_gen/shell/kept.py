"""What was made of each story, kept in memory from one build to the next, so that an edit costs the
work on its own story. Shell: a preview and a host that builds again use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from site_gen.model import Article, Comparison, Story
from site_gen.pipeline import Machine, by_machine, published, ruled
from site_gen.shell.cache import NO_CACHE, Cache
from site_gen.shell.check import ruling_faults
from site_gen.shell.kept_pages import Made
from site_gen.shell.workers import (
    PARALLEL_FROM,
    Job,
    Run,
    Unruly,
    Workers,
    from_cache,
    render_compared,
)


@dataclass(slots=True)
class Kept:
    """The pages of stories, their comparisons and what the machine says of them, each with what it
    was made of."""

    cache: Cache = NO_CACHE
    _known: dict[str, tuple[Job, Made]] = field(default_factory=dict)
    _compared: dict[str, tuple[tuple[Story, bool], Comparison]] = field(default_factory=dict)
    _machines: dict[str, tuple[tuple[Article, ...], Machine]] = field(default_factory=dict)
    _templates: str = ""

    def runner(self, keys: Mapping[str, str]) -> Run:
        """What makes every story's pages: those of the build before where nothing that they are
        made of changed; of a story that is new here, what the cache has. ``keys``: story → what it
        was read from, as the cache calls it."""
        return partial(self._run, keys)

    def _run(self, keys: Mapping[str, str], work: list[Job], workers: Workers) -> Iterator[Made]:
        new = [job for job in work if self._known.get(job[0].id, (None,))[0] != job]
        first = [job for job in new if job[0].id not in self._known and self.cache.folder]
        # of few, what is known in memory is reused; many are worth worker processes
        apart = new if len(new) >= PARALLEL_FROM else first
        made_apart, changed = {j[0].id for j in apart}, {j[0].id for j in new}
        fresh = from_cache(self.cache, keys)(apart, workers)
        for job in work:
            name = job[0].id
            if name in changed:
                made = next(fresh) if name in made_apart else self._made(job)
                self._known[name] = (job, made)
            yield self._known[name][1]

    def _made(self, job: Job) -> Made:
        """A story's pages; what it is compared to is kept, for when only a template changes."""
        story, required = job[0], job[1].review_required
        known = self._compared.get(story.id)
        if known is None or known[0] != (story, required):
            machine = self.machine(story)
            if ruling_faults(story, machine, story.path):
                raise Unruly(story.id)
            found = published(ruled(story, machine), machine, required=required)
            self._compared[story.id] = known = ((story, required), found)
        return render_compared(job, known[1])

    def machine(self, story: Story) -> Machine:
        """What the machine says of a story; kept, for when only a ruling or the note changes."""
        known = self._machines.get(story.id)
        if known is None or known[0] != story.articles:
            self._machines[story.id] = known = (story.articles, by_machine(story))
        return known[1]

    def forget(self) -> None:
        """Render everything anew: a template changed."""
        self._known.clear()

    def rendered_with(self, templates: str) -> None:
        """Render everything anew where the templates are others than before; ``templates``: what
        tells one set of them from another."""
        if templates != self._templates:
            self.forget()
        self._templates = templates
