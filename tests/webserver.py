"""A web server on this machine whose pages a test sets and changes: what fetching is tested on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(kw_only=True)
class Reply:
    """What an address answers: ``drip``: seconds between two bytes of the body; ``etag`` is
    honoured as servers do."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})
    drip: float = 0.0
    etag: str = ""


class Web:
    """The server: ``pages`` by path, and the requests that came, as (path, headers)."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                web.answer(self)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self.server.server_address[1]}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request from ``pages``."""
        self.asked.append((handler.path, {k.lower(): v for k, v in handler.headers.items()}))
        reply = self.pages.get(handler.path.partition("?")[0], Reply(status=404, body=b"nothing"))
        same = reply.etag and handler.headers.get("If-None-Match") == reply.etag
        handler.send_response(304 if same else reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if reply.etag:
            handler.send_header("ETag", reply.etag)
        body = b"" if same else reply.body
        if not reply.drip:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        try:
            if not reply.drip:
                handler.wfile.write(body)
            for n in range(len(body) if reply.drip else 0):
                handler.wfile.write(body[n : n + 1])
                time.sleep(reply.drip)
        except OSError:
            pass  # the client had enough

    def page(self, path: str, text: str, **said: str) -> str:
        """Put an article's page at a path; its address. ``said``: ``title``, ``site``, ``day``."""
        self.pages[path] = Reply(body=article_page(text, **said).encode())
        return self.root + path


def article_page(
    text: str,
    title: str = "Cable snaps above the lake",
    site: str = "Harbour Courier",
    day: str = "2021-06-10",
    furniture: str = "Menu",
) -> str:
    """A news page as sites make them, with its text in paragraphs."""
    body = "".join(f"<p>{p}</p>" for p in text.strip().split("\n\n"))
    return (
        f'<!doctype html><html lang="en"><head><title>{title} - {site}</title>'
        f'<meta property="og:site_name" content="{site}">'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="{day}T08:00:00+00:00"></head><body>'
        f"<nav><ul><li><a href=/>{furniture}</a></li><li><a href=/news>News</a></li></ul></nav>"
        f"<main><article><h1>{title}</h1>{body}</article></main>"
        f"<footer><p>{furniture} © Harbour</p></footer></body></html>"
    )


@contextmanager
def serving() -> Iterator[Web]:
    """A running server."""
    web = Web()
    thread = threading.Thread(target=web.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield web
    finally:
        web.server.shutdown()
        thread.join()
        web.server.server_close()
