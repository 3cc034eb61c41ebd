"""Fetching single pages politely, and never from inside a private network. Shell.

Limits: time and size as a whole, redirects counted, the addresses of each host checked as they are
connected to (a name that leads elsewhere on a second look gains nothing), robots.txt (RFC 9309), a
pause between two requests to one host, and a name that says who asks.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import ipaddress
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import urllib3
from protego import Protego
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from site_gen import __version__
from site_gen.model import ContentError

if TYPE_CHECKING:
    from urllib3.connectionpool import HTTPConnectionPool

TOKEN = "site-gen"
"""The name by which robots.txt may address us."""
SAVE = "save the page in your browser, and add the file"
ACCEPTED = (
    "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,"
    "text/markdown;q=0.8,*/*;q=0.1"
)
_CHUNK = 65536
_REDIRECTS = (301, 302, 303, 307, 308)
_ROBOTS_SIZE = 500 * 1024
"""RFC 9309, 2.5: at least so many bytes of a robots.txt are read."""
_MENDS: dict[int, tuple[str, str]] = {
    401: ("it wants a password", SAVE),
    402: ("it wants to be paid", SAVE),
    403: ("it refuses", SAVE),
    404: ("the page is not there", "look at the address, or give that of a copy in an archive"),
    410: ("the page is gone for good", "give the address of a copy in an archive"),
    429: ("it asks to be left alone for a while", "try again later"),
    451: ("the page is withheld for legal reasons", SAVE),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What a fetch may take: seconds in all and without a word, bytes (unpacked), redirects, and
    whether a private address (this machine, a local network) may be asked; ``pause``: seconds
    between two requests to one host."""

    seconds: float = 40.0
    silence: float = 15.0
    most: int = 20_000_000
    redirects: int = 8
    private: bool = False
    pause: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What an address gave: the bytes as they came but unpacked, and what was said of them.

    ``headers``: names in small letters. ``at``: when it came, UTC. ``unchanged``: the server says
    that it is what we have (304), and there are no bytes.
    """

    asked: str
    address: str
    data: bytes
    headers: Mapping[str, str]
    at: dt.datetime
    status: int = 200
    redirects: tuple[str, ...] = ()
    unchanged: bool = False

    def record(self, sha256: str) -> bytes:
        """What is kept beside the original, as JSON: what was asked, what answered and when."""
        return (
            json.dumps(
                {
                    "asked": self.asked,
                    "redirects": list(self.redirects),
                    "address": self.address,
                    "fetched": self.at.isoformat(timespec="seconds"),
                    "status": self.status,
                    "headers": dict(self.headers),
                    "sha256": sha256,
                    "by": f"site-gen {__version__}",
                },
                ensure_ascii=False,
                indent=2,
            )
            + "\n"
        ).encode("utf-8", "replace")


class _Private(Exception):
    """A host of no public network. No ``OSError``: urllib3 would take it for a broken line."""


def _addresses(host: str, port: int, private: bool) -> list[str]:
    """The addresses of a host; ``_Private`` where one of them is none of the public internet, but
    where ``private`` ones are meant."""
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    addresses = [str(info[4][0]) for info in found]
    for address in () if private else addresses:
        ip: Any = ipaddress.ip_address(address.partition("%")[0])
        ip = getattr(ip, "ipv4_mapped", None) or ip
        if not ip.is_global or ip.is_multicast:
            raise _Private(f"{host} is {address}")
    return addresses


class _Checked:
    """A connection to an address that was looked at, and that can be cut off from outside; mixed
    into urllib3's own."""

    private: bool
    opened: Callable[[socket.socket], None]
    host: str
    port: int | None
    timeout: Any
    _dns_host: str
    source_address: Any
    socket_options: Any

    def _new_conn(self) -> socket.socket:
        port = self.port or 0
        try:
            addresses = _addresses(self._dns_host, port, self.private)
        except (socket.gaierror, UnicodeError) as fault:
            raise NameResolutionError(self.host, self, fault) from fault  # type: ignore[arg-type]
        last: OSError | None = None
        for address in addresses:
            try:
                made = create_connection(
                    (address, port),
                    self.timeout,
                    source_address=self.source_address,
                    socket_options=self.socket_options,
                )
            except OSError as fault:
                last = fault
            else:
                self.opened(made.dup())
                return made
        raise NewConnectionError(self, str(last)) from last  # type: ignore[arg-type]


def _pools(private: bool, opened: Callable[[socket.socket], None]) -> urllib3.PoolManager:
    """urllib3's manager with our connections; ``opened`` is given a second handle of each."""
    ours = {"private": private, "opened": staticmethod(opened)}

    class _HttpPool(urllib3.HTTPConnectionPool):
        ConnectionCls = type("_Http", (_Checked, HTTPConnection), ours)

    class _HttpsPool(urllib3.HTTPSConnectionPool):
        ConnectionCls = type("_Https", (_Checked, HTTPSConnection), ours)

    manager = urllib3.PoolManager(num_pools=8, retries=False)
    pools: dict[str, type[HTTPConnectionPool]] = {"http": _HttpPool, "https": _HttpsPool}
    manager.pool_classes_by_scheme = pools
    return manager


@contextmanager
def _cut_off_after(seconds: float, sockets: list[socket.socket]) -> Iterator[None]:
    """End the connections when the time is over, whatever a slow server sends meanwhile."""

    def cut() -> None:
        for made in sockets:
            with suppress(OSError):
                made.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, seconds), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        for made in sockets:
            made.close()
        sockets.clear()


def _encodings() -> str:
    """What we can unpack; ``br`` where the library for it is there."""
    return "gzip, deflate" + (", br" if importlib.util.find_spec("brotli") else "")


@dataclass(slots=True)
class Client:
    """Fetches pages; remembers each host's robots.txt and when it was asked last.

    ``contact``: an address of ours by which who runs a host can see who asks. ``now``, ``clock``
    and ``sleep`` are the system's, or a test's.
    """

    limits: Limits = field(default_factory=Limits)
    contact: str = ""
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, Protego | None] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _sockets: list[socket.socket] = field(default_factory=list)
    _manager: urllib3.PoolManager | None = None

    @property
    def agent(self) -> str:
        """The name that we give of ourselves."""
        who = f"+{self.contact}" if self.contact else "compares news reports"
        return f"{TOKEN}/{__version__} ({who})"

    def get(self, asked: str, *, known: Mapping[str, str] | None = None) -> Answer:
        """The page at an address; ``ContentError`` with a sentence for people where there is none.

        ``known``: headers of the answer that is there already; a server may say that nothing
        changed since.
        """
        end = self.clock() + self.limits.seconds
        way: list[str] = []
        address = _plain(asked, asked)
        while True:
            self._ask_robots(address, asked, end)
            answer = self._once(address, asked, end, _conditions(known, way))
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                break
            way.append(address)
            if len(way) > self.limits.redirects:
                raise ContentError(
                    asked, 0, f"it leads on more than {self.limits.redirects} times", SAVE
                )
            address = _plain(urljoin(address, answer.headers["location"]), asked)
        if answer.status == 304:
            return _with(answer, asked, way, unchanged=True)
        if answer.status != 200:
            raise _refused(asked, answer)
        return _with(answer, asked, way, unchanged=False)

    def _ask_robots(self, address: str, asked: str, end: float) -> None:
        parts = urlsplit(address)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            self._robots[host] = self._read_robots(host, end)
        rules = self._robots[host]
        if rules is None or not rules.can_fetch(address, TOKEN):
            why = (
                "its robots.txt cannot be had, and the rule is to stay away then"
                if rules is None
                else f"its robots.txt asks programs like this one not to read {parts.path or '/'}"
            )
            raise ContentError(asked, 0, why, SAVE)
        delay = rules.crawl_delay(TOKEN)
        self._wait(host, max(self.limits.pause, min(float(delay or 0), 30.0)))

    def _wait(self, host: str, pause: float) -> None:
        last = self._last.get(host)
        if last is not None and (rest := last + pause - self.clock()) > 0:
            self.sleep(rest)
        self._last[host] = self.clock()

    def _read_robots(self, host: str, end: float) -> Protego | None:
        """A host's rules: none where there is no such file, ``None`` where it cannot be had (RFC
        9309, 2.3.1)."""
        address, hops = f"{host}/robots.txt", 0
        while hops <= 5:
            try:
                answer = self._once(address, address, end, {}, most=_ROBOTS_SIZE, cut=True)
            except ContentError as fault:
                if "private" in fault.message or "resolve" in fault.message:
                    return Protego.parse("")  # the page itself says it, in its own words
                return None
            if answer.status in _REDIRECTS and "location" in answer.headers:
                address, hops = urljoin(address, answer.headers["location"]), hops + 1
                continue
            if answer.status >= 500 or answer.status == 429:
                return None
            text = answer.data.decode("utf-8", "replace") if answer.status == 200 else ""
            return Protego.parse(text)
        return Protego.parse("")

    def _once(
        self,
        address: str,
        asked: str,
        end: float,
        more: Mapping[str, str],
        *,
        most: int = 0,
        cut: bool = False,
    ) -> Answer:
        """One request, its answer read within the limits; redirects are not followed."""
        if self._manager is None:
            self._manager = _pools(self.limits.private, self._sockets.append)
        headers = {
            "User-Agent": self.agent,
            "Accept": ACCEPTED,
            "Accept-Encoding": _encodings(),
            "Connection": "close",
        }
        wait = self.limits.silence
        try:
            with _cut_off_after(end - self.clock(), self._sockets):
                answer = self._manager.request(
                    "GET",
                    address,
                    headers={**headers, **more},
                    redirect=False,
                    preload_content=False,
                    timeout=urllib3.Timeout(connect=wait, read=wait),
                )
                try:
                    data = self._read(answer, asked, end, most or self.limits.most, cut)
                finally:
                    answer.close()
        except ContentError:
            raise
        except _Private as fault:
            raise ContentError(
                asked,
                0,
                f"this is an address of a private network ({fault})",
                "say --private where that is meant",
            ) from None
        except NameResolutionError:
            raise ContentError(
                asked,
                0,
                "the name of this host does not resolve",
                "look at the address and at the network",
            ) from None
        except (HTTPError, OSError, ValueError) as fault:
            if self.clock() >= end:
                raise self._too_long(asked) from None
            raise ContentError(
                asked, 0, f"it does not answer ({_said(fault)})", f"try again later, or {SAVE}"
            ) from None
        return Answer(
            asked=asked,
            address=address,
            data=data,
            headers={k.lower(): v for k, v in answer.headers.items()},
            at=self.now(),
            status=answer.status,
        )

    def _read(
        self, answer: urllib3.BaseHTTPResponse, asked: str, end: float, most: int, cut: bool
    ) -> bytes:
        """An answer's bytes, unpacked; ``cut``: what is beyond the size is dropped, not refused."""
        out, size = [], 0
        for part in answer.stream(_CHUNK, decode_content=True):
            out.append(part)
            size += len(part)
            if size > most:
                if cut:
                    break
                raise ContentError(asked, 0, f"it is larger than {most // 1_000_000} MB", SAVE)
            if self.clock() > end:
                raise self._too_long(asked)
        return b"".join(out)[:most]

    def _too_long(self, asked: str) -> ContentError:
        return ContentError(asked, 0, f"it takes longer than {self.limits.seconds:g} seconds", SAVE)


def _plain(address: str, asked: str) -> str:
    """An address without its fragment; ``ContentError`` where it is none of the web, or has a
    password in it."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host:
        where = "" if address == asked else f" leads to {address[:80]}, which"
        raise ContentError(
            asked, 0, f"this{where} is no web address", "it must start with https:// or http://"
        )
    if parts.username or parts.password:
        raise ContentError(
            asked, 0, "this address holds a name or password", "give it without them"
        )
    return urlunsplit(parts._replace(fragment=""))


def _conditions(known: Mapping[str, str] | None, way: list[str]) -> dict[str, str]:
    """The headers by which a server can say that nothing changed (RFC 9110, 13.1)."""
    if not known or way:
        return {}
    pairs = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
    return {name: known[key] for key, name in pairs if known.get(key)}


def _with(answer: Answer, asked: str, way: list[str], *, unchanged: bool) -> Answer:
    return replace(answer, asked=asked, redirects=tuple(way), unchanged=unchanged)


def _refused(asked: str, answer: Answer) -> ContentError:
    what, mend = _MENDS.get(
        answer.status,
        ("its server has a fault", "try again later")
        if answer.status >= 500
        else ("it gives no page", "look at the address"),
    )
    later = answer.headers.get("retry-after", "")
    if later.isdigit():
        mend += f" (it says after {later} seconds)"
    return ContentError(asked, 0, f"{what} (status {answer.status})", mend)


def _said(fault: Exception) -> str:
    """A library's fault in few words."""
    reason = getattr(fault, "reason", None) or fault
    text = str(reason) or type(reason).__name__
    return text.rsplit("object at 0x", 1)[-1].partition(">: ")[2][:120] or text[:120]
