"""standings.csv: what a state is to Pyongyang, if that affects how a text is read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields

from sunchi.lexicon.columns import Rows, no_state, not_among

COLUMNS = ("partner", "standing")


@dataclass(frozen=True, slots=True)
class Standings:
    """The states of each standing."""

    other_half: str  # of the nation; one state, like the patron
    patron: str
    unrecognized: frozenset[str]
    past: frozenset[str]
    former_ruler: frozenset[str]
    old_enemy: frozenset[str]


_KNOWN = tuple(field.name for field in fields(Standings))
_OF_ONE = ("other_half", "patron")


def standings(file: Rows, known: Collection[str]) -> Standings:
    """Read the rows of standings.csv; `known` are the states except the home side."""
    found: dict[str, list[str]] = {standing: [] for standing in _KNOWN}
    for line, row in file.rows():
        partner, standing = row["partner"], row["standing"]
        wrong = [*no_state(row, "partner", known, or_any=False), *not_among(row, "standing", _KNOWN)]
        if wrong:
            file.fault(line, *wrong)
        elif partner in found[standing]:
            file.fault(line, f"{partner} already has the standing {standing}; delete one of the two")
        elif standing in _OF_ONE and found[standing]:
            file.fault(line, f"{found[standing][0]} is already the {standing}, and only one state can be")
        else:
            found[standing].append(partner)
    for standing in _OF_ONE:
        if not found[standing]:
            file.fault(1, f"no state is the {standing}; add a row that says which")
    return Standings(
        other_half="".join(found.pop("other_half")),
        patron="".join(found.pop("patron")),
        **{standing: frozenset(states) for standing, states in found.items()},
    )
