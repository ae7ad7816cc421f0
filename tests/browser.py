"""Chromium, a real browser, as users have it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def browse(page: Path | str, folder: Path, *more: str) -> str:
    """Return a file or an address as loaded in Chromium, which keeps its own files in the folder."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    flags += ["--disable-background-networking", "--disable-component-update", "--window-size=1400,900", *more]
    address = page if isinstance(page, str) else page.as_uri()
    command = [_chromium(), *flags, f"--user-data-dir={folder / 'browser'}", "--dump-dom", address]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout  # noqa: S603 - ours


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail("CI has no Chromium: .ci/run must install it")
        pytest.skip("needs Chromium: none on PATH")
    return found
