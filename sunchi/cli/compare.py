"""`sunchi compare`: what is said of one state in two times, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.cli.app import app
from sunchi.cli.inputs import Files, select_past
from sunchi.cli.options import AsCsv, AsJson, check_days, one_output, parse_day, partner_of
from sunchi.cli.screen import escape, exit_with_faults, json_line, say
from sunchi.cli.spreadsheet import csv_rows
from sunchi.errors import SettingsError

if TYPE_CHECKING:
    from rich.table import Table

    from sunchi.history.coverage import Coverage
    from sunchi.reports.measures import Measures, Use
    from sunchi.reports.periods import Span

COLUMNS = ("edition", "partner", "measure", "before", "now", "date", "quote", "article")


@app.command(
    epilog="Examples: sunchi compare RU --since 2024-08-01 --until 2024-10-31 · sunchi compare China "
    "--since 2024-10-01 --until 2024-10-31 --against 2024-09-01 · sunchi compare RU articles.jsonl.gz "
    "--since 2024-08-01 --until 2024-10-31 --csv > russia.csv"
)
def compare(
    state: Annotated[str, typer.Argument(metavar="STATE", help="A state, by code or name: CN, China.")],
    files: Files = None,
    *,
    since: Annotated[date, typer.Option(parser=parse_day, metavar="DATE", help="First day, as 2024-08-01.")],
    until: Annotated[date, typer.Option(parser=parse_day, metavar="DATE", help="Last day.")],
    against: Annotated[
        date | None,
        typer.Option(
            parser=parse_day,
            metavar="DATE",
            help="First day of the time to compare with, which is as long, but ends before --since; default: a year "
            "before.",
        ),
    ] = None,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
) -> None:
    """How Pyongyang stood with a state in some days, beside the same days of
    another year, or other days.

    One table for each edition: how much is said of the state and its rank among
    all states, tone, voices, contacts, messages and answers, and how many
    articles use which set phrases in Pyongyang's own voice. Below it, the
    phrases of one of the two times alone: + is new, ○ is gone, each with its
    words, first or last. "?" is not known: none of the days is in the archive,
    or there is nothing to count.
    """
    from sunchi.history.series import REPLIED
    from sunchi.lexicon import load as load_lexicon
    from sunchi.reports.measures import editions, measures
    from sunchi.reports.periods import Span
    from sunchi.settings import load

    one_output(as_csv=as_csv, as_json=as_json)
    check_days(since, until)
    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    partner = partner_of(state, lexicon, "STATE")
    now = Span(since, until)
    before = _earlier(now, against)
    past = select_past(files, settings, lexicon, before.since - REPLIED)
    if past is None:
        return
    found = [
        _Edition(each, *(measures(past, lexicon, each, partner, span) for span in (before, now)))
        for each in editions(past, partner, (before, now))
    ]
    rows = [_row(each.name, partner, row) for each in found for row in each.rows()]
    if as_csv:
        csv_rows(COLUMNS, rows)
    elif as_json:
        for row in rows:
            json_line(row)
    else:
        _show(found, (before, now), past.coverage, lexicon.label(partner))
    exit_with_faults(past.faults)


def _earlier(now: Span, against: date | None) -> Span:
    """Return the earlier time; it ends before the later one begins."""
    from sunchi.history.baseline import years_before
    from sunchi.reports.periods import Span

    first = against or years_before(now.since, 1)
    if first >= now.since:
        raise SettingsError(f"--against {first} is not before --since {now.since}")
    last = first + (now.until - now.since) if against else years_before(now.until, 1)
    return Span(first, min(last, now.since - timedelta(days=1)))


@dataclass(frozen=True, slots=True)
class _Row:
    """One measure of both times; a family of set phrases also has the use that matters."""

    measure: str
    before: int | float | None
    now: int | float | None
    use: Use | None = None

    @property
    def is_new(self) -> bool:
        return self.use is not None and self.before == 0

    @property
    def is_gone(self) -> bool:
        return self.use is not None and self.now == 0


@dataclass(frozen=True, slots=True)
class _Edition:
    """The measures of one edition for both times."""

    name: str
    before: Measures
    now: Measures

    def rows(self) -> list[_Row]:
        figures = self.now.figures or self.before.figures
        return [
            _Row("days in the archive", self.before.days, self.now.days),
            *(_Row(name, self.before.figures.get(name), self.now.figures.get(name)) for name in figures),
            *map(self._family, dict.fromkeys([*self.now.families, *self.before.families])),
        ]

    def _family(self, name: str) -> _Row:
        """Return the row of a family, with its first use if it is new, otherwise its last."""
        from sunchi.history.identities import quoted

        before, now = self.before.families.get(name), self.now.families.get(name)
        use = now.first if now and not before else (now or before).last  # type: ignore[union-attr]
        return _Row(quoted([name]), _articles(self.before, name), _articles(self.now, name), use)


def _articles(side: Measures, family: str) -> int | None:
    """Return how many articles of one time use a family; None if nothing is known of that time."""
    used = side.families.get(family)
    return (used.articles if used else 0) if side.days else None


def _row(edition: str, partner: str, row: _Row) -> dict[str, Any]:
    """Return the values of COLUMNS."""
    use = row.use
    said = {"date": use.date, "quote": use.quote, "article": use.article} if use else {}
    shown = {"edition": edition, "partner": partner, "measure": row.measure, "before": row.before, "now": row.now}
    return dict.fromkeys(COLUMNS) | shown | said


def _show(found: Sequence[_Edition], spans: tuple[Span, Span], coverage: Coverage, state: str) -> None:
    if not found:
        say(escape(f"The archive names {state} in none of these days."))
        return
    for edition in found:
        say(_table(edition, spans, state))
        for span in spans:
            if not coverage.days(edition.name, span.since, span.until):
                say(f"The archive has none of the days {_in_words(span)}.")
            elif not coverage.has(edition.name, span.since, span.until):
                say(f"The archive lacks days of {_in_words(span)}: compare shares and ranks, not numbers.")
        say()
        for heading, some in (
            ("Set phrases of the later days alone, first said", [row for row in edition.rows() if row.is_new]),
            ("Set phrases of the earlier days alone, last said", [row for row in edition.rows() if row.is_gone]),
        ):
            if some:
                say(heading)
                say(_uses(some))
                say()


def _table(edition: _Edition, spans: Sequence[Span], state: str) -> Table:
    from rich.table import Table

    from sunchi.text.safe import visible

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(f"{visible(state)}, {visible(edition.name)}", overflow="fold")
    for span in spans:
        table.add_column(_in_words(span), justify="right", no_wrap=True)
    table.add_column("")
    for row in edition.rows():
        mark = "+" if row.is_new else "○" if row.is_gone else ""
        table.add_row(visible(row.measure), _number(row.before), _number(row.now), mark)
    return table


def _uses(rows: Sequence[_Row]) -> Table:
    from rich.table import Table

    from sunchi.text.safe import visible

    table = Table(box=None, pad_edge=False, show_header=False)
    for row in rows:
        if row.use:
            table.add_row(str(row.use.date), visible(row.measure), visible(f"“{row.use.quote}”"), row.use.article)
    return table


def _in_words(span: Span) -> str:
    return f"{span.since:%-d %b %Y} – {span.until:%-d %b %Y}"


def _number(value: float | None) -> str:
    if value is None:
        return "?"
    return str(value) if isinstance(value, int) else f"{value:.1f}"
