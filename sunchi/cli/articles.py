"""`sunchi articles`: the stored articles."""

from __future__ import annotations

from sunchi.cli.app import app
from sunchi.cli.empty import say_nothing
from sunchi.cli.options import AsJson, Language, Paper, Since, Until, check_days, one_of
from sunchi.cli.screen import escape, json_line, say
from sunchi.cli.stores import lacks_database, open_store


@app.command(epilog="Examples: sunchi articles --source kcna --since 2024-10-01 · sunchi articles --json | jq .title")
def articles(
    source: Paper = "",
    lang: Language = "",
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
) -> None:
    """List the stored articles, by date."""
    from rich.table import Table

    from parsers import SOURCES
    from sunchi.history.coverage import Coverage
    from sunchi.lexicon.columns import LANGUAGES
    from sunchi.settings import load
    from sunchi.store import edits_in_words
    from sunchi.text import LANGUAGE_NAMES, counted, primary_language

    one_of("--source", source, SOURCES)
    one_of("--lang", lang, LANGUAGES)
    check_days(since, until)
    settings = load()
    if lacks_database(settings):
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("date", "source", "page", "title", "id"):
        table.add_column(column, overflow="fold", no_wrap=column != "title")
    with open_store(settings) as store:
        for row in store.articles(source or None, since, until, lang or None):
            if as_json:
                json_line(row)
                continue
            noted = [f"in {LANGUAGE_NAMES[row['language']]}"] * (row["language"] != primary_language(row["lang"]))
            noted += [words for words in (edits_in_words(row["changes"]),) if words]
            noted += ["deleted"] * (row["outcome"] == "gone")
            title = escape(row["title"]) + (f" [yellow]({', '.join(noted)})[/]" if noted else "")
            page = str(row["page"] or "")
            table.add_row(str(row["date"] or "no date"), f"{row['source']}/{row['lang']}", page, title, row["id"])
        if as_json:
            return
        if table.row_count:
            say(table)
            say(f"\n{counted(table.row_count, 'article')}")
        else:
            say_nothing("No stored article matches.", Coverage(store.articles_a_day()))
