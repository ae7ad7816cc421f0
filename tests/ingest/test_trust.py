"""Whether a page is the one that was requested, and whether to believe a changed text."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunchi.errors import Outcome, Untrusted
from sunchi.ingest import trust
from sunchi.model import Article, Link, Page, Request
from sunchi.store import Pending, Shape
from sunchi.text.titles import same_title, shared_words, speaks_of

DAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LINK = Link("paper", "en", "http://paper.example/a", "a", "Premier Visits Ruritania", DAY, 1)
ARTICLE = Article(
    source="paper",
    lang="en",
    url=LINK.url,
    key="a",
    layout="plain",
    title="Premier Visits Ruritania",
    paragraphs=("The premier left for Ruritania.", "Officials saw him off at the station.", "The visit lasts a day."),
    date=DAY,
    date_basis="page",
)

LONG_PARAGRAPH = "The premier left for Ruritania today, and is expected there by the evening."


@pytest.mark.parametrize(
    ("listed", "shown", "same"),
    [
        ("Premier Visits Ruritania", "Premier Visits Ruritania", True),
        ("Premier Visits Rurit…", "Premier Visits Ruritania on Monday", True),
        ("PREMIER VISITS RURITANIA", "Premier visits “Ruritania”", True),
        ("Premier Visits Ruritania", "On Monday the Premier Visits Ruritania Again", True),
        ("", "Anything", True),
        ("Premier Visits Ruritania", "Notice", False),
        ("Premier Visits Ruritania", "Harvest Begins in the South", False),
        ("총리 루리타니아 방문", "총리 루리타니아를 방문", True),
        ("총리 루리타니아 방문", "알림", False),
        ("总理访问鲁里塔尼亚", "总理对鲁里塔尼亚进行访问", True),
        ("总理访问鲁里塔尼亚", "通知", False),
    ],
)
def test_a_title_belongs_to_the_article_named_in_its_list(listed: str, shown: str, same: bool) -> None:
    assert same_title(listed, shown) is same
    assert same_title(shown, listed) is same


@given(st.text(), st.text())
def test_titles_are_compared_whatever_they_contain(one: str, other: str) -> None:
    assert same_title(one, one)
    assert same_title(one, other) == same_title(other, one)
    assert 0 <= shared_words(one, other) <= 1


@pytest.mark.parametrize(
    ("article", "outcome"),
    [
        (ARTICLE, None),
        (replace(ARTICLE, date=DAY + timedelta(days=2)), None),
        (replace(ARTICLE, date=DAY - timedelta(days=40), date_basis="list"), None),
        (replace(ARTICLE, title="Notice"), Outcome.MISMATCH),
        (replace(ARTICLE, title="Premier Visits…"), Outcome.MISMATCH),
        (replace(ARTICLE, title="Premier Visits Ruritania…"), None),
        (replace(ARTICLE, title="Premier Visits"), None),
        (replace(ARTICLE, date=DAY - timedelta(days=40)), Outcome.MISMATCH),
        (replace(ARTICLE, dateline=DAY - timedelta(days=1)), None),
        (replace(ARTICLE, dateline=DAY - timedelta(days=5)), Outcome.MISMATCH),
        (replace(ARTICLE, dateline=DAY + timedelta(days=1)), Outcome.MISMATCH),
        (replace(ARTICLE, date=None, dateline=DAY - timedelta(days=90)), None),
        (replace(ARTICLE, paragraphs=("The pre\ufffd\ufffder left.",)), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("The pr?mi?r l?ft f?r Ruritania.",)), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("The premier said: &quot;We are glad.",)), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("????????? ??? ??????", "The premier left.")), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("The premier said: â€œWe are glad.â€\x9d",)), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("El jefe del EjÃ©rcito y la delegaciÃ³n saliÃ³ ayer.",)), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("The prеmiеr lеft for Ruritania.",)), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("A message to , chairman of , says 's people are well.",)), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("전문은 을 국무위원장 은 에게 보냈다고 하였다.",)), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("***** met the premier of ********* for talks on ******.",)), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("The premier¿s words were ¿We¿re glad¿, it¿s said.",)), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("¿Quién salió? ¿El jefe? ¿Por qué?", "* * *", "***", "□ He left.")), None),
        (replace(ARTICLE, paragraphs=("<p>The premier left for Ruritania.</p>",)), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("THE PREMIER LEFT FOR RURITANIA. " * 9,)), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("ThePremierLeftForRuritania." * 9,)), Outcome.DAMAGED),
        (replace(ARTICLE, paragraphs=("总理离开前往鲁里塔尼亚。" * 30,)), None),
        (replace(ARTICLE, paragraphs=("총리는 WPK의 대표단과 함께 떠났다. " * 20,)), None),
        (replace(ARTICLE, paragraphs=("The Ruritanian «Правда» wrote: «Voilà… l’été à Moscou»…",)), None),
        (replace(ARTICLE, paragraphs=("Who left? The premier? “Why?” Nobody knows.",)), None),
    ],
)
def test_a_page_is_checked_against_its_list(article: Article, outcome: Outcome | None) -> None:
    if outcome is None:
        trust.check(LINK, article)
        return
    with pytest.raises(Untrusted) as refused:
        trust.check(LINK, article)
    assert refused.value.outcome is outcome
    assert LINK.url in str(refused.value)


@pytest.mark.parametrize(("redated", "days"), [(0.0, 0), (0.01, 0), (0.05, 3), (1.0, 3)])
def test_dates_of_page_and_list_must_agree_where_they_usually_do(redated: float, days: int) -> None:
    assert trust.days_apart(Shape(redated=redated)) == days


@pytest.mark.parametrize(
    ("paragraphs", "kin"),
    [
        (("The premier left for Ruritania.",), "part"),
        (("The premier left for …",), "part"),
        ((*ARTICLE.paragraphs[:2], "Read more"), "part"),
        ((*ARTICLE.paragraphs, "Two went with him.", "Photographs"), "completed"),
        (ARTICLE.paragraphs[1:], "part"),
        (ARTICLE.paragraphs[::-1], "moved"),
        ((" ".join(ARTICLE.paragraphs),), "moved"),
        ((ARTICLE.paragraphs[0], *ARTICLE.paragraphs), "moved"),
        ((*ARTICLE.paragraphs, "More is to come."), "completed"),
        ((ARTICLE.paragraphs[0], "He will be back soon.", *ARTICLE.paragraphs[1:]), "completed"),
        (("The premier left for Ruritania.", "A deputy saw him off at the station.", "The visit is short."), "related"),
        (("Rain fell on the fields of the south.", "Farmers were glad to see it come."), "unrelated"),
    ],
)
def test_a_text_has_a_kinship_with_the_one_before_it(paragraphs: tuple[str, ...], kin: trust.Kinship) -> None:
    assert trust.kinship(ARTICLE, replace(ARTICLE, title="", paragraphs=paragraphs)) == kin


def test_a_title_that_stays_does_not_make_another_text_the_same_article() -> None:
    notice = replace(ARTICLE, paragraphs=("Site under renewal.",))
    assert trust.kinship(ARTICLE, notice) == "unrelated"
    assert trust.kinship(notice, ARTICLE) == "unrelated"


@pytest.mark.parametrize(
    ("make", "paragraphs"),
    [
        (lambda text: text.replace("visit", "").replace("Officials", ""), 2),
        (str.title, 3),
        (lambda text: text.replace(" ", ""), 3),
        (lambda text: text.replace("for", "to"), 0),
        (lambda text: f"{text} He came back.", 0),
        (lambda text: text, 0),
    ],
    ids=["words lost", "in capitals", "without spaces", "another word", "more", "the same"],
)
def test_a_text_with_something_lost_is_recognized(make: Callable[[str], str], paragraphs: int) -> None:
    thin = replace(ARTICLE, paragraphs=tuple(map(make, ARTICLE.paragraphs)))
    assert trust.thinned(thin, ARTICLE) == paragraphs


@pytest.mark.parametrize(
    ("kept", "places"),
    [((0, 2, 4), 2), ((0, 2, 3, 4), 1), ((1, 4), 2), ((0, 1, 2), 1), ((0, 1, 2, 3, 4), 0), ((0, 4, 2), 0)],
    ids=["every second lost", "one lost", "the first and a middle", "the second half", "none", "in another order"],
)
def test_a_text_that_lacks_paragraphs_lacks_them_in_so_many_places(kept: tuple[int, ...], places: int) -> None:
    whole = ("The premier left.", "A minister came.", "They met.", "It was agreed.", "He went home.")
    thin = replace(ARTICLE, paragraphs=tuple(whole[place] for place in kept))
    assert trust.thinned(thin, replace(ARTICLE, paragraphs=whole)) == places


@pytest.mark.parametrize(
    ("after", "keeps"),
    [
        (("The premier left.", "He went home."), True),
        (("The premier left.", "A minister came. -0-", "He went home."), False),
        (("The premier left.", "He went."), False),
        (("The premier left.", "It rained."), False),
    ],
    ids=["lines of the site gone", "a mark more", "words lost", "another one"],
)
def test_a_text_that_only_drops_lines_keeps_its_paragraphs(after: tuple[str, ...], keeps: bool) -> None:
    before = replace(ARTICLE, paragraphs=("Print", "The premier left.", "He went home. -0-", "Print"))
    assert trust.keeps_paragraphs(before, replace(ARTICLE, paragraphs=after)) is keeps


@pytest.mark.parametrize(
    ("paragraphs", "dropped"),
    [
        (ARTICLE.paragraphs, True),
        ((*ARTICLE.paragraphs, "The premier left for Ruritania today and should be there by the evening."), False),
        ((*ARTICLE.paragraphs, LONG_PARAGRAPH, "More is to come."), False),
        ((*ARTICLE.paragraphs[:2], LONG_PARAGRAPH), False),  # the missing line is too short
    ],
    ids=["dropped", "reworded", "more", "a short one dropped"],
)
def test_a_text_that_drops_a_paragraph_of_its_own_is_recognized(paragraphs: tuple[str, ...], dropped: bool) -> None:
    before = replace(ARTICLE, paragraphs=(*ARTICLE.paragraphs, LONG_PARAGRAPH))
    assert trust.drops_own(before, replace(ARTICLE, paragraphs=paragraphs)) is dropped


@pytest.mark.parametrize(
    ("paragraph", "foreign"),
    [
        ("Our shop has new stamps and paintings every week, at moderate prices.", True),
        ("Our shop has new stamps.", True),
        ("Share Mail Print", True),  # the words of buttons
        (ARTICLE.paragraphs[2], True),  # a line that is there twice
        ("The premier was seen off at the station by officials and by diplomats.", False),
    ],
)
def test_a_foreign_paragraph_in_a_changed_text_is_recognized(paragraph: str, foreign: bool) -> None:
    changed = replace(ARTICLE, paragraphs=(*ARTICLE.paragraphs, paragraph))
    assert trust.brings_foreign(ARTICLE, changed) is foreign


@pytest.mark.parametrize(
    ("wait", "looks", "hours", "over"),
    [
        (trust.WAITS["completed"], 2, 0.3, True),
        (trust.WAITS["related"], 1, 5, False),
        (trust.WAITS["related"], 2, 0.3, True),
        (trust.WAITS["unrelated"], 2, 30, False),
        (trust.WAITS["unrelated"], 3, 23, False),
        (trust.WAITS["unrelated"], 3, 24, True),
    ],
)
def test_a_change_is_believed_after_looks_that_agree(wait: trust.Wait, looks: int, hours: float, over: bool) -> None:
    assert wait.is_over(Pending(NOW - timedelta(hours=hours), looks, is_its_own=True), NOW) is over


@pytest.mark.parametrize(
    ("changed", "looks", "many"),
    [(1, 1, False), (4, 4, False), (5, 5, True), (5, 90, False), (29, 90, False), (30, 90, True)],
)
def test_many_changes_at_once_are_an_incident(changed: int, looks: int, many: bool) -> None:
    assert trust.are_many(changed, looks) is many


LONG_TEXT = tuple(f"On day {n} the premier visits a small town of Ruritania." for n in range(50))
SUMMARY = f"{LONG_TEXT[3]} {LONG_TEXT[9]}"
WRAPPED = tuple(textwrap.wrap(" ".join(LONG_TEXT[:10]), 30))
WHOLE = replace(ARTICLE, paragraphs=("The premier visits Ruritania.", "Officials saw him off at the station."))


@pytest.mark.parametrize(
    ("paragraphs", "usual", "wait"),
    [
        (WHOLE.paragraphs, Shape(), None),
        (WHOLE.paragraphs[:1], Shape(), trust.UNTRUSTED),
        (WHOLE.paragraphs[:1], Shape(brief=0.05), trust.FIRST_CHANGE),
        (WHOLE.paragraphs[:1], Shape(brief=0.6), None),
        (("The premier visits Ruritania.", "Officials saw"), Shape(), None),  # an author's name would look the same
        (("The premier visits Ruritania.", "Officials saw him off " * 4), Shape(), trust.UNTRUSTED),
        (("The site is closed.", "Please come again."), Shape(), trust.UNTRUSTED),
        (WHOLE.paragraphs * 2, Shape(), trust.UNTRUSTED),
        ((LONG_PARAGRAPH, LONG_PARAGRAPH, *WHOLE.paragraphs * 3), Shape(), trust.UNTRUSTED),
        ((f"{LONG_PARAGRAPH} {LONG_PARAGRAPH}", *WHOLE.paragraphs * 3), Shape(), trust.UNTRUSTED),
        (("Log in to read “Premier Visits Ruritania”.", "It is free."), Shape(), trust.UNTRUSTED),
        (("The premier visits Ruritania.", "“Premier Visits” is what the papers say."), Shape(), None),
        ((SUMMARY, *LONG_TEXT[:20]), Shape(), trust.UNTRUSTED),
        ((LONG_TEXT[10], *LONG_TEXT[:20]), Shape(), None),  # a sentence that is highlighted
        (WRAPPED, Shape(), trust.UNTRUSTED),
        (LONG_TEXT, Shape(), trust.FIRST_CHANGE),
        (LONG_TEXT, Shape(unmarked=0.6), None),
        ((*LONG_TEXT, "The premier’s visit lasts a day."), Shape(), None),
        (LONG_TEXT[:20], Shape(), None),
    ],
)
def test_a_text_is_doubted_if_it_seems_incomplete_or_does_not_match_its_title(
    paragraphs: tuple[str, ...], usual: Shape, wait: trust.Wait | None
) -> None:
    found = trust.doubt(replace(ARTICLE, paragraphs=paragraphs), usual)

    assert (found.wait if found else None) == wait


@pytest.mark.parametrize(
    ("title", "text", "speaks"),
    [
        ("Premier Visits Ruritania", "The premier left today.", True),
        ("Premier Visits Ruritania", "The site is closed.", False),
        ("Press Review", "The site is closed.", True),  # of two words nothing can be said
        ("총리 루리타니아 방문", "총리가 루리타니아로 떠났다.", True),
        ("총리 루리타니아 방문", "점검 중입니다.", False),
    ],
)
def test_a_text_matches_its_title(title: str, text: str, speaks: bool) -> None:
    assert speaks_of(title, text) is speaks


@pytest.mark.parametrize(
    ("short", "whole", "usual", "many"),
    [
        (9, 0, None, False),
        (40, 0, None, True),
        (18, 22, None, False),
        (38, 2, 0.9, False),
        (5, 95, 0.05, False),
        (30, 70, 0.05, True),
    ],
)
def test_teasers_are_distinguished_from_an_editions_usual_short_texts(
    short: int, whole: int, usual: float | None, many: bool
) -> None:
    assert trust.many_doubted([True] * short + [False] * whole, usual) is many


@pytest.mark.parametrize(
    ("day", "possible"), [(date(1946, 1, 1), False), (date(2099, 1, 1), False), (DAY, True), (date(1997, 1, 1), True)]
)
def test_dates_that_no_article_can_have(day: date, possible: bool) -> None:
    assert trust.is_possible(day, DAY) is possible


@pytest.mark.parametrize(
    ("answered", "home"),
    [
        ("http://www.kcna.kp/en/article/detail/7", False),
        ("http://www.kcna.kp/", True),
        ("http://www.kcna.kp/en/", True),
        ("http://www.kcna.kp/en/article/list/a666dda1282180e0ee1b4427b0574ae7", True),
        ("http://www.kcna.kp/en/article/detail/8", False),
        ("http://www.kcna.kp/en/index.php?article=7", False),
    ],
)
def test_a_redirect_to_the_front_page_or_a_list_says_that_the_article_is_gone(answered: str, home: bool) -> None:
    from parsers import SOURCES

    edition = next(each for each in SOURCES["kcna"].editions if each.lang == "en")
    page = Page(Request("http://www.kcna.kp/en/article/detail/7"), answered, 200, (), b"", NOW)
    assert trust.is_sent_home(page, edition) is home


@pytest.mark.parametrize(
    ("title", "absent"),
    [
        ("404 Not Found", True),
        ("The page you requested was not found", True),
        ("페지를 찾을수 없습니다", True),
        ("页面不存在", True),
        ("Survivors Not Found after Storm in Ruritania", False),
        ("Premier Visits Ruritania", False),
    ],
)
def test_a_page_that_says_not_found_is_recognized(title: str, absent: bool) -> None:
    assert trust.is_absent(LINK, replace(ARTICLE, title=title)) is absent


@pytest.mark.parametrize(
    ("paragraphs", "absent"),
    [
        (("The page “Premier Visits Ruritania” could not be found.", "It may have been moved."), True),
        (("The requested article does not exist.",), True),
        (("Survivors were not found after the storm, and the premier visits Ruritania.",), False),
        ((*ARTICLE.paragraphs, "The page could not be found."), False),
    ],
)
def test_a_page_that_says_not_found_below_its_own_title_is_recognized(
    paragraphs: tuple[str, ...], absent: bool
) -> None:
    assert trust.is_absent(LINK, replace(ARTICLE, paragraphs=paragraphs)) is absent
