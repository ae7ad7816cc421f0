"""Appointments: who came into which post, or out of it, and what only sounds like that."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sunchi import signals
from sunchi.alerts.rules import alerts, load_rules
from sunchi.model import ARTICLES
from tests.detecting import FOLDER, articles, house_lexicon, of_kind

FILE = Path(__file__).parent.parent / "sentences" / "appointments.jsonl"
SENTENCES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "sentences" / "appointments.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def appointments(*texts: tuple[str, ...] | str, **how: Any) -> set[tuple[str, str, str, str]]:
    """code, person, post, partner."""
    rows = of_kind("appointment", *texts, **how)
    return {(row["code"], row["detail"]["person"], row["detail"]["post"], row["partner"]) for row in rows}


def expected(case: dict[str, Any]) -> set[tuple[str, str, str, str]]:
    return {(found["code"], found["person"], found["post"], found["partner"]) for found in case["appointments"]}


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["sentence"][:60])
def test_each_sentence_tells_of_the_appointments_beside_it_and_of_no_other(case: dict[str, Any]) -> None:
    assert appointments((case["title"], case["sentence"]), lang=case["lang"]) == expected(case)


def test_nearly_half_of_the_sentences_only_look_like_it() -> None:
    assert len(SENTENCES) == 139
    assert sum(not case["appointments"] for case in SENTENCES) == 60


@pytest.mark.parametrize(
    ("post", "abroad"),
    [
        ("DPRK ambassador to Laos", True),
        ("director of the International Department of the WPK", True),
        ("minister of Foreign Affairs of the DPRK", True),
        ("minister of Fisheries of the DPRK", False),
    ],
)
def test_posts_that_deal_with_other_states_are_marked(post: str, abroad: bool) -> None:
    (row,) = of_kind("appointment", f"Ri Example was appointed {post}.")
    assert row["detail"]["abroad"] is abroad


def test_one_told_twice_counts_once_and_its_evidence_is_the_sentence() -> None:
    sentence = "Ri Example was appointed minister of Fisheries of the DPRK."
    (row,) = of_kind("appointment", ("Session of the SPA", sentence, sentence))
    assert row["quote"] == sentence


def test_a_leaders_election_counts_where_headline_and_first_sentence_tell_it() -> None:
    text = ("Kim Jong Un Elected General Secretary of WPK", "Kim Jong Un was elected general secretary of the WPK.")
    assert appointments(text) == {("elected", "Kim Jong Un", "general secretary of the WPK", "")}


def test_alerts_tell_appointments_to_posts_that_deal_with_other_states() -> None:
    frame = articles(
        "Ri Example was appointed DPRK ambassador to Laos.",
        "Pak Example was relieved of his post as minister of Foreign Affairs of the DPRK.",
        "Han Example was appointed minister of Fisheries of the DPRK.",
    )
    found = signals.detect(frame, house_lexicon()).filter(pl.col("kind") == "appointment")
    told = {(alert.rule, alert.title) for alert in alerts(found, frame, load_rules(FOLDER / "rules.toml"), [])}
    assert told == {
        ("post-abroad", "Ri Example appointed DPRK ambassador to Laos"),
        ("post-abroad", "Pak Example relieved as minister of Foreign Affairs of the DPRK"),
    }


def test_the_demos_week_tells_of_the_international_departments_new_director() -> None:
    week = (FOLDER.parent / "demo" / "week").glob("*.toml")
    texts = [
        (path.stem[-2:], item["title"], item["text"].strip().split("\n"))
        for path in week
        for items in tomllib.loads(path.read_text(encoding="utf-8")).values()
        for item in items
        if "text" in item
    ]
    rows = [
        (f"a{n}", "kcna", lang, "", date(2021, 1, 11), title, lines) for n, (lang, title, lines) in enumerate(texts)
    ]
    found = signals.detect(pl.DataFrame(rows, schema=ARTICLES, orient="row"), house_lexicon())
    told = {
        (row["lang"], row["detail"]["person"], row["detail"]["post"])
        for row in found.filter(pl.col("kind") == "appointment").iter_rows(named=True)
    }
    assert {
        ("en", "Kim Song Nam", "director of the International Department of the Central Committee of the WPK"),
        ("en", "Kim Song-nam", "International Department"),
        ("ko", "김성남", "당중앙위원회 국제부장"),
        ("ko", "김성남", "당 국제부장"),
    } <= told


def test_the_plenary_meeting_of_june_2022_is_read_person_by_person(shared: Path) -> None:
    rows = pl.read_ndjson(shared / "data" / "rodong_en.jsonl").with_columns(
        article=pl.col("url"), date=pl.col("date").str.to_date()
    )
    found = signals.detect(rows.select(ARTICLES.names()), house_lexicon()).filter(pl.col("kind") == "appointment")
    told = {
        (str(row["date"]), row["code"], row["detail"]["person"], row["detail"]["post"])
        for row in found.iter_rows(named=True)
    }
    assert {
        ("2022-06-11", "appointed", "Choe Son Hui", "minister of Foreign Affairs"),
        ("2022-06-11", "appointed", "Ri Son Gwon", "department director of the Party Central Committee"),
        ("2022-06-11", "appointed", "Ri Chang Dae", "minister of State Security"),
        ("2021-09-30", "relieved", "Choe Son Hui", "member of the SAC"),
        ("2021-09-30", "elected", "Kim Song Nam", "chairman of the Foreign Affairs Committee of the SPA"),
    } <= told
    assert len([one for one in told if one[0] == "2022-06-11"]) == 53


def test_a_post_in_capitals_and_in_small_letters_is_one() -> None:
    text = "Ri Example was appointed {} of Commerce of the DPRK."
    assert len(appointments(f"{text.format('Minister')} {text.format('minister')}")) == 1


def test_whoever_is_sent_to_a_state_has_a_post_that_deals_with_others() -> None:
    (row,) = of_kind("appointment", "Ri Example was appointed DPRK permanent representative to Switzerland.")
    assert (row["partner"], row["detail"]["abroad"]) == ("CH", True)


@pytest.mark.parametrize(
    ("day", "sentence", "persons"),
    [
        (date(2026, 1, 5), "2025년 12월 30일 박예시가 국무위원회 위원장으로 추대되였다.", ["박예시"]),
        (date(2026, 3, 2), "2025년 12월 30일 박예시가 국무위원회 위원장으로 추대되였다.", []),
        (date(2026, 3, 2), "2014년에 돌아온 박예시가 2026년 3월 1일 국무위원회 위원장으로 추대되였다.", ["박예시"]),
        (None, "2014년 12월 30일 박예시가 국무위원회 위원장으로 추대되였다.", ["박예시"]),
    ],
    ids=["January tells of December", "a year that is over", "of two years the later counts", "an undated paper"],
)
def test_an_appointment_of_an_older_year_is_recalled(day: date | None, sentence: str, persons: list[str]) -> None:
    rows = of_kind("appointment", sentence, lang="ko", day=day)
    assert [row["detail"]["person"] for row in rows] == persons


def test_an_appointment_told_of_by_the_way_is_news_in_the_lead_alone() -> None:
    by_the_way = "북한 외무상에 임명된 박예시가 참석했다."
    assert [row["detail"]["person"] for row in of_kind("appointment", by_the_way, lang="ko")] == ["박예시"]
    assert of_kind("appointment", ("소식", f"북한이 회의를 열었다. 회의가 끝났다. {by_the_way}"), lang="ko") == []
