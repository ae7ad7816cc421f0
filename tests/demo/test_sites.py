"""The demo's sites over HTTP, read by the project's own parsers."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import httpx
import pytest
from protego import Protego
from selectolax.lexbor import LexborHTMLParser

from demo import DAYS, DemoServer
from demo import server as serving
from parsers import SOURCES
from sunchi.errors import MediaOnly
from sunchi.model import Article, Edition, Link, Listing, Page, Request
from sunchi.settings import ROOT
from sunchi.text import fingerprint

EDITIONS = [edition for source in SOURCES.values() for edition in source.editions if edition.lang in ("en", "ko")]
IDS = [f"{edition.source}-{edition.lang}" for edition in EDITIONS]
KCNA_EN = EDITIONS[IDS.index("kcna-en")]
SEVENTH, EIGHTH, NINTH, TENTH, ELEVENTH, TWELFTH, THIRTEENTH = DAYS[2:]


class Visitor:
    """Requests the demo as the fetcher does: from a mirror's origin instead of the site's own."""

    def __init__(self, demo: DemoServer, client: httpx.Client) -> None:
        self.demo = demo
        self.client = client

    def ask(self, edition: Edition, request: Request, **headers: str) -> Page:
        url = self.demo.mirrors[edition.site] + urlsplit(request.url)._replace(scheme="", netloc="").geturl()
        reply = self.client.request(request.method, url, data=dict(request.form) or None, headers=headers)
        fields = tuple(reply.headers.items())
        return Page(request, request.url, reply.status_code, fields, reply.content, datetime.now(UTC))

    def pages(self, edition: Edition, name: str = "") -> list[Listing]:
        """Yield a list of the edition, by default the first, page by page, from the first address that responds."""
        address = next(known for known in edition.lists if name in ("", known.name))
        asked = (self.ask(edition, request) for request in address.requests)
        page = next(page for page in asked if page.status == 200)
        listings = [SOURCES[edition.source].parse_list(page, edition)]
        while (more := listings[-1].more) and listings[-1].links:
            page = self.ask(edition, more)
            if page.status != 200:
                break
            listings.append(SOURCES[edition.source].parse_list(page, edition))
        return listings

    def links(self, edition: Edition, name: str = "") -> list[Link]:
        """Return every link of a list once, newest first."""
        links = [link for listing in self.pages(edition, name) for link in listing.links]
        return list({link.key: link for link in links}.values())

    def link(self, edition: Edition, title: str, name: str = "") -> Link:
        return next(link for link in self.links(edition, name) if link.title == title)

    def read(self, edition: Edition, link: Link) -> Article:
        page = self.ask(edition, Request(link.url))
        assert page.status == 200, link
        return SOURCES[edition.source].parse_article(page, link)


@pytest.fixture(scope="module")
def running() -> Iterator[DemoServer]:
    with DemoServer() as demo:
        yield demo


@pytest.fixture
def visitor(running: DemoServer) -> Iterator[Visitor]:
    running.day = DAYS[0]
    with httpx.Client() as client:
        yield Visitor(running, client)


def edition(name: str) -> Edition:
    return EDITIONS[IDS.index(name)]


def identity(article: Article) -> str:
    return fingerprint(article.title, article.paragraphs)


# --- lists ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("edition", EDITIONS, ids=IDS)
def test_every_list_can_be_read_on_every_day(visitor: Visitor, edition: Edition, day: date) -> None:
    visitor.demo.day = day
    for address in edition.lists:
        first, *_ = listings = visitor.pages(edition, address.name)
        assert len(first.links) >= max(address.minimum, 1) or address.name == "Revolutionary Activities"
        assert [skipped for listing in listings for skipped in listing.skipped] == []
        dates = [link.date for link in visitor.links(edition, address.name) if link.date]
        assert dates == sorted(dates, reverse=True)
        assert all(shown <= day for shown in dates)


@pytest.mark.parametrize("edition", EDITIONS, ids=IDS)
def test_each_day_adds_to_the_lists_what_was_published_on_it(visitor: Visitor, edition: Edition) -> None:
    sizes = []
    for day in DAYS:
        visitor.demo.day = day
        sizes.append(len(visitor.links(edition)))
    assert sizes == sorted(sizes)
    assert sizes[0] >= 5
    assert sizes[-1] > sizes[0] + 5


@pytest.mark.parametrize("edition", EDITIONS, ids=IDS)
def test_every_listed_item_is_an_article_of_the_listed_day_or_a_media_item(visitor: Visitor, edition: Edition) -> None:
    visitor.demo.day = DAYS[-1]
    read = 0
    for link in visitor.links(edition):
        try:
            article = visitor.read(edition, link)
        except MediaOnly:
            assert link.media or link.title in ("Press Review", "신문개관"), link
            continue
        read += 1
        assert not link.media
        assert article.title == link.title
        assert article.date is not None
        assert link.date in (None, article.date)
        assert not [text for text in article.paragraphs if text.endswith(("-0-", "(끝)")) or "kcna.kp" in text]
    assert read >= 10


def test_the_week_has_more_than_eighty_different_texts_in_two_languages(visitor: Visitor) -> None:
    visitor.demo.day = DAYS[-1]
    found: dict[str, set[str]] = {"en": set(), "ko": set()}
    for edition in EDITIONS:
        for link in visitor.links(edition):
            if not link.media and link.title not in ("Press Review", "신문개관"):
                article = visitor.read(edition, link)
                if article.date in DAYS:
                    found[edition.lang].add(identity(article))
    assert len(found["en"]) >= 80
    assert len(found["ko"]) >= 60


def test_robots_txt_allows_every_list_of_every_edition(visitor: Visitor) -> None:
    for edition in EDITIONS:
        page = visitor.ask(edition, Request(f"{edition.origin}/robots.txt"))
        rules = Protego.parse(page.body.decode())
        for address in edition.lists:
            assert all(rules.can_fetch(request.url, "Sunchi") for request in address.requests)
    assert not rules.can_fetch("https://www.hani.co.kr/arti/PRINT/1.html", "Sunchi")


# --- KCNA -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_kcna_changes_its_layout_in_mid_week(visitor: Visitor, lang: str) -> None:
    kcna = edition(f"kcna-{lang}")
    status = {}
    for day in (NINTH, TENTH):
        visitor.demo.day = day
        for address in kcna.lists:
            status[day, address.name] = [visitor.ask(kcna, request).status for request in address.requests]
    assert {tuple(found) for (day, _), found in status.items() if day == NINTH} == {(404, 200)}
    assert {tuple(found) for (day, _), found in status.items() if day == TENTH} == {(200, 404)}


@pytest.mark.parametrize("day", [NINTH, TENTH], ids=str)
def test_every_link_on_a_page_of_kcna_leads_to_a_page(visitor: Visitor, day: date) -> None:
    visitor.demo.day = day
    for link in visitor.links(KCNA_EN):
        page = visitor.ask(KCNA_EN, Request(link.url)).body.decode()
        for address in re.findall('href="(/[^"]*)"', page):
            assert visitor.ask(KCNA_EN, Request(KCNA_EN.origin + address)).status == 200, (link.title, address)


def test_the_change_makes_no_article_look_deleted_and_gives_each_old_one_a_new_address_with_the_same_text(
    visitor: Visitor,
) -> None:
    visitor.demo.day = NINTH
    before = [link for link in visitor.links(KCNA_EN) if not link.media and link.title != "Press Review"]
    texts = {link.url: identity(visitor.read(KCNA_EN, link)) for link in before}
    visitor.demo.day = TENTH
    assert {link.url: identity(visitor.read(KCNA_EN, link)) for link in before} == texts
    after = {link.title: link for link in visitor.links(KCNA_EN)}
    for link in before:
        moved = after[link.title]
        assert moved.url != link.url
        article = visitor.read(KCNA_EN, moved)
        assert identity(article) == texts[link.url]
        assert article.layout == "detail"
        assert article.date == link.date


def test_in_q_one_article_has_a_different_address_on_each_list(visitor: Visitor) -> None:
    visitor.demo.day = DAYS[1]
    title = "Congress Receives Congratulatory Message from CPC Central Committee"
    links = [visitor.link(KCNA_EN, title, name) for name in ("Latest", "Top", "External")]
    assert len({link.key for link in links}) == 3
    assert len({link.key[:32] for link in links}) == 3, "the list's own digits come first"
    assert len({link.key[32:] for link in links}) == 3, "and the rest does not give the article away either"
    assert len({identity(visitor.read(KCNA_EN, link)) for link in links}) == 1
    visitor.demo.day = TENTH
    assert len({visitor.link(KCNA_EN, title, name).url for name in ("Latest", "Top", "External")}) == 1


def test_detail_gives_ten_entries_by_get_and_the_rest_by_post(visitor: Visitor) -> None:
    visitor.demo.day = TENTH
    first, *others = visitor.pages(KCNA_EN)
    assert len(first.links) == 10
    assert first.total is not None
    assert first.total > 40
    assert len({link.key for listing in (first, *others) for link in listing.links}) == first.total


def test_a_post_without_cookie_or_token_is_answered_with_no_entries(visitor: Visitor) -> None:
    visitor.demo.day = TENTH
    (first, *_) = visitor.pages(KCNA_EN)
    assert first.more is not None
    page = visitor.ask(KCNA_EN, first.more)
    assert page.body.count(b'class="block"') > 10
    without_token = Request(first.more.url, "POST", tuple(pair for pair in first.more.form if pair[0] != "_csrf"))
    assert visitor.ask(KCNA_EN, without_token).body.count(b'class="block"') == 0
    visitor.client.cookies.clear()
    stranger = visitor.ask(KCNA_EN, first.more)
    assert stranger.status == 200
    assert stranger.body.count(b'class="block"') == 0


def test_a_formula_is_softened_at_the_same_address_a_day_after_publication(visitor: Visitor) -> None:
    visitor.demo.day = TENTH
    link = visitor.link(KCNA_EN, "Railway to Khasan Kept Clear of Snow")
    before, copy = visitor.read(KCNA_EN, link), visitor.ask(KCNA_EN, Request(link.url))
    visitor.demo.day = ELEVENTH
    changed = visitor.ask(KCNA_EN, Request(link.url), **{"If-None-Match": copy.validators.etag})
    assert changed.status == 200
    assert changed.validators.etag != copy.validators.etag
    assert changed.validators.last_modified != copy.validators.last_modified
    after = visitor.read(KCNA_EN, link)
    assert after.title == before.title
    assert after.paragraphs[:-1] == before.paragraphs[:-1]
    assert "traditional DPRK-Russia friendship" in before.paragraphs[-1]
    assert "traditional" not in after.paragraphs[-1]
    visitor.demo.day = THIRTEENTH
    assert identity(visitor.read(KCNA_EN, link)) == identity(after)


def test_an_item_on_the_us_is_deleted_at_all_its_addresses(visitor: Visitor) -> None:
    visitor.demo.day = SEVENTH
    link = visitor.link(KCNA_EN, "Disorder in U.S. Capital")
    assert "hostile policy" in " ".join(visitor.read(KCNA_EN, link).paragraphs)
    for day in (EIGHTH, NINTH, TENTH, ELEVENTH, TWELFTH, THIRTEENTH):
        visitor.demo.day = day
        assert visitor.ask(KCNA_EN, Request(link.url)).status == 404
        assert link.title not in {shown.title for shown in visitor.links(KCNA_EN)}


@pytest.mark.parametrize(
    ("name", "day", "title", "marks"),
    [
        (
            "kcna-en",
            NINTH,
            "On Report Made by Comrade Kim Jong Un at Eighth Congress of WPK",
            (
                "Pyongyang, January 9 (KCNA) -- ",
                " -0-</p>",
                "www.kcna.kp (Juche110.1.9.)",
                "fSpecCs'>Kim Jong Un</span>",
            ),
        ),
        (
            "kcna-ko",
            TENTH,
            "중유없이 소성로를 돌린다",
            ("(평양 1월 10일발 조선중앙통신) ", "(끝)</p>"),
        ),
        ("kcna-en", ELEVENTH, "Comrade Kim Jong Un Elected General Secretary of WPK", ("<august_name>Kim Jong Un<",)),
        ("rodong-en", DAYS[3], "Footprints in the Snow of Paektu", ("_page_4_image_0002.jpg",)),
        ("rodong-ko", THIRTEENTH, "아래로부터 세운 계획", ("차이는 ４t",)),
    ],
)
def test_pages_have_the_quirks_of_the_real_ones(
    visitor: Visitor, name: str, day: date, title: str, marks: tuple[str, ...]
) -> None:
    visitor.demo.day = day
    page = visitor.ask(edition(name), Request(visitor.link(edition(name), title).url))
    for mark in marks:
        assert mark in page.body.decode(), mark


# --- Rodong Sinmun --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "title", "layout"),
    [
        ("rodong-en", "Kim Jong Un Receives Congratulatory Message from Xi Jinping", "base64"),
        ("rodong-ko", "경애하는 김정은동지께 습근평동지가 축전을 보내여왔다", "base64-text"),
    ],
)
def test_the_printed_page_can_be_read_from_the_photo_paths(
    visitor: Visitor, name: str, title: str, layout: str
) -> None:
    visitor.demo.day = TWELFTH
    article = visitor.read(edition(name), visitor.link(edition(name), title))
    assert (article.layout, article.printed_page, article.photos) == (layout, 2, 1)
    photo = visitor.ask(edition(name), Request(f"{edition(name).origin}/photo/2021.01.12_page_2_image_0001.jpg"))
    assert photo.status == 200
    assert photo.header("Content-Type").startswith("image/")


def test_a_rodong_article_has_many_queries_and_a_video_is_recognized_by_its_query(visitor: Visitor) -> None:
    visitor.demo.day = DAYS[1]
    rodong = edition("rodong-en")
    latest = visitor.link(rodong, "Opening of Congress in Moving Pictures")
    assert latest.media
    front = Request(f"{rodong.origin}/en/index.php?MUBAMkAxQA==")  # 1@@2@1@
    in_category = SOURCES["rodong"].parse_list(visitor.ask(rodong, front), rodong).links
    opening = "Eighth Congress of WPK Opens"
    there = next(link for link in in_category if link.title == opening)
    here = visitor.link(rodong, opening)
    assert there.url != here.url
    assert there.key == here.key
    assert identity(visitor.read(rodong, there)) == identity(visitor.read(rodong, here))
    assert {link.title for link in in_category} < {link.title for link in visitor.links(rodong)}
    assert "Cuba Remembers January of Its Revolution" not in {link.title for link in in_category}


# --- The Hankyoreh --------------------------------------------------------------------------------------------------


def test_the_korean_hani_page_gets_a_new_time_without_a_new_text(visitor: Visitor) -> None:
    hani = edition("hani-ko")
    visitor.demo.day = TWELFTH
    link = visitor.link(hani, "당대회로 더 가까워진 북-중…편지와 단어 수가 말하는 것")
    evening = visitor.read(hani, link)
    assert evening.posted_at == evening.modified_at == datetime(2021, 1, 12, 11, 28, tzinfo=UTC)
    visitor.demo.day = THIRTEENTH
    night = visitor.read(hani, link)
    assert night.modified_at == datetime(2021, 1, 12, 17, 31, tzinfo=UTC)
    assert night.date == date(2021, 1, 12)
    assert identity(night) == identity(evening)


def test_the_english_hani_page_has_its_byline_and_the_counts_of_the_report(visitor: Visitor) -> None:
    hani = edition("hani-en")
    visitor.demo.day = THIRTEENTH
    link = visitor.link(hani, "Pyongyang and Beijing use party congress to show how close they are")
    article = visitor.read(hani, link)
    assert article.byline == "By Hankyoreh Staff"
    assert article.posted_at == datetime(2021, 1, 13, 9, 10, tzinfo=UTC)
    assert [n for n in ("118", "48", "50", "130") if n not in " ".join(article.paragraphs)] == []
    assert "Most viewed" not in " ".join(article.paragraphs)


# --- the server -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS, ids=IDS)
def test_a_page_that_the_visitor_already_has_is_not_sent_again(visitor: Visitor, edition: Edition) -> None:
    visitor.demo.day = TWELFTH
    link = next(link for link in visitor.links(edition) if not link.media)
    page = visitor.ask(edition, Request(link.url))
    by_tag = visitor.ask(edition, Request(link.url), **{"If-None-Match": page.validators.etag})
    by_date = visitor.ask(edition, Request(link.url), **{"If-Modified-Since": page.validators.last_modified})
    older = {"If-Modified-Since": "Fri, 01 Jan 2021 00:00:00 GMT"}
    assert [by_tag.status, by_date.status, visitor.ask(edition, Request(link.url), **older).status] == [304, 304, 200]
    assert (by_tag.body, by_tag.validators) == (b"", page.validators)


@pytest.mark.parametrize("day", [NINTH, TENTH], ids=str)
def test_an_unchanged_list_is_not_sent_again_to_another_visitor(visitor: Visitor, day: date) -> None:
    visitor.demo.day = day
    asked = [visitor.ask(KCNA_EN, request) for request in KCNA_EN.lists[0].requests]
    page = next(page for page in asked if page.status == 200)
    visitor.client.cookies.clear()
    again = visitor.ask(KCNA_EN, page.request, **{"If-None-Match": page.validators.etag})
    assert again.status == 304
    visitor.demo.day = ELEVENTH if day == TENTH else EIGHTH
    assert visitor.ask(KCNA_EN, page.request, **{"If-None-Match": page.validators.etag}).status == 200


@pytest.mark.parametrize("site", ["kcna", "rodong", "hani-en", "hani-ko"])
def test_an_unknown_address_gets_404(visitor: Visitor, site: str) -> None:
    for path in ("/nothing", "/en/article/detail/" + "0" * 32, "/ko/index.php?MTJAMTk5MC0wMS0wMS0wMDFA"):
        origin = visitor.demo.mirrors[site]
        reply = visitor.client.get(origin + path)
        assert reply.status_code == 404, path


def test_a_browser_finds_its_way_from_each_front_page(visitor: Visitor) -> None:
    visitor.demo.day = TENTH
    for site, word in (("kcna", "Latest News"), ("rodong", "Latest"), ("hani-en", "Kim"), ("hani-ko", "당대회")):
        front = visitor.client.get(visitor.demo.mirrors[site] + "/")
        assert front.status_code == 200
        hrefs = [a.attrs.sget("href") for a in LexborHTMLParser(front.text).css("a") if word in a.text()]
        assert [visitor.client.get(front.url.join(href)).status_code for href in hrefs[:1]] == [200], site


def test_the_demo_leaves_no_open_port_and_no_thread_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    opened, listen = list[socket.socket](), serving._listening

    def listening(port: int) -> socket.socket:
        opened.append(listen(port))
        return opened[-1]

    monkeypatch.setattr(serving, "_listening", listening)
    before = set(threading.enumerate())
    with DemoServer() as demo:
        origins = list(demo.mirrors.values())
        assert len(set(origins)) == 4
        assert all(httpx.get(f"{origin}/robots.txt").status_code == 200 for origin in origins)
        assert "demo" in {thread.name for thread in set(threading.enumerate()) - before}
    assert "demo" not in {thread.name for thread in set(threading.enumerate()) - before}
    assert [each.fileno() for each in opened] == [-1] * 4, "closed; another process may have the port by now"


def test_two_demos_have_independent_days() -> None:
    with DemoServer(DAYS[0]) as early, DemoServer(DAYS[-1]) as late:
        sizes = [len(httpx.get(f"{demo.mirrors['rodong']}/en/").content) for demo in (early, late)]
        assert sizes[0] < sizes[1]


def test_a_port_in_use_is_named(running: DemoServer) -> None:
    port = int(running.mirrors["kcna"].rpartition(":")[2])
    with pytest.raises(RuntimeError, match=rf"can't listen on 127\.0\.0\.1:{port}"), DemoServer(port=port):
        pass


def test_python_m_demo_prints_the_addresses_and_serves_until_it_is_interrupted() -> None:
    command = [sys.executable, "-m", "demo", "--day", "2021-01-09"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as served:  # noqa: S603
        assert served.stdout is not None
        lines = [served.stdout.readline().split() for _ in range(5)]
        assert httpx.get(lines[0][1] + "/en").status_code == 200
        served.send_signal(signal.SIGINT)
        assert served.wait(10) == 0
    assert [line[0] for line in lines[:4]] == ["kcna", "rodong", "hani-en", "hani-ko"]


def test_a_day_outside_the_week_is_refused() -> None:
    command = [sys.executable, "-m", "demo", "--day", "2021-02-01"]
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert refused.returncode == 2
    assert "the week has the days 2021-01-05 to 2021-01-13" in refused.stderr
