"""A replay of texts of our own: no day uses later texts."""

from __future__ import annotations

from datetime import date

import pytest

from bench.replay import Day, Replay, checked, summary
from sunchi.alerts.rules import load_rules
from sunchi.history.coverage import Coverage
from tests.detecting import FOLDER, house_lexicon
from tests.history.making import FRIENDSHIP, KINDRED, WISH, frame, letter, quiet, read, reply

pytestmark = pytest.mark.drill

FIRST, LAST = date(2021, 9, 1), date(2024, 12, 31)
TALKS = "Kim Jong Un met and had a talk with Xi Jinping in "


def replay() -> Replay:
    """Greetings of three years with their replies; in the fourth year other words, and no reply."""
    years = [letter(date(year, 10, 1), FRIENDSHIP, *[WISH] * 4) for year in (2021, 2022, 2023)]
    answers = [reply(date(year, 10, 10)) for year in (2021, 2022, 2023)]
    now = letter(date(2024, 10, 1), KINDRED, *[WISH] * 6)
    talks = [(date(year, 6, 1), "Talks Held", (f"{TALKS}Beijing.",)) for year in (2023, 2024)]
    written = (*years, *answers, now, *talks, *quiet(FIRST, LAST, 1))
    return Replay(*read(written), Coverage.of(frame(written)), house_lexicon(), load_rules(FOLDER / "rules.toml"))


@pytest.fixture(scope="module")
def days() -> list[Day]:
    return list(replay().days())


def test_each_day_has_its_findings_and_their_alerts(days: list[Day]) -> None:
    kinds = {(each.day, finding.kind) for each in days for finding in each.findings}

    assert (date(2024, 10, 1), "omission") in kinds
    assert (date(2024, 6, 1), "contact") not in kinds, "of days that no file has, nobody knows who met"
    told = {each.day: [alert.title for group in each.alerts for alert in group[:1]] for each in days if each.alerts}
    assert any("without “friendship”" in title for title in told[date(2024, 10, 1)])


@pytest.mark.parametrize("until", [date(2024, 6, 1), date(2024, 10, 1)])
def test_a_days_results_do_not_depend_on_later_texts(days: list[Day], until: date) -> None:
    again = list(replay().until(until).days())

    assert again == [each for each in days if each.day <= until]


def test_results_computed_again_from_the_texts_up_to_a_day_are_the_same() -> None:
    some = replay()

    assert {line.partition("findings")[2].strip() for line in checked(some, 25)} == {"the same"}


def test_the_summary_says_how_often_each_kind_came(days: list[Day]) -> None:
    lines = list(summary(days, replay()))

    assert any(line.split()[:2] == ["omission", "1"] for line in lines)
    assert sum(line.startswith("alerts a week: ") for line in lines) == 1
