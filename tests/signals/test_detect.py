"""All detectors together: their frame, and what no text may do to them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sunchi import signals
from sunchi.alerts.rules import alerts, load_rules
from sunchi.model import ARTICLES, SIGNALS
from sunchi.reports.explain import explain, page
from sunchi.signals import detectors
from sunchi.signals.document import Document
from sunchi.signals.rationale import Found, Reason, Rejected
from tests.detecting import articles, detect, house_lexicon

PIECES = st.sampled_from([
    "Kim Jong Un", "sent a message of greeting to", "received", "from", "Xi Jinping", "president of", "China",
    "CPC", "in", "and", "1950", "-0-", ".", ",", "(", "[", "the DPRK-China friendship", "The message said:",
    "General Secretary,", "hostile policy", "U.S.", "Pyongyang, March 2 (KCNA) --", "조중친선",
    "김정은동지께서는", "습근평동지에게", "축전을 보내시였다", "공화국 주석인", "中国", "。", "“", "’",
    "{pair}", "\n", "\u202e", "\U0001f600", "\u0130",
])  # fmt: skip
PARAGRAPH = st.one_of(st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=80))
LANGUAGE = st.sampled_from(["en", "ko", "zh", "en-US", "fr", ""])


@settings(max_examples=150)
@given(st.text(max_size=60), st.lists(PARAGRAPH, max_size=5), LANGUAGE)
@example("", ["Pyongyang, March 2 (KCNA) --"], "en")  # no headline and no sentence
def test_every_quote_is_the_text_between_its_places(title: str, paragraphs: list[str], lang: str) -> None:
    text = "\n".join([title, *paragraphs])
    for row in detect((title, *paragraphs), lang=lang):
        assert row["quote"] == text[row["start"] : row["end"]]
        assert row["quote"].strip()
        assert -2 <= row["value"] <= 2 or row["kind"] != "formula"
        assert row["partner"] in house_lexicon().partners or (row["kind"], row["partner"]) == ("authority", "")


@pytest.mark.parametrize(("pairs", "values"), [(2, [1, 2, 2]), (31, [])])
def test_a_sentence_that_names_states_more_than_sixty_times_says_nothing_of_one(pairs: int, values: list[int]) -> None:
    listed = "China and Russia and " * pairs + "the U.S. denounced the DPRK-China friendship sealed in blood as brutal."

    found = [row for row in detect(("Report", listed)) if row["kind"] in ("formula", "stance")]
    assert sorted(row["value"] for row in found if row["value"]) == values


def test_the_frame_has_the_columns_of_the_model() -> None:
    found = signals.detect(articles("The DPRK greets China."), house_lexicon())
    assert found.schema == SIGNALS
    assert {"attention", "authority"} <= set(found["kind"])


@pytest.mark.parametrize("frame", [ARTICLES.to_frame(), articles("Rice was harvested."), articles(("", ""))])
def test_without_signals_the_frame_is_empty_with_all_columns(frame: pl.DataFrame) -> None:
    found = signals.detect(frame, house_lexicon())
    assert found.schema == SIGNALS
    assert found.is_empty()


def test_an_article_without_title_paragraphs_or_date_is_accepted() -> None:
    bare = {"article": "a", "source": "kcna", "lang": "en", "url": "", "date": None, "title": None, "paragraphs": None}
    assert signals.detect(pl.DataFrame([bare], schema=ARTICLES), house_lexicon()).is_empty()


def test_signals_are_sorted_by_article_and_place() -> None:
    frame = articles("We treasure the DPRK-China friendship. Russia agreed.", "Cuba agreed.").reverse()
    keys = list(signals.detect(frame, house_lexicon()).select("article", "start", "kind").iter_rows())
    assert keys == sorted(keys)
    assert len({article for article, *_ in keys}) == 2


def test_one_articles_signals_do_not_depend_on_the_others() -> None:
    text = ("Greetings", "Kim Jong Un sent a message of greeting to the CPC.", "He wished Cuba well.")
    alone = signals.detect(articles(text), house_lexicon())
    beside = signals.detect(articles(text, "China was there. 중국"), house_lexicon())
    assert beside.filter(pl.col("article") == "a0").equals(alone)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The envoy of Spain met with the minister.", "en"),
        ("El enviado de España se reunió con la ministra.", "es"),
        ("스페인특사가 도착하였다.", "ko"),
        ("西班牙特使抵达。", "zh"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "es", "ko", "zh"])
def test_a_text_is_read_in_its_own_language_whatever_its_edition(text: str, language: str, lang: str) -> None:
    rows = detect(text, lang=lang)
    assert {row["partner"] for row in rows} == {"ES", ""}
    assert {row["lang"] for row in rows} == {lang}
    assert {row["language"] or lang for row in rows} == {language}


def test_traditional_and_simplified_characters_give_the_same_signals() -> None:
    simplified, traditional = (
        [(row["kind"], row["partner"], row["code"], row["value"]) for row in detect(text, lang="zh")]
        for text in ("金正恩会见了中国外长王毅。", "金正恩會見了中國外長王毅。")
    )
    assert simplified == traditional
    assert ("contact", "CN", "talks", 1.0) in simplified


def test_a_text_gives_the_same_signals_wherever_it_is_printed() -> None:
    frame = articles("The DPRK treasures the DPRK-China friendship.")
    elsewhere = signals.detect(frame.with_columns(source=pl.lit("rodong")), house_lexicon())
    columns = ["kind", "partner", "code", "value", "start", "end", "quote"]
    assert elsewhere.select(columns).equals(signals.detect(frame, house_lexicon()).select(columns))


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("China und Russland", "de"),
        ("L'envoyé de la Chine et celui de Cuba sont dans la capitale du Laos.", "en"),
        ("Посланник Китая (China) и его коллеги прибыли на встречу.", "en"),
        ("中国の特使が到着した。", "zh"),
    ],
)
def test_a_text_in_another_language_gives_no_signal(text: str, lang: str) -> None:
    assert detect(text, lang=lang) == []


def weather(document: Document) -> Iterator[Found | Rejected]:
    """A user-defined detector, as in CONTRIBUTING."""
    for sentence in document.sentences:
        at = document.text.find("storm", *sentence)
        named = document.named_in(sentence)
        if at >= 0 and named:
            row = document.row("weather", named[0].partner, "storm", 1.0, (at, at + 5))
            yield Found(row, (Reason("a storm, and where it is"),))
        elif at >= 0:
            yield Rejected("weather", (at, at + 5), "nobody knows where")


def test_a_user_defined_detector_takes_one_more_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(detectors, "DETECTORS", (*detectors.DETECTORS, weather))
    frame = articles(("Weather", "A storm hit China. A storm passed."))
    rules = tmp_path / "rules.toml"
    rules.write_text('[[rule]]\nid = "storm"\nseverity = "low"\ntags = ["desk"]\nwhy = "Rain."\nkinds = ["weather"]\n')

    found = signals.detect(frame, house_lexicon()).filter(pl.col("kind") == "weather")
    told = explain(frame, house_lexicon())
    (alert,) = alerts(found, frame, load_rules(rules, house_lexicon()), [])

    assert found.select("partner", "code", "quote").rows() == [("CN", "storm", "storm")]
    assert "a storm, and where it is" in page(told)
    assert "nobody knows where" in page(told)
    assert (alert.rule, alert.partner) == ("storm", "CN")
    assert "storm" in alert.title


@pytest.mark.parametrize("collects", [True, False])
def test_detection_restores_the_garbage_collection_setting(collects: bool) -> None:
    before = gc.isenabled()
    (gc.enable if collects else gc.disable)()
    try:
        detect("The DPRK treasures the DPRK-Cuba friendship.")
        assert gc.isenabled() == collects
    finally:
        (gc.enable if before else gc.disable)()
