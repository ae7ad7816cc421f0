"""`sunchi findings`: what changed, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.cli.app import app
from sunchi.cli.empty import say_nothing
from sunchi.cli.inputs import Files, past_of_files
from sunchi.cli.options import (
    AsCsv,
    AsJson,
    Partner,
    Since,
    Until,
    check_days,
    one_of,
    one_output,
    partner_of,
)
from sunchi.cli.screen import exit_with_faults, json_line, salutation_of, say
from sunchi.cli.spreadsheet import csv_rows
from sunchi.cli.stores import lacks_database, open_store

if TYPE_CHECKING:
    from rich.table import Table

    from sunchi.history.coverage import Coverage
    from sunchi.history.findings import Compared, Finding
    from sunchi.lexicon import Lexicon
    from sunchi.settings import Settings

COLUMNS = (
    "id", "day", "partner", "kind", "confidence", "words", "parts", "numbers", "compared", "innocent", "withdrawn_on",
    "withdrawn", "edition",
)  # fmt: skip
_KINDS_HELP = (  # history.findings has them, but a command's help should not wait for polars
    "silence, deleted, edited, contact, order, salutation, contrast, first, return, omission, phrase, reply, share, "
    "level, burst, words, epithet, outlets, placement, naming or length."
)


@app.command(
    epilog="Examples: sunchi findings --since 2024-10-01 · sunchi findings --partner RU --kind salutation · "
    "sunchi findings articles.jsonl.gz --json"
)
def findings(
    files: Files = None,
    partner: Partner = "",
    kind: Annotated[str, typer.Option(help=_KINDS_HELP)] = "",
    since: Since = None,
    until: Until = None,
    anew: Annotated[
        bool,
        typer.Option(
            help="Compare first, as `sunchi serve` does each morning; --since sets the first day. What has not come "
            "alerts; the next `sunchi poll` sends it."
        ),
    ] = False,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
) -> None:
    """What changed against the past, and what is missing, by day: of the
    database, or of files.

    The first line of a finding says what changed, with the figures; below it
    are the compared texts side by side, and possible innocent explanations.
    One event is one finding. A silence is withdrawn, visibly, when what was
    missing comes.
    """
    from sunchi.history.findings import KINDS, order
    from sunchi.lexicon import load as load_lexicon
    from sunchi.settings import load

    one_output(as_csv=as_csv, as_json=as_json)
    check_days(since, until)
    one_of("--kind", kind, KINDS)
    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    state = partner_of(partner, lexicon)
    if not files and lacks_database(settings):
        return
    known, coverage, faults = _findings(files, settings, lexicon, since, anew=anew)
    found = [
        each
        for each in sorted(known, key=order)
        if state in ("", each.partner)
        and (not kind or any(part.kind == kind for part in each.parts))
        and (since is None or each.day >= since)
        and (until is None or each.day <= until)
    ]
    if as_csv:
        csv_rows(COLUMNS, [_csv_row(_row(each)) for each in found])
    elif as_json:
        for each in found:
            json_line(_row(each))
    else:
        _show(found, coverage, lexicon)
        if not known and not files and not anew:
            say("`sunchi findings --anew` compares now; `sunchi serve` does so each morning.")
    exit_with_faults(faults)


def _findings(
    files: Files, settings: Settings, lexicon: Lexicon, since: date | None, *, anew: bool
) -> tuple[list[Finding], Coverage, Sequence[str]]:
    """Return the findings of files, or the stored ones; which days are known; and what could not be read."""
    from datetime import UTC, datetime

    from sunchi.history.baseline import MessageHistory
    from sunchi.history.compare import compare
    from sunchi.history.coverage import Coverage
    from sunchi.history.findings import from_json

    if files:
        past = past_of_files(files, lexicon)
        history = MessageHistory.of(past.signals, past.articles, lexicon)
        found = compare(past.signals, history, past.coverage, lexicon, past.articles)
        return found, past.coverage, past.faults
    with open_store(settings) as store:
        if anew:
            from sunchi.ingest.analysis import Analyzer
            from sunchi.ingest.audit import audit_entry
            from sunchi.ingest.history import compare_and_alert

            analyzer, now = Analyzer.open(settings), datetime.now(UTC)
            store.record_command(audit_entry("findings --anew", settings, now, analyzer.lexicon, analyzer.rules))
            compare_and_alert(store, analyzer, now, since)
        stored = [from_json(each.finding) for each in store.findings(since)]
        return stored, Coverage(store.articles_a_day()), ()


def _row(finding: Finding) -> dict[str, Any]:
    """Return the values of COLUMNS."""
    return {
        "id": finding.id,
        "day": finding.day,
        "partner": finding.partner,
        "kind": finding.kind,
        "confidence": finding.confidence,
        "words": finding.first_line,
        "parts": [{"kind": part.kind, "words": part.words, "confidence": part.confidence} for part in finding.parts],
        "numbers": finding.numbers,
        "compared": [_compared(text) for text in finding.compared],
        "innocent": list(finding.innocent),
        "withdrawn_on": finding.withdrawn_on,
        "withdrawn": finding.withdrawn,
        "edition": finding.edition,
    }


def _compared(text: Compared) -> dict[str, Any]:
    return {
        "date": text.date,
        "what": text.what,
        "words": text.words,
        "salutation": salutation_of(text.salutation) or None,
        "phrases": None if text.phrases is None else list(text.phrases),
        "article": text.article,
        "title": text.title,
        "url": text.url,
    }


def _csv_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of COLUMNS with nested values as text."""
    return row | {
        "parts": [part["kind"] for part in row["parts"]],
        "numbers": [f"{name} {number:g}" for name, number in row["numbers"].items()],
        "compared": [f"{text['date']} {text['what']}" for text in row["compared"]],
    }


def _show(found: Sequence[Finding], coverage: Coverage, lexicon: Lexicon) -> None:
    from rich.text import Text

    from sunchi.text import counted
    from sunchi.text.safe import visible

    if not found:
        say_nothing("No finding matches.", coverage)
        return
    for finding in found:
        heading = f"{finding.day}  {lexicon.label(finding.partner) if finding.partner else 'no state'}"
        kinds = ", ".join(dict.fromkeys(part.kind for part in finding.parts))
        about = f"{kinds} · confidence {finding.confidence} · {finding.edition} · {finding.id}"
        say(Text.assemble((visible(heading), "bold"), "  ", (visible(about), "dim")))
        say(Text(visible(finding.first_line), "strike" if finding.withdrawn_on else ""))
        say(_side_by_side(finding.compared))
        if finding.innocent:
            say(Text(visible("  or else: " + "; ".join(finding.innocent)), "italic dim"))
        say()
    say(counted(len(found), "finding"))


def _side_by_side(compared: Sequence[Compared]) -> Table:
    from rich.style import Style
    from rich.table import Table
    from rich.text import Text

    from sunchi.text import cut
    from sunchi.text.safe import visible, web_address

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    has_words = any(text.words or text.phrases or text.salutation is not None for text in compared)
    for width in (12, 44, 10, 9, 20) if has_words else (12, 84):
        table.add_column(max_width=width, overflow="fold")
    for number, text in enumerate(compared):
        what = Text(visible(cut(text.what, 90)), Style(link=web_address(text.url) if text.url else None))
        cells: list[Any] = [("▸ " if number == 0 else "  ") + str(text.date), what]
        if has_words:
            cells += [
                f"{text.words} words" if text.words else "",
                salutation_of(text.salutation),
                visible(", ".join(text.phrases or ())),
            ]
        table.add_row(*cells)
    return table
