"""Segments of a text: its sentences, its words, and what surrounds them, as spans.

A span is `(start, end)`, counted in characters of the given text; its content is `text[start:end]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sunchi.text.language import primary_language

Span = tuple[int, int]

LONGEST = 5_000
"""The most characters of a sentence. Longer ones are cut, so that no text takes unlimited time."""

_LONGEST_IN = {"ko": 1_000, "zh": 1_000, "ja": 1_000}
"""Languages that need fewer characters: no known Korean sentence has 500."""

# Each begins with its possible first characters, so that `re` can skip to the next one, and takes a run of them at
# once, so that a run of 100,000 is read once.
_LATIN_END = re.compile(r"[.!?\n](?:(?<=\n)|(?<![.!?]{2})[.!?]*+[\"')\]»]*+(?=\s+[\"'(\[«¿¡]{0,2}[A-Z0-9]))")
_KOREAN_END = re.compile(r"[.!?\n](?:(?<=\n)|(?<![.!?]{2})[.!?]*+[\"')\]»》]*+(?=\s))")
_CHINESE_END = re.compile(r"[。！？!?\n](?:(?<=\n)|[。！？!?]*+[\"'」』》）)]*+)")
_ENDS = {"ko": _KOREAN_END, "zh": _CHINESE_END, "ja": _CHINESE_END}

# Titles and months, by length, since all that a lookbehind of `re` may match has one length.
_ABBREVIATIONS = (
    r"Co|Dr|Lt|Mr|Ms|Mt|No|Sr|St|vs",
    r"C\.C|Col|Dra|Gen|Ing|Lic|Ltd|Mrs|Rep|Sen|Sra|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
    r"Cnel|Gral|Pres|Prof|Secy|Sept|Srta",
    r"Lieut",
)
# "U.S", "EE.UU", "s. Korea"
_ABBREVIATED = re.compile(rf"(?:\b(?:[A-Z]|[A-Z]\.[A-Z]|EE\.UU|etc|{'|'.join(_ABBREVIATIONS)})| s)$")
_OPENER = (
    r"[\"'(«¿¡]{0,2}(?:The|This|That|These|It|In|On|At|He|She|They|We|But|And|If|As|There|Such|All|No|What"
    r"|El|La|Los|Las|Lo|Un|Una|Este|Esta|Esto|Estos|Estas|Eso|Ese|Esa|En|Al|Con|Por|Para|Segun|Si"
    r"|Pero|Tambien|Ademas|Asi|Sin|Cuando|Como|Su|Sus|Se|Hay|Todo|Todos|Todas)\b"
)
_OPENS_A_SENTENCE = re.compile(rf"\s+{_OPENER}")
_AFTER_ABBREVIATION = "|".join(rf"(?<=\b(?:{words})\.\n)" for words in _ABBREVIATIONS)
# "of the | ministry"; "of Laos | ; the envoy"; "Sample Trading Co. | Ltd.", while "U.S." may end a paragraph, and a
# site line is one of its own
_BROKEN_LINE = re.compile(rf"\n(?:(?<=[\w,]\n)(?=[a-z])(?!www\.)|(?=[,;] )|(?:{_AFTER_ABBREVIATION})(?!\s*{_OPENER}))")

_BETWEEN_BLANKS = re.compile(r"(?<!\S)[^\w\s]*+\S+")
_SIGN = re.compile(r"\w")
_CHINESE_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[A-Za-z0-9]+")

_DATELINE_ZH = re.compile(
    r" *\(?[^\n\d,。(]{0,12}(?:\d{1,2}月)?\d{1,2}日(?:朝中社|朝鲜中央通讯社|新华社|发)?电"
    r"(?: ?(?:朝中社|朝鲜中央通讯社))?(?: ?\([^()\n]{0,20}\)|\))?(?: *-+ *| +|(?<=\)))"
)
_DATELINES = (
    ("(", re.compile(r" *[A-Z][\w.' ]{2,30}, *[A-Z][a-z]{2,8}\.? +\d{1,2} *\([A-Z][\w/ ]{1,20}\) *(?:-+ *)?")),
    ("일발", re.compile(r" *\([^()\n]{1,12} \d{1,2}월 ?\d{1,2}일발 [^()\n]{1,12}\) *")),  # (평양 5월 1일발 …)
    ("日", _DATELINE_ZH),  # 新华社平壤10月8日电(记者某)
)  # each with a string that all of its matches contain: "Pyongyang, May 1 (KCNA) --"
_MARKS = re.compile(r"-0-|\(끝\)|(?<!\S)www\.kcna\.kp[^\n]*$", re.MULTILINE)


def unbroken(text: str) -> str:
    """Return a text with a blank for each line's end below the headline at which its sentence does not end.

    The next line goes on in small letters, or the one before ends in an abbreviation. Every character stays in place.
    """
    headline = text.find("\n") + 1
    return text[:headline] + _BROKEN_LINE.sub(" ", text[headline:])


def sentences(text: str, lang: str) -> list[Span]:
    """Return the sentences of a plain text in order, without surrounding spaces; a line break always ends one."""
    language = primary_language(lang)
    end = _ENDS.get(language, _LATIN_END)
    longest = _LONGEST_IN.get(language, LONGEST)
    spans: list[Span] = []
    start = 0
    for match in end.finditer(text):
        sign, after = match.span()
        if end is _LATIN_END and after == sign + 1 and text[sign] == "." and not _ends(text, sign, after):
            continue
        _add(spans, text, start, after, longest)
        start = after
    _add(spans, text, start, len(text), longest)
    return spans


def _ends(text: str, dot: int, after: int) -> bool:
    """Return whether the full stop at `dot` ends a sentence: after "U.S." only if the next word can open a sentence."""
    if dot >= 5 and text[dot - 5 : dot].isalpha():  # longer than any abbreviation, like most words
        return True
    if not _ABBREVIATED.search(text, max(0, dot - 8), dot):
        return True
    return bool(_OPENS_A_SENTENCE.match(text, after))


def _add(spans: list[Span], text: str, start: int, end: int, longest: int) -> None:
    """Add a span without the spaces at its ends, in pieces if it is too long."""
    while start < end:
        if text[start].isspace():
            start += 1
            continue
        cut = end
        if end - start > longest:
            blank = text.rfind(" ", start, start + longest)
            cut = blank if blank > start else start + longest
        last = cut
        while text[last - 1].isspace():
            last -= 1
        spans.append((start, last))
        start = cut


def words(text: str, lang: str) -> list[Span]:
    """Return the words: Chinese characters; in other languages, what is between spaces and has a letter or digit."""
    return [match.span() for match in _word(lang).finditer(text)]


def count_words(text: str, lang: str) -> int:
    """Return the number of words that `words` would find."""
    if _word(lang) is _CHINESE_WORD:
        return len(_CHINESE_WORD.findall(text))
    return len([word for word in text.split() if word[0].isalnum() or _SIGN.search(word)])


def _word(lang: str) -> re.Pattern[str]:
    return _CHINESE_WORD if primary_language(lang) in ("zh", "ja") else _BETWEEN_BLANKS


def frame(text: str) -> list[Span]:
    """Return what surrounds an article's words without being part of them, in order.

    These are datelines, end marks, the site's own line, and everything after a "More From" with other articles.
    """
    spans: list[Span] = []
    start = 0
    datelines = [(sign, form) for sign, form in _DATELINES if sign in text]
    for line in text.split("\n"):
        end = start + len(line)
        if line.startswith("More From "):
            return [*spans, (start, len(text))]
        dateline = None
        for sign, form in datelines:
            if sign in line and (dateline := form.match(text, start, end)):
                break
        if dateline:
            spans.append(dateline.span())
        if "-0-" in line or "(끝)" in line or "www." in line:
            spans += [mark.span() for mark in _MARKS.finditer(text, dateline.end() if dateline else start, end)]
        start = end + 1
    return spans


def blank(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with the spans, in any order, replaced by spaces; every other character keeps its position."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end > done:
            pieces += (text[done : max(start, done)], " " * (end - max(start, done)))
            done = end
    return "".join([*pieces, text[done:]]) if pieces else text


_MAX_WORD = 20  # characters; a longer word is cut


def cut_clauses(line: str, length: int) -> str:
    """Shorten a line to `length` characters: to the clauses, separated by "; ", that fit, or by cutting the first."""
    if len(line) <= length:
        return line
    complete = line[: length + 1].rpartition("; ")[0]
    return complete or cut(line, length)


def cut(text: str, length: int) -> str:
    """Shorten a text to `length` characters with an ellipsis, between words if possible."""
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    complete = kept if text[length - 1].isspace() else kept[: kept.rfind(" ") + 1]
    return (complete if len(complete) > len(kept) - _MAX_WORD else kept).rstrip() + "…"
