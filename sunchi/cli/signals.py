"""`sunchi signals`: the signals of articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.cli.app import app
from sunchi.cli.empty import say_nothing
from sunchi.cli.inputs import Files, Selection, SignalFilter, select_signals
from sunchi.cli.options import (
    AsCsv,
    AsJson,
    Language,
    Paper,
    Partner,
    Since,
    Until,
    check_days,
    one_of,
    one_output,
    partner_of,
)
from sunchi.cli.screen import as_json as in_one_line
from sunchi.cli.screen import exit_with_faults, say
from sunchi.cli.spreadsheet import csv_rows

if TYPE_CHECKING:
    from rich.table import Table

    from sunchi.lexicon import Lexicon

COLUMNS = (
    "date", "source", "lang", "kind", "partner", "code", "category", "voice", "negated", "historical", "value", "line",
    "quote", "title", "url", "article", "file", "offset", "sha256",
)  # fmt: skip


@app.command(
    epilog="Examples: sunchi signals --partner CN --category blood · sunchi signals --partner Japan --since 2024-10-01 "
    "--until 2024-10-31 · sunchi signals --partner US --kind stance --level 5 · sunchi signals articles.jsonl "
    "--kind stance --csv > stances.csv"
)
def signals(
    files: Files = None,
    partner: Partner = "",
    kind: Annotated[str, typer.Option(help="formula, message, contact, stance, attention …")] = "",
    category: Annotated[str, typer.Option(help="Of set phrases: blood, traditional, hostile …")] = "",
    family: Annotated[
        str, typer.Option(help="Of set phrases, as findings and the report name it: cherished, full support …")
    ] = "",
    level: Annotated[
        int | None,
        typer.Option(min=1, max=10, help="Of articles in a voice of at least this level: 1 a report, 10 the leader."),
    ] = None,
    source: Paper = "",
    lang: Language = "",
    since: Since = None,
    until: Until = None,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
) -> None:
    """List the signals of articles by date: when a phrase was last used, how a state was treated.

    Articles are read in their current text. `sunchi detect --explain ID` says why each signal is one.
    """
    from sunchi.lexicon import load as load_lexicon
    from sunchi.settings import load

    one_output(as_csv=as_csv, as_json=as_json)
    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    asked = _checked(
        SignalFilter(since, until, kind, partner, category, _codes_of(family, lexicon), source, lang, level), lexicon
    )
    found = select_signals(files, asked, settings, lexicon)
    if found is None:
        return
    if as_json:
        typer.echo(_lines(found), nl=False)
    elif as_csv:
        csv_rows(COLUMNS, [_row(each, found.articles, lexicon) for each in found.signals.iter_rows(named=True)])
    else:
        _show(found, lexicon)
    exit_with_faults(found.faults)


def _checked(asked: SignalFilter, lexicon: Lexicon) -> SignalFilter:
    """Return the filter with the state by its code; raises SettingsError for an unknown name."""
    from parsers import SOURCES
    from sunchi.lexicon import CATEGORIES
    from sunchi.lexicon.columns import LANGUAGES
    from sunchi.signals import kinds

    one_of("--kind", asked.kind, sorted(kinds()))
    one_of("--category", asked.category, CATEGORIES)
    one_of("--source", asked.source, SOURCES)
    one_of("--lang", asked.lang, LANGUAGES)
    check_days(asked.since, asked.until)
    return replace(asked, partner=partner_of(asked.partner, lexicon))


def _codes_of(family: str, lexicon: Lexicon) -> list[str]:
    """Return the codes of the set phrases of a family; raises SettingsError for an unknown one."""
    name = family.replace(" ", "_")
    one_of("--family", name, sorted({each for some in lexicon.families.values() for each in some}))
    return [code for code, some in lexicon.families.items() if name in some]


def _lines(found: Selection) -> str:
    from sunchi.signals.jsonlines import signal_lines

    lines = signal_lines(found.signals).splitlines(keepends=True)
    pages = [found.articles[id].get("provenance") for id in found.signals["article"]]
    return "".join(_with_page(line, page) for line, page in zip(lines, pages, strict=True))


def _with_page(line: str, page: Mapping[str, Any] | None) -> str:
    """Return a signal's line with the archived page it was found in; an article of a file has none."""
    return line.removesuffix("}\n") + f',"provenance":{in_one_line(page)}}}\n' if page else line


def _row(signal: Mapping[str, Any], articles: Mapping[str, Mapping[str, Any]], lexicon: Lexicon) -> dict[str, Any]:
    """Return the values of COLUMNS."""
    from sunchi.alerts.wording import Wording

    article = articles[signal["article"]]
    said = {"line": Wording(lexicon, [signal]).line(signal), "title": article["title"], "url": article["url"]}
    page = article.get("provenance") or dict.fromkeys(("file", "offset", "sha256"))
    return {**page, **signal["detail"], **signal, **said}


def _show(found: Selection, lexicon: Lexicon) -> None:
    if found.signals.is_empty():
        say_nothing("No signal matches.", found.coverage)
        return
    say(_table(found, lexicon))
    number, articles = found.signals.height, found.signals["article"].n_unique()
    where = f"{articles} articles" if articles > 1 else "1 article"
    say(f"\n{number} signals in {where}" if number > 1 else "\n1 signal")


def _table(found: Selection, lexicon: Lexicon) -> Table:
    from rich.style import Style
    from rich.table import Table
    from rich.text import Text

    from sunchi.text.safe import visible, web_address

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("date", "source", "kind", "signal", "article"):
        table.add_column(column, overflow="fold", no_wrap=column != "signal")
    for signal in found.signals.iter_rows(named=True):
        row, article = _row(signal, found.articles, lexicon), found.articles[signal["article"]]
        deleted = " (deleted)" if article["outcome"] == "gone" else ""
        table.add_row(
            str(row["date"] or "no date"),
            f"{row['source']}/{row['lang']}",
            row["kind"],
            Text.assemble(
                visible(f"{row['line']}\n"),
                (visible(row["title"]) + deleted, Style(dim=True, link=web_address(row["url"]))),
            ),
            row["article"],
        )
    return table
