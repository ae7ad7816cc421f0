"""Finds what a message has, lacks or does differently from earlier ones in its series; pure.

One function per kind, from an item and its past to parts. Kinds that compare words need complete, undamaged texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from sunchi.history.answers import reply_after
from sunchi.history.baseline import ENOUGH, MessageHistory, phrases_gone, phrases_new, usual_words
from sunchi.history.coverage import A_YEAR, Coverage
from sunchi.history.findings import Compared, Confidence, Observation, Part
from sunchi.history.identities import quoted
from sunchi.history.items import Item, short_occasion
from sunchi.model import Salutation
from sunchi.text import counted, cut

LONG = 80
"""The least number of words in a message for a missing phrase to count."""

TOGETHER = timedelta(days=14)
"""Messages from one sender to two states within this time are compared with each other."""

_NAME = 60  # characters of a party in a first line
_ROUND = 5  # round anniversaries are celebrated with more words
_ANOTHER_DEATH = timedelta(days=30)  # without condolences; later ones are on an anniversary
_ITS_OWN_DAY = "others may have written on the same day, and be printed after it"
_HASTE = 1  # days in which a first reply is remarkable

_TRANSLATED = "a translation: one Korean phrase has several foreign ones; compare the Korean text"
_ROUND_YEAR = "a round anniversary, of which more is said"
_LISTED = "a list by protocol"
_NOT_IN_FULL = "the full text may be printed another day"


def observed(items: Iterable[Item], history: MessageHistory, coverage: Coverage) -> Iterator[Observation]:
    """Yield what is different in the items, compared with the archive.

    Items that are damaged, or whose parties are not both known, are not compared.
    """
    for item in items:
        if item.damage or not item.from_id or not item.to_id or item.level == "other":
            continue
        baseline = history.baseline(item)
        texts = history.comparable(item)
        for find in _COMPARISONS:
            for part, others in find(item, Past(baseline, texts, history, coverage)):
                yield Observation(
                    item.edition,
                    item.partner,
                    item.date,
                    f"message {item.direction} {item.from_id} {item.to_id} {item.message_class} {item.occasion_id}",
                    subject(item),
                    part,
                    tuple(Compared.of(each) for each in (item, *reversed(others))),
                )


def first_to_mourn(items: Iterable[Item]) -> Iterator[Observation]:
    """Yield the state from which condolences on a death came first, and at what level."""
    days: dict[tuple[str, str], date] = {}
    for item in items:  # by day
        if item.message_class != "mourn" or item.direction != "in" or not item.occasion_id:
            continue
        event = (item.edition, item.occasion_id)
        if item.date - days.get(event, date.min) >= _ANOTHER_DEATH:
            days[event] = item.date
            words = f"the first to send condolences on {item.occasion}" + (f", by a {item.level}" if item.level else "")
            part = Part("order", words, {}, "high" if item.level else "medium", (_ITS_OWN_DAY,))
            event_words = f"mourning {item.occasion_id} {item.article}"
            yield Observation(
                item.edition, item.partner, item.date, event_words, subject(item), part, (Compared.of(item),)
            )
        days[event] = max(days[event], item.date)


def subject(item: Item) -> str:
    """Return who wrote to whom, and for what."""
    occasion = short_occasion(item.occasion) or item.occasion_id.replace("_", " ")
    sender, recipient = (cut(name, _NAME) for name in item.parties)
    return f"{sender} → {recipient}" + (f", {cut(occasion, _NAME)}" if occasion else "")


@dataclass(frozen=True, slots=True)
class Past:
    """What an item is compared with."""

    baseline: Sequence[Item]
    texts: Sequence[Item]  # of the baseline, those whose words can be compared
    history: MessageHistory
    coverage: Coverage


Parts = Iterator[tuple[Part, Sequence[Item]]]
"""Parts, each with the items that support it."""


def salutation(item: Item, past: Past) -> Parts:
    """Find a salutation that no earlier message has, or the sender's first "closest"."""
    if item.salutation is None:
        return
    known = [each for each in past.texts if each.salutation is not None]
    if len(known) >= ENOUGH and all(each.salutation != item.salutation for each in known):
        before = ", ".join(dict.fromkeys(each.salutation.in_words for each in known if each.salutation is not None))
        words = f"addressed {item.salutation.in_words}; {_last(known)} {before}"
        yield Part("salutation", words, {"of": len(known)}, "high", _translated(item)), known
        return
    addressed = [
        each
        for each in past.history.before_day(item.date)
        if each.from_id == item.from_id and each.language == item.language and each.salutation is not None
    ]
    if (
        item.salutation == Salutation.CLOSEST
        and addressed
        and all(each.salutation != Salutation.CLOSEST for each in addressed)
    ):
        same = [each for each in addressed if each.to_id == item.to_id]
        sender, recipient = item.parties
        first = "for the first time " if past.coverage.first(item.edition, item.date, ()) else ""
        since = past.coverage.since_in_words(item.edition, item.date)
        words = (
            f"{first}addressed as the closest, as in none of {sender}'s {len(addressed)} earlier messages with an "
            f"address ({since}; {len(same) or 'none'} to {recipient})"
        )
        numbers = {"earlier": len(addressed), "earlier_to_recipient": len(same)}
        confidence: Confidence = "high" if len(addressed) >= ENOUGH else "medium"
        yield Part("salutation", words, numbers, confidence, _translated(item)), same


def contrast(item: Item, past: Past) -> Parts:
    """Find a salutation that differs from the same sender's to another state within days."""
    if item.salutation is None or not item.is_comparable:
        return
    near = [
        each
        for each in past.history.before_day(item.date)
        if each.from_id == item.from_id
        and each.partner != item.partner
        and (each.edition, each.language, each.direction) == (item.edition, item.language, item.direction)
        and each.message_class == item.message_class
        and each.is_comparable
        and each.salutation is not None
        and item.date - each.date <= TOGETHER
    ]
    other = near[-1] if near else None
    if other and other.salutation is not None and other.salutation != item.salutation:
        mine, theirs = (each.families or frozenset() for each in (item, other))
        only = f"; here alone {quoted(sorted(mine - theirs))}" if mine - theirs else ""
        there = f"; there alone {quoted(sorted(theirs - mine))}" if theirs - mine else ""
        words = (
            f"addressed {item.salutation.in_words} ({item.words} words), "
            f"{other.parties[1]} {_days_before(item, other)} {other.salutation.in_words} ({other.words} words)"
        )
        numbers = {"words": float(item.words or 0), "words_to_other": float(other.words or 0)}
        yield Part("contrast", words + only + there, numbers, "medium", _translated(item)), [other]


def omission(item: Item, past: Past) -> Parts:
    """Find families of set phrases that were in three of the last five messages, and are not in this one."""
    if not item.is_comparable or (item.words or 0) < LONG or len(past.texts) < ENOUGH:
        return
    for family, times in phrases_gone(item, past.texts).items():
        words = f"without {quoted([family])}, which was in {times} of {_last(past.texts)}"
        yield Part("omission", words, {"times": times, "of": len(past.texts)}, "medium", _translated(item)), past.texts


def phrase(item: Item, past: Past) -> Parts:
    """Find families of set phrases that no earlier message has."""
    if not item.is_comparable or len(past.texts) < ENOUGH:
        return
    if new := phrases_new(item, past.texts):
        words = f"{quoted(new)} for the first time in {len(past.texts) + 1} such messages"
        yield Part("phrase", words, {"of": len(past.texts)}, "medium", _translated(item)), past.texts


def length(item: Item, past: Past) -> Parts:
    """Find more or fewer words than in all earlier messages."""
    usual = usual_words(past.texts)
    if not item.words or not item.is_comparable or len(past.texts) < ENOUGH or usual is None:
        return
    fewest, most, middle = usual
    if not fewest <= item.words <= most:
        words = f"{item.words} words, {_last(past.texts)} {fewest} to {most}"
        yield Part("length", words, {"words": item.words, "median": middle}, "low", _round(item)), past.texts


def reply(item: Item, past: Past) -> Parts:
    """Find a reply that came sooner or later than all earlier ones, or a first one within a day."""
    days = reply_after(item, past.history)
    if days is None:
        return
    earlier = {each: after for each in past.baseline if (after := reply_after(each, past.history)) is not None}
    said = f"replied after {_days(days)}"
    if len(earlier) >= ENOUGH and not min(earlier.values()) <= days <= max(earlier.values()):
        words = f"{said}, the last {len(earlier)} times after {_days(int(median(earlier.values())))}"
        yield Part("reply", words, {"days": days, "median": median(earlier.values())}, "high"), list(earlier)
    elif not earlier and days <= _HASTE:
        before = [each.date for each in past.history.before(item)]
        if first := past.coverage.first(item.edition, item.date, before, A_YEAR, texts=False):
            yield Part("reply", f"{said}; the first reply of the kind {first[0]}", {"days": days}, "low"), ()


def naming(item: Item, past: Past) -> Parts:
    """Find a message that used to be reported by itself, and now is one of a list."""
    known = [each for each in past.baseline if each.has_body]
    if len(known) < ENOUGH or not item.has_body:
        return
    if item.grouped and not any(each.grouped for each in known):
        words = f"reported in a list; {_last(known)} by themselves"
        yield Part("naming", words, {"of": len(known)}, "low", (_LISTED, _NOT_IN_FULL)), known
    elif not item.full_text and all(each.full_text for each in known):
        words = f"reported without its text; {_last(known)} in full"
        yield Part("naming", words, {"of": len(known)}, "medium", (_NOT_IN_FULL,)), known


def placement(item: Item, past: Past) -> Parts:
    """Find a message on a later page than all earlier ones."""
    known = [each for each in past.baseline if each.place.page]
    pages = [each.place.page or 0 for each in known]
    if item.place.page and len(known) >= ENOUGH and item.place.page > max(pages):
        before = f"page {pages[0]}" if len({*pages}) == 1 else f"pages {min(pages)} to {max(pages)}"
        words = f"on page {item.place.page}; {_last(known)} on {before}"
        yield Part("placement", words, {"page": item.place.page, "latest": max(pages)}, "medium"), known


_COMPARISONS: tuple[Callable[[Item, Past], Parts], ...] = (
    salutation, contrast, omission, phrase, length, reply, naming, placement,
)  # fmt: skip


def _last(items: Sequence[Item]) -> str:
    """Return the items of a baseline in words: "the last 3 (2021–2023)"."""
    first, last = items[0].date.year, items[-1].date.year
    return f"the last {len(items)} ({first}–{last})" if first != last else f"the last {len(items)} ({first})"


def _days_before(item: Item, other: Item) -> str:
    number = (item.date - other.date).days
    return f"{counted(number, 'day')} before" if number else "on the same day"


def _days(number: int) -> str:
    return counted(number, "day") if number else "the same day"


def _translated(item: Item) -> tuple[str, ...]:
    return (*([_TRANSLATED] if not item.language.startswith("ko") else []), *_round(item))


def _round(item: Item) -> tuple[str, ...]:
    return (_ROUND_YEAR,) if item.round and item.round % _ROUND == 0 else ()
