"""A newspaper for tests, on a real server, in a simple text format; and the crawl of it.

    paper.publish("a1", "Talks Held", "It was agreed.")
    tally = await paper.poll()

Its lists show ten entries per page. Everything between the server and the store is real, without Prefect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

import pytest

from sunchi.alerts import rules
from sunchi.archive.store import Archive, Writer
from sunchi.errors import Drift
from sunchi.fetch.client import Fetcher
from sunchi.ingest.analysis import Analyzer
from sunchi.ingest.context import CrawlContext
from sunchi.ingest.crawl import Crawl
from sunchi.ingest.summary import Summary
from sunchi.model import (
    ALWAYS,
    Article,
    Edition,
    Link,
    ListAddress,
    Listing,
    Page,
    Politeness,
    Recipient,
    Request,
)
from sunchi.model import Source as Outlet
from sunchi.store import LinkState, ListReading, Store
from sunchi.store.link_rows import add
from tests.detecting import FOLDER, house_lexicon
from tests.web import Asked, Reply, Web

ORIGIN = "http://paper.example"
NOON = datetime(2021, 1, 8, 3, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATEST, TOP = "Latest", "Top"
PYONGYANG = ZoneInfo("Asia/Pyongyang")
FRIDAY = datetime(2021, 1, 8, 22, tzinfo=PYONGYANG).astimezone(UTC)
WEEKDAY, SUNDAY = 20, 2
"""Articles that the paper brings on a day."""

FRIENDSHIP = "The DPRK-China friendship sealed in blood is invincible."
LETTER = "Kim Jong Un Sends Message of Greeting to Xi Jinping"
LETTER_TEXT = (
    "The respected Comrade Kim Jong Un sent a message of greeting to Xi Jinping, general secretary of the Central "
    "Committee of the Communist Party of China, on January 8. The message said that the traditional friendship between "
    "the two countries is invincible."
)


def evening(day: str) -> datetime:
    """Return nearly the end of that day in Pyongyang."""
    return datetime.fromisoformat(day).replace(hour=14, tzinfo=UTC)


async def crawl(context: CrawlContext) -> Summary:
    """Poll an edition once, as the flow does, without Prefect."""
    crawling = Crawl(context)
    await crawling.read_lists()
    await crawling.read_articles()
    crawling.compare_with_usual()
    crawling.audit()
    return context.summary


_LETTERS = str.maketrans("0123456789", "abcdefghij")


@dataclass
class Item:
    key: str
    title: str
    text: str
    day: date
    lists: tuple[str, ...]


@dataclass
class Paper:
    """The newspaper, with one store, archive and desk that read it."""

    web: Web
    folder: Path
    analyzer: Analyzer
    source: str = "paper"
    lang: str = "en"
    now: datetime = NOON
    first_poll: int = 40
    lists: tuple[str, ...] = (LATEST,)
    dated: bool = True  # lists bear dates
    layout: str = "new"  # of the addresses that the site has at present
    items: list[Item] = field(default_factory=list)
    answers: dict[str, Reply | Callable[[Asked], Reply]] = field(default_factory=dict)  # in place of the site's own
    parse_article: Callable[[Page, Link], Article] | None = None
    read_list: Callable[[Listing], Listing] = lambda listing: listing  # what is made of a list that was read
    shown: slice = field(default_factory=lambda: slice(None))  # of what its lists should show
    daily: int = 0  # articles that the paper is known to bring each day
    brief: float = 1.0  # share of its articles that are known to have one paragraph alone
    store_of: Callable[[Store], Any] = lambda store: store  # what stands before it for a test
    writer_of: Callable[[Writer], Any] = lambda writer: writer

    # --- the site

    @property
    def origin(self) -> str:
        return ORIGIN.replace("paper", self.source)

    def publish(self, key: str, title: str, text: str, day: date | None = None, lists: tuple[str, ...] = ()) -> None:
        self.items.insert(0, Item(key, title, text, day or self.now.date(), lists or (LATEST,)))

    def publish_many(self, number: int, day: date | None = None, name: str = "item") -> None:
        for place in range(number):
            letters = f"{name} {place}".translate(_LETTERS)  # no two have a line in common
            self.publish(
                f"{name}{place}",
                f"Title {name} {place}",
                f"What item {letters} says.\nThere is more of {letters}.",
                day,
            )

    def move(self, layout: str) -> None:
        """Give lists and articles other addresses from now on, and articles other keys."""
        self.layout = layout

    def path(self, key: str) -> str:
        return f"/{self.layout}/article/{key}"

    def answer(self, asked: Asked) -> Reply:
        path, _, query = asked.path.partition("?")
        for place, given in self.answers.items():
            if asked.path.startswith(place):
                return given(asked) if callable(given) else given
        layout, kind, name = [*path.strip("/").split("/"), "", ""][:3]
        if layout != self.layout:
            return Reply(status=404)
        if kind == "list":
            return self._conditional(self.list_page(name, int(query.removeprefix("page=") or 1)), asked)
        item = next((item for item in self.items if item.key == name), None)
        return self._conditional(f"ARTICLE\n{item.title}\n{item.text}", asked) if item else Reply(status=404)

    def list_page(self, name: str, number: int) -> str:
        shown = [item for item in self.items if name in item.lists][self.shown]
        page = shown[(number - 1) * 10 : number * 10]
        entries = [
            f"{self.layout}-{item.key}\t{self.path(item.key)}\t{item.day if self.dated else ''}\t{item.title}"
            for item in page
        ]
        more = f"MORE /{self.layout}/list/{name}?page={number + 1}" if len(shown) > number * 10 else ""
        return "\n".join([f"LIST {len(shown)}", *entries, more])

    def _conditional(self, body: str, asked: Asked) -> Reply:
        etag = f'"{crc32(body.encode()):x}"'
        if asked.headers.get("If-None-Match") == etag:
            return Reply(status=304, headers={"ETag": etag})
        return Reply(body, headers={"ETag": etag})

    # --- the walk

    @contextmanager
    def store(self) -> Iterator[Store]:
        with Store.open(f"sqlite:///{self.folder / 'sunchi.db'}") as store:
            yield store

    def outlet(self) -> Outlet:
        return Outlet(
            self.source,
            "The Paper",
            "Asia/Pyongyang",
            (self._edition(),),
            lambda page, edition: self.read_list(parse_list(page, edition)),
            self.parse_article or parse,
        )

    def has_been_polled(self) -> None:
        """The first poll, which alerts nobody, is over; the lists were empty."""
        with self.store() as store:
            for name in self.lists:
                url = f"{self.origin}/{self.layout}/list/{name}"
                store.record_list(ListReading(self.source, self.lang, name, url), [], now=self.now, first_limit=0)
            store.begin_watch(self.source, self.lang, self.now)

    async def poll(self) -> Summary:
        outlet = self.outlet()
        [edition] = outlet.editions
        fetcher = Fetcher(edition, mirror=self.web.origin, delay=0, attempts=1, clock=lambda: self.now)
        with ExitStack() as stack:
            store = self.store_of(stack.enter_context(self.store()))
            writer = stack.enter_context(Archive.open(str(self.folder / "archive")).writer(self.source))
            async with fetcher:
                kept = self.writer_of(writer)
                return await crawl(
                    CrawlContext(
                        outlet, edition, fetcher, kept, store, self.analyzer, self.first_poll, lambda: self.now
                    )
                )

    def _edition(self) -> Edition:
        addresses = [
            ListAddress(
                name,
                (Request(f"{self.origin}/new/list/{name}"), Request(f"{self.origin}/old/list/{name}")),
                minimum=1 if name == LATEST else 0,
            )
            for name in self.lists
        ]
        politeness = Politeness(delay=0)
        return Edition(
            self.source,
            self.lang,
            self.source,
            self.origin,
            tuple(addresses),
            politeness,
            daily=self.daily,
            brief=self.brief,
        )

    async def poll_later(self, step: timedelta = HOUR) -> Summary:
        self.now += step
        return await self.poll()

    # --- what came of it

    def titles(self) -> list[str]:
        with self.store() as store:
            return sorted(row["title"] for row in store.articles())

    def texts(self) -> list[str]:
        """Return every text that an article has had."""
        with self.store() as store:
            return [revision.article.text for row in store.articles() for revision in store.revisions(row["id"])]

    def told(self) -> list[tuple[str, str]]:
        """Return event and title of each alert, the oldest first."""
        with self.store() as store:
            return [(alert.change, alert.title) for alert in reversed(store.alerts())]

    def incidents(self) -> dict[str, str]:
        with self.store() as store:
            return {each.kind: each.message for each in store.incidents()}


def parse_list(page: Page, edition: Edition) -> Listing:
    head, *lines = page.body.decode().splitlines()
    if not head.startswith("LIST"):
        raise Drift(f"{page.url}: no LIST")
    entries = [line.split("\t") for line in lines if "\t" in line]
    links = tuple(
        Link(
            edition.source,
            edition.lang,
            edition.origin + path,
            key,
            title,
            date.fromisoformat(day) if day else None,
            position,
        )
        for position, (key, path, day, title) in enumerate(entries, 1)
    )
    more = next((Request(ORIGIN + line.removeprefix("MORE ")) for line in lines if line.startswith("MORE")), None)
    bad = tuple(f"no address: {line}" for line in lines if line.startswith("BAD"))
    return Listing("plain", links, more, int(head.split()[1]), bad)


def parse(page: Page, link: Link) -> Article:
    head, *rest = page.body.decode().split("\n")
    if head != "ARTICLE":
        raise Drift(f"{page.url}: no ARTICLE")
    title, *paragraphs = rest
    return Article(link.source, link.lang, link.url, link.key, "plain", title, tuple(paragraphs), link.date, "list")


def with_a_footer(page: Page, link: Link) -> Article:
    """A parser that mistakes the footer for text."""
    article = parse(page, link)
    return replace(article, paragraphs=(*article.paragraphs, "Copyright The Paper"))


@cache
def analyzer() -> Analyzer:
    """The project's own lexicon and rules, and one recipient."""
    lexicon = house_lexicon()
    somebody = Recipient("desk-key", "json://desk/…", frozenset({ALWAYS}))
    return Analyzer(lexicon, rules.load_rules(FOLDER / "rules.toml", lexicon), (somebody,))


class Killed(BaseException):
    """The process ends here."""


class Dying:
    """A store or a writer that calls `step` before and after each call, and otherwise behaves like the real one."""

    def __init__(self, real: object, step: Callable[[str], None]) -> None:
        self._real, self._step = real, step

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self._step(f"before {name}")
            result = real(*args, **kwargs)
            self._step(f"after {name}")
            return result

        return call


def lived_through(paper: Paper, days: int, state: LinkState = LinkState.READ, last: int | None = None) -> None:
    """That many days of the paper up to today, polled each evening, with a full list; `last` is today's content."""
    today = paper.now.astimezone(PYONGYANG).date()
    with paper.store() as store:
        for back in range(days, -1, -1):
            at, day = paper.now - back * DAY, today - back * DAY
            number = SUNDAY if day.weekday() == 6 else WEEKDAY
            brought(store, day, at, number if back or last is None else last, state)
            store.record_list_length(f"{ORIGIN}/new/list/{LATEST}", 10, day, at, source="paper", lang="en")


def brought(store: Store, day: date, at: datetime, number: int, state: LinkState) -> None:
    """Return that day's articles, as they were first seen from hour to hour until `at`."""
    with store._writing() as connection:
        for place in range(number):
            link = Link("paper", "en", f"{ORIGIN}/{day}/{place}", f"{day}-{place}", f"Of {day}", day, 1)
            add(connection, [link], state, LATEST, at - place * HOUR / 2)


@pytest.fixture
def paper(web: Web, tmp_path: Path) -> Paper:
    """A newspaper of our own and its crawl, without Prefect."""
    made = Paper(web, tmp_path, analyzer())
    web.otherwise = made.answer
    return made
