"""`python -m parsers.draft SOURCE URL`: stores a page for the tests, and drafts the expected result."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import typer
from typer.testing import CliRunner, Result

from parsers import SOURCES, draft
from parsers.addresses import edition_of
from parsers.stored import StoredPage, stored
from sunchi.errors import SunchiError
from sunchi.settings import ROOT
from tests.parsers import test_pages as pages_test

ARTICLE = "https://english.hani.co.kr/arti/english_edition/e_northkorea/900001.html"
XML = "kcna.user.article.retrieveArticleInfoFromArticleCode.kcmsf"
LIST = "https://english.hani.co.kr/arti/english_edition/e_northkorea/list1.html"
ARTICLE_PAGE = """<h2 id='titleapp'>A bridge is painted</h2>
<div class='headline-data'>Posted on : 2021-01-13 18:10 KST</div>
<div id='bodyapp'><p>The bridge at Sinuiju (신의주) is blue again.</p><p>It was grey.</p></div>"""
LIST_PAGE = """<ul class='list-group'>
<li><a href='/arti/english_edition/e_northkorea/900001.html'>A bridge is painted</a></li>
<li>An advertisement</li></ul>"""
PICTURE_PAGE = "<h2 id='titleapp'>[Photo] Snow</h2><div id='bodyapp'><img src='a.jpg'></div>"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command, with `tmp_path / "pages"` as the folder of stored pages."""
    app = typer.Typer()
    app.command()(draft.main)
    return lambda *words: CliRunner().invoke(app, [*words, "--into", str(tmp_path / "pages")])


@pytest.fixture
def save(tmp_path: Path) -> Callable[[str], str]:
    """Write a page to a file; return its path."""

    def put(body: str) -> str:
        (tmp_path / "saved.html").write_text(body, "utf-8")
        return str(tmp_path / "saved.html")

    return put


def only(tmp_path: Path) -> StoredPage:
    """Return the only stored page."""
    (page,) = stored(tmp_path / "pages")
    return page


def test_a_saved_article_is_stored_byte_for_byte_with_what_is_read_from_it(run: Run, save: Any, tmp_path: Path) -> None:
    result = run("hani", ARTICLE, "--file", save(ARTICLE_PAGE))

    assert result.exit_code == 0, result.output
    page = only(tmp_path)
    assert page.file == tmp_path / "pages/hani/en-arti-english-edition-e-northkorea-900001.html"
    assert page.file.read_bytes() == (tmp_path / "saved.html").read_bytes()
    assert (page.facts["url"], page.facts["lang"], page.facts["kind"]) == (ARTICLE, "en", "article")
    assert page.facts["expected"]["paragraphs"] == ["The bridge at Sinuiju (신의주) is blue again.", "It was grey."]
    assert page.facts["expected"]["date"] == "2021-01-13"


def test_the_test_of_stored_pages_fails_until_a_person_has_reviewed_the_draft(
    run: Run, save: Any, tmp_path: Path
) -> None:
    run("hani", ARTICLE, "--file", save(ARTICLE_PAGE))

    with pytest.raises(AssertionError, match="compare its JSON file with the page"):
        pages_test.test_a_stored_page_is_read_as_it_was_reviewed(only(tmp_path))

    facts = only(tmp_path).file.with_suffix(".json")
    facts.write_text(facts.read_text("utf-8").replace('"reviewed": false', '"reviewed": true'), "utf-8")
    pages_test.test_a_stored_page_is_read_as_it_was_reviewed(only(tmp_path))


def test_the_command_says_what_to_compare(run: Run, save: Any) -> None:
    told = run("hani", ARTICLE, "--file", save(ARTICLE_PAGE)).output

    for part in (
        "layout english",
        "A bridge is painted",
        "2021-01-13",
        "It was grey.",
        '"reviewed": true',
        "900001.json",
    ):
        assert part in told


def test_a_list_is_recognized_by_its_address_and_its_skipped_entries_are_shown(
    run: Run, save: Any, tmp_path: Path
) -> None:
    told = run("hani", LIST, "--file", save(LIST_PAGE)).output

    assert only(tmp_path).facts["kind"] == "list"
    assert [link["key"] for link in only(tmp_path).facts["expected"]["links"]] == ["900001"]
    assert "An advertisement" in told
    assert "list2.html" in told


def test_an_article_above_a_list_does_not_make_it_an_article(run: Run, save: Any, tmp_path: Path) -> None:
    run("hani", LIST, "--file", save(ARTICLE_PAGE + LIST_PAGE))

    assert only(tmp_path).facts["kind"] == "list"


def test_a_list_below_pictures_does_not_make_them_a_list(run: Run, save: Any, tmp_path: Path) -> None:
    run("hani", ARTICLE, "--file", save(PICTURE_PAGE + LIST_PAGE))

    assert only(tmp_path).facts["outcome"] == "media_only"


def test_a_further_page_of_a_list_is_recognized_by_its_content(run: Run, save: Any, tmp_path: Path) -> None:
    run("hani", LIST.replace("list1", "list7"), "--file", save(LIST_PAGE))

    assert only(tmp_path).facts["kind"] == "list"


@pytest.mark.parametrize(
    ("url", "body", "kind", "outcome"),
    [
        (ARTICLE, "<title>Web Page Blocked</title>", "article", "blocked"),
        (ARTICLE, "<h1>A new design</h1>", "article", "drift"),
        (
            ARTICLE,
            "<h2 id='titleapp'>[Photo] Snow</h2><div id='bodyapp'><img src='a.jpg'></div>",
            "article",
            "media_only",
        ),
        (LIST, "<title>Web Page Blocked</title>", "list", "blocked"),
        (LIST, "<h1>A new design</h1>", "list", "drift"),
    ],
)
def test_a_page_that_is_refused_is_drafted_with_its_outcome_and_the_reason(
    run: Run, save: Any, tmp_path: Path, url: str, body: str, kind: str, outcome: str
) -> None:
    told = run("hani", url, "--file", save(body)).output

    facts = only(tmp_path).facts
    assert (facts["outcome"], facts["kind"]) == (outcome, kind)
    assert "expected" not in facts
    assert f"The parser refuses this page: {outcome}." in told
    assert url in told


def test_an_article_without_its_own_date_needs_the_lists(run: Run, save: Any) -> None:
    undated = ARTICLE_PAGE.replace("Posted on", "Somewhen")

    assert '"link": {"date": ' in run("hani", ARTICLE, "--file", save(undated)).output
    assert '"link"' not in run("hani", ARTICLE.replace("900001", "900002"), "--file", save(ARTICLE_PAGE)).output


@pytest.mark.parametrize("there", [".html", ".json"])
def test_existing_files_are_not_overwritten(run: Run, save: Any, tmp_path: Path, there: str) -> None:
    file = tmp_path / f"pages/hani/en-arti-english-edition-e-northkorea-900001{there}"
    file.parent.mkdir(parents=True)
    file.write_text("reviewed by hand", "utf-8")

    result = run("hani", ARTICLE, "--file", save(ARTICLE_PAGE))

    assert result.exit_code == 1
    assert str(file) in result.output
    assert "already exists" in result.output
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]
    assert file.read_text("utf-8") == "reviewed by hand"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["hankyoreh", ARTICLE], ["hankyoreh", "kcna", "hani"]),
        (
            ["hani", "https://news.example/1.html"],
            ["news.example", "https://english.hani.co.kr", "https://www.hani.co.kr"],
        ),
        (["hani", "http://["], ["http://[", "https://english.hani.co.kr"]),
        (["kcna", "http://www.kcna.kp/"], ["http://www.kcna.kp/", "en", "ko", "zh"]),
        (["hani", ARTICLE, "--file", "nowhere.html"], ["nowhere.html", "no such file"]),
    ],
)
def test_failures_are_reported_and_nothing_is_written(
    run: Run, tmp_path: Path, words: list[str], said: list[str]
) -> None:
    result = run(*words)

    assert result.exit_code == 1
    assert all(part in result.output for part in said), result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "pages").exists()


@pytest.mark.parametrize(
    ("source", "url", "lang"),
    [
        ("kcna", "http://www.kcna.kp/kp/article/detail/" + "0" * 32, "ko"),
        ("kcna", "http://kcna.kp/en/article/detail/" + "0" * 32, "en"),
        ("kcna", "http://www.kcna.kp/cn/article/q/" + "0" * 96 + ".kcmsf", "zh"),
        ("rodong", "http://www.rodong.rep.kp/en/index.php?MkBAMkAxQA==", "en"),
        ("hani", ARTICLE, "en"),
        ("hani", "https://www.hani.co.kr/arti/english_edition/e_national/900001.html", "en"),
        ("hani", "https://english.hani.co.kr/rss/english_edition", "en"),
        ("hani", "https://www.hani.co.kr/arti/politics/defense/900001.html", "ko"),
        ("hani", "https://www.hani.co.kr/arti/international/china/900001.html", "ko"),
        ("kcna", "http://www.kcna.co.jp/item/2011/201105/news28/20110528-06ee.html", "en"),
        ("kcna", f"http://kcna.kp/{XML}?article_code=AR0000001&kwContent=&lang=chn", "zh"),
    ],
)
def test_the_language_follows_from_the_address(source: str, url: str, lang: str) -> None:
    assert edition_of(SOURCES[source], url).lang == lang


def test_two_queries_of_one_path_are_stored_under_two_names(tmp_path: Path) -> None:
    source = SOURCES["rodong"]
    urls = [f"http://www.rodong.rep.kp/en/index.php?{query}" for query in ("MkBAMkAxQA==", "MkBAMkAyQA==")]

    names = {draft.free_file(source, source.editions[0], url, tmp_path).name for url in urls}

    assert len(names) == 2
    assert all(len(name) < 80 and name.startswith("en-en-index-php-") for name in names)


def test_every_source_separates_its_editions() -> None:
    for source in SOURCES.values():
        for edition in source.editions:
            for address in edition.lists:
                assert {edition_of(source, request.url) for request in address.requests} == {edition}
    for name, url in (("hani", ""), ("kcna", f"http://kcna.kp/{XML}?article_code=AR0000001")):
        with pytest.raises(SunchiError):
            edition_of(SOURCES[name], url)


class Site(ThreadingHTTPServer):
    """Hani's English edition on this machine, with one article. `asked` are the requested paths and User-Agents."""

    asked: list[tuple[str, str]]

    class Answer(BaseHTTPRequestHandler):
        server: Site

        def do_GET(self) -> None:
            self.server.asked.append((self.path, self.headers["User-Agent"]))
            there = self.path == urlsplit(ARTICLE).path
            body = ARTICLE_PAGE.encode("euc-kr") if there else b"none of this name"
            self.send_response(200 if there else 404)
            self.send_header("Content-Type", "text/html; charset=euc-kr")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The site, requested instead of the real one."""
    with Site(("127.0.0.1", 0), Site.Answer) as server:
        server.asked = []
        server.daemon_threads = True
        monkeypatch.setenv("SUNCHI_MIRRORS", json.dumps({"hani-en": f"http://127.0.0.1:{server.server_port}"}))
        monkeypatch.setenv("SUNCHI_CONTACT", "mailto:desk@example.org")
        monkeypatch.setenv("SUNCHI_DELAY", "0")
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def test_without_a_file_the_page_is_fetched_from_its_site_with_its_encoding_kept(
    run: Run, site: Site, tmp_path: Path
) -> None:
    result = run("hani", ARTICLE)

    assert result.exit_code == 0, result.output
    page = only(tmp_path)
    assert page.file.read_bytes() == ARTICLE_PAGE.encode("euc-kr")
    assert page.facts["headers"] == {"Content-Type": "text/html; charset=euc-kr"}
    assert page.facts["url"] == page.facts["expected"]["url"] == ARTICLE
    assert datetime.fromisoformat(page.facts["fetched_at"]).tzinfo == UTC
    assert [path for path, _ in site.asked] == ["/robots.txt", urlsplit(ARTICLE).path]
    assert all("mailto:desk@example.org" in agent for _, agent in site.asked)


def test_a_page_that_is_gone_is_not_stored(run: Run, site: Site, tmp_path: Path) -> None:
    result = run("hani", ARTICLE.replace("900001", "900002"))

    assert result.exit_code == 1
    assert "the site answers 404" in result.output
    assert not (tmp_path / "pages").exists()


def test_a_page_that_is_already_stored_is_not_requested(run: Run, site: Site, save: Any) -> None:
    run("hani", ARTICLE, "--file", save(ARTICLE_PAGE))

    assert "already exists" in run("hani", ARTICLE).output
    assert site.asked == []


def test_the_command_runs_as_the_makefile_calls_it(tmp_path: Path, save: Any) -> None:
    words = ["hani", ARTICLE, "--file", save(ARTICLE_PAGE), "--into", str(tmp_path / "pages")]

    ended = subprocess.run(  # noqa: S603 - our own command and arguments
        [sys.executable, "-m", "parsers.draft", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(only(tmp_path).file.with_suffix(".json").read_text("utf-8"))["reviewed"] is False
