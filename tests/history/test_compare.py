"""All findings together: none uses later texts, and the order of rows does not matter."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sunchi.history.baseline import MessageHistory
from sunchi.history.compare import compare, compare_new
from sunchi.history.coverage import Coverage
from sunchi.history.findings import Finding
from tests.detecting import house_lexicon
from tests.history.making import FRIENDSHIP, KINDRED, WISH, Written, headline, letter, quiet, read, reply

FIRST, LAST = date(2022, 1, 1), date(2024, 12, 31)


@cache
def _years() -> tuple[Written, ...]:
    """Greetings to China, Norway and Mali in three years: phrases come and go, one comes late, one not at all."""
    china = [letter(date(year, 10, 1), FRIENDSHIP, *[WISH] * 4) for year in (2021, 2022, 2023)]
    norway = [headline(date(year, 5, 17), "Greetings to King of Norway") for year in (2021, 2022, 2023)]
    mali = [headline(date(year, 9, 22), "Greetings to President of Mali") for year in (2022, 2023)]
    last = [
        letter(date(2024, 10, 1), KINDRED, *[WISH] * 6),
        headline(date(2024, 10, 6), "Greetings to President of Mali"),
    ]
    replies = [reply(date(year, 10, 10)) for year in (2021, 2022, 2023)]
    talks = [
        (date(2023, 6, 1), "Talks Held", ("Kim Jong Un met and had a talk with Xi Jinping in Beijing.",)),
        (date(2024, 6, 20), "Talks Held", ("Kim Jong Un met and had a talk with Xi Jinping in Pyongyang.",)),
    ]
    days = quiet(FIRST, LAST, 1)
    return (*china, *norway, *mali, *last, *replies, *talks, *days)


def _found(signals: pl.DataFrame, articles: pl.DataFrame) -> list[Finding]:
    history = MessageHistory.of(signals, articles, house_lexicon())
    return compare(signals, history, Coverage.of(articles), house_lexicon(), articles)


@cache
def _all() -> list[Finding]:
    return _found(*read(_years()))


def test_the_years_give_the_intended_findings() -> None:
    shown = {(each.day.year, each.partner, each.kind, each.withdrawn_on is not None) for each in _all()}

    assert {
        (2024, "CN", "omission", False),
        (2024, "NO", "silence", False),
        (2024, "ML", "silence", True),
        (2024, "CN", "contact", False),
        (2024, "CN", "silence", False),
    } <= shown


@settings(max_examples=15)
@given(st.integers(0, (LAST - FIRST).days))
def test_findings_up_to_a_day_do_not_depend_on_later_years(days: int) -> None:
    day = FIRST + timedelta(days=days)
    signals, articles = read(_years())

    prefix = _found(signals.filter(pl.col("date") <= day), articles.filter(pl.col("date") <= day))

    assert prefix == [each.as_of(day) for each in _all() if each.day <= day]


def test_new_articles_alone_give_the_findings_of_their_day() -> None:
    signals, articles = read(_years())
    days = {each.day for each in _all()}

    for day in sorted(days):
        signals_until, articles_until = (frame.filter(pl.col("date") <= day) for frame in (signals, articles))
        new = articles.filter(pl.col("date") == day)["article"].to_list()
        coverage = Coverage.of(articles_until)
        _, found = compare_new(signals_until, articles_until, coverage, house_lexicon(), new)
        of_articles = [
            each for each in _all() if each.day == day and each.kind not in ("silence", "words", "epithet", "outlets")
        ]
        assert found == [each.as_of(day) for each in of_articles]


def test_articles_without_another_state_are_compared_with_nothing() -> None:
    signals, articles = read(_years())
    plain = articles.filter(pl.col("title").str.starts_with("Field Work"))["article"].head(3)

    history, found = compare_new(signals, articles, Coverage.of(articles), house_lexicon(), plain.to_list())

    assert (history.items, found) == ((), [])


@settings(max_examples=5)
@given(st.integers(0, 10_000))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    signals, articles = read(_years())

    shuffled = (frame.sample(fraction=1.0, shuffle=True, seed=seed) for frame in (signals, articles))

    assert _found(*shuffled) == _all()
