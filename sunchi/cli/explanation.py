"""Shows an explained article on the screen: with brackets, and on a terminal also with colours."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sunchi.cli.screen import escape, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.text import Text

    from sunchi.reports.explain import Dropped, ExplainedSignal, Explanation
    from sunchi.reports.marking import Mark, Piece

_COLOURS = {
    "formula": "bold magenta",
    "message": "blue",
    "contact": "green",
    "appointment": "cyan",
    "stance": "yellow",
    "authority": "underline",
}
_DROPPED = "italic"


def show(explanation: Explanation) -> None:
    """Show the marked text, then each signal with its reasons, then the rejected candidates and why."""
    from sunchi.reports.marking import pieces

    edition = f"{explanation.source}/{explanation.lang}" if explanation.source else explanation.lang
    parts = [part for part in (explanation.article, edition, explanation.date, explanation.url) if part]
    say(f"[dim]{escape(', '.join(dict.fromkeys(parts)))}[/]")
    if explanation.language_note:
        say(f"[bold]{escape(explanation.language_note)}[/]")
    for fault in explanation.faults:
        say(f"[bold]{escape(fault)}[/]")
    say()
    say(_marked(pieces(explanation.text, explanation.marks), explanation.headline))
    if not explanation.read:
        say(f"\n{explanation.unread}")
        return
    say("\n[bold]Signals[/]   [dim]\\[number: evidence] in the text[/]")
    for found in explanation.found:
        _say_under(found.number, _signal(found), found.reasons)
    if not explanation.found:
        say("none")
    if explanation.dropped:
        say("\n[bold]Considered and dropped[/]   [dim]{number: words} in the text[/]")
    for each in explanation.dropped:
        _say_under(each.number, _considered(each), [each.why + (f" ({each.rule})" if each.rule else "")])
    say(f"\n[dim]{escape(explanation.footnote)}[/]")
    if explanation.page:
        say(f"[dim]{escape(explanation.page)}[/]")


def _marked(parts: Iterable[Piece], headline: int) -> Text:
    from rich.text import Text

    text = Text()
    for piece in parts:
        style = _style(piece)
        for open_, numbers in _edges(piece.opening):
            text.append(f"{open_}{numbers}: ", style="bold")
        text.append(piece.text, style=f"bold {style}" if piece.start < headline else style)
        for open_, _ in _edges(piece.closing):
            text.append("]" if open_ == "[" else "}", style="bold")
    return text


def _edges(marks: Iterable[Mark]) -> list[tuple[str, str]]:
    """Return the brackets of marks that begin or end at one place, one for all marks over the same words."""
    together = groupby(marks, key=lambda mark: (mark.span, mark.dropped))
    return [("{" if dropped else "[", ",".join(str(m.number) for m in some)) for (_, dropped), some in together]


def _style(piece: Piece) -> str:
    return f"{_COLOURS.get(piece.kind, '')} {_DROPPED if piece.dropped else ''}".strip()


def _say_under(number: int, line: Text, reasons: Iterable[str]) -> None:
    """Show a numbered line with its reasons indented below."""
    from rich.padding import Padding
    from rich.text import Text

    say(Text.assemble((f"{number:>3}  ", "bold"), line))
    for reason in reasons:
        say(Padding(Text(reason), (0, 0, 0, 7), expand=False))


def _signal(found: ExplainedSignal) -> Text:
    from rich.text import Text

    kind = (f"   {found.kind} {found.code}", "dim")
    return Text.assemble((found.line, f"bold {_COLOURS.get(found.kind, '')}".strip()), kind)


def _considered(each: Dropped) -> Text:
    from rich.text import Text

    return Text.assemble((f"{each.label}: ", "dim"), (", ".join(f"“{quote}”" for quote in each.quotes), _DROPPED))
