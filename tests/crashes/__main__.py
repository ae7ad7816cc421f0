"""`make crashes points=300 seed=7`: that many deaths on each database, and half as many collisions of two processes."""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from tests.crashes.life import (
    Crowded,
    Life,
    Moment,
    Stage,
    assert_same_end,
    assert_same_texts,
    drawn,
    heir,
    theatre,
)
from tests.postgres import server

Place = tuple[Path, str]
"""A folder that is not there yet, and the address of an empty database."""


def main(points: int, seed: int) -> None:
    print(f"seed {seed}, {points} deaths on each database")
    begun = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="sunchi-crashes-"))
    with theatre(folder) as stage, server() as postgres:
        numbers = count()

        def on_sqlite() -> Place:
            name = folder / f"life{next(numbers)}"
            return name, f"sqlite:///{name}.db"

        def on_postgres() -> Place:
            return folder / f"life{next(numbers)}", postgres.new_database()

        untroubled = Life(stage, *on_sqlite()).live()
        rebuilt = heir(untroubled, *on_sqlite())
        steps = sum(untroubled.lengths.values()) + sum(rebuilt.lengths.values())
        print(f"an untroubled life and its rebuild have {steps} steps")
        for database, place in (("SQLite", on_sqlite), ("Postgres", on_postgres)):
            chance = random.Random(f"{seed} {database}")
            _say(f"{database}, deaths", _deaths(stage, place, untroubled, rebuilt, points, chance))
            _say(f"{database}, meetings of two", _meetings(stage, place, untroubled, points // 2, chance))
    shutil.rmtree(folder)
    print(f"nothing lost, nothing twice; {time.monotonic() - begun:.0f} s")


def _deaths(
    stage: Stage, place: Callable[[], Place], untroubled: Life, rebuilt: Life, points: int, chance: random.Random
) -> list[Moment]:
    """Run that many deaths; after each life its database is lost and rebuilt."""
    deaths: list[Moment] = []
    while len(deaths) < points:
        life = Life(stage, *place(), drawn(chance, untroubled)).live()
        assert_same_end(life, untroubled)
        again = heir(life, *place(), drawn(chance, rebuilt))
        assert_same_texts(again, rebuilt)
        deaths += life.deaths + again.deaths
    return deaths


def _meetings(
    stage: Stage, place: Callable[[], Place], untroubled: Life, points: int, chance: random.Random
) -> list[Moment]:
    stops: list[Moment] = []
    while len(stops) < points:
        life = Crowded(stage, *place(), lengths_of_one=untroubled.lengths, chance=chance)
        assert_same_end(life.live(), untroubled)
        stops += life.stops
    return stops


def _say(words: str, moments: Sequence[Moment]) -> None:
    print(f"{words}: {len(moments)}")
    acts = Counter(each.act.rstrip("0123456789 ") for each in moments)
    steps = Counter(each.step for each in moments)
    for counted in (acts, steps):
        print("   " + ", ".join(f"{name} {number}" for name, number in counted.most_common()), flush=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--points", type=int, default=300)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    main(**vars(options.parse_args()))
