"""Findings: what changed against the past, with the texts compared, numbers and innocent explanations; pure.

A finding of a day depends only on that day and the days before it. Everything that belongs to one event is one finding;
the weightiest of its parts is its first line. Damaged texts have no findings.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal

from sunchi.history.items import Item
from sunchi.model import Salutation

Confidence = Literal["high", "medium", "low"]

CONFIDENCES: tuple[Confidence, ...] = ("low", "medium", "high")

KINDS: Mapping[str, str] = {
    "silence": "a message that came in two of the last three years, and did not come",
    "deleted": "an article that was taken down, and what it said of a state",
    "edited": "an article whose edit touches what it says of a state",
    "contact": "a meeting at the leaders' level after a pause, or the first in the archive",
    "order": "a state that is the first to write on an event, or is newly named first in a document",
    "salutation": "a salutation that no earlier message has",
    "contrast": "a salutation that differs from the same sender's to another state within days",
    "first": "a family of set phrases that was never said of a state before",
    "return": "a family of set phrases that was not said of a state for 330 days or more",
    "omission": "a family of set phrases that was in three of the last five messages, and is not in this one",
    "phrase": "a family of set phrases that no earlier message has",
    "reply": "a reply that came sooner or later than all before it",
    "share": "a share of a document's words that is far from those of earlier years",
    "level": "a voice of the Foreign Ministry or above on a state, after 45 days or more without one",
    "burst": "many more articles on a state, or hostile phrases against it, than the preceding days predict",
    "words": "two adjacent words, never found before, in several articles of a day",
    "epithet": "a title or epithet of a leader that the archive did not have before",
    "outlets": "a message of the leader that one paper prints, and another, which used to, does not",
    "placement": "a message on a later page than all earlier ones",
    "naming": "a person who used to be named, and now appears only by office or in a list",
    "length": "more or fewer words than in all earlier messages: only with another finding",
}
"""The kinds of finding, the weightiest first; `length` only supports others."""

SUPPORT = ("length",)
"""Kinds that are not a finding by themselves."""

OF_MANY = ("burst", "words", "epithet")
"""Kinds that rest on many articles, so that no single article is the news."""

_RANK = {kind: n for n, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the texts that a finding compares."""

    date: date
    what: str  # who wrote to whom, or what it is
    words: int | None = None
    salutation: Salutation | None = None
    phrases: tuple[str, ...] | None = None  # None if not known
    article: str = ""
    title: str = ""
    url: str = ""

    @classmethod
    def of(cls, item: Item) -> Compared:
        phrases = None if item.families is None else tuple(sorted(item.families))
        what = " → ".join(item.parties)
        return cls(item.date, what, item.words, item.salutation, phrases, item.article, item.title, item.url)


@dataclass(frozen=True, slots=True)
class Part:
    """One observation: its kind, and the change in words with its figures."""

    kind: str
    words: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    confidence: Confidence = "medium"
    innocent: tuple[str, ...] = ()  # innocent explanations that may apply


@dataclass(frozen=True, slots=True)
class Observation:
    """A part, and where it was observed."""

    edition: str
    partner: str
    day: date
    event: str  # observations of one event and day become one finding
    subject: str  # the words before the colon: "Kim Jong Un → Xi Jinping, founding of the PRC"
    part: Part
    compared: tuple[Compared, ...] = ()  # first the new text, then those that it is compared with, newest first


@dataclass(frozen=True, slots=True)
class Finding:
    """What changed on a day in what an edition says of a partner, with all the evidence."""

    edition: str
    partner: str
    day: date
    event: str
    subject: str
    parts: tuple[Part, ...]  # the weightiest first
    compared: tuple[Compared, ...]
    withdrawn_on: date | None = None  # for a silence: when the missing message came
    withdrawn: str = ""  # in words

    @property
    def id(self) -> str:
        """Return an id that stays the same however often the finding is made."""
        words = "\n".join((self.edition, self.partner, str(self.day), self.event))
        return f"f-{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:16]}"

    @property
    def kind(self) -> str:
        return self.parts[0].kind

    @property
    def rank(self) -> int:
        """Return the place of its kind among KINDS: 0 is the weightiest."""
        return _RANK[self.kind]

    @property
    def first_line(self) -> str:
        """Return the change in words, with its figures; a withdrawal comes first."""
        words = f"{self.subject}: " + "; ".join(part.words for part in self.parts)
        return f"Withdrawn, {self.withdrawn}. {words}" if self.withdrawn_on else words

    @property
    def confidence(self) -> Confidence:
        return max((part.confidence for part in self.parts), key=CONFIDENCES.index)

    @property
    def innocent(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(words for part in self.parts for words in part.innocent))

    @property
    def numbers(self) -> dict[str, float]:
        """Return the numbers of all parts, by kind and name: `length.words`."""
        return {f"{part.kind}.{name}": number for part in self.parts for name, number in part.numbers.items()}

    def as_of(self, day: date) -> Finding:
        """Return the finding as it was at the end of a day, without later withdrawals."""
        later = self.withdrawn_on is not None and self.withdrawn_on > day
        return replace(self, withdrawn_on=None, withdrawn="") if later else self


def to_json(finding: Finding) -> str:
    """Return a finding as JSON with a fixed order."""
    return json.dumps(asdict(finding), ensure_ascii=False, default=str, sort_keys=True)


def from_json(written: str) -> Finding:
    """Return the finding that `to_json` wrote."""
    data = json.loads(written)
    parts = tuple(Part(**part | {"innocent": tuple(part["innocent"])}) for part in data["parts"])
    withdrawn_on = data["withdrawn_on"]
    return Finding(
        **data
        | {
            "day": date.fromisoformat(data["day"]),
            "parts": parts,
            "compared": tuple(_compared(text) for text in data["compared"]),
            "withdrawn_on": date.fromisoformat(withdrawn_on) if withdrawn_on else None,
        }
    )


def _compared(data: dict[str, Any]) -> Compared:
    phrases, salutation = data["phrases"], data["salutation"]
    return Compared(
        **data
        | {
            "date": date.fromisoformat(data["date"]),
            "salutation": None if salutation is None else Salutation(salutation),
            "phrases": None if phrases is None else tuple(phrases),
        }
    )


def merged(observations: Iterable[Observation]) -> list[Finding]:
    """Join the observations of one event into one finding, by day and weight; supporting ones alone make none."""
    events: dict[tuple[str, str, date, str], list[Observation]] = defaultdict(list)
    for each in observations:
        events[each.edition, each.partner, each.day, each.event].append(each)
    found = []
    for (edition, partner, day, event), some in events.items():
        if all(each.part.kind in SUPPORT for each in some):
            continue
        some.sort(key=lambda each: (_RANK[each.part.kind], each.part.words))
        parts = _once(each.part for each in some)
        compared = tuple(dict.fromkeys(text for each in some for text in each.compared))
        found.append(Finding(edition, partner, day, event, some[0].subject, parts, compared))
    return sorted(found, key=order)


def order(finding: Finding) -> tuple[object, ...]:
    """A total order: by day, then by weight."""
    return (finding.day, finding.rank, finding.edition, finding.partner, finding.event)


def _once(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the parts without repetitions, in order."""
    return tuple({(part.kind, part.words): part for part in parts}.values())
