"""A polite HTTP client for one edition of a site: Request -> Page.

It respects the site's `Politeness` and robots.txt, and says in plain words what failed. It does not parse pages: bytes
stay bytes, and storing them is the archive's task.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.cookiejar import CookieJar
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import httpx
import stamina

from sunchi.errors import FetchError, Outcome, SettingsError
from sunchi.fetch.network import Inflater, PlainCookies, mirror_origin, network, proxy_address, reason_of, same_origin
from sunchi.fetch.robots import AGENT, Robots
from sunchi.fetch.throttle import retry_after, throttle_of
from sunchi.model import Edition, Page, Request, Validators
from sunchi.settings import Settings
from sunchi.version import VERSION

CONNECT_TIMEOUT = 30.0  # seconds; a site that drops our packets should fail sooner than a slow one
MAX_REDIRECTS = 5
FIRST_BACKOFF, LONGEST_BACKOFF = 2.0, 60.0  # seconds between two attempts, doubled each time

_ANSWERS = frozenset({200, 304, 404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 500, 502, 503, 504})


class _PassingError(FetchError):
    """A transient failure: the next attempt may succeed."""


@dataclass(frozen=True, slots=True)
class _Reply:
    """The response of one address."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    redirect: str = ""  # the Location header, as the server wrote it


@dataclass(frozen=True, slots=True)
class _Outgoing:
    """A request without its address."""

    method: str = "GET"
    headers: dict[bytes, bytes] = field(default_factory=dict)
    content: bytes | None = None

    @property
    def conditional(self) -> bool:
        return any(name.startswith(b"If-") for name in self.headers)


def _now() -> datetime:
    return datetime.now(UTC)


def _ignore(headers: httpx.Headers) -> None:
    """Hear nothing."""


class Fetcher:
    """Fetches pages of one edition, politely. Cookies and robots.txt are kept for as long as it is open. Pauses and
    the number of concurrent requests are shared by all fetchers of the site in this process.

        async with Fetcher(edition, contact="mailto:desk@example.org") as fetcher:
            page = await fetcher.get(Request("http://www.kcna.kp/en"))

    `mirror` is an origin requested instead of the site; pages keep the site's own addresses. `proxy` is the address
    of a proxy for all requests. `delay` and `timeout` (seconds) and `attempts` override the site's Politeness. `hear`
    is given the headers of every answer. `clock`, `sleep` and `transport` stand in for time and network in tests.

    It connects to public addresses only, except for a mirror or proxy set by the operator.

    Raises SettingsError if contact, mirror or proxy can't be used.
    """

    @classmethod
    def of(
        cls,
        edition: Edition,
        settings: Settings,
        clock: Callable[[], datetime] = _now,
        hear: Callable[[httpx.Headers], object] = _ignore,
    ) -> Self:
        """Return a fetcher as the settings say; raises SettingsError."""
        mirror = settings.mirrors.get(edition.site)
        return cls(
            edition,
            mirror=str(mirror) if mirror else None,
            proxy=settings.proxy.get_secret_value() if settings.proxy else None,
            contact=settings.contact,
            delay=settings.delay,
            timeout=settings.timeout,
            clock=clock,
            hear=hear,
        )

    def __init__(
        self,
        edition: Edition,
        *,
        mirror: str | None = None,
        proxy: str | None = None,
        contact: str = "",
        delay: float | None = None,
        timeout: float | None = None,
        attempts: int | None = None,
        clock: Callable[[], datetime] = _now,
        hear: Callable[[httpx.Headers], object] = _ignore,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        politeness = edition.politeness
        self._site = edition.site
        self._origin = httpx.URL(edition.origin)
        self._origins = (self._origin, *map(httpx.URL, edition.other_origins))
        self._mirror = mirror_origin(mirror) if mirror else None
        self._delay = politeness.delay if delay is None else delay
        self._timeout = politeness.timeout if timeout is None else timeout
        self._attempts = politeness.attempts if attempts is None else attempts
        self._max_bytes = politeness.max_bytes
        self._clock, self._hear, self._sleep = clock, hear, sleep
        self._concurrency = politeness.concurrency
        self._robots: dict[httpx.URL, Robots] = {}
        self._robots_lock = asyncio.Lock()
        via = proxy_address(proxy) if proxy else None
        self._through = f" through the proxy {_netloc(via.url)}" if via else ""
        self._client = httpx.AsyncClient(
            transport=transport or network(self._mirror, via),
            cookies=CookieJar(PlainCookies()),
            headers={"User-Agent": _user_agent(contact), "Accept-Encoding": "gzip, deflate"},
            timeout=httpx.Timeout(None, connect=min(CONNECT_TIMEOUT, self._timeout)),
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        self._throttle = throttle_of(_netloc(self._mirror or self._origin), self._concurrency)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(self, request: Request, validators: Validators | None = None) -> Page:
        """Fetch a page; its status is 200, 304, 404 or 410. Raises FetchError for everything else.

        `validators` make a GET conditional: 304 means that the page has not changed.
        """
        address, outgoing = self._address(request.url), _outgoing(request, validators)
        final, reply = await self._follow(address, outgoing)
        if reply.status == 304 and not outgoing.conditional:
            raise FetchError(
                Outcome.BAD_STATUS, self._says(f"answers 304 to {address}, though unconditional"), status=304
            )
        url = request.url if final == address else str(final)
        return Page(request, url, reply.status, reply.headers, reply.body, self._clock())

    # --- addresses: the site's own, and the mirror's ---

    def _address(self, url: str) -> httpx.URL:
        """Parse a request's address; raises FetchError if it is not on this site."""
        try:
            address = httpx.URL(url)
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchError(Outcome.REFUSED, f"{self._site}: {url!r} is not a valid address ({error})") from None
        if not self._is_own(address):
            allowed = " or ".join(map(str, self._origins))
            raise FetchError(Outcome.REFUSED, f"{self._site}: {url} is not on {allowed}, the only origin allowed")
        return address

    def _target(self, address: httpx.URL) -> httpx.URL:
        """Return the address that is really fetched for one of the site's: the mirror's, if there is one."""
        return self._mirror.copy_with(raw_path=address.raw_path) if self._mirror else address

    def _redirected(self, address: httpx.URL, to: str) -> httpx.URL:
        """Return the target of a redirect, as an address of the site."""
        try:
            target = self._target(address).join(to)
        except (httpx.InvalidURL, ValueError):
            raise FetchError(
                Outcome.REFUSED, self._says(f"redirects {address} to {to!r}, which is not a valid address")
            ) from None
        if self._mirror and same_origin(target, self._mirror):
            return self._origin.copy_with(raw_path=target.raw_path)
        if not self._is_own(target):
            raise FetchError(
                Outcome.REFUSED,
                f"{self._site}: {address} redirects to {to[:300]}, which is another site than {self._origin.host}",
            )
        return target

    def _is_own(self, address: httpx.URL) -> bool:
        """Return whether an address is on one of the site's origins."""
        return any(_belongs(address, origin) for origin in self._origins)

    # --- one page: robots.txt, redirects, attempts ---

    async def _follow(self, address: httpx.URL, outgoing: _Outgoing, *, obey: bool = True) -> tuple[httpx.URL, _Reply]:
        """Follow redirects, checking robots.txt each time; return the last address and its response."""
        for _ in range(MAX_REDIRECTS + 1):
            if obey:
                await self._obey(address)
            reply = await self._ask(address, outgoing)
            if not reply.redirect:
                return address, reply
            if reply.status in (301, 302, 303) and outgoing.method == "POST":
                outgoing = _Outgoing()
            address = self._redirected(address, reply.redirect)
        raise FetchError(
            Outcome.REFUSED, self._says(f"redirects more than {MAX_REDIRECTS} times, at last to {address}")
        )

    async def _obey(self, address: httpx.URL) -> None:
        """Raise FetchError if robots.txt disallows an address; the file is read once per origin."""
        file = address.copy_with(raw_path=b"/robots.txt", fragment=None)
        async with self._robots_lock:
            if file not in self._robots:
                self._robots[file] = await self._read_robots(file)
        robots = self._robots[file]
        if not robots.allow(str(address)):
            rule = robots.rule_against(str(address))
            raise FetchError(
                Outcome.REFUSED,
                f"{self._site}: {file} disallows {address} to {AGENT}" + (f" (Disallow: {rule})" if rule else ""),
            )

    async def _read_robots(self, file: httpx.URL) -> Robots:
        """Fetch the rules of one origin.

        No file means no rules; after a server error nothing may be fetched (RFC 9309, 2.3.1).
        """
        try:
            _, reply = await self._follow(file, _Outgoing(), obey=False)
        except FetchError as error:
            if error.outcome is Outcome.REFUSED or (error.status and 400 <= error.status < 500 and error.status != 429):
                return Robots()
            raise FetchError(
                error.outcome, f"{error}; nothing may be fetched until its robots.txt is known", status=error.status
            ) from error
        return Robots.read(reply.body) if reply.status == 200 else Robots()

    async def _ask(self, address: httpx.URL, outgoing: _Outgoing) -> _Reply:
        """Request one address until it responds or all attempts have failed."""
        attempt = None
        try:
            async for attempt in stamina.retry_context(
                on=_PassingError,
                attempts=self._attempts,
                timeout=None,
                wait_initial=FIRST_BACKOFF,
                wait_max=LONGEST_BACKOFF,
                wait_jitter=FIRST_BACKOFF,
            ):
                with attempt:
                    async with self._throttle.slots:
                        await self._throttle.wait(self._pause_between(), self._sleep)
                        return await self._once(address, outgoing)
        except _PassingError as error:
            tried = f" ({attempt.num} attempts)" if attempt and attempt.num > 1 else ""
            raise FetchError(error.outcome, f"{error}{tried}", status=error.status) from error.__cause__
        raise AssertionError("attempts end with a response or an error")

    def _pause_between(self) -> float:
        """Return the seconds between two requests: the site's delay, or more if robots.txt requires it."""
        return max(self._delay, *(robots.delay for robots in self._robots.values()), 0.0)

    # --- one exchange over the wire ---

    async def _once(self, address: httpx.URL, outgoing: _Outgoing) -> _Reply:
        try:
            async with (
                asyncio.timeout(self._timeout),
                self._client.stream(
                    outgoing.method, self._target(address), headers=outgoing.headers, content=outgoing.content
                ) as response,
            ):
                self._hear(response.headers)
                return await self._read(address, response)
        except (TimeoutError, httpx.HTTPError) as error:
            raise _PassingError(Outcome.UNREACHABLE, f"{self._site}: {self._lacks(error)}") from error

    async def _read(self, address: httpx.URL, response: httpx.Response) -> _Reply:
        status = response.status_code
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw)
        if status in _REDIRECTS and (to := response.headers.get("Location")):
            return _Reply(status, headers, b"", to)
        if status in _ANSWERS:
            return _Reply(status, headers, await self._body(address, response))
        if status in _BUSY:
            self._throttle.pause(retry_after(response.headers, self._clock))
            raise _PassingError(Outcome.BAD_STATUS, self._says(f"answers {_name(status)} to {address}"), status=status)
        outcome = Outcome.BLOCKED if status == HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS else Outcome.BAD_STATUS
        raise FetchError(outcome, self._says(f"answers {_name(status)} to {address}"), status=status)

    async def _body(self, address: httpx.URL, response: httpx.Response) -> bytes:
        """Return the decompressed body; at most the limit and one piece is held in memory."""
        encoding = response.headers.get("Content-Encoding", "")
        try:
            inflater = Inflater(encoding)
        except ValueError:
            raise FetchError(
                Outcome.UNREACHABLE, self._says(f"sends {address} compressed as {encoding!r}, which was not asked for")
            ) from None
        body, received = bytearray(), 0
        try:
            async for sent in response.aiter_raw():
                received += len(sent)
                for piece in inflater.feed(sent):
                    body += piece
                    if max(len(body), received) > self._max_bytes:
                        raise FetchError(
                            Outcome.TOO_LARGE, f"{self._site}: {address} is larger than {self._max_bytes:,} bytes"
                        )
        except zlib.error as error:
            raise _PassingError(Outcome.UNREACHABLE, self._says(f"sends {address} damaged: {error}")) from error
        if not inflater.complete:
            raise _PassingError(
                Outcome.UNREACHABLE, self._says(f"sends {address} cut short, in the middle of its {encoding}")
            )
        return bytes(body)

    # --- words ---

    def _lacks(self, error: TimeoutError | httpx.HTTPError) -> str:
        """Return in plain words what did not come, and why."""
        match error:
            case httpx.ConnectTimeout():
                return f"no connection to {self._where} in {min(CONNECT_TIMEOUT, self._timeout):g} s"
            case TimeoutError() | httpx.TimeoutException():
                return f"no answer from {self._where} in {self._timeout:g} s"
            case httpx.ConnectError():
                return f"no connection to {self._where}: {reason_of(error)}"
            case _:
                return f"no complete answer from {self._where}: {reason_of(error)}"

    def _says(self, words: str) -> str:
        return f"{self._site}: {self._where} {words}"

    @property
    def _where(self) -> str:
        site = _netloc(self._origin)
        host = f"{_netloc(self._mirror)} (mirror of {site})" if self._mirror else site
        return host + self._through


def _outgoing(request: Request, validators: Validators | None) -> _Outgoing:
    if request.method == "POST":
        form = urlencode(request.form).encode("ascii")
        return _Outgoing("POST", {b"Content-Type": b"application/x-www-form-urlencoded"}, form)
    known = validators or Validators()
    conditions = {b"If-None-Match": known.etag, b"If-Modified-Since": known.last_modified}
    # Sent back exactly as the site sent it, whatever the encoding.
    return _Outgoing("GET", {name: value.encode("latin-1", "replace") for name, value in conditions.items() if value})


def _belongs(address: httpx.URL, origin: httpx.URL) -> bool:
    """Return whether an address is on this site: the same host with or without `www.`, and https in place of http."""
    same_host = address.host.removeprefix("www.") == origin.host.removeprefix("www.")
    encrypted = (address.scheme, origin.scheme, address.port, origin.port) == ("https", "http", None, None)
    same_port = (address.scheme, address.port) == (origin.scheme, origin.port)
    return same_host and (same_port or encrypted) and not address.userinfo


def _netloc(url: httpx.URL) -> str:
    """Return host and port, without user and password."""
    return url.netloc.decode("ascii")


def _name(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _user_agent(contact: str) -> str:
    """Return the User-Agent, such as `Sunchi/0.1.0 (+https://example.org/monitor)`."""
    if not (contact.isascii() and contact.isprintable()):
        raise SettingsError(
            f"SUNCHI_CONTACT: {contact!r} can't go into a User-Agent: write an address in ASCII on one line"
        )
    return f"{AGENT}/{VERSION}" + (f" (+{contact})" if contact else "")
