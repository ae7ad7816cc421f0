"""The timeline of set phrases: first and last use by partner and voice, new ones, and those no longer used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sunchi.history.past import Past
from sunchi.reports.periods import Span
from sunchi.reports.phrases import FamilyTimeline, by_partner, families
from tests.detecting import house_lexicon
from tests.history.making import FRIENDSHIP, KINDRED, WISH, Written, coverage, letter, quiet, read

DAY = date(2024, 10, 1)
YEAR = Span(date(2024, 1, 1), date(2024, 12, 31))


def of(written: Sequence[Written], span: Span = YEAR) -> dict[str, FamilyTimeline]:
    signals, articles = read(written)
    past = Past(signals, articles, coverage(written))
    return {each.name: each for each in families(past, house_lexicon(), span) if each.voice == "own"}


def every_year(*words: str) -> list[Written]:
    return [letter(DAY.replace(year=year), WISH, *words) for year in (2021, 2022, 2023)]


def test_a_family_has_its_first_use_in_the_archive_and_its_last() -> None:
    found = of([*every_year(FRIENDSHIP), letter(DAY, FRIENDSHIP), letter(date(2025, 10, 1), FRIENDSHIP)])

    traditional = found["traditional"]
    assert (traditional.first, traditional.last, traditional.number) == (date(2021, 10, 1), DAY, 1)
    assert not traditional.is_new


def test_it_is_new_if_the_archive_had_texts_for_long_without_it() -> None:
    before = quiet(DAY - timedelta(days=90), DAY, 1)

    assert of([*before, letter(DAY, KINDRED)])["neighbour"].is_new
    assert not of([*before[60:], letter(DAY, KINDRED)])["neighbour"].is_new, "the archive begins too late to say so"


def test_a_usual_phrase_no_longer_used_is_listed_with_its_last_day() -> None:
    signals, articles = read(written := [*every_year(KINDRED), letter(DAY, FRIENDSHIP)])
    found = families(Past(signals, articles, coverage(written)), house_lexicon(), YEAR)

    [china] = by_partner(found)
    assert china.partner == "CN"
    assert "traditional" in [each.name for each in china.used]
    assert ("neighbour", date(2023, 10, 1)) in [(each.name, each.last) for each in china.dropped]


def test_what_others_say_and_what_is_said_of_no_state_is_no_phrase_of_pyongyang_on_a_partner() -> None:
    signals, articles = read(written := every_year(KINDRED))
    found = families(Past(signals, articles, coverage(written)), house_lexicon(), Span(date(2021, 1, 1), DAY))

    assert by_partner(found)
    assert by_partner([replace(each, voice="partner") for each in found]) == []
    assert by_partner([replace(each, partner="") for each in found]) == []
