"""Random sequences of publishing, editing, deleting, polling and sending: the store against a model of it in memory."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from sunchi.model import Change
from sunchi.store import Store
from sunchi.store.schema import metadata
from tests.store.making import DESK, EDITOR, HOUR, NOW, alert, fingerprint_of, id_of, link, parsed, see

pytestmark = pytest.mark.drill

KEYS = st.sampled_from("abcd")
TEXTS = st.sampled_from(["talks", "failed talks", "visit"])


class World(RuleBasedStateMachine):
    """A site of four pages, polled sometimes, and a recipient who counts what arrives."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        with store._writing() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
        self.now = NOW
        self.site: dict[str, str] = {}
        self.listed: set[str] = set()
        self.shown: dict[str, tuple[str, str]] = {}  # key -> article and text, when it was last read
        self.texts: dict[str, list[tuple[datetime, str]]] = {}  # article -> when and what
        self.there: dict[str, bool] = {}  # key -> whether its page was there, when it was last asked for
        self.received: Counter[tuple[str, int | None]] = Counter()

    # --- what happens

    @rule(key=KEYS, text=TEXTS)
    def publishes_or_edits(self, key: str, text: str) -> None:
        self.site[key] = text
        self.listed.add(key)

    @rule(key=KEYS)
    def deletes(self, key: str) -> None:
        self.site.pop(key, None)

    @rule(hours=st.sampled_from([1, 7, 25, 200]), twice=st.booleans())
    def polls(self, hours: int, twice: bool) -> None:
        self.now += hours * HOUR
        see(self.store, [link(key) for key in sorted(self.listed)], self.now)
        for work in self.store.work("kcna", "en", self.now):
            for _ in range(2 if twice else 1):
                self._fetch(work.link.key)

    def _fetch(self, key: str) -> None:
        text = self.site.get(key)
        at = link(key)
        self.there[key] = text is not None
        if text is None:
            doomed = self.store.would_delete(at)
            told = [alert(doomed.article_id, "deleted", doomed.number)] if doomed else []
            self.store.record_missing(at, self.now, told)
            return
        resolved = self.store.resolve(at, fingerprint_of(text))
        change: Change = "published" if resolved.kind == "article" else "edited"
        told = [alert(resolved.article_id, change, resolved.revision)]
        saved = self.store.save(parsed(at, text, self.now, alerts=told))
        assert saved.article_id == self._read(key, text) == resolved.article_id

    def _read(self, key: str, text: str) -> str:
        """Record the parsed text in the model: the article that the text belongs to."""
        if key in self.shown:
            article, last = self.shown[key]
            if text not in (last, self.texts[article][-1][1]):
                self.texts[article].append((self.now, text))
        else:
            had_it = [(at, article) for article, texts in self.texts.items() for at, had in texts if had == text]
            article = id_of(text) if id_of(text) in self.texts or not had_it else min(had_it)[1]
            self.texts.setdefault(article, [(self.now, text)])
        self.shown[key] = (article, text)
        return article

    @rule(takes=st.booleans(), limit=st.integers(1, 5))
    def delivers(self, takes: bool, limit: int) -> None:
        for delivery in self.store.claim_deliveries(self.now, limit):
            if takes:
                self.received[delivery.recipient, delivery.alert] += 1
                self.store.mark_sending([delivery.id], self.now)
                self.store.mark_sent([delivery.id], self.now)
            else:
                self.store.mark_sending([delivery.id], self.now)
                self.store.mark_failed([delivery.id], "answered 500", self.now)

    # --- what holds

    @invariant()
    def every_text_is_there_once_and_in_order(self) -> None:
        stored = {
            row["id"]: [revision.article.title for revision in self.store.revisions(row["id"])]
            for row in self.store.articles()
        }
        assert stored == {id: [f"About {text}" for _, text in texts] for id, texts in self.texts.items()}

    @invariant()
    def every_publication_and_edit_is_alerted_once(self) -> None:
        told = Counter(
            (one.article, one.change, one.revision) for one in self.store.alerts() if one.change != "deleted"
        )
        published = [(id, "published", 1) for id in self.texts]
        edited = [(id, "edited", n) for id, texts in self.texts.items() for n in range(2, len(texts) + 1)]
        assert told == Counter(published + edited)

    @invariant()
    def an_article_is_gone_only_where_none_of_its_pages_was_there_at_the_last_look(self) -> None:
        gone = {row["id"] for row in self.store.articles() if row["outcome"] == "gone"}
        assert gone <= {one.article for one in self.store.alerts() if one.change == "deleted"}
        assert not gone & {article for key, (article, _) in self.shown.items() if self.there[key]}

    @invariant()
    def nobody_gets_anything_twice(self) -> None:
        assert set(self.received.values()) <= {1}

    def teardown(self) -> None:
        """In the end, everybody has everything, and a site that does not change brings nothing more."""
        later = self.now + timedelta(days=1)
        while claimed := self.store.claim_deliveries(later, 5):
            for delivery in claimed:
                self.received[delivery.recipient, delivery.alert] += 1
                self.store.mark_sending([delivery.id], later)
                self.store.mark_sent([delivery.id], later)
        expected = [(recipient.key, one.id) for one in self.store.alerts() for recipient in (DESK, EDITOR)]
        assert self.received == Counter(expected)


def test_any_sequence_of_events_is_stored_and_alerted_exactly_once(store: Store) -> None:
    run_state_machine_as_test(
        lambda: World(store),  # type: ignore[arg-type]  # it calls what it is given
        settings=settings(max_examples=20, stateful_step_count=20),
    )
