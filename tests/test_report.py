"""The report: what the store says, for a reader, in one file that runs nothing and asks nobody."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from sunchi.lexicon import Lexicon, load
from sunchi.model import StoreError
from sunchi.report import render, write
from sunchi.settings import ROOT
from sunchi.store import Store
from tests.store.making import alert, article, id_of, link, reading, see, signals

DAY = date(2021, 1, 8)
HOSTILE = '</title><script>document.title="taken"</script><img src=x onerror=alert(1)> {{ 7 * 7 }} ' + "x" * 5_000


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load(ROOT / "lexicon")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(f"sqlite:///{tmp_path / 'sunchi.db'}")


def test_an_empty_store_makes_a_report_that_says_so(store: Store, lexicon: Lexicon) -> None:
    page = render(store, since=DAY, until=DAY, lexicon=lexicon)

    assert "0 articles" in page
    assert page.count("None in these days.") >= 3


def test_it_shows_the_words_by_partner_and_the_alerts_with_their_links(store: Store, lexicon: Lexicon) -> None:
    see(store, [link("a")])
    store.save(reading(link("a"), "x", signals=signals(id_of("x"), "CN", "RU"), alerts=[alert(id_of("x"))]))

    page = render(store, since=DAY, until=DAY, lexicon=lexicon)

    assert re.search(r"<td>China</td><td class=\"n\">12</td>", page)
    assert re.search(r"<td>Russia</td><td class=\"n\">12</td>", page)
    assert f'href="{link("a").url}"' in page
    assert alert(id_of("x")).title in page


def test_articles_of_other_days_are_left_out(store: Store, lexicon: Lexicon) -> None:
    see(store, [link("a")])
    store.save(reading(link("a"), "x", signals=signals(id_of("x"), "CN")))

    assert "About x" not in render(store, since=date(2021, 1, 9), until=date(2021, 1, 10), lexicon=lexicon)


def hostile(store: Store) -> None:
    at = link("a")
    found = article(at, "x", title=HOSTILE, url="javascript:alert(1)")
    store.save(reading(at, "", article=found))
    edited = article(at, "y", title=HOSTILE + "again", url="javascript:alert(1)")
    store.save(reading(at, "", article=edited))


def test_text_of_a_page_stays_text_and_no_link_runs_anything(store: Store, lexicon: Lexicon) -> None:
    hostile(store)

    page = render(store, since=DAY, until=DAY, lexicon=lexicon)

    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    assert "{{ 7 * 7 }}" in page
    assert "default-src 'none'" in page
    assert not re.search(r"<(link|script|img|iframe)\b|@import|url\(", page)


def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail("CI has no Chromium: .ci/run must install it")
        pytest.skip("needs Chromium to look at the report: none on PATH")
    return found


def test_a_browser_shows_it_and_runs_nothing_of_a_hostile_page(store: Store, lexicon: Lexicon, tmp_path: Path) -> None:
    program = chromium()
    hostile(store)
    file = write(store, tmp_path / "report.html", since=DAY, until=DAY, lexicon=lexicon)
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    flags += ["--disable-background-networking", "--disable-component-update", "--window-size=400,900"]

    shown = subprocess.run(  # noqa: S603 - our own words
        [program, *flags, f"--user-data-dir={tmp_path / 'browser'}", "--dump-dom", file.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout

    assert f"<title>Sunchi: {DAY} to {DAY}</title>" in shown, "no script has changed it"
    assert "edited: 2 texts" in shown


def test_a_report_that_cannot_be_made_leaves_the_old_one(
    store: Store, lexicon: Lexicon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "report.html"
    out.write_text("the old one")

    def broken(*_: object, **__: object) -> str:
        raise StoreError("the database is locked")

    monkeypatch.setattr("sunchi.report.render", broken)
    with pytest.raises(StoreError):
        write(store, out, since=DAY, until=DAY, lexicon=lexicon)

    assert out.read_text() == "the old one"
