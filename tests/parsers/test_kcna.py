"""KCNA's pages as an analyst needs them: every article, once, with its date and complete names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parsers.kcna import SOURCE
from parsers.stored import stored
from sunchi.errors import Blocked, Drift
from sunchi.model import Edition, Link, Listing, Page, Request
from tests.parsers.replica import StandIn, as_published

ENGLISH = next(edition for edition in SOURCE.editions if edition.lang == "en")
PAGES = {page.file.stem: page for page in stored(Path(__file__).parent / "pages") if page.source == "kcna"}
ERAS = pytest.mark.parametrize("era", ["detail", "q"])


def read_all(site: StandIn, request: Request) -> list[Listing]:
    """Read a list to its end, as the fetcher requests it."""
    pages = [SOURCE.parse_list(site.page(request), ENGLISH)]
    while pages[-1].more:
        pages.append(SOURCE.parse_list(site.page(pages[-1].more), ENGLISH))
    return pages


def address(site: StandIn, name: str) -> Request:
    """Return the first address of the list that the site answers, newest layout first."""
    requests = next(known.requests for known in ENGLISH.lists if known.name == name)
    return next(request for request in requests if site.page(request).status == 200)


@pytest.mark.drill
@ERAS
def test_every_article_of_four_years_is_read_with_its_date_title_and_paragraphs(shared: Path, era: str) -> None:
    site = StandIn(shared, "Kcna", "kcna_en.jsonl", "2030-01-01", era)
    different = []
    for entry in site.site.articles:
        key = site.site.key(entry, "Latest News")
        path = f"detail/{key}" if era == "detail" else f"q/{key}.kcmsf"
        link = Link("kcna", "en", f"{ENGLISH.origin}/en/article/{path}", key, "", None, 1)
        if era == "detail":  # whose pages bear no date: the list gives it
            link = replace(link, date=datetime.fromisoformat(entry["date"]).date())
        article = SOURCE.parse_article(site.page(Request(link.url)), link)
        if (str(article.date), article.title, list(article.paragraphs)) != as_published(entry):
            different.append((entry["date"], [p for p in article.paragraphs if "On August 4 Kim Jong Un" in p]))

    assert len(site.site.articles) == 624
    # One of the shared texts lost a blank before a name, "August 4Kim Jong Un": here it is found again.
    assert [(day, len(mended)) for day, mended in different] == [("2024-08-05", 1)]


def test_a_whole_list_is_read_by_post_with_the_token_of_each_page(shared: Path) -> None:
    site = StandIn(shared, "Kcna", "kcna_en.jsonl", "2024-10-08", "detail")

    pages = read_all(site, address(site, "Latest"))

    keys = [link.key for page in pages for link in page.links]
    visible = [site.site.key(article, "Latest News") for article in site.site.visible()]
    assert [len(page.links) for page in pages][:3] == [10, 50, 50]
    assert keys[:10] == keys[10:20], "the first page by POST begins with the ten of the first page"
    assert keys[10:] == visible
    assert {page.total for page in pages} == {len(visible)}
    assert pages[0].links[0].date == datetime(2024, 10, 8, tzinfo=UTC).date()


def test_a_list_in_the_previous_layout_is_found_at_its_second_address(shared: Path) -> None:
    site = StandIn(shared, "Kcna", "kcna_en.jsonl", "2024-10-08", "q")

    (page,) = read_all(site, address(site, "Latest"))

    assert page.layout == "q"
    assert len(page.links) == 40
    assert [link.position for link in page.links] == list(range(1, 41))
    assert {link.section for link in page.links} == {"Latest"}


def test_one_article_under_two_categories_has_two_keys_and_one_text_in_the_q_layout(shared: Path) -> None:
    site = StandIn(shared, "Kcna", "kcna_en.jsonl", "2024-10-08", "q")
    latest = SOURCE.parse_list(site.page(address(site, "Latest")), ENGLISH)
    top = SOURCE.parse_list(site.page(address(site, "Top")), ENGLISH)
    twice = [(one, two) for one in latest.links for two in top.links if one.title == two.title]

    assert twice
    for one, two in twice:
        assert one.key != two.key
        texts = {SOURCE.parse_article(site.page(Request(link.url)), link).text for link in (one, two)}
        assert len(texts) == 1


@ERAS
def test_a_list_without_entries_is_an_empty_list(shared: Path, era: str) -> None:
    site = StandIn(shared, "Kcna", "kcna_en.jsonl", "2024-10-08", era)
    site.site.fault = "empty"

    (page,) = read_all(site, address(site, "Latest"))

    assert page.links == ()
    assert page.more is None


@ERAS
def test_other_class_names_are_drift_in_list_and_article_and_the_message_says_what_was_looked_for(
    shared: Path, era: str
) -> None:
    site = StandIn(shared, "Kcna", "kcna_en.jsonl", "2024-10-08", era)
    link = SOURCE.parse_list(site.page(address(site, "Latest")), ENGLISH).links[0]
    site.site.fault = "drift"

    with pytest.raises(Drift, match="looked for"):
        SOURCE.parse_list(site.page(address(site, "Latest")), ENGLISH)
    with pytest.raises(Drift, match=r"outside any known paragraph|looked for"):
        SOURCE.parse_article(site.page(Request(link.url)), link)


def test_a_page_in_euc_kr_declared_as_utf_8_is_read_correctly(shared: Path) -> None:
    site = StandIn(shared, "Kcna", "kcna_en.jsonl", "2024-10-08", "detail")
    request = address(site, "Latest")
    for link in SOURCE.parse_list(site.page(request), ENGLISH).links:
        plain = SOURCE.parse_article(site.page(Request(link.url)), link)
        spoilt = SOURCE.parse_article(site.page(Request(link.url), encoding="euc-kr"), link)

        lossy = plain.text.encode("euc-kr", "replace").decode("euc-kr")
        assert spoilt.text.replace("?", " ") == lossy.replace("?", " ")


def test_a_dateline_is_a_date_only_for_a_page_that_was_fetched_soon_after_its_day() -> None:
    stored_page = PAGES["detail-en"]  # "Pyongyang, December 30 (KCNA) --"

    def year(fetched: str) -> str:
        page = replace(stored_page.page, fetched_at=datetime.fromisoformat(fetched))
        return str(SOURCE.parse_article(page, stored_page.link).date)

    assert year("2027-01-03T00:00:00+00:00") == "2026-12-30"
    assert year("2026-12-30T00:00:00+00:00") == "2026-12-30"
    assert year("2026-12-29T02:00:00+00:00") == "2026-12-30"  # a clock that is a day behind
    assert year("2026-11-01T00:00:00+00:00") == "None"


def test_a_media_item_is_an_outcome_of_its_own() -> None:
    outcomes = {name: PAGES[name].facts.get("outcome") for name in PAGES}

    assert outcomes["detail-en-photo"] == outcomes["q-en-video"] == "media_only"
    assert outcomes["detail-en-press-review"] is None, "a press review with text is an article"


def test_a_headline_about_blocked_access_is_not_a_filter_page() -> None:
    page = PAGES["detail-en-drift"]
    body = page.page.body.replace(
        b"<title>KCNA</title>", b"<title>Access blocked to fishing grounds, islanders say</title>"
    )
    body = body.replace(b"<article>", b"<section>")

    with pytest.raises(Drift) as refusal:
        SOURCE.parse_article(replace(page.page, body=body), page.link)
    assert not isinstance(refusal.value, Blocked)


def test_the_latest_list_is_the_one_whose_emptiness_is_a_failure() -> None:
    def minimum(edition: Edition) -> dict[str, int]:
        return {known.name: known.minimum for known in edition.lists}

    assert minimum(ENGLISH) == {"Latest": 5, "Revolutionary Activities": 0, "Top": 0, "External": 0}
    assert [edition.lang for edition in SOURCE.editions if edition.default] == ["en"]
    assert {edition.lang: edition.lists[0].requests[0].url.split("/")[3] for edition in SOURCE.editions} == {
        "en": "en",
        "ko": "kp",
        "zh": "cn",
    }


def test_a_link_in_another_language_is_not_an_entry_of_this_edition() -> None:
    page = PAGES["detail-list-en"].page
    foreign = Page(
        **{name: getattr(page, name) for name in ("request", "url", "status", "headers", "fetched_at")},
        body=page.body.replace(b"/en/article/detail/", b"/kp/article/detail/"),
    )

    read = SOURCE.parse_list(foreign, ENGLISH)

    assert [link.media for link in read.links] == [True], "only the gallery was left as it was"
    assert len(read.skipped) == 6
