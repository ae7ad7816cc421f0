"""`sunchi articles`, `report`, `check`, `migrate`: what is stored, and how it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from sunchi.cli import app
from sunchi.cli.poll import AsJson
from sunchi.cli.running import screen
from sunchi.model import SunchiError


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no day; write it as 2024-10-06") from None


Since = Annotated[date | None, typer.Option(parser=_day, metavar="DATE", help="First day, as 2024-10-06.")]
Until = Annotated[date | None, typer.Option(parser=_day, metavar="DATE", help="Last day.")]


@app.command(epilog="Examples: sunchi articles --source kcna --since 2024-10-01 · sunchi articles --json | jq .title")
def articles(
    source: Annotated[str | None, typer.Option(help="kcna, rodong or hani.")] = None,
    lang: Annotated[str | None, typer.Option(help="en, ko or zh.")] = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
) -> None:
    """What is stored: articles as they stand, by date."""
    from sunchi.settings import load
    from sunchi.store import Store

    with Store.open(load().database()) as store:
        rows = store.articles(source, since, until, lang)
        if as_json:
            for row in rows:
                typer.echo(json.dumps(row, ensure_ascii=False, default=str))
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("date", "source", "page", "title", "id"):
            table.add_column(column, overflow="fold" if column == "title" else "ignore", no_wrap=column != "title")
        for row in rows:
            noted = [f"{row['revisions']} texts"] * (row["revisions"] > 1) + ["deleted"] * (row["outcome"] == "gone")
            title = escape(row["title"]) + (f" [yellow]({', '.join(noted)})[/]" if noted else "")
            page = str(row["page"] or "")
            table.add_row(str(row["date"] or "no date"), f"{row['source']}/{row['lang']}", page, title, row["id"])
    screen.print(table)
    screen.print(f"\n{table.row_count} articles")


@app.command(epilog="Example: sunchi report --since 2024-10-01 --out october.html")
def report(
    since: Since = None,
    until: Until = None,
    out: Annotated[Path, typer.Option(help="One HTML file that opens anywhere.")] = Path("report.html"),
) -> None:
    """Charts, messages, formulas and alerts with their evidence; the last 30 days, unless told otherwise."""
    from sunchi.lexicon import load as load_lexicon
    from sunchi.report import write
    from sunchi.settings import load
    from sunchi.store import Store

    last = until or datetime.now(UTC).date()
    settings = load()
    with Store.open(settings.database()) as store:
        since = since or last - timedelta(days=30)
        write(store, out, since=since, until=last, lexicon=load_lexicon(settings.lexicon))
    screen.print(f"Written: {out}")


@app.command(epilog="Example: sunchi check")
def check() -> None:
    """Settings, lexicon, recipients, database, sources: what is wrong, and how to mend it; then exit code 1."""
    from sunchi.lexicon import load as load_lexicon
    from sunchi.notify import Notifier
    from sunchi.rules import load_rules
    from sunchi.settings import load
    from sunchi.store import Store

    settings = load()
    wrong = 0

    def say(subject: str, words: str, *, well: bool = True) -> None:
        nonlocal wrong
        wrong += not well
        screen.print(f"{'[green]ok[/]   ' if well else '[red]wrong[/]'}  [bold]{subject:<10}[/] {escape(words)}")

    say("settings", f"data in {settings.data_dir}, sources {', '.join(settings.sources)}")
    looks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("lexicon", lambda: f"version {load_lexicon(settings.lexicon).version[:12]}"),
        ("rules", lambda: f"{len(load_rules(settings.lexicon / 'rules.toml').rules)} rules"),
        ("recipients", lambda: _recipients(Notifier(settings.recipients()))),
    )
    for subject, look in looks:
        try:
            say(subject, look())
        except SunchiError as error:
            say(subject, str(error), well=False)
    try:
        with Store.open(settings.database()) as store:
            say("database", "is at this program's version")
            for source in settings.sources:
                polls = store.polls(source, limit=1)
                last = (
                    f"last polled {polls[0].ended_at:%Y-%m-%d %H:%M} UTC: {polls[0].outcome}"
                    if polls
                    else "never polled"
                )
                say(source, last, well=not polls or polls[0].outcome != "failed")
            for incident in store.incidents():
                since = f"since {incident.opened_at:%Y-%m-%d %H:%M} UTC, {incident.times} times"
                say(incident.kind, f"{incident.subject}: {incident.message} ({since})", well=False)
    except SunchiError as error:
        say("database", str(error), well=False)
    if wrong:
        raise typer.Exit(1)


def _recipients(notifier: object) -> str:
    labels = [recipient.label for recipient in notifier.recipients]  # type: ignore[attr-defined]
    return ", ".join(labels) or "none: set SUNCHI_NOTIFY, or alerts are only stored"


@app.command(epilog="Example: sunchi migrate")
def migrate() -> None:
    """Bring an older database to this program's version; of SQLite, a copy is kept beside it."""
    from sunchi.settings import load
    from sunchi.store import migrate as migrate_store

    screen.print(str(migrate_store(load().database())))
