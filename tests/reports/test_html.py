"""The report: the store's content in one file that runs no code and makes no requests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sunchi.history.past import Past
from sunchi.ingest.history import stored_past
from sunchi.lexicon import Lexicon, load
from sunchi.model import DETAIL, SIGNALS, Event
from sunchi.reports.html import render
from sunchi.reports.material import of_store
from sunchi.reports.periods import Span
from sunchi.settings import ROOT
from sunchi.store import Store
from sunchi.text import article_id, fingerprint
from tests.browser import browse
from tests.store.making import NOW, alert, article, id_of, link, parsed, see, signals
from tests.web import serve

DAY = date(2021, 1, 8)
HOSTILE = '</title><script>document.title="taken"</script><img src=x onerror=alert(1)> {{ 7 * 7 }} ' + "x" * 5_000


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load(ROOT / "lexicon")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'sunchi.db'}") as opened:
        yield opened


class Html(HTMLParser):
    """A page's elements; raises AssertionError if one is not closed properly."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        self.text = " ".join(f"{self.text} {data}".split())

    def every(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == name]


def text(page: str) -> str:
    """Return what a reader sees: no marks, no style, normalized spaces."""
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL).split())


def page_of(store: Store, lexicon: Lexicon, since: date = DAY, until: date = DAY) -> str:
    """Return the report on some days of a store."""
    past = Past(*stored_past(store))
    return render(of_store(store, past, Span(since, until)), lexicon)


def test_the_report_of_an_empty_store_says_so(store: Store, lexicon: Lexicon) -> None:
    page = page_of(store, lexicon)

    assert "0 articles" in page
    assert "No alerts." in page
    assert page.count("None in these days.") >= 3
    assert "No source has been polled yet." in page
    Html(page)


def test_it_shows_the_words_by_partner_and_the_alerts_with_their_links(store: Store, lexicon: Lexicon) -> None:
    see(store, [link("a")])
    store.save(parsed(link("a"), "x", signals=signals(id_of("x"), "CN", "RU"), alerts=[alert(id_of("x"))]))

    page = page_of(store, lexicon)

    assert "China 12 1 50%" in text(page)
    assert "Russia 12 1 50%" in text(page)
    assert "Alerts: 1 high" in text(page)
    assert f'href="{link("a").url}"' in page
    assert alert(id_of("x")).title in page


def test_articles_of_other_days_are_left_out(store: Store, lexicon: Lexicon) -> None:
    see(store, [link("a")])
    store.save(parsed(link("a"), "x", signals=signals(id_of("x"), "CN")))

    assert "About x" not in page_of(store, lexicon, date(2021, 1, 9), date(2021, 1, 10))


def hostile(store: Store) -> None:
    at = link("a")
    found = article(at, "x", title=HOSTILE, url="javascript:alert(1)")
    store.save(parsed(at, "", article=found))
    edited = article(at, "y", title=HOSTILE + "again", url="javascript:alert(1)")
    store.save(parsed(at, "", article=edited))


def test_text_of_a_page_stays_text_and_no_link_runs_anything(store: Store, lexicon: Lexicon) -> None:
    hostile(store)

    page = page_of(store, lexicon)

    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    assert "{{ 7 * 7 }}" in page
    assert "default-src 'none'" in page
    assert not re.search(r"<(link|script|img|iframe)\b|@import|url\(", page)


def written(store: Store, lexicon: Lexicon, folder: Path) -> Path:
    file = folder / "report.html"
    file.write_text(page_of(store, lexicon), "utf-8")
    return file


def test_a_browser_shows_it_and_runs_no_code_of_a_hostile_page(store: Store, lexicon: Lexicon, tmp_path: Path) -> None:
    hostile(store)
    file = written(store, lexicon, tmp_path)

    shown = browse(file, tmp_path)

    assert f"<title>Sunchi: {DAY} to {DAY}</title>" in shown, "no script has changed it"
    assert "1 other text, not known why" in shown


def attacks(origin: str) -> list[str]:
    """Texts that would run, or would call that server, if interpreted as more than text."""
    run = f"document.title='taken';new Image().src='{origin}/ran'"
    return [
        f"</title></style></blockquote></pre><script>{run}</script>",
        f"<script src='{origin}/script.js'></script>",
        f"<img src=x onerror=\"{run}\"><img src='{origin}/img'>",
        f"<svg onload=\"{run}\"><image href='{origin}/svg'/><style>@import '{origin}/css'</style></svg>",
        f"<iframe srcdoc=\"<script>{run}</script>\"></iframe><link rel=stylesheet href='{origin}/link'>",
        f'" onmouseover="{run}" autofocus onfocus="{run}" x="',
        f"<meta http-equiv=refresh content='0;url={origin}/meta'><base href='{origin}/base'>",
        "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {% raw %} {{ config }}",
        f']]>--><a href="javascript:{run}">here</a>',
    ]


def besiege(store: Store, origin: str) -> None:
    """Replace every text in the report that comes from a page, a recipient or a site by an attack."""
    detail = dict.fromkeys(field.name for field in DETAIL.fields)
    urls = [
        "javascript:document.title='taken'",
        "data:text/html,<script>1</script>",
        f"{origin}/' onclick='x\" y=\"z",
        "//x",
    ]
    for number, attack in enumerate(attacks(origin)):
        at = link(f"k{number}", url=f"{urls[number % len(urls)]}#{number}")
        found = article(at, f"x{number}", title=f"{number} {attack}", url=at.url)
        id = article_id("kcna", "en", fingerprint(found.title, found.paragraphs))
        said = detail | {"from": attack, "to": attack, "occasion": attack, "voice": attack, "full_text": True}
        row = {"article": id, "partner": "CN", "start": 0, "end": 5, "quote": attack, "detail": said}
        row |= {"source": "kcna", "lang": "en", "date": DAY, "value": 7.0}
        rows = [row | {"kind": kind, "code": attack} for kind in ("message", "formula")]
        told = alert(id, title=attack, body=f"“{attack}”\n{attack}", url=at.url)
        see(store, [at])
        saved = parsed(at, "", article=found, signals=pl.DataFrame(rows, schema=SIGNALS), alerts=[told])
        store.save(saved)
        store.open_incident("list_short", f"kcna/en {attack}", attack, NOW, source="kcna")
    for delivery in store.claim_deliveries(NOW, limit=100):
        store.mark_sending([delivery.id], NOW)
        store.mark_failed([delivery.id], attacks(origin)[delivery.id % 9], NOW)


@pytest.mark.parametrize("guarded", [True, False], ids=["as it is", "without its security policy"])
def test_in_a_browser_no_text_runs_code_or_makes_requests(
    guarded: bool, store: Store, lexicon: Lexicon, tmp_path: Path
) -> None:
    with serve() as web:
        besiege(store, web.origin)
        file = written(store, lexicon, tmp_path)
        if not guarded:  # escaping must hold alone, too
            file.write_text(file.read_text("utf-8").replace("Content-Security-Policy", "x"), "utf-8")

        shown = browse(file, tmp_path)

        assert web.asked == []
    html = Html(shown)
    assert f"<title>Sunchi: {DAY} to {DAY}</title>" in shown
    active = {"script", "img", "image", "iframe", "link", "base", "object", "embed", "form", "input"}
    assert not {tag for tag, _ in html.elements} & active
    assert not [name for _, attributes in html.elements for name in attributes if name.startswith("on")]
    links = [str(each["href"]) for each in html.every("a") if "href" in each]
    assert {link.partition("://")[0] for link in links if not link.startswith("#")} <= {"http"}
    assert len(html.every("meta")) == 3
    for attack in attacks(web.origin):
        assert html.text.count(" ".join(attack.split())) >= 5, f"shown as it is: {attack}"


def test_the_browser_would_have_run_it(tmp_path: Path) -> None:
    """The premise of the test above: in this browser, at such an address, each attack makes a request of its own."""
    with serve() as web:
        for number in range(5):
            attack = attacks(f"{web.origin}/{number}")[number]
            (tmp_path / f"{number}.html").write_text(f"<!doctype html><title>well</title><body>{attack}", "utf-8")
        frames = [f'<iframe src="{number}.html"></iframe>' for number in range(5)]
        (tmp_path / "all.html").write_text("\n".join(frames), "utf-8")

        browse(tmp_path / "all.html", tmp_path)

        assert {path.split("/")[1] for path in web.paths()} >= set("01234")


# --- what a reader is shown ------------------------------------------------------------------------------------------


def keep(store: Store, source: str, words: str, now: datetime = NOW, **changes: Any) -> str:
    """Store an article of a source with an alert about it; return its id."""
    lang = str(changes.pop("lang", "en"))
    at = link(words, source=source, lang=lang, url=f"http://www.{source}.kp/{words}", date=changes.pop("date", DAY))
    korean = {"title": f"{words}에 대하여", "paragraphs": ("회의가 계속되였다.",)} if lang == "ko" else {}
    found = article(at, words, **korean)
    id = article_id(source, lang, fingerprint(found.title, found.paragraphs))
    see(store, [at], source=source, lang=lang)
    told = alert(id, **{"url": at.url} | changes)
    store.save(parsed(at, words, now, article=found, signals=signals(id, "CN", "RU", "US"), alerts=[told]))
    return id


def test_news_of_two_papers_is_shown_once_with_both(store: Store, lexicon: Lexicon) -> None:
    keep(store, "kcna", "x")
    keep(store, "rodong", "x")

    page = page_of(store, lexicon)

    assert page.count("<h4>China is named first</h4>") == 1
    assert "Alerts: 1 high" in text(page)
    for source in ("kcna", "rodong"):
        assert f'href="http://www.{source}.kp/x"' in page
    assert "2 alerts" in page


def test_news_of_one_paper_in_two_languages_is_shown_once_with_the_words_of_both(
    store: Store, lexicon: Lexicon
) -> None:
    letter = (Event("a letter", DAY),)
    keep(store, "kcna", "a", lang="ko", events=letter, title="축전", body="“친선”")
    keep(store, "kcna", "b", events=letter, title="A Letter", body="“friendship”")
    keep(store, "rodong", "b", title="A Letter", body="“friendship”")

    page = page_of(store, lexicon)

    assert re.findall(r"<h4>(.*?)</h4>", page) == ["A Letter"]
    assert '<blockquote lang="en">“friendship”</blockquote><blockquote lang="ko">“친선”</blockquote>' in page
    assert "3 alerts" in page


def test_an_alert_has_the_title_that_was_sent_and_its_own_quote_first(store: Store, lexicon: Lexicon) -> None:
    letter = (Event("a letter", DAY),)
    keep(store, "kcna", "a", events=letter, title="A Letter: the first in 640 days", body="“He wrote.”")
    keep(store, "rodong", "b", events=letter, title="A Letter", body="“The leader received a letter.”")

    page = page_of(store, lexicon)

    assert re.findall(r"<h4>(.*?)</h4>", page) == ["A Letter: the first in 640 days"]
    assert '<blockquote lang="en">“He wrote.”</blockquote>' in page


def test_the_fullest_paper_of_each_language_is_quoted(store: Store, lexicon: Lexicon) -> None:
    letter, text = Event("a letter", DAY), Event("a letter, in full", DAY)
    keep(store, "hani", "a", lang="ko", events=(letter,), title="축전", body="“친선을 보냈다”")
    keep(store, "kcna", "b", lang="ko", events=(letter, text), title="축전을 보내시였다", body="“친선을 보내시였다”")

    page = page_of(store, lexicon)

    assert re.findall(r"<h4>(.*?)</h4>", page) == ["축전을 보내시였다"]
    assert re.findall("<blockquote.*?>(.*?)</blockquote>", page) == ["“친선을 보내시였다”"]
    assert page.index("http://www.kcna.kp/b") < page.index("http://www.hani.kp/a")


def test_recipients_who_had_it_from_another_edition_are_marked(store: Store, lexicon: Lexicon) -> None:
    keep(store, "kcna", "a", events=(Event("a letter", DAY),))
    claimed = store.claim_deliveries(NOW, limit=9)
    store.mark_sent(store.mark_sending([each.id for each in claimed], NOW), NOW)
    keep(store, "rodong", "a", events=(Event("a letter", DAY),))
    assert store.claim_deliveries(NOW, limit=9) == []

    assert "to json://desk/…: told already, by another edition" in text(page_of(store, lexicon))


def test_the_last_day_comes_first_and_the_most_urgent_of_a_day(store: Store, lexicon: Lexicon) -> None:
    keep(store, "kcna", "a", title="Of little weight", severity="low")
    keep(store, "kcna", "b", title="Of great weight")
    keep(store, "kcna", "c", title="Of the next day", severity="low", date=date(2021, 1, 9))

    page = page_of(store, lexicon, DAY, date(2021, 1, 9))

    assert re.findall(r"<h4>(.*?)</h4>", page) == ["Of the next day", "Of great weight", "Of little weight"]


def test_an_edit_is_shown_on_the_day_it_was_seen_with_both_texts(store: Store, lexicon: Lexicon) -> None:
    id = keep(store, "kcna", "a")
    at = link("a", url="http://www.kcna.kp/a")
    later = datetime(2021, 1, 10, tzinfo=UTC)
    edited = alert(id, "edited", 2, title="Edited", body="Before: “friend”\nNow: “neighbour”\n\nRule: r")
    store.save(parsed(at, "", later, article=article(at, "b"), signals=signals(id, "CN"), alerts=[edited], kind="edit"))

    page = page_of(store, lexicon)

    assert "10 Jan 2021 Edited Before: “friend” Now: “neighbour”" in text(page)
    assert '<td class="short">edited</td>' in page


def test_an_article_without_a_date_does_not_take_its_alert_with_it(store: Store, lexicon: Lexicon) -> None:
    keep(store, "kcna", "a", title="Of an undated text", date=None)

    assert "Of an undated text" in page_of(store, lexicon)
    assert "Of an undated text" not in page_of(store, lexicon, date(2021, 1, 9), date(2021, 1, 9))


def test_an_alert_shows_who_received_it_and_who_did_not_with_the_reason(store: Store, lexicon: Lexicon) -> None:
    keep(store, "kcna", "a")
    first, second = store.claim_deliveries(NOW, limit=2)
    store.mark_sending([first.id], NOW)
    store.mark_sent([first.id], NOW)
    store.mark_sending([second.id], NOW)
    store.mark_failed([second.id], "refused by the desk", NOW)

    shown = text(page_of(store, lexicon))

    assert f"to {first.label}: sent 2021-01-08 03:00 UTC" in shown
    assert f"to {second.label}: pending: refused by the desk" in shown


def test_words_of_two_languages_are_never_added_up(store: Store, lexicon: Lexicon) -> None:
    keep(store, "kcna", "a")
    keep(store, "kcna", "b", lang="ko")

    page = page_of(store, lexicon)

    tone = text(page.split('id="tone"')[1].split('id="phrases"')[0])
    assert tone.count("China 12 1 33%") == 2
    assert tone.index("In English") < tone.index("China 12 1 33%") < tone.index("In Korean")
    assert len(Html(page).every("figure")) == 6


def test_the_same_text_in_two_papers_is_one_table_of_naming(store: Store, lexicon: Lexicon) -> None:
    keep(store, "kcna", "x")
    keep(store, "rodong", "x")

    order = page_of(store, lexicon).split('id="order"')[1].split('id="changes"')[0]

    assert order.count("<table>") == 1
    assert "About x kcna/en, 8 Jan 2021 also in rodong/en" in text(order)


def test_messages_and_phrases_are_listed_by_day_with_their_article(store: Store, lexicon: Lexicon) -> None:
    at = link("a", lang="ko")
    found = article(at, "x", paragraphs=("회의가 계속되였다.",))
    id = article_id("kcna", "ko", fingerprint(found.title, found.paragraphs))
    detail = dict.fromkeys(field.name for field in DETAIL.fields)
    message = {"kind": "message", "code": "floral_basket", "value": 70.0}
    message["detail"] = detail | {"from": "습근평", "to": "김정은", "occasion": "the election", "full_text": True}
    phrase = {
        "kind": "formula",
        "code": "fr",
        "value": 2.0,
        "quote": "특수한 관계",
        "detail": detail | {"voice": "own"},
    }
    denied = phrase | {"detail": detail | {"voice": "third", "negated": True}, "value": -1.0}
    whole = [
        {"article": id, "partner": "CN", "start": 0, "end": 5, "quote": "About"} | row for row in (message, phrase)
    ]
    rows = [{"source": "kcna", "lang": "ko", "date": DAY} | row for row in (*whole, whole[1] | denied)]
    see(store, [at], lang="ko")
    store.save(parsed(at, "x", article=found, signals=pl.DataFrame(rows, schema=SIGNALS)))

    page = page_of(store, lexicon)

    told = "China Xi Jinping → Kim Jong Un floral basket, the election, 70 words, in full About x kcna/ko"
    assert f"8 Jan 2021 {told}" in text(page)
    assert 'title="습근평">Xi Jinping<' in page
    assert "8 Jan 2021 China 특수한 관계 +2 own 특수한 관계 -1 third, negated About x kcna/ko" in text(page)


def test_a_message_in_two_papers_is_one_row_with_both(store: Store, lexicon: Lexicon) -> None:
    detail = dict.fromkeys(field.name for field in DETAIL.fields) | {"direction": "out", "from": "A", "to": "B"}
    row = {"date": DAY, "kind": "message", "partner": "CN", "code": "gift", "value": 0.0, "detail": detail}
    for source in ("kcna", "rodong"):
        at = link("a", source=source, url=f"http://www.{source}.kp/a")
        found = article(at, "x")
        id = article_id(source, "en", fingerprint(found.title, found.paragraphs))
        told = row | {"article": id, "source": source, "lang": "en", "start": 0, "end": 5, "quote": "About"}
        see(store, [at], source=source)
        store.save(parsed(at, "x", signals=pl.DataFrame([told], schema=SIGNALS)))

    page = page_of(store, lexicon)

    table = page.split('id="messages"')[1].split('id="order"')[0]
    assert text(table).count("gift") == 1
    assert "reported About x kcna/en also in rodong/en" in text(table)


def test_an_open_incident_is_shown_at_the_top(store: Store, lexicon: Lexicon) -> None:
    store.open_incident("list_short", "kcna/en latest", "2 links, 40 are usual", NOW, source="kcna")

    page = page_of(store, lexicon)

    assert "Open incidents: 1" in text(page.split("<main>")[0])
    assert "2 links, 40 are usual" in page


def test_it_can_be_read_by_a_screen_reader(store: Store, lexicon: Lexicon) -> None:
    keep(store, "kcna", "a")
    keep(store, "kcna", "b", lang="ko")

    html = Html(page_of(store, lexicon))

    ids = [attributes["id"] for _, attributes in html.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {str(each["href"])[1:] for each in html.every("a") if str(each["href"]).startswith("#")} <= set(ids)
    assert all("scope" in each for each in html.every("th"))
    charts = html.every("svg")
    assert charts
    assert all(each["role"] == "img" for each in charts)
    assert all("words in" in str(each["aria-label"]) for each in charts)
    assert html.every("html")[0]["lang"] == "en"
    assert any(each.get("lang") == "ko" for each in html.every("a"))
    assert any(each.get("lang") == "ko" for each in html.every("blockquote"))


def test_hostile_text_does_not_break_the_page(store: Store, lexicon: Lexicon) -> None:
    hostile(store)
    keep(store, "kcna", "b", title=HOSTILE, body=f"“{HOSTILE}”\n{HOSTILE}", url="javascript:alert(1)")

    page = page_of(store, lexicon)

    html = Html(page)
    assert not {tag for tag, _ in html.elements} & {"script", "img", "iframe", "link"}
    assert not [name for _, attributes in html.elements for name in attributes if name.startswith("on")]


def test_the_page_fits_any_window_width(store: Store, lexicon: Lexicon, tmp_path: Path) -> None:
    hostile(store)
    keep(store, "kcna", "b", title=HOSTILE, body=f"“{HOSTILE}”")
    written(store, lexicon, tmp_path)
    frames = "".join(f'<iframe src="report.html" style="width:{width}px"></iframe>' for width in (400, 800, 1300))
    measure = "f => f.contentDocument.documentElement.scrollWidth - f.contentDocument.documentElement.clientWidth"
    script = f"onload = () => document.title = [...document.querySelectorAll('iframe')].map({measure})"
    (tmp_path / "frames.html").write_text(f"<!doctype html><title></title>{frames}<script>{script}</script>")

    shown = browse(tmp_path / "frames.html", tmp_path, "--allow-file-access-from-files")

    assert "<title>0,0,0</title>" in shown
