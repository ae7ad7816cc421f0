"""Checks of options that several commands have."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import typer

from sunchi.errors import SettingsError

if TYPE_CHECKING:
    from sunchi.lexicon import Lexicon


def one_of(option: str, name: str, known: Collection[str]) -> None:
    """Raise SettingsError if `name` is not a known one; "" means that the option was not used."""
    if name and name not in known:
        raise SettingsError(f"{option} {name}: unknown; known are {', '.join(known)}")


def one_output(*, as_csv: bool, as_json: bool) -> None:
    """Raise BadParameter if both --csv and --json are given."""
    if as_csv and as_json:
        raise typer.BadParameter("one of the two", param_hint="--csv, --json")


def partner_of(name: str, lexicon: Lexicon) -> str:
    """Return the code of a state that is given by code or name; raises SettingsError."""
    for code in sorted(lexicon.partners):
        if name.casefold() in (code.casefold(), lexicon.label(code).casefold()):
            return code
    if name:
        raise SettingsError(f"--partner {name}: partners.csv has no such state; give its code, such as CN, or its name")
    return ""
