"""What a poll did, counted, and what went wrong, in words that a person reads at a glance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sunchi.alerts.wording import safe_text, web_address
from sunchi.model import Article
from sunchi.text import cut

LINES = 5
"""Faults told one by one; a site that is down has one and the same for all its lists."""

LENGTH = 400  # characters of one
SHOWN = 100  # articles under one heading


@dataclass(frozen=True)
class Story:
    """One article that is new, changed or gone."""

    event: Literal["new", "changed", "gone"]
    article: Article
    signals: int = 0
    alerts: int = 0


@dataclass
class Tally:
    stories: list[Story] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)  # address of a page, and why it could not be read
    _listed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # edition -> keys of links
    _unchanged: dict[str, int] = field(default_factory=dict)  # edition -> entries of the longest list that is unchanged
    _faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # words -> subjects
    _notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def list_read(self, edition: str, keys: Iterable[str]) -> None:
        self._listed[edition].update(keys)

    def list_unchanged(self, edition: str, entries: int) -> None:
        self._unchanged[edition] = max(entries, self._unchanged.get(edition, 0))

    def fault(self, subject: str, words: str) -> None:
        """Something for which the poll has failed."""
        self._faults[words].append(subject)

    def note(self, subject: str, words: str) -> None:
        """Something that is wrong, for which the poll has not failed."""
        self._notes[words].append(subject)

    @property
    def listed(self) -> int:
        """Different entries on the lists. What only unchanged lists show is not known again entry by entry: of these
        the longest counts."""
        editions = {*self._listed, *self._unchanged}
        return sum(max(len(self._listed.get(each, ())), self._unchanged.get(each, 0)) for each in editions)

    def count(self, event: str) -> int:
        return sum(story.event == event for story in self.stories)

    @property
    def signals(self) -> int:
        return sum(story.signals for story in self.stories)

    @property
    def alerts(self) -> int:
        return sum(story.alerts for story in self.stories)

    @property
    def outcome(self) -> Literal["ok", "noted", "failed"]:
        return "failed" if self._faults else "noted" if self._notes else "ok"

    @property
    def words(self) -> str:
        """Faults, then notes, a line each, the same words once: `kcna/en Latest, kcna/en Top: no connection to …`."""
        said = {
            words: [*self._faults.get(words, ()), *self._notes.get(words, ())] for words in self._faults | self._notes
        }
        lines = [f"{', '.join(dict.fromkeys(subjects))}: {words}" for words, subjects in said.items()]
        more = len(lines) - LINES
        lines = [cut(line, LENGTH) for line in lines[:LINES]]
        return "\n".join(lines + [f"… and {more} more, in the run's log"] * (more > 0))

    def markdown(self, heading: str) -> str:
        """The same for the Prefect UI: numbers, what is wrong, and each article with its link. Texts are escaped."""
        numbers = {"listed": self.listed} | {event: self.count(event) for event in ("new", "changed", "gone")}
        numbers |= {"not read": len(self.unread), "signals": self.signals, "alerts": self.alerts}
        parts = [f"# {plain(heading)}: {self.outcome}"]
        parts += [f"- {plain(line)}" for line in self.words.splitlines()] + [""]
        parts += [
            f"| {' | '.join(numbers)} |",
            f"|{' ---: |' * len(numbers)}",
            f"| {' | '.join(map(str, numbers.values()))} |",
        ]
        for event in ("new", "changed", "gone"):
            stories = [story for story in self.stories if story.event == event]
            parts += _section(event.capitalize(), [_line(story) for story in stories])
        return "\n".join(parts + _section("Not read", [plain(f"{url}: {why}") for url, why in self.unread])) + "\n"


# --- Markdown -------------------------------------------------------------------------------------------------------

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-!|~])")


def plain(text: str) -> str:
    """Text that Markdown and HTML take for nothing but text, on one line."""
    return _MARKS.sub(r"\\\1", safe_text(" ".join(text.split())).replace("&", "&amp;"))


def _section(title: str, lines: Sequence[str]) -> list[str]:
    more = [f"- … and {len(lines) - SHOWN} more"] * (len(lines) > SHOWN)
    return ["", f"## {title}", *(f"- {line}" for line in lines[:SHOWN]), *more] if lines else []


def _line(story: Story) -> str:
    article, url = story.article, web_address(story.article.url)
    title = f"[{plain(article.title)}](<{url}>)" if url else plain(article.title)
    return f"{title}, {article.date or 'no date'}: signals {story.signals}, alerts {story.alerts}"
