"""Attention and tone over time, and their charts."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest

from sunchi.model import DETAIL, SIGNALS
from sunchi.reports import charts
from sunchi.reports.attention import courses, documents, highest
from sunchi.reports.periods import Span, by_month

WEEK = Span(date(2024, 10, 1), date(2024, 10, 7))


def row(kind: str, day: int, partner: str, value: float, article: str = "", **changes: object) -> dict[str, object]:
    detail = dict.fromkeys(field.name for field in DETAIL.fields) | {"order": 1, "share": 0.5}
    return {
        "article": article or f"a{day}{partner}", "source": "kcna", "lang": "en", "date": date(2024, 10, day),
        "kind": kind, "partner": partner, "code": "about", "value": value, "start": 0, "end": 1, "quote": "x",
        "detail": detail,
    } | changes  # fmt: skip


def frame(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SIGNALS, orient="row")


def test_words_and_the_mean_stance_are_given_step_by_step() -> None:
    signals = frame(
        row("attention", 1, "CN", 30), row("attention", 1, "CN", 10, "b"), row("stance", 1, "CN", 2.0),
        row("stance", 1, "CN", 1.0, "b"), row("attention", 3, "CN", 5), row("attention", 3, "US", 50),
    )  # fmt: skip

    [(lang, some)] = courses(signals, WEEK)

    assert lang == "en"
    assert [(each.partner, each.words) for each in some] == [("US", 50), ("CN", 45)]
    china = some[1]
    assert [(step.first.day, step.words, step.tone) for step in china.steps] == [(1, 40, 1.5), (3, 5, None)]
    assert china.tone == 1.5
    assert highest(some) == 50


@pytest.mark.parametrize(
    ("until", "unit", "first", "end"),
    [
        (date(2024, 10, 31), "day", date(2024, 10, 3), date(2024, 10, 4)),
        (date(2025, 9, 30), "week", date(2024, 10, 1), date(2024, 10, 7)),
        (date(2030, 9, 30), "month", date(2024, 10, 1), date(2024, 11, 1)),
    ],
)
def test_a_long_time_has_longer_steps_and_none_begins_before_the_report(
    until: date, unit: str, first: date, end: date
) -> None:
    span = Span(date(2024, 10, 1), until)

    [(_, [china])] = courses(frame(row("attention", 3, "CN", 5)), span)

    assert span.unit == unit
    assert [(step.first, step.end) for step in china.steps] == [(first, end)]


def test_a_headline_without_a_text_has_no_tone() -> None:
    signals = frame(row("attention", 1, "CN", 4, "a"), row("stance", 1, "CN", 0.0, "a"))

    [(_, [china])] = courses(signals, WEEK, {"a"})

    assert (china.words, china.tone) == (4, None)


def test_a_translation_is_not_a_separate_document() -> None:
    named = [row("attention", 1, partner, 9, "a") for partner in ("CN", "RU", "US")]
    translated = [each | {"article": "b", "language": "es"} for each in named]
    articles = {id: {"id": id, "date": date(2024, 10, 1), "title": id} for id in "ab"}

    found = documents(frame(*named, *translated), articles)

    assert [each["title"] for document in found for each in document["articles"]] == ["a"]


def test_the_leader_s_own_texts_come_first_and_his_messages_do_not_count() -> None:
    longest = [row("attention", 1, partner, 90, "longest") for partner in ("CN", "RU", "US")]
    speech, message = ([row("attention", 1, each, 9, id) for each in ("KR", "US")] for id in ("speech", "message"))
    voices = [row("authority", 1, "", 10.0, id, code="leader") for id in ("speech", "message")]
    sent = row("message", 1, "KR", 0, "message", code="letter")
    articles = {id: {"id": id, "date": date(2024, 10, 1), "title": id} for id in ("longest", "speech", "message")}

    found = documents(frame(*longest, *speech, *message, *voices, sent), articles)

    assert [document["articles"][0]["title"] for document in found] == ["speech", "longest"]


def test_charts_of_a_language_share_one_scale_and_say_what_they_show() -> None:
    signals = frame(
        row("attention", 1, "CN", 100), row("attention", 2, "US", 50), row("stance", 2, "US", -1.0),
        row("stance", 1, "CN", 1.0),
    )  # fmt: skip
    [(_, some)] = courses(signals, WEEK)
    china, states = (charts.course(each, each.partner, WEEK, highest(some)) for each in some)

    high = [max(map(float, re.findall(r"v-?([\d.]+)h-?[\d.]+Z", chart)), default=0) for chart in (china, states)]
    assert 'aria-label="CN: 100 words in 1 articles, by day; most in the day from 2024-10-01: 100; tone +1.0' in china
    assert "var(--hostile)" in states
    assert "var(--hostile)" not in china
    assert high[0] >= high[1]


@pytest.mark.parametrize(
    ("since", "until", "marked"),
    [
        (date(2024, 10, 1), date(2024, 10, 1), ["2024-10-01"]),
        (date(2024, 10, 1), date(2024, 10, 9), [f"2024-10-0{n}" for n in (1, 3, 5, 7, 9)]),
        (date(2024, 1, 1), date(2024, 12, 31), [f"2024-{n:02}-01" for n in (1, 4, 7, 10)]),
        (date(2024, 1, 15), date(2025, 2, 1), ["2024-02-01", "2024-05-01", "2024-08-01", "2024-11-01", "2025-02-01"]),
    ],
)
def test_the_time_axis_names_a_few_days_of_the_report(since: date, until: date, marked: list[str]) -> None:
    assert [str(day) for day in charts.marked_days(Span(since, until))] == marked


def test_days_that_the_archive_does_not_have_are_shaded_and_named() -> None:
    [(_, [china])] = courses(frame(row("attention", 1, "CN", 5)), WEEK)

    whole, broken = (charts.course(china, "China", WEEK, 5, breaks) for breaks in ((), [(WEEK.since, WEEK.until)]))

    assert f"; the archive has no article from {WEEK.since} to {WEEK.until}" in broken
    assert "has no article" not in whole
    assert broken.count("var(--line)") == whole.count("var(--line)") + 2


def test_a_name_in_a_chart_stays_text() -> None:
    [(_, [china])] = courses(frame(row("attention", 1, "CN", 5)), WEEK)

    drawn = charts.course(china, '"><script>alert(1)</script>', WEEK, 5)

    assert "<script" not in drawn


def test_rows_are_grouped_by_month_and_day() -> None:
    days = [date(2024, 10, 2), date(2024, 10, 2), date(2024, 9, 1), None]

    found = by_month(days, lambda day: day)

    assert [(month.name, month.number, len(month.days)) for month in found] == [
        ("October 2024", 2, 1), ("September 2024", 1, 1), ("no date", 1, 1),
    ]  # fmt: skip
