"""A lost database is rebuilt from the archive: its content is there again, and nobody is alerted again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sunchi.archive.store import Archive
from sunchi.errors import StoreError
from sunchi.ingest.rebuild import Rebuilt, rebuild
from tests.ingest.press import DAY, FRIENDSHIP, HOUR, LATEST, LETTER, LETTER_TEXT, NOON, TOP, Paper
from tests.web import Reply


def stored(paper: Paper) -> dict[str, Any]:
    """Return what was read, without row numbers."""
    with paper.store() as store:
        rows = list(store.articles())
        return {
            "articles": rows,
            "revisions": [replace(each, lexicon_version="") for row in rows for each in store.revisions(row["id"])],
            "signals": store.signals().sort("article", "start", "kind").rows(),
            "unread": [(each.link, each.state, each.next_due_at) for each in store.unread_links()],
            "lists": [replace(each, last_new_at=None) for each in store.lists()],
            "due": [(work.link.key, work.why) for work in store.work("paper", "en", paper.now + 8 * DAY)],
            "responses": list(store.responses()),
        }


def lose(paper: Paper) -> None:
    for file in paper.folder.glob("sunchi.db*"):
        file.rename(file.with_name(f"lost-{file.name}"))


async def make_anew(paper: Paper) -> Rebuilt:
    with paper.store() as store:
        archive = Archive.open(str(paper.folder / "archive"))
        return await rebuild([paper.outlet()], archive, store, paper.analyzer, paper.first_poll, paper.now)


async def live(paper: Paper) -> None:
    """Two pages of a list, a second address, an edit, a page that fails for a while, a deletion."""
    paper.lists = (LATEST, TOP)
    paper.publish("letter", LETTER, LETTER_TEXT, lists=(LATEST, TOP))
    paper.publish("talks", "Talks Held", FRIENDSHIP)
    await paper.poll()
    paper.publish_many(14, NOON.date())
    paper.answers[paper.path("item3")] = Reply("<html>a new design</html>")
    await paper.poll_later(2 * HOUR)
    paper.answers.clear()
    paper.items[-1].text = LETTER_TEXT.replace("traditional friendship", "cooperation")
    await paper.poll_later(6 * HOUR)
    paper.items.remove(next(item for item in paper.items if item.key == "talks"))
    await paper.poll_later(20 * HOUR)
    await paper.poll_later(2 * HOUR)


async def test_a_lost_database_is_rebuilt_from_the_archive_and_nobody_is_alerted_again(paper: Paper) -> None:
    await live(paper)
    before = stored(paper)
    assert {row["revisions"] for row in before["articles"]} == {1, 2}
    assert {row["outcome"] for row in before["articles"]} == {"read", "gone"}
    lose(paper)

    done = await make_anew(paper)

    assert (done.articles, done.stray, done.lost) == (16, 0, ())
    after = stored(paper)
    for part in before:
        assert after[part] == before[part], part
    assert paper.told() == []
    assert (await paper.poll_later()).changes == []
    paper.publish("fresh", f"{LETTER} Again", f"{LETTER_TEXT} Once more.")
    assert (await paper.poll_later()).alerts > 0, "from now on it tells what is new"


async def test_damaged_parts_of_the_archive_are_named_and_cost_only_themselves(paper: Paper) -> None:
    paper.publish("first", "First", "It is kept in a file of its own.")
    await paper.poll()
    [damaged] = (paper.folder / "archive").rglob("*.warc.gz")
    paper.publish("letter", LETTER, LETTER_TEXT)
    paper.answers[paper.path("first")] = Reply(status=500)
    await paper.poll_later()
    damaged.write_bytes(damaged.read_bytes()[:-20])
    lose(paper)

    done = await make_anew(paper)

    assert done.lost
    assert all(damaged.name in words for words in done.lost)
    assert any("cut short" in words for words in done.lost)
    assert paper.titles() == [LETTER]
    paper.answers.clear()
    assert (await paper.poll_later(2 * HOUR)).count("new") == 1, "the site still has it"


async def test_a_database_with_articles_is_not_overwritten(paper: Paper) -> None:
    paper.publish("letter", LETTER, LETTER_TEXT)
    await paper.poll()

    with pytest.raises(StoreError, match=r"has articles: .* Move this one away first; .* `sunchi reparse`"):
        await make_anew(paper)

    assert paper.titles() == [LETTER]


async def test_an_interrupted_rebuild_starts_over_and_no_poll_runs_until_then(paper: Paper) -> None:
    await live(paper)
    before = stored(paper)
    lose(paper)
    with paper.store() as store:
        store.begin_rebuild(paper.now)
        with pytest.raises(StoreError, match="is being rebuilt from the archive: wait for `sunchi rebuild`"):
            store.refuse_half_rebuilt()

    await make_anew(paper)

    assert stored(paper) == before
    with paper.store() as store:
        store.refuse_half_rebuilt()
