"""Items: the messages of one edition, each once, with all that is compared from year to year; pure.

An item depends on what its edition had reported by the end of its day. A report of the following days is a repetition,
unless it is the first to give the text. What only a body can tell is None if the body is not known: unknown, not zero.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from sunchi.history.identities import families_by, phrases_said, with_identities
from sunchi.identity.ledger import REPRINTED, MessageReport, message_reports, messages
from sunchi.identity.parties import merged_kind
from sunchi.lexicon import Lexicon
from sunchi.model import Salutation
from sunchi.text.ending import is_ended

_LOST = "\ufffd"
_DIRECTIONS = {"own": "out", "partner": "in"}  # the voices of the phrases of a message

# your | birthday
_WHOSE = re.compile(r"^(?:your|his|her|its|their) ")
# the 75th anniversary of | the establishment of | diplomatic relations
_OPENING = re.compile(r"(?:the )?(?:establishment|opening) of (?=diplomatic )")
# diplomatic relations | between the two countries
_BETWEEN = re.compile(r" between .*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article was printed: page of the paper, or place on the list; None if not known."""

    page: int | None = None
    pages: int | None = None
    position: int | None = None
    entries: int | None = None

    @property
    def in_words(self) -> str:
        if self.page:
            return f"page {self.page}" + (f" of {self.pages}" if self.pages else "")
        if self.position:
            return f"no. {self.position}" + (f" of {self.entries}" if self.entries else "")
        return ""


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What the items of one series share."""

    edition: str
    language: str
    partner: str
    direction: str
    from_id: str
    to_id: str
    message_class: str
    occasion_id: str


@dataclass(frozen=True, slots=True)
class Item:
    """One message, as reported by one edition on the first day it was reported."""

    edition: str
    language: str  # of the text
    date: date
    partner: str
    direction: str
    kind: str  # code of the signal
    message_class: str  # "" for a letter or a verbal message
    sender: str
    recipient: str
    from_id: str  # "" if uncertain
    to_id: str
    level: str  # of the sender
    occasion: str  # in the words of the text
    occasion_id: str
    round: int | None
    words: int | None  # of the message; None if its text is not given
    full_text: bool
    salutation: Salutation | None
    named: bool
    grouped: bool
    families: frozenset[str] | None  # of set phrases; None if the text is not known
    place: Place
    damage: str  # in words; "" if undamaged
    article: str
    title: str
    url: str
    has_body: bool
    sender_name: str = ""  # display name of a person of persons.csv; "" for anybody else
    recipient_name: str = ""

    @property
    def parties(self) -> tuple[str, str]:
        """Return the display names of sender and recipient: for persons of persons.csv their first name there."""
        return (
            self.sender_name or self.sender or "somebody",
            self.recipient_name or self.recipient or "somebody",
        )

    @property
    def key(self) -> SeriesKey:
        return SeriesKey(
            self.edition, self.language, self.partner, self.direction, self.from_id, self.to_id, self.message_class,
            self.occasion_id,
        )  # fmt: skip

    @property
    def is_comparable(self) -> bool:
        """Return whether its words can be compared: the text is complete and undamaged."""
        return self.full_text and not self.damage

    @property
    def order(self) -> tuple[Any, ...]:
        """A total order: by day, then by values that do not depend on the order in which articles came."""
        return (self.date, self.partner, self.edition, self.direction, self.kind, self.sender, self.recipient,
                self.article, self.occasion)  # fmt: skip


def occasion_in_words(occasion: str) -> str:
    """Return an occasion in words that do not address the recipient: "the recipient's birthday"."""
    return re.sub(r"^your\b", "the recipient's", occasion)


def short_occasion(occasion: str) -> str:
    """Return an occasion in few words: "birthday", "75th anniversary of diplomatic relations"."""
    return _WHOSE.sub("", _OPENING.sub("", _BETWEEN.sub("", occasion)))


def items_of(signals: pl.DataFrame, articles: pl.DataFrame, lexicon: Lexicon) -> list[Item]:
    """Return the items of frames (model.SIGNALS, model.ARTICLES) by date; undated reports are left out."""
    reported = signals.filter(pl.col("kind") == "message", pl.col("date").is_not_null())
    about = _articles_of(reported, articles)
    places = _places(signals)
    known = with_identities(reported, lexicon)
    families = _families(signals, reported, lexicon)
    found: list[Item] = []
    for _, some in known.group_by("date", "source", "lang"):
        day: date = some["date"][0]
        for message in messages(message_reports(some, about, lexicon), lexicon):
            report = message.fullest
            said = families.get((report.article, report.partner, report.direction), frozenset())
            place = places.get(report.article, Place())
            found.append(_item(report, day, about[report.article], place, said, lexicon))
    return _without_repetitions(sorted(found, key=lambda item: item.order))


def _item(
    report: MessageReport,
    day: date,
    article: Mapping[str, Any],
    place: Place,
    families: frozenset[str],
    lexicon: Lexicon,
) -> Item:
    identity = report.identity
    return Item(
        edition=report.edition,
        language=report.language,
        date=day,
        partner=report.partner,
        direction=report.direction,
        kind=report.kind,
        message_class=identity["class"] or "",
        sender=report.sender,
        recipient=report.recipient,
        from_id=identity["from_id"] or "",
        to_id=identity["to_id"] or "",
        level=identity["level"] or "",
        occasion=report.occasion,
        occasion_id=identity["occasion_id"] or "",
        round=identity["round"],
        words=report.words or None,
        full_text=report.full_text,
        salutation=report.salutation,
        named=report.named,
        grouped=report.grouped,
        families=families if report.full_text else None,
        place=place,
        damage=article["damage"],
        article=report.article,
        title=report.title,
        url=report.url,
        has_body=article["has_body"],
        sender_name=lexicon.person_name(identity["from_id"] or ""),
        recipient_name=lexicon.person_name(identity["to_id"] or ""),
    )


def _articles_of(reported: pl.DataFrame, articles: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """Return what is known of the articles that report messages, by id."""
    wanted = articles.join(reported.select("article").unique(), on="article", how="semi")
    found = {}
    for row in wanted.iter_rows(named=True):
        paragraphs = row.pop("paragraphs")
        found[row["article"]] = row | {
            "outcome": "read",
            "has_body": bool(paragraphs),
            "damage": _damage(paragraphs),
        }
    return found


def _damage(paragraphs: Sequence[str]) -> str:
    """Return how a text is damaged, in words; "" if it is undamaged or if there is none."""
    if any(_LOST in paragraph for paragraph in paragraphs):
        return "characters of the text are lost"
    return "the text breaks off" if paragraphs and not is_ended(paragraphs) else ""


def _places(signals: pl.DataFrame) -> dict[str, Place]:
    """Return the places of articles, by id."""
    found = {}
    for row in signals.filter(pl.col("kind") == "placement").iter_rows(named=True):
        detail, page = row["detail"], row["code"] in ("front_page", "page")
        found[row["article"]] = Place(
            int(row["value"]) if page and row["value"] else None, detail["pages"], detail["position"], detail["entries"]
        )
    return found


def _families(signals: pl.DataFrame, reported: pl.DataFrame, lexicon: Lexicon) -> dict[tuple[str, ...], frozenset[str]]:
    """Return the families of set phrases in messages given in full, by article, partner and direction.

    Left out are articles with several messages in one direction: whose a phrase is would not be known.
    """
    direction, full = (pl.col("detail").struct.field(name) for name in ("direction", "full_text"))
    texts = (
        reported.filter(full)
        .select("article", "partner", direction)
        .group_by("article", "partner", "direction")
        .len()
        .filter(pl.col("len") == 1)
    )
    said = phrases_said(signals).join(texts, on=["article", "partner"], how="semi")
    voice = pl.col("detail").struct.field("voice")
    said = with_identities(said, lexicon).with_columns(direction=voice.replace_strict(_DIRECTIONS, default=None))
    by = ("article", "partner", "direction")
    return families_by(said.join(texts, on=by, how="semi"), *by)


def _without_repetitions(items: Iterable[Item]) -> list[Item]:
    """Drop items that the edition had reported in the days before, unless they are the first to give the text."""
    kept: list[Item] = []
    recent: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in items:
        before = recent[item.edition, item.language, item.partner, item.direction, merged_kind(item.kind)]
        if any(_repeats(item, earlier) for earlier in before if item.date - earlier.date <= REPRINTED):
            continue
        before.append(item)
        kept.append(item)
    return kept


def _repeats(item: Item, earlier: Item) -> bool:
    """Return whether an item may be one of an earlier day: a reprint, or a review that gives less of it."""
    if item.date == earlier.date or (item.full_text and not earlier.full_text):
        return False
    same = all(
        not one or not other or one == other
        for one, other in (
            (item.from_id, earlier.from_id),
            (item.to_id, earlier.to_id),
            (item.occasion_id, earlier.occasion_id),
        )
    )
    return same and (bool(item.from_id or item.to_id) or item.sender == earlier.sender)
