"""Options that several commands have, and checks of their values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.errors import SettingsError

if TYPE_CHECKING:
    from sunchi.lexicon import Lexicon

DIRECTIONS = ("out", "in")
_ROLES = ("name", "short", "capital", "outside")  # roles of partners.csv with names for a state


def parse_day(value: str) -> date:
    from sunchi.model import YEARS  # imported here: it needs polars, for which help should not wait

    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a date; write it as 2024-10-06") from None
    if day.year not in YEARS:
        raise typer.BadParameter(f"{value!r} is not of {YEARS[0]} to {YEARS[-1]}")
    return day


AsJson = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
AsCsv = Annotated[
    bool,
    typer.Option(
        "--csv",
        help="A table for a spreadsheet, in UTF-8; an apostrophe precedes what would run as a formula.",
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Also show Prefect's log.")]
Partner = Annotated[str, typer.Option(help="A state, by code or name: CN, China.")]
Direction = Annotated[str, typer.Option(help="out (from Pyongyang) or in.")]
MessageKind = Annotated[str, typer.Option(help="congratulation, greeting, reply, letter, gift …")]
Paper = Annotated[str, typer.Option(help="kcna, rodong or hani.")]
Language = Annotated[str, typer.Option(help="en, ko or zh.")]
Since = Annotated[date | None, typer.Option(parser=parse_day, metavar="DATE", help="First day, as 2024-10-06.")]
Until = Annotated[date | None, typer.Option(parser=parse_day, metavar="DATE", help="Last day.")]


def check_days(since: date | None, until: date | None) -> None:
    """Raise SettingsError if the first day is after the last."""
    if since and until and since > until:
        raise SettingsError(f"--since {since} is after --until {until}")


def one_of(option: str, name: str, known: Collection[str]) -> None:
    """Raise SettingsError if `name` is not a known one; "" means that the option was not used."""
    if name and name not in known:
        raise SettingsError(f"{option} {name}: unknown; known are {', '.join(known)}")


def one_output(*, as_csv: bool, as_json: bool) -> None:
    """Raise BadParameter if both --csv and --json are given."""
    if as_csv and as_json:
        raise typer.BadParameter("give only one of the two", param_hint="--csv, --json")


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


def known_sources(names: Sequence[str]) -> list[str]:
    """Return the sources or editions, each once; raises SettingsError that names the first unknown one."""
    from parsers import SOURCES

    editions = [f"{each.source}/{each.lang}" for source in SOURCES.values() for each in source.editions]
    known = [*SOURCES, *editions]
    for name in names:
        if name not in known:
            raise SettingsError(f"{name}: no such source; known are {', '.join(known)}")
    return list(dict.fromkeys(names))
