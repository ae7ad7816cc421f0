"""`sunchi compare`: what is said of one state in two times, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.cli.app import app
from sunchi.cli.empty import say_nothing
from sunchi.cli.inputs import Files, articles_of, select_past
from sunchi.cli.options import AsCsv, AsJson, check_days, one_output, parse_day, partner_of
from sunchi.cli.screen import escape, exit_with_faults, json_line, say
from sunchi.cli.spreadsheet import csv_rows
from sunchi.errors import SettingsError

if TYPE_CHECKING:
    from rich.table import Table

    from sunchi.history.coverage import Coverage
    from sunchi.lexicon import Lexicon
    from sunchi.reports.measures import Measures, Use
    from sunchi.reports.periods import Span

ALL = "all"
"""The word for all states."""

_MOST = 20  # states in the table of all
_SHOWN = ("articles about it", "% of the words on states", "rank by words", "named first in them", "tone, −2 to 2")
Articles = Mapping[str, Mapping[str, Any]]
"""Articles by id, with title and address."""

COLUMNS = ("edition", "partner", "measure", "before", "now", "date", "quote", "title", "url", "article")


@app.command(
    epilog="Examples: sunchi compare RU --since 2024-08-01 --until 2024-10-31 · sunchi compare all "
    "--since 2024-10-01 --until 2024-10-31 --against 2024-09-01 · sunchi compare RU articles.jsonl.gz "
    "--since 2024-08-01 --until 2024-10-31 --csv > russia.csv"
)
def compare(
    state: Annotated[str, typer.Argument(metavar="STATE", help="A state, by code or name: CN, China; or all.")],
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
    another year, or other days; with "all", how much was said of each state.

    One table for each edition: how much is said of the state and its rank among
    all states, tone, voices, contacts, messages and answers, and how many
    articles use which set phrases in Pyongyang's own voice. Below it, the
    phrases of one of the two times alone: + is new, ○ is gone, each with its
    words, first or last. "?" is not known: none of the days is in the archive,
    or there is nothing to count.
    """
    from sunchi.history.answers import REPLIED
    from sunchi.lexicon import load as load_lexicon
    from sunchi.reports.measures import attention, editions, measures
    from sunchi.reports.periods import Span
    from sunchi.settings import load

    one_output(as_csv=as_csv, as_json=as_json)
    check_days(since, until)
    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    partner = "" if state == ALL else partner_of(state, lexicon, "STATE")
    now = Span(since, until)
    before = _earlier(now, against)
    past = select_past(files, settings, lexicon, before.since - REPLIED)
    if past is None:
        return
    spans = before, now

    def by_state(edition: str) -> Mapping[str, Sequence[Measures]]:
        if partner:
            return {partner: [measures(past, lexicon, edition, partner, span) for span in spans]}
        return attention(past, edition, spans)

    found = [
        _Edition(name, each, *sides)
        for name in editions(past, partner, spans)
        for each, sides in by_state(name).items()
    ]
    used = {row.use.article for each in found for row in each.rows() if row.use}
    articles = articles_of(past, used, files, settings)
    rows = [_row(each, row, articles) for each in found for row in each.rows()]
    if as_csv:
        csv_rows(COLUMNS, rows)
    elif as_json:
        for row in rows:
            json_line(row)
    elif not found:
        named = lexicon.label(partner) if partner else "a state"
        say_nothing(f"The archive names {named} in none of these days.", past.coverage)
    elif partner:
        _show(found, spans, articles, past.coverage, lexicon)
    else:
        _show_all(found, spans, past.coverage, lexicon)
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
    """The measures of one edition and state for both times."""

    name: str
    partner: str
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


def _row(of: _Edition, row: _Row, articles: Articles) -> dict[str, Any]:
    """Return the values of COLUMNS."""
    said: dict[str, Any] = {}
    if use := row.use:
        article = articles[use.article]
        said = {"date": use.date, "quote": use.quote, "article": use.article}
        said |= {"title": article["title"], "url": article["url"]}
    shown = {"edition": of.name, "partner": of.partner, "measure": row.measure, "before": row.before, "now": row.now}
    return dict.fromkeys(COLUMNS) | shown | said


def _show(
    found: Sequence[_Edition], spans: tuple[Span, Span], articles: Articles, coverage: Coverage, lexicon: Lexicon
) -> None:
    for edition in found:
        say(_table(edition, spans, lexicon))
        _say_days(edition.name, spans, coverage)
        say()
        for heading, some in (
            ("Set phrases of the later days alone, first said", [row for row in edition.rows() if row.is_new]),
            ("Set phrases of the earlier days alone, last said", [row for row in edition.rows() if row.is_gone]),
        ):
            if some:
                say(heading)
                say(_uses(some, articles))
                say()


def _say_days(edition: str, spans: tuple[Span, Span], coverage: Coverage) -> None:
    """Print which of the days the archive lacks."""
    for span in spans:
        if not coverage.days(edition, span.since, span.until):
            say(f"The archive has none of the days {_in_words(span)}.")
        elif not coverage.has(edition, span.since, span.until):
            say(f"The archive lacks days of {_in_words(span)}: compare shares and ranks, not numbers.")


def _show_all(found: Sequence[_Edition], spans: tuple[Span, Span], coverage: Coverage, lexicon: Lexicon) -> None:
    """Print the states with the most words in the later days, each measure before and now."""
    from itertools import groupby

    from rich.table import Table

    from sunchi.text.safe import visible

    before, now = map(_in_words, spans)
    for name, some in groupby(found, lambda each: each.name):
        say(escape(f"{name}: {before} → {now}"))
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("state", *(each.replace(" in them", "") for each in _SHOWN)):
            table.add_column(column, justify="left" if column == "state" else "right")
        for each in list(some)[:_MOST]:
            sides = [each.before.figures, each.now.figures]
            cells = (" → ".join(_number(side.get(measure)) for side in sides) for measure in _SHOWN)
            table.add_row(visible(lexicon.label(each.partner)), *cells)
        say(table)
        _say_days(name, spans, coverage)
        say()


def _table(edition: _Edition, spans: Sequence[Span], lexicon: Lexicon) -> Table:
    from rich.table import Table

    from sunchi.text.safe import visible

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(visible(f"{lexicon.label(edition.partner)}, {edition.name}"), overflow="fold")
    for span in spans:
        table.add_column(_in_words(span), justify="right", no_wrap=True)
    table.add_column("")
    for row in edition.rows():
        mark = "+" if row.is_new else "○" if row.is_gone else ""
        table.add_row(visible(row.measure), _number(row.before), _number(row.now), mark)
    return table


def _uses(rows: Sequence[_Row], articles: Articles) -> Table:
    """Return when and where each family was said, as an analyst would cite it: date, words, title, article."""
    from rich.style import Style
    from rich.table import Table
    from rich.text import Text

    from sunchi.text.safe import visible, web_address

    table = Table(box=None, pad_edge=False, show_header=False)
    for row in rows:
        if use := row.use:
            article = articles[use.article]
            link = Style(dim=True, link=web_address(article["url"]))
            cited = Text.assemble(visible(f"“{use.quote}”\n"), (visible(article["title"]), link))
            table.add_row(str(use.date), visible(row.measure), cited, use.article)
    return table


def _in_words(span: Span) -> str:
    return f"{span.since:%-d %b %Y} – {span.until:%-d %b %Y}"


def _number(value: float | None) -> str:
    if value is None:
        return "?"
    return str(value) if isinstance(value, int) else f"{value:.1f}"
