"""Serves the demo's sites on 127.0.0.1, one port each, all at the end of the same day."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from demo.hani import HaniEnglish, HaniKorean
from demo.kcna import Kcna
from demo.rodong import Rodong
from demo.site import Ask, Reply, Site

DAYS = tuple(date(2021, 1, 5) + timedelta(days=number) for number in range(9))
"""The week of the Eighth Congress: 5 to 13 January 2021."""

EVE = DAYS[0] - timedelta(days=1)
"""The day of the first poll, which records what is already there."""

SITES: Mapping[str, type[Site]] = {"kcna": Kcna, "rodong": Rodong, "hani-en": HaniEnglish, "hani-ko": HaniKorean}
"""The sites by their names in SUNCHI_MIRRORS."""

_PATIENCE = 10  # seconds for the server to start and to stop


class DemoServer:
    """Serve the sites while the `with` block runs; raises RuntimeError if it can't start.

    `port` is the first of four in a row; 0 takes free ones.

    `mirrors` gives each site's origin (`http://127.0.0.1:…`), as SUNCHI_MIRRORS needs it. Set `day` to move on; days
    before the week show what was there then, days after it show its last state.
    """

    def __init__(self, day: date = DAYS[0], port: int = 0) -> None:
        self.day = day
        self._ports = {name: port + place if port else 0 for place, name in enumerate(SITES)}
        self.mirrors: dict[str, str] = {}

    def __enter__(self) -> Self:
        with ExitStack() as opened:
            sockets = {name: opened.enter_context(_listening(port)) for name, port in self._ports.items()}
            ports = {name: listening.getsockname()[1] for name, listening in sockets.items()}
            self.mirrors = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
            app = self._app({port: SITES[name]() for name, port in ports.items()})
            config = uvicorn.Config(
                app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1
            )
            self._server = uvicorn.Server(config)
            self._thread = threading.Thread(
                target=self._server.run, kwargs={"sockets": list(sockets.values())}, name="demo", daemon=True
            )
            self._thread.start()
            opened.callback(self._stop)
            self._wait_until_started()
            self._opened = opened.pop_all()
        return self

    def _app(self, sites: Mapping[int, Site]) -> Starlette:
        """Return the sites by their ports."""

        async def answer(request: Request) -> Response:
            site = sites[request.scope["server"][1]]
            return response(site.reply(await _ask(request), self.day), request)

        return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD", "POST"])])

    def _wait_until_started(self) -> None:
        pause = threading.Event()
        for _ in range(_PATIENCE * 100):
            if self._server.started:
                return
            if not self._thread.is_alive():
                break
            pause.wait(0.01)
        raise RuntimeError("the demo's sites did not start; see the log above for what uvicorn says")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    def _stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(_PATIENCE)


def _listening(port: int) -> socket.socket:
    # asyncio turns Nagle's algorithm off only if the protocol is named; otherwise each reply waits 40 ms
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        listening.close()
        raise RuntimeError(f"the demo can't listen on 127.0.0.1:{port}: {error}") from error
    return listening


async def _ask(request: Request) -> Ask:
    body = (await request.body()).decode("utf-8", "replace") if request.method == "POST" else ""
    return Ask(
        "POST" if request.method == "POST" else "GET",
        request.url.path,
        request.url.query,
        dict(parse_qsl(body)),
        request.cookies.get("JSESSIONID", ""),
    )


def response(reply: Reply, request: Request) -> Response:
    """Return the reply with its ETag and Last-Modified, or 304 if the visitor already has it."""
    headers = {"ETag": f'"{blake2b(reply.body.encode(), digest_size=12).hexdigest()}"'} if reply.status == 200 else {}
    if reply.modified_at:
        headers["Last-Modified"] = format_datetime(reply.modified_at.astimezone(UTC), usegmt=True)
    if request.method != "POST" and reply.status == 200 and _has_it(reply, headers["ETag"], request):
        return Response(status_code=304, headers=headers)
    body = reply.body
    for mark, value in reply.per_visitor.items():
        body = body.replace(mark, value)
    answer = Response(body, reply.status, headers, media_type=reply.kind)
    if reply.cookie:
        answer.set_cookie("JSESSIONID", reply.cookie, httponly=True, samesite=None)
    return answer


def _has_it(reply: Reply, etag: str, request: Request) -> bool:
    """Return whether the visitor's copy is this one; the ETag decides if one is given (RFC 9110, 13.2.2)."""
    if given := request.headers.get("if-none-match"):
        return etag in (tag.strip().removeprefix("W/") for tag in given.split(","))
    since = _moment(request.headers.get("if-modified-since", ""))
    return bool(since and reply.modified_at and reply.modified_at <= since)


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
