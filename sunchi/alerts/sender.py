"""`python -m sunchi.alerts.sender`: sends messages, each in a process with a limit of seconds, bytes and memory.

Standard input is a socket, over which `transport` hands a connection for each message. When the other end is closed,
because its process has ended or was killed, everything here ends.
"""

from __future__ import annotations

import http.client
import json
import os
import resource
import signal
import smtplib
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from sunchi.alerts.notify import Notifier
from sunchi.alerts.transport import BEGUN, Result

MEMORY = 512 * 2**20
"""Bytes that a message's process may take beyond what it began with."""

BODY = 2**20
"""Bytes of a response that are read. What follows is not needed: the status says whether the message was accepted."""


def main() -> None:
    """Fork a process for each connection, until the other end is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    Notifier("json://127.0.0.1/")  # apprise reads in its services at the first address
    with socket.socket(fileno=0) as control:
        while received := socket.recv_fds(control, 1, 1):
            said, handed, *_ = received
            if not said:
                break
            if not os.fork():
                control.close()
                try:
                    with socket.socket(fileno=handed[0]) as connection:
                        _send(connection)
                finally:
                    os._exit(0)
            os.close(handed[0])
    os.killpg(0, signal.SIGKILL)


def _send(connection: socket.socket) -> None:
    message = json.loads(connection.makefile("rb").readline())
    signal.setitimer(signal.ITIMER_REAL, message["seconds"])  # ends the process, whatever it waits for
    with suppress(OSError, ValueError):
        limit = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    refusals: list[str] = []
    notifier = Notifier(message["notify"], patience=message["patience"])
    say_begun = _once(lambda: connection.sendall(BEGUN))
    if not notifier.speaks_http_or_smtp(message["key"]):
        say_begun()
    _watch(say_begun)
    _bound_http(message["patience"] / 3, refusals)
    try:
        result = notifier.post(**{name: message[name] for name in ("key", "title", "body", "severity", "data")})
    except Exception as error:  # noqa: BLE001 - a service's code may raise anything
        result = Result("failed", f"apprise failed: {type(error).__name__}")
    if result.state != "sent" and refusals:
        result = Result("failed", refusals[-1])
    connection.sendall(json.dumps(asdict(result)).encode())


def _once(call: Callable[[], None]) -> Callable[[], None]:
    calls = [call]
    return lambda: calls.pop()() if calls else None


def _watch(say_begun: Callable[[], None]) -> None:
    """Say when a message begins to leave: with an HTTP request's first byte, or with the text of a mail."""
    send, data = http.client.HTTPConnection.send, smtplib.SMTP.data

    def watched_send(self: http.client.HTTPConnection, *args: Any) -> None:
        if self.sock is None:
            self.connect()
        say_begun()
        send(self, *args)

    def watched_data(self: smtplib.SMTP, *args: Any) -> Any:
        say_begun()
        return data(self, *args)

    http.client.HTTPConnection.send = watched_send  # type: ignore[assignment, method-assign]
    smtplib.SMTP.data = watched_data  # type: ignore[assignment, method-assign]


def _bound_http(seconds: float, refusals: list[str]) -> None:
    """Follow no redirect, and read a response for so many seconds and up to BODY bytes."""
    send = HTTPAdapter.send

    def bounded(self: HTTPAdapter, *args: Any, **options: Any) -> requests.Response:
        response = send(self, *args, **options)
        if response.is_redirect:
            response.close()
            elsewhere = urlsplit(response.headers["location"])
            port = f":{elsewhere.netloc.rpartition(':')[2]}" if ":" in elsewhere.netloc.rpartition("@")[2] else ""
            where = f"{elsewhere.hostname}{port}" if elsewhere.hostname else "another path"
            refusals.append(f"answered {response.status_code} and named {where}: redirects are not followed")
            raise requests.TooManyRedirects(refusals[-1])
        response._content = _read(response, time.monotonic() + seconds)
        response._content_consumed = True
        return response

    HTTPAdapter.send = bounded  # type: ignore[method-assign]


def _read(response: requests.Response, until: float) -> bytes:
    body = bytearray()
    while len(body) < BODY and time.monotonic() < until:
        try:  # not `read`, which would wait until it has as many bytes as it is asked for
            some = response.raw.read1(65536, decode_content=True)
        except urllib3.exceptions.HTTPError:  # it broke off after the status, which decides
            break
        if not some:
            break
        body += some
    else:
        response.close()
    return bytes(body[:BODY])


if __name__ == "__main__":
    main()
