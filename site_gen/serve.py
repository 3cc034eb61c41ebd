"""A local preview: the built site over HTTP on 127.0.0.1, nothing more."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged: a preview has one reader."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def server(site: Path, port: int, attempts: int = 20) -> ThreadingHTTPServer:
    """A server for a folder on 127.0.0.1; where the port is taken, the next free one. ``OSError`` where none is free."""
    handler = partial(_Quiet, directory=str(site))
    for n in range(attempts):
        try:
            return ThreadingHTTPServer(("127.0.0.1", port + n if port else 0), handler)
        except OSError:
            if n == attempts - 1:
                raise
    raise OSError("no free port")
