"""The polite HTTP client: over real HTTP, with the waiting left out."""

from __future__ import annotations

import asyncio
import gzip
import logging
import socket
import traceback
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import stamina

from sunchi.errors import FetchError, Outcome, SettingsError
from sunchi.fetch.client import Fetcher
from sunchi.fetch.network import PIECE, Inflater, PublicOnly, is_public
from sunchi.fetch.robots import Robots
from sunchi.model import Edition, Page, Politeness, Request, Validators
from tests.web import Asked, Reply, Web

pytestmark = pytest.mark.anyio

ORIGIN = "http://www.paper.example"
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    """Retry without a pause; the number of attempts stays that of the Politeness."""
    with stamina.set_testing(True, attempts=100, cap=True):
        yield


class Waits(list[float]):
    """A replacement for sleep that records how long it should have been."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


def edition(origin: str = ORIGIN, **politeness: Any) -> Edition:
    return Edition("paper", "en", "paper", origin, (), Politeness(**{"delay": 0.0, "attempts": 3, **politeness}))


def reader(web: Web, politeness: dict[str, Any] | None = None, **options: Any) -> Fetcher:
    """Return a fetcher for www.paper.example, in an internet where every name leads to the test's server."""
    return Fetcher(edition(**(politeness or {})), **{"transport": web.transport(), **options})


async def get(web: Web, path: str = "/list", validators: Validators | None = None, **options: Any) -> Page:
    async with reader(web, **options) as fetcher:
        return await fetcher.get(Request(ORIGIN + path), validators)


async def failure(web: Web, path: str = "/list", **options: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await get(web, path, **options)
    return caught.value


# --- what comes back ---


async def test_a_page_is_whole_with_its_headers_as_sent_and_its_bytes_as_bytes(web: Web) -> None:
    body = "조선".encode("euc-kr")
    web.on("/list", Reply(body, headers=(("X-Part", "one"), ("X-Part", "two"), ("ETag", '"v1"'))))
    page = await get(web, "/list?page=2", clock=lambda: NOON)
    assert page.request == Request(ORIGIN + "/list?page=2")
    assert (page.url, page.status, page.body, page.fetched_at) == (ORIGIN + "/list?page=2", 200, body, NOON)
    assert [value for name, value in page.headers if name == "X-Part"] == ["one", "two"]
    assert page.validators == Validators('"v1"')


@pytest.mark.parametrize("status", [404, 410])
async def test_a_page_that_is_gone_is_a_result(web: Web, status: int) -> None:
    web.on("/list", Reply("no longer here", status))
    page = await get(web)
    assert (page.status, page.body) == (status, b"no longer here")


async def test_the_query_reaches_the_site_byte_for_byte(web: Web) -> None:
    await get(web, "/en/index.php?MTJAMjAyNi0wMy0wMS1OMDAxQDE1QDFA/+==")
    assert web.paths() == ["/en/index.php?MTJAMjAyNi0wMy0wMS1OMDAxQDE1QDFA/+=="]


async def test_the_user_agent_names_the_program_and_a_contact(web: Web) -> None:
    await get(web, contact="https://monitor.example")
    assert {asked.headers["User-Agent"] for asked in web.asked}.pop().startswith("Sunchi/")
    assert all(asked.headers["User-Agent"].endswith(" (+https://monitor.example)") for asked in web.asked)


async def test_a_form_is_posted_with_the_cookie_of_the_earlier_page(web: Web) -> None:
    def paged(asked: Asked) -> Reply:
        known = asked.headers.get("Cookie") == "JSESSIONID=s1"
        return Reply(
            "page 2" if asked.method == "POST" and known else "page 1", headers={"Set-Cookie": "JSESSIONID=s1"}
        )

    web.on("/list", paged)
    form = (("page_num", "2"), ("keyword", ""), ("keyword", "a&b 조선"))
    async with reader(web) as fetcher:
        assert (await fetcher.get(Request(ORIGIN + "/list"))).body == b"page 1"
        page = await fetcher.get(Request(ORIGIN + "/list", "POST", form))
    assert page.body == b"page 2"
    assert web.asked[-1].body == b"page_num=2&keyword=&keyword=a%26b+%EC%A1%B0%EC%84%A0"
    assert web.asked[-1].headers["Content-Type"] == "application/x-www-form-urlencoded"


async def test_cookies_end_with_the_session(web: Web) -> None:
    web.on("/list", Reply(headers={"Set-Cookie": "JSESSIONID=s1"}))
    await get(web)
    await get(web)
    assert not any("Cookie" in asked.headers for asked in web.asked)


async def test_a_cookie_that_cannot_be_sent_back_is_ignored(web: Web) -> None:
    cookies = b"Set-Cookie: city=\xed\x8f\x89\r\nSet-Cookie: JSESSIONID=s1\r\n"
    web.on("/list", Reply(raw=b"HTTP/1.1 200 OK\r\n" + cookies + b"Content-Length: 0\r\n\r\n"), Reply("fine"))
    async with reader(web) as fetcher:
        await fetcher.get(Request(ORIGIN + "/list"))
        assert (await fetcher.get(Request(ORIGIN + "/list"))).body == b"fine"
    assert web.asked[-1].headers["Cookie"] == "JSESSIONID=s1"


# --- conditional requests ---


async def test_an_unchanged_page_is_requested_once(web: Web) -> None:
    def unless_known(asked: Asked) -> Reply:
        return Reply(status=304) if asked.headers.get("If-None-Match") == '"v1"' else Reply("new")

    web.on("/list", unless_known)
    page = await get(web, validators=Validators('"v1"', "Sun, 01 Mar 2026 00:00:00 GMT"))
    assert (page.status, page.body) == (304, b"")
    assert web.asked[-1].headers["If-Modified-Since"] == "Sun, 01 Mar 2026 00:00:00 GMT"


async def test_an_etag_goes_back_as_the_bytes_that_came(web: Web) -> None:
    web.on("/list", Reply(raw=b'HTTP/1.1 200 OK\r\nETag: "\xc1\xb6"\r\nContent-Length: 0\r\n\r\n'), Reply(status=304))
    first = await get(web)
    assert (await get(web, validators=first.validators)).status == 304
    assert dict(web.asked[-1].headers.raw)[b"If-None-Match"] == b'"\xc1\xb6"'


async def test_a_posted_form_is_never_conditional(web: Web) -> None:
    web.on("/list", Reply("page 2"))
    async with reader(web) as fetcher:
        await fetcher.get(Request(ORIGIN + "/list", "POST"), Validators('"v1"', "Sun, 01 Mar 2026 00:00:00 GMT"))
    assert not {"if-none-match", "if-modified-since"} & set(web.asked[-1].headers)


@pytest.mark.parametrize("validators", [None, Validators()])
async def test_not_modified_is_an_error_for_an_unconditional_request(web: Web, validators: Validators | None) -> None:
    web.on("/list", Reply(status=304))
    error = await failure(web, validators=validators)
    assert (error.outcome, error.status) == (Outcome.BAD_STATUS, 304)


# --- attempts ---


@pytest.mark.parametrize(
    "bad",
    [
        Reply("busy", 503),
        Reply("too many", 429),
        Reply("oops", 500),
        Reply("half of it", length=1000),
        Reply(raw=b""),
        Reply(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf"),
        Reply(gzip.compress(b"x" * 5000)[:-9], headers={"Content-Encoding": "gzip"}),
    ],
    ids=["503", "429", "500", "cut-body", "closed", "cut-chunk", "cut-gzip"],
)
async def test_a_transient_fault_is_retried(web: Web, bad: Reply) -> None:
    web.on("/list", bad, bad, Reply("whole"))
    assert (await get(web)).body == b"whole"
    assert len(web.paths()) == 3


@pytest.mark.parametrize(
    ("bad", "outcome", "words"),
    [
        (Reply("busy", 503), Outcome.BAD_STATUS, "answers 503 Service Unavailable"),
        (Reply("half", length=1000), Outcome.UNREACHABLE, "received 4 bytes, expected 1000"),
        (Reply(raw=b""), Outcome.UNREACHABLE, "without sending a response"),
        (Reply(raw=b"SSH-2.0-x\r\n"), Outcome.UNREACHABLE, "no complete answer"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000), Outcome.UNREACHABLE, "no complete answer"),
        (Reply(status=302, headers={"Location": "http://[::1"}), Outcome.UNREACHABLE, "Invalid URL in location"),
        (Reply(b"not gzip", headers={"Content-Encoding": "gzip"}), Outcome.UNREACHABLE, "damaged"),
        (
            Reply(gzip.compress(b"x" * 5000)[:-9], headers={"Content-Encoding": "gzip"}),
            Outcome.UNREACHABLE,
            "cut short",
        ),
    ],
    ids=["503", "cut-body", "closed", "no-http", "endless-headers", "no-location", "no-gzip", "cut-gzip"],
)
async def test_a_lasting_fault_is_reported_after_all_attempts(
    web: Web, bad: Reply, outcome: Outcome, words: str
) -> None:
    web.on("/list", bad)
    error = await failure(web, attempts=2)
    assert error.outcome is outcome
    assert words in str(error)
    assert str(error).startswith("paper: ")
    assert "www.paper.example" in str(error)
    assert str(error).endswith("(2 attempts)")
    assert len(web.paths()) == 2


@pytest.mark.parametrize(
    ("status", "outcome"), [(403, Outcome.BAD_STATUS), (400, Outcome.BAD_STATUS), (451, Outcome.BLOCKED)]
)
async def test_a_permanent_failure_is_not_retried(web: Web, status: int, outcome: Outcome) -> None:
    web.on("/list", Reply("no", status))
    error = await failure(web)
    assert (error.outcome, error.status, len(web.paths())) == (outcome, status, 1)


async def test_a_silent_site_times_out(web: Web) -> None:
    web.on("/list", Reply(hang=True))
    error = await failure(web, timeout=0.2, attempts=1)
    assert error.outcome is Outcome.UNREACHABLE
    assert str(error) == "paper: no answer from www.paper.example in 0.2 s"


async def test_the_time_out_covers_the_whole_response_not_the_next_byte(web: Web) -> None:
    web.on("/list", Reply(b"." * 1000, drip=0.02))
    error = await failure(web, timeout=0.3, attempts=1)
    assert str(error) == "paper: no answer from www.paper.example in 0.3 s"


async def test_a_refused_connection_is_reported_as_such() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        mirror = f"http://127.0.0.1:{closed.getsockname()[1]}"
    async with Fetcher(edition(), mirror=mirror, attempts=1) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.get(Request(ORIGIN + "/list"))
    assert caught.value.outcome is Outcome.UNREACHABLE
    assert "connection refused" in str(caught.value)
    assert f"{mirror[7:]} (mirror of www.paper.example): connection refused" in str(caught.value)


async def test_an_unknown_host_name_is_reported_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    async with Fetcher(edition(), attempts=1) as fetcher:
        with pytest.raises(FetchError, match=r"www\.paper\.example: its name is not in the DNS") as caught:
            await fetcher.get(Request(ORIGIN + "/list"))
    assert caught.value.outcome is Outcome.UNREACHABLE


# --- waiting ---


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "Sun, 01 Mar 2026 12:00:20 GMT"}, 20),
        ({"Retry-After": "Sun, 01 Mar 2026 12:00:20 GMT", "Date": "Sun, 01 Mar 2026 12:00:05 GMT"}, 15),
        ({"Retry-After": "Sun, 01 Mar 2026 12:00:20 -0000"}, 20),
        ({"Retry-After": "86400"}, 120),
        ({"Retry-After": "9" * 5000}, 120),
    ],
    ids=["seconds", "date", "date-by-the-servers-clock", "date-of-no-zone", "a-day", "for-ever"],
)
async def test_a_busy_site_is_left_alone_as_long_as_it_asks(web: Web, headers: dict[str, str], seconds: float) -> None:
    web.on("/list", Reply("busy", 503, headers), Reply("well again"))
    waits = Waits()
    assert (await get(web, clock=lambda: NOON, sleep=waits)).body == b"well again"
    assert [round(wait) for wait in waits] == [seconds]


@pytest.mark.parametrize(
    "wish", ["Sun, 01 Mar 2026 11:00:00 GMT", "soon", "-5", "²", "Sun, 99 Mar 2026 11:00:00 GMT", ""]
)
async def test_a_retry_after_of_zero_is_no_wait(web: Web, wish: str) -> None:
    web.on("/list", Reply("busy", 503, {"Retry-After": wish}), Reply("well again"))
    waits = Waits()
    await get(web, clock=lambda: NOON, sleep=waits)
    assert waits == []


async def test_a_busy_site_is_left_alone_by_the_other_requests_too(web: Web) -> None:
    web.on("/busy", Reply("busy", 503, {"Retry-After": "60"}))
    web.on("/list", Reply("fine"))
    waits = Waits()
    async with reader(web, attempts=1, sleep=waits) as fetcher:
        with pytest.raises(FetchError):
            await fetcher.get(Request(ORIGIN + "/busy"))
        await fetcher.get(Request(ORIGIN + "/list"))
    assert [round(wait) for wait in waits] == [60]


async def test_requests_to_a_site_are_spaced_with_some_jitter(web: Web) -> None:
    waits = Waits()
    async with reader(web, {"delay": 100.0}, sleep=waits) as fetcher:
        for _ in range(8):
            await fetcher.get(Request(ORIGIN + "/list"))
    assert len(waits) == 8  # robots.txt had the first turn
    gaps = [late - early for early, late in zip([0.0, *waits], waits, strict=False)]
    assert all(99 <= gap <= 150 for gap in gaps)
    assert max(gaps) > 105


async def test_the_delay_in_the_settings_overrides_the_politeness(web: Web) -> None:
    waits = Waits()
    await get(web, politeness={"delay": 100.0}, delay=0.0, sleep=waits)
    assert waits == []


async def test_no_more_concurrent_requests_than_the_politeness_allows(web: Web) -> None:
    web.on("/list", Reply("fine", wait=0.05))
    async with reader(web, {"concurrency": 2}) as fetcher:
        await asyncio.gather(*(fetcher.get(Request(f"{ORIGIN}/list?{n}")) for n in range(6)))
    assert web.most_at_once == 2
    assert len(web.paths()) == 6


# --- size ---


async def test_two_sessions_with_one_site_share_its_politeness(web: Web) -> None:
    waits = Waits()
    politeness = {"concurrency": 2, "delay": 10.0}
    web.otherwise = Reply("fine", wait=0.05)
    async with reader(web, politeness, sleep=waits) as one, reader(web, politeness, sleep=waits) as other:
        await asyncio.gather(*(each.get(Request(f"{ORIGIN}/{n}")) for n in range(4) for each in (one, other)))

    assert web.most_at_once == 2
    assert len(web.asked) == 10
    assert sorted(waits) == pytest.approx([12.5 * n for n in range(1, 10)], rel=0.25, abs=2)


async def test_a_page_may_be_as_large_as_the_cap_and_no_larger(web: Web) -> None:
    web.on("/list", Reply(b"x" * 1000))
    assert len((await get(web, politeness={"max_bytes": 1000})).body) == 1000
    error = await failure(web, politeness={"max_bytes": 999})
    assert error.outcome is Outcome.TOO_LARGE
    assert "larger than 999 bytes" in str(error)
    assert len(web.paths()) == 2  # not tried again


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_decompression_bomb_is_stopped_before_it_fills_the_memory(web: Web, encoding: str) -> None:
    megabytes = 100
    squeeze = zlib.compressobj(9, wbits=31 if encoding == "gzip" else 15)
    bomb = b"".join(squeeze.compress(bytes(2**20)) for _ in range(megabytes)) + squeeze.flush()
    assert len(bomb) * 1000 < megabytes * 2**20
    web.on("/list", Reply(bomb, headers={"Content-Encoding": encoding}))
    tracemalloc.start()
    try:
        error = await failure(web, politeness={"max_bytes": 2**20})
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert error.outcome is Outcome.TOO_LARGE
    assert peak < 4 * 2**20


async def test_a_stream_that_expands_to_nothing_is_bounded_too(web: Web) -> None:
    web.on("/list", Reply(gzip.compress(b"") * 2000, headers={"Content-Encoding": "gzip"}))
    assert (await failure(web, politeness={"max_bytes": 10_000})).outcome is Outcome.TOO_LARGE


RAW_DEFLATE = zlib.compressobj(wbits=-15)
TEXT = b"a page, again and again; " * 20_000


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("gzip", gzip.compress(TEXT[:300_000]) + gzip.compress(TEXT[300_000:])),
        ("gzip", gzip.compress(TEXT) + b"\0" * 8),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", RAW_DEFLATE.compress(TEXT) + RAW_DEFLATE.flush()),
        ("", TEXT),
        ("identity", TEXT),
    ],
    ids=["gzip", "two-members", "padded", "zlib", "raw-deflate", "plain", "identity"],
)
@pytest.mark.parametrize("at_a_time", [100, 10**9])
def test_a_compressed_body_is_read_whole_in_small_pieces(encoding: str, sent: bytes, at_a_time: int) -> None:
    inflater = Inflater(encoding)
    pieces = [
        piece for start in range(0, len(sent), at_a_time) for piece in inflater.feed(sent[start : start + at_a_time])
    ]
    assert b"".join(pieces) == TEXT
    assert inflater.complete
    assert encoding in ("", "identity") or max(map(len, pieces)) <= PIECE


@pytest.mark.parametrize("more", [-1, 0, 1, 2, 300])
def test_no_byte_is_lost_if_a_body_ends_at_a_piece_boundary(more: int) -> None:
    squeeze = zlib.compressobj(wbits=-15)
    sent = squeeze.compress(bytes(PIECE + more)) + squeeze.flush()
    inflater = Inflater("deflate")
    assert b"".join(inflater.feed(sent)) == bytes(PIECE + more)
    assert inflater.complete


async def test_an_empty_body_may_be_called_compressed(web: Web) -> None:
    web.on("/list", Reply(b"", 404, {"Content-Encoding": "gzip"}))
    assert (await get(web)).body == b""


async def test_a_compression_that_was_not_asked_for_is_refused(web: Web) -> None:
    web.on("/list", Reply(b"\x0b", headers={"Content-Encoding": "br"}))
    error = await failure(web)
    assert error.outcome is Outcome.UNREACHABLE
    assert "'br', which was not asked for" in str(error)
    assert web.asked[-1].headers["Accept-Encoding"] == "gzip, deflate"


# --- redirects ---


@pytest.mark.parametrize(
    ("to", "final"),
    [
        ("/new", ORIGIN + "/new"),
        ("new?x=1", ORIGIN + "/new?x=1"),
        ("http://paper.example/new", "http://paper.example/new"),
        ("https://www.paper.example/new", "https://www.paper.example/new"),
        ("//paper.example/new", "http://paper.example/new"),
    ],
)
async def test_a_redirect_within_the_site_is_followed_to_its_address(web: Web, to: str, final: str) -> None:
    web.on("/list", Reply(status=302, headers={"Location": to}))
    web.on("/new", Reply("moved here"))
    page = await get(web)
    assert (page.url, page.body) == (final, b"moved here")
    assert page.request.url == ORIGIN + "/list"


async def test_a_site_may_have_another_origin_which_its_pages_and_redirects_may_be_on(web: Web) -> None:
    web.on("/list", Reply(status=302, headers={"Location": ORIGIN + "/english/list"}))
    web.on("/english/list", Reply("moved here"))
    both = replace(edition(), other_origins=("http://english.paper.example",))
    async with Fetcher(both, transport=web.transport()) as fetcher:
        page = await fetcher.get(Request("http://english.paper.example/list"))
        with pytest.raises(FetchError, match=r"not on http://www\.paper\.example or http://english\.paper\.example"):
            await fetcher.get(Request("http://other.example/list"))
    assert (page.url, page.body) == (ORIGIN + "/english/list", b"moved here")


@pytest.mark.parametrize(
    "to",
    [
        "http://other.example/new",
        "http://paper.example.other.example/new",
        "http://www.paper.example:8080/new",
        "http://127.0.0.1:22/",
        "http://desk:secret@www.paper.example/new",
        "ftp://www.paper.example/new",
        "file:///etc/passwd",
    ],
)
async def test_a_redirect_to_another_site_is_refused_and_both_are_named(web: Web, to: str) -> None:
    web.on("/list", Reply(status=302, headers={"Location": to}))
    web.on("/new", Reply("must not be read"))
    error = await failure(web)
    assert error.outcome is Outcome.REFUSED
    assert "www.paper.example" in str(error)
    assert to in str(error)
    assert web.paths() == ["/list"]


async def test_an_encrypted_site_does_not_lead_back_to_plain_http(web: Web) -> None:
    web.on("/list", Reply(status=301, headers={"Location": "http://www.paper.example/new"}))
    async with Fetcher(edition("https://www.paper.example"), transport=web.transport()) as fetcher:
        with pytest.raises(FetchError, match="another site") as caught:
            await fetcher.get(Request("https://www.paper.example/list"))
    assert caught.value.outcome is Outcome.REFUSED


async def test_a_redirect_in_a_circle_ends(web: Web) -> None:
    web.on("/list", Reply(status=302, headers={"Location": "/list"}))
    error = await failure(web)
    assert error.outcome is Outcome.REFUSED
    assert "more than 5 times" in str(error)
    assert len(web.paths()) == 6


@pytest.mark.parametrize(("status", "method"), [(302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
async def test_a_form_follows_a_redirect_as_http_says(web: Web, status: int, method: str) -> None:
    web.on("/list", Reply(status=status, headers={"Location": "/new"}))
    web.on("/new", Reply("here"))
    async with reader(web) as fetcher:
        await fetcher.get(Request(ORIGIN + "/list", "POST", (("page_num", "2"),)))
    assert (web.asked[-1].method, web.asked[-1].body) == (method, b"page_num=2" if method == "POST" else b"")


@pytest.mark.parametrize("headers", [{}, {"Location": ""}])
async def test_a_redirect_without_a_target_is_a_bad_response(web: Web, headers: dict[str, str]) -> None:
    web.on("/list", Reply(status=302, headers=headers))
    assert (await failure(web)).outcome is Outcome.BAD_STATUS


# --- which addresses are asked ---


@pytest.mark.parametrize(
    "url",
    [
        "http://other.example/list",
        "https://www.paper.example:444/list",
        "javascript:alert(1)",
        "/list",
        "",
        "http://[::1",
    ],
)
async def test_only_the_editions_own_addresses_are_requested(web: Web, url: str) -> None:
    async with reader(web) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.get(Request(url))
    assert caught.value.outcome is Outcome.REFUSED
    assert web.asked == []


@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254", "10.0.0.8", "::1", "::ffff:127.0.0.1"])
async def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(
    web: Web, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (inside, 0))]
    )
    port = httpx.URL(web.origin).port
    async with Fetcher(edition(f"{ORIGIN}:{port}")) as fetcher:
        with pytest.raises(FetchError, match="not a public address") as caught:
            await fetcher.get(Request(f"{ORIGIN}:{port}/list"))
    assert caught.value.outcome is Outcome.REFUSED
    assert inside in str(caught.value)
    assert web.asked == []


class Wire(httpx.AsyncBaseTransport):
    """Records which hosts were connected to, under which name; those in `dead` refuse."""

    def __init__(self, *dead: str) -> None:
        self.dead = dead
        self.connected: list[tuple[str, str, str]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.connected.append((request.url.host, request.headers["Host"], request.extensions["sni_hostname"]))
        if request.url.host in self.dead:
            raise httpx.ConnectError("refused")
        return httpx.Response(200)


async def test_the_address_that_was_checked_is_the_one_that_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([["8.8.8.8", "8.8.4.4"], ["127.0.0.1"]])
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, 1, 6, "", (ip, 0)) for ip in next(answers)]
    )
    wire = Wire("8.8.8.8")
    async with httpx.AsyncClient(transport=PublicOnly(wire)) as client:
        await client.get("https://www.paper.example/list")
    named = ("www.paper.example", "www.paper.example")
    assert wire.connected == [("8.8.8.8", *named), ("8.8.4.4", *named)]


async def test_a_name_that_resolves_differently_at_connection_time_leads_nowhere_else(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On real sockets: 127.0.0.2 stands for the internet, and 127.0.0.1, at the same port, for the inner network."""
    port = httpx.URL(web.origin).port
    assert port
    answers = ["127.0.0.2"]

    def changing(*_: object, **__: object) -> list[tuple[object, ...]]:
        address = answers.pop() if answers else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    monkeypatch.setattr("sunchi.fetch.network.is_public", lambda address: address == "127.0.0.2")
    outside = socket.create_server(("127.0.0.2", port))
    try:
        async with Fetcher(edition(f"{ORIGIN}:{port}"), attempts=1, timeout=1) as fetcher:
            with pytest.raises(FetchError, match="no answer from"):
                await fetcher.get(Request(f"{ORIGIN}:{port}/list"))
        outside.settimeout(5)
        connection, _ = outside.accept()
        with connection:
            assert connection.recv(4096).startswith(b"GET /robots.txt")
    finally:
        outside.close()
    assert web.asked == []


async def test_one_address_inside_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, 1, 6, "", (ip, 0)) for ip in ("8.8.8.8", "10.0.0.1")]
    )
    wire = Wire()
    async with httpx.AsyncClient(transport=PublicOnly(wire)) as client:
        with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
            await client.get("http://www.paper.example/list")
    assert wire.connected == []


@pytest.mark.parametrize(
    "address",
    ["175.45.176.71", "8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808", "2001:0:4136:e378:8000:63bf:f7f7:f7f7"],
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",  # noqa: S104 - nothing listens there
            "224.0.0.1",
        ),
        *("255.255.255.255", "::1", "::", "fe80::1%lo", "fd00::1", "ff02::1", "::ffff:10.0.0.1"),
        *("::127.0.0.1", "::ffff:0:127.0.0.1", "fec0::1", "64:ff9b:1::7f00:1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe"),
    ],
)
def test_addresses_inside_a_network(address: str) -> None:
    assert not is_public(address)


# --- mirrors and proxies ---


async def test_a_mirror_is_requested_instead_of_the_site_and_the_page_keeps_the_sites_address(web: Web) -> None:
    web.on("/list", Reply("from the mirror"))
    async with Fetcher(edition(), mirror=web.origin + "/") as fetcher:
        page = await fetcher.get(Request("https://paper.example/list?page=2"))
    assert (page.url, page.body) == ("https://paper.example/list?page=2", b"from the mirror")
    assert {asked.host for asked in web.asked} == {web.origin.removeprefix("http://")}
    assert web.paths() == ["/list?page=2"]


@pytest.mark.parametrize("to", ["/new?x=1", "{mirror}/new?x=1", "http://www.paper.example/new?x=1"])
async def test_a_mirrors_redirect_is_read_as_the_sites(web: Web, to: str) -> None:
    web.on("/list", Reply(status=302, headers={"Location": to.format(mirror=web.origin)}))
    web.on("/new", Reply("moved here"))
    async with Fetcher(edition(), mirror=web.origin) as fetcher:
        page = await fetcher.get(Request(ORIGIN + "/list"))
    assert (page.url, page.body) == (ORIGIN + "/new?x=1", b"moved here")


async def test_a_mirror_cannot_lead_elsewhere_inside(web: Web) -> None:
    web.on("/list", Reply(status=302, headers={"Location": "http://127.0.0.1:22/"}))
    async with Fetcher(edition(), mirror=web.origin) as fetcher:
        with pytest.raises(FetchError, match=r"127\.0\.0\.1:22/?, which is another site") as caught:
            await fetcher.get(Request(ORIGIN + "/list"))
    assert caught.value.outcome is Outcome.REFUSED


async def test_a_mirrors_cookies_are_kept_too(web: Web) -> None:
    web.on("/list", Reply(headers={"Set-Cookie": "JSESSIONID=s1; Path=/"}))
    async with Fetcher(edition(), mirror=web.origin) as fetcher:
        await fetcher.get(Request(ORIGIN + "/list"))
        await fetcher.get(Request(ORIGIN + "/list", "POST"))
    assert web.asked[-1].headers["Cookie"] == "JSESSIONID=s1"


@pytest.mark.parametrize(
    "mirror", ["127.0.0.1:8000", "http://", "ftp://a.example", "http://a.example/kcna", "http://[::1"]
)
def test_a_mirror_that_is_not_an_origin_is_a_wrong_setting(mirror: str) -> None:
    with pytest.raises(SettingsError, match="SUNCHI_MIRRORS"):
        Fetcher(edition(), mirror=mirror)


async def test_a_proxy_gets_all_requests_and_its_password_is_never_shown(
    web: Web, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    web.on("http://www.paper.example/robots.txt", Reply(status=404))
    web.on("http://www.paper.example/list", Reply("by proxy"), Reply(raw=b""))
    proxy = web.origin.replace("http://", "http://desk:hunter2@")
    async with Fetcher(edition(), proxy=proxy, attempts=2) as fetcher:
        page = await fetcher.get(Request(ORIGIN + "/list"))
        with pytest.raises(FetchError) as caught:
            await fetcher.get(Request(ORIGIN + "/list"))
    assert (page.url, page.body) == (ORIGIN + "/list", b"by proxy")
    assert all(asked.headers["Proxy-Authorization"].startswith("Basic ") for asked in web.asked)
    assert f"www.paper.example through the proxy {web.origin[7:]}" in str(caught.value)
    said = caplog.text + "".join(traceback.format_exception(caught.value))
    assert "hunter2" not in said
    assert "ZGVzazpodW50ZXIy" not in said  # the same, as it goes over the wire


@pytest.mark.parametrize(
    "proxy", ["socks5://desk:hunter2@a.example", "nonsense", "http://", "http://desk:hunter2@[::1"]
)
def test_a_proxy_that_cannot_be_used_is_a_wrong_setting(proxy: str) -> None:
    with pytest.raises(SettingsError, match="SUNCHI_PROXY") as caught:
        Fetcher(edition(), proxy=proxy)
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))


async def test_proxies_of_the_environment_are_ignored(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    web.on("/list", Reply("direct"))
    async with Fetcher(edition(), mirror=web.origin) as fetcher:
        assert (await fetcher.get(Request(ORIGIN + "/list"))).body == b"direct"


@pytest.mark.parametrize("contact", ["a\r\nX-Evil: 1", "연락처"])
def test_a_contact_that_fits_in_no_header_is_a_wrong_setting(contact: str) -> None:
    with pytest.raises(SettingsError, match="SUNCHI_CONTACT"):
        Fetcher(edition(), contact=contact)


# --- robots.txt ---


async def test_disallowed_pages_are_not_requested_and_the_rule_is_quoted(web: Web) -> None:
    rules = "User-agent: Other\nDisallow: /\n\nUser-agent: *\nDisallow: /private/\nDisallow: /arti/PRINT/  # printing\n"
    web.on("/robots.txt", Reply(rules))
    error = await failure(web, "/arti/PRINT/12.html")
    assert error.outcome is Outcome.REFUSED
    assert str(error) == (
        "paper: http://www.paper.example/robots.txt disallows http://www.paper.example/arti/PRINT/12.html to Sunchi"
        " (Disallow: /arti/PRINT/)"
    )
    assert web.paths() == []


async def test_a_rule_for_our_agent_overrides_the_rule_for_all(web: Web) -> None:
    web.on("/robots.txt", Reply("User-agent: *\nDisallow: /\n\nUser-agent: sunchi\nDisallow: /private/\n"))
    web.on("/list", Reply("fine"))
    assert (await get(web)).body == b"fine"
    assert (await failure(web, "/private/1")).outcome is Outcome.REFUSED


async def test_robots_txt_is_read_once_per_session_and_first(web: Web) -> None:
    web.on("/robots.txt", Reply("User-agent: *\nDisallow:\n", wait=0.02))
    async with reader(web) as fetcher:
        await asyncio.gather(*(fetcher.get(Request(ORIGIN + "/list")) for _ in range(4)))
    assert [asked.path for asked in web.asked] == ["/robots.txt", *["/list"] * 4]


async def test_each_origin_of_the_site_has_its_own_robots_txt(web: Web) -> None:
    web.on("/robots.txt", lambda asked: Reply("User-agent: *\nDisallow: /" if asked.host == "paper.example" else ""))
    web.on("/list", Reply(status=302, headers={"Location": "http://paper.example/new"}))
    error = await failure(web)
    assert error.outcome is Outcome.REFUSED
    assert "http://paper.example/robots.txt disallows" in str(error)
    assert web.paths() == ["/list"]


@pytest.mark.parametrize("status", [404, 410, 401, 403])
async def test_a_site_without_rules_allows_all(web: Web, status: int) -> None:
    web.on("/robots.txt", Reply("Disallow: /", status))
    web.on("/list", Reply("fine"))
    assert (await get(web)).body == b"fine"


@pytest.mark.parametrize("to", ["http://other.example/robots.txt", "/robots.txt"])
async def test_a_robots_txt_that_no_redirect_reaches_has_no_rules(web: Web, to: str) -> None:
    web.on("/robots.txt", Reply(status=302, headers={"Location": to}))
    web.on("/list", Reply("fine"))
    assert (await get(web)).body == b"fine"


async def test_a_robots_txt_elsewhere_on_the_site_is_followed(web: Web) -> None:
    web.on("/robots.txt", Reply(status=301, headers={"Location": "/static/robots.txt"}))
    web.on("/static/robots.txt", Reply("User-agent: *\nDisallow: /list"))
    assert (await failure(web)).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply(status=503), Outcome.BAD_STATUS),
        (Reply(status=429), Outcome.BAD_STATUS),
        (Reply(raw=b""), Outcome.UNREACHABLE),
    ],
    ids=["503", "429", "closed"],
)
async def test_a_site_with_an_unavailable_robots_txt_is_not_requested(web: Web, reply: Reply, outcome: Outcome) -> None:
    web.on("/robots.txt", reply)
    web.on("/list", Reply("fine"))
    error = await failure(web, attempts=2)
    assert error.outcome is outcome
    assert "nothing may be fetched until its robots.txt is known" in str(error)
    assert [asked.path for asked in web.asked] == ["/robots.txt"] * 2


async def test_an_unavailable_robots_txt_is_requested_again_by_the_next_request(web: Web) -> None:
    web.on("/robots.txt", Reply(status=503), Reply("User-agent: *\nDisallow: /private/"))
    web.on("/list", Reply("fine"))
    async with reader(web, attempts=1) as fetcher:
        with pytest.raises(FetchError):
            await fetcher.get(Request(ORIGIN + "/list"))
        assert (await fetcher.get(Request(ORIGIN + "/list"))).body == b"fine"


@pytest.mark.parametrize(("wish", "seconds"), [("12", 12), ("3600", 30)])
async def test_the_crawl_delay_is_respected_up_to_half_a_minute(web: Web, wish: str, seconds: float) -> None:
    web.on("/robots.txt", Reply(f"User-agent: *\nCrawl-delay: {wish}"))
    waits = Waits()
    async with reader(web, sleep=waits) as fetcher:
        await fetcher.get(Request(ORIGIN + "/list"))
        await fetcher.get(Request(ORIGIN + "/list"))
    assert len(waits) == 1
    assert seconds - 1 <= waits[0] <= seconds * 1.5


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00" * 100, b"<html><title>Web Page Blocked</title>", b"Disallow: /\n" * 99]
)
def test_a_page_instead_of_robots_txt_has_no_rules(body: bytes) -> None:
    assert Robots.read(body).allow(ORIGIN + "/list")


def test_a_file_of_a_thousand_rules_is_refused_without_naming_one() -> None:
    robots = Robots.read(b"User-agent: *\n" + b"Disallow: /\n" * 2_000)
    assert not robots.allow(ORIGIN + "/list")
    assert robots.rule_against(ORIGIN + "/list") == ""
