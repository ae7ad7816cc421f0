"""Doubts: texts that links show but that are not believed yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select, text, update

from sunchi.model import Link
from sunchi.store.database import Database, batches, in_edition, unindexed
from sunchi.store.link_rows import ensure_link, update_link
from sunchi.store.lists import forget_list_validators
from sunchi.store.rechecks import FOR_GOOD, LOOKS_APART
from sunchi.store.records import Pending
from sunchi.store.schema import articles, known_links

ABSENT, TEXTLESS, DATED = "absent", "textless", "dated "
"""Used as the fingerprint if a list shows the link as an article but its page is missing, or has no text; and before
the date if its text has another date."""


_IS_PENDING = (text("pending IS NOT NULL"), known_links.c.pending > "")
"""The conditions of links with a text that is not believed yet, exactly as in their partial index."""


class Doubts(Database):
    def pend(self, link: Link, fingerprint: str, now: datetime, pause: timedelta) -> Pending:
        """Count a look at a text that is not believed yet; the link is due again after `pause`.

        Looks in one poll count once. A text in place of another one that is not believed either counts as a flicker.
        Return since when and how often the link has shown that text, and whether any other link shows it.
        """
        with self._writing(link.source, link.lang) as connection:
            row = ensure_link(connection, link, now)
            since, looks = now, 1
            if row.pending == fingerprint:
                apart = row.looked_at is None or abs(now - row.looked_at) >= LOOKS_APART
                since, looks = min(row.pending_since, now), row.pending_looks + apart
            shows = {"pending": fingerprint, "pending_since": since, "pending_looks": looks, "misses": 0}
            if row.article_id is not None and row.pending not in (fingerprint, row.fingerprint):
                shows["flickers"] = row.flickers + (_is_text(row.pending) and _is_text(fingerprint))
            update_link(connection, row, shows | {"looked_at": now, "next_due_at": now + pause})
            other = (known_links.c.id != row.id) & or_(
                known_links.c.fingerprint == fingerprint, known_links.c.pending == fingerprint
            )
            of_edition = in_edition(known_links, link.source, link.lang, indexed=False)
            alone = connection.execute(select(known_links.c.id).where(of_edition, other).limit(1)).first()
            return Pending(since, looks, alone is None)

    def pend_absent(self, link: Link, now: datetime) -> Pending:
        """Count a look at a page that is missing although its list shows it; it is due again at the next poll."""
        with self._writing(link.source, link.lang) as connection:
            forget_list_validators(connection, link.source, link.lang)
        return self.pend(link, ABSENT, now, LOOKS_APART)

    def doubt(self, article_ids: Sequence[str], now: datetime) -> None:
        """Mark articles stored in this crawl as doubted: their links show a text that is not believed yet."""
        once = {"pending": known_links.c.fingerprint, "pending_since": now, "pending_looks": 1}
        with self._writing() as connection:
            for some in batches(article_ids):
                undoubted = known_links.c.article_id.in_(some) & known_links.c.pending.is_(None)
                connection.execute(update(known_links).where(undoubted).values(**once, next_due_at=now + LOOKS_APART))

    def doubted(self, source: str, lang: str) -> list[str]:
        """Return the addresses of an edition's links whose pages last showed a text that is not believed yet.

        Links that have failed FOR_GOOD times in a row are left out.
        """
        query = (
            select(known_links.c.url)
            .where(*_IS_PENDING)
            .where(known_links.c.next_due_at.is_not(None), known_links.c.attempts < FOR_GOOD)
            .where(in_edition(known_links, source, lang, indexed=False))
        )
        with self._reading() as connection:
            return sorted(connection.execute(query).scalars())

    def doubted_articles(self, source: str, lang: str) -> list[str]:
        """Return the ids of an edition's articles whose stored texts are doubted.

        An article whose page shows a different text that is not believed yet is left out: its stored text is certain.
        """
        query = (
            select(known_links.c.article_id)
            .distinct()
            .where(*_IS_PENDING)
            .where(known_links.c.pending == unindexed(known_links.c.fingerprint))
            .where(in_edition(known_links, source, lang, indexed=False))
        )
        with self._reading() as connection:
            return sorted(connection.execute(query).scalars())

    def has_believed(self, source: str, lang: str, number: int) -> bool:
        """Return whether so many articles of an edition are stored whose texts are not doubted."""
        doubted = set(self.doubted_articles(source, lang))
        query = select(articles.c.id).where(in_edition(articles, source, lang)).limit(number + len(doubted))
        with self._reading() as connection:
            return len(set(connection.execute(query).scalars()) - doubted) >= number


def _is_text(pending: str | None) -> bool:
    return pending is not None and pending not in (ABSENT, TEXTLESS) and not pending.startswith(DATED)
