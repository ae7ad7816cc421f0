"""What is said of a state in some days, in figures, beside other days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sunchi.history.coverage import Coverage
from sunchi.history.past import Past
from sunchi.reports.measures import Measures, attention, editions, measures
from sunchi.reports.periods import Span
from tests.detecting import house_lexicon
from tests.history.making import FRIENDSHIP, WISH, Written, letter, quiet, read, reply

DAY = date(2024, 10, 1)
SPAN = Span(date(2024, 9, 25), date(2024, 10, 31))
AROUND = quiet(date(2024, 9, 1), date(2024, 12, 31), number=1)


def of(written: Sequence[Written], partner: str = "CN", span: Span = SPAN) -> Measures:
    signals, articles = read(written)
    return measures(Past(signals, articles, Coverage.of(articles)), house_lexicon(), "kcna/en", partner, span)


def told(day: date, *sentences: str) -> Written:
    return day, "Article of Analyst", (f"Pyongyang, {day:%B} {day.day} (KCNA) -- It said:", *sentences)


def test_messages_are_counted_with_their_answers_by_direction_and_by_leaders() -> None:
    found = of([*AROUND, letter(DAY, WISH), reply(DAY + timedelta(days=13))]).figures

    assert (found["messages from Pyongyang"], found["messages from its leader"]) == (1, 1)
    assert (found["messages to Pyongyang"], found["messages from their leaders"]) == (1, 1)
    assert (found["answers"], found["days to an answer, median"], found["leaders' unanswered"]) == (1, 13, 0)


def test_an_answer_after_the_last_day_counts_as_an_answer_but_not_as_a_message_of_these_days() -> None:
    found = of([*AROUND, letter(DAY, WISH), reply(DAY + timedelta(days=35))]).figures

    assert (found["messages to Pyongyang"], found["answers"], found["leaders' unanswered"]) == (0, 1, 0)


def test_a_leaders_greeting_that_nobody_answered_is_counted() -> None:
    assert of([*AROUND, letter(DAY, WISH)]).figures["leaders' unanswered"] == 1


def test_families_of_set_phrases_have_their_articles_and_their_first_and_last_words() -> None:
    later = DAY + timedelta(days=9)
    found = of([*AROUND, letter(DAY, FRIENDSHIP), letter(later, WISH, FRIENDSHIP)]).families

    assert found["traditional"].articles == 2
    assert (found["traditional"].first.date, found["traditional"].last.date) == (DAY, later)
    assert found["traditional"].first.quote == "traditional friendship"


def test_a_state_has_a_rank_by_words_and_a_place_among_those_named() -> None:
    several = told(DAY, "Russia, China and Cuba were praised.", "Russia went first, and Russia stood firm to the end.")
    china, russia = (of([*AROUND, several], partner).figures for partner in ("CN", "RU"))

    assert (russia["rank by words"], russia["named first in them"]) == (1, 1)
    assert china["rank by words"] != 1
    assert (china["articles with 3 states or more"], china["named first in them"]) == (1, 0)


def test_days_outside_do_not_count() -> None:
    found = of([*AROUND, letter(DAY - timedelta(days=20), FRIENDSHIP), letter(DAY + timedelta(days=40), FRIENDSHIP)])

    assert found.days == 37
    assert (found.figures["messages from Pyongyang"], found.figures["words on it"]) == (0, 0)
    assert (found.figures["rank by words"], found.figures["tone, −2 to 2"], found.families) == (None, None, {})


def test_nothing_is_known_of_days_that_the_archive_does_not_have() -> None:
    assert of([letter(DAY, WISH)], span=Span(date(2023, 9, 25), date(2023, 10, 31))) == Measures(0)


def test_the_editions_compared_are_those_that_name_the_state() -> None:
    signals, articles = read([*AROUND, letter(DAY, WISH)])
    past = Past(signals, articles, Coverage.of(articles))

    assert editions(past, "CN", (SPAN,)) == ["kcna/en"]
    assert editions(past, "CU", (SPAN,)) == []
    assert editions(past, "", (SPAN,)) == ["kcna/en"]


def test_attention_is_that_of_each_state_in_the_order_of_the_last_days() -> None:
    earlier = told(DAY - timedelta(days=20), "Cuba fights on, and Cuba stands firm.")
    signals, articles = read([*AROUND, earlier, letter(DAY, WISH)])
    past = Past(signals, articles, Coverage.of(articles))
    spans = Span(date(2024, 9, 1), date(2024, 9, 24)), SPAN
    found = attention(past, "kcna/en", spans)

    assert list(found) == ["CN", "CU"]
    assert [side.figures["rank by words"] for side in found["CU"]] == [1, None]
    assert [side.figures["articles about it"] for side in found["CN"]] == [0, 1]
