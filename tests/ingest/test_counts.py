"""What a poll counts: “3 of 20 articles” are three of those twenty, however a site fails."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from sunchi.errors import MediaOnly
from sunchi.model import Article, Link, Page
from tests.ingest.press import DAY, HOUR, Paper, parse
from tests.ingest.test_import import bring_in, of_file
from tests.web import Reply

MANY = 17


async def known(paper: Paper) -> None:
    """Articles that were polled."""
    paper.publish_many(MANY)
    await paper.poll()


async def of_files(paper: Paper) -> None:
    """Articles from a file; then their list shows them, too."""
    paper.publish_many(MANY)
    bring_in(paper, *(of_file(paper, item.key, item.title, item.text) for item in paper.items))


async def doubted(paper: Paper) -> None:
    """Articles that share lines, so each text waits for other looks."""
    paper.publish_many(MANY)
    for item in paper.items:
        item.text += "\nWhat all of them say in one line.\nAnd in another line, too."
    await paper.poll()


async def of_all_kinds(paper: Paper) -> None:
    await of_files(paper)
    await paper.poll_later()
    paper.publish_many(MANY, name="new")
    await paper.poll_later()
    paper.publish_many(MANY, name="file")
    bring_in(paper, *(of_file(paper, item.key, item.title, item.text) for item in paper.items[:MANY]))


def gone(paper: Paper) -> None:
    paper.answers["/new/article/"] = Reply(status=404)


def without_text(paper: Paper) -> None:
    def read(page: Page, link: Link) -> Article:
        raise MediaOnly(f"{page.url}: no text")

    paper.parse_article = read


def other_texts(paper: Paper) -> None:
    for item in paper.items:
        item.text = f"Another report of {item.key}, which has nothing of the first.\nIt is all new at {item.key}."


def one_text(paper: Paper) -> None:
    notice = ("The same notice on each page.", "Come back later.")
    paper.parse_article = lambda page, link: replace(parse(page, link), paragraphs=notice)


def less(paper: Paper) -> None:
    for item in paper.items:
        item.text = item.text.split("\n")[0]


@pytest.mark.parametrize("then", [gone, without_text, other_texts, one_text, less], ids=lambda each: each.__name__)
@pytest.mark.parametrize("first", [known, of_files, doubted, of_all_kinds], ids=lambda each: each.__name__)
async def test_what_is_counted_is_part_of_what_it_is_counted_among(
    first: Callable[[Paper], Awaitable[None]], then: Callable[[Paper], None], paper: Paper
) -> None:
    paper.has_been_polled()
    await first(paper)
    then(paper)

    said = []
    for step in (HOUR, 6 * HOUR, DAY, DAY, 7 * DAY):
        said.append((await paper.poll_later(step)).words)
        with paper.store() as store:
            said += [each.message for each in store.incidents(open_only=False)]

    counts = {tuple(map(int, found)) for words in said for found in re.findall(r"\b(\d+) of (\d+)\b", words)}
    assert [(some, of) for some, of in sorted(counts) if some > of] == []
