"""Imported and polled articles are one archive: nothing is stored twice, and nobody is alerted about the past."""

from __future__ import annotations

import pytest

from sunchi.ingest.importing import FileText, import_texts
from sunchi.model import IMPORTED, Article
from tests.ingest.press import DAY, LETTER, LETTER_TEXT, NOON, Paper


def of_file(paper: Paper, key: str, title: str, text: str) -> FileText:
    url = f"{paper.origin}{paper.path(key)}"
    paragraphs = tuple(text.splitlines())
    article = Article(paper.source, paper.lang, url, url, IMPORTED, title, paragraphs, NOON.date(), "file")
    return FileText(article, (url,))


def bring_in(paper: Paper, *texts: FileText) -> list[str]:
    with paper.store() as store:
        done = import_texts(texts, store, paper.analyzer.lexicon, processes=1, clock=lambda: paper.now)
    return list(done.kinds.elements())


async def test_an_imported_article_alerts_nobody_when_polled(paper: Paper) -> None:
    paper.has_been_polled()
    assert bring_in(paper, of_file(paper, "letter", LETTER, LETTER_TEXT)) == ["new"]
    paper.publish("letter", LETTER, LETTER_TEXT)

    polled = await paper.poll_later()

    assert (polled.alerts, paper.told(), paper.titles()) == (0, [], [LETTER])
    with paper.store() as store:
        (row,) = store.articles()
        assert row["urls"] == [f"{paper.origin}{paper.path('letter')}"]


async def test_without_the_import_it_would_have_alerted(paper: Paper) -> None:
    paper.has_been_polled()
    paper.publish("letter", LETTER, LETTER_TEXT)

    assert (await paper.poll_later()).alerts == 1


async def test_the_pages_text_replaces_the_files_without_an_alert_and_later_edits_alert(paper: Paper) -> None:
    paper.has_been_polled()
    bring_in(paper, of_file(paper, "letter", LETTER, LETTER_TEXT.replace("traditional friendship", "friendship")))
    paper.publish("letter", LETTER, LETTER_TEXT)

    polled = await paper.poll_later()

    assert (polled.alerts, paper.told(), paper.titles()) == (0, [], [LETTER])
    paper.items[0].text = LETTER_TEXT.replace("traditional friendship", "cooperation").replace("invincible", "useful")
    await paper.poll_later(DAY)
    await paper.poll_later(DAY)
    assert [change for change, _ in paper.told()] == ["edited"]
    with paper.store() as store:
        assert [row["changes"] for row in store.articles()] == [["mended", "edit"]]


@pytest.mark.parametrize("key", ["letter", "old"])
async def test_a_page_takes_the_place_of_an_imported_headline_at_any_address_without_an_alert(
    paper: Paper, key: str
) -> None:
    paper.has_been_polled()
    assert bring_in(paper, of_file(paper, key, LETTER, "")) == ["new"]
    paper.publish("letter", LETTER, LETTER_TEXT)

    polled = await paper.poll_later()

    assert (polled.alerts, paper.told(), paper.titles()) == (0, [], [LETTER])
    assert bring_in(paper, of_file(paper, "older", LETTER, "")) == ["known"]
    with paper.store() as store:
        (row,) = store.articles()
        assert ("\n".join(row["paragraphs"]), row["changes"]) == (LETTER_TEXT, ["mended"])
        assert not store.signals().is_empty()
    await paper.poll_later(DAY)
    assert paper.told() == []


async def test_a_polled_article_is_not_imported_again(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    await paper.poll()
    other = LETTER_TEXT.replace("invincible", "lasting")

    kinds = bring_in(paper, of_file(paper, "letter", LETTER, LETTER_TEXT), of_file(paper, "letter", LETTER, other))

    assert sorted(kinds) == ["known", "reworded"]
    assert paper.titles() == [LETTER]


async def test_pages_of_imported_texts_are_fetched_only_if_a_list_shows_them(paper: Paper) -> None:
    bring_in(paper, *(of_file(paper, f"old{n}", f"Old Title {n}", f"What stood in paper {n}.") for n in range(5)))
    paper.publish("old1", "Old Title 1", "What stood in paper 1.")

    await paper.poll()

    assert [asked.path for asked in paper.web.asked if "/article/" in asked.path] == [paper.path("old1")]


async def test_an_imported_text_twice_in_a_batch_is_one_article_with_both_addresses(paper: Paper) -> None:
    kinds = bring_in(paper, *(of_file(paper, key, LETTER, LETTER_TEXT) for key in ("a", "b")))

    assert sorted(kinds) == ["known", "new"]
    with paper.store() as store:
        (row,) = store.articles()
        assert len(row["urls"]) == 2
        assert not store.signals().is_empty()


async def test_a_fault_of_a_detector_is_an_incident_of_the_imported_article(paper: Paper) -> None:
    bring_in(paper, of_file(paper, "long", "A Long Text", "It goes on. " * 20_000))

    with paper.store() as store:
        (incident,) = store.incidents()
    assert (incident.kind, "only the first" in incident.message) == ("incomplete_signals", True)
