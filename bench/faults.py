"""Every fault of the web, on each of the four stand-in sites that serve real texts; prints the table of the docs.

    python -m bench.faults                  all of them, some ten minutes
    python -m bench.faults cut "no DNS"     these alone

A site is read in peace; a later day comes and with it the fault, which strikes every answer, or three in ten, at three
polls an hour apart; then the site is well. The stand-ins' own faults are used where they have them, those of
tests/faults.py for the rest. What must come of it: the articles of a run that nothing troubled, and no open incident.
Exit code 1 where that fails.

The stand-ins are no part of the project: they are looked for in the folder of real texts (SUNCHI_SHARED).
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import FAULTS, PATIENCE, RECOVERY, Fault, Front, Watch
from tests.replica import Replica
from tests.web import serve

SHARED = Path(os.environ.get("SUNCHI_SHARED", Path(__file__).resolve().parents[2] / "shared"))
HOUR = timedelta(hours=1)
TROUBLED = 3  # polls
SITES = {  # name -> source, language, a day in peace, a later one
    "kcna": ("kcna", "en", "2024-10-05", "2024-10-07"),
    "rodong": ("rodong", "en", "2022-03-10", "2022-03-12"),
    "hani-en": ("hani", "en", "2021-01-12", "2021-01-13"),
    "hani-ko": ("hani", "ko", "2024-10-06", "2024-10-09"),
}
WRONG_PAGES = {  # the stand-ins' own faults, of which lists say nothing
    "notice": Fault("another page than was asked for", later="noted"),
    "swap": Fault("another page than was asked for", later="noted"),
    "short": Fault("one paragraph alone", outcome="noted"),
    "garble": Fault("could not be decoded whole", later="noted"),
}
EVERY = FAULTS | WRONG_PAGES
THEIR_OWN = {
    *("busy", "slow", "hang", "cut", "blocked", "drift", "empty"),
    *("charset", "bomb", "loop", "inward", "edit", "gone"),
    *WRONG_PAGES,
}


@dataclass(frozen=True)
class Cell:
    """What came of one fault on one site."""

    said: str  # the first line that the user sees of the first poll
    outcomes: tuple[str, ...]  # of the troubled polls
    stored: int  # new articles meanwhile
    wanted: int  # new articles of the untroubled run
    hours: float | None  # after the last troubled poll, until all is as if nothing had been; None: it never was


class Patrol:
    """One site, its front, and what two untroubled polls of it come to."""

    def __init__(self, site: str, replica: Replica, front: Front, folder: Path) -> None:
        self.site, self.replica, self.front, self.folder = site, replica, front, folder
        source, lang, self.before, self.after = SITES[site]
        (folder / "before").mkdir(parents=True)
        self.base = Watch(front, source, lang, folder / "before")

    async def in_peace(self) -> None:
        self.replica.control(self.site, day=self.before, fault="")
        await self.base.poll(_evening(self.before))
        self.replica.control(self.site, day=self.after)
        watch = self.base.copy(self.folder / "peace")
        self.new = (await watch.poll(_evening(self.after))).count("new")
        self.wanted = set(watch.texts())
        deep = replace(watch, folder=self.folder / "deep", first_poll=200)
        deep.folder.mkdir()
        await deep.poll(_evening(self.after))
        self.shown = self.wanted | set(deep.texts())

    async def troubled(self, name: str, rate: float) -> Cell:
        watch = self.base.copy(self.folder / f"{name} {rate}")
        at = _evening(self.after)
        self._strike(name, rate)
        polls = [await watch.poll(at + hour * HOUR) for hour in range(TROUBLED)]
        self._be_well()
        hours = None
        for later in RECOVERY:
            summary = await watch.poll(at + (TROUBLED - 1) * HOUR + later)
            if self._is_whole(watch) and summary.outcome == "ok" and not watch.incidents():
                hours = later / HOUR
                break
        said = (polls[0].words or "").split("\n")[0]
        return Cell(said, tuple(p.outcome for p in polls), sum(p.count("new") for p in polls), self.new, hours)

    def _is_whole(self, watch: Watch) -> bool:
        """All articles of the untroubled run, each once and word for word; what is more is the site's own, and older:
        where entries are missing at the top of a list, its pages reach further down."""
        texts = watch.texts()
        return len(texts) == len(set(texts)) and self.wanted <= set(texts) <= self.shown

    def _strike(self, name: str, rate: float) -> None:
        if name in THEIR_OWN:
            self.front.direct, self.front.patience = True, EVERY[name].patience
            self.replica.control(self.site, fault=name, rate=rate)
        else:
            self.front.strike(FAULTS[name], rate)

    def _be_well(self) -> None:
        self.front.direct, self.front.fault, self.front.patience = False, None, PATIENCE
        self.replica.control(self.site, fault="")


def _evening(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=14, tzinfo=UTC)


async def matrix(names: list[str]) -> dict[str, dict[tuple[str, float], Cell]]:
    """Fault -> site and rate -> what came of it."""
    found: dict[str, dict[tuple[str, float], Cell]] = {name: {} for name in names}
    with ExitStack() as stack:
        replica = Replica(SHARED)
        stack.callback(replica.stop)
        folder = Path(stack.enter_context(TemporaryDirectory()))
        for site in SITES:
            web = stack.enter_context(serve())
            patrol = Patrol(site, replica, Front(web, replica.mirrors[site]), folder / site)
            await patrol.in_peace()
            for name in names:
                for rate in (1.0, 0.3):
                    cell = found[name][site, rate] = await patrol.troubled(name, rate)
                    sys.stderr.write(f"{site}, {name}, {rate}: {cell}\n")
    return found


def table(found: dict[str, dict[tuple[str, float], Cell]]) -> Iterator[str]:
    """The table of docs/reliability.md, in Markdown."""
    yield "| fault | what the user sees | polls not ok | stored meanwhile, at 0.3 | as if nothing had been |"
    yield "|---|---|---|---|---|"
    for name, cells in found.items():
        every = [cell for (_, rate), cell in cells.items() if rate == 1]
        some = [cell for (_, rate), cell in cells.items() if rate < 1]
        bad = sum(outcome != "ok" for cell in every for outcome in cell.outcomes)
        polls = sum(len(cell.outcomes) for cell in every)
        words = next((cell.said for cell in every if cell.said), "nothing")
        stored = f"{sum(c.stored for c in every)}, {sum(c.stored for c in some)} of {sum(c.wanted for c in every)}"
        hours = [cell.hours for cell in cells.values()]
        slowest = max((hour for hour in hours if hour is not None), default=0)
        equal = sum(hour is not None for hour in hours)
        within = f"{equal} of {len(hours)}, within {slowest:g} h"
        yield f"| {name} | {_short(words)} | {bad} of {polls} | {stored} | {within} |"


def _short(words: str, length: int = 150) -> str:
    shown = re.sub(r"(https?://[^/\s]+)/[^\s:;]*", r"\1/…", words.partition(": ")[2] or words)
    shown = shown.replace("|", "/").replace("<", "&lt;")
    return shown if len(shown) <= length else shown[: length - 1] + "…"


def main() -> int:
    logging.disable(logging.CRITICAL)
    if not (SHARED / "replica").is_dir():
        sys.stderr.write(f"the stand-in sites are not at {SHARED}: set SUNCHI_SHARED\n")
        return 2
    found = asyncio.run(matrix(sys.argv[1:] or list(EVERY)))
    sys.stdout.writelines(f"{line}\n" for line in table(found))
    return int(any(cell.hours is None for cells in found.values() for cell in cells.values()))


if __name__ == "__main__":
    sys.exit(main())
