"""The identities that messages are compared by, beside a frame of signals; the one place that asks for them."""

from __future__ import annotations

import polars as pl

from sunchi.identity.identities import identities
from sunchi.lexicon import Lexicon


def with_identities(signals: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Return signals (model.SIGNALS) with the columns of model.IDENTITIES."""
    return signals.hstack(identities(signals, lexicon))
