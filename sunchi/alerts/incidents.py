"""Incidents -> notices to the operators: one per source, in plain text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sunchi.store import Incident, Notice
from sunchi.text import counted, cut
from sunchi.text.safe import safe_text

LENGTH = 400  # characters of one incident
LINES = 10  # incidents listed one by one


def notices(incidents: Sequence[Incident]) -> Iterator[Notice]:
    """Yield a notice for each source: its open incidents, and reported ones that are over."""
    by_source: dict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        by_source[incident.source].append(incident)
    for source, some in by_source.items():
        begun = [each for each in some if each.closed_at is None]
        ended = [each for each in some if each.closed_at is not None]
        lines = [_begun(each) for each in begun[:LINES]] + _more(len(begun) - LINES)
        lines += [_ended(each) for each in ended[:LINES]] + _more(len(ended) - LINES)
        yield Notice(
            source=source,
            title=f"Sunchi: {source or 'delivery'}: {_counted(len(begun), len(ended))}",
            body="\n".join(lines) + "\n`sunchi check` shows what is open now.",
            open=tuple(each.id for each in begun),
            over=tuple(each.id for each in ended),
        )


def _counted(begun: int, ended: int) -> str:
    wrong = counted(begun, "problem") if begun else ""
    well = f"{ended} resolved" if ended else ""
    return ", ".join(filter(None, (wrong, well)))


def _begun(incident: Incident) -> str:
    return f"Open since {incident.opened_at:%Y-%m-%d %H:%M} UTC: {_words(incident)}"


def _ended(incident: Incident) -> str:
    return f"Resolved at {incident.closed_at:%Y-%m-%d %H:%M} UTC: {_words(incident)}"


def _words(incident: Incident) -> str:
    """Return an incident as safe text, since its message may quote a page."""
    return cut(safe_text(" ".join(f"{incident.subject}: {incident.message}".split())), LENGTH)


def _more(number: int) -> list[str]:
    return [f"… and {number} more"] if number > 0 else []
