"""`sunchi messages`: who wrote to whom, when, on what occasion, at what length."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.cli.app import app
from sunchi.cli.choices import one_of, one_output, partner_of
from sunchi.cli.inputs import Files, SignalFilter, select_signals
from sunchi.cli.screen import AsCsv, AsJson, Partner, Since, Until, check_days, escape, exit_with_faults, json_line, say
from sunchi.cli.spreadsheet import csv_rows

if TYPE_CHECKING:
    from rich.table import Table

    from sunchi.identity.ledger import Message
    from sunchi.lexicon import Lexicon

DIRECTIONS = ("out", "in")
COLUMNS = (
    "date", "partner", "direction", "kind", "from", "to", "occasion", "calendar", "words", "full_text", "salutation",
    "named_by", "grouped", "dated", "lang", "seen", "title", "url", "article",
)  # fmt: skip


@app.command(
    epilog="Examples: sunchi messages --partner CN --since 2024-10-01 · sunchi messages --from Putin --json · "
    "sunchi messages articles.jsonl --csv > messages.csv"
)
def messages(
    files: Files = None,
    partner: Partner = "",
    direction: Annotated[str, typer.Option(help="out (from Pyongyang) or in.")] = "",
    kind: Annotated[str, typer.Option(help="congratulation, greeting, reply, letter, gift …")] = "",
    since: Since = None,
    until: Until = None,
    source: Annotated[str, typer.Option(help="Told by kcna, rodong or hani, by others besides or not.")] = "",
    sender: Annotated[str, typer.Option("--from", help="Words of the sender's name, in any language.")] = "",
    recipient: Annotated[str, typer.Option("--to", help="Words of the recipient's name, in any language.")] = "",
    as_csv: AsCsv = False,
    as_json: AsJson = False,
) -> None:
    """The ledger of messages between Pyongyang and other states, by date.

    One row a message: reports of several papers are one where they use the
    same words, or where they bear one date and tell of one kind of message
    between the same two sides, and no paper tells of two such, its press
    review apart; a review that gives the office alone is of the report that
    gives it with the name. What may be one message, but is not known to be,
    has a row of its own. A report that leaves a side open belongs to the one
    message that it can mean; where there is none, or several, it is a row
    that "names nobody".

    "seen" names the papers. The words are those of the fullest report.
    """
    from sunchi.identity.ledger import message_reports
    from sunchi.identity.ledger import messages as messages_of
    from sunchi.lexicon import load as load_lexicon
    from sunchi.settings import load

    one_output(as_csv=as_csv, as_json=as_json)
    check_days(since, until)
    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    wanted = _Wanted(partner, direction, kind, source, sender, recipient, since, until).checked(lexicon)
    told = select_signals(files, wanted.reports(), settings, lexicon)
    if told is None:
        return
    ledger = messages_of(message_reports(told.signals, told.articles), lexicon)
    found = [message for message in ledger if wanted.has(message, lexicon)]
    if as_csv:
        csv_rows(COLUMNS, [_row(message, lexicon) for message in found])
    elif as_json:
        for message in found:
            json_line(_row(message, lexicon))
    else:
        _show(found, lexicon)
    exit_with_faults(told.faults)


# --- which messages -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Wanted:
    """What the options ask for; "" and None ask for nothing."""

    partner: str
    direction: str
    kind: str
    source: str
    sender: str
    recipient: str
    since: date | None
    until: date | None

    def checked(self, lexicon: Lexicon) -> _Wanted:
        """The same, with the state by its code; raises SettingsError where there is none of such a name."""
        from parsers import SOURCES
        from sunchi.model import KINDS

        one_of("--direction", self.direction, DIRECTIONS)
        one_of("--kind", self.kind, KINDS["message"].codes)
        one_of("--source", self.source, SOURCES)
        return replace(self, partner=partner_of(self.partner, lexicon))

    def reports(self) -> SignalFilter:
        """The reports that may be of such a message: also those that other papers printed some days before or after."""
        from sunchi.identity.ledger import REPRINTED

        first, last = self.since and self.since - REPRINTED, self.until and self.until + REPRINTED
        return SignalFilter(first, last, kind="message", partner=self.partner)

    def has(self, message: Message, lexicon: Lexicon) -> bool:
        told, day = message.fullest, message.date
        return (
            self.direction in ("", told.direction)
            and self.kind in ("", told.kind)
            and (not self.source or any(report.source == self.source for report in message.reports))
            and any(_is_called(self.sender, report.sender, report.lang, lexicon) for report in message.reports)
            and any(_is_called(self.recipient, report.recipient, report.lang, lexicon) for report in message.reports)
            and (self.since is None or (day is not None and day >= self.since))
            and (self.until is None or (day is not None and day <= self.until))
        )


def _is_called(asked: str, name: str, lang: str, lexicon: Lexicon) -> bool:
    from sunchi.identity.parties import names_of

    return any(asked.casefold() in form.casefold() for form in names_of(name, lang, lexicon))


# --- how they are shown ---------------------------------------------------------------------------------------------


def _row(message: Message, lexicon: Lexicon) -> dict[str, Any]:
    """The columns of COLUMNS."""
    told = message.fullest
    return {
        "date": message.date,
        "partner": told.partner,
        "direction": told.direction,
        "kind": told.kind,
        "from": told.sender,
        "to": told.recipient,
        "occasion": told.occasion,
        "calendar": message.calendar_occasion(lexicon),
        "words": told.words or None,
        "full_text": told.full_text,
        "salutation": told.salutation,
        "named_by": told.names_by(lexicon),
        "grouped": told.grouped,
        "dated": told.dated,
        "lang": told.lang,
        "seen": message.editions,
        "title": told.title,
        "url": told.url,
        "article": told.article,
    }


def _show(found: list[Message], lexicon: Lexicon) -> None:
    if not found:
        say("There are no such messages.")
        return
    say(_table(found, lexicon))
    told = sum(len(message.reports) for message in found)
    say(f"\n{len(found)} messages, told of in {told} reports" if len(found) > 1 else "\n1 message")


def _table(found: Iterable[Message], lexicon: Lexicon) -> Table:
    from rich.style import Style
    from rich.table import Table
    from rich.text import Text

    from sunchi.alerts.wording import MESSAGES, on_occasion
    from sunchi.text.safe import visible, web_address

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("date", "partner", "message", "words", "text", "seen"):
        whole = column in ("date", "words")
        table.add_column(column, overflow="fold", no_wrap=whole, justify="right" if column == "words" else "left")
    for message in found:
        told = message.fullest
        kind = MESSAGES.get(told.kind, told.kind) + on_occasion(told.kind, told.occasion)
        sides = f"{told.sender or 'somebody'} → {told.recipient or 'somebody'}"
        text = ["in full" if told.full_text else "reported", told.salutation]
        text += ["names nobody"] * (told.open_parties(lexicon) == 2)
        table.add_row(
            str(message.date or "no date"),
            escape(lexicon.label(told.partner)),
            Text.assemble(
                visible(f"{sides}: {kind}\n"), (visible(told.title), Style(dim=True, link=web_address(told.url)))
            ),
            str(told.words or ""),
            "\n".join(filter(None, text)),
            "\n".join(message.editions),
        )
    return table
