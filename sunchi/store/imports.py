"""Texts from files, many in one transaction: articles of the past, which no poll fetched.

A text is identified by its fingerprint, as everywhere; a headline and a text of one edition, day and title are one
article, whichever came first, under whatever address. The key of its link is its address if no other text of the files
has that address, otherwise the article's id, since pages of old sites contain many articles. No list has shown such a
link, so it is not due until a list does (lists.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from sunchi.model import Link
from sunchi.store import signals
from sunchi.store.database import Database, batches, in_edition, take_lock
from sunchi.store.database import insert as insert_or_skip
from sunchi.store.link_rows import NO_PAGE, NO_VALIDATORS, find_links
from sunchi.store.records import ImportedText, ImportKind, LinkState
from sunchi.store.revisions import IS_HEADLINE, article_values, stories
from sunchi.store.schema import IS_CURRENT, articles, known_links, link_urls, revisions
from sunchi.text.titles import RELATED, same_title, shared_words, story_of

_CACHE = 256 * 1024
"""KiB of SQLite's page cache during an import: ids and fingerprints go to random places in their indexes, for which the
default of 2 MB is too small."""

_UNREAD: dict[str, Any] = {
    "position": 0,
    "section": "",
    "list_name": "",
    "media": False,
    "misses": 0,
    "looks": 0,
    "next_due_at": None,
    **NO_VALIDATORS,
}
"""A link of which neither a list nor a page says anything."""


class Imports(Database):
    def stored_texts(self, texts: Sequence[ImportedText]) -> set[tuple[str, str, str]]:
        """Return source, language and fingerprint of those texts that an article has or once had."""
        with self._reading() as connection:
            return {
                (*edition, fingerprint)
                for edition, some in _by_edition(texts).items()
                for fingerprint in _owners(connection, *edition, some)
            }

    def add_texts(self, texts: Sequence[ImportedText], lexicon_version: str, now: datetime) -> list[ImportKind]:
        """Save texts with their signals in one transaction; return the result for each, in order.

        For a text already stored, only its addresses may be new. A text takes the place of its headline.
        """
        with self._writing() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE}")
            editions = _by_edition(texts)
            for edition in sorted(editions):  # always in this order, so that two imports cannot deadlock
                take_lock(connection, *edition)
            kinds = {
                edition: iter(_Batch(connection, *edition, lexicon_version, now).add(some))
                for edition, some in editions.items()
            }
        return [next(kinds[text.article.source, text.article.lang]) for text in texts]


def _by_edition(texts: Iterable[ImportedText]) -> dict[tuple[str, str], list[ImportedText]]:
    found: dict[tuple[str, str], list[ImportedText]] = defaultdict(list)
    for text in texts:
        found[text.article.source, text.article.lang].append(text)
    return found


def _owners(connection: Connection, source: str, lang: str, texts: Sequence[ImportedText]) -> dict[str, str]:
    """Return the article of each stored text: the one that began with it, or otherwise one that later changed to it."""
    wanted = list({text.fingerprint for text in texts})
    found: dict[str, str] = {}
    for some in batches(wanted):
        later = (
            select(revisions.c.fingerprint, articles.c.id)
            .join(articles, articles.c.id == revisions.c.article_id)
            .where(revisions.c.fingerprint.in_(some))
            .where(in_edition(articles, source, lang, indexed=False))
            .order_by(revisions.c.seen_at.desc(), articles.c.id.desc())
        )
        first = select(articles.c.fingerprint, articles.c.id).where(
            in_edition(articles, source, lang), articles.c.fingerprint.in_(some)
        )
        for query in (later, first):
            found.update((row[0], row[1]) for row in connection.execute(query))
    return found


@dataclass
class _Batch:
    """The texts of one edition in one transaction."""

    connection: Connection
    source: str
    lang: str
    lexicon_version: str
    now: datetime
    _new: list[tuple[ImportedText, str]] = field(default_factory=list)  # with the key of the link
    _completed: dict[str, tuple[ImportedText, str, Row[Any]]] = field(default_factory=dict)  # by id; with its headline
    _stories: dict[tuple[date, str], Row[Any]] = field(default_factory=dict)  # stored ones, by day and bare title
    _here: dict[tuple[date, str], str] = field(default_factory=dict)  # ids of new articles
    _links: dict[str, dict[str, Any]] = field(default_factory=dict)  # to insert, by key
    _read: dict[int, dict[str, Any]] = field(default_factory=dict)  # to update, by the id of the link
    _urls: dict[str, str] = field(default_factory=dict)  # address -> key of its link

    def add(self, texts: Sequence[ImportedText]) -> list[ImportKind]:
        owners = _owners(self.connection, self.source, self.lang, texts)
        keys = [text.urls[0] if text.urls else text.id for text in texts]
        links = [Link(self.source, self.lang, key, key, "", None, position=0) for key in keys]
        known = find_links(self.connection, self.source, self.lang, links)
        rows = [known.get(key) for key in keys]
        unknown = [(text, row) for text, row in zip(texts, rows, strict=True) if text.fingerprint not in owners]
        stands = self._texts_at(row for _, row in unknown if row)
        days = {text.article.date for text, _ in unknown if text.article.date}
        self._stories = stories(self.connection, self.source, self.lang, days)
        kinds: dict[int, ImportKind] = dict.fromkeys(range(len(texts)), "known")
        for number in sorted(kinds, key=lambda number: not texts[number].article.paragraphs):  # headlines last
            text, key, row = texts[number], keys[number], rows[number]
            owner = owners.get(text.fingerprint)
            if owner is None:
                at = stands[row.article_id] if row and row.article_id else None
                if at is not None and not _is_same_article(text, at.title, at.paragraphs):
                    at, row, key, text = None, None, text.id, replace(text, urls=())
                kinds[number], owner = self._resolve(text, key, at)
                owners[text.fingerprint] = owner or text.id
            if kinds[number] != "reworded":
                self._show(text, key, row, owner)
        self._write({key: row.id for key, row in known.items()})
        return list(kinds.values())

    def _resolve(self, text: ImportedText, key: str, at: Row[Any] | None) -> tuple[ImportKind, str | None]:
        """Return what a text is that no article has had, and its article unless it is new; `at`: the article at its
        address, if it is the same."""
        story = story_of(text.article.title, text.article.date)
        there = at if at is not None else self._stories.get(story) if story else None
        if not text.article.paragraphs:  # a headline says nothing that its text does not
            if owner := there.id if there is not None else self._here.get(story) if story else None:
                return "known", owner
        elif there is not None and there.is_headline and there.id not in self._completed:
            self._completed[there.id] = (text, key, there)
            return "completed", there.id
        elif at is not None:
            return "reworded", at.id
        self._new.append((text, key))
        if story:
            self._here[story] = text.id
        return "new", None

    def _texts_at(self, links: Iterable[Row[Any]]) -> dict[str, Row[Any]]:
        """Return the articles that links show, by id, with title and paragraphs as stored."""
        ids = {row.article_id for row in links if row.article_id is not None}
        found: dict[str, Row[Any]] = {}
        of_text = (revisions.c.title, revisions.c.paragraphs, revisions.c.link_id, IS_HEADLINE)
        for some in batches(sorted(ids)):
            query = select(articles.c.id, articles.c.current, *of_text).join(revisions, IS_CURRENT)
            found.update((row.id, row) for row in self.connection.execute(query.where(articles.c.id.in_(some))))
        return found

    def _show(self, text: ImportedText, key: str, row: Row[Any] | None, owner: str | None) -> None:
        """Assign the text's article to its link, if the link has none yet; `owner`: the article, if it is stored."""
        shows = {
            "article_id": owner or text.id,
            "fingerprint": text.fingerprint,
            "state": LinkState.READ,
            "backlog": True,
            "error": "",
            "attempts": 0,
        }
        if row is None and key not in self._links and (text.urls or owner is None):
            said = {name: getattr(text.article, name) for name in ("source", "lang", "url", "title", "date")}
            seen = {"first_seen_at": self.now, "last_seen_at": self.now}
            self._links[key] = _UNREAD | shows | said | seen | {"key": key}
        elif row is not None and row.article_id is None:
            self._read[row.id] = shows
        self._urls.update(dict.fromkeys(text.urls, key))

    def _write(self, ids: dict[str, int]) -> None:
        """Insert what is new; `ids`: those of known links, by key."""
        connection, now = self.connection, self.now
        edition = {"source": self.source, "lang": self.lang}
        heads = [
            edition | {"id": text.id, "fingerprint": text.fingerprint, "current": 1, "first_seen_at": now}
            for text, _ in self._new
        ]
        _insert(connection, articles, heads)
        _insert(connection, known_links, list(self._links.values()))
        for link_id, shows in self._read.items():
            connection.execute(update(known_links).where(known_links.c.id == link_id).values(**shows))
        for some in batches(list(self._links)):
            query = select(known_links.c.key, known_links.c.id).where(
                in_edition(known_links, self.source, self.lang), known_links.c.key.in_(some)
            )
            ids |= {row.key: row.id for row in connection.execute(query)}
        urls = [edition | {"url": url, "link_id": ids[key], "first_seen_at": now} for url, key in self._urls.items()]
        for some_urls in batches(urls):
            connection.execute(insert_or_skip(connection, link_urls).on_conflict_do_nothing(), some_urls)
        read = {"seen_at": now, "lexicon_version": self.lexicon_version, **NO_PAGE}
        first = {"number": 1, "kind": "first", **read}
        texts = [
            article_values(text.article, text.fingerprint) | first | {"article_id": text.id, "link_id": ids[key]}
            for text, key in self._new
        ]
        rows = [row for text, _ in self._new for row in text.signals]
        numbers = []
        for id, (text, key, headline) in self._completed.items():
            number = headline.current + 1
            numbers.append({"article": id, "number": number})
            later = {"number": number, "kind": "mended", **read, "article_id": id}
            texts.append(
                article_values(text.article, text.fingerprint) | later | {"link_id": ids.get(key, headline.link_id)}
            )
            rows += [row | {"article_id": id, "revision": number} for row in text.signals]
        if numbers:
            is_completed = articles.c.id == bindparam("article")
            connection.execute(update(articles).where(is_completed).values(current=bindparam("number")), numbers)
        _insert(connection, revisions, texts)
        signals.add_rows(connection, rows)


def _is_same_article(text: ImportedText, title: str, paragraphs: Sequence[str]) -> bool:
    """Return whether the text stored at an address may be the same article in another wording."""
    article = text.article
    if not same_title(article.title, title):
        return False
    stored = "\n".join(paragraphs)
    return not stored or not article.paragraphs or shared_words("\n".join(article.paragraphs), stored) > RELATED


def _insert(connection: Connection, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    for some in batches(rows):
        connection.execute(insert(table), some)
