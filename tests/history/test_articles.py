"""What the articles of a day say of a state, compared with those of the days before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from sunchi.history import compare_articles, compare_bursts
from sunchi.history.articles import Articles
from sunchi.history.compare_bursts import exceedance
from sunchi.history.coverage import Coverage
from sunchi.history.findings import Finding, merged
from sunchi.model import SIGNALS
from tests.detecting import house_lexicon

DAY = date(2024, 8, 17)
FIRST = DAY - timedelta(days=400)
SINCE = f"since {FIRST}, where the archive begins"


def row(kind: str, day: date, number: int = 0, **values: Any) -> dict[str, Any]:
    plain = dict.fromkeys(SIGNALS) | {"source": "kcna", "lang": "en", "partner": "", "quote": "", "value": 1.0}
    detail = values.pop("detail", {})
    return plain | {"article": f"{day}-{number}", "date": day, "kind": kind, "code": "about", "detail": detail} | values


def about(day: date, partner: str = "US", number: int = 0, *, stance: float = 0, **voice: Any) -> list[dict[str, Any]]:
    """The signals of one article about a state."""
    said = {"code": "report", "value": 1.0} | voice
    return [
        row("attention", day, number, partner=partner, detail={"share": 0.9}),
        row("stance", day, number, partner=partner, value=stance),
        row("authority", day, number, quote=f"Headline {number}", **said),
    ]


def found(rows: Iterable[dict[str, Any]], last: date = DAY) -> list[Finding]:
    days = {FIRST + timedelta(days=n): 9 for n in range((last - FIRST).days + 1)}
    frame = pl.DataFrame(list(rows), schema=SIGNALS, orient="row")
    articles = Articles(frame, Coverage({"kcna/en": days}), house_lexicon())
    return merged([*compare_articles.observed(articles), *compare_bursts.observed(articles)])


def words(rows: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(each.kind, each.first_line) for each in found(rows) if each.day == DAY]


STATEMENT: dict[str, Any] = {"code": "foreign_ministry_statement", "value": 7.0, "stance": -1.0}


def test_a_ministry_that_speaks_again_after_a_pause_is_found_with_the_days() -> None:
    earlier = about(DAY - timedelta(days=169), **STATEMENT)

    ((kind, line),) = words([*earlier, *about(DAY, **STATEMENT)])
    assert kind == "level"
    assert line.startswith(
        "Pyongyang on the United States: foreign ministry statement (level 7 of 10), the first after 169 days"
    )


@pytest.mark.parametrize(
    "rows",
    [
        [*about(DAY - timedelta(days=44), **STATEMENT), *about(DAY, **STATEMENT)],
        about(DAY, code="commentary", value=6.0, stance=-1.0),
        about(DAY, code="government", value=8.0, stance=1.0),
    ],
    ids=["spoke lately", "commentary", "joint statement of friends"],
)
def test_a_voice_is_not_news_if(rows: list[dict[str, Any]]) -> None:
    assert words(rows) == []


def test_nothing_is_the_first_in_an_archive_of_a_few_months_and_what_came_before_still_counts() -> None:
    statement = about(DAY, **STATEMENT)
    months = {DAY - timedelta(days=n): 9 for n in range(170)}
    frames = (pl.DataFrame(rows, schema=SIGNALS, orient="row") for rows in (
        statement, [*about(DAY - timedelta(days=100), **STATEMENT), *statement],
    ))  # fmt: skip

    alone, again = (
        list(compare_articles.observed(Articles(frame, Coverage({"kcna/en": months}), house_lexicon())))
        for frame in frames
    )

    assert alone == []
    assert [each.part.kind for each in again] == ["level"]


def daily(number: int, days: int = 180, partner: str = "CN") -> list[dict[str, Any]]:
    """That many articles on a state on each of the days before."""
    return [
        each
        for day in range(1, days + 1)
        for n in range(number)
        for each in about(DAY - timedelta(days=day), partner, n)
    ]


def day_of(number: int, day: date = DAY) -> list[dict[str, Any]]:
    return [each for n in range(number) for each in about(day, "CN", n)]


def test_many_more_articles_than_usual_are_a_burst_with_both_numbers() -> None:
    ((kind, line),) = words([*daily(1), *day_of(11)])

    assert kind == "burst"
    assert line == "China in kcna/en: 11 articles, where 1.0 a day were usual in 180 days"


@pytest.mark.parametrize(
    "rows",
    [
        [*daily(1), *day_of(4)],
        [*daily(8), *day_of(11)],
        [*daily(1), *day_of(11, DAY - timedelta(days=3)), *day_of(11)],
        [*daily(1), *day_of(10, date(2023, 8, 16)), *day_of(11)],
    ],
    ids=["few", "usual", "an event that goes on", "the same day of last year"],
)
def test_there_is_no_burst_in(rows: list[dict[str, Any]]) -> None:
    assert [kind for kind, _ in words(rows) if kind == "burst"] == []


def test_a_number_is_less_probable_if_numbers_hardly_vary() -> None:
    steady, varying = [1] * 180, [0, 0, 0, 0, 5] * 36

    assert exceedance(6, steady) < exceedance(6, varying) < 0.05


def met(day: date, who: str, code: str = "talks", partner: str = "CN") -> dict[str, Any]:
    return row("contact", day, partner=partner, code=code, quote=f"{who} met.", detail={"rank": 1, "who": who})


def test_a_meeting_with_the_leader_after_a_pause_is_found_and_one_with_others_is_not() -> None:
    pause = DAY - timedelta(days=100)

    assert words([met(pause, "Kim Jong Un"), met(DAY, "Kim Jong Un")]) == [
        ("contact", f"China, Kim Jong Un: talks, the first contact at leaders' level after 100 days; last on {pause}")
    ]
    assert words([met(DAY, "Choe Ryong Hae and a delegation of China")]) == []
    assert words([met(DAY - timedelta(days=59), "Kim Jong Un"), met(DAY, "Kim Jong Un")]) == []


def test_a_visit_of_the_other_state_s_leader_counts_and_that_of_his_minister_does_not() -> None:
    guest = met(DAY - timedelta(days=30), "Xi Jinping", "visit")

    assert words([met(DAY, "Xi Jinping", "visit")]) == [
        ("contact", f"China, Xi Jinping: visit, the first contact at leaders' level {SINCE}")
    ]
    assert words([guest, met(DAY, "Kim Jong Un")]) == []
    assert words([met(DAY, "Wang Yi", "visit")]) == []
    assert words([met(DAY - timedelta(days=1), "Xi Jinping", "visit"), met(DAY, "Kim Jong Un", "summit")]) == [
        ("contact", f"China, Kim Jong Un: summit, the first contact at leaders' level {SINCE}")
    ]


def test_a_visit_has_its_own_pause_and_a_recalled_one_ends_none() -> None:
    visit, recalled = (met(DAY - timedelta(days=days), "Kim Jong Un", "visit") for days in (90, 40))
    guest = met(DAY - timedelta(days=20), "Kim Jong Un")
    recalled["quote"] = "Friends abroad hailed Kim Jong Un's successful visit to China."

    assert words([visit, recalled, guest, met(DAY, "Kim Jong Un", "visit")]) == [
        ("contact", f"China, Kim Jong Un: visit, the first visit after 90 days; last on {DAY - timedelta(days=90)}")
    ]


def phrase(day: date, code: str, number: int = 0, **detail: Any) -> list[dict[str, Any]]:
    said = {"voice": "own", "negated": False, "historical": False} | detail
    return [*about(day, "RU", number, stance=1.0), row("formula", day, number, partner="RU", code=code, detail=said)]


def test_a_family_of_phrases_is_first_or_returns_only_among_many_articles() -> None:
    on_russia = [each for day in range(5, 380, 10) for each in about(DAY - timedelta(days=day), "RU", 7)]
    first, again = phrase(DAY, "tr_friendship"), phrase(DAY - timedelta(days=350), "tr_friendship")

    lines = [line for _, line in words([*on_russia, *first])]
    returned = [kind for kind, _ in words([*on_russia, *again, *first])]

    assert f"“friendship”, “traditional” for the first time {SINCE}" in lines[0]
    assert "38 articles on Russia in between" in lines[0]
    assert returned == ["return"]
    assert words(first) == []


@pytest.mark.parametrize("detail", [{"negated": True}, {"historical": True}, {"voice": "third"}])
def test_a_denied_recalled_or_quoted_phrase_does_not_count_as_said(detail: dict[str, Any]) -> None:
    on_russia = [each for day in range(5, 380, 10) for each in about(DAY - timedelta(days=day), "RU", 7)]

    assert words([*on_russia, *phrase(DAY, "tr_friendship", **detail)]) == []


def test_each_kind_of_voice_has_its_own_pause_and_names_the_speaker() -> None:
    leader = about(DAY - timedelta(days=2), number=1, code="leader", value=10.0, stance=-1.0)
    statement = about(DAY, stance=-1.0, code="press_statement", value=5.5, detail={"by": "Kim Yo Jong"})

    ((_, line),) = words([*leader, *statement])

    assert line.startswith(
        f"Pyongyang on the United States: Kim Yo Jong (press statement, level 5.5 of 10), the first {SINCE}"
    )
