"""Text: normal forms for comparing and for matching, the identity of a text, and places in it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sunchi.traditional import SIMPLIFIED

_ONE_SIGN = str.maketrans("‘’‚‛′“”„‟″‐‑‒–—―−", "'''''\"\"\"\"\"-------")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def normal(text: str) -> str:
    """One spelling for one text: NFKC, one blank for any white space, straight quotes and dashes, no unseen characters.

    For comparing, never for showing: offsets are lost.
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_ONE_SIGN)
    return " ".join(text.split())


def fingerprint(title: str, paragraphs: Iterable[str]) -> str:
    """The identity of a text: SHA-256 (hex) over the normal forms of title and paragraphs."""
    normalised = [normal(title), *filter(None, map(normal, paragraphs))]
    return hashlib.sha256("\n".join(normalised).encode("utf-8", "replace")).hexdigest()


def article_id(source: str, lang: str, fingerprint: str) -> str:
    """The name of an article, the same in every database that read its first text: `kcna-en-1f0c…` (16 hex digits)."""
    return f"{source}-{lang}-{fingerprint[:16]}"


# --- Places in a text -----------------------------------------------------------------------------------------------
#
# A span is `(start, end)`, counted in characters of the text that was handed in; `text[start:end]` is what it holds.

Span = tuple[int, int]

_SAME_LENGTH: dict[int, int | str] = {
    **_ONE_SIGN,
    **dict.fromkeys(map(ord, "\u00a0\u3000\t\r"), " "),
    **dict.fromkeys(map(ord, "\u318d\u119e\u30fb"), "·"),  # as Seoul and Tokyo set it between two states: 북ㆍ중
}

LONGEST = 5_000
"""Characters of a sentence. What goes on for longer is none, and is cut, so that no text takes for ever to read."""

# Each begins with the signs that it can begin with, so that `re` leaps from one to the next, and takes up a row of
# them at once, so that a row of 100,000 is read once.
_ENGLISH_END = re.compile(r"[.!?\n](?:(?<=\n)|(?<![.!?]{2})[.!?]*+[\"')\]]*+(?=\s+[\"'(\[]?[A-Z0-9]))")
_KOREAN_END = re.compile(r"[.!?\n](?:(?<=\n)|(?<![.!?]{2})[.!?]*+[\"')\]»》]*+(?=\s))")
_CHINESE_END = re.compile(r"[。！？!?\n](?:(?<=\n)|[。！？!?]*+[\"'」』》）)]*+)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|No|Gen|Col|Lt|Prof|Sen|Rep|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|vs|etc)"
    r"|\b[A-Z]\.[A-Z])$"
)
_OPENS_A_SENTENCE = re.compile(
    r"\s+[\"'(]?(?:The|This|That|These|It|In|On|At|He|She|They|We|But|And|If|As|There|Such|All|No|What)\b"
)

_BETWEEN_BLANKS = re.compile(r"(?<!\S)[^\w\s]*+\S+")
_LETTER = re.compile(r"\w")
_CHINESE_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[A-Za-z0-9]+")

_DATELINE_ZH = re.compile(
    r" *\(?[^\n\d,。(]{0,12}(?:\d{1,2}月)?\d{1,2}日(?:朝中社|朝鲜中央通讯社|新华社|发)?电"
    r"(?: ?(?:朝中社|朝鲜中央通讯社))?(?: ?\([^()\n]{0,20}\)|\))?(?: *-+ *| +|(?<=\)))"
)
_DATELINES = (
    ("(", re.compile(r" *[A-Z][\w.' ]{2,30}, *[A-Z][a-z]{2,8}\.? +\d{1,2} *\([A-Z][\w/ ]{1,20}\) *(?:-+ *)?")),
    ("일발", re.compile(r" *\([^()\n]{1,12} \d{1,2}월 ?\d{1,2}일발 [^()\n]{1,12}\) *")),  # (평양 5월 1일발 …)
    ("日", _DATELINE_ZH),  # 新华社平壤10月8日电(记者某)
)  # each with what stands in every one: "Pyongyang, May 1 (KCNA) --"
_MARKS = re.compile(r"-0-|\(끝\)|(?<!\S)www\.kcna\.kp[^\n]*$", re.MULTILINE)


@lru_cache(maxsize=256)
def language(tag: str) -> str:
    """`en-US` -> `en`."""
    return tag.partition("-")[0].lower()


def plain(text: str, lang: str = "") -> str:
    """The same text with straight quotes and dashes, plain blanks, digits and letters, simplified characters.

    Every character stays in its place: what NFKC would make longer ("…", "㈜") is left as it is.
    """
    if text.isascii() and "\t" not in text and "\r" not in text:
        return text
    if not unicodedata.is_normalized("NFKC", text):
        text = _BEYOND_ASCII.sub(_one_for_one, text)
    text = text.translate(_SAME_LENGTH)
    return text.translate(SIMPLIFIED) if language(lang) == "zh" else text


def in_small_letters(text: str) -> str:
    """The text in small letters, each in its place: a letter whose small form is two signs stays as it is."""
    small = text.lower()
    return small if len(small) == len(text) else "".join([s if len(s := sign.lower()) == 1 else sign for sign in text])


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def _one_for_one(sign: re.Match[str]) -> str:
    normal = unicodedata.normalize("NFKC", sign[0])
    return normal if len(normal) == 1 else sign[0]


def sentences(text: str, lang: str) -> list[Span]:
    """Sentences of `text`, in order, without the blanks around them; a line's end always ends one. `text` is plain."""
    tongue = language(lang)
    end = {"ko": _KOREAN_END, "zh": _CHINESE_END, "ja": _CHINESE_END}.get(tongue, _ENGLISH_END)
    spans: list[Span] = []
    start = 0
    for match in end.finditer(text):
        sign, after = match.span()
        if end is _ENGLISH_END and after == sign + 1 and text[sign] == "." and not _ends(text, sign, after):
            continue
        _add(spans, text, start, after)
        start = after
    _add(spans, text, start, len(text))
    return spans


def _ends(text: str, dot: int, after: int) -> bool:
    """Whether the full stop at `dot` ends a sentence: after "U.S." only a word that opens sentences shows it."""
    if dot >= 5 and text[dot - 5 : dot].isalpha():  # longer than any abbreviation, as most words are
        return True
    if not _ABBREVIATED.search(text, max(0, dot - 8), dot):
        return True
    return bool(_OPENS_A_SENTENCE.match(text, after))


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    """Adds a span without the blanks at its ends, and in pieces where it is too long."""
    while start < end:
        if text[start].isspace():
            start += 1
            continue
        cut = end
        if end - start > LONGEST:
            blank = text.rfind(" ", start, start + LONGEST)
            cut = blank if blank > start else start + LONGEST
        last = cut
        while text[last - 1].isspace():
            last -= 1
        spans.append((start, last))
        start = cut


def words(text: str, lang: str) -> list[Span]:
    """Words: Chinese characters; in other languages what stands between blanks and holds a letter or a digit."""
    return [match.span() for match in _word(lang).finditer(text)]


def count_words(text: str, lang: str) -> int:
    """How many words `words` would find."""
    if _word(lang) is _CHINESE_WORD:
        return len(_CHINESE_WORD.findall(text))
    held = text.split()
    return len(held) - len([word for word in held if not word[0].isalnum() and not _LETTER.search(word)])


def _word(lang: str) -> re.Pattern[str]:
    return _CHINESE_WORD if language(lang) in ("zh", "ja") else _BETWEEN_BLANKS


def frame(text: str) -> list[Span]:
    """What stands around an article's words and is none of them, in order.

    Datelines, end marks, the site's own line; and all that follows where a site goes on with "More From" others.
    """
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.startswith("More From "):
            return [*spans, (start, len(text))]
        dateline = None
        for sign, form in _DATELINES:
            if sign in line and (dateline := form.match(text, start, end)):
                break
        if dateline:
            spans.append(dateline.span())
        if "-0-" in line or "(끝)" in line or "www." in line:
            spans += [mark.span() for mark in _MARKS.finditer(text, dateline.end() if dateline else start, end)]
        start = end + 1
    return spans


def blank(text: str, spans: Iterable[Span]) -> str:
    """`text` with the spans, in any order, blanked out; every other character stays in its place."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end > done:
            pieces += (text[done : max(start, done)], " " * (end - max(start, done)))
            done = end
    return "".join([*pieces, text[done:]]) if pieces else text


# --- Texts for matching alone ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is matched, and for each of its characters the place of the one it stands for."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """A span of the folded text, which is not empty, as a span of the text that was folded."""
        return self.places[start], self.places[end - 1] + 1


_LETTERS = {"en": re.compile("[A-Za-z]"), "ko": re.compile("[가-힣]"), "zh": re.compile("[\u4e00-\u9fff]")}


def letters_of(text: str) -> str:
    """The language whose letters are more than half of a text's; "" of none."""
    times = {lang: len(letters.findall(text)) for lang, letters in _LETTERS.items()}
    return next((lang for lang, many in times.items() if many > sum(times.values()) / 2), "")


_A_WORD = 20  # signs; what is longer is none


def cut(text: str, length: int) -> str:
    """At most so many signs, with an ellipsis where some are left out; only a very long word is cut."""
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    whole = kept if text[length - 1].isspace() else kept[: kept.rfind(" ") + 1]
    return (whole if len(whole) > len(kept) - _A_WORD else kept).rstrip() + "…"


def squeeze(text: str) -> tuple[str, list[int]]:
    """`text` without its blanks, and for each character left its place in `text`.

    Korean is matched so: Pyongyang closes up what Seoul writes apart (전략적의사소통, 전략적 의사소통).
    """
    places = [at for at, sign in enumerate(text) if not sign.isspace()]
    return "".join(text[at] for at in places), places


def as_it_is(text: str) -> Folded:
    """A text that is matched as it stands."""
    return Folded(text, range(len(text)))


class Spelling:
    """How words are spelled for matching: what is written apart or in another way is one.

    Korean is matched without blanks, since Pyongyang closes up what Seoul writes apart (전략적의사소통), and in
    Northern spelling (역사 as 력사). Chinese is matched without blanks and without the readings that some pages put in
    brackets (習(xí)近平).
    """

    def __init__(self, pairs: Mapping[str, str]) -> None:
        """`pairs`: Southern spelling -> Northern spelling; the longest that fits is taken."""
        self._pairs = dict(pairs)
        either = "|".join(re.escape(south) for south in sorted(pairs, key=lambda s: (-len(s), s)))
        self._south = re.compile(either)

    def fold(self, text: str, lang: str) -> Folded:
        """`text`, which is plain, as it is to be matched."""
        tongue = language(lang)
        if tongue not in ("ko", "zh"):
            return as_it_is(text)
        hidden = {at for m in _READING.finditer(text) for at in range(*m.span())} if tongue == "zh" else ()
        places = [at for at, sign in enumerate(text) if not sign.isspace() and at not in hidden]
        bare = "".join([text[at] for at in places])
        return self._respelled(bare, places) if self._pairs else Folded(bare, places)

    def _respelled(self, bare: str, places: list[int]) -> Folded:
        pieces: list[str] = []
        kept: list[int] = []
        done = 0
        for match in self._south.finditer(bare):
            north = self._pairs[match[0]]
            last = match.end() - 1
            pieces += (bare[done : match.start()], north)
            kept += places[done : match.start()]
            kept += [places[min(match.start() + n, last)] for n in range(len(north) - 1)]
            kept.append(places[last])
            done = match.end()
        return Folded("".join([*pieces, bare[done:]]), kept + places[done:])


_READING = re.compile(r"(?<=[\u4e00-\u9fff]) ?\([A-Za-z\u00c0-\u01dc]{1,8}\)")
