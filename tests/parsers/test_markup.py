"""Text from markup: names joined as a reader joins them, encodings as they are, not as declared."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from parsers.dates import dated, dateline, first_known
from parsers.markup import decode, document, inner_lines, outermost, text_of, without_end_mark
from sunchi.errors import Drift
from sunchi.model import Page, Request


def text(markup: str, lang: str) -> str:
    node = LexborHTMLParser(f"<p>{markup}</p>").css_first("p")
    assert node is not None
    return text_of(node, lang)


def page(body: bytes, content_type: str = "") -> Page:
    url = "http://site.example/"
    return Page(Request(url), url, 200, (("Content-Type", content_type),), body, datetime.now(UTC))


@pytest.mark.parametrize(
    ("markup", "english"),
    [
        ("Comrade<nobr>Kim Jong Un</nobr>received", "Comrade Kim Jong Un received"),
        ("Pre&shy;si&#8204;dent Pe\u0301rez", "President Pérez"),
        ("the \u0093visit\u0094", "the \ufffdvisit\ufffd"),  # said to be a quotation mark, but not by Unicode
        ("Comrade <nobr>Kim Jong Un</nobr> received", "Comrade Kim Jong Un received"),
        ("<nobr><strong><august_name>Kim Jong Un</august_name></strong></nobr>'s letter", "Kim Jong Un's letter"),
        ("<nobr>Kim Jong Un</nobr>, who", "Kim Jong Un, who"),
        ("leaders,<nobr>Kim Il Sung</nobr>and", "leaders, Kim Il Sung and"),
        ("(<nobr>Kim Il Sung</nobr>)", "(Kim Il Sung)"),
        ('"<nobr>Kim Il Sung</nobr>"', '"Kim Il Sung"'),
        ("<nobr>Kim Il Sung</nobr><nobr>Kim Jong Il</nobr>", "Kim Il Sung Kim Jong Il"),
        ("<nobr>Kim Il Sung</nobr>-<nobr>Kim Jong Il</nobr>", "Kim Il Sung-Kim Jong Il"),
        ("<nobr>Kimilsung</nobr>ism", "Kimilsungism"),
        ("<nobr>Kim Jong Un</nobr>is", "Kim Jong Un is"),
        ("On August 4<span class='fSpecCs'>Kim Jong Un</span>", "On August 4 Kim Jong Un"),
        ("some<b>thing</b>", "something"),
        ("a<br>b", "a b"),
        ("o\ufb03ce of the \uff35\uff33", "office of the US"),
        (" a \n\t&nbsp; b ", "a b"),
        ("a<script>b</script><!-- c -->d", "ad"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
    ],
)
def test_english_gets_back_only_the_space_that_a_name_lost(markup: str, english: str) -> None:
    assert text(markup, "en") == english


def test_korean_and_chinese_have_no_space_after_a_name() -> None:
    assert text("경애하는 <nobr>김정은</nobr>동지께서", "ko") == "경애하는 김정은동지께서"
    assert text("敬爱的<nobr>金正恩</nobr>同志", "zh") == "敬爱的金正恩同志"


@pytest.mark.parametrize(
    ("paragraphs", "kept"),
    [
        (["One.", "Two. -0-"], ("One.", "Two.")),
        (["One.", "-0-"], ("One.",)),
        (["One. -0-", "-0-"], ("One.",)),
        (["Score 3-0-1 at last.", "Two."], ("Score 3-0-1 at last.", "Two.")),
        (["One -0- two."], ("One -0- two.",)),
        (["하나.(끝)"], ("하나.",)),
        (["一。（完）"], ("一。",)),
        (["", "One.", ""], ("One.",)),
        (["-0-"], ()),
    ],
)
def test_an_end_mark_is_removed_only_at_the_end(paragraphs: list[str], kept: tuple[str, ...]) -> None:
    assert without_end_mark(paragraphs) == kept


KOREAN = "<p>조선중앙통신 평양발 소식</p>"
CHINESE = "<p>朝鲜中央通讯社平壤消息</p>"


@pytest.mark.parametrize(
    ("body", "content_type", "lang", "read"),
    [
        (KOREAN.encode(), "text/html; charset=euc-kr", "ko", KOREAN),
        (KOREAN.encode("euc-kr"), "text/html; charset=utf-8", "ko", KOREAN),
        (KOREAN.encode("euc-kr"), "", "en", KOREAN),
        (CHINESE.encode("gb18030"), "", "zh", CHINESE),
        (CHINESE.encode("gb18030"), "text/html; charset=GB2312", "en", CHINESE),
        (b"<meta charset='shift_jis'>" + "“春”".encode("cp932"), "text/html", "en", "<meta charset='shift_jis'>“春”"),
        (b"\xff\xfe" + KOREAN.encode("utf-16-le"), "", "ko", KOREAN),
        (b"\xef\xbb\xbf" + KOREAN.encode(), "", "ko", KOREAN),
        (CHINESE.encode().replace("消".encode(), b"\xe6\xb6"), "", "zh", CHINESE.replace("消", "\ufffd")),
        (KOREAN.encode("euc-kr"), "text/html; charset=rot13", "ko", KOREAN),
        (b"", "", "en", ""),
    ],
)
def test_bytes_are_read_in_the_encoding_that_fits_them(body: bytes, content_type: str, lang: str, read: str) -> None:
    assert decode(page(body, content_type), lang) == read


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 4000,
        "<svg>" + "<a>" * 4000,
        "<div></span>" * 4000,
        "<b><table>" * 2000,
        "<select>" + "<option>" * 4000,
    ],
)
def test_endlessly_nested_elements_are_refused_before_they_cost_time(body: str) -> None:
    with pytest.raises(Drift, match="nested"):
        document(page(body.encode()), "en")


def test_of_nested_elements_only_the_outermost_is_read() -> None:
    tree = LexborHTMLParser("<h1>One<div><h1>Two<div><h1>Three</h1></div></h1></div></h1><p>Four</p><h1>Five</h1>")

    assert [text_of(node, "en") for node in outermost(tree.css("h1"))] == ["One Two Three", "Five"]


@pytest.mark.parametrize(
    "body", ["<p>One.<br>" * 4000, "<tr><td>1" * 4000, "<div><b>1</b></div>" * 4000, "<li><a>" * 4000]
)
def test_a_long_page_is_not_mistaken_for_a_deep_one(body: str) -> None:
    assert document(page(body.encode()), "en").body is not None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("[2026.7.19.]", date(2026, 7, 19)),
        ("www.kcna.kp (Juche113.10.6.)", date(2024, 10, 6)),
        ("[주체113.10.6.]", date(2024, 10, 6)),
        ("２０２５.10.9.", date(2025, 10, 9)),
        ("Mar. 10, Juche 111 (2022) Thursday", date(2022, 3, 10)),
        ("Sept. 3, 2025 Wednesday", date(2025, 9, 3)),
        ("May 28. 2011 Juche 100", date(2011, 5, 28)),
        ("주체111(2022)년 3월 10일", date(2022, 3, 10)),
        ("2025年10月10日 星期五", date(2025, 10, 10)),
        ("2022-03-10", date(2022, 3, 10)),
        ("Juche 86.7.1.", date(1997, 7, 1)),
        ("2026.2.30.", None),
        ("2026.13.1.", None),
        ("26.7.19.", None),
        ("version 3.11.2", None),
        ("1234567.1.1", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_the_sites_write_it_or_not_at_all(written: str, day: date | None) -> None:
    assert dated(written) == day


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("Pyongyang, December 30 (KCNA) -- Snow fell.", date(2026, 12, 30)),
        ("Ulan Bator, January 2 (KCNA) -- Snow fell.", date(2027, 1, 2)),
        ("(평양 12월 21일발 조선중앙통신)", date(2026, 12, 21)),
        ("朝中社平壤12月21日电 下雪了。", date(2026, 12, 21)),
        ("Pyongyang, December 4 (KCNA) -- A month ago.", date(2026, 12, 4)),
        ("Pyongyang, December 3 (KCNA) -- Or eleven years ago.", None),
        ("(평양 8월 21일발 조선중앙통신)", None),
        ("Pyongyang, January 5 (KCNA) -- Not yet.", None),
        ("Pyongyang, February 29 (KCNA) -- A leap day.", None),
        ("Pyongyang, Smarch 3 (KCNA) -- No month.", None),
        ("It was in Pyongyang, December 30 (KCNA) -- said he.", None),
        ("Snow fell on December 30.", None),
    ],
)
def test_a_dateline_at_the_start_is_a_date_if_the_page_was_fetched_within_a_month(
    opening: str, day: date | None
) -> None:
    assert dateline((opening,), datetime(2027, 1, 3, tzinfo=UTC), "Asia/Pyongyang") == day


@pytest.mark.parametrize(
    ("opening", "listed", "day"),
    [
        ("Pyongyang, October 7 (KCNA) -- Years ago.", date(2011, 10, 7), date(2011, 10, 7)),
        ("Pyongyang, December 31 (KCNA) -- The year before.", date(2012, 1, 1), date(2011, 12, 31)),
        ("Pyongyang, February 29 (KCNA) -- A leap day.", date(2024, 2, 29), date(2024, 2, 29)),
        ("Pyongyang, May 3 (KCNA) -- Another day.", date(2011, 10, 7), date(2011, 5, 3)),
    ],
)
def test_a_dateline_is_of_the_year_that_is_nearest_to_the_day_of_its_list(
    opening: str, listed: date, day: date
) -> None:
    assert dateline((opening,), datetime(2027, 1, 3, tzinfo=UTC), "Asia/Pyongyang", listed) == day


def test_the_best_date_wins_and_names_its_basis() -> None:
    one, two = date(2026, 1, 1), date(2026, 1, 2)

    assert first_known(("list", two), ("url", one)) == (two, "list")
    assert first_known(("page", None), ("dateline", one), ("url", two)) == (one, "dateline")
    assert first_known(("page", date(1970, 1, 1)), ("list", two)) == (two, "list")
    assert first_known(("page", None), ("list", None)) == (None, "none")


def field(content: str) -> list[str]:
    """Return the lines of an XML page's `<content>`."""
    answer = page(f"<?xml version='1.0'?><item><link>https://paper.example/1</link><content>{content}".encode())
    tree = document(answer, "en")
    assert [node.text() for node in tree.css("url")] == ["https://paper.example/1"], "HTML's <link> has no content"
    return [line for node in tree.css("content") for line in inner_lines(node.text(), answer, "en")]


@pytest.mark.parametrize(
    ("attributes", "is_shown"),
    [
        ("hidden", False),
        ("hidden=until-found", False),
        ("aria-hidden=true", False),
        ("aria-hidden=false", True),
        ('style="color: red; DISPLAY : none"', False),
        ('style="visibility:hidden"', False),
        ('style="display:block"', True),
        ('style="--display:none-such"', True),
        ("data-hidden", True),
    ],
)
def test_what_a_visitor_is_not_shown_is_no_text(attributes: str, is_shown: bool) -> None:
    markup = f"<body><div {attributes}><p hidden>Never.</p><p>Perhaps.</p></div><p>Always.</p></body>"

    read = document(page(markup.encode()), "en").css("p")

    assert [text_of(node, "en") for node in read] == ["Perhaps.", "Always."][not is_shown :]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("<![CDATA[to<nobr>Kim Il Sung</nobr>and<br>\nhis &amp; her]]></content>", ["to Kim Il Sung and", "his & her"]),
        ("plain &amp; simple</content>", ["plain & simple"]),
        ("<![CDATA[]]></content>", []),
        ("<![CDATA[never closed", ["never closed"]),
        ("<![CDATA[one<![CDATA[two]]></content>", ["onetwo"]),
    ],
)
def test_a_field_of_xml_is_read_with_the_html_in_it(content: str, lines: list[str]) -> None:
    assert field(content) == lines


def test_html_nested_too_deep_within_a_field_is_refused() -> None:
    with pytest.raises(Drift):
        field(f"<![CDATA[{'<div>' * 2_000}]]></content>")
