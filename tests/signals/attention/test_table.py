"""The table of attention: the states that a text names, in which order and with how many words."""

from __future__ import annotations

from typing import Any

import pytest

from sunchi import signals
from tests.detecting import house_lexicon


def table(text: str, lang: str = "en") -> list[dict[str, Any]]:
    return list(signals.attention_table(text, house_lexicon(), lang=lang).iter_rows(named=True))


def test_a_congress_report_is_read_as_the_founding_article_read_it() -> None:
    rows = table(
        "The report reviewed foreign relations. "
        "Our Party gave priority to its long-standing ties with China and opened a new page in them. "
        "Several meetings with the leader of China deepened trust between the two parties. "
        "Relations with Russia were also developed anew. "
        "Solidarity with Cuba and Vietnam grew. "
        "Whoever takes office in the United States, its policy towards us will not change at all, "
        "the report said with emphasis."
    )
    assert [(row["order"], row["partner"], row["words"]) for row in rows] == [
        (1, "CN", 17 + 13), (2, "RU", 7), (3, "CU", 6), (4, "VN", 0), (5, "US", 21)
    ]  # fmt: skip
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    assert rows[0]["name"] == "China"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Rice was harvested in the western plain.", []),
        # a sentence belongs to the state that it names most, then to that of the sentence before, then to the first
        ("China, said China's envoy, had told Russia so.", [("CN", 8), ("RU", 0)]),
        ("Moscow spoke first. China and Russia then signed.", [("RU", 8), ("CN", 0)]),
        ("Rain fell. China and Russia then signed.", [("CN", 5), ("RU", 0)]),
        # full titles neither count nor decide the order
        ("The president of the Republic of Cuba heard that Russia agreed. Cuba did too.", [("RU", 5), ("CU", 3)]),
        ("The ambassador of Nepal was there. Russia sent nobody.", [("RU", 3), ("NP", 0)]),
    ],
)
def test_each_sentence_is_counted_for_one_state(text: str, counted: list[tuple[str, int]]) -> None:
    assert [(row["partner"], row["words"]) for row in table(text)] == counted


@pytest.mark.parametrize(
    ("text", "lang", "words", "words_raw"),
    [
        ("Pyongyang, March 2 (KCNA) -- The envoy of Mongolia left. -0-", "en", 5, 5),
        (
            "He met Xi Jinping, general secretary of the Central Committee of the Communist Party of China.",
            "en",
            4,
            16,
        ),
        ("그는 중국공산당 중앙위원회 총서기이며 중화인민공화국 주석인 습근평동지를 만났다.", "ko", 3, 8),
    ],
)
def test_dateline_end_mark_and_titles_are_not_counted_but_titles_are_in_the_raw_count(
    text: str, lang: str, words: int, words_raw: int
) -> None:
    (row,) = table(text, lang)
    assert (row["words"], row["words_raw"]) == (words, words_raw)


@pytest.mark.parametrize("mark", [" -0-", "\n-0-", " -0- www.kcna.kp (Juche115.3.2.)"])
def test_text_after_the_end_mark_is_not_counted(mark: str) -> None:
    (row,) = table(f"Pyongyang, March 2 (KCNA) -- The envoy of Laos went home by air.{mark}")
    assert row["words"] == 8
