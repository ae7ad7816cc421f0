"""Builds years of everyday articles of our own, with their items, series and findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache

import polars as pl

from sunchi import signals
from sunchi.history.baseline import MessageHistory
from sunchi.history.coverage import Coverage, Gap
from sunchi.history.items import Item, Place, items_of
from sunchi.model import ARTICLES, Salutation
from tests.detecting import house_lexicon

Written = tuple[date, str, tuple[str, ...]]
"""An article: its day, headline and paragraphs."""

WISH = "I wish you good health and the people of your country prosperity, and hope that all goes well in the new year."
FRIENDSHIP = "The traditional friendship between the two countries grows stronger with each passing year."
KINDRED = "Our two peoples are good neighbours, linked by mountains and rivers, and they will ever be so."


def letter(day: date, *words: str, to: str = "Xi Jinping", land: str = "China", title: str = "") -> Written:
    """A greeting of Kim Jong Un on a national day, given in full."""
    lead = (
        f"Pyongyang, {day:%B} {day.day} (KCNA) -- Kim Jong Un sent a message of greeting to {to}, president of {land}, "
        f"on the {day.year - 1949}th anniversary of the founding of the People's Republic of {land}."
    )
    return day, title or f"Kim Jong Un Greets {to}", (lead, "The message reads:", *words)


def reply(day: date) -> Written:
    """A reply of Xi Jinping to such a greeting."""
    lead = (
        f"Pyongyang, {day:%B} {day.day} (KCNA) -- Kim Jong Un received a reply message from Xi Jinping, president of "
        f"China, to his greeting on the {day.year - 1949}th anniversary of the founding of the PRC."
    )
    return day, "Kim Jong Un Receives Reply", (lead, "The message reads:", WISH)


def headline(day: date, title: str) -> Written:
    """An article of which only the headline is known."""
    return day, title, ()


def quiet(first: date, last: date, number: int = 3) -> list[Written]:
    """That many articles on each day of a span, none of which mentions another state."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [(day, f"Field Work {n}", ("Farmers sow rice in the county.",)) for day in days for n in range(number)]


def frame(written: Iterable[Written], lang: str = "en") -> pl.DataFrame:
    rows = [
        (f"{day}-{n}", "kcna", lang, f"http://paper.example/{day}/{n}", day, title, list(paragraphs))
        for n, (day, title, paragraphs) in enumerate(written)
    ]
    return pl.DataFrame(rows, schema=ARTICLES, orient="row")


@cache
def _detected(written: tuple[Written, ...]) -> tuple[pl.DataFrame, pl.DataFrame]:
    articles = frame(written)
    return signals.detect(articles, house_lexicon()), articles


def read(written: Sequence[Written]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the signals and articles of texts."""
    return _detected(tuple(written))


def items(written: Sequence[Written]) -> list[Item]:
    return items_of(*read(written), house_lexicon())


def history(written: Sequence[Written]) -> MessageHistory:
    return MessageHistory(items(written))


def coverage(written: Sequence[Written], gaps: Iterable[Gap] = ()) -> Coverage:
    return Coverage.of(frame(written), gaps)


def item(day: date, **said: object) -> Item:
    """A greeting from Kim Jong Un to Xi Jinping on China's day, in full, except for the given fields."""
    usual: dict[str, object] = {
        "edition": "kcna/en", "language": "en", "date": day, "partner": "CN", "direction": "out", "kind": "greeting",
        "message_class": "greet", "sender": "Kim Jong Un", "recipient": "Xi Jinping", "from_id": "kp_kim_jong_un",
        "to_id": "cn_xi_jinping", "level": "leader", "occasion": "founding of the PRC", "occasion_id": "cn_day",
        "round": day.year - 1949, "words": 200, "full_text": True, "salutation": Salutation.TITLE, "named": True,
        "grouped": False, "families": frozenset({"friendship"}), "place": Place(), "damage": "", "article": f"a{day}",
        "title": "Hail", "url": f"http://paper.example/{day}", "has_body": True,
    }  # fmt: skip
    return Item(**(usual | said))  # type: ignore[arg-type]
