"""The command `sunchi`. Each command imports what it needs when it is called, so that `sunchi --help` is quick."""

from __future__ import annotations

import errno
import os
import sys
from io import TextIOWrapper

from sunchi.cli.app import app
from sunchi.errors import LexiconError, SettingsError, SunchiError

__all__ = ["app", "main"]

_UNWRITTEN = (errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def main() -> None:
    """Run the command; Sunchi's own errors, and a full disk, are shown as a message, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        _write_all_letters(stream)
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except Exception as error:
        from sunchi.text.safe import visible

        if isinstance(error, OSError) and error.errno in _UNWRITTEN:
            if error.errno != errno.EPIPE:  # as when `head` has read enough
                sys.stderr.write(f"sunchi: the output can't be written: {error.strerror}\n")
            os._exit(1)  # at exit, Python would try to write it once more
        if not isinstance(error, SunchiError):
            raise
        sys.stderr.write(f"sunchi: {visible(str(error))}\n")
        raise SystemExit(2 if isinstance(error, (SettingsError, LexiconError)) else 1) from None


def _write_all_letters(stream: object) -> None:
    """Let a stream write Korean in any locale: a file or pipe as UTF-8, a terminal in its encoding, else `?`."""
    if isinstance(stream, TextIOWrapper) and stream.encoding.replace("-", "").casefold() != "utf8":
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


# Each module adds its commands to `app`, in the order of the help.
from sunchi.cli import demo, poll, serve, articles, signals, messages, report, attention, detect, alerts, check  # noqa: E402, F401, I001
from sunchi.cli import series, compare, findings, due, importing, rescan  # noqa: E402, F401
from sunchi.cli import health, audit, backup, archive, prune  # noqa: E402, F401
