"""New pairs of adjacent words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from sunchi.history.articles import Articles
from sunchi.history.compare_words import chance_of_new, observed
from sunchi.history.coverage import Coverage
from sunchi.model import SIGNALS
from tests.detecting import house_lexicon
from tests.history.making import Written, frame, quiet

DAY = date(2024, 5, 1)


def words(written: Sequence[Written]) -> list[str]:
    texts = frame(written)
    articles = Articles(SIGNALS.to_frame(), Coverage.of(texts), house_lexicon())
    return [each.part.words for each in observed(articles, texts) if each.day == DAY]


def festival(number: int, day: date = DAY) -> list[Written]:
    """That many articles of a day on something with a name of its own."""
    dateline = f"Pyongyang, {day:%B} {day.day} (KCNA) -- "
    return [
        (day, f"County {n} Celebrates", (f"{dateline}People danced at the Azalea Festival.",)) for n in range(number)
    ]


BEFORE = quiet(DAY - timedelta(days=90), DAY, 8)


def test_a_pair_of_words_that_is_new_in_several_articles_of_a_day_is_found() -> None:
    pairs = "“azalea festival” in 5; “county celebrates” in 5; “people danced” in 5"

    assert words([*BEFORE, *festival(5)]) == [
        f"{pairs} articles of the day, side by side in none of the 90 days before"
    ]


@pytest.mark.parametrize(
    "written",
    [
        [*BEFORE, *festival(3)],
        [*BEFORE, *festival(1, DAY - timedelta(days=40)), *festival(5)],
        [*quiet(DAY - timedelta(days=30), DAY, 8), *festival(5)],
    ],
    ids=["too few articles", "seen before", "the archive is too young"],
)
def test_nothing_is_new_if(written: list[Written]) -> None:
    assert words(written) == []


def test_recurring_words_are_new_only_on_their_first_day() -> None:
    later = quiet(DAY - timedelta(days=90), DAY + timedelta(days=3), 8)

    assert len(words([*later, *festival(5), *festival(5, DAY + timedelta(days=1))])) == 1


def test_an_archive_without_texts_has_no_new_words() -> None:
    assert words([]) == []


def test_a_new_pair_is_less_probable_the_more_is_known() -> None:
    assert chance_of_new(4, 30, 10_000) < chance_of_new(4, 30, 100) < chance_of_new(2, 30, 100)
