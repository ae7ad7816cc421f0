"""Attention: which states a text names, in what order, and at what length.

The method is that of the Hankyoreh on the congress report of 2021. A sentence belongs to the state that it names most;
in a tie, to the state of the sentence before if that is one of them, else to the one it names first. Words are counted
without datelines, end marks and full titles, and these do not decide the order either; the headline is no part of the
count unless there is nothing else. States that only a title names come last, with no words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from sunchi import text as texts
from sunchi.lexicon import Lexicon
from sunchi.model import ARTICLES
from sunchi.signals import sides_en
from sunchi.signals.naming import Naming
from sunchi.signals.reading import Reading, read
from sunchi.signals.row import Row, row
from sunchi.signals.speaker import OWN
from sunchi.text import Span


@dataclass(frozen=True, slots=True)
class Attention:
    """What one text gives to one state."""

    partner: str
    rank: int  # order of first mention, from 1
    words: int
    words_raw: int  # with titles
    share: float  # of the words given to any state, 0 to 1
    sentences: tuple[Span, ...]  # those that belong to it
    first: Span  # where it is named first


def measure(reading: Reading) -> list[Attention]:
    """Every state that a text names, in the order of first mention."""
    if not reading.namings:
        return []
    body = [s for s in reading.sentences if s[0] > reading.headline] or reading.sentences
    owned, words = _words(reading, body, masked=True)
    words_raw = _words(reading, body, masked=False)[1] if reading.titles else words
    total = sum(words.values())
    first: dict[str, Span] = {}
    in_body = [n for n in reading.namings if n.start > reading.headline]
    for naming in (*(n for n in in_body if not n.titled), *in_body, *reading.namings):
        first.setdefault(naming.partner, (naming.start, naming.end))
    return [
        Attention(
            partner=partner,
            rank=rank,
            words=words[partner],
            words_raw=words_raw[partner],
            share=words[partner] / total if total else 0.0,
            sentences=tuple(owned.get(partner, ())),
            first=place,
        )
        for rank, (partner, place) in enumerate(first.items(), 1)
    ]


def attention_table(text: str, lexicon: Lexicon, *, lang: str = "en", title: str = "") -> pl.DataFrame:
    """The founding article's table of one text: a row a state, in the order of first mention.

    Columns: partner, name, order (from 1), words, share (0 to 1), sentences, words_raw (with titles).
    """
    paragraphs = [line for line in text.splitlines() if line.strip()]
    article = {"article": "text", "source": "", "lang": lang, "title": title, "paragraphs": paragraphs}
    found = [row for reading in read(pl.DataFrame([article], schema=ARTICLES), lexicon) for row in measure(reading)]
    return pl.DataFrame(
        [(f.partner, lexicon.label(f.partner), f.rank, f.words, f.share, len(f.sentences), f.words_raw) for f in found],
        schema={
            "partner": pl.String,
            "name": pl.String,
            "order": pl.Int32,
            "words": pl.Int32,
            "share": pl.Float64,
            "sentences": pl.Int32,
            "words_raw": pl.Int32,
        },
        orient="row",
    )


def _words(reading: Reading, body: list[Span], *, masked: bool) -> tuple[dict[str, list[Span]], dict[str, int]]:
    """The sentences that belong to each state, and their words."""
    owned: dict[str, list[Span]] = {}
    words: defaultdict[str, int] = defaultdict(int)
    owner, last = "", -1
    for n, named in _named_in_each(reading, body, masked=masked).items():
        tied = list(dict.fromkeys(named))
        if len(tied) > 1:
            most = max(map(named.count, tied))
            tied = [partner for partner in tied if named.count(partner) == most]
        owner = owner if n == last + 1 and owner in tied else tied[0]
        last = n
        owned.setdefault(owner, []).append(body[n])
        words[owner] += reading.words(body[n], masked=masked)
    return owned, words


def _named_in_each(reading: Reading, body: list[Span], *, masked: bool) -> dict[int, list[str]]:
    """The sentences, by their number, that name a state, with those they name, as often as they do."""
    begin = [start for start, _ in body]
    found: dict[int, list[str]] = {}
    for naming in reading.namings:
        n = bisect_right(begin, naming.start) - 1
        if n >= 0 and naming.end <= body[n][1] and not (masked and naming.titled):
            found.setdefault(n, []).append(naming.partner)
    return found


def attention(reading: Reading, rows: Sequence[Row]) -> Iterator[Row]:
    """One row a state: `about` where the text is about it or reports a message or contact with it, else `mention`."""
    writing = {r["partner"] for r in rows if r["kind"] == "message" and _is_of_state(r["detail"])}
    meeting = {r["partner"] for r in rows if r["kind"] == "contact"}
    related = {r["partner"] for r in rows if r["kind"] == "formula" and _is_said_today(r["detail"])}
    for found in measure(reading):
        dealings = _WRITES if found.partner in writing else _MEETS if found.partner in meeting else ""
        about = dealings or why_about(reading, found) or (_RELATED if found.partner in related else "")
        sentence = found.sentences[0] if found.sentences else reading.sentence_at(found.first[0])
        reading.because("attention", found.partner, sentence, about or _MENTIONED)
        yield row(
            reading,
            "attention",
            found.partner,
            "about" if about else "mention",
            float(found.words),
            sentence,
            share=round(found.share, 4),
            rank=found.rank,
            sentences=len(found.sentences),
            words_raw=found.words_raw,
        )


def _is_said_today(phrase: Mapping[str, Any]) -> bool:
    """Whether a set phrase is Pyongyang's own, and of these days."""
    return phrase["voice"] == OWN and not phrase["historical"]


_RULER = re.compile(r"\b(?:[Pp]resident|[Pp]remier|[Pp]rime [Mm]inister|[Kk]ing|[Mm]inister|[Gg]overnment)\b")
_BODY = re.compile(r"\b(?:Society|Association|Organi[sz]ation|Union|Institute|Group|Foundation|Front|United Russia)\b")


def _is_of_state(message: Mapping[str, Any]) -> bool:
    """Whether a message is one of those who rule; in a list of many a party or a society is only named."""
    side = message["from"] if message["direction"] == "in" else message["to"]
    return not message["grouped"] or bool(_RULER.search(side) and not _BODY.search(side))


_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|across|near|outside|inside) +(?:the +)?(?:[\w.]+(?:,| and) +)*"
    r"(?:(?:[A-Z][\w-]+|capital|city|capital city|region|(?:different|various|all) parts) of (?:the )?)?$"
)


_WRITES = "a message between its rulers and Pyongyang is reported"
_MEETS = "a contact with it is reported"
_RELATED = "Pyongyang says a set phrase of the relations with it"
_A_SENTENCE = "a sentence is about it: no other state is named there more often, and it is more than a place"
_MENTIONED = "a mere mention: neither headline nor first sentence nor a sentence of its own is about it"


def why_about(reading: Reading, found: Attention) -> str:
    """Why a text is about a state: its headline is, or its lead is and it comes back to it, or a sentence is; else "".

    A sentence is about a state that no other is named in more often, if it names it as more than a place, and about
    one that is its subject, alone or beside others. "Anti-U.S." speaks of those who are it, and a list of many states
    of none of them.
    """
    if _SPORT.search(reading.small, 0, reading.headline):
        return ""  # a rival on the field
    namings = [n for n in reading.namings if n.partner == found.partner and not _is_aside(reading, n)]
    in_headline = [n for n in namings if n.start < reading.headline]
    if any(not is_place(reading, n) for n in in_headline):
        return "the headline names it, as more than a place"
    if in_headline and found.partner == reading.foremost:
        return "the headline names it as the place of what is told, and the text names no other more often"
    held = [reading.sentence_at(n.start) for n in namings]
    leads = [s[0] for s in sides_en.leads(reading) if s[0] > reading.headline]
    comes_back = len(set(held)) > 1
    if comes_back and leads[:1] and leads[0] in [sentence[0] for sentence in held]:
        return "the first sentence names it, and the text comes back to it"
    for naming, sentence in zip(namings, held, strict=True):
        if _is_subject(reading, naming, sentence):
            return "a sentence opens with it as its subject"
        count = Counter(n.partner for n in reading.named_in(sentence))
        if count[found.partner] < max(count.values()) or is_place(reading, naming):
            continue
        if len(count) >= _A_LIST and count[found.partner] == 1:
            continue
        is_foremost = found.partner == reading.foremost
        if sentence[0] in leads or (is_foremost and comes_back):
            return _A_SENTENCE
        is_more = is_foremost or count[found.partner] > count[reading.foremost]
        is_more = is_more and not _is_object(reading, naming)
        if is_more and not _names_by_the_way(reading, naming, sentence):
            return _A_SENTENCE
    return ""


_SPORT = re.compile(
    r"\b(?:championships?|world cup|asian cup|football|soccer|boxing|boxer|wrestling|taekwon-do|olympi\w+|medals?"
    r"|marathon|tournament|rivals|sports contest|players)\b"
    "|축구|녀자축구|롱구|탁구|선수권|월드컵|아시안컵|올림픽|올림픽경기|足球|[女男]足|乒乓球|锦标赛|亚洲杯|世界杯|奥运会"
)
# Who only relays: 로씨야의 이따르-따쓰통신은, 俄罗斯塔斯社
_PRESS_OF = re.compile(
    r"(?:의|) ?(?:[가-힣A-Z《》-]{1,15} ?){0,3}?(?:통신|신문|방송|텔레비죤|언론)(?:들)?(?:은|는|이|가|도|사)"
    "|(?:的)?(?:[\u4e00-\u9fff]{0,6}?)(?:通讯社|媒体|报纸|日报|电视台|广播|新华社|塔斯社|共同社)"
)
_OF_OLD = re.compile(r"(?:'s)? (?:imperialis|colonial|(?:military )?occupation of Korea)")
_MONEY = re.compile(r"\.? (?:dollars?|yen|yuan|rubles?|won)\b")


def _is_aside(reading: Reading, naming: Naming) -> bool:
    """Named without being spoken of: as what somebody is against, where Koreans live, or as Korea's rulers of old."""
    if naming.titled and naming.role == "capital":  # the Tokyo Metropolitan Headquarters of Chongryon
        return True
    if reading.opposes(naming):  # but for what a demonstration is against
        return naming.start > reading.headline or not sides_en.is_of_protest(reading)
    if sides_en.is_where_koreans_live(reading, naming):
        return True
    if _MONEY.match(reading.text, naming.end) or _PRESS_OF.match(reading.text, naming.end):
        return True
    return naming.partner == "JP" and bool(_OF_OLD.match(reading.text, naming.end))


_TO_WHOM = re.compile(r"\b(?:to|on|upon|against|from|(?<!together )with) (?:the )?(?:[\w.]+(?:,| and) +)*$")


def _is_object(reading: Reading, naming: Naming) -> bool:
    """To whom another's deed goes: "its sale of arms to Japan"."""
    return bool(_TO_WHOM.search(reading.text, max(0, naming.start - 80), naming.start))


_GUESTS = re.compile(r"(?:Also )?(?:[Pp]resent|[Oo]n hand) (?:there|at|on)\b|\bdoyen\b|\bcorps\b")
_OLD_WAR = re.compile(r"\bLiberation War\b|\bKorean War\b|\banti-Japanese\b|\bimperialisms\b|\bmilitarism\b")
_OLD_ENEMIES = ("JP", "US")
_OPENS_ASIDE = re.compile(r"(?:After|Despite|Amid|Since|Through|Following) [^,]*$")


def _names_by_the_way(reading: Reading, naming: Naming, sentence: Span) -> bool:
    """Late in a sentence or in a clause before it, among guests, for the corps of diplomats, or in a war of old."""
    start, end = sentence
    if naming.start - start > (end - start) // 2 or _OPENS_ASIDE.match(reading.text, start, naming.start):
        return True
    if _GUESTS.search(reading.text, start, end):
        return True
    return naming.partner in _OLD_ENEMIES and bool(_OLD_WAR.search(reading.text, start, end))


_A_LIST = 5  # states in one sentence
_NO_WORD = re.compile(r"(?:\W|\b(?:the|and)\b)*", re.IGNORECASE)


def _is_subject(reading: Reading, naming: Naming, sentence: Span) -> bool:
    """The sentence opens with the state, or with it and others: "China and Laos agreed"."""
    if naming.role not in ("name", "capital") or naming.titled or not _VERB_AFTER.match(reading.text, naming.end):
        return False
    before = texts.blank(reading.text[sentence[0] : naming.start], _within(reading, (sentence[0], naming.start)))
    return bool(_NO_WORD.fullmatch(before))


def _within(reading: Reading, span: Span) -> list[Span]:
    """The names and the frame inside a span, counted from its start."""
    namings = [(n.start, n.end) for n in reading.named_in(span)]
    frame = [f for f in reading.frame if span[0] <= f[0] and f[1] <= span[1]]
    return [(start - span[0], end - span[0]) for start, end in (*namings, *frame)]


_VERB_AFTER = re.compile(r"\.?,? (?!'s)[a-z]|(?:은|는|이|가)(?= )|(?=[\u4e00-\u9fff])(?![的、和与及同驻籍人方])")


def is_place(reading: Reading, naming: Naming) -> bool:
    """In Peru, at the Peruvian embassy."""
    return bool(_PLACE_BEFORE.search(reading.text, max(0, naming.start - 80), naming.start))
