"""`sunchi import` of pages archived by another program: parsed by the sources' parsers, archived, stored once."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.stored import StoredPage, stored
from sunchi.archive.foreign import pages
from sunchi.archive.warc import Damage
from sunchi.model import Page
from sunchi.store import Store
from tests.cli.command import Sunchi

KEPT = {page.file.stem: page for page in stored(Path(__file__).parents[1] / "parsers" / "pages") if page.facts}
ARTICLES = [KEPT["detail-en"], KEPT["detail-ko"], KEPT["cojp-article"]]


def warc(file: Path, some: Sequence[Page], *, packed: bool = False, status: str = "200 OK") -> None:
    """Write pages as a crawler does, with bodies as they came over the wire."""
    records = [_record(page, packed=packed, status=status) for page in some]
    file.write_bytes(b"".join(map(gzip.compress, records) if packed else records))


def _record(page: Page, *, packed: bool, status: str) -> bytes:
    body = gzip.compress(page.body) if packed else page.body
    sent = {"Content-Type": page.header("Content-Type") or "text/html; charset=utf-8", "Content-Length": len(body)}
    block = _head(f"HTTP/1.1 {status}", sent | ({"Content-Encoding": "gzip"} if packed else {})) + body
    said = {"WARC-Type": "response", "WARC-Target-URI": page.url, "WARC-Record-ID": f"<urn:uuid:{uuid4()}>"}
    said |= {"WARC-Date": f"{page.fetched_at:%Y-%m-%dT%H:%M:%SZ}", "Content-Type": "application/http; msgtype=response"}
    return _head("WARC/1.0", said | {"Content-Length": str(len(block))}) + block + b"\r\n\r\n"


def _head(first: str, fields: Mapping[str, object]) -> bytes:
    return "\r\n".join([first, *(f"{name}: {value}" for name, value in fields.items()), "", ""]).encode()


def pages_of(some: Sequence[StoredPage]) -> list[Page]:
    return [each.page for each in some]


@pytest.mark.parametrize(("name", "packed"), [("old.warc", False), ("old.warc.gz", True)])
def test_articles_are_imported_with_their_pages_and_the_second_time_are_known(
    sunchi: Sunchi, folder: Path, name: str, packed: bool
) -> None:
    warc(folder / name, pages_of(ARTICLES), packed=packed)

    first, again = sunchi("import", name, "--json"), sunchi("import", name)

    assert first.rows[0]["pages"] == {"new": 3}, first.err
    assert again.out.startswith("3 archived pages: 0 new articles with 0 signals, 3 already known.")
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        rows = list(store.articles())
        assert {row["url"] for row in rows} == {page.facts["url"] for page in ARTICLES}
        assert all(row["provenance"] for row in rows)
        assert store.alerts() == []
        assert not any(store.work("kcna", lang, datetime.now().astimezone()) for lang in ("en", "ko"))
    assert sunchi("archive", "verify").code == 0


def test_a_page_of_a_former_layout_or_host_is_imported_into_its_edition(sunchi: Sunchi, folder: Path) -> None:
    names = ["xml-en", "xml-ko", "xml-zh", "en-english-article-2018", "en-nextjs-article-www"]
    warc(folder / "old.warc", pages_of([KEPT[name] for name in names]))

    assert sunchi("import", "old.warc", "--json").rows[0]["pages"] == {"new": 5}
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        known = sorted((row["source"], row["lang"]) for row in store.articles())
    assert known == [("hani", "en"), ("hani", "en"), ("kcna", "en"), ("kcna", "ko"), ("kcna", "zh")]


def test_captures_of_one_address_are_revisions_in_the_order_in_which_they_were_made(
    sunchi: Sunchi, folder: Path
) -> None:
    page = KEPT["detail-en"].page
    title = KEPT["detail-en"].facts["expected"]["paragraphs"][0][:12]
    edited = Page(
        page.request, page.url, 200, page.headers, page.body.replace(title.encode(), b"Changed. "), page.fetched_at
    )
    later = Page(edited.request, edited.url, 200, edited.headers, edited.body, page.fetched_at + timedelta(days=2))
    warc(folder / "two.warc", [page, later, page])

    assert sunchi("import", "two.warc", "--json").rows[0]["pages"] == {"new": 1, "revision": 1, "known": 1}
    assert sunchi("alerts", "list", "--json").out == ""


def test_pages_that_are_not_articles_are_counted_and_some_named(sunchi: Sunchi, folder: Path) -> None:
    foreign = Page(ARTICLES[0].page.request, "http://other.example/x", 200, (), b"<p>x", ARTICLES[0].page.fetched_at)
    warc(folder / "a.warc", [foreign, *pages_of([KEPT["detail-list-en"], KEPT["detail-en-drift"]])])
    warc(folder / "b.warc", pages_of(ARTICLES), status="404 Not Found")

    done = sunchi("import", "a.warc", "b.warc")

    assert done.code == 0
    assert "6 archived pages: 0 new articles" in done.out
    assert "1 lists, 1 of unknown sources, 3 with a status other than 200" in done.out
    assert "1 are not articles, such as:" in done.out


def test_a_page_of_a_year_that_cannot_be_is_reported_and_the_others_are_imported(sunchi: Sunchi, folder: Path) -> None:
    first, *others = pages_of(ARTICLES)
    warc(folder / "old.warc", [replace(first, fetched_at=first.fetched_at.replace(year=9999)), *others])

    done = sunchi("import", "old.warc", "--json")

    assert done.rows[0]["pages"]["new"] == 2
    assert "fetched in the year 9999" in done.err


def test_a_damaged_file_is_reported_and_imported_up_to_the_damage(sunchi: Sunchi, folder: Path) -> None:
    warc(folder / "cut.warc.gz", pages_of(ARTICLES), packed=True)
    whole = (folder / "cut.warc.gz").read_bytes()
    (folder / "cut.warc.gz").write_bytes(whole[:-200])
    (folder / "none.warc").write_bytes(b"this is not a WARC file\n" * 9)

    done = sunchi("import", "cut.warc.gz", "none.warc", "--json")

    assert done.code == 1
    assert done.rows[0]["pages"]["new"] == 2
    assert "none.warc: byte" in done.err


@settings(max_examples=80)
@given(
    held=st.binary(max_size=300), head=st.sampled_from([b"", b"WARC/1.0\r\nWARC-Type: response\r\n", b"\x1f\x8b\x08"])
)
def test_no_file_raises_anything(held: bytes, head: bytes) -> None:
    for found in pages(BytesIO(head + held)):
        assert isinstance(found, Page | Damage)
