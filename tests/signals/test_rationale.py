"""The detectors' reasons: what they accepted and why, what they considered and why they dropped it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sunchi import signals
from sunchi.signals.detectors import Explained
from sunchi.signals.rationale import Reason
from tests.detecting import FOLDER, articles, detect, house_lexicon
from tests.signals import tables

Text = tuple[str, ...] | str


def explain(text: Text, lang: str = "en", day: date | None = date(2026, 3, 2)) -> Explained:
    (explained,) = signals.explain(articles(text, lang=lang, day=day), house_lexicon())
    return explained


def reasons(explained: Explained, kind: str) -> list[Reason]:
    return [reason for found in explained.found if found.row["kind"] == kind for reason in found.reasons]


def rejected(text: Text, lang: str = "en") -> list[tuple[str, str, str]]:
    """Return kind, words and reason of each place that was considered."""
    explained = explain(text, lang)
    return [(each.kind, explained.document.quote(each.span), each.why) for each in dict.fromkeys(explained.rejected)]


REJECTED = tables.rows(Path(__file__).parent / "rejected.md")


@pytest.mark.parametrize("row", REJECTED, ids=lambda row: f"{row['kind']}: {row['why']}")
def test_a_rejected_candidate_says_why(row: dict[str, str]) -> None:
    found = rejected(tables.paragraphs(row["text"]), row["lang"])
    assert any(
        kind == row["kind"] and row["words"] in quote and row["why"] in reason for kind, quote, reason in found
    ), found


def test_a_second_report_of_one_message_is_dropped_and_the_first_kept() -> None:
    text = ("Reply", "Kim Jong Un sent a reply message to Xi Jinping of China.", "Kim Jong Un sent a reply to China.")
    assert [row["quote"] for row in detect(text) if row["kind"] == "message"] == [text[1]]


def test_every_signal_says_why_it_is_one() -> None:
    text = (
        "Kim Jong Un Sends Reply to Xi Jinping",
        "Kim Jong Un sent a reply message to Xi Jinping, president of China.",
        "He wished China prosperity. The traditional DPRK-China friendship will live on.",
        "Ri Song Chol was appointed ambassador of the DPRK to China.",
    )
    found = explain(text).found
    assert {each.row["kind"] for each in found} == {
        *("attention", "formula", "message", "appointment", "authority", "stance"),
    }
    assert [each.row["kind"] for each in found if not each.reasons] == []


def test_a_contact_says_where_it_was_read() -> None:
    explained = explain(("Visit", "Xi Jinping of China met Kim Jong Un here."))
    assert [reason.why for reason in reasons(explained, "contact")] == ["a lead reports it"]


def test_a_contact_reported_by_a_later_sentence_is_not_also_dropped() -> None:
    text = "中国总理抵达平壤。他与崔善姬外务相举行会谈。去年中国总理访问平壤。"
    assert [reason.why for reason in reasons(explain(text, "zh"), "contact")] == [
        "a lead reports it",
        "reported together with what a lead reports",
    ]
    assert [words for kind, words, _ in rejected(text, "zh") if kind == "contact"] == ["去年中国总理访问平壤。"]


@pytest.mark.parametrize(
    ("text", "kind", "line", "words"),
    [
        ("The DPRK-China friendship grows.", "formula", "terms", "DPRK-China friendship"),
        (("On Aggression", "The U.S. aggression goes on."), "stance", "stance", "aggression"),
        (("Statement of the Foreign Ministry on Japan", "It is so."), "authority", "authority", "Statement"),
        ("China is near.", "name", "partners", "China"),
    ],
)
def test_a_reason_names_the_row_that_decided(text: Text, kind: str, line: str, words: str) -> None:
    explained = explain(text)
    given = [reason for _, reason in explained.names] if kind == "name" else reasons(explained, kind)
    rules = [reason.rule for reason in given if reason.rule]
    assert rules
    row = (FOLDER / f"{line}.csv").read_text("utf-8").splitlines()[rules[0].line - 1]
    assert line == "terms" or words.lower() in row.lower()


def test_an_abbreviation_of_two_parties_says_as_whose_it_was_read() -> None:
    explained = explain("Cuba prepares a session of the CPC.")
    ((name, reason),) = [(name, reason) for name, reason in explained.names if reason.why]
    assert (name.partner, reason.why) == (
        "CU",
        "an abbreviation of several states, read as the one that the article names in full",
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('The DPRK spoke to China of "traditional friendship" again.', "it stands alone in quotation marks"),
        (
            ("Reply", "Kim Jong Un received a message from Xi Jinping of China.", "The DPRK-China friendship grows."),
            "it stands in a message that was received",
        ),
        ("North Korea and China have a traditional friendship.", "as only others do"),
    ],
)
def test_why_a_phrase_is_not_pyongyangs_own_word_is_said(text: Text, why: str) -> None:
    assert [reason for reason in reasons(explain(text), "formula") if why in reason.why]


def test_the_words_that_decide_whose_voice_it_is_are_shown() -> None:
    explained = explain("China declared that the DPRK-China friendship will live on.")
    (verb,) = [reason for reason in reasons(explained, "formula") if reason.at]
    assert verb.at
    assert explained.document.quote(verb.at) == "declared"


def test_explaining_changes_no_signal() -> None:
    frame = articles(*(tables.paragraphs(row["text"]) for row in REJECTED if row["lang"] == "en"))
    noted = [found.row for each in signals.explain(frame, house_lexicon()) for found in each.found]
    plain = signals.detect(frame, house_lexicon())
    assert Counter(
        (r["article"], r["kind"], r["partner"], r["code"], r["value"], r["start"]) for r in noted
    ) == Counter(plain.select("article", "kind", "partner", "code", "value", "start").iter_rows())


def test_a_chinese_message_and_a_rejected_one_have_reasons() -> None:
    explained = explain("金正恩向习近平致贺电。习近平没有向金正恩送礼物。", "zh")
    assert "the noun that says its kind, and its verb" in [reason.why for reason in reasons(explained, "message")]
    assert "denied, asked for or still to come: none was sent" in [each.why for each in explained.rejected]
