"""A Prefect server in a process of its own, for as long as a command runs."""

from __future__ import annotations

import ipaddress
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sunchi.cli.screen import say, warn
from sunchi.errors import SettingsError, SunchiError

if TYPE_CHECKING:
    from sunchi.settings import Settings

PATIENCE = 120.0
"""Seconds within which a server must respond."""

STARTS = 3
"""Attempts to start a server, with a pause between them."""


@contextmanager
def server(host: str, port: int, names: Sequence[str] = ()) -> Iterator[str]:
    """Start a Prefect server behind the guard, and yield the one-time link that opens its UI in a browser.

    The server ends with this process, and is restarted if it ends earlier. If PREFECT_API_URL names a server, yield
    that address. `names`: names for the server besides this machine's own.

    Raises SettingsError if it cannot listen there, SunchiError if it does not start or restart.
    """
    if url := os.environ.get("PREFECT_API_URL"):
        yield url.removesuffix("/api")
        return
    _must_be_free(host, port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # treated like Ctrl-C, so that the server is stopped, too
    kept, is_up = _Server(host, port, names), False
    try:
        kept.start()
        os.environ["PREFECT_API_URL"] = f"{kept.address}/api"
        is_up = True
        yield kept.link
    except KeyboardInterrupt:
        for again in (signal.SIGINT, signal.SIGTERM):  # a second one must not leave the server running
            signal.signal(again, signal.SIG_IGN)
        say("Stopping …")
        if not is_up:
            raise
    finally:
        kept.stop()
        kept.raise_fault()  # in place of Prefect's exit code 0 for a signal


class _Server:
    """The server's process, and a thread that restarts it."""

    def __init__(self, host: str, port: int, names: Sequence[str]) -> None:
        self._host, self._port, self._names = host, port, names
        to_ask = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - a place to ask, not to listen
        self.address = f"http://{f'[{to_ask}]' if ':' in to_ask else to_ask}:{port}"
        from sunchi.system.guard import ENTRY

        self._secret = secrets.token_urlsafe(24)
        self.link = f"{self.address}{ENTRY}{self._secret}"
        self._stopping = threading.Event()
        self._fault: Exception | None = None
        self._watcher = threading.Thread(target=self._watch, name="prefect-server", daemon=True)

    def start(self) -> None:
        """Start the server and wait until it responds; raises SunchiError if it does not."""
        self._process = self._begun(self._secret)
        self._wait()
        self._watcher.start()

    def stop(self) -> None:
        self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def raise_fault(self) -> None:
        if self._fault:
            raise self._fault

    def _begun(self, secret: str = "") -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "sunchi.system.child", "deployments.server"]
        environment = {
            # The UI requests the runs from its own origin. Prefect's default is port 4200 of 127.0.0.1.
            "PREFECT_SERVER_UI_API_URL": "/api",
            # A page of another site, open in a browser on this machine, may not start or read runs.
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": self.address,
            "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
            **os.environ,
            "SUNCHI_HOSTS": " ".join(self._names),
            "SUNCHI_LINK": secret,  # which a restarted server does not know: the link works once
        }
        return subprocess.Popen(  # noqa: S603 - our own words
            [*command, "--host", self._host, "--port", str(self._port)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )

    def _wait(self) -> None:
        import httpx

        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not self._stopping.is_set():
            if self._process.poll() is not None:
                raise SunchiError(
                    f"the Prefect server ended at once; to see why: python -m deployments.server --host {self._host} "
                    f"--port {self._port}"
                )
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.address}/api/health", trust_env=False).is_success:
                    return
            time.sleep(0.2)
        if not self._stopping.is_set():
            raise SunchiError(f"the Prefect server did not answer at {self.address} in {PATIENCE:.0f} s")

    def _watch(self) -> None:
        """Restart the server whenever it ends; if that fails, end this process, which could run nothing without it."""
        while True:
            code = self._process.wait()
            if self._stopping.is_set():
                return
            warn(f"[red]The Prefect server ended ({_way(code)}) and is being restarted.[/]")
            try:
                self._start_again()
            except (SunchiError, OSError) as error:
                self._fault = error
                os.kill(os.getpid(), signal.SIGTERM)
                return

    def _start_again(self) -> None:
        for attempt in range(1, STARTS + 1):
            self._process = self._begun()
            try:
                self._wait()
            except SunchiError:
                if attempt == STARTS or self._stopping.wait(attempt):
                    raise
            else:
                return


def _way(code: int) -> str:
    return f"by signal {-code}" if code < 0 else f"exit code {code}"


def must_be_guarded(settings: Settings, host: str, port: int) -> None:
    """Require and announce a password of the user's, unless the server listens only on loopback."""
    if host == "localhost" or _is_loopback(host):
        return
    if not settings.password:
        raise SettingsError(
            f"--host {host}: others could reach the Prefect server and run commands: set SUNCHI_PASSWORD"
        )
    warn(
        f"[bold red]The Prefect server listens on {host}:{port}: whoever reaches this machine there and has "
        "SUNCHI_PASSWORD can read and start runs. The password travels unencrypted: put a TLS proxy in front.[/]"
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name may lead anywhere
        return False


def _must_be_free(host: str, port: int) -> None:
    """Raise SettingsError if the port is taken: another program would answer in the server's place."""
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise SettingsError(f"port {port} of {host}: {error.strerror}; choose another: --port, --host") from None
