"""The quality scores: agreement by article, each message once, phrases by overlap, signs by sign."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.quality import sentences
from bench.quality.__main__ import table
from bench.quality.draw import draws
from bench.quality.program import ROOT
from bench.quality.scores import Score, differences, score
from bench.quality.texts import Text
from tests.signals import tables

TEXT = "Ties\nThe two countries have a long friendship. The friendship is firm."


def label(**fields: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "mentions": [],
        "about": [],
        "messages": [],
        "contacts": [],
        "appointments": [],
        "formulas": [],
    }
    return {**empty, "authority": "report", "stance": {}, "text": TEXT, **fields}


def message(partner: str, sender: str = "") -> dict[str, str]:
    return {"kind": "greeting", "direction": "in", "partner": partner, "from": sender, "to": "Kim Jong Un"}


def formula(partner: str, text: str) -> dict[str, str]:
    return {"partner": partner, "text": text}


@pytest.mark.parametrize(
    ("field", "wanted", "found", "expected"),
    [
        ("mentions", ["CN", "RU"], ["CN"], Score(2 / 3, 0, 1)),
        ("mentions", [], [], Score(0, 0, 0)),
        ("about", ["CN"], ["CN"], Score(1, 1, 1)),
        ("messages", [message("CN", "one"), message("CN", "another")], [message("CN")], Score(1, 1, 1)),
        ("messages", [message("")], [], Score(0, 0, 0)),
        ("messages", [], [message("CN")], Score(0, 0, 1)),
        ("appointments", [{"person": "Kim Song Nam"}], [{"person": "KIM Song-nam"}], Score(1, 1, 1)),
        ("formulas", [formula("CN", "long friendship")], [formula("CN", "friendship")], Score(2 / 3, 0, 1)),
        ("formulas", [formula("CN", "long friendship")], [formula("RU", "long friendship")], Score(0, 0, 1)),
        ("authority", "leader", "report", Score(0, 0, 1)),
        ("stance", {"CN": 2}, {"CN": 1}, Score(1, 1, 1)),
        ("stance", {"CN": 1}, {}, Score(0, 0, 1)),
    ],
)
def test_a_field_is_scored_by_article(field: str, wanted: Any, found: Any, expected: Score) -> None:
    assert score([label(**{field: wanted})], [label(**{field: found})])[field] == expected


@pytest.mark.parametrize(
    ("wanted", "found", "is_same"),
    [
        ("Central Committee of the WPK", "Central Committee of the Workers' Party of Korea", True),
        ("Bounnhang Vorachith", "Lao Vice President Bounnhang Vorachith", True),
        ("DPRK embassy", "DPRK embassies", True),
        ("", "", True),
        ("delegation of the Russian Academy", "Russia", False),
        ("Kim Jong Un", "Kim Jong Il", False),
        ("", "Kim Jong Il", False),
    ],
)
def test_a_side_of_a_message_is_right_if_most_words_of_its_shorter_description_are_in_the_other(
    wanted: str, found: str, is_same: bool
) -> None:
    labels = [label(messages=[message("RU", side)]) for side in (wanted, found)]
    assert score(labels[:1], labels[1:])["sides"] == Score((is_same + 1) / 2, is_same + 1, 2)


def test_sides_are_compared_in_messages_that_both_have_paired_so_that_most_agree() -> None:
    wanted = label(messages=[message("CN", "one premier"), message("CN", "a ministry"), message("LA", "a party")])
    found = label(messages=[message("CN", "the ministry"), message("CN", "the premier, one of three")])
    assert score([wanted], [found])["sides"] == Score(1, 4, 4)


@pytest.mark.parametrize(("found", "turned"), [({"RU": -1}, 1), ({"RU": 0}, 0), ({"RU": 2}, 0), ({}, 0)])
def test_a_sign_counts_as_reversed_if_the_opposite_is_read(found: dict[str, int], turned: int) -> None:
    assert score([label(stance={"RU": 1})], [label(stance=found)])["signs turned round"].right == turned


def test_a_perfect_reader_differs_nowhere() -> None:
    reading = label(mentions=["CN"], formulas=[formula("CN", "long friendship")], stance={"CN": 1})
    assert differences(reading, reading) == []
    assert differences(reading, label(mentions=["JP"])) == [
        "mentions: - CN + JP",
        "formulas: - CN/long friendship + nothing",
        "stance CN: - 1 + 0",
    ]


def test_a_draw_is_reproducible_and_has_no_duplicates(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def collection(name: str) -> list[Text]:
        paragraphs = [
            "The delegation of the society went home after talks.",
            "All of it stood in the paper of the day.",
        ]
        return [
            Text(
                name,
                n,
                {"date": "2011-05-01", "title": f"{name} {n % 200}", "paragraphs": [f"No. {n % 200}", *paragraphs]},
            )
            for n in range(250)
        ]

    monkeypatch.setattr("bench.quality.draw.collection", collection)
    monkeypatch.setattr("bench.quality.draw.SHARED", tmp_path)
    first, again = list(draws(2, 7, set())), list(draws(2, 7, set()))
    titles = [article["title"] for drawn in first for article in drawn]
    assert first == again
    assert len(titles) == len(set(titles)) > 0
    labelled = {
        "".join(c for c in "\n".join([a["title"], *a["paragraphs"]]) if c.isalnum() or c == "_") for a in first[0]
    }
    assert not {a["title"] for a in next(draws(1, 7, labelled))} & {a["title"] for a in first[0]}


def test_the_page_shows_the_first_looks_of_every_round() -> None:
    page = (ROOT / "docs/quality.md").read_text(encoding="utf-8")
    assert table() in page


def test_the_projects_own_sentences_show_what_a_rule_is_worth_that_no_label_sees(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "formula").mkdir()
    (tmp_path / "formula/english.md").write_text(
        "# Voice\n\n| text | partner | value |\n|---|---|---|\n| The DPRK-China friendship is firm. | CN | none |\n"
    )
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    assert next(sentences.scores()).split() == ["formula", "1", "of", "2", "cells"]
