"""Identities of signals: who wrote to whom, on what occasion, at which level.

They join two papers, two languages or two years. In: a frame of signals (model.SIGNALS). Out: a frame with as many
rows, in the same order, with the columns of model.IDENTITIES. They are computed on demand and never stored, so a row
added to the lexicon takes effect for the past at once. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import polars as pl

from sunchi import text as texts
from sunchi.identity.dates import message_date
from sunchi.identity.occasions import Occasions, Said
from sunchi.identity.resolver import resolver_of
from sunchi.lexicon import HOME, Lexicon
from sunchi.model import IDENTITIES, Signal, language_of_text

CLASSES: Mapping[str, str] = {
    "congratulation": "greet",
    "greeting": "greet",
    "reply": "reply",
    "condolence": "mourn",
    "sympathy": "sympathy",
    "thanks": "thanks",
    "floral_basket": "tribute",
    "wreath": "tribute",
    "gift": "tribute",
}
"""The class of each code of a message; a letter, a verbal message or one of solidarity may be of any class."""

_NONE: dict[str, Any] = dict.fromkeys(IDENTITIES)
_KINDS = ("message", "contact", "appointment", "formula")
_SEVERAL = re.compile(r" and |, |(?<=[가-힣])(?:과|와) ")
_NEW = re.compile(r"\bnew\b|\b(?:re)?elect|\b(?:re)?appoint|새로|신임|당선|임명|新任|当选|nuev[oa]\b", re.IGNORECASE)
_LED = re.compile(r"\b(?:led|headed) by ")


def identities(signals: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Return the identities of each signal of a frame; null for a kind of signal without identities."""
    finder = _Finder(lexicon)
    numbered = signals.with_row_index("row")
    found = [
        _NONE | finder.row(signal) | {"row": signal["row"]}
        for signal in numbered.filter(pl.col("kind").is_in(_KINDS)).iter_rows(named=True)
    ]
    known = pl.DataFrame(found, schema={"row": pl.UInt32(), **IDENTITIES}, orient="row")
    return numbered.select("row").join(known, on="row", how="left", maintain_order="left").drop("row")


class _Finder:
    """Finds the identities of one signal after another."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._resolver = resolver_of(lexicon)
        self._occasions = Occasions(lexicon, self._resolver.people)
        self._places: Counter[tuple[str, str]] = Counter()

    def row(self, signal: Signal) -> dict[str, Any]:
        if signal["kind"] == "message":
            return self._message(signal)
        if signal["kind"] in ("contact", "appointment"):
            return {"person_ids": self._persons(signal)}
        if signal["kind"] == "formula":
            return {"families": list(self._lexicon.families.get(signal["code"], ()))}
        return {}

    def _message(self, signal: Signal) -> dict[str, Any]:
        detail, day, lang = signal["detail"], signal["date"], language_of_text(signal)
        direction = detail["direction"] or ""
        sender, recipient = self._resolver.parties(signal)
        said = Said(detail["occasion"] or "", lang, signal["partner"], recipient.id, direction, day)
        occasion = self._occasions.find(said)
        if not said.words and _is_plain_greeting(signal):
            occasion = self._occasions.day_near(signal["partner"], day)
        self._places[signal["article"], direction] += 1
        return {
            "from_id": sender.id,
            "to_id": recipient.id,
            "level": sender.level,
            "class": CLASSES.get(signal["code"], ""),
            "occasion_id": occasion.id,
            "round": occasion.round,
            "event_date": message_date(detail["dated"] or "", lang, day),
            "seq": self._places[signal["article"], direction],
        }

    def _persons(self, signal: Signal) -> list[str]:
        """Return the persons whom a contact or an appointment names; a Korean name without a row is Pyongyang's."""
        detail, lang, partner = signal["detail"], language_of_text(signal), signal["partner"]
        words = texts.plain(detail["who"] or detail["person"] or "", lang)
        states = [HOME, *filter(None, [partner])]
        found = {person.id: at for at, person in self._resolver.people.mentioned(words, lang, states)}
        for part in _SEVERAL.split(_LED.sub(" and ", words)):
            name, at = part.strip(), words.find(part)
            if any(at <= place < at + len(part) for place in found.values()):
                continue
            for state in states if partner not in _OF_KOREAN_NAMES else ():
                if id := self._resolver.unlisted(name, lang, state):
                    found[id] = at
                    break
        return sorted(found, key=lambda id: (found[id], id))


def _is_plain_greeting(signal: Signal) -> bool:
    """Return whether Pyongyang greets somebody long in office; a new holder is congratulated on the appointment."""
    outgoing = signal["code"] == "greeting" and signal["detail"]["direction"] == "out"
    return outgoing and not _NEW.search(signal["quote"])


_OF_KOREAN_NAMES = ("KR", "CN", "JP")
"""States whose names may be Korean ones: there only the persons of persons.csv are certain."""
