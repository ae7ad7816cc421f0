"""Published text is stored unchanged in both databases; replacements of what neither can store are documented."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from sunchi.model import Alert, Article
from sunchi.store import Parsed, Store
from sunchi.store.schema import storable
from sunchi.text import fingerprint
from tests.fuzz.targets import house_analyzer
from tests.hostile.words import WORDS
from tests.store.making import NOW, alert, article, link, parsed, see


def test_hostile_words_come_out_of_the_store_as_they_went_in(store: Store) -> None:
    for name, words in WORDS.items():
        title, said = (
            f"China: {words}",
            f"The long-standing and special DPRK-China relations {words} are sealed in blood.",
        )
        links, at = (f"http://x.example/{words}",), link(name)
        read = replace(article(at, "x"), title=title, paragraphs=(said, words), links=links)
        found, told = _signals_and_alerts(read)
        alerts_before = len(store.alerts())

        saved = store.save(Parsed(link=at, article=read, now=NOW, signals=found, alerts=told))

        [revision] = store.revisions(saved.article_id)
        assert revision.article.title == storable(title), name
        assert revision.article.paragraphs == (storable(said), storable(words)), name
        assert revision.article.links == (storable(links[0]),), name
        text = revision.article.text
        kept = store.signals(article=saved.article_id)
        assert len(kept) == len(found) > 0, name
        for row in kept.iter_rows(named=True):
            assert row["quote"] == text[row["start"] : row["end"]], name
        assert len(store.alerts()) - alerts_before == len(told) > 0, name


def test_hostile_words_seen_again_are_not_an_edit(store: Store) -> None:
    for name, words in WORDS.items():
        at = link(name)
        read = replace(article(at, "x"), title=words or "x", paragraphs=(words,))
        store.save(Parsed(link=at, article=read, now=NOW))

        assert store.resolve(at, fingerprint(read.title, read.paragraphs)).kind == "same", name


def test_links_with_hostile_words_are_recognized_again(store: Store) -> None:
    for name, words in WORDS.items():
        hostile = link(words, title=words, url=f"http://www.kcna.kp/{words}", section=words)

        first, second = see(store, [hostile]), see(store, [hostile])

        assert (len(first.new), len(second.new)) == (1, 0), name
        [work] = store.work("kcna", "en", NOW)
        assert work.link.title == storable(words), name
        store.save(Parsed(link=work.link, article=article(work.link, name), now=NOW))
        assert store.unknown([hostile]) == [], name


def test_the_data_of_an_alert_is_stored_with_any_words(store: Store) -> None:
    saved = store.save(parsed(link(), "x"))
    told = [
        alert(saved.article_id, partner=str(n), data={"quotes": [words], "finding": {"words": words}})
        for n, words in enumerate(WORDS.values())
    ]

    store.queue_alerts(told, NOW)

    kept = {each.partner: each.data for each in store.alerts()}
    for n, words in enumerate(map(storable, WORDS.values())):
        assert kept[str(n)] == {"quotes": [words], "finding": {"words": words}}, words


def test_a_word_of_ten_million_letters_is_stored(store: Store) -> None:
    read = replace(article(link(), "x"), title="A" * 100_000, paragraphs=("A" * 10_000_000,))
    found, told = _signals_and_alerts(read)

    saved = store.save(Parsed(link=link(), article=read, now=NOW, signals=found, alerts=told))

    assert store.revisions(saved.article_id)[0].article == read


def _signals_and_alerts(read: Article) -> tuple[pl.DataFrame, list[Alert]]:
    """Return what the crawl finds in it; parsers pass no lone surrogates on, so the words are searched without them."""
    desk, id = house_analyzer(), f"kcna-en-{fingerprint(read.title, read.paragraphs)[:16]}"
    whole = replace(read, title=storable(read.title), paragraphs=tuple(map(storable, read.paragraphs)))
    found = desk.signals(id, whole)
    return found, desk.alerts_of_new(id, whole, found)
