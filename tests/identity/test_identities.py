"""The frame of identities matches the frame of signals, row by row."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from sunchi import signals
from sunchi.identity.identities import CLASSES, identities
from sunchi.model import ARTICLES, IDENTITIES, KINDS
from tests.detecting import house_lexicon

DAY = date(2011, 10, 1)


def read(*paragraphs: str, day: date = DAY, lang: str = "en") -> list[dict[str, Any]]:
    """Return the signals of an article, each with its identities."""
    article = {"article": "a", "source": "kcna", "lang": lang, "url": "", "date": day, "title": "News"}
    found = signals.detect(pl.DataFrame([article | {"paragraphs": paragraphs}], schema=ARTICLES), house_lexicon())
    beside = identities(found, house_lexicon())
    assert (beside.schema, beside.height) == (IDENTITIES, found.height)
    return list(pl.concat([found, beside], how="horizontal").iter_rows(named=True))


def only(kind: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["kind"] == kind]


def test_a_message_has_parties_level_class_occasion_and_day() -> None:
    text = (
        "Kim Yong Nam, president of the Presidium of the DPRK Supreme People's Assembly, sent a message of greeting to "
        "Hu Jintao, president of the People's Republic of China, on Friday on the occasion of the 62nd anniversary of "
        "the founding of the People's Republic of China."
    )
    (message,) = only("message", read(text))
    assert {name: message[name] for name in IDENTITIES} == {
        "from_id": "kp_kim_yong_nam",
        "to_id": "cn_hu_jintao",
        "level": "government",
        "class": "greet",
        "occasion_id": "cn_day",
        "round": 62,
        "event_date": date(2011, 9, 30),
        "seq": 1,
        "person_ids": None,
        "families": None,
    }


def test_the_same_message_is_the_same_in_korean_words() -> None:
    english = "Kim Jong Un sent a message of congratulation to Xi Jinping on China's national day."
    korean = "김정은동지께서 국경절에 즈음하여 습근평주석에게 축전을 보내시였다."
    ids = [
        {tuple(row[name] for name in ("from_id", "to_id", "level", "class")) for row in only("message", rows)}
        for rows in (read(english, day=date(2024, 10, 6)), read(korean, day=date(2024, 10, 6), lang="ko"))
    ]
    assert ids == [{("kp_kim_jong_un", "cn_xi_jinping", "leader", "greet")}] * 2


def test_messages_of_an_article_are_counted_in_each_direction() -> None:
    rows = read(
        "Kim Jong Il sent a message of greeting to Hu Jintao on Friday.",
        "Kim Jong Il sent a message of greeting to Raul Castro Ruz on Friday.",
        "Kim Jong Il received a message of greeting from Mahmoud Abbas on Friday.",
    )
    assert [(row["from_id"], row["seq"]) for row in only("message", rows)] == [
        ("kp_kim_jong_il", 1),
        ("kp_kim_jong_il", 2),
        ("ps_abbas", 1),
    ]


def test_an_unknown_identity_is_empty() -> None:
    rows = read(
        "Participants in the events in Nepal sent a letter to Kim Jong Il.", "China sent a letter to Kim Jong Il."
    )
    assert {(row["from_id"], row["level"], row["occasion_id"], row["round"]) for row in only("message", rows)} <= {
        ("", "", "", None)
    }


def test_a_greeting_on_a_national_day_is_for_that_day_and_one_to_a_new_minister_is_not() -> None:
    day = date(2004, 4, 27)
    headlines = (
        "Greetings to President of Togo",
        "Greetings to new President of Togo",
        "Greetings to President of Peru",
    )
    articles = [{"article": title, "source": "kcna", "lang": "en", "date": day, "title": title} for title in headlines]
    frame = pl.DataFrame([each | {"url": "", "paragraphs": []} for each in articles], schema=ARTICLES)
    found = signals.detect(frame, house_lexicon()).filter(pl.col("kind") == "message")
    occasions = identities(found, house_lexicon())["occasion_id"]
    assert dict(zip(found["article"], occasions, strict=True)) == dict(zip(headlines, ("tg_day", "", ""), strict=True))


def test_a_contact_has_the_persons_who_take_part() -> None:
    rows = read("Kim Yong Nam met Zhou Yongkang on a visit to the DPRK at the Mansudae Assembly Hall on Friday.")
    assert ["kp_kim_yong_nam", "cn_zhou_yongkang"] in [row["person_ids"] for row in only("contact", rows)]


def test_a_formula_has_its_families_and_all_that_they_imply() -> None:
    rows = read("The traditional DPRK-China friendship is strong.")
    assert [row["families"] for row in only("formula", rows)] == [["traditional", "friendship"]]


def test_other_kinds_of_signals_have_no_identities() -> None:
    rows = read("Kim Jong Il sent a message of greeting to Hu Jintao on Friday.")
    others = [row for row in rows if row["kind"] not in ("message", "contact", "appointment", "formula")]
    assert others
    assert all(row[name] is None for row in others for name in IDENTITIES)


def test_a_frame_without_signals_has_none() -> None:
    assert identities(signals.detect(pl.DataFrame(schema=ARTICLES), house_lexicon()), house_lexicon()).is_empty()


def test_every_class_belongs_to_a_message_code() -> None:
    assert set(CLASSES) <= set(KINDS["message"].codes)
