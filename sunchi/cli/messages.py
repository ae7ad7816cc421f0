"""`sunchi messages`: who wrote to whom, when, on what occasion, at what length."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sunchi.cli.app import app
from sunchi.cli.empty import say_nothing
from sunchi.cli.inputs import Files, SignalFilter, select_signals
from sunchi.cli.options import (
    DIRECTIONS,
    AsCsv,
    AsJson,
    Direction,
    MessageKind,
    Partner,
    Since,
    Until,
    check_days,
    one_of,
    one_output,
    partner_of,
)
from sunchi.cli.screen import escape, exit_with_faults, json_line, salutation_of, say
from sunchi.cli.spreadsheet import csv_rows

if TYPE_CHECKING:
    from rich.table import Table

    from sunchi.history.coverage import Coverage
    from sunchi.identity.ledger import Message
    from sunchi.lexicon import Lexicon
    from sunchi.reports.exchanges import Exchange

IDENTITY_COLUMNS = ("from_id", "to_id", "level", "class", "occasion_id", "round", "event_date", "seq")
COLUMNS = (
    "date", "partner", "direction", "kind", "from", "to", "occasion", "calendar", "words", "full_text", "salutation",
    "named_by", "grouped", "dated", "lang", "seen", "title", "quote", "url", "article", *IDENTITY_COLUMNS, "answer",
    "answer_words", "answer_date",
)  # fmt: skip


@app.command(
    epilog="Examples: sunchi messages --partner CN --since 2024-10-01 · sunchi messages --from Putin --json · "
    "sunchi messages articles.jsonl --csv > messages.csv"
)
def messages(
    files: Files = None,
    partner: Partner = "",
    direction: Direction = "",
    kind: MessageKind = "",
    since: Since = None,
    until: Until = None,
    source: Annotated[str, typer.Option(help="Reported by kcna, rodong or hani, among others or alone.")] = "",
    sender: Annotated[str, typer.Option("--from", help="Words of the sender's name, in any language.")] = "",
    recipient: Annotated[str, typer.Option("--to", help="Words of the recipient's name, in any language.")] = "",
    occasion: Annotated[str, typer.Option(help="An id of occasions.csv: cn_day, new_year, flood …")] = "",
    level: Annotated[str, typer.Option(help="Of the sender: leader, party, government, ministry …")] = "",
    unanswered: Annotated[
        bool, typer.Option("--unanswered", help="Only leaders' greetings and letters without an answer so far.")
    ] = False,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
) -> None:
    """The ledger of messages between Pyongyang and other states, by date.

    One row per message. Reports of several papers are one message if they use
    the same words, or if they have the same date and report the same kind of
    message between the same two parties, and no paper reports two such (press
    reviews aside). A review that gives only the office is joined with the
    report that also gives the name, and a Spanish text with what its edition
    reports in English. In doubt, a report has a row of its own. A report that
    leaves a party open belongs to the only message that it can mean; if there
    is none, or several, it is a row that "names nobody".

    "answer" is what came back within 45 days, or to what a reply is the answer;
    "perhaps" if only one of the two names an occasion. Whether an answer is
    missing is said of leaders' greetings and letters alone, since answers to
    others are rarely printed, and where the archive has the days.

    "seen" names the papers. The number of words is that of the fullest report.
    --json and --csv add the sentence that reports the message, and the ids of
    the parties and the occasion, from persons.csv, organizations.csv and
    occasions.csv; empty if uncertain.
    """
    from sunchi.history.items import items_of
    from sunchi.identity.ledger import message_reports
    from sunchi.identity.ledger import messages as messages_of
    from sunchi.lexicon import load as load_lexicon
    from sunchi.reports.exchanges import UNANSWERED, exchanges
    from sunchi.settings import load

    one_output(as_csv=as_csv, as_json=as_json)
    check_days(since, until)
    settings = load()
    lexicon = load_lexicon(settings.lexicon)
    wanted = _Wanted(partner, direction, kind, source, sender, recipient, occasion, level, since, until).checked(
        lexicon
    )
    selected = select_signals(files, wanted.reports(), settings, lexicon)
    if selected is None:
        return
    ledger = messages_of(message_reports(selected.signals, selected.articles, lexicon), lexicon)
    answers = exchanges(ledger, items_of(selected.signals, selected.frame, lexicon), selected.coverage)
    of_message = {id(message): each for each in answers for message in each.messages}
    found = [(message, of_message[id(message)]) for message in ledger if wanted.has(message, lexicon)]
    if unanswered:
        found = [(message, exchange) for message, exchange in found if exchange.way in UNANSWERED]
    if as_csv:
        csv_rows(COLUMNS, [_row(message, exchange, lexicon) for message, exchange in found])
    elif as_json:
        for message, exchange in found:
            json_line(_row(message, exchange, lexicon))
    else:
        _show(found, selected.coverage, lexicon)
    exit_with_faults(selected.faults)


# --- which messages -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Wanted:
    """The conditions of the options; "" and None are none."""

    partner: str
    direction: str
    kind: str
    source: str
    sender: str
    recipient: str
    occasion: str
    level: str
    since: date | None
    until: date | None

    def checked(self, lexicon: Lexicon) -> _Wanted:
        """Return the conditions with the state by its code; raises SettingsError for an unknown name."""
        from parsers import SOURCES
        from sunchi.errors import SettingsError
        from sunchi.identity.occasions import occasion_ids
        from sunchi.identity.offices import LEVEL_ORDER
        from sunchi.model import KINDS

        one_of("--direction", self.direction, DIRECTIONS)
        one_of("--kind", self.kind, KINDS["message"].codes)
        one_of("--source", self.source, SOURCES)
        if self.occasion and self.occasion not in occasion_ids(lexicon):
            raise SettingsError(f"--occasion {self.occasion}: occasions.csv has no such id")
        one_of("--level", self.level, [level for level in LEVEL_ORDER if level])
        return replace(self, partner=partner_of(self.partner, lexicon))

    def reports(self) -> SignalFilter:
        """Return the filter for reports of these messages, of what they answer, and of their answers."""
        from sunchi.history.answers import REPLIED

        first, last = self.since and self.since - REPLIED, self.until and self.until + REPLIED
        return SignalFilter(first, last, kind="message", partner=self.partner)

    def has(self, message: Message, lexicon: Lexicon) -> bool:
        report, day = message.fullest, message.date
        return (
            self.direction in ("", report.direction)
            and self.kind in ("", report.kind)
            and self.occasion in ("", report.identity["occasion_id"])
            and self.level in ("", report.identity["level"])
            and (not self.source or any(report.source == self.source for report in message.reports))
            and any(_is_called(self.sender, each.sender, each.identity["from_id"], lexicon) for each in message.reports)
            and any(
                _is_called(self.recipient, each.recipient, each.identity["to_id"], lexicon) for each in message.reports
            )
            and (self.since is None or (day is not None and day >= self.since))
            and (self.until is None or (day is not None and day <= self.until))
        )


def _is_called(words: str, name: str, id: str, lexicon: Lexicon) -> bool:
    """Return whether a party's name, its id, or any name of the person contains the words."""
    person = next((each for each in lexicon.persons if each.id == id), None)
    others = [form for _, forms in person.forms for form in forms] if person else []
    return any(words.casefold() in form.casefold() for form in (name, id, *others))


# --- output ---------------------------------------------------------------------------------------------------------


def _row(message: Message, exchange: Exchange, lexicon: Lexicon) -> dict[str, Any]:
    """Return the values of COLUMNS."""
    report = message.fullest
    other = next((each for each in exchange.messages if each is not message), None)
    return {
        "date": message.date,
        "partner": report.partner,
        "direction": report.direction,
        "kind": report.kind,
        "from": report.sender,
        "to": report.recipient,
        "occasion": report.occasion,
        "calendar": message.calendar_occasion(lexicon),
        "words": report.words or None,
        "full_text": report.full_text,
        "salutation": salutation_of(report.salutation),
        "named_by": report.names_by(lexicon),
        "grouped": report.grouped,
        "dated": report.dated,
        "lang": report.lang,
        "seen": message.editions,
        "title": report.title,
        "quote": report.quote,
        "url": report.url,
        "article": report.article,
        **{column: report.identity[column] for column in IDENTITY_COLUMNS},
        "answer": exchange.way if message is exchange.message or exchange.way == "exchanged" else "answer",
        "answer_words": exchange.in_words_of(message),
        "answer_date": other.date if other else None,
    }


def _show(found: list[tuple[Message, Exchange]], coverage: Coverage, lexicon: Lexicon) -> None:
    if not found:
        say_nothing("No message matches.", coverage)
        return
    say(_table(found, lexicon))
    reports = sum(len(message.reports) for message, _ in found)
    say(f"\n{len(found)} messages in {reports} reports" if len(found) > 1 else "\n1 message")


def _table(found: Iterable[tuple[Message, Exchange]], lexicon: Lexicon) -> Table:
    from rich.style import Style
    from rich.table import Table
    from rich.text import Text

    from sunchi.alerts.comparison import MESSAGES
    from sunchi.alerts.wording import on_occasion
    from sunchi.text.safe import visible, web_address

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("date", "partner", "message", "words", "text, answer", "seen"):
        unbroken = column in ("date", "words")
        table.add_column(column, overflow="fold", no_wrap=unbroken, justify="right" if column == "words" else "left")
    for message, exchange in found:
        report = message.fullest
        kind = MESSAGES.get(report.kind, report.kind) + on_occasion(report.kind, report.occasion)
        sender = lexicon.party_name(report.sender, report.identity["from_id"], report.language)
        recipient = lexicon.party_name(report.recipient, report.identity["to_id"], report.language)
        text = ["in full" if report.full_text else "reported", salutation_of(report.salutation)]
        text += ["names nobody"] * (report.open_parties(lexicon) == 2)
        text += [exchange.in_words_of(message)]
        table.add_row(
            str(message.date or "no date"),
            escape(lexicon.label(report.partner)),
            Text.assemble(
                visible(f"{sender} → {recipient}: {kind}\n"),
                (visible(report.title), Style(dim=True, link=web_address(report.url))),
            ),
            str(report.words or ""),
            "\n".join(filter(None, text)),
            "\n".join(message.editions),
        )
    return table
