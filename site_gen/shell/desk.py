"""The review desk over HTTP: pages and forms of the local preview. Shell.

Whoever decides must hold the token of this run, which the terminal shows and a cookie keeps (as
Jupyter does); a form must come from a page of this desk (Origin, and a second token in the form),
so that no other site that a browser shows can write (OWASP, Cross-Site Request Forgery Prevention).
Nothing is changed by a GET. A form that was taken leads on to a page (post, redirect, get), so that
loading it again does nothing twice.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from site_gen.model import Content, ContentError, ReviewItem
from site_gen.render.desk import VERDICTS, item_view, queue_view
from site_gen.render.pages import Renderer
from site_gen.render.reviewed import day_told, review_words
from site_gen.shell.build import site_of, template_folders
from site_gen.shell.desk_articles import Articles
from site_gen.shell.desk_forms import Form, said_in
from site_gen.shell.reviewing import Done, Opened, Refused, Reviewing, faults_in, listed

DESK = "desk"
"""The folder of the desk; no story and no page is called so."""
MOST_BODY = 12_000_000
"""Bytes of a form: a pasted page is some megabytes."""
SIDES = 6
"""Places of a finding that are shown at once; the rest is folded away."""
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self';"
    " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
LISTS: tuple[tuple[str, Callable[[ReviewItem], bool]], ...] = (
    ("waiting", lambda i: i.asked and not i.done),
    ("reviewed", lambda i: i.done),
    ("all", lambda i: i.asked),
    ("everything", lambda i: True),
)
"""The lists among which an editor chooses: name, and what is in it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was done, in words, and the lines that changed with a mark each."""

    words: str = ""
    lines: tuple[tuple[str, str], ...] = ()


NOTHING = Told()
REMEMBERED = 50
"""So many of the last changes can be told of once more."""


class Desk:
    """The handlers of a desk. ``base``: gives the path of the site; ``own``: the folder of the
    preview's own files."""

    def __init__(self, reviewing: Reviewing, token: str, base: Callable[[], str], own: str) -> None:
        self.reviewing, self.token, self.own = reviewing, token, own
        self.base = base
        self.form_token = secrets.token_urlsafe(24)
        self.articles = Articles(reviewing)
        self._last: dict[str, Told] = {}
        self._renderer: tuple[object, Renderer] | None = None

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
            Route(root, self._to_desk, methods=["GET"]),
            Route(root + "/", self._page(self.index), methods=["GET"]),
            Route(root + "/name", self._form(self.name), methods=["POST"]),
            Route(story, self._page(self.finding), methods=["GET"]),
            Route(story + "state", self._page(self.state), methods=["GET"]),
            Route(story + "rulings", self._page(self.rulings), methods=["GET"]),
            Route(story + "articles", self._page(self.article), methods=["GET"]),
            Route(story + "add", self._page(self.add_form), methods=["GET"]),
            Route(story + "add", self._form(self.add), methods=["POST"]),
            *(Route(story + n, self._form(f), methods=["POST"]) for n, f in posts.items()),
        ]

    # ── who may

    def _cookie(self, request: Request) -> str:
        """The name of the cookie of this run: two desks on two ports have one each."""
        return f"site-gen-desk-{request.url.port or 80}"

    def _may_look(self, request: Request) -> bool:
        given = request.cookies.get(self._cookie(request), "")
        return hmac.compare_digest(given.encode(), self.token.encode())

    def _may_write(self, request: Request, form: Form) -> bool:
        """Whether a form comes from a page of this desk, in a browser that holds the token."""
        host = request.headers.get("host", "")
        origin = request.headers.get("origin")
        if origin is None:  # browsers send one with every form; other programs may not
            same = request.headers.get("sec-fetch-site") == "same-origin"
        else:
            same = origin == f"http://{host}"
        given = form.one("token")
        known = hmac.compare_digest(given.encode("utf-8", "replace"), self.form_token.encode())
        return same and known and self._may_look(request)

    async def _to_desk(self, request: Request) -> Response:
        """The desk's own address, with a slash."""
        return RedirectResponse(f"{self.base()}{DESK}/", HTTPStatus.SEE_OTHER)

    def _page(self, show: Callable[[Request], Response]) -> Callable[[Request], Any]:
        async def handler(request: Request) -> Response:
            if request.url.path.startswith(f"{self.base()}{DESK}/"):
                given = request.query_params.get("token")
                if given is not None and hmac.compare_digest(given.encode(), self.token.encode()):
                    return self._let_in(request)
                if self._may_look(request):
                    return await run_in_threadpool(self._safely, show, request)
                return _plain(NOT_YOU, HTTPStatus.FORBIDDEN)
            return _plain("Nothing is here\n", HTTPStatus.NOT_FOUND)

        return handler

    def _let_in(self, request: Request) -> Response:
        """The same address without the token, which a cookie keeps for this run."""
        left = [(k, v) for k, v in request.query_params.multi_items() if k != "token"]
        there = request.url.path + (f"?{urlencode(left)}" if left else "")
        response = RedirectResponse(there, HTTPStatus.SEE_OTHER)
        response.set_cookie(
            self._cookie(request), self.token, httponly=True, samesite="strict", path="/"
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    def _form(self, act: Callable[[Request, Form], Response]) -> Callable[[Request], Any]:
        async def handler(request: Request) -> Response:
            body = bytearray()
            async for part in request.stream():
                body += part
                if len(body) > MOST_BODY:
                    return _plain("That is too long\n", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind != "application/x-www-form-urlencoded":
                return _plain("A form is expected\n", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
            try:
                pairs = parse_qsl(
                    bytes(body).decode("ascii"), keep_blank_values=True, max_num_fields=2000
                )
            except ValueError:
                return _plain("This form cannot be read\n", HTTPStatus.BAD_REQUEST)
            form = Form(pairs)
            if not self._may_write(request, form):
                return _plain(NOT_YOU, HTTPStatus.FORBIDDEN)
            return await run_in_threadpool(self._safely, lambda r: act(r, form), request)

        return handler

    def _safely(self, act: Callable[[Request], Response], request: Request) -> Response:
        """A page, or in its place what is wrong with the story's files."""
        try:
            return act(request)
        except Refused as fault:
            return self._index(str(fault), HTTPStatus.CONFLICT)
        except (ExceptionGroup, OSError) as fault:
            told = [str(f) for f in faults_in(fault)] or [str(fault)]
            return self._index(" ".join(told), HTTPStatus.CONFLICT)
        except ContentError as fault:  # a site's own template
            return _plain(f"{fault}\n", HTTPStatus.INTERNAL_SERVER_ERROR)

    # ── pages

    @property
    def _own_base(self) -> str:
        return f"{self.base()}{DESK}/"

    def _story_base(self, name: str) -> str:
        return f"{self._own_base}{quote(name)}/"

    def _rendered(self, template: str, title: str, status: int = 200, **values: Any) -> Response:
        path = values.pop("path", f"{DESK}/index.html")
        name = values["story"].id if "story" in values else ""
        shown = {
            "token": self.form_token,
            "editor": self.reviewing.editor,
            "desk": self._own_base,
            "base": self._story_base(name) if name else self._own_base,
            "own": self.own_base,
            "digest": "",
            "told": "",
            "told_lines": [],
            "refused": "",
        }
        page = self._pages().page(path, template, title=title, **(shown | values))
        return Response(page.data, status, HEADERS, media_type="text/html")

    @property
    def own_base(self) -> str:
        """Where the preview's own script and style are."""
        return f"{self.base()}{self.own}/"

    def _pages(self) -> Renderer:
        config = self.reviewing.preview.config
        if config is None:
            raise Refused("The configuration cannot be read: mend it, and look again.")
        if self._renderer is None or self._renderer[0] != config:
            folders = template_folders(config)
            site, _ = site_of(config, Content(stories=(), documents=()), folders, search=False)
            renderer = Renderer(site, folders)
            renderer.cuts = False
            self._renderer = (config, renderer)
        return self._renderer[1]

    def index(self, request: Request) -> Response:
        """The list of stories."""
        return self._index("", HTTPStatus.OK)

    def _index(self, refused: str, status: int) -> Response:
        stories: list[dict[str, Any]] = []
        for name in self.reviewing.stories():
            try:
                opened = self.reviewing.open(name)
            except (Refused, ExceptionGroup) as fault:
                told = [str(f) for f in faults_in(fault)] or [str(fault)]
                stories.append({"id": name, "title": name, "review": None, "faults": told})
                continue
            stories.append(
                {
                    "id": name,
                    "title": opened.story.title,
                    "review": opened.review,
                    "last": day_told(opened.review.last) if opened.review.last else "",
                }
            )
        return self._rendered(
            "desk_stories.html",
            "The desk",
            status,
            stories=[{"faults": [], "last": ""} | s for s in stories],
            refused=refused,
        )

    def state(self, request: Request) -> Response:
        """The name of a story's state, for a page that asks whether it is outdated."""
        opened = self.reviewing.open(request.path_params["story"])
        return Response(opened.digest, headers=HEADERS, media_type="text/plain")

    def finding(self, request: Request) -> Response:
        """A finding of a story: the one that is asked for, or the first that waits."""
        opened = self.reviewing.open(request.path_params["story"])
        query = request.query_params
        key, find = query.get("at", ""), query.get("find", "")
        return self._finding(opened, key, _shown(query), find, told=self._before(request))

    def _finding(
        self,
        opened: Opened,
        key: str,
        show: str,
        find: str = "",
        *,
        told: Told = NOTHING,
        refused: str = "",
    ) -> Response:
        view = queue_view(opened.comparison, opened.items, key)
        by_key = {i.key: i for i in opened.items}
        keep = dict(LISTS)[show]
        words = find.casefold().split()
        queue = [
            x
            for x in view
            if keep(by_key[x["key"]])
            and all(w in f"{x['title']} {x['kind']} {x['word']}".casefold() for w in words)
        ]
        if not key and queue:
            key = queue[0]["key"]
            queue[0]["here"] = True
        item = by_key.get(key)
        if key and item is None and not refused:
            refused = "This finding is no longer there: the texts or another ruling changed it."
        for x in queue:
            x["href"] = self._address(opened, x["key"], show, find)
        title = "The desk"
        values: dict[str, Any] = {"item": None, "number": 0}
        if item is not None:
            values = self._item(opened, item, queue, show, find)
            title = f"{values['number']} of {len(opened.asked)} · {opened.story.title}"
        last = self.reviewing.last(opened.story.id)
        return self._rendered(
            "desk.html",
            title,
            HTTPStatus.CONFLICT if refused else HTTPStatus.OK,
            path=f"{DESK}/{opened.story.id}/index.html",
            story=opened.story,
            digest=opened.digest,
            queue=queue,
            review=opened.review,
            count=len(opened.asked),
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
            verdict_names=list(VERDICTS.items()),
            **values,
        )

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
        keys = [x["key"] for x in queue]
        at = keys.index(item.key) if item.key in keys else -1
        waiting = [i.key for i in opened.items if i.asked and not i.done and i.key != item.key]
        order = [i.key for i in opened.items]
        asked = [i.key for i in opened.asked]
        main = {"same": True} if item.kind in SAME else {"right": True}
        return {
            "item": view,
            "number": asked.index(item.key) + 1 if item.key in asked else order.index(item.key) + 1,
            "standing": opened.standing(item),
            "target": " ".join(item.target),
            "values": [m for m in view["mentions"] if m["has_value"]],
            "joins": _joins(opened, item),
            "will": self.reviewing.would_write(opened, item, main),
            "later": self._address(opened, _after(order, waiting, item.key), show, find),
            "previous": queue[at - 1]["href"] if at > 0 else "",
            "next": queue[at + 1]["href"] if 0 <= at < len(keys) - 1 else "",
        }

    def _address(self, opened: Opened, key: str, show: str, find: str = "") -> str:
        query = {"at": key, "show": show} | ({"find": find} if find else {})
        return f"{self._story_base(opened.story.id)}?{urlencode(query)}"

    def rulings(self, request: Request) -> Response:
        """The rulings of a story in order."""
        opened = self.reviewing.open(request.path_params["story"])
        return self._rulings(opened, told=self._before(request))

    def _rulings(self, opened: Opened, *, told: Told = NOTHING, refused: str = "") -> Response:
        from site_gen.render.desk import decision_words

        last = self.reviewing.last(opened.story.id)
        found = [
            r
            | {
                "words": decision_words(r["ruling"]),
                "review": review_words(r["ruling"]) if r["ruling"].decides else "",
            }
            for r in listed(opened)
        ]
        return self._rendered(
            "desk_rulings.html",
            "Rulings",
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

    def _on(self, there: str, done: Done) -> Response:
        """To a page that tells what was done."""
        name = secrets.token_hex(6)
        self._last[name] = Told(f"{done.what[0].upper()}{done.what[1:]}.", tuple(done.lines))
        for old in list(self._last)[:-REMEMBERED]:
            del self._last[old]
        mark = "&" if "?" in there else "?"
        return RedirectResponse(f"{there}{mark}told={name}", HTTPStatus.SEE_OTHER)

    def _before(self, request: Request) -> Told:
        """What was done before this page."""
        return self._last.get(request.query_params.get("told", ""), NOTHING)

    def name(self, request: Request, form: Form) -> Response:
        """The editor's name, for this run."""
        self.reviewing.editor = " ".join(form.one("name").split())[:80]
        return RedirectResponse(self._own_base, HTTPStatus.SEE_OTHER)

    def decide(self, request: Request, form: Form) -> Response:
        """A decision on a finding."""
        name, key = request.path_params["story"], form.one("key")
        show, find = _shown(form), form.one("find")
        opened = self.reviewing.open(name)
        try:
            item = opened.item(key)
            decision = said_in(form, item)
            done = self.reviewing.decide(
                name,
                key,
                form.one("standing"),
                decision.said,
                mentions=decision.mentions,
                what=decision.what,
            )
        except Refused as fault:
            return self._finding(self.reviewing.open(name), key, show, find, refused=str(fault))
        order = [i.key for i in opened.items]
        opened = self.reviewing.open(name)
        if decision.stays and key in {i.key for i in opened.items}:
            return self._on(self._address(opened, key, show, find), done)
        within = dict(LISTS)["waiting" if item.asked and show == "waiting" else show]
        waiting = [i.key for i in opened.items if not i.done and within(i)]
        return self._on(self._address(opened, _after(order, waiting, key), show, find), done)

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
            return self._on(f"{self._story_base(name)}{then}", done)
        opened = self.reviewing.open(name)
        known = {i.key for i in opened.items}
        key = done.key if done.key in known else ""
        return self._on(self._address(opened, key, _shown(form), form.one("find")), done)

    def take_out(self, request: Request, form: Form) -> Response:
        """A ruling taken out of the file."""
        name = request.path_params["story"]
        number = int(form.one("number")) if form.one("number").isdecimal() else -1
        try:
            done = self.reviewing.take_out(name, number, form.one("standing"))
        except Refused as fault:
            return self._rulings(self.reviewing.open(name), refused=str(fault))
        return self._on(f"{self._story_base(name)}rulings", done)

    # ── articles

    def article(self, request: Request) -> Response:
        """An article to correct, or the list of them."""
        opened = self.reviewing.open(request.path_params["story"])
        name = request.query_params.get("name", "")
        return self._article(opened, name, told=self._before(request))

    def _article(
        self, opened: Opened, name: str, *, told: Told = NOTHING, refused: str = ""
    ) -> Response:
        article = next((a for a in opened.story.articles if a.id == name), None)
        last = self.reviewing.last(opened.story.id)
        return self._rendered(
            "desk_articles.html",
            article.outlet if article else "Articles",
            HTTPStatus.CONFLICT if refused else HTTPStatus.OK,
            path=f"{DESK}/{opened.story.id}/articles",
            story=opened.story,
            article=article,
            article_digest=self.articles.digest(opened, name) if article else "",
            roles=list(ROLES.items()),
            undo=last.what if last else "",
            told=told.words,
            told_lines=told.lines,
            refused=refused,
        )

    def edit(self, request: Request, form: Form) -> Response:
        """A paragraph, role or day corrected."""
        name, article = request.path_params["story"], form.one("name")
        try:
            done = self.articles.edit(name, form)
        except Refused as fault:
            return self._article(self.reviewing.open(name), article, refused=str(fault))
        return self._on(f"{self._story_base(name)}articles?{urlencode({'name': article})}", done)

    def add_form(self, request: Request) -> Response:
        """The form for an article more."""
        opened = self.reviewing.open(request.path_params["story"])
        return self._add(opened, Form([]), told=self._before(request))

    def add(self, request: Request, form: Form) -> Response:
        """What ``add`` makes of a text or a link; nothing is written."""
        opened = self.reviewing.open(request.path_params["story"])
        made, refused = self.articles.look(opened.story.id, form)
        return self._add(opened, form, made=made, refused=refused)

    def keep(self, request: Request, form: Form) -> Response:
        """Write the article that was shown."""
        opened = self.reviewing.open(request.path_params["story"])
        try:
            done = self.articles.keep(opened.story.id, form.one("made"))
        except Refused as fault:
            return self._add(opened, Form([]), refused=[str(fault)])
        return self._on(f"{self._story_base(opened.story.id)}add", done)

    def _add(
        self,
        opened: Opened,
        form: Form,
        *,
        made: Mapping[str, Any] | None = None,
        refused: Sequence[str] = (),
        told: Told = NOTHING,
    ) -> Response:
        return self._rendered(
            "desk_add.html",
            "Add an article",
            HTTPStatus.CONFLICT if refused else HTTPStatus.OK,
            path=f"{DESK}/{opened.story.id}/add",
            story=opened.story,
            form=form.plain(),
            kept=form.all("keep"),
            made=made,
            refused=refused,
            told=told.words,
        )


def _shown(given: Mapping[str, str] | Form) -> str:
    show = given.one("show") if isinstance(given, Form) else given.get("show", "")
    return show if show in dict(LISTS) else "waiting"


def _after(order: Sequence[str], waiting: Sequence[str], key: str) -> str:
    """The next finding that waits after one, in the order of all; from the start again at the
    end."""
    if not waiting:
        return ""
    left = set(waiting)
    at = order.index(key) + 1 if key in order else 0
    return next((k for k in (*order[at:], *order) if k in left), waiting[0])


def _joins(opened: Opened, item: ReviewItem) -> list[tuple[str, str]]:
    """The rows that a fact of one source may belong to: id, and what each is called."""
    row = next((r for r in opened.comparison.rows if r.id == item.id), None)
    if row is None or len(row.cells) != 1:
        return []
    source = row.cells[0].source
    return [
        (r.id, f"{r.label}: " + "; ".join(c.statements[0].text for c in r.cells))
        for r in opened.comparison.rows
        if r.kind == row.kind and r.id != row.id and all(c.source != source for c in r.cells)
    ]


def _plain(words: str, status: int) -> Response:
    return Response(words, status, HEADERS, media_type="text/plain")


SAME = ("figure", "date", "quotation", "passage")
"""The findings that are confirmed as one thing."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}
NOT_YOU = (
    "The desk writes files: open it with the link that `site-gen serve` shows in the terminal,"
    " which ends in a token of this run.\n"
)
LIST_WORDS = {
    "waiting": "Waiting",
    "reviewed": "Reviewed",
    "all": "All that count",
    "everything": "Everything",
}
ROLES = {"body": "text", "heading": "heading", "caption": "caption"}
