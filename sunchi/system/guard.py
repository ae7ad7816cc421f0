"""A guard in front of a web application: it admits known host names only, and nobody without the password.

Prefect's API can run code: whoever reaches it may set a deployment's `pull_steps` to a shell command. So it must not be
exposed to the network, nor to a browser that another site's page controls:

- `Host` must be a known name. A stranger's name that was made to resolve to this machine (DNS rebinding) is not one.
- Every path needs the password (HTTP Basic, user `sunchi`) or a session opened by a one-time link. Only the
  API's health check answers anybody, for monitoring of containers.
- A request that another site's page makes through a browser has another `Origin` (scheme, host and port), and is
  refused. The own one is that of `Host`. Its scheme is http, or https with TLS in front: a proxy that sends
  `X-Forwarded-Proto` says which, and a page of another site can't send that.
- WebSockets pass with a known `Host` and `Origin`, since the application itself asks them for the password.
- Whoever guesses passwords waits for each answer (guesses.py), over WebSockets, too.
- A page of the application may load and contact nothing but this server, and no other page may frame it: Prefect's UI
  requests settings of an analytics service whatever its own settings say, and its /docs run a stranger's script.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import ipaddress
import secrets
import time
from collections.abc import Awaitable, Callable, Collection
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sunchi.system.guesses import Guesses

USER = "sunchi"
COOKIE = "sunchi_session"
ENTRY = "/enter/"
"""The path of the one-time link, before its secret."""

SESSION = 12 * 3600.0
"""Seconds that a browser's session lasts."""

_LINK = 10 * 60.0
"""Seconds in which the one-time link can be used."""

_POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'none'"
"""The content security policy of every page; Prefect's own pages need their inline scripts, images and workers."""

_OPEN = frozenset({"/api/health"})
ANY_ADDRESS = "*"
"""Among the names: any numeric address. A stranger can make a name resolve to this machine, but not an address."""

_LOCAL = ("127.0.0.1", "localhost", "::1")
_SCHEMES = {"http": "80", "https": "443"}  # of a page, with the port that an address leaves out
_AHEAD = ("sec-purpose", "purpose", "x-purpose", "x-moz")  # a browser that loads what its user may open later
_NOT_KEPT = {"Cache-Control": "no-store"}
_REFUSED = 1008
"""The code with which the application closes a WebSocket whose password is wrong."""

_ASK = {"WWW-Authenticate": f'Basic realm="{USER}", charset="UTF-8"'}


class Guard:
    """An ASGI application that passes on to `app` only what the module's docstring allows."""

    def __init__(
        self,
        app: ASGIApp,
        password: str,
        *,
        names: Collection[str] = (),
        link: str = "",
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """`names`: allowed in Host besides this machine's own names; `link`: the secret of the one-time link."""
        self._app = app
        self._basic = "Basic " + base64.b64encode(f"{USER}:{password}".encode()).decode()
        self._names = frozenset(name.lower() for name in (*_LOCAL, *names)) - {ANY_ADDRESS}
        self._any_address = ANY_ADDRESS in names
        self._link = link
        self._link_ends = time.monotonic() + _LINK
        self._sessions: dict[str, float] = {}  # -> expiry
        self._guesses = Guesses()
        self._sleep = sleep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def send_confined(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Content-Security-Policy"] = _POLICY
            await send(message)

        headers, is_socket = Headers(scope=scope), scope["type"] == "websocket"
        refusal = await self._refusal(scope, headers)
        if refusal is None:
            await self._app(scope, receive, self._slowed(scope, send) if is_socket else send_confined)
        elif is_socket:
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            await refusal(scope, receive, send_confined)

    async def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """The response that refuses a request; None if it may pass."""
        if not self._is_known(headers.get("host", "")):
            return PlainTextResponse("This name does not lead here.\n", 421)
        if "origin" in headers and not _is_own(headers["origin"], headers):
            return PlainTextResponse("Another site's page may not ask here.\n", 403)
        if scope["type"] == "websocket" or scope["path"] in _OPEN:
            return None
        if scope["path"].startswith(ENTRY):
            if not _is_opened_by_a_person(scope["method"], headers):
                return PlainTextResponse("Open this link in a browser; it can still be used.\n", 403, _NOT_KEPT)
            return self._enter(scope["path"].removeprefix(ENTRY))
        if self._has_session(headers.get("cookie", "")):
            MutableHeaders(scope=scope)["Authorization"] = self._basic  # the application also checks it
            return None
        if given := headers.get("authorization", ""):
            is_right = hmac.compare_digest(given.encode(), self._basic.encode())
            await self._wait(scope, is_right=is_right)
            if is_right:
                return None
        return PlainTextResponse(f"The user is {USER}; `sunchi serve` says where the password is.\n", 401, _ASK)

    def _is_known(self, host: str) -> bool:
        """Return whether `host`, with or without a port, is one of the known names."""
        name, _ = _name_and_port(host)
        return name in self._names or (self._any_address and _is_address(name))

    async def _wait(self, scope: Scope, *, is_right: bool) -> None:
        """Wait as long as the client's wrong passwords ask for, and note one more if this one is wrong."""
        client, now = (scope.get("client") or ("",))[0], time.monotonic()
        seconds = self._guesses.wait(client, now)
        if not is_right:
            self._guesses.add(client, now)
        if seconds:
            await self._sleep(seconds)

    def _slowed(self, scope: Scope, send: Send) -> Send:
        """Return `send` for a WebSocket, whose first answer to the client tells whether its password is right."""
        is_answered = False

        async def send_slowed(message: Message) -> None:
            nonlocal is_answered
            if not is_answered and message["type"] in ("websocket.send", "websocket.close"):
                is_answered = True
                await self._wait(scope, is_right=message.get("code") != _REFUSED)
            await send(message)

        return send_slowed

    def _enter(self, secret: str) -> Response:
        """Open a session for whoever has the link's secret, once."""
        held = self._link and time.monotonic() < self._link_ends
        if not held or not hmac.compare_digest(secret.encode(), self._link.encode()):
            return PlainTextResponse("This link was used, or is too old: go to / and enter the password.\n", 403)
        self._link = ""
        session = secrets.token_urlsafe(32)
        self._sessions[session] = time.monotonic() + SESSION
        answer = RedirectResponse("/", 303, {"Referrer-Policy": "no-referrer", **_NOT_KEPT})
        answer.set_cookie(COOKIE, session, max_age=int(SESSION), httponly=True, samesite="strict")
        return answer

    def _has_session(self, cookies: str) -> bool:
        try:
            held = SimpleCookie(cookies).get(COOKIE)
        except CookieError:
            return False
        return held is not None and self._sessions.get(held.value, 0.0) > time.monotonic()


def _is_own(origin: str, headers: Headers) -> bool:
    """Return whether a page of this origin is one of this server's, at the address that the browser asks."""
    scheme, _, place = origin.partition("://")
    seen = headers.get("x-forwarded-proto", scheme).partition(",")[0].strip().lower().replace("ws", "http")
    if scheme not in _SCHEMES or scheme != seen:
        return False
    (name, port), (own_name, own_port) = _name_and_port(place), _name_and_port(headers["host"])
    return (name, port or _SCHEMES[scheme]) == (own_name, own_port or _SCHEMES[scheme])


def _is_opened_by_a_person(method: str, headers: Headers) -> bool:
    """Return whether a browser asks for the page that its user opens now; older ones do not say."""
    is_page = headers.get("sec-fetch-mode", "navigate") == "navigate"
    is_whole = headers.get("sec-fetch-dest", "document") == "document"
    return method == "GET" and is_page and is_whole and not any(name in headers for name in _AHEAD)


def _name_and_port(host: str) -> tuple[str, str]:
    """Return the name or address, in small letters, and the port of `name:port` or `[address]:port`; "" for none."""
    name = host.strip().lower()
    if name.startswith("["):
        address, _, port = name[1:].partition("]")
        return address, port.removeprefix(":")
    name, _, port = name.partition(":")
    return name.rstrip("."), port


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
