"""The content of the demo's week: its facts, its everyday items, and their authors."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from demo import DAYS, items
from demo.items import Item, load

EDITIONS = ("kcna-en", "kcna-ko", "rodong-en", "rodong-ko", "hani-en", "hani-ko")
WEIGHTY = {"top", "activities", "documents", "external"}  # KCNA's lists of what is more than everyday


def find(edition: str, title: str) -> Item:
    return next(item for item in load(edition) if item.title == title)


def written(edition: str) -> list[Item]:
    """Return the items of the week that have a text."""
    return [item for item in load(edition) if item.day in DAYS and not item.media]


def words(text: str) -> int:
    return sum(any(char.isalpha() for char in token) for token in text.split())


REPORT = "On Report Made by Comrade Kim Jong Un at Eighth Congress of WPK"


def test_more_than_eighty_everyday_articles_surround_the_signals() -> None:
    everyday = {
        (edition, item.title, item.paragraphs)
        for edition in ("kcna-en", "kcna-ko")
        for item in written(edition)
        if not WEIGHTY & set(item.lists)
    }
    rodong = {item.title for edition in ("rodong-en", "rodong-ko") for item in written(edition) if "4" in item.lists}
    assert len(everyday) + len(rodong) >= 80
    assert {edition for edition, *_ in everyday} == {"kcna-en", "kcna-ko"}


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_day_of_the_week_has_news_in_both_languages(lang: str) -> None:
    assert {item.day for item in written(f"kcna-{lang}")} == set(DAYS)


def test_no_edition_has_a_text_twice() -> None:
    for edition in EDITIONS:
        texts = [item.paragraphs for item in load(edition) if not item.media]
        assert len(set(texts)) == len(texts), edition


@pytest.mark.parametrize("edition", ["kcna-en", "rodong-en"])
def test_the_report_names_china_first_and_gives_each_state_its_words(edition: str) -> None:
    paragraphs = find(edition, REPORT).paragraphs
    named = {"CN": "DPRK-China", "RU": "DPRK-Russia", "CU and VN": "Cuba", "US": "the U.S."}
    places = {state: next(i for i, text in enumerate(paragraphs) if name in text) for state, name in named.items()}
    assert list(places.values()) == sorted(places.values())
    assert {state: words(paragraphs[place]) for state, place in places.items()} == {
        "CN": 118,
        "RU": 48,
        "CU and VN": 50,
        "US": 130,
    }
    others = [text for place, text in enumerate(paragraphs) if place not in places.values()]
    assert not re.search(r"China|Chinese|Russia|Cuba|Viet|U\.S\.|Japan", " ".join(others))


def test_the_set_phrase_for_china_is_not_the_one_for_russia() -> None:
    text = " ".join(find("kcna-en", REPORT).paragraphs)
    assert "long-standing and special DPRK-China relations" in text
    assert "traditional DPRK-Russia relations" in text
    assert not re.search(r"traditional (DPRK-)?Chin|special DPRK-Russia", text)


@pytest.mark.parametrize(
    ("title", "day", "page"),
    [
        ("Congress Receives Congratulatory Message from CPC Central Committee", date(2021, 1, 6), 3),
        (REPORT, date(2021, 1, 9), 1),
        ("First Plenary Meeting of Eighth Central Committee of WPK", date(2021, 1, 11), 4),
        ("Kim Jong Un Receives Congratulatory Message from Xi Jinping", date(2021, 1, 12), 2),
        ("Eighth Congress of WPK Sends Reply to CPC Central Committee", date(2021, 1, 12), 2),
    ],
)
def test_the_documents_of_the_week_are_in_both_papers_with_the_same_words(title: str, day: date, page: int) -> None:
    agency, paper = find("kcna-en", title), find("rodong-en", title)
    assert agency.day == paper.day == day
    assert agency.paragraphs == paper.paragraphs
    assert paper.page == page


def test_the_press_statement_is_read_abroad_only() -> None:
    assert find("kcna-en", "Press Statement of Vice Department Director of WPK Central Committee")
    for lang, name in (("en", "Kim Yo Jong"), ("ko", "김여정")):
        assert not [item for item in load(f"rodong-{lang}") if name in " ".join((item.title, *item.paragraphs))]


def test_the_head_of_the_international_department_is_appointed_in_both_languages() -> None:
    english = find("kcna-en", "First Plenary Meeting of Eighth Central Committee of WPK")
    assert "Kim Song Nam was appointed director of the International Department" in english.paragraphs[-1]
    korean = find("kcna-ko", "당중앙위원회 제8기 제1차전원회의에 관한 공보")
    assert "김성남이 당중앙위원회 국제부장으로 임명되였다" in korean.paragraphs[-1]


@pytest.mark.parametrize(
    "trap",
    [
        "opponent from China four games to two",  # sport
        "touched the red line on the pressure gauge",  # an instrument
        "general staff of the economy",  # the Cabinet
        "Communist Party of Cuba",  # not the CPC that matters
        "General Association of Korean Residents in Japan",  # no organ of Japan
        "South China Sea",
        "The china is fired",
        "countries of Indochina",
        "at the cost of blood",  # of Korean soldiers, at home
        "In the winter of 1938",  # friendship of long ago
        "There can be no friendship with Japan",
        "The paper calls friendly cooperation",  # another's words
    ],
)
def test_the_everyday_items_include_words_that_mislead_a_search(trap: str) -> None:
    assert any(trap in paragraph for item in written("kcna-en") for paragraph in item.paragraphs)


def test_one_text_is_softened_a_day_later_and_one_item_is_deleted() -> None:
    edited = [item for edition in EDITIONS for item in load(edition) if item.edit]
    assert [(item.day.day, item.edit.on.day) for item in edited if item.edit] == [(10, 11)]
    before, after = (" ".join(edited[0].text_on(day)) for day in (date(2021, 1, 10), date(2021, 1, 11)))
    assert "traditional" in before
    assert "traditional" not in after
    gone = [item for edition in EDITIONS for item in load(edition) if item.gone]
    assert [(item.day.day, item.gone.day) for item in gone if item.gone] == [(7, 8)]


def _sentences(text: str) -> Iterator[str]:
    """Return sentences of eight words or more, in lower case and without punctuation."""
    for sentence in re.split(r"(?<=[.!?])[\"”’]?\s+|\n", text):
        found = re.findall(r"\w+", sentence.lower())
        if len(found) >= 8:
            yield " ".join(found)


def test_no_sentence_of_the_demo_is_one_of_the_real_texts(shared: Path) -> None:
    own = {
        sentence
        for edition in EDITIONS
        for item in load(edition)
        for sentence in _sentences("\n".join((item.title, item.subtitle, *item.paragraphs)))
    }
    assert len(own) > 400
    for path in sorted(shared.glob("data/*.jsonl*")):
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                text = row.get("text") or "\n".join(row.get("paragraphs", ()))
                assert not own.intersection(_sentences(f"{row.get('title', '')}\n{text}")), path.name


# --- the files themselves -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ('title = "No Text"', "neither text nor media"),
        ('text = "A text."', "title"),
        ('title = "T"\ntext = "A text."\npgae = 2', "pgae"),
        ('title = "T"\ntext = "A text."\nedit = { on = 2021-01-07, old = "no such words", new = "" }', "0 times"),
        ('title = "T"\ntext = "a and a"\nedit = { on = 2021-01-07, old = "a", new = "b" }', "3 times"),
    ],
)
def test_a_fault_in_a_file_of_the_week_is_named_with_its_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str, fault: str
) -> None:
    (tmp_path / "kcna-en.toml").write_text(f"[[2021-01-06]]\n{row}\n", "utf-8")
    monkeypatch.setattr(items, "WEEK", tmp_path)
    with pytest.raises(ValueError, match=rf"kcna-en.toml: 2021-01-06-001: .*{fault}"):
        load("kcna-en")
