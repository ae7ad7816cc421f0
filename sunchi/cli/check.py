"""`sunchi check`, `sunchi migrate`: what is wrong, and how to fix it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sunchi.cli.app import app
from sunchi.cli.options import AsJson, known_sources
from sunchi.cli.screen import escape, json_line, moment, say
from sunchi.cli.stores import missing_database, note_command
from sunchi.errors import LexiconError, SettingsError, StoreError, SunchiError
from sunchi.system.private import is_open_to_others, try_folder

if TYPE_CHECKING:
    from sunchi.alerts.rules import Rule
    from sunchi.model import Recipient
    from sunchi.settings import Settings
    from sunchi.store import Store


_ENV = Path(".env")


@dataclass(frozen=True)
class CheckResult:
    """The result of one check."""

    subject: str
    well: bool
    words: str


@app.command(epilog="Examples: sunchi check · sunchi check --json | jq 'select(.well | not)'")
def check(as_json: AsJson = False) -> None:
    """Check settings, lexicon, recipients, database and sources. Exit code 1 if something is wrong."""
    from sunchi.settings import load

    settings = load()
    wrong = False
    for each in (*_settings(settings), *_files(settings), *_database(settings)):
        wrong |= not each.well
        if as_json:
            json_line(asdict(each))
            continue
        mark = "[green]ok[/]   " if each.well else "[red]wrong[/]"
        first, *more = each.words.splitlines() or [""]
        say(f"{mark}  [bold]{each.subject:<10}[/]  {escape(first)}")
        for line in more:
            say(f"{'':19}{escape(line)}")
    if wrong:
        raise typer.Exit(1)


def _check(subject: str, look: Callable[[], str]) -> CheckResult:
    try:
        return CheckResult(subject, True, look())
    except SunchiError as error:
        return CheckResult(subject, False, str(error))


def _settings(settings: Settings) -> Iterator[CheckResult]:
    from parsers import SOURCES
    from sunchi.settings import unknown_settings

    if names := unknown_settings():
        yield CheckResult("settings", False, f"{', '.join(names)}: no such setting; .env.example lists them all")
    if _ENV.is_file() and is_open_to_others(_ENV):
        yield CheckResult("settings", False, f"{_ENV} holds passwords, and others can read it: chmod 600 {_ENV}")
    sites = {edition.site for source in SOURCES.values() for edition in source.editions}
    if names := sorted(set(settings.mirrors) - sites):
        words = f"SUNCHI_MIRRORS: {', '.join(names)}: no such site; known are {', '.join(sorted(sites))}"
        yield CheckResult("mirrors", False, words)
    yield from (each for each in _addresses(settings) if not each.well)
    yield _check("data", lambda: _folder(settings.data_dir.absolute()))
    yield _check("archive", lambda: _archive(settings))
    yield _check("sources", lambda: ", ".join(known_sources(settings.sources)))


def _folder(path: Path) -> str:
    try_folder(path, "SUNCHI_DATA_DIR")
    return str(path)


def _archive(settings: Settings) -> str:
    from sunchi.archive.store import Archive

    archive = Archive.open(settings.archive_address())
    archive.try_out("SUNCHI_ARCHIVE" if settings.archive else "SUNCHI_DATA_DIR")
    return archive.place


def _addresses(settings: Settings) -> Iterator[CheckResult]:
    """Check that mirrors and proxy are valid addresses."""
    from sunchi.fetch.network import mirror_origin, proxy_address

    yield _check("mirrors", lambda: " ".join(str(mirror_origin(str(each))) for each in settings.mirrors.values()))
    if proxy := settings.proxy:
        yield _check("proxy", lambda: proxy_address(proxy.get_secret_value()).url.host)


def _files(settings: Settings) -> Iterator[CheckResult]:
    """Check the analyst's files and the recipients."""
    from sunchi.alerts.notify import Notifier
    from sunchi.alerts.rules import load_rules
    from sunchi.lexicon import load as load_lexicon
    from sunchi.selfcheck import check_lexicon

    known: tuple[Recipient, ...] = ()
    rules: list[Rule] = []

    def recipients() -> str:
        nonlocal known
        known = Notifier(settings.recipients()).recipients
        return "\n".join(_recipients(known)) or "none, so alerts are stored and not sent; set SUNCHI_NOTIFY"

    def read_rules() -> str:
        rules.extend(load_rules(settings.lexicon / "rules.toml").rules)
        return f"{len(rules)} rules"

    def tried() -> str:
        if faults := check_lexicon(settings.lexicon):
            raise LexiconError("\n".join(faults))
        return f"version {load_lexicon(settings.lexicon).version[:12]}, {settings.lexicon}"

    lexicon = _check("lexicon", tried)
    yield lexicon
    if lexicon.well:  # the rules are read with the lexicon, so its faults would appear twice
        yield _check("rules", read_rules)
    yield _check("recipients", recipients)
    if rules and known:
        yield from _tags(known, rules)


def _recipients(known: Sequence[Recipient]) -> Iterator[str]:
    """Yield a line for each recipient: what it gets, and whether it is one with another, or several."""
    from sunchi.alerts.notify import operators
    from sunchi.model import ALWAYS, OPERATORS

    of_notices = operators(known)
    for each in known:
        tags = ", ".join(sorted(each.tags - {ALWAYS, OPERATORS}))
        of = "all alerts" if ALWAYS in each.tags else f"alerts of the rules tagged {tags}" if tags else ""
        line = f"{each.label}: " + ", ".join(filter(None, (of, "notices" if each in of_notices else "")))
        if each.times > 1:
            line += f"; named {each.times} times, told once"
        if each.targets > 1:
            line += f"; {each.targets} targets in one: while one fails, the others get each alert again, so write an "
            line += "address for each"
        yield line


def _tags(known: Sequence[Recipient], rules: Sequence[Rule]) -> Iterator[CheckResult]:
    """Name tags by which nobody is told anything, and rules of whose alerts nobody is told."""
    from sunchi.model import ALWAYS, OPERATORS

    used = {tag for rule in rules for tag in rule.tags}
    for each in known:
        for tag in sorted(each.tags - used - {ALWAYS, OPERATORS}):
            yield CheckResult("recipients", False, f"{each.label}: no rule in rules.toml has the tag {tag}")
    given = {tag for each in known for tag in each.tags}
    if ALWAYS not in given and (untold := [rule for rule in rules if not given & {*rule.tags}]):
        named = ", ".join(f"{rule.id} ({', '.join(rule.tags) or 'no tag'})" for rule in untold)
        yield CheckResult("rules", False, f"no recipient has a tag of these rules, so nobody is told: {named}")


def _database(settings: Settings) -> Iterator[CheckResult]:
    """Check the database, and show the last polls, which must be recent, and the open incidents."""
    from sunchi.reports.health import MAX_AGE
    from sunchi.store import Store
    from sunchi.text import counted
    from sunchi.text.counted import ago

    try:
        if words := missing_database(settings):
            yield CheckResult("database", True, words)
            return
        store = Store.open(settings.database())
    except SunchiError as error:
        yield CheckResult("database", False, str(error))
        return
    with store:
        yield _check("database", lambda: _whole(store))
        with suppress(SettingsError):  # reported above
            for source in known_sources(settings.sources):
                poll = next(iter(store.polls(source, limit=1)), None)
                if poll is None:
                    yield CheckResult(source, True, "never polled")
                    continue
                age = datetime.now(UTC) - poll.ended_at
                late = f", {ago(age)}" if age > MAX_AGE else ""
                words = f"last polled {moment(poll.ended_at)}{late}: {poll.outcome}"
                words += f": {poll.words}" if poll.words else ""
                yield CheckResult(source, poll.outcome != "failed" and age <= MAX_AGE, words)
        yield from _completeness(store)
        for incident in store.incidents():
            since = f"since {moment(incident.opened_at)}, {counted(incident.times, 'time')}"
            since += f"; the operators were told {moment(incident.reported_at)}" if incident.reported_at else ""
            yield CheckResult(incident.kind, False, f"{incident.subject}: {incident.message} ({since})")


def _completeness(store: Store) -> Iterator[CheckResult]:
    """Compare what lists showed in the last week with what is stored, by edition."""
    from parsers import SOURCES

    since = datetime.now(UTC).date() - timedelta(days=7)
    for edition in (edition for source in SOURCES.values() for edition in source.editions):
        days = store.completeness(edition.source, edition.lang, since)
        if days:
            words = [day.words for day in days if day.waiting] or [
                "everything that lists showed in the last week is stored"
            ]
            yield CheckResult(f"{edition.source}/{edition.lang}", not any(d.waiting for d in days), "\n".join(words))


def _whole(store: Store) -> str:
    if words := store.damage():
        raise StoreError(words)
    return "is undamaged, and at this program's version"


@app.command(epilog="Example: sunchi migrate")
def migrate() -> None:
    """Bring an older database to this program's version. A copy of an SQLite file is kept beside it."""
    from sunchi.settings import load
    from sunchi.store import migrate as migrate_store

    settings = load()
    if words := missing_database(settings):
        say(escape(words))
        return
    done = migrate_store(settings.database())
    note_command("migrate", settings)
    if done.before == done.after:
        say(f"Nothing to do: the database is at this program's version, {done.after}.")
    else:
        say(f"The database was at version {done.before or 'none'}, and is now at {done.after}.")
    if done.backup:
        say(escape(f"The database before the migration: {done.backup}"))
