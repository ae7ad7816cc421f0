"""`sunchi series`: the messages on one occasion, year by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.cli.app import app
from sunchi.cli.empty import say_nothing
from sunchi.cli.inputs import Files, select_past
from sunchi.cli.options import DIRECTIONS, AsCsv, AsJson, Direction, MessageKind, one_of, one_output, partner_of
from sunchi.cli.screen import exit_with_faults, json_line, salutation_of, say
from sunchi.cli.spreadsheet import csv_rows

if TYPE_CHECKING:
    from rich.table import Table

    from sunchi.history.series import Line, YearOfLine
    from sunchi.lexicon import Lexicon

COLUMNS = (
    "year", "date", "partner", "direction", "class", "kind", "level", "from", "from_id", "to", "to_id", "occasion",
    "occasion_id", "round", "words", "full_text", "salutation", "phrases", "gone", "new", "compared_with",
    "days_after", "reply_after", "page", "position", "entries", "others", "edition", "title", "url", "article",
)  # fmt: skip
YEARS = 5
"""Years that fit on a screen."""

_LABEL, _COLUMN = 18, 15  # characters, so that five years fit in 100 columns
_BARS = "▁▂▃▄▅▆▇█"
_CLASSES = {
    "greet": "greetings", "reply": "replies", "mourn": "condolences", "sympathy": "sympathy", "thanks": "thanks",
    "tribute": "flowers and gifts", "": "letters",
}  # fmt: skip

_SENDERS = {
    "leader": "by a leader", "party": "by a party", "government": "by a government", "ministry": "by a ministry",
    "organ": "by another office", "other": "by others",
}  # fmt: skip


@app.command(
    epilog="Examples: sunchi series CN cn_day · sunchi series Russia birthday --from Kim · "
    "sunchi series CN founding articles.jsonl.gz --csv > series.csv"
)
def series(
    partner: Annotated[str, typer.Argument(metavar="STATE", help="A state, by code or name: CN, China.")],
    occasion: Annotated[
        str, typer.Argument(metavar="OCCASION", help="An occasion, by its id (cn_day) or by words of it (founding).")
    ],
    files: Files = None,
    direction: Direction = "",
    sender: Annotated[str, typer.Option("--from", help="Words of the sender's name.")] = "",
    kind: MessageKind = "",
    years: Annotated[
        int, typer.Option(min=1, max=50, help="How many years the table shows; CSV and JSON have all.")
    ] = YEARS,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
) -> None:
    """The messages on one occasion, year beside year: who wrote, at what length,
    in which set phrases, how soon, and where the paper put it.

    One table for each edition, direction and level of the sender; of several
    messages in a year it shows the fullest. ● is a set phrase that is present,
    ○ one that is missing but was in at least three of the last five messages,
    + a new one that none of these had, · an absent one, ? one that cannot be
    known, since the text is not given. "nothing" means that the archive has the
    days and no such message, "not known" that it does not have the days.
    """
    from sunchi.history.baseline import MessageHistory
    from sunchi.history.series import is_on, lines_of
    from sunchi.lexicon import load as load_lexicon
    from sunchi.model import KINDS
    from sunchi.settings import load

    one_output(as_csv=as_csv, as_json=as_json)
    one_of("--direction", direction, DIRECTIONS)
    one_of("--kind", kind, KINDS["message"].codes)
    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    state = partner_of(partner, lexicon, "STATE")
    past = select_past(files, settings, lexicon)
    if past is None:
        return
    history = MessageHistory.of(past.signals, past.articles, lexicon)
    wanted = [
        item
        for item in history.items
        if item.partner == state
        and direction in ("", item.direction)
        and kind in ("", item.kind)
        and sender.casefold() in item.sender.casefold()
        and is_on(item, occasion, lexicon)
    ]
    lines = lines_of(wanted, history, past.coverage, lexicon)
    if as_csv:
        csv_rows(COLUMNS, [_row(line, entry) for line in lines for entry in line.entries])
    elif as_json:
        for line in lines:
            for entry in line.entries:
                json_line(_row(line, entry))
    elif lines:
        for line in lines:
            _show(line, lexicon, years)
    else:
        known = [item.occasion_id for item in history.items if item.partner == state]
        say_nothing(_nothing(occasion, known, lexicon.label(state)), past.coverage)
    exit_with_faults(past.faults)


def _row(line: Line, entry: YearOfLine) -> dict[str, Any]:
    """Return the values of COLUMNS; unknown ones are None."""
    item = entry.item
    return {
        "year": entry.year,
        "date": item.date,
        "partner": item.partner,
        "direction": item.direction,
        "class": item.message_class,
        "kind": item.kind,
        "level": item.level,
        "from": item.sender,
        "from_id": item.from_id,
        "to": item.recipient,
        "to_id": item.to_id,
        "occasion": item.occasion,
        "occasion_id": item.occasion_id,
        "round": item.round,
        "words": item.words,
        "full_text": item.full_text if item.has_body else None,
        "salutation": salutation_of(item.salutation) or None,
        "phrases": None if item.families is None else sorted(item.families),
        "gone": list(entry.gone) if item.families is not None else None,
        "new": list(entry.new) if item.families is not None else None,
        "compared_with": entry.compared_with,
        "days_after": entry.days_after,
        "reply_after": entry.reply_after,
        "page": item.place.page,
        "position": item.place.position,
        "entries": item.place.entries,
        "others": entry.others,
        "edition": line.edition,
        "title": item.title,
        "url": item.url,
        "article": item.article,
    }


def _nothing(occasion: str, known: Sequence[str], state: str) -> str:
    """Return a sentence that there is no message on an occasion, and on which occasions there are."""
    from collections import Counter

    words = f"The archive has no message between Pyongyang and {state} on “{occasion}”."
    times = Counter(filter(None, known))
    if not times:
        return words
    listed = ", ".join(f"{id} ({number})" for id, number in sorted(times.items(), key=lambda each: (-each[1], each[0])))
    return f"{words} It has messages on {listed}."


# --- the table ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Column:
    """One year of the table, or a run of years of which the archive knows nothing."""

    heading: str
    entry: YearOfLine | None
    note: str = ""  # in place of an entry


def _show(line: Line, lexicon: Lexicon, years: int) -> None:
    from rich.text import Text

    from sunchi.text.safe import visible

    columns = _columns(line)[-years:]
    state = lexicon.label(line.partner)
    ends = ("Pyongyang", state) if line.direction == "out" else (state, "Pyongyang")
    heading = f"{ends[0]} → {ends[1]}: {_CLASSES.get(line.message_class, line.message_class)}"
    subject = line.occasion_id or line.entries[-1].item.occasion
    details = " · ".join(filter(None, (subject, _SENDERS.get(line.level), line.edition)))
    say(Text.assemble((visible(heading), "bold"), "  ", (visible(details), "dim")))
    if any(column.entry for column in columns):
        say(_table(line, columns, lexicon))
    else:
        say(f"nothing in the last {len(columns)} columns; the last was of {line.entries[-1].item.date}")
    say()


def _columns(line: Line) -> list[_Column]:
    """Return the years up to the last one of which something is known; a run of unknown years is one column."""
    entries = {entry.year: entry for entry in line.entries}
    found: list[_Column] = []
    unknown: list[int] = []
    for year in sorted([*entries, *line.nothing, *line.unknown]):
        if year in line.unknown:
            unknown.append(year)
            continue
        if unknown:
            span = str(unknown[0]) if len(unknown) == 1 else f"{unknown[0]}–{unknown[-1]}"
            found.append(_Column(span, None, "not known"))
            unknown = []
        found.append(_Column(str(year), entries.get(year), "nothing"))
    return found


def _table(line: Line, columns: Sequence[_Column], lexicon: Lexicon) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column("", width=_LABEL, style="dim", overflow="fold")
    for column in columns:
        table.add_column(column.heading, width=_COLUMN - 2, overflow="fold")
    for label, cells in _rows(line, columns, lexicon):
        if any(str(cell) for cell in cells):
            table.add_row(label, *cells)
    return table


def _rows(line: Line, columns: Sequence[_Column], lexicon: Lexicon) -> Iterator[tuple[str, list[Any]]]:
    """Yield the label and the cells of each row."""
    from rich.text import Text

    from sunchi.text.safe import visible

    most = max((column.entry.item.words or 0 for column in columns if column.entry), default=0)

    def cells(of: Any) -> list[Any]:
        return [of(column.entry) if column.entry else "" for column in columns]

    yield "published", [f"{c.entry.item.date:%-d %b}" if c.entry else Text(c.note, "dim italic") for c in columns]
    yield "round", cells(lambda entry: _ordinal(entry.item.round))

    def name(words: str, id: str) -> str:
        return visible(lexicon.party_name(words, id, line.language))

    yield "sender", cells(lambda entry: name(entry.item.sender, entry.item.from_id))
    yield "recipient", cells(lambda entry: name(entry.item.recipient, entry.item.to_id))
    yield "others", cells(lambda entry: f"and {entry.others} more" if entry.others else "")
    yield "words", cells(lambda entry: _words(entry.item.words, most))
    yield "text", cells(lambda entry: _text(entry))
    yield "salutation", cells(lambda entry: salutation_of(entry.item.salutation))
    for family in line.families:
        yield visible(family.replace("_", " ")), cells(lambda entry, family=family: _mark(entry, family))
    yield "after the day", cells(lambda entry: _days(entry.days_after))
    yield "reply after", cells(lambda entry: _days(entry.reply_after))
    yield "place", cells(lambda entry: entry.item.place.in_words)


def _words(words: int | None, most: int) -> str:
    """Return a number of words with a bar in proportion to the longest."""
    return f"{words:>4} {_BARS[round((len(_BARS) - 1) * words / most)]}" if words else "   ?"


def _text(entry: YearOfLine) -> str:
    if not entry.item.has_body:
        return "headline alone"
    return entry.item.damage or ("in full" if entry.item.full_text else "reported")


def _mark(entry: YearOfLine, family: str) -> Any:
    from rich.text import Text

    if entry.item.families is None:
        return Text("?", "dim")
    if family in entry.new:
        return Text("+", "bold green")
    if family in entry.gone:
        return Text("○", "bold red")
    return "●" if family in entry.item.families else Text("·", "dim")


def _days(number: int | None) -> str:
    if number is None:
        return ""
    return "same day" if number == 0 else f"{number:+d} day" + "s" * (abs(number) != 1)


def _ordinal(number: int | None) -> str:
    if number is None:
        return ""
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
