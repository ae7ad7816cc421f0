"""Placement in frames that say nothing of it; placement/ has the rest."""

from __future__ import annotations

import polars as pl

from sunchi import signals
from sunchi.model import PLACE
from tests.detecting import articles, house_lexicon


def test_a_frame_without_the_columns_of_a_place_is_read_as_unknown() -> None:
    bare = articles(("Talks with Mongolia", "A delegation of Mongolia arrived."))
    known = bare.with_columns(pl.lit(None, kind).alias(name) for name, kind in PLACE.items())
    assert signals.detect(bare, house_lexicon()).equals(signals.detect(known, house_lexicon()))
