"""Any process may die at any moment or collide with another one: the next run continues, nothing is lost or doubled.

`make crashes` does the same at hundreds of points.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crashes.life import (
    RECIPIENTS,
    Crowded,
    Life,
    Stage,
    assert_same_end,
    assert_same_texts,
    drawn,
    heir,
    theatre,
)
from tests.postgres import Server

pytestmark = pytest.mark.drill

SEED = 20210108


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with theatre(tmp_path_factory.mktemp("stage")) as running:
        yield running


@pytest.fixture(scope="module")
def untroubled(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Life:
    folder = tmp_path_factory.mktemp("lives") / "untroubled"
    return Life(stage, folder, f"sqlite:///{folder}.db").live()


@pytest.fixture(scope="module")
def rebuilt(untroubled: Life, tmp_path_factory: pytest.TempPathFactory) -> Life:
    folder = tmp_path_factory.mktemp("lives") / "rebuilt"
    return heir(untroubled, folder, f"sqlite:///{folder}.db")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'sunchi.db'}"
    running: Server = request.getfixturevalue("postgres")
    return running.new_database()


def test_a_life_without_crashes_has_everything_and_alerts_once(untroubled: Life) -> None:
    ended = untroubled.ended
    assert {change for _, _, _, _, change, *_ in ended["alerts"]} == {"published", "edited", "deleted"}
    assert {outcome for *_, outcome in ended["articles"]} == {"read", "gone"}
    assert {state for *_, state in ended["deliveries"]} == {"sent"}
    assert set(untroubled.heard.values()) == {1}
    assert {(each.attempts, each.error) for each in untroubled.ledger.values()} == {(1, "")}
    assert len(untroubled.heard) == len(RECIPIENTS) * len(ended["alerts"])
    assert ("migrate 0" in untroubled.lengths, untroubled.lengths["reparse 0"] > 50) == (True, True)


def test_after_any_crash_the_next_run_continues_and_nothing_is_lost_or_doubled(
    stage: Stage, untroubled: Life, database: str, tmp_path: Path
) -> None:
    life = Life(stage, tmp_path / "life", database, drawn(random.Random(SEED), untroubled)).live()

    assert {death.act.split()[0] for death in life.deaths} >= {"poll", "deliver", "reparse"}
    assert_same_end(life, untroubled)


def test_a_lost_database_is_rebuilt_from_the_archive_however_often_the_rebuild_crashes(
    stage: Stage, untroubled: Life, rebuilt: Life, database: str, tmp_path: Path
) -> None:
    again = heir(untroubled, tmp_path / "other", database, drawn(random.Random(SEED), rebuilt))

    assert len(again.deaths) >= 1
    assert_same_texts(again, rebuilt)
    assert titles(again) == titles(untroubled)
    assert rebuilt.heard.total() == 0


def titles(life: Life) -> list[str]:
    return sorted(title for _, _, _, _, title, *_ in life.ended["revisions"])


def test_two_processes_with_the_same_task_do_it_once(
    stage: Stage, untroubled: Life, database: str, tmp_path: Path
) -> None:
    life = Crowded(stage, tmp_path / "life", database, lengths_of_one=untroubled.lengths, chance=random.Random(SEED))
    life.live()

    assert {stop.act for stop in life.stops} >= {"poll beside poll", "deliver beside deliver", "poll beside migrate"}
    assert_same_end(life, untroubled)
    assert set(life.heard.values()) == {1}
