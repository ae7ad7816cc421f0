"""The command `sunchi`. Each command imports what it needs when it is called, so that `sunchi --help` is quick."""

from __future__ import annotations

import sys

from sunchi.cli.app import app
from sunchi.errors import LexiconError, SettingsError, SunchiError

__all__ = ["app", "main"]


def main() -> None:
    """Run the command; Sunchi's own errors are shown as a message, without a traceback."""
    try:
        app()
    except Exception as error:
        from sunchi.text.safe import visible

        if not isinstance(error, SunchiError):
            raise
        sys.stderr.write(f"sunchi: {visible(str(error))}\n")
        raise SystemExit(2 if isinstance(error, (SettingsError, LexiconError)) else 1) from None


# Each adds its commands to `app`, in the order in which the help shows them.
from sunchi.cli import demo, poll, serve, articles, signals, messages, report, attention, detect, alerts, check  # noqa: E402, F401, I001
from sunchi.cli import series, findings, importing, rescan  # noqa: E402, F401
from sunchi.cli import health, audit, backup, archive, prune  # noqa: E402, F401
