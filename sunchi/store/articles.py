"""Articles: a text is known by source, language and fingerprint, never by its address.

What a text at a link is:

- The link has shown no article yet. A text that no article has ever had is a new article. A known text is one more
  sighting of its article: of the one whose first text it was, else of the one that came to it first.
- The link has shown an article. The text it showed last, or the one that stands, is nothing new. Any other is a
  revision, also one that goes back to an earlier text, and also one that another article has: the link's history is its
  article's, so the two stay two articles with one text.

A second sighting that still shows the old text, after the first was edited, is therefore no revision back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, select, update

from sunchi.model import Link, Overtaken
from sunchi.store import outbox, revisions, signals
from sunchi.store.database import Database, batches, insert
from sunchi.store.records import Archived, ArticleRow, Reading, Resolution, Revision, Saved
from sunchi.store.revisions import location_of, location_values
from sunchi.store.schema import articles, responses, sighting_urls, sightings
from sunchi.store.schema import revisions as texts
from sunchi.store.sightings import known, link_of, looked, sighting
from sunchi.text import article_id as name_of
from sunchi.text import fingerprint as fingerprint_of


class Articles(Database):
    def resolve(self, link: Link, fingerprint: str) -> Resolution:
        """What saving a text of that fingerprint at that link would do. Changes nothing."""
        with self._reading() as connection:
            return _resolve(connection, link, known(connection, link), fingerprint)

    def save(self, reading: Reading) -> Saved:
        """Keeps what was read, its signals, its alerts and their deliveries: in one transaction, and once.

        Signals and alerts are kept with a new article and with a revision; a known text has them already. Raises
        Overtaken, and keeps nothing, where they are about another article or revision than is being saved.
        """
        with self._writing(reading.link.source, reading.link.lang) as connection:
            return _save(connection, reading)

    def amend(self, reading: Reading) -> Saved:
        """Corrects what was read before from the same archived response, `reading.response`, with a mended parser.

        The text is replaced where it stands, in its own revision; the article keeps its id, and nobody is alerted. A
        response that gave nothing before is saved. What is due of the link stays as it is.
        """
        reading = replace(reading, alerts=())
        with self._writing(reading.link.source, reading.link.lang) as connection:
            row = known(connection, reading.link)
            if row is None or row.article_id is None:
                return _save(connection, reading)
            return _amend(connection, reading, row)

    def article(self, id: str) -> ArticleRow | None:
        """One article as it stands; None for an id that is not known."""
        with self._reading() as connection:
            return next(iter(_rows(connection, [id])), None)

    def revisions(self, id: str) -> list[Revision]:
        """Every text of an article, first to last; empty for an id that is not known."""
        with self._reading() as connection:
            return revisions.of_article(connection, id)

    def articles(
        self,
        source: str | None = None,
        since: date | None = None,
        until: date | None = None,
        lang: str | None = None,
    ) -> Iterator[ArticleRow]:
        """Articles as they stand, by date, then as they came.

        `since` and `until` are days of the article's own date, both included; with either, undated articles are out.
        """
        query = (
            select(articles.c.id)
            .join(texts, _STANDS)
            .order_by(texts.c.date.nulls_first(), articles.c.first_seen_at, articles.c.id)
        )
        conditions = (
            (source, articles.c.source == source),
            (lang, articles.c.lang == lang),
            (since, texts.c.date >= since),
            (until, texts.c.date <= until),
        )
        query = query.where(*(condition for given, condition in conditions if given is not None))
        with self._reading() as connection:
            ids = connection.execute(query).scalars().all()
        for some in batches(ids):
            with self._reading() as connection:
                rows = _rows(connection, some)
            yield from rows

    def readings(self, source: str | None = None) -> list[Archived]:
        """Every archived response that an article was read from or may be, as they came: what a reparse goes over.

        That is the response of each text; the last response of each sighting; and, of a link that is no article, the
        newest page it answered with.
        """
        with self._reading() as connection:
            found = [
                reading
                for query, column in ((_OF_TEXTS, texts), (_OF_SIGHTINGS, sightings))
                for row in connection.execute(query if source is None else query.where(sightings.c.source == source))
                for reading in _archived(row, column.name)
            ]
        return sorted(found, key=lambda reading: reading.at)
