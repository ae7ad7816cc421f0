"""Series: baselines of earlier items, and years side by side."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sunchi.history.answers import reply_after
from sunchi.history.baseline import MessageHistory
from sunchi.history.coverage import Coverage
from sunchi.history.series import is_on, lines_of
from tests.detecting import house_lexicon
from tests.history.making import item

DAY = date(2024, 10, 1)
YEARS = [item(date(year, 10, 1)) for year in range(2019, 2025)]


def test_a_baseline_is_the_last_five_items_and_none_is_older_than_three_years() -> None:
    history = MessageHistory(YEARS)

    assert [each.date.year for each in history.baseline(YEARS[-1])] == [2021, 2022, 2023]


def test_items_of_the_same_event_are_not_in_the_baseline() -> None:
    days = [DAY - timedelta(days=number) for number in (800, 400, 20, 2)]

    assert len(MessageHistory([item(DAY), *map(item, days)]).baseline(item(DAY))) == 2


def test_a_damaged_text_is_in_no_baseline() -> None:
    history = MessageHistory(
        [item(date(2023, 10, 1), damage="the text breaks off"), item(date(2022, 10, 1)), YEARS[-1]]
    )

    assert [each.date.year for each in history.baseline(YEARS[-1])] == [2022]


def test_another_person_class_occasion_or_edition_is_another_series() -> None:
    last = date(2023, 10, 1)
    others = [
        item(last, from_id="kp_choe_ryong_hae"),
        item(last, message_class="reply"),
        item(last, occasion_id="cn_cpc_day"),
        item(last, edition="rodong/en"),
        item(last, language="es"),
    ]

    assert MessageHistory([*others, YEARS[-1]]).baseline(YEARS[-1]) == ()


@given(st.lists(st.integers(0, 2000), min_size=1, max_size=12, unique=True), st.integers(0, 2000))
def test_no_baseline_has_later_items(numbers: list[int], cut: int) -> None:
    first = date(2019, 1, 1)
    items = [item(first + timedelta(days=number)) for number in numbers]
    known = [each for each in items if each.date <= first + timedelta(days=cut)]

    years, prefix = MessageHistory(items), MessageHistory(known)

    assert [years.baseline(each) for each in known] == [prefix.baseline(each) for each in known]


def test_years_are_shown_side_by_side_with_gone_and_new_phrases() -> None:
    usual = [item(date(year, 10, 1), families=frozenset({"friendship", "traditional"})) for year in (2021, 2022, 2023)]
    now = item(DAY, families=frozenset({"friendship", "strategic"}))
    history = MessageHistory([*usual, now])

    (line,) = lines_of(history.items, history, Coverage({}), house_lexicon())

    assert [entry.year for entry in line.entries] == [2021, 2022, 2023, 2024]
    assert (line.entries[-1].gone, line.entries[-1].new) == (("traditional",), ("strategic",))
    assert line.families == ("friendship", "traditional", "strategic")


def test_with_fewer_than_three_items_nothing_is_called_gone_or_new() -> None:
    history = MessageHistory([item(date(2023, 10, 1), families=frozenset({"traditional"})), item(DAY)])

    (line,) = lines_of(history.items, history, Coverage({}), house_lexicon())

    assert (line.entries[-1].compared_with, line.entries[-1].gone, line.entries[-1].new) == (1, (), ())


def test_a_year_without_a_message_is_distinguished_from_an_unknown_year() -> None:
    around = {DAY.replace(year=2022) + timedelta(days=number): 9 for number in range(-40, 11)}
    coverage = Coverage({"kcna/en": {**around, DAY: 9}})
    history = MessageHistory([item(date(2021, 10, 1)), item(DAY)])

    (line,) = lines_of(history.items, history, coverage, house_lexicon())

    assert (line.nothing, line.unknown) == ((2022,), (2023,))


def test_several_messages_of_a_year_are_one_entry_with_the_fullest() -> None:
    history = MessageHistory(
        [item(DAY, words=90, article="short"), item(DAY, words=210, article="long", sender="Premier")]
    )

    (line,) = lines_of(history.items, history, Coverage({}), house_lexicon())

    assert (line.entries[0].item.article, line.entries[0].others) == ("long", 1)


def test_a_reply_counts_its_days_from_the_message_that_it_answers() -> None:
    reply = item(DAY + timedelta(days=9), direction="in", message_class="reply", kind="reply",
                 from_id="cn_xi_jinping", to_id="kp_kim_jong_un")  # fmt: skip
    late = item(DAY + timedelta(days=60), direction="in", message_class="reply", from_id="cn_xi_jinping")
    history = MessageHistory([item(DAY), reply, late])

    assert [reply_after(each, history) for each in (reply, late, item(DAY))] == [9, None, None]


def test_a_reply_to_a_known_person_answers_nobody_whom_the_lexicon_does_not_know() -> None:
    swapped = {"direction": "in", "from_id": "", "to_id": "kp_kim_jong_un", "sender": "United Russia"}
    thanks = item(DAY + timedelta(days=1), message_class="reply", kind="reply")

    assert reply_after(thanks, MessageHistory([item(DAY, **swapped), thanks])) is None
    assert reply_after(thanks, MessageHistory([item(DAY, **swapped | {"sender": ""}), thanks])) == 1


def test_an_occasion_is_found_by_its_id_and_by_words_of_it() -> None:
    assert [is_on(item(DAY), words, house_lexicon()) for words in ("cn_day", "Founding", "PRC", "birthday")] == [
        True, True, True, False,
    ]  # fmt: skip
