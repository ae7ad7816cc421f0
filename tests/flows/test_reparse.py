"""The archive is read again with a fixed parser; stored texts are corrected in place, and nobody is alerted."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from flows.reparse import Reparsed
from parsers import SOURCES
from sunchi.errors import Drift, SettingsError
from sunchi.model import Article, Link, Page
from sunchi.settings import Settings
from tests.flows.plain import reparse
from tests.ingest.press import HOUR, LETTER, LETTER_TEXT, Paper, parse, with_a_footer
from tests.web import Reply


@pytest.fixture
def reparse_page(
    settle: Callable[..., Settings], plainly: None, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Reparsed]:
    """Reparse the pages that the paper's polls archived, with its current parser."""
    settle(notify="json://127.0.0.1:9/")
    monkeypatch.setenv("SUNCHI_DATA_DIR", str(paper.folder))

    def run() -> Reparsed:
        monkeypatch.setitem(SOURCES, "paper", paper.outlet())
        return reparse("paper")

    return run


def blind_to_letters(page: Page, link: Link) -> Article:
    if "Message" in link.title:
        raise Drift(f"{page.url}: a letter's layout is not known")
    return parse(page, link)


async def test_a_fixed_parser_corrects_stored_texts_and_alerts_nobody(
    paper: Paper, reparse_page: Callable[[], Reparsed]
) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish("talks", "Talks Held", "It was agreed.")
    paper.parse_article = with_a_footer
    await paper.poll()
    told = paper.told()
    paper.parse_article = parse

    done = reparse_page()

    assert done == Reparsed(read=2, amended=2)
    with paper.store() as store:
        rows = list(store.articles())
        assert {row["paragraphs"][-1] for row in rows} == {LETTER_TEXT, "It was agreed."}
        assert {row["revisions"] for row in rows} == {1}
        assert set(store.signals()["article"]) <= {row["id"] for row in rows}
    assert paper.told() == told
    assert (await paper.poll_later(HOUR)).changes == [], "the next look finds what is stored"
    assert reparse_page() == Reparsed(read=4)


@pytest.mark.parametrize("edited", [False, True])
async def test_a_look_before_the_reparse_corrects_the_text_and_alerts_only_about_the_sites_own_edit(
    edited: bool, paper: Paper
) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.answers[paper.path("letter")] = lambda asked: Reply(f"ARTICLE\n{LETTER}\n{paper.items[0].text}")
    paper.parse_article = with_a_footer
    await paper.poll()
    paper.parse_article = parse
    if edited:
        paper.items[0].text = LETTER_TEXT.replace("traditional friendship", "cooperation")

    summary = await paper.poll_later()
    if edited:  # is believed at a second look
        summary = await paper.poll_later()

    with paper.store() as store:
        [row] = store.articles()
        texts = [revision.article.paragraphs[-1] for revision in store.revisions(row["id"])]
    assert texts == ([LETTER_TEXT, paper.items[0].text] if edited else [LETTER_TEXT])
    assert summary.count("changed") == int(edited)
    assert [change for change, _ in paper.told()].count("edited") == int(edited)


async def test_unreadable_pages_become_articles_with_their_signals_and_alert_nobody(
    paper: Paper, reparse_page: Callable[[], Reparsed]
) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish("talks", "Talks Held", "It was agreed.")
    paper.parse_article = blind_to_letters
    await paper.poll()
    assert reparse_page() == Reparsed(read=1, unread=1)
    paper.parse_article = parse

    done = reparse_page()

    assert done == Reparsed(read=2, new=1)
    with paper.store() as store:
        [letter] = [row["id"] for row in store.articles() if row["title"] == LETTER]
        assert "message" in store.signals(article=letter)["kind"].to_list()
    assert paper.told() == []


async def test_a_damaged_file_and_a_page_that_breaks_the_parser_cost_only_themselves(
    paper: Paper, reparse_page: Callable[[], Reparsed]
) -> None:
    paper.publish("first", "First", "It is kept in a file of its own.")
    await paper.poll()
    [damaged] = (paper.folder / "archive").rglob("*.warc.gz")
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.publish("talks", "Talks Held", "It was agreed.")
    paper.parse_article = with_a_footer
    await paper.poll_later(HOUR / 2)
    damaged.write_bytes(damaged.read_bytes()[:200])
    calls = count()

    def broken_once(page: Page, link: Link) -> Article:
        if next(calls) == 0:
            raise RuntimeError("what no parser should raise")
        return parse(page, link)

    paper.parse_article = broken_once

    done = reparse_page()

    assert (done.read, done.amended, done.unread) == (1, 1, 1)
    [words] = done.lost
    assert words.startswith("http://paper.example/new/article/first: ")
    assert f"{damaged.relative_to(paper.folder / 'archive')} in " in words


@pytest.mark.usefixtures("plainly")
def test_an_unknown_source_is_reported(settle: Callable[..., Settings]) -> None:
    settle()
    with pytest.raises(SettingsError, match="kncna: no such source"):
        reparse("kncna")
