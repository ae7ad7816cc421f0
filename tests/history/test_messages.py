"""What a message has, lacks or does differently from earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from sunchi.history.baseline import MessageHistory
from sunchi.history.compare_messages import first_to_mourn, observed
from sunchi.history.coverage import Coverage
from sunchi.history.findings import Finding, from_json, merged, to_json
from sunchi.history.items import Item, Place
from sunchi.model import Salutation
from tests.history.making import item

DAY = date(2024, 10, 1)
KNOWN = Coverage({"kcna/en": {date(2020, 1, 1) + timedelta(days=n): 9 for n in range(1800)}})
USUAL = frozenset({"friendship", "traditional"})


def before(**said: object) -> list[Item]:
    """The messages of the three years before."""
    return [item(date(year, 10, 1), **({"families": USUAL} | said)) for year in (2021, 2022, 2023)]


def found(now: Item, earlier: Sequence[Item]) -> list[Finding]:
    history = MessageHistory([*earlier, now])
    return [each for each in merged(observed(history.items, history, KNOWN)) if each.day == now.date]


def parts(now: Item, earlier: Sequence[Item]) -> dict[str, str]:
    return {part.kind: part.words for each in found(now, earlier) for part in each.parts}


@pytest.mark.parametrize(
    ("now", "kind", "words"),
    [
        (
            {"families": frozenset({"friendship"})},
            "omission",
            "without “traditional”, which was in 3 of the last 3 (2021–2023)",
        ),
        ({"families": USUAL | {"strategic"}}, "phrase", "“strategic” for the first time in 4 such messages"),
        (
            {"salutation": Salutation.RESPECTED},
            "salutation",
            "addressed as respected or comrade; the last 3 (2021–2023) by title alone",
        ),
        ({"full_text": False, "families": None}, "naming", "reported without its text; the last 3 (2021–2023) in full"),
        ({"grouped": True}, "naming", "reported in a list; the last 3 (2021–2023) by themselves"),
    ],
)
def test_a_message_is_compared_with_the_last_ones_of_its_series(now: dict[str, Any], kind: str, words: str) -> None:
    assert parts(item(DAY, **({"families": USUAL} | now)), before()) == {kind: words}


@pytest.mark.parametrize(
    "now",
    [
        item(DAY, families=frozenset({"friendship"}), damage="the text breaks off"),
        item(DAY, families=frozenset({"friendship"}), words=79),
        item(DAY, families=frozenset({"friendship"}), occasion_id="cn_cpc_day"),
        item(DAY, families=frozenset({"friendship"}), from_id="kp_choe_ryong_hae"),
        item(DAY, families=frozenset({"friendship"}), from_id=""),
        item(DAY, families=frozenset({"friendship"}), level="other"),
    ],
    ids=["damaged", "short", "another occasion", "another person", "nobody certain", "no state's voice"],
)
def test_nothing_is_missing_in(now: Item) -> None:
    assert parts(now, before()) == {}


def test_a_message_on_a_later_page_than_all_earlier_ones_is_found_with_both() -> None:
    front, third = Place(page=1, pages=6), Place(page=3, pages=6)

    assert parts(item(DAY, families=USUAL, place=third), before(place=front)) == {
        "placement": "on page 3; the last 3 (2021–2023) on page 1"
    }
    assert parts(item(DAY, families=USUAL, place=front), before(place=third)) == {}


def test_nothing_is_missing_compared_with_fewer_than_three() -> None:
    assert parts(item(DAY, families=frozenset({"friendship"})), before()[1:]) == {}


def test_length_is_not_a_finding_by_itself_but_supports_another() -> None:
    assert parts(item(DAY, families=USUAL, words=400), before()) == {}

    now = item(DAY, families=USUAL | {"strategic"}, words=400)

    assert parts(now, before())["length"] == "400 words, the last 3 (2021–2023) 200 to 200"


def test_everything_about_one_message_is_one_finding_with_a_complete_first_line() -> None:
    (finding,) = found(item(DAY, families=frozenset({"friendship"}), salutation=Salutation.CLOSEST), before())

    assert [part.kind for part in finding.parts] == ["salutation", "omission"]
    assert finding.first_line.startswith(
        "Kim Jong Un → Xi Jinping, founding of the PRC: addressed as the closest; the last 3"
    )
    assert [text.date.year for text in finding.compared] == [2024, 2023, 2022, 2021]


def test_a_first_closest_gives_the_number_of_earlier_messages_overall_and_to_the_recipient() -> None:
    earlier = [item(DAY - timedelta(days=days), to_id=f"xx_{days}", partner="LA") for days in (40, 80, 120)]

    words = parts(item(DAY, salutation=Salutation.CLOSEST, partner="RU", recipient="Putin", to_id="ru_putin"), earlier)[
        "salutation"
    ]

    assert words == (
        "for the first time addressed as the closest, as in none of Kim Jong Un's 3 earlier messages with an address "
        "(since 2020-01-01, where the archive begins; none to Putin)"
    )


TO_PUTIN = item(
    DAY,
    partner="RU",
    recipient="Putin",
    to_id="ru_putin",
    salutation=Salutation.CLOSEST,
    families=frozenset({"strategic"}),
)


def test_two_messages_of_one_sender_within_days_are_compared() -> None:
    other = item(DAY - timedelta(days=2), to_id="cn_xi_jinping", salutation=Salutation.RESPECTED, words=263)

    [contrast] = [part for each in found(TO_PUTIN, [other]) for part in each.parts if part.kind == "contrast"]

    assert contrast.words == (
        "addressed as the closest (200 words), Xi Jinping 2 days before as respected or comrade (263 words); "
        "here alone “strategic”; there alone “friendship”"
    )
    assert contrast.numbers == {"words": 200.0, "words_to_other": 263.0}


@pytest.mark.parametrize(("days", "is_seen"), [(14, True), (15, False)])
def test_within_days_is_two_weeks(days: int, is_seen: bool) -> None:
    other = item(DAY - timedelta(days=days), to_id="cn_xi_jinping", salutation=Salutation.RESPECTED)

    assert ("contrast" in parts(TO_PUTIN, [other])) is is_seen


def test_a_reply_sooner_than_ever_is_found_with_its_days() -> None:
    def reply(to: Item, days: int) -> Item:
        swapped = {"from_id": to.to_id, "to_id": to.from_id, "sender": to.recipient, "recipient": to.sender}
        unknown = {"families": None, "full_text": False}
        day = to.date + timedelta(days=days)
        return item(day, direction="in", kind="reply", message_class="reply", **swapped, **unknown)

    earlier = [each for sent in before() for each in (sent, reply(sent, 10))]
    sent = item(DAY, families=USUAL)

    assert parts(reply(sent, 1), [*earlier, sent])["reply"] == "replied after 1 day, the last 3 times after 10 days"
    assert "reply" not in parts(reply(sent, 10), [*earlier, sent])


def test_a_finding_lists_innocent_explanations() -> None:
    (finding,) = found(item(DAY, round=75, families=frozenset({"friendship"})), before())

    assert finding.innocent == (
        "a translation: one Korean phrase has several foreign ones; compare the Korean text",
        "a round anniversary, of which more is said",
    )


def test_a_finding_survives_serialization() -> None:
    (finding,) = found(item(DAY, families=None, full_text=False, words=None), before())

    assert from_json(to_json(finding)) == finding


def test_the_state_whose_condolences_came_first_is_found_once_for_a_death() -> None:
    death = {"direction": "in", "kind": "condolence", "message_class": "mourn", "occasion_id": "kp_kim_death"}
    items = [
        item(DAY, **death),
        item(DAY + timedelta(days=1), **death, partner="RU"),
        item(DAY + timedelta(days=20), **death, partner="LA"),
    ]

    assert [(each.partner, each.day) for each in first_to_mourn(items)] == [("CN", DAY)]
