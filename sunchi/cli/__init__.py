"""The command. Each command imports what it needs when it is called, so that `sunchi --help` answers at once."""

from __future__ import annotations

import sys

import typer

from sunchi.model import SunchiError

app = typer.Typer(
    help="Reads North Korean state media as an analyst does, and says, with evidence, when the tone towards China, "
    "Russia, the United States or another state changes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """The entry point: what Sunchi can say in words is said in words, without a traceback."""
    try:
        app()
    except SunchiError as error:
        sys.stderr.write(f"sunchi: {error}\n")
        raise SystemExit(2) from None
    except RuntimeError as error:
        if "ephemeral" not in str(error):
            raise
        # Prefect's own words; the machine is too busy, or something forbids listening on 127.0.0.1.
        sys.stderr.write("sunchi: Prefect's server did not start in time; try again, or set PREFECT_API_URL to one\n")
        raise SystemExit(1) from None


# Each adds its commands to `app`, in the order in which the help shows them.
from sunchi.cli import demo, poll, serve, stored, texts, alerts  # noqa: E402, F401, I001
