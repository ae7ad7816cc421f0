"""`make crashes points=300 seed=7`: so many deaths on each database, and half as many meetings of two processes."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.crashes.life import Crowded, Life, Moment, Stage, assert_same_end, drawn, theatre
from tests.postgres import server


def main(points: int, seed: int) -> None:
    print(f"seed {seed}, {points} deaths on each database")
    folder = Path(tempfile.mkdtemp(prefix="sunchi-crashes-"))
    with theatre(folder) as stage, server() as postgres:
        untroubled = Life(stage, folder / "untroubled", _file(folder / "untroubled.db")).live()
        print(f"an untroubled life has {sum(untroubled.lengths.values())} steps")
        for name, new_database in {
            "SQLite": lambda: _file(folder / f"{time.monotonic_ns()}.db"),
            "Postgres": postgres.new_database,
        }.items():
            killed = _killed(stage, folder / name, new_database, untroubled, points, random.Random(f"{seed}{name}"))
            _say(f"{name}: {len(killed)} deaths, nothing lost, nothing twice", killed)
            met = _met(stage, folder / name, new_database, untroubled, points // 2, random.Random(f"{seed}{name}"))
            _say(f"{name}: {len(met)} meetings of two processes, nothing lost, nothing twice", met)


def _file(path: Path) -> str:
    return f"sqlite:///{path}"


def _killed(
    stage: Stage, folder: Path, new_database: Callable[[], str], untroubled: Life, points: int, chance: random.Random
) -> list[Moment]:
    deaths: list[Moment] = []
    while len(deaths) < points:
        life = Life(stage, folder / f"killed{len(deaths)}", new_database(), drawn(chance, untroubled))
        assert_same_end(life.live(), untroubled)
        deaths += life.deaths
    return deaths


def _met(
    stage: Stage, folder: Path, new_database: Callable[[], str], untroubled: Life, points: int, chance: random.Random
) -> list[Moment]:
    stops: list[Moment] = []
    while len(stops) < points:
        life = Crowded(stage, folder / f"met{len(stops)}", new_database(), lengths_of_one=untroubled.lengths)
        life.chance = chance
        assert_same_end(life.live(), untroubled)
        stops += life.stops
    return stops


def _say(words: str, moments: Sequence[Moment]) -> None:
    print(words)
    for of_what in (Counter(each.act.rstrip("0123456789 ") for each in moments), Counter(e.step for e in moments)):
        print("   " + ", ".join(f"{name} {number}" for name, number in of_what.most_common()))
    sys.stdout.flush()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--points", type=int, default=300)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    main(**vars(options.parse_args()))
