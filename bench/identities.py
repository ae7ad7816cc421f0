"""Measures how many signals have identities, and draws samples to check by hand.

    python bench/identities.py signals.parquet                  what `sunchi detect --out signals.parquet` wrote
    python bench/identities.py signals.parquet --draw 60 --seed 75

It prints the share of messages with each identity, and how many of each year's messages have one of the same series in
the year before: by the words of the texts, and by identities. A draw prints messages with their words and identities.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Any

import polars as pl

from sunchi.identity.identities import identities
from sunchi.identity.parties import sender_and_recipient
from sunchi.lexicon import Lexicon, load
from sunchi.model import language_of_text

ROOT = Path(__file__).resolve().parent.parent
BY_WORDS = ("partner", "direction", "from", "to", "code", "occasion")
BY_IDENTITY = ("partner", "direction", "from_id", "to_id", "class", "occasion_id")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("signals", type=Path)
    parser.add_argument("--draw", type=int, default=0, help="messages to print")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    lexicon = load(ROOT / "lexicon")
    signals = pl.read_parquet(given.signals)
    began = process_time()
    beside = identities(signals, lexicon)
    _say(f"{signals.height:,} signals in {process_time() - began:.1f} s of processor time")
    found = signals.hstack(beside).filter(pl.col("kind") == "message")
    messages = found.unnest("detail").with_columns(
        pl.Series("nobody", [_leaves_open(row, lexicon) for row in found.iter_rows(named=True)])
    )
    _say_reach(messages)
    _say_series(messages)
    if given.draw:
        _say_draw(messages, given.draw, given.seed)


def _leaves_open(row: Mapping[str, Any], lexicon: Lexicon) -> list[bool]:
    """Return for sender and recipient whether the text does not identify them: nobody, or a state alone."""
    detail = row["detail"]
    parties = sender_and_recipient(
        detail["from"] or "", detail["to"] or "", language_of_text(row), detail["direction"] or "", row["partner"]
    )
    return [party.is_open(lexicon) for party in parties]


def _say_reach(messages: pl.DataFrame) -> None:
    _say(f"{messages.height:,} messages")
    for at, (name, words) in enumerate((("from_id", "from"), ("to_id", "to"), ("occasion_id", "occasion"))):
        given = messages.filter(pl.col(words).fill_null("") != "")
        if words != "occasion":
            given = given.filter(~pl.col("nobody").list.get(at))
        _say(f"  {name}: {_share(messages, name)} of all, {_share(given, name)} of the {given.height:,} that name one")
    dated = messages.with_columns(pl.col("event_date").cast(pl.String).fill_null(""))
    for name in ("level", "class", "event_date"):
        _say(f"  {name}: {_share(dated, name)} of all")


def _share(messages: pl.DataFrame, name: str) -> str:
    filled = messages.filter(pl.col(name) != "").height
    return f"{filled / max(messages.height, 1):.2f}"


def _say_series(messages: pl.DataFrame) -> None:
    years = messages.with_columns(year=pl.col("date").dt.year())
    for year in sorted(set(years["year"].drop_nulls())):
        now, before = (years.filter(pl.col("year") == each) for each in (year, year - 1))
        if now.height and before.height:
            words, ids = (_joined(now, before, keys) for keys in (BY_WORDS, BY_IDENTITY))
            _say(f"  {year}: {words:.2f} of {now.height} messages join the year before by words, {ids:.2f} by identity")


def _joined(now: pl.DataFrame, before: pl.DataFrame, keys: Sequence[str]) -> float:
    return now.join(before, on=list(keys), how="semi", nulls_equal=True).height / now.height


def _say_draw(messages: pl.DataFrame, number: int, seed: int) -> None:
    known = messages.filter((pl.col("from_id") != "") | (pl.col("to_id") != "") | (pl.col("occasion_id") != ""))
    for row in known.sample(min(number, known.height), seed=seed).iter_rows(named=True):
        _say(
            f"{row['date']} {row['partner']} {row['code']}\n"
            f"  {row['from']} = {row['from_id']} ({row['level']})\n  {row['to']} = {row['to_id']}\n"
            f"  {row['occasion']} = {row['occasion_id']} {row['round'] or ''}\n"
            f"  {row['dated']} = {row['event_date'] or ''}\n  {row['quote']}"
        )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
