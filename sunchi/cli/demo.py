"""`sunchi demo`: polls the embedded sites day by day."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.options import Verbose
from sunchi.cli.report import stored_report
from sunchi.cli.runs import poll_all, prepare_prefect, run, table_of
from sunchi.cli.screen import escape, say
from sunchi.errors import SettingsError
from sunchi.system.private import FOLDER

if TYPE_CHECKING:
    from demo import DemoServer
    from sunchi.settings import Settings
    from sunchi.store import Poll

SOURCES = ("kcna", "kcna/ko", "rodong", "hani")
EVENING = time(12, tzinfo=UTC)
"""Nine in the evening in Seoul and Pyongyang."""

_OURS = ".sunchi-demo"


@app.command(epilog="Example: sunchi demo")
def demo(
    folder: Annotated[Path, typer.Option(help="The folder for database, archive and report; emptied first.")] = Path(
        "var/demo"
    ),
    verbose: Verbose = False,
) -> None:
    """Poll the week of the 8th Party Congress, January 2021, on embedded sites; needs no settings and no network."""
    from demo import DAYS, NOTICE, DemoServer
    from sunchi.lexicon import load
    from sunchi.settings import NOTICE_FILE
    from sunchi.store import Store

    here, home = Path.cwd(), _emptied(folder)
    with DemoServer() as server, _only_these_settings(home, server.mirrors) as settings:
        (home / NOTICE_FILE).write_text(NOTICE, encoding="utf-8")
        prepare_prefect(settings, verbose=verbose)
        say(f"[bold]{escape(NOTICE)}[/]\n")
        _import_past(home)
        say("[dim]Starting Prefect …[/]")
        polls = run(_week(server))
        report = home / "report.html"
        with Store.open(settings.database()) as store:
            lexicon = load(settings.lexicon)
            page, _ = stored_report(store, DAYS[0], DAYS[-1], lexicon, settings.notice())
        report.write_text(page, encoding="utf-8")

    say(f"\n[bold]The week, {DAYS[0]} to {DAYS[-1]}[/]")
    say(table_of([_summed(source, polls) for source in SOURCES]))
    shown = os.path.relpath(home, here)
    say(f"\nReport      {os.path.relpath(report, here)}")
    say(f"Database    {shown}/sunchi.db")
    say(f"Prefect UI  {_called()} ui --data-dir {shown}")
    if any(each.outcome == "failed" for each in polls):
        raise typer.Exit(1)


def _import_past(home: Path) -> None:
    """Import the years before the week, with which its alerts compare."""
    from demo import past
    from sunchi.cli.importing import import_files

    file = home / "past.jsonl"
    say(f"[bold]The years before[/]: {past.write(file):,} articles of KCNA since {past.FIRST}, by `sunchi import`")
    import_files([file])
    say()


async def _week(server: DemoServer) -> list[Poll]:
    """Poll the sites evening by evening, and deliver the alerts; the first poll, the evening before, alerts nobody."""
    from demo import DAYS, EVE
    from flows.deliver import deliver

    server.day = EVE
    recorded = sum(each.new for each in await poll_all(SOURCES, datetime.combine(EVE, EVENING)))
    say(f"[bold]{_day(EVE)}[/]: the first poll recorded {recorded} articles; alerts from the next poll on")
    polls: list[Poll] = []
    for day in DAYS:
        server.day = day
        evening = datetime.combine(day, EVENING)
        today = await poll_all(SOURCES, evening)
        new, changed, gone = (sum(getattr(each, name) for each in today) for name in ("new", "changed", "gone"))
        say(f"[bold]{_day(day)}[/]: {new} new, {changed} changed, {gone} gone")
        if any(each.alerts for each in today):
            await deliver(evening)
        polls += today
    return polls


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _emptied(folder: Path) -> Path:
    """Create the demo's folder, or empty it. Raises SettingsError if it contains anything but an earlier demo."""
    home = folder.absolute()
    if home.exists() and not (home / _OURS).exists() and (not home.is_dir() or any(home.iterdir())):
        raise SettingsError(f"{folder} contains something other than a demo: name another folder with --folder")
    shutil.rmtree(home, ignore_errors=True)
    try:
        home.mkdir(FOLDER, parents=True, exist_ok=True)
        (home / _OURS).touch()
    except OSError as error:
        raise SettingsError(f"{folder} can't be created: {error.strerror}: name another folder with --folder") from None
    return home


@contextmanager
def _only_these_settings(home: Path, mirrors: dict[str, str]) -> Iterator[Settings]:
    """Replace all settings, from the environment and from an `.env` file, by the demo's."""
    from sunchi.settings import load

    here, before = Path.cwd(), dict(os.environ)
    for name in before:
        if name.startswith(("SUNCHI_", "PREFECT_")):
            del os.environ[name]
    os.environ |= {
        "SUNCHI_DATA_DIR": str(home),
        "SUNCHI_SOURCES": ",".join(SOURCES),
        "SUNCHI_MIRRORS": json.dumps(mirrors),
        "SUNCHI_DELAY": "0",
        "SUNCHI_NOTIFY": "terminal://",
    }
    os.chdir(home)
    try:
        yield load()
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ |= before


def _summed(source: str, polls: Sequence[Poll]) -> Poll:
    """Return one source's polls in one row; `listed` is the last poll's."""
    mine = [each for each in polls if each.source == source]
    failed = [each for each in mine if each.outcome == "failed"]
    counts = ("new", "changed", "gone", "failed", "signals", "alerts")
    sums = {name: sum(getattr(each, name) for each in mine) for name in counts}
    outcome, words = ("failed", failed[-1].words) if failed else ("ok", f"{len(mine)} polls")
    return replace(mine[-1], started_at=mine[0].started_at, outcome=outcome, words=words, **sums)


def _called() -> str:
    """Return the command as the user can type it again."""
    called = Path(sys.argv[0])
    inside = called.is_relative_to(Path.cwd())
    return str(called.relative_to(Path.cwd())) if inside else str(called) if not called.is_absolute() else called.name
