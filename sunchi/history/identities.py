"""Adds the identities by which messages are compared, and selects the set phrases that count, in frames; pure.

A family is a set phrase in all its wordings and languages (families.csv).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import polars as pl

from sunchi.identity.identities import identities
from sunchi.lexicon import Lexicon


def with_identities(signals: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Return signals (model.SIGNALS) with the columns of model.IDENTITIES."""
    return signals.hstack(identities(signals, lexicon))


def phrases_said(signals: pl.DataFrame) -> pl.DataFrame:
    """Return the set phrases among signals that are asserted: neither denied nor recalled."""
    denied, historical = (pl.col("detail").struct.field(name) for name in ("negated", "historical"))
    return signals.filter(pl.col("kind") == "formula", ~denied.fill_null(False), ~historical.fill_null(False))


def families_by(said: pl.DataFrame, *by: str) -> dict[tuple[str, ...], frozenset[str]]:
    """Return the families of set phrases (with identities), grouped by some columns of texts."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for *of, family in said.explode("families").select(*by, "families").iter_rows():
        found[tuple(of)] |= {family} - {None}
    return {of: frozenset(some) for of, some in found.items()}


def quoted(families: Iterable[str]) -> str:
    """Return families as a list in words: “full support”, “old friendship”."""
    return ", ".join(f"“{family.replace('_', ' ')}”" for family in families)
