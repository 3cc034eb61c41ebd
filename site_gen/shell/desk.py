"""The review desk over HTTP: the findings of a story, one at a time, and its rulings. Shell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from site_gen.model import ReviewItem
from site_gen.model.message import joined, say
from site_gen.render.desk import decision_words, item_view, queue_view
from site_gen.render.reviewed import review_words
from site_gen.shell.desk_base import DESK, HEADERS, NOTHING, Told
from site_gen.shell.desk_forms import Decision, Form, said_in
from site_gen.shell.desk_texts import ArticlePages
from site_gen.shell.opened import Opened, Refused, listed
from site_gen.shell.reviewing import Reviewing

SIDES = 10
"""Places of a finding that are shown at once; the rest is folded away."""
LISTS: tuple[tuple[str, Callable[[ReviewItem], bool]], ...] = (
    ("waiting", lambda i: i.asked and not i.done),
    ("reviewed", lambda i: i.done),
    ("all", lambda i: i.asked),
    ("everything", lambda i: True),
)
"""The lists among which an editor chooses: name, and what is in it."""


class Desk(ArticlePages):
    """The handlers of a desk."""

    def __init__(self, reviewing: Reviewing, token: str, base: Callable[[], str], own: str) -> None:
        super().__init__(reviewing, token, base, own)
        self.later: dict[str, list[str]] = {}
        """By story, the findings that were put off in this run, in order."""

    def routes(self) -> list[Route]:
        """The addresses of the desk, below the site's own path."""
        root = "/{base:path}" + DESK
        story = root + "/{story}/"
        posts = {
            "decide": self.decide,
            "undo": self.undo,
            "take-out": self.take_out,
            "edit": self.edit,
            "keep": self.keep,
        }
        return [
            Route(root, self.to_desk, methods=["GET"]),
            Route(root + "/", self.page(self.index), methods=["GET"]),
            Route(root + "/name", self.form(self.name), methods=["POST"]),
            Route(story, self.page(self.finding), methods=["GET"]),
            Route(story + "state", self.page(self.state), methods=["GET"]),
            Route(story + "rulings", self.page(self.rulings), methods=["GET"]),
            Route(story + "articles", self.page(self.article), methods=["GET"]),
            Route(story + "add", self.page(self.add_form), methods=["GET"]),
            Route(story + "add", self.form(self.add), methods=["POST"]),
            *(Route(story + n, self.form(f), methods=["POST"]) for n, f in posts.items()),
        ]

    def index(self, request: Request) -> Response:
        """The list of stories."""
        return self.stories_page("", HTTPStatus.OK)

    def state(self, request: Request) -> Response:
        """The name of a story's state, for a page that asks whether it is outdated."""
        opened = self.reviewing.open(request.path_params["story"])
        return Response(opened.digest, headers=HEADERS, media_type="text/plain")

    def finding(self, request: Request) -> Response:
        """A finding of a story: the one that is asked for, or the first that waits."""
        opened = self.reviewing.open(request.path_params["story"])
        query = request.query_params
        key, find = query.get("at", ""), query.get("find", "")
        return self._finding(opened, key, _shown(query), find, told=self.before(request))

    def _finding(
        self,
        opened: Opened,
        key: str,
        show: str,
        find: str = "",
        *,
        told: Told = NOTHING,
        refused: str = "",
        typed: Form | None = None,
    ) -> Response:
        by_key = {i.key: i for i in opened.items}
        queue = self._queue(opened, key, show, find)
        if not key and queue:
            key = queue[0]["key"]
            queue[0]["here"] = True
        item = by_key.get(key)
        if key and item is None and not refused:
            refused = "This finding is no longer there: the texts or another ruling changed it."
        title = say("The desk")
        values: dict[str, Any] = {"item": None, "number": 0, "count": 0}
        if item is not None:
            values = self._item(opened, item, queue, show, find)
            title = joined(" · ", [_place(values), opened.story.title])
        last = self.reviewing.last(opened.story.id)
        return self.rendered(
            "desk.html",
            title,
            HTTPStatus.CONFLICT if refused else HTTPStatus.OK,
            path=f"{DESK}/{opened.story.id}/index.html",
            story=opened.story,
            digest=opened.digest,
            address=self._address(opened, key, show, find),
            mentioned=opened.mentioned,
            queue=queue,
            review=opened.review,
            lists=[
                (name, LIST_WORDS[name], sum(map(within, opened.items))) for name, within in LISTS
            ],
            show=show,
            find=find,
            undo=last.what if last else "",
            told=told.words,
            told_lines=told.lines,
            refused=refused,
            file=f"{opened.story.id}/index.md",
            shown=SIDES,
            typed=typed.plain() if typed and refused else {},
            **values,
        )

    def _queue(self, opened: Opened, key: str, show: str, find: str) -> list[dict[str, Any]]:
        """The list of findings that is shown: those of the chosen list with the words looked
        for."""
        within = {i.key for i in opened.items if dict(LISTS)[show](i)}
        words = find.casefold().split()
        out = []
        for x in queue_view(opened.comparison, opened.items, key):
            text = f"{x['title']} {x['kind']} {x['word']}".casefold()
            if x["key"] in within and all(w in text for w in words):
                x["href"] = self._address(opened, x["key"], show, find)
                x["later"] = x["key"] in self.later.get(opened.story.id, [])
                out.append(x)
        return out

    def _item(
        self,
        opened: Opened,
        item: ReviewItem,
        queue: Sequence[Mapping[str, Any]],
        show: str,
        find: str,
    ) -> dict[str, Any]:
        view = item_view(opened.comparison, item, opened.machine_row(item))
        for mention in view["mentions"]:
            mention["id"] = self.reviewing.mention(opened, mention)
        order = [i.key for i in opened.items]
        asked = [i.key for i in opened.asked]
        main = {"same": True} if item.kind in SAME else {"right": True}
        counted = asked if item.key in asked else order
        previous, following = _beside([x["key"] for x in queue], item.key, order)
        links = {x["key"]: x["href"] for x in queue}
        return {
            "item": view,
            "number": counted.index(item.key) + 1,
            "count": len(counted),
            "standing": opened.standing(item),
            "target": " ".join(item.target),
            "values": [m for m in view["mentions"] if m["has_value"]],
            "joins": _joins(opened, item),
            "will": self.reviewing.would_write(opened, item, main),
            "previous": links.get(previous, ""),
            "next": links.get(following, ""),
        }

    def _address(self, opened: Opened, key: str, show: str, find: str = "") -> str:
        query = {"at": key, "show": show} | ({"find": find} if find else {})
        return f"{self.story_base(opened.story.id)}?{urlencode(query)}"

    def rulings(self, request: Request) -> Response:
        """The rulings of a story in order."""
        opened = self.reviewing.open(request.path_params["story"])
        return self._rulings(opened, told=self.before(request))

    def _rulings(self, opened: Opened, *, told: Told = NOTHING, refused: str = "") -> Response:
        last = self.reviewing.last(opened.story.id)
        found = [
            r
            | {
                "words": decision_words(r["ruling"]),
                "review": review_words(r["ruling"]) if r["ruling"].decides else "",
            }
            for r in listed(opened)
        ]
        return self.rendered(
            "desk_rulings.html",
            say("Rulings"),
            HTTPStatus.CONFLICT if refused else HTTPStatus.OK,
            path=f"{DESK}/{opened.story.id}/rulings",
            story=opened.story,
            rulings=found,
            undo=last.what if last else "",
            told=told.words,
            told_lines=told.lines,
            refused=refused,
        )

    # ── forms

    def name(self, request: Request, form: Form) -> Response:
        """The editor's name, for this run."""
        self.reviewing.editor = " ".join(form.one("name").split())[:80]
        return RedirectResponse(self.root, HTTPStatus.SEE_OTHER)

    def decide(self, request: Request, form: Form) -> Response:
        """A decision on a finding."""
        name, key = request.path_params["story"], form.one("key")
        show, find = _shown(form), form.one("find")
        opened = self.reviewing.open(name)
        if form.one("act") == "later":
            return self._put_off(opened, key, show, find)
        try:
            item = opened.item(key)
            decision = said_in(form, item)
            done = self.reviewing.decide(
                name,
                key,
                form.one("standing"),
                decision.said,
                mentions=decision.mentions,
                mentioned=form.one("mentioned"),
                what=decision.what,
            )
        except Refused as fault:
            opened = self.reviewing.open(name)
            return self._finding(opened, key, show, find, refused=str(fault), typed=form)
        order = [i.key for i in opened.items]
        opened = self.reviewing.open(name)
        if decision.stays and (now := _now(opened, key, decision)):
            return self.on(self._address(opened, now, show, find), done)
        within = dict(LISTS)["waiting" if item.asked and show == "waiting" else show]
        waiting = [i.key for i in opened.items if not i.done and within(i)]
        return self.on(
            self._address(opened, self._after(opened, order, waiting, key), show, find), done
        )

    def _put_off(self, opened: Opened, key: str, show: str, find: str) -> Response:
        """On to the next finding; this one comes again after the others. Nothing is written."""
        later = self.later.setdefault(opened.story.id, [])
        later[:] = [k for k in later if k != key] + [key]
        order = [i.key for i in opened.items]
        within = dict(LISTS)[show]
        waiting = [i.key for i in opened.items if not i.done and within(i) and i.key != key]
        there = self._after(opened, order, waiting, key)
        return RedirectResponse(self._address(opened, there, show, find), HTTPStatus.SEE_OTHER)

    def _after(self, opened: Opened, order: Sequence[str], waiting: Sequence[str], key: str) -> str:
        """The next finding that waits after one: in the order of all, from the start again at the
        end, and what was put off last of all."""
        off = self.later.get(opened.story.id, [])
        first = [k for k in waiting if k not in off]
        if not first:
            return next((k for k in off if k in waiting), "")
        at = order.index(key) + 1 if key in order else 0
        return next(k for k in (*order[at:], *order, *first) if k in first)

    def undo(self, request: Request, form: Form) -> Response:
        """Take the last change back, and show what it was about."""
        name = request.path_params["story"]
        then = form.one("then")
        try:
            done = self.reviewing.undo(name)
        except Refused as fault:
            opened = self.reviewing.open(name)
            return self._finding(opened, form.one("key"), _shown(form), refused=str(fault))
        if then == "rulings" or then.startswith("articles"):
            return self.on(f"{self.story_base(name)}{then}", done)
        opened = self.reviewing.open(name)
        known = {i.key for i in opened.items}
        key = done.key if done.key in known else ""
        return self.on(self._address(opened, key, _shown(form), form.one("find")), done)

    def take_out(self, request: Request, form: Form) -> Response:
        """A ruling taken out of the file."""
        name = request.path_params["story"]
        told = form.one("number")
        number = int(told) if told.isdecimal() and len(told) < 6 else -1
        try:
            done = self.reviewing.take_out(name, number, form.one("standing"))
        except Refused as fault:
            return self._rulings(self.reviewing.open(name), refused=str(fault))
        return self.on(f"{self.story_base(name)}rulings", done)


def _now(opened: Opened, key: str, decision: Decision) -> str:
    """The key of a finding after a change that leaves it to be decided: a speaker with another name
    is another finding, with the same words."""
    if any(i.key == key for i in opened.items):
        return key
    ruled = {name for name, _ in decision.mentions}
    return next((i.key for i in opened.items if ruled & set(i.of)), "")


def _shown(given: Mapping[str, str] | Form) -> str:
    show = given.one("show") if isinstance(given, Form) else given.get("show", "")
    return show if show in dict(LISTS) else "waiting"


def _beside(keys: Sequence[str], key: str, order: Sequence[str]) -> tuple[str, str]:
    """The keys before and after one in a list, of which it need not be part; empty where there is
    none."""
    at = order.index(key)
    shown = set(keys)
    before = next((k for k in reversed(order[:at]) if k in shown), "")
    return before, next((k for k in order[at + 1 :] if k in shown), "")


def _joins(opened: Opened, item: ReviewItem) -> list[tuple[str, str]]:
    """The rows that a fact of one source may belong to: id, and what each is called."""
    row = next((r for r in opened.comparison.rows if r.id == item.id), None)
    if row is None or len(row.cells) != 1:
        return []
    source = row.cells[0].source
    return [
        (r.id, f"{r.label}: " + "; ".join(c.statements[0].text for c in r.cells))
        for r in opened.comparison.rows
        if r.kind == row.kind
        and r.id != row.id
        and not (r.ruling and (r.ruling.hide or r.ruling.same))
        and all(c.source != source for c in r.cells)
    ]


def _place(values: Mapping[str, Any]) -> str:
    return say("{n} of {total}", n=values["number"], total=values["count"])


SAME = ("figure", "date", "quotation", "passage")
"""The findings that are confirmed as one thing."""
LIST_WORDS = {
    "waiting": say("Waiting"),
    "reviewed": say("Reviewed"),
    "all": say("All that count"),
    "everything": say("Everything"),
}
