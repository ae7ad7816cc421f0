"""A guard in front of a web application: it admits known host names only, and nobody without the password.

Prefect's API can run code: whoever reaches it may set a deployment's `pull_steps` to a shell command. So it must not be
exposed to the network, nor to a browser that another site's page controls:

- `Host` must be a known name. A stranger's name that was made to resolve to this machine (DNS rebinding) is not one.
- Every path needs the password (HTTP Basic, user `sunchi`) or a session opened by a one-time link. Only the
  API's health check answers anybody, for monitoring of containers.
- A request that another site's page makes through a browser has another `Origin`, and is refused.
- WebSockets pass with a known `Host` and `Origin`, since the application itself asks them for the password.
- A page of the application may load and contact nothing but this server, and no other page may frame it: Prefect's UI
  requests settings of an analytics service whatever its own settings say, and its /docs run a stranger's script.
"""

from __future__ import annotations

import base64
import hmac
import ipaddress
import secrets
import time
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
_ASK = {"WWW-Authenticate": f'Basic realm="{USER}", charset="UTF-8"'}


class Guard:
    """An ASGI application that passes on to `app` only what the module's docstring allows."""

    def __init__(self, app: ASGIApp, password: str, *, names: Collection[str] = (), link: str = "") -> None:
        """`names`: allowed in Host besides this machine's own names; `link`: the secret of the one-time link."""
        self._app = app
        self._basic = "Basic " + base64.b64encode(f"{USER}:{password}".encode()).decode()
        self._names = frozenset(name.lower() for name in (*_LOCAL, *names)) - {ANY_ADDRESS}
        self._any_address = ANY_ADDRESS in names
        self._link = link
        self._link_ends = time.monotonic() + _LINK
        self._sessions: dict[str, float] = {}  # -> expiry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def send_confined(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Content-Security-Policy"] = _POLICY
            await send(message)

        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is None:
            await self._app(scope, receive, send_confined)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            await refusal(scope, receive, send_confined)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """The response that refuses a request; None if it may pass."""
        if not self._is_known(headers.get("host", "")):
            return PlainTextResponse("This name does not lead here.\n", 421)
        if "origin" in headers and not self._is_known(headers["origin"].rpartition("://")[2]):
            return PlainTextResponse("Another site's page may not ask here.\n", 403)
        if scope["type"] == "websocket" or scope["path"] in _OPEN:
            return None
        if scope["path"].startswith(ENTRY):
            return self._enter(scope["path"].removeprefix(ENTRY))
        if hmac.compare_digest(headers.get("authorization", "").encode(), self._basic.encode()):
            return None
        if self._has_session(headers.get("cookie", "")):
            MutableHeaders(scope=scope)["Authorization"] = self._basic  # the application also checks it
            return None
        return PlainTextResponse(f"The user is {USER}; `sunchi serve` says where the password is.\n", 401, _ASK)

    def _is_known(self, host: str) -> bool:
        """Return whether `host`, with or without a port, is one of the known names."""
        name = _without_port(host)
        return name in self._names or (self._any_address and _is_address(name))

    def _enter(self, secret: str) -> Response:
        """Open a session for whoever has the link's secret, once."""
        held = self._link and time.monotonic() < self._link_ends
        if not held or not hmac.compare_digest(secret.encode(), self._link.encode()):
            return PlainTextResponse("This link was used, or is too old: go to / and enter the password.\n", 403)
        self._link = ""
        session = secrets.token_urlsafe(32)
        self._sessions[session] = time.monotonic() + SESSION
        answer = RedirectResponse("/", 303, {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"})
        answer.set_cookie(COOKIE, session, max_age=int(SESSION), httponly=True, samesite="strict")
        return answer

    def _has_session(self, cookies: str) -> bool:
        try:
            held = SimpleCookie(cookies).get(COOKIE)
        except CookieError:
            return False
        return held is not None and self._sessions.get(held.value, 0.0) > time.monotonic()


def _without_port(host: str) -> str:
    """Return the name or address of `name:port` or `[address]:port`, in small letters."""
    name = host.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0].rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
