"""Saves articles: decides whether a text is new, known or a revision, and what is stored with it.

The text at a link:

- If the link has shown no article yet, a text that no article has ever had is a new article, or a revision of the
  article of which a file had the headline of that day alone. A known text makes the link one more link of its article:
  the article that began with that text, or else the one that changed to it first.
- If the link has shown an article, the text that it showed last and the article's current text are nothing new. Any
  other text is a revision, even if it restores an earlier text, and even if another article has it; two articles then
  have the same text.

So when one link was edited and another still shows the old text, the article does not count as edited back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, and_, select, update

from sunchi.errors import Overtaken
from sunchi.model import Article, Link
from sunchi.store import outbox, revisions, signals
from sunchi.store.database import Database, in_edition, insert
from sunchi.store.link_rows import ensure_link, known
from sunchi.store.outbox import DOUBTED_FOR, HELD_FOR
from sunchi.store.rechecks import LOOKS_APART, record_success
from sunchi.store.records import Parsed, Resolution, Revision, Saved
from sunchi.store.revisions import location_of, location_values
from sunchi.store.schema import articles, known_links
from sunchi.store.schema import revisions as texts
from sunchi.text import article_id as name_of
from sunchi.text import fingerprint as fingerprint_of
from sunchi.text.titles import story_of


class Saving(Database):
    def resolve(self, link: Link, fingerprint: str, article: Article | None = None) -> Resolution:
        """Return what saving a text of that fingerprint at that link would do. Changes nothing.

        `article`: the text itself, which may belong to a headline.
        """
        with self._reading() as connection:
            return _resolve(connection, link, known(connection, link), fingerprint, article)

    def save(self, parsed: Parsed) -> Saved:
        """Save a parsed article with its signals, its alerts and their deliveries in one transaction.

        Signals and alerts are saved with a new article and with a revision; a known text has them already. Raises
        Overtaken and saves nothing if they belong to another article or revision than is being saved.
        """
        with self._writing(parsed.link.source, parsed.link.lang) as connection:
            return _save(connection, parsed)

    def amend(self, parsed: Parsed) -> Saved:
        """Correct what was read before from the same archived response, `parsed.response`, with a fixed parser.

        The text is replaced in its own revision; the article keeps its id, and no alerts are made. A response that gave
        nothing before is saved. The link's due time does not change. Raises Overtaken like `save`.
        """
        parsed = replace(parsed, alerts=())
        with self._writing(parsed.link.source, parsed.link.lang) as connection:
            row = known(connection, parsed.link)
            if row is None or row.article_id is None:
                return _save(connection, parsed)
            return _amend(connection, parsed, row)

    def redate(self, parsed: Parsed) -> Saved:
        """Correct the date of a known text, and replace its signals, which may depend on it. No alerts are made.

        Raises Overtaken and saves nothing if another process stored another text of the article meanwhile.
        """
        with self._writing(parsed.link.source, parsed.link.lang) as connection:
            return _redate(connection, replace(parsed, alerts=()))


def _resolve(
    connection: Connection, link: Link, row: Row[Any] | None, fingerprint: str, article: Article | None
) -> Resolution:
    if row is not None and row.article_id is not None:
        stands = revisions.current(connection, row.article_id)
        if fingerprint in (row.fingerprint, stands.fingerprint):
            return Resolution("same", row.article_id, stands.number, stands.article)
        return Resolution("revision", row.article_id, stands.number + 1, stands.article)
    owner = _owner(connection, link.source, link.lang, fingerprint)
    if owner is None:
        if headline := _headline(connection, link, article):
            stands = revisions.current(connection, headline)
            return Resolution("revision", headline, stands.number + 1, stands.article)
        return Resolution("article", name_of(link.source, link.lang, fingerprint), 1, None)
    stands = revisions.current(connection, owner)
    return Resolution("link", owner, stands.number, stands.article)


def _owner(connection: Connection, source: str, lang: str, fingerprint: str) -> str | None:
    """Return the article that a known text belongs to, at a link that has shown no article yet."""
    of_edition = in_edition(articles, source, lang)
    first = select(articles.c.id).where(of_edition, articles.c.fingerprint == fingerprint)
    later = (
        select(articles.c.id)
        .join(texts, texts.c.article_id == articles.c.id)
        .where(of_edition, texts.c.fingerprint == fingerprint)
        .order_by(texts.c.seen_at, articles.c.id)
        .limit(1)
    )
    return connection.execute(first).scalar() or connection.execute(later).scalar()


def _headline(connection: Connection, link: Link, article: Article | None) -> str | None:
    """Return the article of which a file had this text's headline alone."""
    story = story_of(article.title, article.date) if article and article.paragraphs else None
    if story is None:
        return None
    row = revisions.stories(connection, link.source, link.lang, [story[0]]).get(story)
    return row.id if row and row.is_headline else None


def _save(connection: Connection, parsed: Parsed) -> Saved:
    link, now = parsed.link, parsed.now
    fingerprint = fingerprint_of(parsed.article.title, parsed.article.paragraphs, parsed.article.date)
    row = ensure_link(connection, link, now)
    text = _resolve(connection, link, row, fingerprint, parsed.article)
    alerts = 0
    if text.kind in ("article", "revision"):
        _check_up_to_date(parsed, text.article_id, text.revision)
        _keep(connection, parsed, text, fingerprint, row.id)
        signals.add(connection, parsed.signals, {text.article_id: text.revision})
        held_for = DOUBTED_FOR if parsed.is_doubted else HELD_FOR if parsed.hold_alerts else None
        alerts = outbox.queue(connection, parsed.alerts, now, held_for=held_for)
    due: dict[str, Any] = {"next_due_at": row.next_due_at} if parsed.is_past else {}
    if parsed.is_doubted and text.kind in ("article", "revision"):
        due |= {"pending": fingerprint, "pending_since": now, "pending_looks": 1, "next_due_at": now + LOOKS_APART}
    record_success(connection, row, now, **_shown(parsed, text.article_id, fingerprint), **due)
    return Saved(text.kind, text.article_id, text.revision, alerts)


def _shown(parsed: Parsed, article_id: str, fingerprint: str) -> dict[str, Any]:
    """Return the columns of a link that say what its page showed."""
    validators = {"etag": parsed.validators.etag, "last_modified": parsed.validators.last_modified}
    return {"article_id": article_id, "fingerprint": fingerprint} | location_values(parsed.response) | validators


def _keep(connection: Connection, parsed: Parsed, text: Resolution, fingerprint: str, link_id: int) -> None:
    if text.kind == "article":
        connection.execute(
            insert(connection, articles).values(
                id=text.article_id,
                source=parsed.link.source,
                lang=parsed.link.lang,
                fingerprint=fingerprint,
                current=text.revision,
                first_seen_at=parsed.now,
            )
        )
    else:
        connection.execute(update(articles).where(articles.c.id == text.article_id).values(current=text.revision))
    revisions.add(connection, parsed, fingerprint, link_id, text.article_id, text.revision)


def _check_up_to_date(parsed: Parsed, article_id: str, revision: int) -> None:
    """Raise Overtaken if signals or alerts are about another text: another process stored the link after `resolve`."""
    about = {(alert.article, alert.revision) for alert in parsed.alerts}
    about |= {(article, revision) for article in parsed.signals["article"].unique()}
    if strangers := about - {(article_id, revision)}:
        article, number = min(strangers)
        raise Overtaken(
            f"{parsed.link.url}: its signals or alerts are about text {number} of {article or 'no article'}, "
            f"and it is text {revision} of {article_id}: resolve it again"
        )


def _amend(connection: Connection, parsed: Parsed, row: Row[Any]) -> Saved:
    fingerprint = fingerprint_of(parsed.article.title, parsed.article.paragraphs, parsed.article.date)
    if parsed.response is not None and location_of(row) == parsed.response:
        connection.execute(update(known_links).where(known_links.c.id == row.id).values(fingerprint=fingerprint))
    read_from_it = [
        text
        for text in revisions.of_article(connection, row.article_id)
        if parsed.response is not None and text.response == parsed.response
    ]
    if not read_from_it:
        return Saved("same", row.article_id, revisions.current(connection, row.article_id).number)
    text = read_from_it[-1]
    _check_up_to_date(parsed, text.article_id, text.number)
    _replace(connection, parsed, text, fingerprint)
    return Saved("same" if fingerprint == text.fingerprint else "amended", text.article_id, text.number)


def _redate(connection: Connection, parsed: Parsed) -> Saved:
    fingerprint = fingerprint_of(parsed.article.title, parsed.article.paragraphs, parsed.article.date)
    row = ensure_link(connection, parsed.link, parsed.now)
    if row.article_id is None or (text := revisions.current(connection, row.article_id)).fingerprint != fingerprint:
        raise Overtaken(f"{parsed.link.url}: another process stored another text: resolve it again")
    _replace(connection, parsed, text, fingerprint)
    record_success(connection, row, parsed.now, **_shown(parsed, text.article_id, fingerprint))
    return Saved("amended", text.article_id, text.number)


def _replace(connection: Connection, parsed: Parsed, text: Revision, fingerprint: str) -> None:
    """Put what was parsed in place of a text, in its own revision."""
    this = and_(texts.c.article_id == text.article_id, texts.c.number == text.number)
    connection.execute(update(texts).where(this).values(**revisions.text_values(parsed, fingerprint)))
    signals.replace(connection, parsed.signals, {text.article_id: text.number}, parsed.lexicon_version)
