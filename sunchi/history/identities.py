"""The identities that messages are compared by, beside a frame of signals; the one place that asks for them."""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from sunchi.identity.parties import sender_and_recipient
from sunchi.lexicon import Lexicon
from sunchi.lexicon.calendar import entry_for
from sunchi.model import language_of_text

IDENTITIES = pl.Schema(
    {
        "from_id": pl.String(),
        "to_id": pl.String(),
        "level": pl.String(),
        "class": pl.String(),
        "occasion_id": pl.String(),
        "round": pl.Int32(),
        "event_date": pl.Date(),
        "families": pl.List(pl.String()),
    }
)

_CLASSES = {
    "congratulation": "greet", "greeting": "greet", "reply": "reply", "condolence": "mourn", "sympathy": "sympathy",
    "thanks": "thanks", "floral_basket": "tribute", "wreath": "tribute", "gift": "tribute",
}  # fmt: skip
_ROUND = re.compile(r"\b(\d{1,4})(?:st|nd|rd|th)\b")
_NONE: dict[str, Any] = dict.fromkeys(IDENTITIES)


def with_identities(signals: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Return signals (model.SIGNALS) with the columns of IDENTITIES."""
    rows = [_NONE | _identities(row, lexicon) for row in signals.iter_rows(named=True)]
    return signals.hstack(pl.DataFrame(rows, schema=IDENTITIES, orient="row"))


def _identities(signal: dict[str, Any], lexicon: Lexicon) -> dict[str, Any]:
    detail = signal["detail"]
    if signal["kind"] == "formula":
        return {"families": [detail["category"]] if detail["category"] else []}
    if signal["kind"] != "message":
        return {}
    parties = sender_and_recipient(
        detail["from"] or "", detail["to"] or "", language_of_text(signal), detail["direction"] or "", signal["partner"]
    )
    item = {"reply": "reply", "wreath": "wreath"}.get(signal["code"], "message")
    day, said = signal["date"], f"{detail['occasion'] or ''} {signal['quote']}"
    entry = entry_for(lexicon.calendar, signal["partner"], detail["direction"] or "", item, day) if day else None
    number = _ROUND.search(detail["occasion"] or "")
    return {
        "from_id": "" if parties[0].is_open(lexicon) else parties[0].key(lexicon),
        "to_id": "" if parties[1].is_open(lexicon) else parties[1].key(lexicon),
        "level": "",
        "class": _CLASSES.get(signal["code"], ""),
        "occasion_id": entry.id if entry and entry.is_certain(day, said) else "",
        "round": int(number[1]) if number else None,
    }
