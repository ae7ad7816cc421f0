"""Has messages sent by a process of their own, which ends at a deadline, with this process, and with the message.

Whatever a service does (answers byte by byte, or without end, or not at all), it holds up a process that can be killed,
not a thread that can't. The sender (`sunchi.alerts.sender`) is started for the first message; it has imported what
sending needs, and forks a process for each message.
"""

from __future__ import annotations

import atexit
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Result:
    """The result of sending one message to one recipient; `unknown` means that it may have arrived."""

    state: Literal["sent", "failed", "unknown"]
    error: str = ""


BEGUN = b"\n"
"""What the sender says when it begins to hand over the message: from here on it may have arrived."""


def send_within(seconds: float, message: Mapping[str, Any]) -> Result:
    """Have a message sent (see `sender`); return the result, in a little more than `seconds` at the latest."""
    started = time.monotonic()
    here, there = socket.socketpair()
    with here, there:
        here.settimeout(seconds + _START)
        try:
            _hand(there)
            there.close()
            here.sendall(json.dumps({**message, "seconds": seconds}, ensure_ascii=False).encode() + b"\n")
            answer = b"".join(iter(lambda: here.recv(65536), b""))
        except OSError as error:
            return Result("failed", f"the sending process can't be started: {error}")
    begun, said = answer.startswith(BEGUN), answer.strip()
    if said:
        return Result(**json.loads(said))
    took = time.monotonic() - started
    why = f"cut off after {seconds:.0f} s" if took >= seconds else "its answer took more memory than a message may"
    return Result("unknown", f"{why}: it may have arrived") if begun else Result("failed", f"{why}, before it was sent")


_START = 20.0
"""Seconds that the sender may take to start, on a busy machine."""

_lock = threading.Lock()
_sender: tuple[subprocess.Popen[bytes], socket.socket] | None = None


def _hand(connection: socket.socket) -> None:
    """Hand a connection to the sender, which is started if there is none."""
    global _sender
    with _lock:
        if _sender is None or _sender[0].poll() is not None:
            _end()
            ours, its = socket.socketpair()
            with its:
                command = [sys.executable, "-m", "sunchi.alerts.sender"]
                nowhere = subprocess.DEVNULL  # what a library prints may hold a secret
                # In a session of its own, whose processes it ends when it ends.
                process = subprocess.Popen(  # noqa: S603 - our own words
                    command, stdin=its.fileno(), stdout=nowhere, stderr=nowhere, start_new_session=True
                )
            _sender = process, ours
        socket.send_fds(_sender[1], [b"."], [connection.fileno()])


@atexit.register
def _end() -> None:
    """End the sender, which ends its processes."""
    global _sender
    if _sender is not None:
        process, ours = _sender
        ours.close()
        process.wait()
        _sender = None
