"""What strangers can send to Sunchi, one target each: bytes in, and only a broken promise raises an exception.

`make fuzz` runs `TARGETS` on mutated seeds and random bytes, and the suite runs them for a few seconds. The first bytes
of an input choose the circumstances (address, language, charset), so that these are mutated, too.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from time import process_time
from urllib.parse import urlsplit

from parsers import SOURCES, markup
from parsers import rodong as rodong_site
from parsers.dates import dated, dateline
from parsers.stored import StoredPage, stored
from sunchi import text
from sunchi.alerts import rules
from sunchi.archive import warc
from sunchi.cli import article_files as lines
from sunchi.errors import LexiconError, ParseError
from sunchi.fetch.robots import MAX_CRAWL_DELAY, Robots
from sunchi.ingest.analysis import Analyzer
from sunchi.lexicon.calendar import CalendarEntry, calendar_entries
from sunchi.lexicon.csv_file import File
from sunchi.lexicon.families import families
from sunchi.lexicon.load import FILES
from sunchi.lexicon.occasions import Occasion, occasions
from sunchi.lexicon.organizations import organizations
from sunchi.lexicon.partners import names_of
from sunchi.lexicon.patterns import compile_form
from sunchi.lexicon.persons import persons
from sunchi.lexicon.standings import standings
from sunchi.lexicon.vocabulary import classes_of
from sunchi.lexicon.voices import Tone, Voice, tones, voices
from sunchi.model import Article, Listing, Page, Recipient, Request
from sunchi.text.safe import in_markdown, safe_text, web_address
from tests.detecting import FOLDER, house_lexicon
from tests.signals import tables

HERE = Path(__file__).parent
PAGES = [page for page in stored(HERE.parent / "parsers" / "pages") if page.facts]
NOON = datetime(2021, 1, 8, 3, tzinfo=UTC)

PATIENCE = 1.0
"""Seconds of the processor that one input may take."""


class TooSlow(AssertionError):
    """An input took longer than PATIENCE."""


@dataclass(frozen=True)
class Target:
    name: str
    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]

    def check(self, given: bytes) -> float:
        """Run one input; return the seconds of processor time. Raises for any broken promise."""
        began = process_time()
        self.run(given)
        took = process_time() - began
        if took > PATIENCE:
            raise TooSlow(f"{self.name}: {took:.1f} s for {len(given)} bytes: {given[:200]!r}")
        return took


def pumped(given: bytes, room: int, chance: Callable[[], float]) -> bytes:
    """Return the input with a piece of it repeated up to some thousand times; `chance` gives numbers from 0 to 1."""
    start = int(chance() * len(given))
    piece = given[start : start + 1 + int(chance() * 40)] or b"a"
    times = int(chance() ** 2 * max(0, room - len(given)) / len(piece))
    return (given[:start] + piece * times + given[start:])[:room]


# --- pages ----------------------------------------------------------------------------------------------------------

CHARSETS = ("", "", "utf-8", "euc-kr", "gb2312", "big5", "iso-8859-1", "rot13", "utf-16")


def read_page(stored_page: StoredPage, body: bytes, content_type: str = "") -> Listing | Article | None:
    """Parse `body` in place of the stored page's; return None if it is refused."""
    source = SOURCES[stored_page.source]
    page: Page = replace(stored_page.page, body=body)
    if content_type:
        page = replace(page, headers=(("Content-Type", content_type), *page.headers))
    try:
        if stored_page.facts["kind"] == "list":
            return source.parse_list(page, stored_page.edition(source))
        return source.parse_article(page, stored_page.link)
    except ParseError as refusal:
        said = str(refusal)
    assert stored_page.page.url.partition("#")[0] in said, "a refusal says of which page it speaks"
    return None


def assert_clean(value: Listing | Article) -> None:
    """Assert that each text is one line without control characters, and each address one of the web."""
    shown = [link.title for link in value.links] if isinstance(value, Listing) else [value.title, *value.paragraphs]
    assert isinstance(value, Listing) or value.paragraphs, "an article without text is refused, not returned"
    for line in shown:
        assert line
        assert line == " ".join(line.split())
        assert not re.search("[\x00-\x1f\x7f-\x9f]", line)
        line.encode()  # no lone surrogates
    if isinstance(value, Article):
        for line in (value.subtitle, value.byline, value.section):
            assert line == " ".join(line.split())
        for url in value.links:
            assert urlsplit(url).scheme in ("http", "https")


def assert_at_home(value: Listing, page: StoredPage) -> None:
    """Assert that a list leads only to its own site."""
    edition = page.edition(SOURCES[page.source])
    homes = {urlsplit(url).netloc for url in (page.page.url, edition.origin, *edition.other_origins)}
    for url in (*(link.url for link in value.links), *([value.more.url] if value.more else [])):
        assert urlsplit(url).netloc in homes, url
        assert urlsplit(url).scheme in ("http", "https")
    assert len({link.key for link in value.links}) == len(value.links)
    assert [link.position for link in value.links] == sorted(link.position for link in value.links)


def _page(pages: list[StoredPage], given: bytes) -> None:
    if len(given) < 2:
        return
    page, charset = pages[given[0] % len(pages)], CHARSETS[given[1] % len(CHARSETS)]
    value = read_page(page, given[2:], f"text/html; charset={charset}" if charset else "")
    if value is not None:
        assert_clean(value)
        if isinstance(value, Listing):
            assert_at_home(value, page)


def _page_targets() -> Iterator[Target]:
    """One target for each source, layout and kind; pages that a source refuses are seeds of each of its targets."""
    for source in SOURCES.values():
        refused = [page for page in PAGES if page.source == source.name and "outcome" in page.facts]
        for layout in source.layouts:
            for kind in layout.kinds:
                own = [p for p in PAGES if _is_of(p, source.name, layout.name, kind)]
                pages = own + [page for page in refused if page.facts["kind"] == kind]
                seeds = tuple(bytes([n, 0]) + page.file.read_bytes() for n, page in enumerate(pages))
                yield Target(f"{source.name} {layout.name} {kind}", partial(_page, pages), seeds)


def _is_of(page: StoredPage, source: str, layout: str, kind: str) -> bool:
    shown = page.facts.get("expected", {}).get("layout")
    return (page.source, shown, page.facts["kind"]) == (source, layout, kind)


# --- what parsers share ---------------------------------------------------------------------------------------------

LANGUAGES = ("en", "ko", "zh", "es")


def _markup(given: bytes) -> None:
    if len(given) < 2:
        return
    lang, charset = LANGUAGES[given[0] % len(LANGUAGES)], CHARSETS[given[1] % len(CHARSETS)]
    url = "http://site.example/"
    page = Page(Request(url), url, 200, (("Content-Type", f"text/html; charset={charset}"),), given[2:], NOON)
    try:
        tree = markup.document(page, lang)
    except ParseError:
        return
    for node in tree.css("p, h1, body"):
        line = markup.text_of(node, lang)
        assert line == markup.clean(line)
        line.encode()


def _dates(given: bytes) -> None:
    words = given.decode("utf-8", "surrogatepass" if given[:1] == b"s" else "replace") if _decodes(given) else ""
    found = (dated(words), dateline((words,), NOON, "Asia/Pyongyang"))
    for day in found:
        assert day is None or date(1945, 1, 1) <= day <= date(2100, 12, 31)
    assert found[1] is None or found[1] <= date(2021, 1, 9)


def _decodes(given: bytes) -> bool:
    try:
        given.decode("utf-8", "surrogatepass" if given[:1] == b"s" else "replace")
    except UnicodeDecodeError:
        return False
    return True


def _base64(given: bytes) -> None:
    href = given.decode("utf-8", "replace")
    for edition in SOURCES["rodong"].editions:
        found = rodong_site._target(edition, href)
        if found:
            assert found.url.startswith(f"{rodong_site.ORIGIN}/{rodong_site.PATHS[edition.lang]}/index.php?")
            assert re.fullmatch(r"[0-9A-Z-]{12,16}", found.key)
    assert all(isinstance(each, str) for each in rodong_site._fields(href))


def _robots(given: bytes) -> None:
    rules_of_site = Robots.read(given)
    assert 0 <= rules_of_site.delay <= MAX_CRAWL_DELAY
    for url in (
        "http://www.kcna.kp/en/article/detail/" + "0a" * 16,
        "http://www.rodong.rep.kp/en/index.php?MkBAMkAxQA==",
    ):
        if not rules_of_site.allow(url):
            rules_of_site.rule_against(url)


# --- what is kept ---------------------------------------------------------------------------------------------------

_CUT = b"\n--- next record ---\n"
_DIGEST = re.compile(rb"(WARC-Block-Digest: )[^\r\n]*")


def _warc(given: bytes) -> None:
    """Odd first byte: a file as it is. Even: records compressed here.

    Their digests are right, since no mutation of compressed bytes gets past a checksum.
    """
    packed = given[1:] if given[:1] and given[0] % 2 else b"".join(map(_packed, given[1:].split(_CUT)))
    for found in warc.pages(BytesIO(packed)):
        assert 0 <= found.offset <= len(packed)
        if isinstance(found, warc.PagePlace):
            assert found.page.fetched_at.tzinfo is not None
            assert 0 < found.length <= len(packed)
            assert found.page.url is not None


def _packed(record: bytes) -> bytes:
    head, gap, block = record.partition(b"\r\n\r\n")
    length = re.search(rb"Content-Length: ([0-9]{1,6})", head)
    held = block[: int(length[1])] if length else block
    right = _DIGEST.sub(lambda found: found[1] + warc._digest(held).encode(), head)
    return gzip.compress(right + gap + block, 1)


def _warc_seeds() -> Iterator[bytes]:
    url = "http://www.kcna.kp/en/article/list/a666dda1282180e0ee1b4427b0574ae7"
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    get = Page(Request(url), url, 200, headers, b"<p>One.</p>", NOON)
    form = (("page_num", "2"), ("keyword", ""))
    post = Page(Request(url + "?조선", "POST", form), url, 304, (), b"", NOON)
    for page in (get, post):
        packed = warc.records(page)
        members = [member.content for member in warc._members(BytesIO(packed)) if isinstance(member, warc._Member)]
        yield b"\x00" + _CUT.join(members)
        yield b"\x01" + packed


def _lines(given: bytes) -> None:
    faults: list[str] = []
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(given)
        file.flush()
        found = list(lines.frames([Path(file.name)], faults))
    for frame in found:
        for row in frame.iter_rows(named=True):
            json.dumps(row, ensure_ascii=False, default=str).encode()
    for fault in faults:
        assert re.match(rf"{re.escape(file.name)}:(?:[0-9]+:)? ", fault)  # of a line, or of the whole file
        assert len(fault) < 1_000
        assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", fault)


_LINE_SEEDS = tuple(
    json.dumps(row, ensure_ascii=False).encode()
    for row in (
        {"id": "a", "source": "kcna", "lang": "en", "url": "http://x.example/", "date": "2024-10-06", "title": "One"}
        | {"paragraphs": ["Two.", "Three."], "page": 1, "pages": 2, "position": 3, "entries": 4, "photos": 5},
        {"id": "b", "lang": "ko", "title": "하나", "paragraphs": []},
        {
            "id": "c",
            "lang": "zh",
            "date": None,
            "title": "\ud800".encode("utf-8", "replace").decode(),
            "paragraphs": [""],
        },
    )
)

# --- texts ----------------------------------------------------------------------------------------------------------


def _words_of(given: bytes) -> tuple[str, str]:
    """Return language and text, which may include lone surrogates."""
    lang = LANGUAGES[given[0] % len(LANGUAGES)]
    try:
        return lang, given[1:].decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return lang, given[1:].decode("utf-8", "replace")


def _text(given: bytes) -> None:
    if not given:
        return
    lang, words = _words_of(given)
    plain = text.plain(words, lang)
    assert len(plain) == len(words)
    for spans in (text.sentences(plain, lang), text.words(plain, lang), text.frame(plain)):
        assert all(0 <= start < end <= len(plain) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert text.count_words(plain, lang) == len(text.words(plain, lang))
    assert len(text.blank(plain, text.frame(plain))) == len(plain)
    folded = house_lexicon().spelling[lang].fold(plain, lang)
    assert len(folded.places) == len(folded.text)
    for at in range(0, len(folded.text), max(1, len(folded.text) // 20)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(plain)
    assert text.normal(text.normal(words)) == text.normal(words)
    assert len(text.fingerprint(words, [words])) == 64


@cache
def house_analyzer() -> Analyzer:
    """The project's own lexicon and rules, and one recipient."""
    lexicon = house_lexicon()
    somebody = Recipient("desk", "json://desk/…", frozenset({"always"}))
    return Analyzer(lexicon, rules.load_rules(FOLDER / "rules.toml", lexicon), (somebody,))


def _signals(given: bytes) -> None:
    """Check that every signal's quote is the text at its place, and that no alert can be interpreted as markup."""
    if not given:
        return
    lang, words = _words_of(given)
    title, *paragraphs = words.encode("utf-8", "replace").decode().split("\n")
    read = Article("kcna", lang, "http://www.kcna.kp/en/a", "a", "q", title, tuple(paragraphs), NOON.date(), "page")
    found = house_analyzer().signals("a", read)
    for row in found.iter_rows(named=True):
        if row["quote"]:
            assert row["quote"] == read.text[row["start"] : row["end"]]
    for alert in house_analyzer().alerts_of_new("a", read, found):
        assert alert.title
        assert "\n" not in alert.title
        for said in (alert.title, alert.body):
            assert safe_text(said) == said


def _wording(given: bytes) -> None:
    if not given:
        return
    _, words = _words_of(given)
    shown = safe_text(words)
    assert safe_text(shown) == shown
    assert not re.search("[<>@`\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert "](" not in shown
    marked = in_markdown(words)
    assert "\n" not in marked
    around = re.sub("<https?://[^<>]+>", "", marked)
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]*_`|<>]", around)
    assert not re.match(r"[#+-]|\d+[.)]", marked)
    assert not re.search("&(?!amp;)", around)
    url = web_address(words)
    assert not url or (url == words and urlsplit(url).scheme in ("http", "https"))


# --- the analyst's files --------------------------------------------------------------------------------------------


def _forms(given: bytes) -> None:
    if not given:
        return
    lang, form = _words_of(given)
    try:
        made = compile_form(text.plain(form, lang), lang, ["조중", "朝中"], {"tie": ["friendship", "ties"]})
    except ValueError:
        return
    pattern = re.compile(made.pattern, re.IGNORECASE)
    assert pattern.groups == 0
    assert made.anchors


_STATES = frozenset({"CN", "RU", "US", "JP", "KP"})
_READERS: dict[str, Callable[[File], Iterable[object]]] = {
    "partners.csv": names_of,
    "vocabulary.csv": classes_of,
    "authority.csv": voices,
    "stance.csv": tones,
    "calendar.csv": partial(calendar_entries, partners=_STATES),
    "organizations.csv": partial(organizations, known=_STATES),
    "persons.csv": partial(persons, known=_STATES, offices=()),
    "occasions.csv": partial(occasions, known=_STATES),
    "families.csv": families,
    "standings.csv": lambda file: [standings(file, _STATES)],
}


def _rows(given: bytes) -> None:
    """Check rows of an analyst's file: each is either reported with its line, or usable."""
    if not given:
        return
    name, read = list(_READERS.items())[given[0] % len(_READERS)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(",".join(FILES[name]).encode() + b"\n" + given[1:])
        faults: list[str] = []
        found = list(read(File(path, FILES[name], faults)))
    for fault in faults:
        assert re.match(rf"{re.escape(name)}:[0-9]+: ", fault)
    for row in found:
        if isinstance(row, Tone):
            assert row.head, "what every text holds is no word"
        elif isinstance(row, Voice):
            assert all(row.anchors), "what every text holds is no document"
        elif isinstance(row, Occasion):
            row.days_from(NOON.date())
        elif isinstance(row, CalendarEntry):
            assert isinstance(row.holds("CN", "out", NOON.date()), bool)


def _row_seeds() -> Iterator[bytes]:
    for number, name in enumerate(_READERS):
        held = [row for row in (FOLDER / name).read_bytes().splitlines(keepends=True) if not row.startswith(b"#")]
        yield from (bytes([number]) + b"".join(held[1 + start :: 40][:6]) for start in range(4))


def _rules(given: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".toml") as file:
        file.write(given)
        file.flush()
        try:
            rules.load_rules(Path(file.name), house_lexicon())
        except LexiconError as error:
            for fault in str(error).splitlines():
                assert re.match(rf"{re.escape(Path(file.name).name)}:[0-9]+: ", fault)


def _rule_seeds() -> Iterator[bytes]:
    whole = (FOLDER / "rules.toml").read_text("utf-8")
    assert tomllib.loads(whole)
    for rule in whole.split("[[rule]]")[1:]:
        yield f"[[rule]]{rule}".encode()


def _sentences() -> Iterator[bytes]:
    """Texts of our own in each language: from the tables of tests/signals, and the examples of the lexicon."""
    found = [
        (case.lang, "\n".join(tables.paragraphs(case.text)))
        for file in sorted(tables.FOLDER.glob("*/*.md"))
        for behaviour in tables.read(file)
        for case in behaviour.cases
    ]
    with (FOLDER / "examples.csv").open(encoding="utf-8") as file:
        found += [
            (lang, f"\n{said}") for _, lang, _, said in list(csv.reader(row for row in file if row[0] != "#"))[1:]
        ]
    for lang, words in found[::3]:
        yield bytes([LANGUAGES.index(lang)]) + words.encode()


def targets() -> list[Target]:
    """Return all targets, each with a unique name."""
    said = tuple(_sentences())
    return [
        *_page_targets(),
        Target("markup", _markup, tuple(b"\x00\x00" + page.file.read_bytes() for page in PAGES[::6])),
        Target("dates", _dates, (b"Juche113.10.6.", "주체111(2022)년 3월 10일".encode(), b"Mar. 10, Juche 111 (2022)",
                                 b"Pyongyang, December 30 (KCNA) --", "朝中社平壤8月21日电".encode())),
        Target("base64", _base64, (b"index.php?MTJAMjAyNS0xMC0xMC0wMTNAM0AxQEAwQDg9",
                                   b"javascript:article_open('index.php?MkBAMkAxQA==')",
                                   b"index.php?strPageID=SF01_02_01&newsID=2022-03-10-0003")),
        Target("robots", _robots, (b"User-agent: *\nDisallow: /admin/*x$\nAllow: /en/\nCrawl-delay: 5\n",
                                   b"User-agent: Sunchi\nDisallow: /en\nDisallow: /*?\n")),
        Target("warc", _warc, tuple(_warc_seeds())),
        Target("lines", _lines, _LINE_SEEDS),
        Target("text", _text, said),
        Target("signals", _signals, said),
        Target("wording", _wording, said),
        Target("forms", _forms, (b"\x00[{tie}+] {tie} (a/b) * {pair} {partner}", "\x01[동지적] {pair}친선".encode())),
        Target("rows", _rows, tuple(_row_seeds())),
        Target("rules", _rules, tuple(_rule_seeds())),
    ]  # fmt: skip
