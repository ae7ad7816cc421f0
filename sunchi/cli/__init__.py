"""The command. Each command imports what it needs when it is called, so that `sunchi --help` answers at once."""

from __future__ import annotations

import sys

import typer

from sunchi.errors import LexiconError, SettingsError, SunchiError

app = typer.Typer(
    help="Reads North Korean state media as an analyst does, and says, with evidence, when the tone towards China, "
    "Russia, the United States or another state changes.",
    epilog="`sunchi COMMAND --help` shows an example of each. Exit code 0: all is well; 1: something failed; "
    "2: wrong use, or a setting or file of the analyst's to mend.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """The entry point: what Sunchi can say in words is said in words, without a traceback."""
    try:
        app()
    except Exception as error:
        from sunchi.alerts.wording import visible

        if not isinstance(error, SunchiError):
            raise
        sys.stderr.write(f"sunchi: {visible(str(error))}\n")
        raise SystemExit(2 if isinstance(error, (SettingsError, LexiconError)) else 1) from None


# Each adds its commands to `app`, in the order in which the help shows them.
from sunchi.cli import demo, poll, serve, articles, signals, messages, report, attention, detect, alerts, check  # noqa: E402, F401, I001
