"""The Typer application, to which the other modules of this package add their commands."""

from __future__ import annotations

import typer

app = typer.Typer(
    help="Reads North Korean state media as an analyst does, and says, with evidence, when the tone towards China, "
    "Russia, the United States or another state changes.",
    epilog="`sunchi COMMAND --help` shows an example of each. Exit code 0: all is well; 1: something failed; "
    "2: wrong usage, or a setting or lexicon file to fix (`sunchi check` reports them all, and ends with 1).",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
