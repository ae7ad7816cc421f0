"""Checks of options that several commands have."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import typer

from sunchi.errors import SettingsError

if TYPE_CHECKING:
    from sunchi.lexicon import Lexicon

_ROLES = ("name", "short", "capital", "outside")  # roles of partners.csv with names for a state


def one_of(option: str, name: str, known: Collection[str]) -> None:
    """Raise SettingsError if `name` is not a known one; "" means that the option was not used."""
    if name and name not in known:
        raise SettingsError(f"{option} {name}: unknown; known are {', '.join(known)}")


def one_output(*, as_csv: bool, as_json: bool) -> None:
    """Raise BadParameter if both --csv and --json are given."""
    if as_csv and as_json:
        raise typer.BadParameter("one of the two", param_hint="--csv, --json")


def partner_of(name: str, lexicon: Lexicon, option: str = "--partner") -> str:
    """Return the code of a state that is given by code or any of its names; raises SettingsError."""
    from sunchi.lexicon import HOME

    wanted = _plain(name)
    if not wanted:
        return ""
    for code in sorted(lexicon.partners):
        if wanted in (_plain(code), _plain(lexicon.label(code))):
            return code
    named = sorted({each.partner for each in lexicon.names if each.role in _ROLES and _plain(each.form) == wanted})
    if len(named) == 1 and named[0] in lexicon.partners:
        return named[0]
    if HOME in named:
        raise SettingsError(f"{option} {name}: this is North Korea itself; name the other state")
    if named:
        raise SettingsError(f"{option} {name}: means {' or '.join(named)}; give one of these codes")
    raise SettingsError(f"{option} {name}: partners.csv has no such state; give its code, such as CN, or its name")


def _plain(name: str) -> str:
    return name.strip().casefold().removeprefix("the ").removesuffix(".")
