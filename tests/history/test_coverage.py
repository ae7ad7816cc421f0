"""Which days the archive has, and when nothing can be said to be missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sunchi.history.coverage import Coverage, Gap
from tests.history.making import frame, headline, quiet

FIRST, LAST = date(2024, 1, 1), date(2024, 4, 30)
DAY = timedelta(days=1)


def days(first: date, last: date, number: int = 9) -> dict[date, int]:
    return {first + DAY * n: number for n in range((last - first).days + 1)}


def test_a_usual_time_has_no_trouble() -> None:
    coverage = Coverage({"kcna/en": days(FIRST, LAST)})

    assert coverage.trouble("kcna/en", date(2024, 4, 1), date(2024, 4, 12)) == ""


def test_a_break_is_ten_days_or_more_without_an_article_of_any_of_the_editions() -> None:
    coverage = Coverage({"kcna/en": days(FIRST, FIRST + DAY * 9), "kcna/ko": days(FIRST + DAY * 30, FIRST + DAY * 40)})

    assert coverage.breaks(["kcna/en"], FIRST, FIRST + DAY * 20) == [(FIRST + DAY * 10, FIRST + DAY * 20)]
    assert coverage.breaks(["kcna/en"], FIRST, FIRST + DAY * 19) == [(FIRST + DAY * 10, FIRST + DAY * 19)]
    assert coverage.breaks(["kcna/en"], FIRST, FIRST + DAY * 18) == []
    assert coverage.breaks(coverage.editions, FIRST, FIRST + DAY * 49) == [(FIRST + DAY * 10, FIRST + DAY * 29)]


def test_missing_days_an_early_time_and_a_thin_one_are_reported() -> None:
    thin = days(FIRST, LAST) | days(date(2024, 4, 1), date(2024, 4, 12), 4)
    missing = {day: n for day, n in days(FIRST, LAST).items() if not date(2024, 4, 1) <= day <= date(2024, 4, 6)}

    span = (date(2024, 4, 1), date(2024, 4, 12))
    assert Coverage({"kcna/en": missing}).trouble("kcna/en", *span) == "the archive has not all days of that time"
    assert Coverage({"kcna/en": thin}).trouble("kcna/en", *span) == (
        "the source was thin: 4 articles a day, where 9 are usual"
    )
    early = Coverage({"kcna/en": days(FIRST, LAST)}).trouble("kcna/en", FIRST + DAY * 5, FIRST + DAY * 15)
    assert early == "the archive has too few days before that time"


def test_an_incident_of_the_source_is_the_reason_and_one_of_another_is_not() -> None:
    gaps = [Gap("kcna", date(2024, 4, 3), date(2024, 4, 5), "no answer"), Gap("hani", FIRST, LAST, "blocked")]
    coverage = Coverage({"kcna/en": days(FIRST, LAST)}, gaps)

    assert coverage.trouble("kcna/en", date(2024, 4, 1), date(2024, 4, 12)) == "no answer"
    assert coverage.trouble("kcna/en", date(2024, 3, 1), date(2024, 3, 12)) == ""


def test_the_archive_goes_back_to_the_last_gap() -> None:
    known = days(date(2023, 1, 1), date(2023, 6, 1)) | days(FIRST, LAST)

    assert Coverage({"kcna/en": known}).since("kcna/en", LAST) == FIRST


def test_days_with_only_headlines_do_not_count_as_texts() -> None:
    written = [*(headline(FIRST + DAY * n, "Headline") for n in range(9)), *quiet(FIRST + DAY * 9, FIRST + DAY * 19)]
    coverage = Coverage.of(frame(written))
    last = FIRST + DAY * 19

    assert coverage.since("kcna/en", last) == FIRST
    assert coverage.since("kcna/en", last, texts=True) == FIRST + DAY * 9


def test_the_coverage_of_a_day_excludes_later_days() -> None:
    coverage = Coverage({"kcna/en": days(FIRST, LAST)}).until(date(2024, 2, 1))

    assert coverage.last_day("kcna/en") == date(2024, 2, 1)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "since 2024-01-01, where the archive begins"),
        (days(date(2011, 2, 1), date(2011, 12, 31)), "since 2024-01-01; 2012 to 2023 not known"),
        (days(date(2023, 1, 1), date(2023, 12, 31), 4), "since 2024-01-01; 2023 only in part"),
        (days(date(2023, 1, 1), date(2023, 12, 31), 5), "since 2023-01-01, where the archive begins"),
        (
            dict.fromkeys((date(2023, 1, 4), date(2023, 12, 3)), 9),
            "since 2024-01-01; January to December 2023 not known",
        ),
    ],
    ids=["nothing before", "a hole", "a thin year", "a weaker year", "some days"],
)
def test_since_when_an_edition_is_known_is_said_with_the_times_that_are_not(known: dict[date, int], words: str) -> None:
    coverage = Coverage({"kcna/en": {**known, **days(FIRST, LAST)}})

    assert coverage.since_in_words("kcna/en", LAST) == words


@pytest.mark.parametrize(
    ("earlier", "last", "words"),
    [
        ([], LAST, None),
        ([], LAST + DAY * 90, "since 2024-01-01, where the archive begins"),
        (
            [date(2011, 5, 1)],
            LAST + DAY * 90,
            "since 2024-01-01, where the archive begins; the last known on 2011-05-01",
        ),
        ([date(2024, 3, 1)], LAST, "after 60 days; last on 2024-03-01"),
        ([date(2024, 3, 2)], LAST, None),
        ([date(2023, 8, 1), date(2024, 1, 3)], LAST + DAY * 90, None),
    ],
    ids=["too little known", "never", "before a hole", "after a pause", "a short pause", "near last year's day"],
)
def test_what_is_the_first_is_known_by_days_without_a_hole(earlier: list[date], last: date, words: str | None) -> None:
    coverage = Coverage({"kcna/en": days(FIRST, last)})

    found = coverage.first("kcna/en", last, earlier, DAY * 60)

    assert (found and found[0]) == words
