"""A small real mail server on 127.0.0.1 that refuses whom a test says, and records its mails."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest


@dataclass(frozen=True)
class Mail:
    """A mail that was taken, for the addresses that were not refused."""

    to: tuple[str, ...]
    text: str


@dataclass
class Post:
    """The server: its port, whom it refuses, and the mails it took."""

    port: int
    refused: set[str] = field(default_factory=set)
    mails: list[Mail] = field(default_factory=list)


@contextmanager
def serve_post() -> Iterator[Post]:
    """Run the server on a free port, for as long as the block lasts."""

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            to: list[str] = []
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"EHLO":
                    self.wfile.write(b"250-here\r\n250 AUTH PLAIN\r\n")
                elif word == b"AUTH":
                    self.wfile.write(b"235 welcome\r\n")
                elif word == b"RCPT":
                    [name] = re.findall("<(.*)>", line.decode())
                    if name in here.refused:
                        self.wfile.write(f"550 {name}: no such user\r\n".encode())
                    else:
                        to.append(name)
                        self.wfile.write(b"250 well\r\n")
                elif word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    lines = iter(self.rfile.readline, b".\r\n")
                    here.mails.append(Mail(tuple(to), b"".join(lines).decode()))
                    self.wfile.write(b"250 taken\r\n")
                else:
                    self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 well\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        here = Post(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield here
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def post() -> Iterator[Post]:
    with serve_post() as running:
        yield running
