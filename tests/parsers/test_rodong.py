"""Rodong Sinmun's pages: one identity for an article under many queries, and the printed page if known."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parsers.rodong import SOURCE
from sunchi.errors import Drift
from sunchi.model import Article, Link, Page, Request
from sunchi.text import fingerprint
from tests.parsers.replica import StandIn, as_published

ENGLISH, KOREAN = (next(edition for edition in SOURCE.editions if edition.lang == lang) for lang in ("en", "ko"))
NEWEST, OLD = ENGLISH.lists[0].requests
FETCHED_AT = datetime(2022, 3, 12, tzinfo=UTC)
ERAS = pytest.mark.parametrize("era", ["base64", "old"])


def page(file: Path, url: str) -> Page:
    return Page(Request(url), url, 200, (), file.read_bytes(), FETCHED_AT)


@ERAS
def test_every_article_is_read_with_its_date_title_and_paragraphs(shared: Path, era: str) -> None:
    site = StandIn(shared, "Rodong", "rodong_en.jsonl", "2022-12-31", era)

    assert len(site.site.articles) == 100
    for place, entry in enumerate(site.site.articles):
        url = f"{ENGLISH.origin}/en/{site.site.link(entry, place % 7 + 1)}"
        article = SOURCE.parse_article(site.page(Request(url)), Link("rodong", "en", url, url, "", None, 1))

        assert (str(article.date), article.title, list(article.paragraphs)) == as_published(entry)
        assert article.date_basis == "page"
        assert article.layout == era
        assert article.byline == ("Rodong Sinmun" if era == "old" else "")


@ERAS
def test_the_address_of_the_newest_list_is_read_whichever_layout_answers_it(shared: Path, era: str) -> None:
    site = StandIn(shared, "Rodong", "rodong_en.jsonl", "2022-10-18", era)

    read = SOURCE.parse_list(site.page(NEWEST), ENGLISH)

    newest = site.site.visible()[: len(read.links)]
    assert read.layout == era
    assert len(read.links) == {"base64": 30, "old": 40}[era]
    assert [(str(link.date), link.title) for link in read.links] == [as_published(entry)[:2] for entry in newest]
    assert len({link.key for link in read.links}) == len(read.links)
    for link in read.links[:5]:
        assert SOURCE.parse_article(site.page(Request(link.url)), link).title == link.title


def test_one_article_under_many_queries_has_one_key(shared: Path) -> None:
    site = StandIn(shared, "Rodong", "rodong_en.jsonl", "2022-10-18", "base64")
    entry = site.site.visible()[0]
    row = '<div class="row"><div class="media-body"><a href="{}">Title</a></div></div>'
    queries = [site.site.link(entry, category) for category in range(1, 8)]
    url = NEWEST.url
    keys = set()
    for query in queries:
        body = f'<div class="date_news_list">{row.format(query)}</div>'.encode()
        keys |= {link.key for link in SOURCE.parse_list(Page(NEWEST, url, 200, (), body, FETCHED_AT), ENGLISH).links}

    assert len(set(queries)) == 7
    assert keys == {f"{entry['date']}-{entry['serial']}"}


@ERAS
def test_other_class_names_are_drift(shared: Path, era: str) -> None:
    site = StandIn(shared, "Rodong", "rodong_en.jsonl", "2022-10-18", era)
    link = SOURCE.parse_list(site.page(NEWEST), ENGLISH).links[0]
    site.site.fault = "drift"

    if era == "base64":  # the stand-in keeps the names of the old list
        with pytest.raises(Drift, match="looked for"):
            SOURCE.parse_list(site.page(NEWEST), ENGLISH)
    with pytest.raises(Drift, match=r"looked for|outside any known paragraph"):
        SOURCE.parse_article(site.page(Request(link.url)), link)


@pytest.mark.parametrize(
    ("name", "first", "last", "content"),
    [
        ("rodong_en_old_SF01_01_02-iMenuID-2.html", "2022-03-11-0004", "2022-03-03-0005", "4e6f98064eb4aee8"),
        ("rodong_en_old_list_2022.html", "2022-02-11-0008", "2022-02-05-0005", "7b1a00234bb4bc6d"),
    ],
)
def test_the_two_real_lists_are_read_entry_by_entry(
    shared: Path, name: str, first: str, last: str, content: str
) -> None:
    read = SOURCE.parse_list(page(shared / "data" / "pages" / name, OLD.url), ENGLISH)

    entries = "\n".join(f"{link.key} {link.date} {link.title}" for link in read.links)
    assert (len(read.links), read.skipped) == (40, ())
    assert (read.links[0].key, read.links[-1].key) == (first, last)
    assert hashlib.sha256(entries.encode()).hexdigest()[:16] == content


@pytest.mark.parametrize(
    ("name", "day", "paragraphs", "photos", "printed_page", "text"),
    [
        ("rodong_en_old_SF01_02_01-newsID-2022-03-10-0003.html", "2022-03-10", 14, 0, None, "9a7b9a89b8b6fc1e"),
        ("rodong_en_old_SF01_02_01-newsID-2022-03-10-0004.html", "2022-03-10", 8, 0, None, "715191fc18db093d"),
        ("rodong_en_old_SF01_02_01-newsID-2022-03-10-0006.html", "2022-03-10", 6, 1, None, "df23fe00f382de45"),
        ("rodong_en_old_SF01_02_01-newsID-2022-03-10-0007.html", "2022-03-10", 4, 1, None, "47b300d40adef001"),
        ("rodong_en_old_SF01_02_01-newsID-2022-03-11-0003.html", "2022-03-11", 5, 0, None, "2c27aea1999ecefc"),
        ("rodong_en_old_SF01_02_01-newsID-2022-03-11-0004.html", "2022-03-11", 6, 0, None, "937c660d714963aa"),
        ("rodong_en_old_article_2022.html", "2022-02-11", 20, 2, 1, "0b130e98c62ec046"),
    ],
)
def test_the_seven_real_articles_are_read_word_by_word(
    shared: Path, name: str, day: str, paragraphs: int, photos: int, printed_page: int | None, text: str
) -> None:
    link = Link("rodong", "en", OLD.url, name, "", None, 1)

    article = SOURCE.parse_article(page(shared / "data" / "pages" / name, OLD.url), link)

    assert (str(article.date), article.date_basis, article.byline) == (day, "page", "Rodong Sinmun")
    assert (len(article.paragraphs), article.photos, article.printed_page) == (paragraphs, photos, printed_page)
    assert fingerprint(article.title, article.paragraphs)[:16] == text


OLD_PAGE = (
    '<html><div class="ArticleMenuDate">Mar. 10,&nbsp;Juche 111 (2022)</div><table><tr><td>'
    '<p class="ArticleContent" align="center">Fishing in Winter</p>'
    '<p class="ArticleContent">Boats went out.</p><p class="ArticleContent"{}>{}</p></td></tr></table></html>'
)


@pytest.mark.parametrize(
    ("attributes", "last", "byline"),
    [
        ("", "Rodong Sinmun", True),
        ("", "KCNA", True),
        ("", "Kim Chol Su", True),
        ("", "Kim Chol Su, Ri Yong Hui and Pak Chol", True),
        (' align="right"', "Our correspondent in Wonsan", True),
        (' style="text-align: right"', "Academy of Sciences", True),
        (' align="right"', "They came back.", False),
        ("", "They came back", False),
        ("", "Fish for all", False),
        ("", "Thanks.", False),
        (' align="right"', "<nobr>Kim Jong Un</nobr>", False),
        ("", "Pyongyang, March 10, 2022", False),
    ],
)
def test_the_last_line_of_an_old_page_is_a_byline_only_by_its_form(attributes: str, last: str, byline: bool) -> None:
    body = OLD_PAGE.format(attributes, last).encode()
    link = Link("rodong", "en", OLD.url, "2022-03-10-0001", "", None, 1)

    article = SOURCE.parse_article(Page(Request(OLD.url), OLD.url, 200, (), body, FETCHED_AT), link)

    words = last.replace("<nobr>", "").replace("</nobr>", "")
    assert article.byline == (words if byline else "")
    assert article.paragraphs == (("Boats went out.",) if byline else ("Boats went out.", words))


def base64_text(*blocks: str, link: Link | None = None) -> Article:
    """Return the Korean article of a page of 2026 with these blocks, each `class: words`."""
    marked = "".join('<p class="{}">{}</p>'.format(*block.split(": ")) for block in blocks)
    body = f'<div id="article-date">2026년 8월 23일</div><div id="ContDIV">{marked}</div>'.encode()
    link = link or Link("rodong", "ko", NEWEST.url, "2026-08-23-001", "", None, 1)
    return SOURCE.parse_article(Page(Request(NEWEST.url), NEWEST.url, 200, (), body, FETCHED_AT), link)


@pytest.mark.parametrize("name", ["TitleP", "RevoTitleP"])
def test_headings_above_the_text_are_its_subtitle_and_those_within_it_are_paragraphs(name: str) -> None:
    found = base64_text(
        "HeadP: 머리글", f"{name}: 제목", "SubTitleP: 부제", "MarkP: * * *", "TextP: 글이다.", "SubTitleP: 중간제목",
        "TextP: 끝이다.", "WriterP: 독자 홍길동",
    )  # fmt: skip

    assert (found.title, found.subtitle, found.byline) == ("제목", "머리글 부제", "독자 홍길동")
    assert found.paragraphs == ("* * *", "글이다.", "중간제목", "끝이다.")


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        (["본사정치보도반"], "본사정치보도반"),
        (["글 본사기자 홍길동", "사진 본사기자 김개동"], "글 본사기자 홍길동, 사진 본사기자 김개동"),
        (["본사기자 홍길동, 김개동", "로동신문"], "본사기자 홍길동, 김개동, 로동신문"),
        (["-교육성에서-"], ""),
        (["본사기자", "-서해의 등대섬에서-"], "본사기자"),
    ],
)
def test_names_and_captions_in_korean_are_no_paragraphs(lines: list[str], byline: str) -> None:
    found = base64_text("TitleP: 제목", "TextP: 글이다.", *(f"TextP: {line}" for line in lines))

    assert (found.paragraphs, found.byline) == (("글이다.",), byline)


@pytest.mark.parametrize(
    "line", ["본사기자가 그를 만났다.", "-섬마을 주민들-", "-경애하는 총비서동지께서 답전을 보내시였다.", "섬에서"]
)
def test_a_line_that_only_looks_like_a_name_or_a_caption_stays(line: str) -> None:
    assert base64_text("TitleP: 제목", "TextP: 글이다.", f"TextP: {line}").paragraphs == ("글이다.", line)


@pytest.mark.parametrize(
    ("shown", "title", "printed_page"),
    [
        ("등대 [2면]", "등대 [2면]", 2),
        ("[정론] 등대<br>서해에서 [１면]", "등대 서해에서 [1면]", 1),
        ("[기사] 등대", "등대", None),
        ("등대 [사진]", "등대 [사진]", None),
    ],
)
@pytest.mark.parametrize(
    "row",
    [
        "<div class='date_news_list'><div class='media-body'><a href='{}'>{}</a></div></div>",
        "<div class='ListNewsLineContainer'><div class='ListNewsLineTitleW'><a href='{}'>{}</a></div></div>",
    ],
)
def test_the_page_of_the_printed_paper_comes_from_the_list(
    row: str, shown: str, title: str, printed_page: int | None
) -> None:
    body = row.format("index.php?MTJAMjAyNi0wOC0yMy0wMDFAMkAxQEAwQDg9", shown).encode()  # 12@2026-08-23-001@2@…

    (link,) = SOURCE.parse_list(Page(NEWEST, NEWEST.url, 200, (), body, FETCHED_AT), KOREAN).links
    found = base64_text("TitleP: 등대", "TextP: 글이다.", link=link)

    assert (link.title, found.title, found.printed_page) == (title, "등대", printed_page)


def test_a_picture_beside_an_entry_that_links_to_another_category_is_no_entry() -> None:
    picture, title = (b64encode(f"12@2026-08-22-023@{category}@1@@0@1@".encode()).decode() for category in (15, 2))
    body = (
        f"<div class='date_news_list'><div class='media'><div class='media-left'><a href='index.php?{picture}'>"
        f"<img src='a.png'></a></div><div class='media-body'><a href='index.php?{title}'>등대</a></div></div></div>"
    )

    read = SOURCE.parse_list(Page(NEWEST, NEWEST.url, 200, (), body.encode(), FETCHED_AT), KOREAN)

    assert ([link.title for link in read.links], read.skipped) == (["등대"], ())
