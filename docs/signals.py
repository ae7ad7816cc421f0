"""Documents the output of `sunchi detect`, column by column: docs/signals.md.

python -m docs.signals    rewrites it from sunchi/model.py
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from sunchi.model import IDENTITY_FIELDS, KINDS, PLACE_FIELDS, SIGNAL_FIELDS, Field

OUT = Path(__file__).resolve().parent / "signals.md"

_TYPES: Mapping[type[pl.DataType], str] = {
    pl.String: "text",
    pl.Date: "date",
    pl.Boolean: "true or false",
    pl.Int32: "whole number",
    pl.Float64: "number",
    pl.List: "list of texts",
}

_HEAD = """\
# Signals

`sunchi detect` writes one row per signal: JSON lines, or Parquet with `--out signals.parquet`.

<!-- `make docs` writes this page from sunchi/model.py. -->

## Columns
"""
_DETAIL = """\
| `detail` | object | fields by kind, below |

In JSON lines, `detail` has only the fields that are known. In Parquet, it is one struct with the fields of all kinds;
those of other kinds are null. A field that several kinds share means the same in each.
"""
_IDENTITIES = """\
## Identities
Identities say who and what is meant, in any language and spelling, so that two papers or two years can be joined.
`sunchi.identity.identities.identities(signals, lexicon)` returns these columns for a frame of signals, row by row, and
`sunchi messages --json` those of a message. They are computed on demand from persons.csv, organizations.csv,
occasions.csv and families.csv. Empty means uncertain; null means that the kind of signal has no such column.

In KCNA's 1,687 reports of messages of 2011, `occasion_id` is known for 98% of the reports that give an occasion,
`to_id` for 95% of those that name a recipient, and `from_id` for 62% of those that name a sender; the other senders are
crowds ("participants in Nepal", "high-ranking officials of Peru") and lists. Of 60 reports drawn at random and
read, none had a wrong id. All 172 greetings from Pyongyang of 2011 that were printed on a national day, or a day
before or after it, said that they were for that day. In headlines of 1998 to 2008, 28 to 51% of a year's messages match
one of the year before by occasion, sender and recipient, and 8 to 34% by their words.
(Developers: `python bench/identities.py signals.parquet --draw 60 --seed 75` prints all figures again.)
"""
_PLACE = """\
## The place of an article
The input of `sunchi detect` may also give the place of an article:
"""


def page() -> str:
    """Return the text of docs/signals.md."""
    identities = [_IDENTITIES, *_table("column", IDENTITY_FIELDS), ""]
    place = [_PLACE, *_table("column", PLACE_FIELDS), ""]
    return "\n".join([_HEAD, *_table("column", SIGNAL_FIELDS), _DETAIL, *_kinds(), *identities, *place])


def _kinds() -> Iterator[str]:
    for name, kind in KINDS.items():
        codes = ", ".join(f"`{code}`" for code in kind.codes) or "an id of terms.csv"
        yield f"## {name}\n{kind.of[0].upper()}{kind.of[1:]}.\n"
        yield f"- `code`: {codes}\n- `value`: {kind.value}\n"
        yield from _table("field of `detail`", kind.detail)
        yield ""


def _table(first: str, fields: Mapping[str, Field]) -> Iterator[str]:
    yield f"| {first} | type | |\n|---|---|---|"
    for name, field in fields.items():
        yield f"| `{name}` | {_TYPES[field.type]} | {field.meaning} |"


if __name__ == "__main__":
    OUT.write_text(page(), encoding="utf-8")
