"""The items that the demo's sites publish: the files in `week/`, and their state on a given day.

A file is one edition of one site, in the order of publication. Its tables are named by the day:

    [[2021-01-06]]
    title = "Greetings to Congress"
    lists = ["top", "external"]     # the site's own lists, besides the one of everything
    page = 1                        # of the printed paper
    text = '''
    One paragraph a line.
    '''
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

KST = timezone(timedelta(hours=9), "KST")
WEEK = Path(__file__).parent / "week"


def midnight(day: date) -> datetime:
    """Return the first moment of a day in Korea."""
    return datetime.combine(day, time(0), KST)


@dataclass(frozen=True, slots=True)
class Edit:
    """A silent edit: from the day `on`, the text says `new` instead of `old`."""

    on: date
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a site's lists. `name` is unique within the edition: `2021-01-06-003`, the third of that day."""

    name: str
    day: date
    title: str
    paragraphs: tuple[str, ...]
    subtitle: str = ""
    lists: tuple[str, ...] = ()
    at: time = time(0, 0)  # of publication, in Korea
    modified: datetime | None = None  # when the page was changed by its own account, with or without another text
    page: int | None = None
    photos: int = 0
    media: str = ""  # "photo" or "video": an item without text
    byline: str = ""
    edit: Edit | None = None
    gone: date | None = None  # from this day it answers 404

    @property
    def published_at(self) -> datetime:
        return datetime.combine(self.day, self.at, KST)

    def stands_on(self, day: date) -> bool:
        return self.day <= day and (self.gone is None or day < self.gone)

    def text_on(self, day: date) -> tuple[str, ...]:
        """Return the paragraphs as they are at the end of `day`."""
        if self.edit is None or day < self.edit.on:
            return self.paragraphs
        return tuple(paragraph.replace(self.edit.old, self.edit.new) for paragraph in self.paragraphs)

    def modified_on(self, day: date) -> datetime:
        """Return when the page was last changed before the end of `day`."""
        if self.modified is not None and self.modified.date() <= day:
            return self.modified
        if self.edit is not None and self.edit.on <= day:
            return datetime.combine(self.edit.on, self.at, KST)
        return self.published_at


def load(edition: str) -> tuple[Item, ...]:
    """Read the items of `week/<edition>.toml`, oldest first; raises ValueError that names the file and the item."""
    path = WEEK / f"{edition}.toml"
    days: dict[str, list[dict[str, Any]]] = tomllib.loads(path.read_text("utf-8"))
    items = []
    for day in sorted(days):
        for number, row in enumerate(days[day], start=1):
            name = f"{day}-{number:03d}"
            try:
                items.append(_item(name, date.fromisoformat(day), row))
            except (KeyError, TypeError, ValueError) as fault:
                raise ValueError(f"{path.name}: {name}: {fault!r}") from fault
    return tuple(items)


def _item(name: str, day: date, row: dict[str, Any]) -> Item:
    row = dict(row)
    text = _paragraphs(row.pop("text", ""))
    if "text_of" in row:  # another edition has the same text: "kcna-en: its title"
        edition, _, title = row.pop("text_of").partition(": ")
        text = _text_of(edition, title, day)
    if not text and "media" not in row:
        raise ValueError("has neither text nor media")
    if modified := row.pop("modified", None):
        row["modified"] = modified.replace(tzinfo=KST)
    if change := row.pop("edit", None):
        row["edit"] = Edit(**change)
        found = sum(paragraph.count(row["edit"].old) for paragraph in text)
        if found != 1:
            raise ValueError(f"the text has {row['edit'].old!r} {found} times, not once")
    return Item(name=name, day=day, paragraphs=text, lists=tuple(row.pop("lists", ())), **row)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _text_of(edition: str, title: str, day: date) -> tuple[str, ...]:
    rows: dict[str, list[dict[str, Any]]] = tomllib.loads((WEEK / f"{edition}.toml").read_text("utf-8"))
    return next(_paragraphs(row["text"]) for row in rows[day.isoformat()] if row["title"] == title)


def newest_first(items: tuple[Item, ...], day: date, of: str = "") -> list[Item]:
    """Return what the list `of` (all items if empty) shows at the end of `day`."""
    return [item for item in reversed(items) if item.stands_on(day) and (not of or of in item.lists)]
