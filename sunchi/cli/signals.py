"""`sunchi signals`: what the stored articles say, signal by signal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.cli import app
from sunchi.cli.asked import one_of, partner_of
from sunchi.cli.opening import not_yet, store_of
from sunchi.cli.screen import AsCsv, AsJson, Since, Until, escape, in_order, say, warn
from sunchi.cli.spreadsheet import csv_rows

if TYPE_CHECKING:
    import polars as pl
    from rich.table import Table

    from sunchi.lexicon import Lexicon
    from sunchi.store import ArticleRow

COLUMNS = (
    "date", "source", "lang", "kind", "partner", "code", "category", "voice", "negated", "historical", "value", "line",
    "quote", "title", "url", "article",
)  # fmt: skip


@app.command(
    epilog="Examples: sunchi signals --partner CN --category blood · sunchi signals --partner Japan --since 2024-10-01 "
    "--until 2024-10-31 · sunchi signals --kind stance --csv > stances.csv"
)
def signals(
    partner: Annotated[str, typer.Option(help="A state, by code or name: CN, China.")] = "",
    kind: Annotated[str, typer.Option(help="formula, message, contact, stance, attention …")] = "",
    category: Annotated[str, typer.Option(help="Of set phrases: blood, traditional, hostile …")] = "",
    source: Annotated[str, typer.Option(help="kcna, rodong or hani.")] = "",
    lang: Annotated[str, typer.Option(help="en, ko or zh.")] = "",
    since: Since = None,
    until: Until = None,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
) -> None:
    """What the stored articles say, signal by signal, by date: when a phrase was last used, how a state was treated.

    Articles are read as they stand now. `sunchi detect --explain ID` tells why each signal is one.
    """
    from sunchi.lexicon import load as load_lexicon
    from sunchi.settings import load
    from sunchi.signals.lines import signal_lines

    if as_csv and as_json:
        raise typer.BadParameter("one of the two", param_hint="--csv, --json")
    _check(kind, category, source, lang, since, until)
    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    state = partner_of(partner, lexicon)
    if words := not_yet(settings):
        warn(escape(words))
        return
    with store_of(settings) as store:
        chosen: dict[str, Any] = {"kinds": [kind] if kind else None, "partner": state, "source": source, "lang": lang}
        found = store.signals(since, until, **{name: value or None for name, value in chosen.items()})
        if category:
            found = found.filter(found["detail"].struct.field("category") == category)
        articles = store.articles_by_id(found["article"])
    if as_json:
        typer.echo(signal_lines(found), nl=False)
    elif as_csv:
        csv_rows(COLUMNS, [_row(each, articles, lexicon) for each in found.iter_rows(named=True)])
    else:
        _show(found, articles, lexicon)


def _check(kind: str, category: str, source: str, lang: str, since: date | None, until: date | None) -> None:
    from parsers import SOURCES
    from sunchi.lexicon import CATEGORIES
    from sunchi.rows import LANGUAGES
    from sunchi.signals import kinds

    one_of("--kind", kind, sorted(kinds()))
    one_of("--category", category, CATEGORIES)
    one_of("--source", source, SOURCES)
    one_of("--lang", lang, LANGUAGES)
    in_order(since, until)


def _row(signal: Mapping[str, Any], articles: Mapping[str, ArticleRow], lexicon: Lexicon) -> dict[str, Any]:
    """The columns of COLUMNS."""
    from sunchi.wording import Words

    article = articles[signal["article"]]
    said = {"line": Words(lexicon, [signal]).line(signal), "title": article["title"], "url": article["url"]}
    return {**signal["detail"], **signal, **said}


def _show(found: pl.DataFrame, articles: Mapping[str, ArticleRow], lexicon: Lexicon) -> None:
    if found.is_empty():
        say("No such signals are stored.")
        return
    say(_table(found, articles, lexicon))
    say(f"\n{found.height} signals in {len(articles)} articles" if found.height > 1 else "\n1 signal")


def _table(found: pl.DataFrame, articles: Mapping[str, ArticleRow], lexicon: Lexicon) -> Table:
    from rich.style import Style
    from rich.table import Table
    from rich.text import Text

    from sunchi.wording import visible, web_address

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("date", "source", "kind", "signal", "article"):
        table.add_column(column, overflow="fold", no_wrap=column != "signal")
    for signal in found.iter_rows(named=True):
        row, article = _row(signal, articles, lexicon), articles[signal["article"]]
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
