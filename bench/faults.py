"""Tries every fault of the web on each of the four stand-in sites that serve real texts; prints the table of the docs.

    python -m bench.faults                                   all of them
    python -m bench.faults notice swap                       only these
    python -m bench.faults --sites kcna --looks second --rates 0.3

Each case has the same result whenever it runs and with whatever others: chance is seeded by its name.

A site is first polled without a fault. On a later day the fault affects every response, or three in ten, at three
polls; then the site recovers. With “first looks”, it strikes while the day's articles are new; with “second looks”,
after they were read, when they are looked at again. The stand-ins' own faults are used if they have them, otherwise
those of tests/faults.py. After each poll, due alerts are delivered. The expected result: the articles and alerts of a
run without faults, and no open incident; no alert that the run without faults did not send; and no poll that was `ok`
while an article was missing or wrong; of the faults in DECIDED and UNSEEN less is expected. Exit code 1 if a case does
not hold.

The stand-ins are not part of the project; they are in the folder of real texts (SUNCHI_SHARED).
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from sunchi.ingest.summary import Summary
from sunchi.store import DeliveryState
from tests.faults import FAULTS, HARD, PATIENCE, RECOVERY, Fault, Front, Watch, hand_on, is_list
from tests.replica import Replica
from tests.web import Asked, Reply, serve
from tests.wrong_pages import ODD

SHARED = Path(os.environ.get("SUNCHI_SHARED", Path(__file__).resolve().parents[2] / "shared"))
HOUR = timedelta(hours=1)
SITES = {  # name -> source, language, a day without a fault, a later one
    "kcna": ("kcna", "en", "2024-10-05", "2024-10-07"),
    "rodong": ("rodong", "en", "2022-03-10", "2022-03-12"),
    "hani-en": ("hani", "en", "2021-01-12", "2021-01-13"),
    "hani-ko": ("hani", "ko", "2024-10-06", "2024-10-09"),
}
WRONG_PAGES = {  # the stand-ins' own faults, not visible in lists
    "notice": Fault("not the page that was requested", later="noted"),
    "swap": Fault("not the page that was requested", later="noted"),
    "short": Fault("texts have a single paragraph", outcome="noted"),
    "garble": Fault("could not be decoded whole", later="noted"),
}
"""At a lower rate, a second stand-in with the fault serves some of the articles' pages."""

EVERY = FAULTS | WRONG_PAGES | HARD | ODD
THEIR_OWN = {
    *("busy", "slow", "hang", "cut", "blocked", "drift", "empty"),
    *("charset", "bomb", "loop", "inward", "edit", "gone"),
    *WRONG_PAGES,
}
"""Faults that a stand-in has itself, in every answer."""

DECIDED = {"charset", "edit", "gone", "a day later", "retranslated"}
"""Not faults to us: bytes that say `?`, deliberate acts of a site, dates on which page and list agree, and other words
that are the same at each request, as an editor's are. Their alerts are true, and their polls ok."""

UNSEEN = {
    *("advertisement", "another date", "lost middle", "banner", "view counter", "304 for ever"),
    *("rotating", "lost at random", "comments", "minutes ago", "shuffled", "other numbers"),
    *("cookie wall", "pay wall", "for printing", "buttons", "captions", "warning", "site in title", "updated titles"),
    *(
        "first twice",
        "first lost",
        "last lost",
        "sentences apart",
        "words lost",
        "names lost",
        "quotes lost",
        "as in titles",
    ),
    *("dated at random", "undated", "half list", "of 1970"),
    *("highlight", "first half", "every second", "starred", "other signs"),
    *("two caches", "to a limit", "last sentences lost", "reversed", "words reversed", "letters exchanged"),
}
"""What may look right to those who see it for the first time, as where few other articles are new. Polls may be ok at
first looks; what is stored and sent must be right in the end."""

LOOKS: dict[str, tuple[int, ...]] = {"first": (0, 1, 2), "second": (1, 2, 7)}
"""When the fault occurs, in hours after the first look at the day's articles."""

RATES = (1.0, 0.3)

Case = tuple[str, str, float]
"""Site, looks, rate."""

Sent = set[tuple[str, str, str, str]]
"""Alerts that reached their recipient: change, rule, partner, address."""


@dataclass(frozen=True)
class Cell:
    """The result of one fault on one site."""

    said: str  # the first line shown to the user for the first poll
    outcomes: tuple[str, ...]  # of the polls with the fault
    stored: int  # new articles during the fault
    wanted: int  # new articles of the run without a fault
    hours: float | None  # from the last poll with the fault to full recovery; None: never
    silent: int  # polls with the fault that were ok while an article was missing or wrong
    false: tuple[str, ...]  # alerts sent that the run without a fault did not send
    missing: tuple[str, ...]  # and the reverse

    @property
    def holds(self) -> bool:
        """Return whether the result is as expected."""
        return self.hours is not None and not self.silent and not self.false and not self.missing


class Patrol:
    """One site, its proxy, and the result of two polls without a fault."""

    def __init__(self, site: str, replica: Replica, ill: Replica, front: Front, folder: Path) -> None:
        self.site, self.replica, self.ill, self.front, self.folder = site, replica, ill, front, folder
        source, lang, self.before, self.after = SITES[site]
        (folder / "before").mkdir(parents=True)
        self.base = Watch(front, source, lang, folder / "before")

    async def in_peace(self) -> None:
        self.replica.control(self.site, day=self.before, fault="")
        await _poll(self.base, _evening(self.before))
        self.replica.control(self.site, day=self.after)
        self.peace = self.base.copy(self.folder / "peace")
        self.new = (await _poll(self.peace, _evening(self.after))).count("new")
        self.wanted, self.sent = set(self.peace.texts()), _sent(self.peace)
        deep = replace(self.base.copy(self.folder / "deep"), first_poll=200)
        await _poll(deep, _evening(self.after))
        fresh = replace(deep, folder=self.folder / "fresh")
        fresh.folder.mkdir()
        await fresh.poll(_evening(self.after))
        self.shown = self.wanted | set(deep.texts()) | set(fresh.texts())
        self.true = self.sent | _sent(deep) | await self._sent_later()

    async def _sent_later(self) -> Sent:
        """Return the alerts sent at later looks, since some texts are not believed at the first one."""
        later = self.peace.copy(self.folder / "later")
        for hours in RECOVERY[:-1]:
            await _poll(later, _evening(self.after) + hours)
        return _sent(later)

    async def troubled(self, name: str, looks: str, rate: float) -> Cell:
        start = self.base if looks == "first" else self.peace
        watch = start.copy(self.folder / f"{name} {looks} {rate}")
        at, silent, polls = _evening(self.after), 0, []
        self._strike(name, rate, f"{self.site}, {name}, {looks} looks")
        for hour in LOOKS[looks]:
            polls.append(await _poll(watch, at + hour * HOUR))
            silent += polls[-1].outcome == "ok" and not self._is_whole(watch)
        self._be_well()
        hours = None
        for later in RECOVERY:
            summary = await _poll(watch, at + LOOKS[looks][-1] * HOUR + later)
            if self._is_whole(watch) and summary.outcome == "ok" and not watch.incidents():
                hours = later / HOUR
                break
        said = (polls[0].words or "").split("\n")[0]
        sent = _sent(watch)
        return Cell(
            said,
            tuple(poll.outcome for poll in polls),
            sum(poll.count("new") for poll in polls),
            self.new if looks == "first" else 0,
            hours,
            0 if name in DECIDED or (looks == "first" and name in UNSEEN) else silent,
            () if name in DECIDED else tuple(map(" ".join, sorted(sent - self.true))),
            tuple(map(" ".join, sorted(self.sent - sent))),
        )

    def _is_whole(self, watch: Watch) -> bool:
        """Return whether it has all articles of the run without a fault, each once and word for word.

        Any others are the site's own older ones: if entries are missing at the top of a list, its pages reach further
        down.
        """
        texts = watch.texts()
        return len(texts) == len(set(texts)) and self.wanted <= set(texts) <= self.shown

    def _strike(self, name: str, rate: float, case: str) -> None:
        if name in THEIR_OWN and rate == 1:
            self.front.direct, self.front.patience = True, EVERY[name].patience
            self.replica.control(self.site, fault=name)
        elif name in WRONG_PAGES:
            self.ill.control(self.site, day=self.after, fault=name)
            self.front.strike(replace(EVERY[name], trouble=self._asked_of_the_ill_one), rate, case)
        else:
            self.front.strike(EVERY[name], rate, case)

    def _asked_of_the_ill_one(self, asked: Asked, good: Reply) -> Reply:
        return good if is_list(asked) else hand_on(asked, self.ill.mirrors[self.site])

    def _be_well(self) -> None:
        self.front.direct, self.front.fault, self.front.patience = False, None, PATIENCE
        self.replica.control(self.site, fault="")


async def _poll(watch: Watch, at: datetime) -> Summary:
    """Poll once, then deliver successfully."""
    summary = await watch.poll(at)
    with watch.store() as store:
        while due := store.claim_deliveries(at, limit=100):
            store.mark_sent(store.mark_sending([each.id for each in due], at), at)
    return summary


def _sent(watch: Watch) -> Sent:
    """Return what the recipient knows: the alerts sent, and those covered by another message of the same event."""
    with watch.store() as store:
        return {
            (alert.change, alert.rule, alert.partner, alert.url)
            for alert in store.alerts()
            if any(each.state in (DeliveryState.SENT, DeliveryState.COVERED) for each in alert.deliveries)
        }


def _evening(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=14, tzinfo=UTC)


async def matrix(
    names: Sequence[str], sites: Sequence[str], looks: Sequence[str], rates: Sequence[float]
) -> dict[str, dict[Case, Cell]]:
    """Return the result of each fault in each case."""
    found: dict[str, dict[Case, Cell]] = {name: {} for name in names}
    with ExitStack() as stack:
        replica, ill = Replica(SHARED), Replica(SHARED)
        stack.callback(replica.stop)
        stack.callback(ill.stop)
        folder = Path(stack.enter_context(TemporaryDirectory()))
        for site in sites:
            web = stack.enter_context(serve())
            patrol = Patrol(site, replica, ill, Front(web, replica.mirrors[site]), folder / site)
            await patrol.in_peace()
            for name, which, rate in product(names, looks, rates):
                cell = found[name][site, which, rate] = await patrol.troubled(name, which, rate)
                sys.stderr.write(f"{'' if cell.holds else '!! '}{site}, {name}, {which} looks, {rate}: {cell}\n")
                sys.stderr.flush()
    return found


def table(found: dict[str, dict[Case, Cell]]) -> Iterator[str]:
    """Write the table of docs/reliability.md, in Markdown."""
    yield "| fault | what the user sees | polls not ok | stored meanwhile, at 0.3 | holds, at first and second looks |"
    yield "|---|---|---|---|---|"
    for name, cells in found.items():
        first = {case: cell for case, cell in cells.items() if case[1] == "first"} or cells
        every = [cell for (_, _, rate), cell in first.items() if rate == 1]
        some = [cell for (_, _, rate), cell in first.items() if rate < 1]
        bad = sum(outcome != "ok" for cell in every for outcome in cell.outcomes)
        polls = sum(len(cell.outcomes) for cell in every)
        words = next((cell.said for cell in every if cell.said), "nothing")
        stored = f"{sum(c.stored for c in every)}, {sum(c.stored for c in some)} of {sum(c.wanted for c in every)}"
        held = "; ".join(_held([c for (_, at, _), c in cells.items() if at == which]) for which in LOOKS)
        yield f"| {name} | {_short(words)} | {bad} of {polls} | {stored} | {held} |"


def _held(cells: Sequence[Cell]) -> str:
    slowest = max((cell.hours for cell in cells if cell.hours is not None), default=0)
    return f"{sum(cell.holds for cell in cells)} of {len(cells)}, within {slowest:g} h" if cells else "–"


def _short(words: str, length: int = 150) -> str:
    shown = re.sub(r"(https?://[^/\s]+)/[^\s:;]*", r"\1/…", words.partition(": ")[2] or words)
    shown = shown.replace("|", "/").replace("<", "&lt;")
    return shown if len(shown) <= length else shown[: length - 1] + "…"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="FAULT", help=f"of {', '.join(EVERY)}")
    parser.add_argument("--sites", nargs="+", choices=SITES, default=list(SITES))
    parser.add_argument("--looks", nargs="+", choices=LOOKS, default=list(LOOKS))
    parser.add_argument("--rates", nargs="+", type=float, default=list(RATES))
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(EVERY):
        parser.error(f"no such fault: {', '.join(sorted(unknown))}")
    logging.disable(logging.CRITICAL)
    if not (SHARED / "replica").is_dir():
        sys.stderr.write(f"the stand-in sites are not at {SHARED}: set SUNCHI_SHARED\n")
        return 2
    found = asyncio.run(matrix(asked.names or list(EVERY), asked.sites, asked.looks, asked.rates))
    sys.stdout.writelines(f"{line}\n" for line in table(found))
    return int(not all(cell.holds for cells in found.values() for cell in cells.values()))


if __name__ == "__main__":
    sys.exit(main())
