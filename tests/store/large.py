"""A store with any number of articles, filled with one statement per table: polls would take minutes.

There are 96 articles a day, so a larger store has a longer past and the same last month. One in a hundred links is not
an article, one in fifty articles alerted two recipients, and each poll requested a list.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from sunchi.store import Store

DAILY = 96
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
"""The day after the last article."""

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "

_TABLES = {
    "lists (url, source, lang, name, etag, last_modified, entries, first_ok_at, last_ok_at, last_new_at)": """
        SELECT 'http://www.kcna.kp/en/latest', 'kcna', 'en', 'latest', '', '', 40, {at}, {at}, {at}
        FROM n WHERE i = 1""",
    "list_days (url, day, source, lang, entries, last_at)": """
        SELECT 'http://www.kcna.kp/en/latest', {day}, 'kcna', 'en', 40, {at} FROM n WHERE i % 96 = 0""",
    "articles (id, source, lang, fingerprint, current, first_seen_at, deleted_at)": """
        SELECT 'kcna-en-' || i, 'kcna', 'en', 'text-' || i, 1, {at}, NULL FROM n WHERE i % 100 <> 7""",
    "known_links (id, source, lang, key, url, title, date, position, section, list_name, media, first_seen_at,"
    " last_seen_at, state, error, attempts, misses, looked_at, next_due_at, etag, last_modified, article_id,"
    " fingerprint, response_file, response_offset, response_length, looks)": """
        SELECT i, 'kcna', 'en', 'key-' || i, 'http://www.kcna.kp/en/' || i, 'Title ' || i, {day}, 1, 'Latest',
            'latest', {false}, {at}, {at}, CASE WHEN i % 100 = 7 THEN 'media_only' ELSE 'read' END, '', 0, 0, {at},
            CASE WHEN i % 100 <> 7 AND i > {count} - 3000 THEN {soon} END, '', '',
            CASE WHEN i % 100 <> 7 THEN 'kcna-en-' || i END, 'text-' || i, 'kcna/' || (i / 10), i % 10 * 900, 900, 5
        FROM n""",
    "link_urls (source, lang, url, link_id, first_seen_at)": """
        SELECT 'kcna', 'en', 'http://www.kcna.kp/en/' || i, i, {at} FROM n""",
    "revisions (article_id, number, fingerprint, body, seen_at, link_id, response_file, response_offset,"
    " response_length, lexicon_version, url, key, layout, title, subtitle, byline, section, date, date_basis, photos,"
    " links, paragraphs)": """
        SELECT 'kcna-en-' || i, 1, 'text-' || i, 'body-' || i, {at}, i, 'kcna/' || (i / 10), i % 10 * 900, 900, '1',
            'http://www.kcna.kp/en/' || i, 'key-' || i, 'detail', 'Title ' || i, '', '', '', {day}, 'page', 0, '[]',
            '["It is said.", "The meeting went on."]'
        FROM n WHERE i % 100 <> 7""",
    'signals (article_id, revision, kind, partner, code, value, start, "end", quote, detail)': """
        SELECT 'kcna-en-' || i, 1, 'attention', CASE WHEN i % 2 = 0 THEN 'CN' ELSE 'RU' END, 'mention', 12, 3, 9,
            'friend', ''
        FROM n WHERE i % 100 <> 7""",
    "alerts (id, rule, rule_version, article_id, partner, change, revision, severity, title, body, url,"
    " tags, made_at)": """
        SELECT i, 'first-named', '1', 'kcna-en-' || i, 'CN', 'published', 1, 'high', 'China is named first', 'friend',
            'http://www.kcna.kp/en/' || i, '[]', {at}
        FROM n WHERE i % 50 = 0""",
    "events (alert_id, key, day, once)": """
        SELECT i, 'event-' || i, {day}, {false} FROM n WHERE i % 50 = 0""",
    "deliveries (id, alert_id, recipient, label, state, attempts, unsure, error, sent_at)": """
        SELECT i, i - i % 50, 'recipient-' || (i % 50), 'desk', 'sent', 1, 0, '', {at}
        FROM n WHERE i >= 50 AND i % 50 < 2""",
    "incidents (kind, subject, source, message, opened_at, last_at, times, closed_at, reported_at,"
    " end_reported_at)": """
        SELECT 'list', 'kcna/en', 'kcna', 'no entries', {at}, {at}, 2, {at}, {at}, {at} FROM n WHERE i % 50 = 0""",
    "notices (id, source, title, body, made_at)": """
        SELECT i, 'kcna', 'kcna', 'no entries', {at} FROM n WHERE i % 50 = 0""",
    "responses (file, {offset}, length, site, url, status, at)": """
        SELECT 'kcna/' || (i / 10), i % 10 * 900, 900, 'kcna', 'http://www.kcna.kp/en/' || i, 200, {at} FROM n""",
    "polls (source, started_at, ended_at, listed, new, changed, gone, failed, signals, alerts, outcome, words)": """
        SELECT CASE WHEN i % 2 = 0 THEN 'kcna' ELSE 'rodong' END, {at}, {at}, 40, 1, 0, 0, 0, 1, 0, 'ok', ''
        FROM n WHERE i % 5 = 0""",
    "findings (id, edition, partner, day, kind, finding, made_at)": """
        SELECT 'f-' || i, 'kcna/en', 'CN', {day}, 'silence', '{{}}', {at} FROM n WHERE i % 50 = 0""",
    'audit (at, "user", program_version, command, lexicon_version, rules_version, settings)': """
        SELECT {at}, 'desk@host', '1', 'poll kcna', '1', '1', '{{}}' FROM n WHERE i % 100 = 0""",
}


def fill(store: Store, count: int) -> None:
    """Fill an empty store with that many links, 99 % of them articles."""
    with store._writing() as connection:
        words = _words(connection, count)
        for table, rows in _TABLES.items():
            statement = f"INSERT INTO {table} {_NUMBERS}{rows}".format(**words)
            connection.exec_driver_sql(statement.replace("%", "%%") if words["doubled"] else statement)
        if connection.dialect.name == "postgresql":
            _renumber(connection)
    if store._engine.dialect.name == "postgresql":
        with store._engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()


def _words(connection: Connection, count: int) -> dict[str, object]:
    """Return the SQL that differs between the databases; articles come every fifteen minutes, the last one at NOW."""
    minutes = int(timedelta(days=1) / timedelta(minutes=1)) // DAILY
    ago = f"({count} - i) * {minutes}"
    if connection.dialect.name == "postgresql":
        at = f"(timestamptz '{NOW:%Y-%m-%d %H:%M}+00' - ({ago}) * interval '1 minute')"
        named = {"at": at, "day": f"CAST({at} AS date)", "soon": f"{at} + interval '30 days'", "false": "false"}
        return named | {"count": count, "offset": '"offset"', "doubled": True}
    at = f"strftime('%Y-%m-%d %H:%M:%S.000000', '{NOW:%Y-%m-%d %H:%M}', '-' || ({ago}) || ' minutes')"
    soon = at.replace("' minutes')", "' minutes', '+30 days')")
    named = {"at": at, "day": f"substr({at}, 1, 10)", "soon": soon, "false": "0"}
    return named | {"count": count, "offset": '"offset"', "doubled": False}


def _renumber(connection: Connection) -> None:
    """Let Postgres number new rows after the inserted ones."""
    for table in ("known_links", "alerts", "deliveries", "notices"):
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
        )
