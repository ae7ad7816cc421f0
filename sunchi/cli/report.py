"""`sunchi report`: the report as one HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sunchi.cli.app import app
from sunchi.cli.inputs import Files, past_of_files
from sunchi.cli.options import Since, Until, check_days
from sunchi.cli.output import out_file
from sunchi.cli.screen import escape, exit_with_faults, say, warn
from sunchi.cli.stores import open_store
from sunchi.errors import SettingsError

if TYPE_CHECKING:
    from sunchi.history.past import Past
    from sunchi.lexicon import Lexicon
    from sunchi.reports.periods import Span
    from sunchi.store import Store

_DAYS = timedelta(days=30)  # covered by a report of the store, unless days are given


@app.command(
    epilog="Examples: sunchi report --since 2024-10-01 --out october.html · "
    "sunchi report articles.jsonl.gz --out year.html"
)
def report(
    files: Files = None,
    since: Since = None,
    until: Until = None,
    out: Annotated[Path, typer.Option(dir_okay=False, help="One HTML file that opens anywhere.")] = Path("report.html"),
) -> None:
    """Write a report: what changed, what is missing, attention and tone, phrases, messages and their answers.

    Of the last 30 days, or of all days of the files, unless days are given. It
    opens without a network, and can be printed.
    """
    from sunchi.lexicon import load as load_lexicon
    from sunchi.settings import load

    check_days(since, until)
    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    faults: Sequence[str] = ()
    hint = ""
    with out_file(out) as file:
        if files:
            page, span, faults = _of_files(files, since, until, lexicon)
        else:
            last = until or datetime.now(UTC).date()
            first = since or last - _DAYS + timedelta(days=1)
            check_days(first, last)
            with open_store(settings) as store:
                page, span = stored_report(store, first, last, lexicon, settings.notice())
                hint = _without_articles(store, span)
        file.write_text(page, encoding="utf-8")
    say(escape(f"{span.since} to {span.until}, written: {out}"))
    if hint:
        warn(escape(hint))
    exit_with_faults(faults)


def _without_articles(store: Store, span: Span) -> str:
    """Return in words which days have stored articles, if those of a report have none; else ""."""
    from sunchi.cli.empty import searched
    from sunchi.history.coverage import Coverage

    counts = store.articles_a_day()
    if any(span.holds(day) for days in counts.values() for day in days):
        return ""
    return f"No article of these days is stored: choose --since. {searched(Coverage(counts))}"


def stored_report(store: Store, since: date, until: date, lexicon: Lexicon, notice: str) -> tuple[str, Span]:
    """Return the report on what is stored for some days, both included."""
    from sunchi.history.past import Past
    from sunchi.ingest.history import MEMORY, stored_past
    from sunchi.reports.html import render
    from sunchi.reports.material import OF_THE_PAST, of_store
    from sunchi.reports.periods import Span

    span = Span(since, until)
    past = Past(*stored_past(store, since - MEMORY, kinds=OF_THE_PAST))
    return render(of_store(store, past, span), lexicon, notice), span


def _of_files(
    files: Sequence[Path], since: date | None, until: date | None, lexicon: Lexicon
) -> tuple[str, Span, Sequence[str]]:
    from sunchi.reports.html import render
    from sunchi.reports.material import of_files

    past = past_of_files(files, lexicon)
    span = _span(past, since, until)
    return render(of_files(past, lexicon, span), lexicon), span, past.faults


def _span(past: Past, since: date | None, until: date | None) -> Span:
    """Return the days of a report on files: all of theirs, unless days are given."""
    from sunchi.reports.periods import Span

    days = past.articles["date"].drop_nulls()
    if days.is_empty() and not (since and until):
        raise SettingsError("none of the articles has a date: name the days of the report with --since and --until")
    ends = since or days.min(), until or days.max()
    check_days(*ends)  # type: ignore[arg-type]
    return Span(*ends)  # type: ignore[arg-type]
