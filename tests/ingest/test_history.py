"""Stored data compared with its past, including edits and deletions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sunchi.history.findings import from_json
from sunchi.ingest.history import compare_stored
from sunchi.store import Store
from tests.detecting import house_lexicon
from tests.history.making import FRIENDSHIP, WISH
from tests.store.making import NOW, article, link, parsed

LEAD = "Kim Jong Un sent a message of greeting to Xi Jinping, president of China, on the founding day of the PRC."


def saved(store: Store, *words: str, days: int = 0) -> None:
    """Save the article of one link, as it reads some days later."""
    at, now = link("letter"), NOW + timedelta(days=days)
    text = replace(article(at, "letter"), title="Kim Jong Un Greets Xi", paragraphs=(LEAD, "It reads:", *words))
    store.save(replace(parsed(at, "letter", now), article=text))


def test_an_edit_is_a_finding_of_the_day_it_was_seen_and_stays_one(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'sunchi.db'}") as store:
        saved(store, WISH, FRIENDSHIP)
        saved(store, WISH, "The weather is fine in both countries.", days=2)

        (found,) = compare_stored(store, house_lexicon(), NOW + timedelta(days=3))
        assert compare_stored(store, house_lexicon(), NOW + timedelta(days=4)) == []

        assert (found.kind, found.partner, found.day) == ("edited", "CN", (NOW + timedelta(days=2)).date())
        assert [from_json(each.finding).withdrawn for each in store.findings()] == [""]


def test_a_completed_teaser_is_not_an_edit(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'sunchi.db'}") as store:
        at = link("letter")
        teaser = replace(article(at, "letter"), title="Kim Jong Un Greets Xi", paragraphs=(LEAD,))
        store.save(replace(parsed(at, "letter"), article=teaser))
        saved(store, WISH, FRIENDSHIP, days=1)

        assert compare_stored(store, house_lexicon(), NOW + timedelta(days=2)) == []
