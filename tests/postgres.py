"""A Postgres server for tests, started from the installed programs and stopped with them.

    def test_something(postgres):
        url = postgres.new_database()

Without an installed Postgres, such tests are skipped, and say so; under CI (`CI=true`) they fail instead.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

START_SECONDS = 30


class NoPostgresError(Exception):
    """Why there is no server."""


@dataclass(frozen=True)
class Server:
    """A running server on 127.0.0.1, where user `sunchi` may do everything."""

    port: int
    _numbers: count[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        return f"postgresql://sunchi@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Return the address of an empty database."""
        name = f"test{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    try:
        with server() as running:
            yield running
    except NoPostgresError as why:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI tests on Postgres too: {why}")
        pytest.skip(f"needs Postgres: {why}")


@contextmanager
def server() -> Iterator[Server]:
    """Yield a server with a fresh, private cluster; raises NoPostgresError."""
    programs, user = _programs(), _as_user()
    folder = Path(tempfile.mkdtemp(prefix="sunchi-postgres-"))
    try:
        if user:
            shutil.chown(folder, "postgres", "postgres")
        initdb, cluster = str(programs / "initdb"), str(folder / "cluster")
        chosen = ["-D", cluster, "-U", "sunchi", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run([*user, initdb, *chosen], check=True, capture_output=True, cwd=folder)  # noqa: S603  our own words
        port = _free_port()
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(folder),
            # What happens to it on a disk or in a replica is nothing that is tested.
            "fsync": "off",
            "autovacuum": "off",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            running = subprocess.Popen(  # noqa: S603  our own words
                [*user, *_dies_with_us(), programs / "postgres", "-D", cluster, "-p", str(port), *options],
                stdout=log,
                stderr=log,
                cwd=folder,
            )
        try:
            _wait(running, port, folder / "log")
            yield Server(port)
        finally:
            running.send_signal(signal.SIGQUIT)  # to Postgres: end at once, tidy up nothing
            running.wait(START_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Return the folder of the newest installed server's programs."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    if debian:
        return debian[-1].parent
    initdb, postgres = shutil.which("initdb"), shutil.which("postgres")
    if not (initdb and postgres):
        raise NoPostgresError("neither /usr/lib/postgresql/*/bin nor PATH has initdb and postgres")
    return Path(postgres).parent


def _as_user() -> list[str]:
    """Return the words before a command that run it as `postgres`; Postgres refuses to run as root."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None or "postgres" not in {entry.pw_name for entry in pwd.getpwall()}:
        raise NoPostgresError("it does not run as root, and setpriv or a user named postgres is missing")
    return [setpriv, "--reuid=postgres", "--regid=postgres", "--init-groups"]


def _dies_with_us() -> list[str]:
    """Return the words that end the server even if the tests are killed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig=QUIT"] if setpriv else []


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(running: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and running.poll() is None:
        try:
            psycopg.connect(f"postgresql://sunchi@127.0.0.1:{port}/postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise NoPostgresError(f"the server did not start: {log.read_text(errors='replace')[-500:]}")
