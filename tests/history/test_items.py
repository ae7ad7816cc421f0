"""Items: each message once, as its edition first reported it, without anything that no text says."""

from __future__ import annotations

from datetime import date

import polars as pl

from sunchi.history.items import items_of
from sunchi.history.past import without_told_headlines
from tests.detecting import house_lexicon
from tests.history.making import FRIENDSHIP, WISH, frame, headline, items, letter, read

DAY = date(2024, 10, 1)


def test_a_message_in_full_has_its_words_phrases_and_salutation() -> None:
    (item,) = items([letter(DAY, "Respected President,", FRIENDSHIP, WISH)])

    assert (item.sender, item.recipient, item.partner, item.direction) == ("Kim Jong Un", "Xi Jinping", "CN", "out")
    assert item.words is not None
    assert item.words > 30
    assert item.families is not None
    assert {"friendship", "traditional"} & item.families
    assert item.is_comparable


def test_a_headline_whose_text_of_that_day_is_there_is_left_out() -> None:
    letters = [letter(DAY, WISH, title="Talks Held"), letter(DAY, FRIENDSHIP, title="Talks Held")]
    others = [headline(DAY.replace(day=2), "Talks Held"), headline(DAY, "Talks Go On")]
    both = frame([headline(DAY, "“Talks” held"), *letters, *others])

    assert without_told_headlines(both).equals(both[1:])


def test_words_and_phrases_of_a_bare_headline_are_unknown_not_zero() -> None:
    (item,) = items([headline(DAY, "Greetings to Chinese President")])

    assert (item.words, item.families, item.salutation, item.has_body) == (None, None, None, False)
    assert item.sender == ""
    assert not item.is_comparable


def test_an_incomplete_or_garbled_text_is_damaged_and_not_compared() -> None:
    damaged = [
        letter(date(2023, 10, 1), f"{WISH} \ufffd."),
        letter(DAY, FRIENDSHIP, f"{WISH[:-1]} in the years in which our two peoples"),
    ]
    lost, broken = items(damaged)

    assert (broken.damage, lost.damage) == ("the text breaks off", "characters of the text are lost")
    assert not broken.is_comparable


def test_a_letter_that_ends_with_its_writer_place_and_day_is_whole() -> None:
    (signed,) = items([letter(DAY, FRIENDSHIP, WISH, "Xi Jinping", "October 1, 2024, Beijing")])
    (marked,) = items([letter(DAY, FRIENDSHIP, f"{WISH} -0-")])

    assert (signed.damage, marked.damage) == ("", "")


def test_a_reprint_in_the_following_days_is_not_a_second_item() -> None:
    assert [item.date for item in items([letter(DAY, WISH), letter(date(2024, 10, 2), WISH)])] == [DAY]


def test_the_same_greeting_of_another_year_is_another_item() -> None:
    assert len(items([letter(DAY, WISH), letter(date(2023, 10, 1), WISH)])) == 2


def test_the_order_of_the_rows_changes_nothing() -> None:
    written = [letter(date(year, 10, 1), FRIENDSHIP, WISH) for year in (2021, 2022, 2023)]
    signals, articles = read(written)

    turned = items_of(signals.sample(fraction=1.0, shuffle=True, seed=3), articles.reverse(), house_lexicon())

    assert turned == items(written)
    assert isinstance(signals, pl.DataFrame)
