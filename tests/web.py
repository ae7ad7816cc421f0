"""A tiny real HTTP server on 127.0.0.1 that responds as a test says, and records its requests.

    with serve() as web:
        web.on("/list", Reply(status=503), Reply("<html>…"))   # first a 503, from then on the page
        …
        assert [asked.path for asked in web.asked] == ["/robots.txt", "/list", "/list"]

Any other path gets `otherwise`, by default a 404.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from sunchi.fetch.network import _authorities


@dataclass(frozen=True)
class Asked:
    """One request as it came over the wire; `path` includes the query."""

    method: str
    path: str
    headers: httpx.Headers
    body: bytes
    at: float  # seconds of a clock that never goes back

    @property
    def host(self) -> str:
        return self.headers["Host"]


@dataclass(frozen=True)
class Reply:
    """A response. `length` is the Content-Length header, if it is not the true length."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] | tuple[tuple[str, str], ...] = ()
    length: int | None = None
    wait: float = 0.0  # seconds before the first byte
    drip: float = 0.0  # seconds between one byte of the body and the next
    hang: bool = False  # say nothing until the server stops
    raw: bytes | None = None  # these bytes and the end of the connection, in place of an answer

    @property
    def sent(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


Answer = Reply | Callable[[Asked], Reply]


@dataclass
class Web:
    """The server: its address, its responses, and the requests it received."""

    origin: str
    asked: list[Asked] = field(default_factory=list)
    most_at_once: int = 0
    otherwise: Answer = Reply("not here", 404)
    _answers: dict[str, list[Answer]] = field(default_factory=dict)
    _at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopping: threading.Event = field(default_factory=threading.Event)

    def on(self, path: str, *answers: Answer) -> None:
        """Answer requests for `path` (without its query) with these responses in turn; the last one stays."""
        self._answers[path] = list(answers)

    def paths(self) -> list[str]:
        """Return the requested paths, except robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def transport(self) -> httpx.AsyncBaseTransport:
        """Return an internet in which every name, http and https, leads to this server; the Host header differs."""
        return _EveryNameHere(self.origin)

    def answer(self, asked: Asked) -> Reply:
        with self._lock:
            self.asked.append(asked)
            answers = self._answers.get(asked.path.partition("?")[0], [self.otherwise])
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return answer(asked) if callable(answer) else answer

    @contextmanager
    def counted(self) -> Iterator[None]:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def pause(self, seconds: float) -> None:
        """Wait, but never longer than the server lives."""
        self._stopping.wait(seconds)

    def stop(self) -> None:
        self._stopping.set()


class _EveryNameHere(httpx.AsyncBaseTransport):
    def __init__(self, origin: str) -> None:
        self._origin = httpx.URL(origin)
        self._inner = httpx.AsyncHTTPTransport(verify=_authorities(), trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        here = request.url.copy_with(scheme="http", host=self._origin.host, port=self._origin.port)
        return await self._inner.handle_async_request(
            httpx.Request(
                request.method, here, headers=request.headers, stream=request.stream, extensions=request.extensions
            )
        )

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _answer(self) -> None:
        web = self.server.web
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = httpx.Headers([(k.encode("latin-1"), v.encode("latin-1")) for k, v in self.headers.items()])
        with web.counted():
            reply = web.answer(Asked(self.command, self.path, headers, body, time.monotonic()))
            web.pause(600 if reply.hang else reply.wait)
        if reply.hang:
            self.close_connection = True
        elif reply.raw is not None:
            self.close_connection = True
            self.wfile.write(reply.raw)
        else:
            self._send(reply)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _send(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        for name, value in dict(reply.headers).items() if isinstance(reply.headers, dict) else reply.headers:
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Length", str(len(reply.sent) if reply.length is None else reply.length))
        self.end_headers()
        if reply.length is not None:
            self.close_connection = True
        if not reply.drip:
            self.wfile.write(reply.sent)
            return
        for byte in reply.sent:
            self.wfile.write(bytes([byte]))
            self.server.web.pause(reply.drip)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: what was asked is in `Web.asked`."""


class _Server(ThreadingHTTPServer):
    web: Web

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in mid-answer is what some tests are about."""


@contextmanager
def serve() -> Iterator[Web]:
    """Run the server on a free port, for as long as the block lasts."""
    server = _Server(("127.0.0.1", 0), _Answering)
    server.web = Web(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.web
    finally:
        server.web.stop()
        server.shutdown()
        thread.join()
        server.server_close()
