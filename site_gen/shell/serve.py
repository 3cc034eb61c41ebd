"""The preview over HTTP on 127.0.0.1. Shell.

Only this machine's browser is answered, by the names of this machine: a page elsewhere whose name
is made to lead here (DNS rebinding) gets nothing, since a preview shows other people's texts whole.
Pages come from memory by their exact path, so that no address can lead to a file. A page tells
its browser when it is outdated, through a stream of events (WHATWG, server-sent events).
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import mimetypes
import socket
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from site_gen.shell.desk import Desk
from site_gen.shell.preview import Preview, State, search_index
from site_gen.shell.reviewing import Reviewing

HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""What a request may call this machine."""
PATIENCE = 20.0
"""Seconds after which a client that has not asked for anything whole is let go."""
OURS = "_preview"
"""The folder of the preview's own files; no page of a site is called so."""
PINGS = 15.0
"""Seconds between two signs of life in a stream of events."""
_CLIENT = {
    "preview.js": "text/javascript",
    "preview.css": "text/css",
    "desk.js": "text/javascript",
    "desk.css": "text/css",
}


class PatientProtocol(H11Protocol):
    """uvicorn's protocol, which lets go of clients that begin a request and do not end it."""

    patience = PATIENCE
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._look()

    def _look(self) -> None:
        self._waiting = self.loop.call_later(self.patience, self._let_go)

    def _let_go(self) -> None:
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
        else:
            self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        if self._waiting is not None:
            self._waiting.cancel()
        super().connection_lost(exc)


class _OnlyUs:
    """Answers requests that call this machine by its own name, and no others."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
            name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
            if name.lower() not in HOSTS:
                words = "This preview answers to 127.0.0.1 only\n"
                await Response(words, HTTPStatus.FORBIDDEN)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def base_of(url: str) -> str:
    """The path under which a site will be published: ``/`` or ``/repo/``."""
    path = urlsplit(url).path
    return path if path.endswith("/") else f"{path}/"


class _Pages:
    """The handlers of a preview."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        self.index: tuple[str, dict[str, bytes]] = ("", {})
        self.indexing = asyncio.Lock()
        self.waiting: set[asyncio.Queue[State]] = set()
        self.loop: asyncio.AbstractEventLoop | None = None
        preview.listeners.append(self.told)

    def told(self, state: State) -> None:
        """Pass a new state on to every open page; called from the thread that builds."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._pass_on, state)

    def _pass_on(self, state: State) -> None:
        for queue in self.waiting:
            queue.put_nowait(state)

    @property
    def base(self) -> str:
        """The path of the site."""
        config = self.preview.config
        return base_of(config.url) if config else "/"

    async def page(self, request: Request) -> Response:
        """A page of the site, or the site's own page for what is not there."""
        path, base = request.url.path, self.base
        if not path.startswith(base):
            return RedirectResponse(base) if path == "/" else self._missing(request)
        name = request.path_params["path"][len(base) - 1 :]
        if name.startswith("pagefind/"):
            return await self._of_index(request, name)
        state = self.preview.state
        if not state.pages:
            return Response(
                _no_site(state, base), HTTPStatus.SERVICE_UNAVAILABLE, media_type="text/html"
            )
        if name and f"{name}/index.html" in state.pages:
            return RedirectResponse(base + quote(name) + "/")
        found = f"{name}index.html" if name in ("",) or name.endswith("/") else name
        if found not in state.pages:
            return self._missing(request)
        data, tag = state.pages[found]
        return self._give(request, found, data, tag, HTTPStatus.OK)

    def _missing(self, request: Request) -> Response:
        state = self.preview.state
        if "404.html" not in state.pages:
            return Response("Nothing is here\n", HTTPStatus.NOT_FOUND)
        data, tag = state.pages["404.html"]
        return self._give(request, "404.html", data, tag, HTTPStatus.NOT_FOUND)

    def _give(
        self, request: Request, name: str, data: bytes, tag: str, status: HTTPStatus
    ) -> Response:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind == "text/html":
            own, base = self.preview.state.name, html.escape(self.base)
            script = f'<script src="{base}{OURS}/preview.js" data-state="{own}" defer></script>'
            data = data.replace(b"</body>", script.encode() + b"</body>")
            tag += own
        headers = {
            "ETag": f'"{tag}"',
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        }
        known = request.headers.get("if-none-match", "")
        if status == HTTPStatus.OK and headers["ETag"] in [t.strip() for t in known.split(",")]:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(data, status, headers, media_type=kind)

    async def _of_index(self, request: Request, name: str) -> Response:
        """A file of the search index, which is made when it is first asked for."""
        state = self.preview.state
        async with self.indexing:
            if self.index[0] != state.name:
                self.index = (state.name, await search_index(state.pages))
        if name not in self.index[1]:
            return self._missing(request)
        return self._give(request, name, self.index[1][name], state.name, HTTPStatus.OK)

    async def own(self, request: Request) -> Response:
        """The preview's own script and style."""
        name = request.path_params["name"]
        if name not in _CLIENT:
            return self._missing(request)
        data = (Path(__file__).parent / name).read_bytes()
        return Response(data, media_type=_CLIENT[name], headers={"Cache-Control": "no-cache"})

    async def events(self, request: Request) -> Response:
        """The stream in which a page is told of new states."""
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(
            self._events(request), media_type="text/event-stream", headers=headers
        )

    async def _events(self, request: Request) -> AsyncIterator[str]:
        queue: asyncio.Queue[State] = asyncio.Queue()
        self.waiting.add(queue)
        try:
            yield _event(self.preview.state)
            while not await request.is_disconnected():
                try:
                    yield _event(await asyncio.wait_for(queue.get(), PINGS))
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self.waiting.discard(queue)


def _event(state: State) -> str:
    told = [
        {"where": f"{f.path}:{f.line}" if f.line else f.path, "what": f.message, "mend": f.hint}
        for f in state.faults
    ]
    return f"data: {json.dumps({'state': state.name, 'faults': told})}\n\n"


def _no_site(state: State, base: str) -> str:
    """A page for a preview that never could be built; its script shows the faults."""
    faults = "".join(f"<li>{html.escape(str(f))}</li>" for f in state.faults)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Faults</title></head>'
        "<body><h1>The site cannot be built yet</h1>"
        f"<ul>{faults}</ul><p>This page goes on as soon as it can.</p>"
        f'<script src="{html.escape(base)}{OURS}/preview.js" data-state="{state.name}" defer>'
        "</script></body></html>"
    )


def application(preview: Preview, reviewing: Reviewing | None = None, token: str = "") -> ASGIApp:
    """The preview as an ASGI application; with a desk for whoever holds the token, where there is a
    review."""
    pages = _Pages(preview)
    desk = Desk(reviewing, token, lambda: pages.base, OURS).routes() if reviewing and token else []

    @contextlib.asynccontextmanager
    async def started(_: Starlette) -> AsyncIterator[None]:
        pages.loop = asyncio.get_running_loop()
        yield

    inside = "/{base:path}" + OURS
    app = Starlette(
        routes=[
            Route(f"{inside}/events", pages.events, methods=["GET"]),
            Route(inside + "/{name}", pages.own, methods=["GET"]),
            *desk,
            Route("/{path:path}", pages.page, methods=["GET"]),
        ],
        lifespan=started,
    )
    return _OnlyUs(app)


def bound(port: int, attempts: int = 20) -> socket.socket:
    """A socket on 127.0.0.1; where the port is taken, the next free one. ``OSError`` where none is
    free."""
    last: OSError = OSError("no free port")
    for n in range(attempts):
        if port + n > 65535:
            break
        made = socket.socket()
        try:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(("127.0.0.1", port + n if port else 0))
            made.listen(512)
        except OSError as fault:
            made.close()
            last = fault
        else:
            return made
    raise last


def server(preview: Preview, reviewing: Reviewing | None = None, token: str = "") -> uvicorn.Server:
    """A server for a preview and its desk, to be run with a socket of :func:`bound`."""
    return uvicorn.Server(
        uvicorn.Config(
            application(preview, reviewing, token),
            log_level="critical",
            access_log=False,
            server_header=False,
            http=PatientProtocol,
            ws="none",
            timeout_graceful_shutdown=1,
            h11_max_incomplete_event_size=65536,
        )
    )
