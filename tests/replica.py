"""The stand-ins of the sites that serve real texts, if their folder is available."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

SITES = ("kcna", "rodong", "hani-en", "hani-ko")


class Replica:
    """Four sites on four consecutive ports, each with its own clock and fault."""

    def __init__(self, shared: Path, *options: str) -> None:
        self._command = [sys.executable, str(shared / "replica" / "replica.py"), *options]
        self._begin()
        deadline = time.monotonic() + 30
        while True:
            try:
                self.control(SITES[-1])
                return
            except httpx.TransportError:
                if time.monotonic() > deadline:
                    raise
                if self._process.poll() is not None:  # another process was faster to take one of the ports
                    self._begin()
                time.sleep(0.1)

    def _begin(self) -> None:
        first = _four_free_ports()
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            [*self._command, "--port", str(first)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.mirrors = {site: f"http://127.0.0.1:{first + place}" for place, site in enumerate(SITES)}

    def control(self, site: str, **values: object) -> dict[str, Any]:
        """Set a site's `day`, `fault` or `rate`."""
        query = "&".join(f"{name}={value}" for name, value in values.items())
        return dict(httpx.get(f"{self.mirrors[site]}/__control?{query}", timeout=10, trust_env=False).json())

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


def _four_free_ports() -> int:
    """Return the first of four consecutive ports that were just free."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            first: int = probe.getsockname()[1]
        if first > 65_000:
            continue
        try:
            for port in range(first, first + 4):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
