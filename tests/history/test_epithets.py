"""New epithets of a leader."""

from __future__ import annotations

from datetime import date, timedelta

from sunchi.history.compare_epithets import observed
from tests.detecting import house_lexicon
from tests.history.making import Written, coverage, frame

DAY = date(2024, 10, 1)


def named(day: date, sentence: str = "Workers heard of Comrade Kim Jong Un.") -> Written:
    return day, "In the Mines", (sentence,)


def days_before(number: int) -> list[Written]:
    return [named(DAY - timedelta(days=days)) for days in range(1, number + 1)]


def found(*written: Written, lang: str = "en") -> list[tuple[date, str]]:
    texts = frame(written, lang)
    return [(each.day, each.part.words) for each in observed(texts, coverage(written), house_lexicon())]


def dear(day: date) -> Written:
    return named(day, "The dear respected Comrade Kim Jong Un saw the mine.")


def test_an_epithet_is_found_with_its_second_article_within_a_week() -> None:
    ((day, words),) = found(*days_before(90), dear(DAY), named(DAY), *[dear(DAY + timedelta(days=n)) for n in (1, 2)])

    assert day == DAY + timedelta(days=1)
    assert words == "called “dear respected”, as in none of 90 articles of 90 days before that name Kim Jong Un"


def test_an_epithet_may_follow_the_name() -> None:
    now = [named(DAY, "In the van stands Kim Jong Un, great successor to the cause.") for _ in range(2)]

    ((_, words),) = found(*days_before(90), *now)
    assert words.startswith("called “great successor”, as in none of 90 articles")


def test_nothing_is_new_in_a_short_archive_for_a_rarely_named_leader_or_in_one_article() -> None:
    now = [dear(DAY), dear(DAY)]
    fields: list[Written] = [(day, "In the Fields", ("It rains.",)) for day, *_ in days_before(90)]

    assert found(*days_before(40), *now) == []
    assert found(*fields, *days_before(49), *now) == []
    assert found(*days_before(90), now[0], dear(DAY + timedelta(days=8))) == []
