"""A service that answers slowly, byte by byte, without end, or by sending on: bounded, and no process stays."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from sunchi.alerts.notify import PATIENCE, Notifier

PATIENT = 1.5
"""Seconds; a message takes a third more."""

OK = b"HTTP/1.1 200 OK\r\n"
Handler = Callable[[socket.socket], None]


@contextmanager
def served(handle: Handler) -> Iterator[int]:
    """Serve each connection by a function, until the block ends; yield the port."""
    open_ones: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def run(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                handle(connection)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    open_ones.append(server.accept()[0])
                    threading.Thread(target=run, args=(open_ones[-1],), daemon=True).start()

        thread = threading.Thread(target=accept)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        for each in open_ones:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        thread.join()


def read_request(connection: socket.socket) -> bytes:
    """Read a request whole: a connection that is closed before would break the answer off."""
    with connection.makefile("rb") as lines:
        head = list(iter(lines.readline, b"\r\n"))
        length = next((int(line.partition(b":")[2]) for line in head if line.lower().startswith(b"content-length:")), 0)
        return b"".join(head) + lines.read(length)


def answering(*parts: bytes, drip: bytes = b"") -> Handler:
    """Answer a request with these parts, and then with `drip`, twenty times a second, without end."""

    def handle(connection: socket.socket) -> None:
        read_request(connection)
        for part in parts:
            connection.sendall(part)
        while drip:
            connection.sendall(drip)
            time.sleep(0.05)

    return handle


def endless(start: bytes, more: bytes) -> Handler:
    def handle(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(start)
        while True:
            connection.sendall(more)

    return handle


def silent(connection: socket.socket) -> None:
    while connection.recv(65536):
        pass


def bomb(connection: socket.socket) -> None:
    """Answer with two gigabytes of zeros, compressed."""
    connection.recv(65536)
    connection.sendall(OK + b"Content-Encoding: gzip\r\n\r\n")
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    for _ in range(2000):
        connection.sendall(packer.compress(bytes(10**6)))


def talking(*, until: bytes) -> Handler:
    """A mail server that takes what it is sent until this command, whose answer comes byte by byte, without end."""

    def handle(connection: socket.socket) -> None:
        lines = connection.makefile("rb")
        word = b""
        while word != until:
            connection.sendall({b"": b"220 here\r\n", b"DATA": b"354 go on\r\n"}.get(word, b"250 well\r\n"))
            word = lines.readline()[:4].strip().upper()
        if until == b"DATA":
            connection.sendall(b"354 go on\r\n")
            while lines.readline() != b".\r\n":
                pass
        connection.sendall(b"250 ")
        while True:
            connection.sendall(b"a")
            time.sleep(0.05)

    return handle


WEB = "json://127.0.0.1:{port}/desk"
MAIL = "mailto://127.0.0.1:{port}/?from=desk@x.example&to=a@x.example"


@pytest.mark.parametrize(
    ("address", "service", "state", "says"),
    [
        (WEB, silent, "unknown", "may have arrived"),
        (WEB, answering(OK, b"X-A: ", drip=b"a"), "unknown", "cut off"),
        (WEB, endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "unknown", "cut off"),
        (WEB, endless(OK, b"X-A: " + b"x" * 60_000 + b"\r\n"), "failed", ""),
        (WEB, answering(OK, b"Content-Length: 1000000\r\n\r\n", drip=b"a"), "sent", ""),
        (WEB, answering(OK, b"Transfer-Encoding: chunked\r\n\r\n", drip=b"1\r\na\r\n"), "sent", ""),
        (WEB, answering(b"HTTP/1.1 500 No\r\nContent-Length: 1000000\r\n\r\n", drip=b"a"), "failed", "500"),
        (WEB, endless(OK + b"\r\n", b"x" * 65536), "sent", ""),
        (WEB, bomb, "sent", ""),
        (MAIL, silent, "failed", "before it was sent"),
        (MAIL, talking(until=b"EHLO"), "failed", "before it was sent"),
        (MAIL, talking(until=b"DATA"), "unknown", "cut off"),
        (MAIL, endless(b"220 here\r\n", b"250-and more\r\n" * 1000), "failed", "before it was sent"),
        ("irc://127.0.0.1:{port}/%23desk", silent, "unknown", "cut off"),
    ],
    ids=[
        "silent", "headers drip", "goes on, for ever", "headers without end", "body drips", "chunks drip",
        "refusal drips", "body without end", "bomb", "silent mail", "greeting drips", "answer to a mail drips",
        "greeting without end", "another protocol",
    ],
)  # fmt: skip
def test_a_service_without_end_is_bounded_and_what_arrived_counts(
    address: str, service: Handler, state: str, says: str
) -> None:
    with served(service) as port:
        notifier = Notifier(address.format(port=port), patience=PATIENT)
        started = time.monotonic()

        result = notifier.send(notifier.recipients[0].key, "title", "body")

        assert (result.state, says in result.error) == (state, True), result
        assert time.monotonic() - started < PATIENT * 4 / 3 + 20, "and the start of its process"


def test_a_message_takes_less_than_a_minute() -> None:
    assert PATIENCE * 4 / 3 < 60


def test_a_recipient_that_sends_on_is_not_followed_and_named_without_its_secrets() -> None:
    asked: list[bytes] = []
    with served(lambda connection: asked.append(connection.recv(65536))) as elsewhere:
        location = f"Location: http://u:geheim@127.0.0.1:{elsewhere}/token\r\nContent-Length: 0\r\n\r\n"
        for status in (301, 302, 303, 307, 308):
            with served(answering(f"HTTP/1.1 {status} Go\r\n{location}".encode())) as port:
                notifier = Notifier(f"json://127.0.0.1:{port}/desk?redirect=yes")
                result = notifier.send(notifier.recipients[0].key, "title", "body")
            assert result.state == "failed"
            assert result.error == f"answered {status} and named 127.0.0.1:{elsewhere}: redirects are not followed"
    assert asked == []


SENDING = """
import sys
from sunchi.alerts.notify import Notifier
notifier = Notifier(sys.argv[1])
print(notifier.send(notifier.recipients[0].key, "title", "body"), flush=True)
"""


@pytest.mark.parametrize("end", [None, signal.SIGKILL], ids=["ended", "killed"])
def test_no_process_stays_when_the_command_has_ended_or_was_killed(end: signal.Signals | None) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def handle(connection: socket.socket) -> None:
        read_request(connection)
        begun.set()
        go_on.wait(60)
        connection.sendall(OK + b"Content-Length: 0\r\n\r\n")

    with served(handle) as port:
        command = [sys.executable, "-c", SENDING, f"json://127.0.0.1:{port}/"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own words
            assert begun.wait(60)
            processes = sending(process.pid)
            if end:
                os.kill(process.pid, end)
            else:
                go_on.set()
            process.communicate(timeout=60)
        assert len(processes) == 2, "one that starts, one that sends"
        deadline = time.monotonic() + 20
        while (left := [each for each in processes if runs(each)]) and time.monotonic() < deadline:
            time.sleep(0.05)
        go_on.set()
        assert left == []


def sending(parent: int) -> list[int]:
    """Return the processes that a process has started, and those that these have."""
    found = [int(each) for each in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    return [*found, *(one for each in found for one in sending(each))]


def runs(process: int) -> bool:
    """Return whether a process runs: not one that has ended and that nobody has asked about."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
