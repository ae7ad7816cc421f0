"""A monitor's life: two days of one newspaper in polls, deliveries, a reparse, a migration, a rebuild: each a process.

    with theatre() as stage:
        untroubled = Life(stage, folder, url).live()
        killed = Life(stage, other_folder, other_url, fate).live()
        assert killed.ended == untroubled.ended

A fate says at which step a task's process is killed. It is then restarted, a minute or half an hour later, as a
schedule would, until it ends by itself.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from sqlalchemy import select

from sunchi.archive.store import Archive
from sunchi.model import Location
from sunchi.store import DeliveryRecord, Store, versions
from sunchi.store.database import address, engine
from sunchi.store.schema import articles, known_links, revisions
from tests.crashes.acts import HANDED, RECORDED, SAID, SENDING, Order, perform
from tests.ingest.press import DAY, HOUR, LETTER, LETTER_TEXT, NOON, Paper, analyzer
from tests.web import Asked, Reply, Web, serve

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60  # seconds for one act, which takes a tenth of one
PAUSES = (timedelta(minutes=1), timedelta(minutes=30))
"""From a death to the next start, by turns. What a dead sender had claimed is free again after 15 minutes."""

RECIPIENTS = ("desk", "ministry")

LATER = '''"""A table and a column more: what the next version of Sunchi might bring."""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "later", {head!r}


def upgrade():
    op.create_table("more", sa.Column("id", sa.Integer, primary_key=True))
    with op.batch_alter_table("polls") as table:
        table.add_column(sa.Column("remark", sa.Text))
'''


@dataclass
class Stage:
    """Shared by all lives: the server, and the process from which the others are forked."""

    web: Web
    scripts: Path  # the migrations of a later Sunchi
    fork: multiprocessing.context.ForkServerContext

    def perform(self, order: Order) -> int | None:
        """Return the exit code of a task's process; None if it did not end."""
        return self.end(self.begin(order))

    def begin(self, order: Order) -> ForkServerProcess:
        child = self.fork.Process(target=perform, args=(order,), daemon=True)
        child.start()
        return child

    def end(self, child: ForkServerProcess) -> int | None:
        child.join(PATIENCE)
        code = child.exitcode
        child.kill()
        return code


@contextmanager
def theatre(folder: Path) -> Iterator[Stage]:
    os.environ.setdefault("PREFECT_HOME", str(folder / "prefect"))
    os.environ["POLARS_MAX_THREADS"] = "1"  # the processes are many, and the texts short
    fork = multiprocessing.get_context("forkserver")
    fork.set_forkserver_preload(["pytest", "tests.crashes.acts"])
    with serve() as web:
        yield Stage(web, later_scripts(folder), fork)


def later_scripts(folder: Path) -> Path:
    scripts = folder / "migrations"
    shutil.copytree(versions.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "later.py").write_text(LATER.format(head=versions._head()))
    return scripts


# --- one life -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """Where a process died or stopped: in which task, after which step."""

    act: str
    step: str


Fate = Callable[[str, int], int | None]
"""Of an act (`poll 3`) and an attempt at it (from 0) the step at which it dies; None: it lives."""


def spared(act: str, attempt: int) -> int | None:
    return None


@dataclass
class Life:
    stage: Stage
    folder: Path
    database: str
    fate: Fate = spared
    deaths: list[Moment] = field(default_factory=list)
    lengths: dict[str, int] = field(default_factory=dict)  # how many steps the last attempt at each act had
    heard: Counter[tuple[str, str]] = field(default_factory=Counter)  # recipient and message -> how often it came
    in_flight: int = 0  # messages that were being handed over, or had been, when their sender died
    again: int = 0  # of these, those that had gone out
    _numbers: Iterator[int] = field(default_factory=count)
    _footer: bool = True
    _scripts: Path | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        self.paper = Paper(self.stage.web, self.folder, analyzer())
        self.stage.web.otherwise = self._answer

    def live(self) -> Life:
        """Run all of it."""
        for hours, happens in self._happenings():
            happens()
            self.paper.now = NOON + hours * HOUR
            self.act("poll")
            self.act("deliver")
        self.paper.now += DAY  # what a dead sender had claimed
        self.act("deliver")
        return self

    def _happenings(self) -> Iterator[tuple[float, Callable[[], object]]]:
        """Yield the hours of the polls, and what happens before each."""
        paper = self.paper
        paper.publish("talks", "Talks Held", "It was agreed.")
        yield -2, lambda: None  # the first poll, which alerts nobody
        yield 0, lambda: paper.publish("letter", LETTER, LETTER_TEXT)
        yield 2, lambda: paper.publish_many(11)
        yield 8, lambda: setattr(paper.items[-2], "text", LETTER_TEXT.replace("traditional friendship", "cooperation"))
        yield 10, lambda: None  # a second look agrees
        yield 30, lambda: paper.items.pop(-2)
        yield 32, lambda: None
        yield 36, self._mend
        yield 38, self._migrate
        yield 40, lambda: paper.publish("fresh", f"{LETTER} Again", f"{LETTER_TEXT} Once more.")

    def _mend(self) -> None:
        """Fix the parser, and read again what it misread."""
        self._footer = False
        self.act("reparse")

    def _migrate(self) -> None:
        """Install a later Sunchi."""
        self._scripts = self.stage.scripts
        self.act("migrate")

    def act(self, act: str) -> None:
        """Run a task, restarted after each death."""
        name = self._named(act)
        for attempt in count():
            order = self.order(act, kill_at=self.fate(name, attempt))
            code = self.stage.perform(order)
            if code == 0 or (code == SAID and attempt and "has articles" in order.said):  # had ended when it died
                self.lengths[name] = len(order.steps)
                return
            assert (code, order.kill_at is None) == (-signal.SIGKILL, False), f"{order}: {code}: {order.said}"
            self.deaths.append(Moment(name, order.steps[-1]))
            recorded = order.steps.count(RECORDED)
            self.in_flight += order.steps.count(HANDED) - recorded
            self.again += order.steps.count(SENDING) - recorded
            self.paper.now += PAUSES[attempt % len(PAUSES)]

    def _named(self, act: str) -> str:
        return f"{act} {sum(each.startswith(act) for each in self.lengths)}"

    def order(self, act: str, **changes: Any) -> Order:
        """Return the order for a task's process."""
        addresses = " ".join(f"{self.stage.web.origin.replace('http', 'json')}/{name}" for name in RECIPIENTS)
        settings = {
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database,
            "DELAY": "0",
            "MIRRORS": json.dumps({"paper": self.stage.web.origin}),
            "NOTIFY": addresses,
        }
        notes = self.folder / f"{next(self._numbers)}-{act}"
        return replace(Order(act, self.paper.now, settings, notes, self._footer, self._scripts), **changes)

    def _answer(self, asked: Asked) -> Reply:
        recipient = asked.path.partition("?")[0].strip("/")
        if recipient not in RECIPIENTS:
            return self.paper.answer(asked)
        said = json.loads(asked.body)
        self.heard[recipient, _words(said["title"], said["message"].partition("To: ")[0])] += 1
        return Reply()

    # --- what came of it

    @property
    def ended(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return the content of the database, without times and row numbers."""
        with Store(engine(address(self.database))) as store:
            texts = {row["id"]: row for row in store.articles()}
            told = store.alerts()
            found = store.signals()
            with store._reading() as connection:
                seen = connection.execute(select(known_links, articles.c.current).join(articles, isouter=True)).all()
                read = connection.execute(select(revisions)).all()
        return {
            "articles": sorted((id, row["url"], row["revisions"], row["outcome"]) for id, row in texts.items()),
            "revisions": sorted((r.article_id, r.number, r.kind, r.fingerprint, r.title, *r.paragraphs) for r in read),
            "links": sorted((r.key, r.url, r.state, r.article_id, r.fingerprint, r.current) for r in seen),
            "signals": sorted(found.drop("detail").rows(), key=repr),
            "alerts": sorted(
                (a.rule, a.article, a.revision, a.partner, a.change, _words(a.title, a.body)) for a in told
            ),
            "deliveries": sorted((_words(a.title, a.body), d.recipient, d.state) for a in told for d in a.deliveries),
        }

    @property
    def ledger(self) -> dict[tuple[str, str], DeliveryRecord]:
        """Return the state of each message's delivery to each recipient."""
        with Store(engine(address(self.database))) as store:
            return {
                (each.label.strip("/").rpartition("/")[2], _words(alert.title, alert.body)): each
                for alert in store.alerts()
                for each in alert.deliveries
            }

    def unreadable(self) -> list[Location]:
        """Return the archive places that the database refers to and that have no page; raises if a page is damaged."""
        with Store(engine(address(self.database))) as store:
            places = [each.location for each in store.responses()] + [
                each.location for each in store.pages_to_reparse()
            ]
        archive = Archive.open(str(self.folder / "archive"))
        return [place for place in places if archive.read(place).status not in (200, 304, 404)]


def heir(life: Life, folder: Path, database: str, fate: Fate = spared) -> Life:
    """Lose the life's database, and rebuild it in an empty one from the archive."""
    made = Life(life.stage, folder, database, fate)
    shutil.copytree(life.folder / "archive", folder / "archive")
    made.paper.now, made._footer = life.paper.now, False
    made.act("rebuild")
    return made


@dataclass
class Crowded(Life):
    """A life in which another process does the same work each time.

    The first process stops at some step until the second one has ended, or waits for it. Together they do what one
    would have done.
    """

    chance: random.Random = field(default_factory=random.Random)
    stops: list[Moment] = field(default_factory=list)
    lengths_of_one: dict[str, int] = field(default_factory=dict)

    def act(self, act: str) -> None:
        name = self._named(act)
        stop_at = self.chance.randrange(self.lengths_of_one[name])
        one = self.order(FIRST.get(act, act), stop_at=stop_at)
        if act == "migrate":  # the first is of the Sunchi that does not know of it
            one = replace(one, scripts=None)
        other = self.order(act)
        first = self.stage.begin(one)
        _wait_until(lambda: first.exitcode is not None or _stands_still(first.pid))
        if first.exitcode is None:
            self.stops.append(Moment(f"{one.act} beside {other.act}", one.steps[-1]))
        second = self.stage.begin(other)
        second.join(LONG_ENOUGH)
        if first.exitcode is None and first.pid:
            os.kill(first.pid, signal.SIGCONT)
        ends = (self.stage.end(first), self.stage.end(second))
        self.lengths[name] = len(other.steps)
        overtaken = act == "migrate" and ends == (SAID, 0) and any(words in one.said for words in MIGRATED)
        assert ends == (0, 0) or overtaken, f"{one}: {one.said}; {other}: {other.said}: {ends}"


MIGRATED = ("start again, with the program", "a newer Sunchi made them")
"""What a poll says whose database was migrated under its hands, or before it looked at it."""

FIRST = {"migrate": "poll", "reparse": "poll"}
"""Whom a migration or a reparse finds at work."""

LONG_ENOUGH = 0.5
"""Seconds after which the second process is taken to wait for the first."""


def _stands_still(pid: int | None) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"
    except (FileNotFoundError, ProcessLookupError):  # it has ended, and its exit code is on the way
        return False


def _wait_until(holds: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < give_up_at:
        time.sleep(0.01)


# --- what may become of it ------------------------------------------------------------------------------------------


def _words(title: str, body: str) -> str:
    """Return the text of an alert without what differs between lives.

    That is the name of the archive's file, and the comparison with the past, which is missing if the alert's crawl died
    or was overtaken by another.
    """
    for compared in (": first of its kind", ": the last of its kind"):
        title = title.partition(compared)[0]
    start = max(body.find("“"), 0)
    lines = [line.strip() for line in body[start:].splitlines()]
    return "\n".join([title, *(line for line in lines if line and not line.startswith("Stored page:"))])


def drawn(chance: random.Random, untroubled: Life) -> Fate:
    """Kill every task at a random step: a long one twice, a short one only sometimes."""

    def fate(act: str, attempt: int) -> int | None:
        length = untroubled.lengths[act]
        dies = chance.random() < 1 / 4 if length < FEW_STEPS else attempt <= (length > MANY_STEPS)
        return chance.randrange(length) if dies else None

    return fate


FEW_STEPS, MANY_STEPS = 10, 100


def assert_same_end(life: Life, untroubled: Life) -> None:
    """Assert that nothing is lost or doubled, and that each message came once, or as often as the ledger allows.

    The ledger allows more only for messages that were in flight when their sender died.
    """
    assert_same_texts(life, untroubled)
    assert set(life.heard) == set(untroubled.heard), life.deaths
    ledger = life.ledger
    assert set(ledger) == set(life.heard)
    assert all(times <= 1 + ledger[message].unsure for message, times in life.heard.items()), life.deaths
    assert life.heard.total() - len(life.heard) <= life.again, life.deaths
    assert sum(each.unsure for each in ledger.values()) <= life.in_flight, life.deaths


def assert_same_texts(life: Life, untroubled: Life) -> None:
    """Assert that the two databases have the same content, and that everything they refer to is in the archive."""
    ended, wanted = life.ended, untroubled.ended
    assert {name: len(rows) for name, rows in ended.items()} == {name: len(rows) for name, rows in wanted.items()}
    different = {
        name: [
            [row for row in some if row not in others] for some, others in ((rows, wanted[name]), (wanted[name], rows))
        ]
        for name, rows in ended.items()
        if rows != wanted[name]
    }
    assert not different, life.deaths
    assert life.unreadable() == []
