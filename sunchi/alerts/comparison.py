"""What an alert says about the past: what changed, what is new and what is gone, side by side; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from sunchi.history.baseline import ENOUGH, MessageHistory, phrases_gone, phrases_new
from sunchi.history.compare_messages import subject
from sunchi.history.coverage import A_YEAR, DEPTH, Coverage
from sunchi.history.findings import OF_MANY, Compared, Finding
from sunchi.history.identities import quoted
from sunchi.history.items import Item, short_occasion
from sunchi.model import SIGNALS

MESSAGES = {
    "congratulation": "congratulation",
    "greeting": "message of greeting",
    "reply": "reply",
    "condolence": "condolences",
    "sympathy": "message of sympathy",
    "thanks": "message of thanks",
    "verbal": "verbal message",
    "letter": "letter",
    "solidarity": "message of solidarity",
    "floral_basket": "floral basket",
    "wreath": "wreath",
    "gift": "gift",
}
"""The kinds of message in words."""

SHOWN = 5
"""Earlier texts shown beside a new one."""

_MIDDLE = 60  # characters of who wrote to whom, side by side


@dataclass(frozen=True, slots=True)
class Comparison:
    """One article on one partner, against the past of its edition."""

    finding: Finding | None = None  # the weightiest
    others: tuple[Finding, ...] = ()
    new: tuple[str, ...] = ()  # families of set phrases that none of the earlier messages has
    gone: tuple[str, ...] = ()  # families that most of the earlier messages have
    now: tuple[Compared, ...] = ()
    before: tuple[Compared, ...] = ()  # newest first
    parties: tuple[str, ...] = ()  # ids of sender and recipient of a message, where both are known
    message: str = ""  # who wrote to whom, and for what
    standing: str = ""  # a clause, where nothing changed: whether anything like it came before
    note: str = ""  # a sentence: what else is known about that

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*filter(None, (self.finding,)), *self.others)

    @property
    def is_usual(self) -> bool:
        """Return whether the article came as in earlier years and nothing changed."""
        return self.finding is None and bool(self.before)

    @property
    def line(self) -> str:
        """Return a description of the change, with figures and years; "" if nothing changed."""
        return self.finding.first_line if self.finding else ""

    def in_words(self, further: Sequence[str] = ()) -> str:
        """Return what the first line omits: further clauses and changes, what is new and gone, the texts side by
        side, innocent explanations.
        """
        texts = [*(_row("now", text) for text in self.now), *(_row("before", text) for text in self.before)]
        blocks = [
            "\n".join(f"Also: {words}" for words in (*further, *(finding.first_line for finding in self.others))),
            "\n".join([*_named("New", self.new), *_named("Gone", self.gone)]),
            self.note,
            "\n".join(texts if self.before else ()),
            "\n".join(f"Possible innocent explanation: {words}." for words in self._doubts()),
        ]
        return "\n\n".join(filter(None, blocks))

    def _doubts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(words for finding in self.findings for words in finding.innocent))


@dataclass(frozen=True)
class Background:
    """The past of an edition, and how its articles compare with it."""

    history: MessageHistory
    findings: Sequence[Finding]
    coverage: Coverage
    edition: str
    signals: pl.DataFrame = field(default_factory=SIGNALS.to_frame)  # of the edition

    def of(self, article: str, partner: str, kinds: Collection[str] = ("message",)) -> Comparison:
        """Return the comparison of an article on a partner with earlier ones, as far as signals of these kinds show
        it."""
        found = self._findings_by_article.get((article, partner), [])
        finding = next((each for each in found if each.kind not in OF_MANY), None)
        others = tuple(each for each in found if each is not finding)
        item = self._items_by_article.get((article, partner))
        if item is None or "message" not in kinds:
            compared = [text for each in found for text in each.compared]
            own = _once(text for text in compared if text.article == article)
            return Comparison(finding, others, now=own, before=_once(t for t in compared if t.article != article))
        texts = self.history.comparable(item)
        new = phrases_new(item, texts) if texts else ()
        gone = tuple(phrases_gone(item, texts, min(ENOUGH, len(texts)))) if texts and item.is_comparable else ()
        before = [Compared.of(each) for each in reversed(self.history.baseline(item))]
        before += [text for each in found for text in each.compared if text.article != article]
        parties = (item.from_id, item.to_id) if item.from_id and item.to_id else ()
        standing, note = ("", "") if finding else self._standing(item, texts)
        now = (Compared.of(item),)
        return Comparison(finding, others, new, gone, now, _once(before), parties, subject(item), standing, note)

    @cached_property
    def _findings_by_article(self) -> dict[tuple[str, str], list[Finding]]:
        """The findings by article and partner, without those about what did not come."""
        found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in self.findings:
            for article in dict.fromkeys(text.article for text in finding.compared if text.date == finding.day):
                found[article, finding.partner].append(finding)
        return found

    @cached_property
    def _items_by_article(self) -> dict[tuple[str, str], Item]:
        """The fullest message of each article with each partner."""
        found: dict[tuple[str, str], Item] = {}
        for item in sorted(self.history.items, key=lambda each: (not each.full_text, -(each.words or 0))):
            found.setdefault((item.article, item.partner), item)
        return found

    def _standing(self, item: Item, texts: Sequence[Item]) -> tuple[str, str]:
        """Return a clause on whether a similar message came before, and a sentence on what else did; "" for what
        is not known.
        """
        if not (item.from_id and item.to_id):
            return "", ""
        earlier = self.history.before(item)
        if texts:
            return f"nothing stands out against {_number(len(texts))} before{_years(map(Compared.of, texts))}", ""
        if earlier:
            note = f"The archive has {_number(len(earlier))} of its kind: too few to compare."
            return f"the last such was on {earlier[-1].date}", note
        between = [each for each in self.history.before_day(item.date) if _is_between_the_same(each, item)]
        alike = [each.date for each in between if each.message_class == item.message_class]
        days, apart = ([], A_YEAR) if item.occasion_id else (alike, DEPTH)
        if first := self.coverage.first(self.edition, item.date, days, apart, texts=False):
            occasion = " on this occasion" if item.occasion_id else ""
            return f"first {MESSAGES.get(item.kind, item.kind)}{occasion} {first[0]}", _last_of(between)
        return "", _last_of(between) or self.little_known(item.date, texts=False)

    def little_known(self, day: date, *, texts: bool = True) -> str:
        """Return a sentence that the edition is not known for long enough to call anything on a day the first."""
        since = self.coverage.since_in_words(self.edition, day, texts=texts)
        return f"{self.edition} is known {since}: too little to call this the first."


def _is_between_the_same(one: Item, other: Item) -> bool:
    return (one.from_id, one.to_id) == (other.from_id, other.to_id)


def _last_of(items: Sequence[Item]) -> str:
    """Return a sentence on the last message between the same two parties; "" if there is none."""
    if not items:
        return ""
    last = items[-1]
    which = "The one before" if len(items) == 1 else f"The last of {len(items)} before"
    details = [
        f"on {last.date}",
        f"for the {short_occasion(last.occasion)}" if last.occasion else "",
        f"of {last.words} words" if last.words else "",
        f"addressed {last.salutation.in_words}" if last.salutation is not None else "",
    ]
    kind = MESSAGES.get(last.kind, last.kind)
    return f"{which} between the two: {kind} {', '.join(filter(None, details))}."


def _once(texts: Iterable[Compared]) -> tuple[Compared, ...]:
    return tuple(dict.fromkeys(sorted(texts, key=lambda text: text.date, reverse=True)))[:SHOWN]


def _number(number: int) -> str:
    return "the one" if number == 1 else f"the {number}"


def _years(texts: Iterable[Compared]) -> str:
    """Return the years of the texts in parentheses; "" for no texts."""
    years = sorted({text.date.year for text in texts})
    return f" ({', '.join(map(str, years))})" if years else ""


def _named(label: str, families: Sequence[str]) -> Iterator[str]:
    if families:
        yield f"{label}: {quoted(families)}"


def _row(label: str, text: Compared) -> str:
    """Return the line of one of the texts shown side by side."""
    details = [
        str(text.date),
        text.what if len(text.what) <= _MIDDLE else f"{text.what[: _MIDDLE - 1]}…",
        f"{text.words} words" if text.words else "",
        f"addressed {text.salutation.in_words}" if text.salutation is not None else "",
        ", ".join(phrase.replace("_", " ") for phrase in text.phrases or ()),
    ]
    return f"{label}: {' · '.join(filter(None, details))}"
