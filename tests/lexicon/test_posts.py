"""posts.csv: the position of a post in its office, in three languages."""

from __future__ import annotations

import pytest

from tests.detecting import house_lexicon


def place(post: str, lang: str = "en") -> str:
    return house_lexicon().posts.place(post, lang)


@pytest.mark.parametrize(
    ("where", "posts"),
    [
        (
            "head of International Department",
            {
                "director of the International Department of the WPK": "en",
                "International Department of the Party": "en",
                "당중앙위원회 국제부장": "ko",
                "국제부 부장": "ko",
                "党中央国际部部长": "zh",
            },
        ),
        (
            "lesser head of International Department",
            {
                "vice department director of the International Department": "en",
                "국제부 부부장": "ko",
                "国际部副部长": "zh",
            },
        ),
        (
            "head of Foreign Affairs",
            {"minister of Foreign Affairs": "en", "foreign minister of the DPRK": "en", "외무상": "ko", "外务相": "zh"},
        ),
        (
            "lesser head of Foreign Affairs",
            {
                "first vice-minister of Foreign Affairs": "en",
                "외무성 부상": "ko",
                "외무성 제1부상": "ko",
                "外务省副相": "zh",
            },
        ),
        ("head of ambassador", {"DPRK ambassador to Laos": "en", "라오스주재 특명전권대사": "ko", "驻老挝大使": "zh"}),
        (
            "head of Foreign Affairs Committee",
            {"chairman of the Foreign Affairs Committee": "en", "외교위원회 위원장": "ko"},
        ),
        (
            "member of Foreign Affairs Committee",
            {"member of the Foreign Affairs Committee": "en", "외교위원회 위원": "ko"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_post_is_one_place_in_every_language(where: str, posts: dict[str, str]) -> None:
    assert {place(post, lang) for post, lang in posts.items()} == {where}


@pytest.mark.parametrize(
    ("post", "lang"),
    [
        ("minister of Fisheries", "en"),
        ("spokesman for the Foreign Ministry", "en"),
        ("Foreign Ministry spokesman", "en"),
        ("vice-premier and director of the International Department", "en"),
        ("당비서 겸 국제부장", "ko"),
        ("국제부", "ko"),
    ],
)
def test_a_post_not_fully_covered_by_the_rows_has_no_place(post: str, lang: str) -> None:
    assert place(post, lang) == ""
