"""Random changes in texts of our own are found."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date

from bench.injections import Corpus, Injected, deletions, edits, missing, omissions, orders
from sunchi.history.coverage import Coverage
from sunchi.history.items import items_of
from tests.detecting import house_lexicon
from tests.history.making import FRIENDSHIP, KINDRED, WISH, Written, frame, headline, letter, quiet, reply

STATES = {"미국": 30, "일본": 25, "중국": 20}


def corpus(written: Iterable[Written]) -> Corpus:
    return Corpus.of(frame(written).iter_rows(named=True), house_lexicon())


def letters() -> list[Written]:
    return [letter(date(year, 10, 1), FRIENDSHIP, KINDRED, *[WISH] * 4) for year in (2021, 2022, 2023, 2024)]


def not_found(some: Iterable[Injected]) -> list[str]:
    made = list(some)
    assert made
    return [each.what for each in made if not each.is_found]


def test_edits_and_deletions_are_found() -> None:
    written = corpus([*letters(), *(reply(date(year, 10, 10)) for year in (2021, 2022, 2023, 2024))])

    assert not_found(edits(written, 8, random.Random(1))) == []
    assert not_found(deletions(written, 8, random.Random(1))) == []


def test_a_family_of_phrases_removed_from_a_message_is_found_missing() -> None:
    assert not_found(omissions(corpus(letters()[-1:]), 3, random.Random(1))) == []


def test_greetings_that_do_not_come_and_those_that_come_late_are_found() -> None:
    days = {"Norway": (5, 17), "Mali": (9, 22), "Mexico": (9, 16), "Poland": (5, 3)}
    greetings = [
        headline(date(year, *day), f"Greetings to President of {land}")
        for year in (2021, 2022, 2023)
        for land, day in days.items()
    ]
    articles = frame([*greetings, *quiet(date(2021, 1, 1), date(2024, 3, 1), 1)])
    known = corpus(greetings)
    items, coverage = items_of(known.signals, known.articles, known.lexicon), Coverage.of(articles)

    assert not_found(missing(items, coverage, known.lexicon, 4, random.Random(1))) == []
    assert not_found(missing(items, coverage, known.lexicon, 4, random.Random(1), is_late=True)) == []


def test_a_state_newly_named_first_is_found() -> None:
    sentences = [f"{state} 정세가 복잡하다고 말하였다." for state, number in STATES.items() for _ in range(number)]
    addresses = [
        (date(year, 1, 1), "신년사", ("우리 인민은 새해를 맞이하였다.", *sentences)) for year in range(2020, 2025)
    ]

    rows = list(frame(addresses, "ko").iter_rows(named=True))
    assert not_found(orders(rows, house_lexicon(), 4, random.Random(1))) == []
