"""Prefect's server behind the guard, as started by `sunchi serve`, `sunchi ui` and the container.

    python -m deployments.server --host 127.0.0.1 --port 4200

Settings come from the environment: PREFECT_SERVER_API_AUTH_STRING (`sunchi:` and the password), SUNCHI_HOSTS (names by
which others reach it), SUNCHI_LINK (the secret of the one-time link, "" for none).
"""

from __future__ import annotations

import argparse
import json
import os

import uvicorn
from prefect.server.api.server import create_app
from prefect.settings import get_current_settings
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sunchi.system.guard import ANY_ADDRESS, USER, Guard

_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - asked for, not chosen


class LoggedIn:
    """Prefect's application with pages that ask for no password, since the guard already has."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/ui-settings":
            await self._app(scope, receive, send)
            return
        body = bytearray()

        async def keep(message: Message) -> None:
            body.extend(message.get("body", b""))

        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self._app({**scope, "headers": plain}, receive, keep)
        await JSONResponse({**json.loads(body), "auth": None})(scope, receive, send)


def guarded(host: str) -> Guard:
    """Return Prefect's application behind the guard; raise RuntimeError if no password is set."""
    user, _, password = os.environ.get("PREFECT_SERVER_API_AUTH_STRING", "").partition(":")
    if user != USER or not password:
        raise RuntimeError(f"PREFECT_SERVER_API_AUTH_STRING must be {USER}: and a password")
    names = os.environ.get("SUNCHI_HOSTS", "").replace(",", " ").split()
    # A server that listens everywhere is reached at any of its addresses; names must be known.
    names.append(ANY_ADDRESS if host in _EVERYWHERE else host)
    return Guard(LoggedIn(create_app(final=True)), password, names=names, link=os.environ.get("SUNCHI_LINK", ""))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deployments.server")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=4200)
    asked = parser.parse_args()
    settings = get_current_settings().server
    os.umask(0o077)  # Prefect's database contains the logs
    uvicorn.run(
        guarded(asked.host),
        host=asked.host,
        port=asked.port,
        timeout_keep_alive=settings.api.keepalive_timeout,
        log_level=settings.logging_level.lower(),
    )


if __name__ == "__main__":
    main()
