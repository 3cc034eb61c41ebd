"""What all pages of the desk share: who may look and who may write, how a page is made, what was
done last. Shell.

Whoever decides must hold the token of this run, which the terminal shows and a cookie keeps (as
Jupyter does); a form must come from a page of this desk (Origin, and a second token in the form),
so that no other site that a browser shows can write (OWASP, Cross-Site Request Forgery Prevention).
Nothing is changed by a GET. A form that was taken leads on to a page (post, redirect, get), so that
loading it again does nothing twice.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from site_gen.model import Content, ContentError
from site_gen.model.message import say
from site_gen.render.pages import Renderer
from site_gen.render.reviewed import day_told
from site_gen.shell.build import site_of, template_folders
from site_gen.shell.desk_forms import Form
from site_gen.shell.opened import Done, Refused, faults_in
from site_gen.shell.reviewing import Reviewing

DESK = "desk"
"""The folder of the desk; no story and no page is called so."""
MOST_BODY = 12_000_000
"""Bytes of a form: a pasted page is some megabytes."""
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self';"
    " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
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


@dataclass(frozen=True, slots=True)
class Told:
    """What was done, in words, and the lines that changed with a mark each."""

    words: str = ""
    lines: tuple[tuple[str, str], ...] = ()


NOTHING = Told()
REMEMBERED = 50
"""So many of the last changes can be told of once more."""


class DeskPages:
    """What the handlers of a desk are made of. ``base``: gives the path of the site; ``own``: the
    folder of the preview's own files."""

    def __init__(self, reviewing: Reviewing, token: str, base: Callable[[], str], own: str) -> None:
        self.reviewing, self.token, self.own = reviewing, token, own
        self.base = base
        self.form_token = secrets.token_urlsafe(24)
        self._last: dict[str, Told] = {}
        self._renderer: tuple[object, Renderer] | None = None

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

    async def to_desk(self, request: Request) -> Response:
        """The desk's own address, with a slash."""
        return RedirectResponse(f"{self.base()}{DESK}/", HTTPStatus.SEE_OTHER)

    def page(self, show: Callable[[Request], Response]) -> Callable[[Request], Any]:
        """A handler that shows a page to whoever holds the token."""

        async def handler(request: Request) -> Response:
            if request.url.path.startswith(f"{self.base()}{DESK}/"):
                given = request.query_params.get("token")
                if given is not None and hmac.compare_digest(given.encode(), self.token.encode()):
                    return self._let_in(request)
                if self._may_look(request):
                    return await run_in_threadpool(self._safely, show, request)
                return plain(NOT_YOU, HTTPStatus.FORBIDDEN)
            return plain("Nothing is here\n", HTTPStatus.NOT_FOUND)

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

    def form(self, act: Callable[[Request, Form], Response]) -> Callable[[Request], Any]:
        """A handler that takes a form of this desk."""

        async def handler(request: Request) -> Response:
            body = bytearray()
            async for part in request.stream():
                body += part
                if len(body) > MOST_BODY:
                    return plain("That is too long\n", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind != "application/x-www-form-urlencoded":
                return plain("A form is expected\n", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
            try:
                pairs = parse_qsl(
                    bytes(body).decode("ascii"), keep_blank_values=True, max_num_fields=2000
                )
            except ValueError:
                return plain("This form cannot be read\n", HTTPStatus.BAD_REQUEST)
            form = Form(pairs)
            if not self._may_write(request, form):
                return plain(NOT_YOU, HTTPStatus.FORBIDDEN)
            return await run_in_threadpool(self._safely, lambda r: act(r, form), request)

        return handler

    def _safely(self, act: Callable[[Request], Response], request: Request) -> Response:
        """A page, or in its place what is wrong with the story's files."""
        try:
            return act(request)
        except (Refused, ExceptionGroup, OSError) as fault:
            told = " ".join(str(f) for f in faults_in(fault)) or str(fault)
            if self.reviewing.preview.config is None:
                return plain(f"{told}\n", HTTPStatus.CONFLICT)
            return self.stories_page(told, HTTPStatus.CONFLICT)
        except ContentError as fault:  # a site's own template
            return plain(f"{fault}\n", HTTPStatus.INTERNAL_SERVER_ERROR)

    # ── pages

    @property
    def root(self) -> str:
        """The address of the desk."""
        return f"{self.base()}{DESK}/"

    def story_base(self, name: str) -> str:
        """The address of a story's desk."""
        return f"{self.root}{quote(name)}/"

    def rendered(self, template: str, title: str, status: int = 200, **values: Any) -> Response:
        """A page of the desk, made by a template."""
        path = values.pop("path", f"{DESK}/index.html")
        name = values["story"].id if "story" in values else ""
        shown = {
            "token": self.form_token,
            "editor": self.reviewing.editor,
            "desk": self.root,
            "base": self.story_base(name) if name else self.root,
            "own": self.own_base,
            "digest": "",
            "address": "",
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

    def stories_page(self, refused: str, status: int) -> Response:
        """The list of stories, with what was refused."""
        stories: list[dict[str, Any]] = []
        for name in self.reviewing.stories():
            try:
                opened = self.reviewing.open(name)
            except (Refused, ExceptionGroup, OSError) as fault:
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
        return self.rendered(
            "desk_stories.html",
            say("The desk"),
            status,
            stories=[{"faults": [], "last": ""} | s for s in stories],
            refused=refused,
        )

    def on(self, there: str, done: Done) -> Response:
        """To a page that tells what was done."""
        name = secrets.token_hex(6)
        self._last[name] = Told(done.what, tuple(done.lines))
        for old in list(self._last)[:-REMEMBERED]:
            del self._last[old]
        mark = "&" if "?" in there else "?"
        return RedirectResponse(f"{there}{mark}told={name}", HTTPStatus.SEE_OTHER)

    def before(self, request: Request) -> Told:
        """What was done before this page."""
        return self._last.get(request.query_params.get("told", ""), NOTHING)


def plain(words: str, status: int) -> Response:
    """An answer in a line of text."""
    return Response(words, status, HEADERS, media_type="text/plain")
