"""The preview answers this machine's browser and nobody else, and nothing that it is asked breaks
it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_gen.shell.serve import server


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A preview of a small site; its port."""
    site = tmp_path / "site"
    (site / "story").mkdir(parents=True)
    (site / "bare").mkdir()
    (site / "index.html").write_text("front", encoding="utf-8")
    (site / "404.html").write_text("nothing here", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    running = server(site, 0)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running.server_address[1]
    running.shutdown()
    running.server_close()


def ask(port: int, request: str) -> str:
    """The answer to a request, as text."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as s:
        s.sendall(request.encode("latin-1"))
        out = b""
        while part := s.recv(65536):
            out += part
    return out.decode("utf-8", "replace")


def get(port: int, path: str, host: str = "127.0.0.1") -> str:
    """The answer to a GET."""
    return ask(port, f"GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_this_machine_is_answered(port: int, host: str) -> None:
    """By each of its names."""
    assert get(port, "/", host).endswith("front")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8000"]
)
def test_other_names_get_nothing(port: int, host: str) -> None:
    """A name that was made to lead here (DNS rebinding) reads nothing."""
    answer = get(port, "/", host)
    assert "403" in answer.splitlines()[0]
    assert "front" not in answer


@pytest.mark.parametrize(
    "path",
    [
        "/bare/",
        "/none",
        "/%00",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//etc/passwd",
        "/%ff%fe",
    ],
)
def test_what_is_not_there_is_the_sites_own_page(port: int, path: str) -> None:
    """No folder is listed, nothing outside is read, nothing breaks."""
    answer = get(port, path)
    assert "404" in answer.splitlines()[0]
    assert answer.endswith("nothing here")


def test_odd_requests_do_not_stop_it(port: int) -> None:
    """Broken off, no request at all, a method that is not there."""
    socket.create_connection(("127.0.0.1", port)).close()
    assert "501" in ask(port, "DELETE / HTTP/1.0\r\nHost: localhost\r\n\r\n")
    assert "400" in ask(port, "nonsense\r\n\r\n")
    assert get(port, "/").endswith("front")


def test_a_taken_port_at_the_end_is_told(tmp_path: Path) -> None:
    """There is no port after the last."""
    with socket.socket() as taken:
        with contextlib.suppress(OSError):  # where somebody else has it, that is what is wanted
            taken.bind(("127.0.0.1", 65535))
        taken.listen()
        with pytest.raises(OSError, match=r"."):
            server(tmp_path, 65535)
