"""What the options of several commands ask for, checked: a name that is none is told with those that there are."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import typer

from sunchi.errors import SettingsError

if TYPE_CHECKING:
    from sunchi.lexicon import Lexicon


def one_of(option: str, given: str, known: Collection[str]) -> None:
    """Raises SettingsError where `given` is none of those that are known; "" asks for nothing."""
    if given and given not in known:
        raise SettingsError(f"{option} {given}: there is none of this name; there are {', '.join(known)}")


def one_output(*, as_csv: bool, as_json: bool) -> None:
    """Raises BadParameter where both forms of output are asked for."""
    if as_csv and as_json:
        raise typer.BadParameter("one of the two", param_hint="--csv, --json")


def partner_of(given: str, lexicon: Lexicon) -> str:
    """The code of a state that is named by its code or by its name; raises SettingsError."""
    for code in sorted(lexicon.partners):
        if given.casefold() in (code.casefold(), lexicon.label(code).casefold()):
            return code
    if given:
        raise SettingsError(f"--partner {given}: partners.csv has no such state; write its code, as CN, or its name")
    return ""
