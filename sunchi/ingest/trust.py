"""Trust: whether a page is the one requested, and whether to believe a changed text; pure.

Sites answer with a notice, another article, a teaser, or in the wrong encoding, and say 200. So each page is compared
with what its list says; if the two disagree, the link stays due. A text that does not match its title, or seems to be
incomplete, is stored, and nobody is alerted before later looks agree. Nor is a text that replaces another believed at
once: it must be seen for as long as `WAITS[kinship(...)]` says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby, islice, pairwise
from math import sqrt
from typing import Literal
from urllib.parse import urlsplit

from sunchi.errors import Outcome, Untrusted
from sunchi.model import FIRST_DAY, Article, Edition, Link, Page
from sunchi.store import Pending, Shape
from sunchi.text import language_of, normal, sentences
from sunchi.text.ending import is_ended, is_prose, without_ellipsis
from sunchi.text.marks import is_long, is_unmarked
from sunchi.text.notices import says_not_found
from sunchi.text.titles import FEWEST, RELATED, is_cut_from, same_title, share_of, shared_words, speaks_of, stems

DAYS_APART = 3
"""How many days a page's date may differ from its list's where they often do, because of time zones or late posting."""

MANY, SHARE = 5, 1 / 3
"""The number and the share of a crawl's second looks from which changes are an incident of the source."""

FEW_STRAYS, SHARE_OF_STRAYS = 3, 0.15
"""The same for texts taken to belong to other articles; bench/doubts.py says how often that is wrong."""

MOST = 0.5
"""The share of texts that must be hard to believe if it is not known what is usual."""

RARE, COMMON = 0.02, 0.5
"""Shares of an edition's texts: a trait that fewer of them have is doubted for a day, one that more of them have is
not."""

LONG = 50
"""Bytes in UTF-8 from which a paragraph should occur in one article only: Korean and Chinese say more in fewer
characters."""

OF_ANOTHER = 0.3
"""The share of a text, in characters, from which it must not come from another article, or repeat itself.

Of 11,379 real articles, three share more with another one within three days.
"""

FOREIGN = 0.2
"""The share of words in common with the text up to which an addition counts as foreign to it.

An edited sentence keeps most of its words; `python -m bench.doubts` says how many wholly new paragraphs share so few.
"""

BREAKER_LASTS = timedelta(hours=24)
"""How long an incident of a source holds back a text or a change; what is still shown after that is believed."""

_END_MARK = len(" -0-")  # the longest mark that ends an article, and no paragraph in the midst of one
_MARK = "\ufffd"  # a decoder's replacement for bytes that it cannot read
_HIGH = "\u00a0-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # what Windows-1252 makes of the later bytes of a letter in UTF-8
_LOST = re.compile(
    r"\?{3,}|(?<=\w)\?(?=\w)|(?<=\w)[¿□]"  # an encoder's replacement for characters that it cannot write
    r"|(?<=\w)\*{2,}|(?<=\w )\*{2,}|\*{2,}(?= ?\w)"  # a filter's for words that it forbids
    f"|[ÂÃ][{_HIGH}]|[à-ï][{_HIGH}]{{2}}"  # UTF-8 read as Windows-1252
    "|[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]"  # letters of two scripts in one word, against copying
    r"|(?<=\w)[^\S\n],(?=\s)|(?<!\S)'s\b|(?<!\S)(?:은|는|을|를|의|에게|께서)(?!\S)"  # what stood there is left out
)
_ESCAPED = re.compile(
    r"&(?:#\d{2,6}|#x[\da-f]{2,5}|amp|quot|apos|nbsp|lt|gt|[lr][sd]quo|[mn]dash|hellip);|â€"
    r"|</?(?:a|b|br|div|em|h\d|i|img|li|p|span|strong|t[dr]|ul)\b[^<>]*>",
    re.IGNORECASE,
)
"""A character or a tag as HTML writes it, left over where a text was escaped twice, or a quotation mark or dash in
UTF-8 read as Windows-1252. None of 11,450 real articles has one."""

FEW_LOST = 3
"""The number of question marks inside words, of runs of three, of letters that cannot be meant, or of places where a
word is left out, from which a text has lost characters.

Of 11,450 real articles three have so many, two of them New Year editorials of which a copy lost words.
"""

FEW_LINES = 3
"""The paragraphs of a text, at most, of which one may say that the article was not found. No text of 11,450 has one."""

MANY_LINES = 6
_LINE_END = re.compile(r'[.!?。！？…:：;"”’》」)\]]\W*$|-0-\s*$')
"""The paragraphs from which a text must not consist of lines that end anywhere, and how others end."""

_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")  # letters of Japanese and Chinese, written without spaces
LETTERS, SPACES = 50, 0.02
"""The letters from which a text must not be all in capitals, nor have fewer spaces than that share of them.

No text of 11,349 is, and none has.
"""

Kinship = Literal["completed", "related", "moved", "part", "unrelated"]
"""How the new text relates to the old one: it has all of the old one, and more; most words are the same; the same
sentences in another order, in other paragraphs, or some of them twice; only a part of the old one; another text."""


@dataclass(frozen=True, slots=True, order=True)
class Wait:
    """How often a text must be seen, and for how long, before it replaces another."""

    looks: int
    time: timedelta

    def is_over(self, pending: Pending, now: datetime) -> bool:
        """Return whether a link has shown a text often enough, and for long enough."""
        return pending.looks >= self.looks and now - pending.since >= self.time


WAITS: dict[Kinship, Wait] = {
    "completed": Wait(2, timedelta(minutes=15)),  # for a whole text; one that seemed cut is completed at once
    "related": Wait(2, timedelta(minutes=15)),
    "moved": Wait(3, timedelta(hours=24)),
    "part": Wait(3, timedelta(hours=24)),
    "unrelated": Wait(3, timedelta(hours=24)),
}
FIRST_CHANGE = Wait(2, timedelta(minutes=15))
"""The same for an unrelated text in place of one that was seen only once: either of them may be wrong."""

STILL_LISTED = Wait(3, timedelta(hours=24))
"""How often and how long a page must be missing, while its list still shows it, before its absence is believed."""

UNTRUSTED = Wait(3, timedelta(hours=24))
"""How often, and for how long, a link must show the same doubtful text, and no other link show it, to be believed."""

TEXTLESS = UNTRUSTED
"""The same for a page that has a title and no text, though its list does not say that it is a photo or a video."""


def check(link: Link, article: Article, days_apart: int = DAYS_APART) -> None:
    """Raise Untrusted if a page is not the article that its list names, or could not be decoded whole.

    `days_apart`: the number of days by which its date may differ from its list's.
    """
    if (place := _damaged_at(article.text)) is not None and _damaged_at(link.title) is None:
        near = article.text[max(0, place - 20) : place + 20].replace("\n", " ")
        raise Untrusted(Outcome.DAMAGED, f"{link.url}: could not be decoded whole, near “{near}”")
    if _is_levelled("\n".join(article.paragraphs)):
        raise Untrusted(Outcome.DAMAGED, f"{link.url}: has lost its small letters, or its spaces")
    if not same_title(link.title, article.title):
        words = f"the list says “{link.title[:80]}”, the page “{article.title[:80]}”"
        raise Untrusted(Outcome.MISMATCH, f"{link.url}: not the page that was requested: {words}")
    if link.title and is_cut_from(article.title, link.title):
        words = f"the list says “{link.title[:80]}”, the page only “{article.title[:80]}”"
        raise Untrusted(Outcome.MISMATCH, f"{link.url}: {words}")
    if not _same_day(link, article, days_apart):
        words = f"the list says {link.date}, the page {article.date}"
        raise Untrusted(Outcome.MISMATCH, f"{link.url}: not the page that was requested: {words}")
    if contradicts_dateline(article, days_apart):
        words = f"dated {article.date}, and {article.dateline} by its dateline"
        raise Untrusted(Outcome.MISMATCH, f"{link.url}: {words}")


def _damaged_at(text: str) -> int | None:
    """Return where a text first shows that characters were lost, or escaped twice; None if it does not."""
    if _MARK in text:
        return text.index(_MARK)
    if escaped := _ESCAPED.search(text):
        return escaped.start()
    lost = list(islice(_LOST.finditer(text), FEW_LOST))
    return lost[0].start() if len(lost) == FEW_LOST else None


def _is_levelled(text: str) -> bool:
    """Return whether a text has no small letters, or no spaces, though its script has."""
    letters = sum(map(str.isalpha, text))
    if letters < LETTERS:
        return False
    capitals = sum(map(str.isupper, text))
    is_spaced = 3 * len(_UNSPACED.findall(text)) < letters
    in_capitals = 2 * capitals > letters and not any(map(str.islower, text))
    return in_capitals or (is_spaced and text.count(" ") < SPACES * letters)


def check_whole(page: Page) -> None:
    """Raise Untrusted if an HTML page is incomplete, as when a proxy silently lost the connection."""
    if breaks_off(page):
        raise Untrusted(Outcome.DAMAGED, f"{page.url}: the page breaks off before its end")
    body = page.body.lower()
    for start, end in ((b"<!--", b"-->"), (b"<script", b"</script")):
        opened = body.find(start, body.rfind(end) + 1)
        if opened >= 0 and b"</p>" in body[opened:]:
            raise Untrusted(Outcome.DAMAGED, f"{page.url}: its text is inside “{start.decode()}”, which has no end")


def breaks_off(page: Page) -> bool:
    """Return whether an HTML page has a beginning and no end."""
    body = page.body.lower()
    return b"<html" in body and b"</html" not in body


def alike(link: Link, title: str, other: str) -> Untrusted:
    """Return the error for a text that `link` shows under `title`, and another link under `other`."""
    words = f"{link.url}: “{title[:80]}” and “{other[:80]}” show the same text"
    return Untrusted(Outcome.ALIKE, words)


def days_apart(usual: Shape) -> int:
    """Return how many days a page's date may differ from its list's: none in an edition where they hardly ever do."""
    return DAYS_APART if usual.redated >= RARE else 0


def _same_day(link: Link, article: Article, days_apart: int) -> bool:
    if link.date is None or article.date is None or article.date_basis != "page":
        return True
    return abs((link.date - article.date).days) <= days_apart


def contradicts_dateline(article: Article, days_apart: int) -> bool:
    """Return whether a text was not written on the day of its article, the day before, or `days_apart` earlier.

    Of 642 articles of KCNA with a dateline, two were written earlier than the day before, and none later.
    """
    if article.date is None or article.dateline is None:
        return False
    return not 0 <= (article.date - article.dateline).days <= 1 + days_apart


def is_absent(link: Link, article: Article) -> bool:
    """Return whether a page that looks like an article says that there is none: in its title, or in a text of a few
    lines, which may name the article."""
    if says_not_found(article.title):
        return not same_title(link.title or "?", article.title)
    named = re.compile(rf"\W*{re.escape(normal(article.title))}\W*", re.IGNORECASE)
    lines = article.paragraphs if len(article.paragraphs) <= FEW_LINES else ()
    return any(says_not_found(named.sub(" ", normal(line))) for line in lines)


def is_sent_home(page: Page, edition: Edition) -> bool:
    """Return whether a request for an article was redirected to the site's front page or to a list."""
    asked, answered = urlsplit(page.request.url), urlsplit(page.url)
    if page.url == page.request.url or answered.query:
        return False
    lists = {request.url for known in edition.lists for request in known.requests}
    folder = answered.path if answered.path.endswith("/") else f"{answered.path}/"
    return page.url in lists or (asked.path.startswith(folder) and folder.count("/") <= 2)


def is_possible(day: date, today: date) -> bool:
    """Return whether a list's date can be an article's: neither before there were sites, nor in the future."""
    return FIRST_DAY <= day <= today + timedelta(days=2)


def kinship(before: Article, after: Article) -> Kinship:
    """Return how a text relates to the one it would replace."""
    if set(_sentences(before)) == set(_sentences(after)):
        return "moved"
    if _is_part(before, after):
        return "completed"
    if _is_part(after, before):
        return "part"
    old, new = ("\n".join(text.paragraphs) for text in (before, after))
    share = shared_words(normal(old), normal(new))  # without the titles, which may be right even if the text is wrong
    return "related" if share > RELATED else "unrelated"


def _is_part(article: Article, of: Article) -> bool:
    """Return whether a text is the beginning of another one, or some of its paragraphs, whatever lines beside them are
    no sentences, like “Read more”."""
    part, whole = ("\n".join(map(normal, text.paragraphs)) for text in (article, of))
    is_beginning = len(part) < len(whole) and whole.startswith(without_ellipsis(part))
    prose, all_prose = (Counter(filter(is_prose, text.paragraphs)) for text in (article, of))
    return is_beginning or Counter(article.paragraphs) < Counter(of.paragraphs) or (bool(prose) and prose < all_prose)


def seems_cut(article: Article) -> bool:
    """Return whether a text looks like the beginning of one: a single paragraph, or no end of its last sentence."""
    return len(article.paragraphs) <= 1 or not is_ended(article.paragraphs)


def brings_foreign(before: Article, after: Article) -> bool:
    """Return whether what is new in a changed text has nothing to do with the text before, like an advertisement, or is
    only added lines that are no sentences of an article, like the words of buttons."""
    added, gone = (
        Counter(one.paragraphs) - Counter(other.paragraphs) for one, other in ((after, before), (before, after))
    )
    if added and not gone and not any(map(is_article_own, added)):
        return True
    known, new = stems("\n".join((before.title, after.title, *before.paragraphs))), stems("\n".join(added))
    return bool(new) and share_of(new, known) <= FOREIGN


def thinned(thin: Article, full: Article) -> int:
    """Return in how many places a text is another one with paragraphs, letters, words, marks, spaces or capitals lost;
    0 if anything else differs."""
    letters = iter(_letters_of(full))
    if not all(letter in letters for letter in _letters_of(thin)):  # in the same order
        return 0
    kept = set(thin.paragraphs)
    gaps = sum(is_gap for is_gap, _ in groupby(full.paragraphs, lambda each: each not in kept))
    return max(gaps, len(kept - set(full.paragraphs)))


def _letters_of(article: Article) -> Iterable[str]:
    return filter(str.isalnum, "".join(map(normal, article.paragraphs)).casefold())


def lost_words(before: Article, after: Article) -> frozenset[str]:
    """Return the words of a text that another of its article has less often, as they are written."""
    was, now = (Counter(normal("\n".join(text.paragraphs)).split()) for text in (before, after))
    return frozenset(was - now)


def drops_own(before: Article, after: Article) -> bool:
    """Return whether a changed text lacks a whole paragraph that belonged to the text before, with none in its place.

    An editor rewrites; what drops out whole may be lost.
    """
    new = [stems(paragraph) for paragraph in set(after.paragraphs) - set(before.paragraphs)]
    whole = stems("\n".join((before.title, after.title, *after.paragraphs)))
    dropped = map(stems, filter(is_article_own, set(before.paragraphs) - set(after.paragraphs)))
    return any(
        share_of(words, whole) > FOREIGN and all(share_of(words, each) <= FOREIGN for each in new) for words in dropped
    )


def keeps_paragraphs(before: Article, after: Article) -> bool:
    """Return whether a changed text has no paragraph that the text before lacks, whatever mark ended it there."""
    known = {old[: max(len(old) - lost, 0)] for old in before.paragraphs for lost in range(_END_MARK + 1)}
    return known.issuperset(after.paragraphs)


def is_article_own(paragraph: str) -> bool:
    """Return whether a paragraph is prose long enough to occur in one article only.

    Salutations and signatures occur in other letters, too.
    """
    return is_prose(paragraph) and len(normal(paragraph).encode("utf-8", "replace")) >= LONG


def _quotes_its_title(article: Article) -> bool:
    """Return whether a text has its whole title between quotation marks, as a wall has it: Log in to read “…”.

    Of 11,450 articles three have.
    """
    quoted = f'"{normal(article.title)}"'.casefold()
    return len(stems(article.title)) >= FEWEST and quoted in normal("\n".join(article.paragraphs)).casefold()


def _is_wrapped(article: Article) -> bool:
    """Return whether most paragraphs of a text are lines that end anywhere, as six of 11,450 have them."""
    ends = [_LINE_END.search(paragraph) is not None for paragraph in article.paragraphs]
    return len(ends) >= MANY_LINES and 2 * sum(ends) < len(ends)


def _repeats_itself(article: Article) -> bool:
    """Return whether a text repeats much of itself, beyond a sentence that a newspaper highlights, or has one sentence
    twice in a row, or several sentences of one paragraph elsewhere, too, as two of 11,450 do."""
    every = _sentences(article)
    if any(one == other and is_article_own(one) for one, other in pairwise(every)):
        return True
    if _has_summary(article, Counter(every)):
        return True
    again = sum(map(len, every)) - sum(map(len, set(every)))
    return again >= OF_ANOTHER * sum(map(len, every))


def _has_summary(article: Article, times: Counter[str]) -> bool:
    """Return whether a paragraph has several sentences that are elsewhere in the text, too.

    `times`: how often the text has each sentence.
    """
    for paragraph in article.paragraphs:
        own = Counter(_sentences(replace(article, paragraphs=(paragraph,))))
        if sum(times[each] > own[each] and is_article_own(each) for each in own) > 1:
            return True
    return False


def _sentences(article: Article) -> list[str]:
    text = "\n".join(map(normal, article.paragraphs))
    return [text[start:end].strip() for start, end in sentences(text, article.lang)]


@dataclass(frozen=True, slots=True)
class Doubt:
    """The doubt that a text may be incomplete, or another article's."""

    weight: int  # how hard the text is to believe, compared with other doubted texts; 0: no doubt
    wait: Wait  # how often and long it must be seen

    def __bool__(self) -> bool:
        return self.weight > 0

    def __or__(self, other: Doubt) -> Doubt:
        """Return the doubt for both reasons."""
        waits = [each.wait for each in (self, other) if each]
        return Doubt(max(self.weight, other.weight), max(waits, default=self.wait))


def doubt(article: Article, usual: Shape) -> Doubt:
    """Return how hard a text is to believe. A trait that is rare in its edition is doubted for a day."""
    text = "\n".join(article.paragraphs)
    is_astray = not speaks_of(article.title, text)
    own = language_of(text, article.lang)
    is_foreign = own != language_of(article.title, article.lang)
    is_bare = is_long(article.paragraphs) and is_unmarked(article.paragraphs)
    reasons = (
        (1, len(article.paragraphs) <= 1, usual.brief),
        (1, not is_ended(article.paragraphs), usual.unended),
        (2, is_astray, usual.astray),
        (2, is_astray and is_foreign, 0.0),
        (2, language_of(article.paragraphs[-1] if article.paragraphs else "", own) != own, 0.0),
        (2, _repeats_itself(article), 0.0),
        (2, _quotes_its_title(article), 0.0),
        (2, _is_wrapped(article), 0.0),
        (1, is_bare, max(usual.unmarked, RARE)),  # a second look shows whether they were lost
    )
    found = [(weight, share) for weight, applies, share in reasons if applies and share < COMMON]
    is_rare = any(share < RARE for _, share in found)
    return Doubt(max((weight for weight, _ in found), default=0), UNTRUSTED if is_rare else FIRST_CHANGE)


def are_many(changed: int, looks: int) -> bool:
    """Return whether so many of a crawl's second looks changed that it is an incident of the source, not news."""
    return changed >= MANY and changed >= SHARE * looks


def are_many_strays(strays: int, texts: int) -> bool:
    """Return whether so many of a crawl's texts seem to be other articles' that the rest may be, too."""
    return strays >= FEW_STRAYS and strays >= SHARE_OF_STRAYS * texts


def many_doubted(shown: Sequence[bool], usual: float | None) -> bool:
    """Return whether far more texts than usual are hard to believe, as when a site shows teasers.

    `shown`: whether each text of a crawl is; `usual`: the edition's usual share of them, None if unknown.
    """
    number = len(shown)
    if number < 2 * MANY:
        return False
    share = sum(shown) / number
    if usual is None:
        return share > MOST
    spread = sqrt(max(usual * (1 - usual), 0.01) / number)
    return share - usual > 0.15 and (share - usual) / spread > 4
