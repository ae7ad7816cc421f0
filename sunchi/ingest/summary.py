"""The result of a poll: counts, changed articles, and problems in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sunchi.model import Article
from sunchi.text import cut
from sunchi.text.safe import in_markdown, web_address

LINES = 5
"""Faults listed one by one; the lists of a site that is down all share one."""

LENGTH = 400  # characters of one fault
SHOWN = 100  # items of one list


@dataclass(frozen=True)
class ArticleChange:
    """One article that is new, changed or gone."""

    kind: Literal["new", "changed", "gone"]
    article: Article
    signals: int = 0
    alerts: int = 0


@dataclass
class Summary:
    """The result of one poll, edition by edition."""

    changes: list[ArticleChange] = field(default_factory=list)
    completeness: list[str] = field(default_factory=list)  # by edition and day: listed, stored, waiting
    flickers: list[tuple[str, str]] = field(default_factory=list)  # address and title of what changed and changed back
    unread: list[tuple[str, str]] = field(default_factory=list)  # (address of a page, why it could not be read)
    _listed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # edition -> keys of links
    _unchanged: dict[str, int] = field(default_factory=dict)  # edition -> entries of its longest unchanged list
    _faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # words -> subjects
    _notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _waits: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _backlog: dict[str, list[date | None]] = field(default_factory=lambda: defaultdict(list))  # edition -> dates

    def list_read(self, edition: str, keys: Iterable[str]) -> None:
        self._listed[edition].update(keys)

    def list_unchanged(self, edition: str, entries: int) -> None:
        self._unchanged[edition] = max(entries, self._unchanged.get(edition, 0))

    def fault(self, subject: str, words: str) -> None:
        """Add a problem that makes the poll fail."""
        self._faults[words].append(subject)

    def note(self, subject: str, words: str) -> None:
        """Add a problem that does not make the poll fail."""
        self._notes[words].append(subject)

    def wait(self, subject: str, words: str) -> None:
        """Add something that is checked again before it is believed, as happens every day; no action is needed."""
        self._waits[words].append(subject)

    def record_backlog(self, edition: str, day: date | None) -> None:
        """Count an article from before the first poll, which makes no alerts."""
        self._backlog[edition].append(day)

    @property
    def listed(self) -> int:
        """The number of different entries on the lists. The entries of an unchanged list are not known one by one, so
        of the unchanged lists the longest counts."""
        editions = {*self._listed, *self._unchanged}
        return sum(max(len(self._listed.get(each, ())), self._unchanged.get(each, 0)) for each in editions)

    def count(self, kind: str) -> int:
        return sum(change.kind == kind for change in self.changes)

    @property
    def signals(self) -> int:
        return sum(change.signals for change in self.changes)

    @property
    def alerts(self) -> int:
        return sum(change.alerts for change in self.changes)

    @property
    def outcome(self) -> Literal["ok", "waiting", "noted", "failed"]:
        return "failed" if self._faults else "noted" if self._notes else "waiting" if self._waits else "ok"

    @property
    def words(self) -> str:
        """Faults, then notes, then waiting checks, then what a first poll recorded, one per line.

        Equal ones are joined: `kcna/en Latest, kcna/en Top: no connection to …`.
        """
        every = (self._faults, self._notes, self._waits)
        said = {
            words: [subject for each in every for subject in each.get(words, ())]
            for words in self._faults | self._notes | self._waits
        }
        lines = [f"{', '.join(dict.fromkeys(subjects))}: {words}" for words, subjects in said.items()]
        lines += [f"{edition}: {_recorded(days)}" for edition, days in self._backlog.items()]
        more = len(lines) - LINES
        lines = [cut(line, LENGTH) for line in lines[:LINES]]
        return "\n".join(lines + [f"… and {more} more, in the run's log"] * (more > 0))

    def markdown(self, heading: str) -> str:
        """Return the summary as Markdown for the Prefect UI: counts, problems, and each article with its link.

        Texts of pages are escaped.
        """
        numbers = {"listed": self.listed} | {kind: self.count(kind) for kind in ("new", "changed", "gone")}
        numbers |= {"not read": len(self.unread), "signals": self.signals, "alerts": self.alerts}
        parts = [f"# {in_markdown(heading)}: {self.outcome}"]
        parts += [f"- {in_markdown(line)}" for line in self.words.splitlines()] + [""]
        parts += [
            f"| {' | '.join(numbers)} |",
            f"|{' ---: |' * len(numbers)}",
            f"| {' | '.join(map(str, numbers.values()))} |",
        ]
        for kind in ("new", "changed", "gone"):
            changes = [change for change in self.changes if change.kind == kind]
            parts += _section(kind.capitalize(), [_line(change) for change in changes])
        parts += _section("Changed, and changed back", [in_markdown(f"{title}: {url}") for url, title in self.flickers])
        parts += _section("Listed and stored", [in_markdown(line) for line in self.completeness])
        parts += _section("Not read", [in_markdown(f"{url}: {why}") for url, why in self.unread])
        return "\n".join(parts) + "\n"


def _recorded(days: Sequence[date | None]) -> str:
    """Return what a first poll recorded, in words."""
    articles = f"{len(days)} article{'s' if len(days) > 1 else ''}"
    since = min((day for day in days if day), default=None)
    return f"first poll: recorded {articles}{f' from {since} on' if since else ''}; alerts from the next poll on"


# --- Markdown -------------------------------------------------------------------------------------------------------


def markdown_list(lines: Sequence[str]) -> list[str]:
    """Return lines of Markdown as the items of a list, the first hundred."""
    more = [f"- … and {len(lines) - SHOWN} more"] * (len(lines) > SHOWN)
    return [*(f"- {line}" for line in lines[:SHOWN]), *more]


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", f"## {title}", *markdown_list(lines)] if lines else []


def _line(change: ArticleChange) -> str:
    article, url = change.article, web_address(change.article.url)
    page = f", [page](<{url}>)" if url else ""  # the title is no link: in one, Prefect's first UI shows the escapes
    words = f"{in_markdown(article.title)}, {article.date or 'no date'}: signals {change.signals}"
    return f"{words}, alerts {change.alerts}{page}"
