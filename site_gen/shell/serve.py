"""A local preview: the built site over HTTP on 127.0.0.1, nothing more. Shell.

Only this machine's browser is answered, by the names of this machine: a page elsewhere whose name
is made to lead here (DNS rebinding) gets nothing, since a preview shows other people's texts whole.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""What a request may call this machine."""
PATIENCE = 20
"""Seconds after which a client that says nothing is let go."""


class _Preview(SimpleHTTPRequestHandler):
    timeout = PATIENCE
    server_version = "site-gen"
    sys_version = ""

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged: a preview has one reader."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def send_head(self) -> BytesIO | BinaryIO | None:
        """The file that is asked for; refuses other hosts' names and addresses that are none."""
        host = self.headers.get("Host", "")
        name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
        if name.lower() not in HOSTS:
            self.send_error(HTTPStatus.FORBIDDEN, "This preview answers to 127.0.0.1 only")
            return None
        try:
            if "\x00" in self.translate_path(self.path):
                raise ValueError
            return super().send_head()
        except (ValueError, UnicodeError, OSError):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None

    def list_directory(self, path: object) -> None:
        """Folders without a page are not listed."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is not found."""
        page = Path(self.directory) / "404.html"
        if (
            code != HTTPStatus.NOT_FOUND
            or not page.is_file()
            or self.command not in ("GET", "HEAD")
        ):
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """The preview's server; clients that break off are nobody's concern."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing is printed: a browser may close a connection whenever it likes."""


def server(site: Path, port: int, attempts: int = 20) -> Server:
    """A server for a folder on 127.0.0.1; where the port is taken, the next free one. ``OSError``
    where none is free."""
    handler = partial(_Preview, directory=str(site))
    last: OSError = OSError("no free port")
    for n in range(attempts):
        if port + n > 65535:
            break
        try:
            return Server(("127.0.0.1", port + n if port else 0), handler)
        except OSError as fault:
            last = fault
    raise last
