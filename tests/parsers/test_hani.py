"""The Hankyoreh's parser, beyond the stored pages in `pages/hani`."""

from __future__ import annotations

import functools
import importlib.util
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parsers import hani
from sunchi.errors import Drift, MediaOnly, ParseError
from sunchi.model import Article, Link, Listing, Page, Request

ENGLISH, KOREAN = hani.SOURCE.editions
SECTION = "https://www.hani.co.kr/arti/politics/defense"
STORED = sorted((Path(__file__).parent / "pages" / "hani").glob("*.html"))


def page(body: str | bytes, url: str = f"{SECTION}/3000001.html") -> Page:
    raw = body if isinstance(body, bytes) else body.encode()
    return Page(Request(url), url, 200, (), raw, datetime(2026, 1, 12, tzinfo=UTC))


def link(url: str = f"{SECTION}/3000001.html", lang: str = "ko", day: date | None = None) -> Link:
    return Link("hani", lang, url, "3000001", "", day, 1)


def listed(*entries: object, url: str = SECTION) -> Listing:
    """Return the Korean edition's list with these entries."""
    carried = json.dumps({"props": {"pageProps": {"listData": {"articleList": entries}}}})
    return hani.parse_list(page(f'<script id="__NEXT_DATA__" type="application/json">{carried}</script>', url), KOREAN)


def entry(number: int = 3000001, **other: object) -> dict[str, object]:
    return {"title": "제목", "url": f"/arti/politics/defense/{number}.html", **other}


def article(*paragraphs: str, head: str = "", lang: str = "ko", day: date | None = None) -> Article:
    """Return the article of a Next.js page with these paragraphs; `head` is beside its title."""
    text = "".join(f'<p class="text">{paragraph}</p>' for paragraph in paragraphs)
    title = '<h3 class="ArticleDetailView_title__a1">제목</h3>'
    body = f'<article id="renewal2023">{title}{head}<div class="article-text">{text}</div></article>'
    return hani.parse_article(page(body), link(lang=lang, day=day))


# --- lists ----------------------------------------------------------------------------------------------------------


def test_an_article_in_two_sections_is_listed_once_by_its_number() -> None:
    other = entry(url="https://www.hani.co.kr/arti/international/china/3000001.html?_ns=r1")

    found = listed(entry(), other)

    assert [(item.key, item.url) for item in found.links] == [("3000001", f"{SECTION}/3000001.html")]
    assert found.skipped == ()


@pytest.mark.parametrize("host", ["", "https://www.hani.co.kr", "https://english.hani.co.kr", "//www.hani.co.kr"])
def test_the_path_tells_the_editions_apart_and_the_number_an_article_whatever_the_host(host: str) -> None:
    carried = {"listData": {"articleList": [entry(), entry(url=f"{host}/arti/english_edition/e_national/900001.html")]}}
    script = f'<script id="__NEXT_DATA__">{json.dumps({"props": {"pageProps": carried}})}</script>'

    english, korean = (hani.parse_list(page(script, SECTION), edition) for edition in (ENGLISH, KOREAN))

    assert [item.key for item in english.links] == ["900001"]
    assert english.links[0].url.endswith("hani.co.kr/arti/english_edition/e_national/900001.html")
    assert [item.key for item in korean.links] == ["3000001"]


def test_spaces_around_an_address_are_ignored() -> None:
    body = "<ul class='list-group'><li><a href='\n /arti/english_edition/e_northkorea/900001.html '>Title</a></li></ul>"

    assert [item.key for item in hani.parse_list(page(body, SECTION), ENGLISH).links] == ["900001"]


@pytest.mark.parametrize(
    "href",
    [
        "https://h21.hani.co.kr/arti/politics/3000001.html",
        "https://www.hani.co.kr.example/arti/politics/defense/3000001.html",
        "https://user@www.hani.co.kr/arti/politics/defense/3000001.html",
        "/arti/politics/defense/",
        "/arti/PRINT/3000001",
        "http://[",
        "javascript:history.back()",
    ],
)
def test_an_entry_without_an_article_of_the_site_is_skipped_with_a_reason_and_the_rest_is_kept(href: str) -> None:
    found = listed(entry(title="딴 곳", url=href), entry())

    assert [item.key for item in found.links] == ["3000001"]
    assert len(found.skipped) == 1
    assert href in found.skipped[0]
    assert "딴 곳" in found.skipped[0]


@pytest.mark.parametrize(
    "broken",
    [None, 7, "광고", [], {}, {"title": ["제목"], "url": {"a": 1}}, {"title": "제목"}, {"url": "/arti/a/1.html"}],
)
def test_an_entry_of_any_other_form_is_skipped_and_the_rest_is_kept(broken: object) -> None:
    found = listed(broken, entry())

    assert [item.key for item in found.links] == ["3000001"]
    assert len(found.skipped) == 1


def test_a_lone_surrogate_in_a_title_does_not_break_storage() -> None:
    found = listed(entry(title="제목\ud83d 하나"))

    assert found.links[0].title == "제목? 하나"


def test_a_list_without_readable_entries_has_changed_its_layout() -> None:
    with pytest.raises(Drift, match="no entry can be read"):
        listed({"headline": "제목", "link": "/arti/politics/defense/3000001.html"})


@pytest.mark.parametrize(
    ("created", "day"),
    [
        ("2025-03-06T00:12:00+09:00", date(2025, 3, 6)),
        ("2025-03-05T15:12:00Z", date(2025, 3, 6)),  # the paper's own date is Seoul's
        ("2025-03-06 00:12", date(2025, 3, 6)),
        ("2025-03-06", date(2025, 3, 6)),
        ("2025-02-31T09:00:00+09:00", None),
        ("9999-12-31T23:59:59Z", None),
        ("0001-01-01T00:00:00+09:00", None),
        ("어제", None),
        (20250306, None),
        (None, None),
    ],
)
def test_the_date_on_a_list_is_seouls_or_none_and_never_guessed(created: object, day: date | None) -> None:
    assert listed(entry(createDate=created)).links[0].date == day


@pytest.mark.parametrize(
    ("url", "following"),
    [
        (SECTION, f"{SECTION}?page=2"),
        (f"{SECTION}?page=9", f"{SECTION}?page=10"),
        (f"{SECTION}?page=99999", None),
        (f"{SECTION}?sort=old", None),
    ],
)
def test_the_next_page_of_a_list_is_the_one_after_this(url: str, following: str | None) -> None:
    more = listed(entry(), url=url).more

    assert (more.url if more else None) == following


@pytest.mark.parametrize(
    ("name", "following"),
    [
        ("", "list2.html"),
        ("/", "list2.html"),
        ("/list.html", "list2.html"),
        ("/list1.html", "list2.html"),
        ("/list12.html", "list13.html"),
    ],
)
def test_the_next_page_of_an_older_list_is_a_file_of_its_own(name: str, following: str) -> None:
    section = "https://english.hani.co.kr/arti/english_edition/e_northkorea"
    body = '<ul class="list-group"><li><a href="/arti/english_edition/e_northkorea/900001.html">Title</a></li></ul>'

    more = hani.parse_list(page(body, section + name), ENGLISH).more

    assert more == Request(f"{section}/{following}")


@pytest.mark.parametrize("body", ["<ul class='list-group'></ul>", '<div class="section-list-area"></div>'])
def test_an_empty_list_is_an_empty_list_with_no_page_after_it(body: str) -> None:
    found = hani.parse_list(page(body, SECTION), KOREAN)

    assert (found.links, found.more) == ((), None)


def test_a_list_in_no_known_layout_says_what_was_looked_for() -> None:
    with pytest.raises(Drift) as refusal:
        hani.parse_list(page("<title>새 한겨레</title><ul class='cards'></ul>", SECTION), KOREAN)

    for part in (SECTION, "listData.articleList", ".section-list-area", "ul.list-group", "새 한겨레"):
        assert part in str(refusal.value)


def test_each_edition_has_a_list_whose_newest_address_is_tried_first() -> None:
    english = "https://english.hani.co.kr"
    north_korea = "/arti/english_edition/e_northkorea"
    addresses = {
        ENGLISH: [
            f"https://www.hani.co.kr{north_korea}",
            english + north_korea,
            f"{english}{north_korea}/list1.html",
            f"{english}/rss/english_edition",
        ],
        KOREAN: [SECTION, f"{SECTION}/list1.html"],
    }
    for edition in (ENGLISH, KOREAN):
        (known,) = edition.lists
        assert [request.url for request in known.requests] == addresses[edition]
        assert known.minimum == 1
        assert edition.default


# --- articles -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "byline"),
    [
        (["By Lee Je-hun, senior staff writer"], "By Lee Je-hun, senior staff writer"),
        (["By Hong Gil-dong and Kim Gae-dong, staff reporters"], "By Hong Gil-dong and Kim Gae-dong, staff reporters"),
        (["By Hong Gil-dong", "Please direct questions or comments to [a@b.example]"], "By Hong Gil-dong"),
        (["홍길동 기자 gil@hani.example"], "홍길동 기자"),
        (["워싱턴/홍길동 특파원 gil@hani.example"], "워싱턴/홍길동 특파원"),
        (["홍길동, 김개동 선임기자", "gil@hani.example, gae@hani.example"], "홍길동, 김개동 선임기자"),
        (["홍길동 통일외교팀 선임기자"], "홍길동 통일외교팀 선임기자"),
        (["홍길동 기자 gil@hani.example, 김개동 기자 gae@hani.example"], "홍길동 기자, 김개동 기자"),
        (["홍길동 기자 gil@hani.example", "워싱턴/김개동 특파원"], "홍길동 기자, 워싱턴/김개동 특파원"),
        (["홍길동 기자", "연합뉴스"], "홍길동 기자, 연합뉴스"),
        (["베이징/AP 연합뉴스"], "베이징/AP 연합뉴스"),
    ],
)
def test_the_names_that_sign_an_article_are_its_byline_and_not_a_paragraph(ending: list[str], byline: str) -> None:
    found = article("본문이다.", *ending)

    assert found.paragraphs == ("본문이다.",)
    assert found.byline == byline


@pytest.mark.parametrize(
    "last",
    [
        "By Friday the figures had been taken down again.",
        "By Kim Jong Un’s order the bridge was closed.",
        "By Hong Gil-dong, of whom nobody had heard for years.",
        "“By Lee Je-hun, senior staff writer,” the page said.",
        "제보는 gil@hani.example 로 받는다.",
        "회담장에는 홍길동 기자도 있었다.",
        "By Lee Je-hun, " + "who has written of the border for many years " * 3,
    ],
)
def test_a_sentence_that_only_looks_like_a_signature_stays_text(last: str) -> None:
    found = article("본문이다.", last)

    assert found.paragraphs == ("본문이다.", last.strip())
    assert found.byline == ""


def test_reporters_named_beside_the_title_are_the_byline_if_no_line_signs_the_text() -> None:
    head = '<div class="ArticleDetailView_reporterList__q9"><a href="/r/1">홍길동</a> 기자</div>'

    assert article("본문이다.", head=head).byline == "홍길동 기자"
    assert article("본문이다.", "김개동 기자", head=head).byline == "김개동 기자"


def test_all_reporters_of_the_korean_layout_are_the_byline_if_no_line_signs_the_text() -> None:
    head = '<div id="article_view_headline"><span class="title">제목</span></div>'
    names = '<p class="kiza-info"><span class="name"><strong>홍길동</strong><strong>김개동</strong></span></p>'
    body = f'{head}<div class="article-text-font-size"><div class="text">본문이다.</div></div>{names}'

    found = hani.parse_article(page(body), link())

    assert (found.layout, found.byline) == ("korean", "홍길동, 김개동")


def test_links_in_the_text_are_full_addresses_and_invalid_ones_are_left_out() -> None:
    found = article('<a href="http://[">가</a><a href="mailto:a@b.example">나</a><a href="/arti/a/1.html#c">다</a>')

    assert found.links == ("https://www.hani.co.kr/arti/a/1.html#c",)


def test_an_article_is_identified_by_its_number_or_else_by_the_list() -> None:
    body = "<h2 id='titleapp'>Title</h2><div id='bodyapp'>Text.</div>"

    assert hani.parse_article(page(body), link(f"{SECTION}/3000777.html")).key == "3000777"
    assert hani.parse_article(page(body), link("http://hani.co.kr/arti/a/3000777.html")).key == "3000777"
    assert hani.parse_article(page(body), link(f"{SECTION}/a-slug")).key == "3000001"


def test_class_names_are_matched_by_their_beginning_whatever_the_build_of_the_site() -> None:
    for suffix in ("a1B2c", "zzz", "_0"):
        head = f'<ul class="X ArticleDetailView_dateList__{suffix}"><li>등록 <span>2025-03-06 00:12</span></li></ul>'
        assert article("본문이다.", head=head).posted_at == datetime(2025, 3, 5, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shown", "posted", "modified"),
    [
        ("등록 :2021-01-12 20:28수정 :2021-01-13 02:31", (12, 11, 28), (12, 17, 31)),
        ("수정 2021-01-13 02:31 등록 2021-01-12 20:28", (12, 11, 28), (12, 17, 31)),
        ("Posted on : 2021-01-13 18:10 KST Modified on : 2021-01-13 18:10 KST", (13, 9, 10), (13, 9, 10)),
        ("등록 2021-01-12 20:28", (12, 11, 28), None),
        ("등록 2021-01-12 25:28", None, None),
        ("2021-01-12 20:28", None, None),
        ("Posted on : Jan.12,2021 20:28 KST", (12, 11, 28), None),
        ("Posted on : Jan. 12, 2021 20:28 KST Modified on : January 13, 2021 02:31 KST", (12, 11, 28), (12, 17, 31)),
        ("Posted on : Feb.31,2021 20:28 KST", None, None),
        ("Posted on : Someday 20:28 KST", None, None),
    ],
)
def test_times_are_read_by_their_labels_and_kept_in_utc(
    shown: str, posted: tuple[int, int, int] | None, modified: tuple[int, int, int] | None
) -> None:
    found = article("본문이다.", head=f'<ul class="ArticleDetailView_dateList__a"><li>{shown}</li></ul>')

    assert found.posted_at == (datetime(2021, 1, *posted, tzinfo=UTC) if posted else None)
    assert found.modified_at == (datetime(2021, 1, *modified, tzinfo=UTC) if modified else None)


def test_a_time_not_shown_on_the_page_is_taken_from_its_json() -> None:
    carried = {
        "props": {"pageProps": {"article": {"createDate": "2021-01-12T20:28:00+09:00", "updateDate": "no time"}}}
    }
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(carried)}</script>'
    shown = '<ul class="ArticleDetailView_dateList__a"><li>수정 2021-01-13 02:31</li></ul>'

    found = article("본문이다.", head=shown + script)

    assert found.posted_at == datetime(2021, 1, 12, 11, 28, tzinfo=UTC)
    assert found.modified_at == datetime(2021, 1, 12, 17, 31, tzinfo=UTC)


def test_the_date_is_seouls_from_the_page_else_the_lists_else_none() -> None:
    head = '<ul class="ArticleDetailView_dateList__a"><li>등록 2021-01-13 00:05</li></ul>'

    by_page = article("본문이다.", head=head, day=date(2021, 1, 12))
    by_list = article("본문이다.", day=date(2021, 1, 12))
    by_none = article("본문이다.")

    assert (by_page.date, by_page.date_basis) == (date(2021, 1, 13), "page")
    assert (by_list.date, by_list.date_basis) == (date(2021, 1, 12), "list")
    assert (by_none.date, by_none.date_basis) == (None, "none")


@pytest.mark.parametrize(
    ("first", "byline"),
    [
        ("홍길동 | 두만강연구소 연구위원", "홍길동 | 두만강연구소 연구위원"),
        ("홍길동ㅣ논설위원", "홍길동ㅣ논설위원"),
        ("홍길동｜두만강대 교수", "홍길동｜두만강대 교수"),
        ("남과 북 | 다리가 열렸다.", ""),
        ("홍길동 기자", ""),  # only columns open with a name
    ],
)
def test_a_column_opens_with_its_author(first: str, byline: str) -> None:
    found = article(first, "본문이다.")

    assert (found.byline, found.paragraphs) == (byline, ("본문이다.",) if byline else (first, "본문이다."))


def test_pictures_without_a_text_are_an_outcome_of_their_own() -> None:
    for body in ('<figure><img src="a.jpg"><figcaption>설명</figcaption></figure>', '<iframe src="/video/1"></iframe>'):
        with pytest.raises(MediaOnly):
            article(f"</p>{body}<p class='text'>")


def test_a_page_with_neither_text_nor_pictures_is_not_an_article() -> None:
    for paragraphs in ([], [""], ["홍길동 기자 gil@hani.example"]):
        with pytest.raises(Drift):
            article(*paragraphs)


def test_a_text_whose_paragraphs_have_another_name_is_a_changed_layout_even_beside_a_picture() -> None:
    with pytest.raises(Drift, match="이름이 바뀐 문단"):
        article('</p><figure><img src="a.jpg"></figure><div class="para">이름이 바뀐 문단</div><p class="text">')


def test_an_article_in_no_known_layout_says_what_was_looked_for() -> None:
    with pytest.raises(Drift) as refusal:
        hani.parse_article(page("<h1>Another layout</h1>"), link())

    for part in ("ArticleDetailView_title_", "#article_view_headline .title", "#bodyapp", "Another layout"):
        assert part in str(refusal.value)


# --- whatever comes -------------------------------------------------------------------------------------------------


def read_all(raw: bytes) -> Iterator[Listing | Article]:
    """Parse these bytes with both functions, in either edition; a ParseError is a result, any other error is not."""
    for edition in hani.SOURCE.editions:
        with suppress(ParseError):
            yield hani.parse_list(page(raw, edition.lists[0].requests[0].url), edition)
        with suppress(ParseError):
            yield hani.parse_article(page(raw), link(lang=edition.lang))


@given(st.binary(max_size=400))
@example(b"")
@example(b"\x00")
@example(b'<script id="__NEXT_DATA__">' + b"[" * 100_000)
@example(b'<script id="__NEXT_DATA__">{"props": {"pageProps": {"list": [{"title": "\\ud800", "url": "\\udfff"}]}}}')
@example(b'<script id="__NEXT_DATA__">{"props": {"pageProps": {"list": ' + b"1" * 5_000 + b"}}}")
@example(b"<div>" * 2_000)
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for found in read_all(raw):
        assert isinstance(found, Listing | Article)


@given(st.data())
def test_a_stored_page_that_was_cut_spoilt_or_mixed_is_read_or_refused(data: st.DataObject) -> None:
    raw = data.draw(st.sampled_from(STORED)).read_bytes()
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(raw)), st.integers(0, len(raw)))))
    put = data.draw(
        st.sampled_from([b"", b"</div>", b'"', b"\xff", b"<article id='renewal2023'>", b"null", b"<!--", b"{"])
    )

    for found in read_all(raw[:start] + put + raw[end:]):
        texts = [found.text] if isinstance(found, Article) else [item.title for item in found.links]
        assert all(text == text.encode().decode() for text in texts)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["title", "url", "createDate", "section", "name"]), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.lists(json_values, max_size=6))
def test_any_json_in_a_list_is_read_or_skipped_entry_by_entry(entries: list[object]) -> None:
    found = listed(entry(), *entries)

    assert found.links[0].key == "3000001"
    assert len(found.links) + len(found.skipped) <= 1 + len(entries)


# --- real texts -----------------------------------------------------------------------------------------------------


@functools.cache
def replica(shared: Path) -> ModuleType:
    """The stand-in of the sites, as a module: its pages are rendered without a server."""
    spec = importlib.util.spec_from_file_location("replica", shared / "replica" / "replica.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(params=["en", "ko"])
def site(request: pytest.FixtureRequest, shared: Path) -> Any:
    """One edition's stand-in at the end of its last day, and its texts."""
    module, lang = replica(shared), request.param
    texts = module.load(shared / "data" / f"hani_{lang}.jsonl")
    kind = module.HaniEnglish if lang == "en" else module.HaniKorean
    return kind(texts, max(text["date"] for text in texts))


def ask(site: Any, url: str) -> Page:
    status, body, _ = site.reply("GET", "/" + url.split("/", 3)[3], {}, None)
    assert status == 200, url
    return page(body, url)


def read_site(site: Any) -> list[tuple[dict[str, Any], Article]]:
    edition = ENGLISH if type(site).__name__ == "HaniEnglish" else KOREAN
    for request in edition.lists[0].requests:
        if site.reply("GET", "/" + request.url.split("/", 3)[3], {}, None)[0] == 200:
            links = hani.parse_list(ask(site, request.url), edition).links
            return [
                (site.find(lambda a, k=one.key: a["id"] == k), hani.parse_article(ask(site, one.url), one))
                for one in links
            ]
    raise AssertionError("no list is served")


def test_every_text_is_read_whole_from_its_pages(site: Any) -> None:
    read = read_site(site)

    assert {text["id"] for text, _ in read} == {text["id"] for text in site.articles}
    for text, found in read:
        assert found.title == text["title"]
        assert [*found.paragraphs, *filter(None, [found.byline])] == text["paragraphs"]
        assert (found.key, found.date.isoformat() if found.date else "") == (text["id"], text["date"])


def test_a_renamed_list_is_reported_as_drift(site: Any) -> None:
    site.fault = "drift"

    with pytest.raises(Drift):
        read_site(site)


def test_the_founding_article_has_its_date_its_captions_and_its_byline(shared: Path) -> None:
    module = replica(shared)
    (text,) = [t for t in module.load(shared / "data" / "hani_en.jsonl") if t["id"] == "1000001"]
    drawn = module.HaniEnglish([text], text["date"]).article(text)

    found = hani.parse_article(page(drawn, text["url"]), link(text["url"], "en"))

    assert found.layout == "english"
    assert found.date == date(2021, 1, 13)
    assert found.posted_at == found.modified_at == datetime(2021, 1, 13, 9, 10, tzinfo=UTC)
    assert found.byline == "By Lee Je-hun, senior staff writer"
    assert [*found.paragraphs, found.byline] == text["paragraphs"]
    assert sum("KCNA/Yonhap News" in paragraph for paragraph in found.paragraphs) == 2
    assert "Related stories" in drawn
    assert "Related stories" not in found.text
