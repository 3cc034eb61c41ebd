"""The desk's pages for articles: to correct one, and to add one. Shell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from site_gen.model.message import say
from site_gen.shell.desk_articles import Articles
from site_gen.shell.desk_base import DESK, NOTHING, DeskPages, Told
from site_gen.shell.desk_forms import Form
from site_gen.shell.opened import Opened, Refused
from site_gen.shell.reviewing import Reviewing

ROLES = {"body": say("text"), "heading": say("heading"), "caption": say("caption")}
"""What the roles of a paragraph are called."""


class ArticlePages(DeskPages):
    """The handlers for articles."""

    def __init__(self, reviewing: Reviewing, token: str, base: Callable[[], str], own: str) -> None:
        super().__init__(reviewing, token, base, own)
        self.articles = Articles(reviewing)

    def article(self, request: Request) -> Response:
        """An article to correct, or the list of them."""
        opened = self.reviewing.open(request.path_params["story"])
        name = request.query_params.get("name", "")
        return self._article(opened, name, told=self.before(request))

    def _article(
        self, opened: Opened, name: str, *, told: Told = NOTHING, refused: str = ""
    ) -> Response:
        article = next((a for a in opened.story.articles if a.id == name), None)
        last = self.reviewing.last(opened.story.id)
        return self.rendered(
            "desk_articles.html",
            article.outlet if article else say("Articles"),
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
        return self.on(f"{self.story_base(name)}articles?{urlencode({'name': article})}", done)

    def add_form(self, request: Request) -> Response:
        """The form for an article more."""
        opened = self.reviewing.open(request.path_params["story"])
        return self._add(opened, Form([]), told=self.before(request))

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
        return self.on(f"{self.story_base(opened.story.id)}add", done)

    def _add(
        self,
        opened: Opened,
        form: Form,
        *,
        made: Mapping[str, Any] | None = None,
        refused: Sequence[str] = (),
        told: Told = NOTHING,
    ) -> Response:
        return self.rendered(
            "desk_add.html",
            say("Add an article"),
            HTTPStatus.CONFLICT if refused else HTTPStatus.OK,
            path=f"{DESK}/{opened.story.id}/add",
            story=opened.story,
            form=form.plain(),
            kept=form.all("keep"),
            made=made,
            refused=refused,
            told=told.words,
        )
