"""Documents: one article each, read once for all detectors, with its sentences, mentions of states and full titles.

Only articles that mention a state become documents. What detectors look for in the whole text is found in one pass
(prefilter.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce, wraps
from operator import or_
from typing import Any, Concatenate, ParamSpec, TypeVar

import polars as pl

from sunchi import text as texts
from sunchi.lexicon import HOME, Lexicon
from sunchi.lexicon.voices import Tone
from sunchi.model import KINDS, PLACE, Row
from sunchi.signals.faults import LONGEST
from sunchi.signals.mentions import FoundName, Mention, find_names, read_names
from sunchi.signals.prefilter import (
    Places,
    Searches,
    Sought,
    find_places,
    find_sought,
    find_titles,
    find_tones,
    searches_for,
)
from sunchi.text import Span

MOST_NAMED = 60
"""Mentions of states in a sentence; none that says something of one has more, and a hostile page may have thousands."""
LIST_OF_STATES = f"its sentence names states more than {MOST_NAMED} times: a list of them"
"""Why its words are said of none."""
_FURTHER = 9  # sentences after the first in which a document may be brought in
_LONGEST_HEADLINE = 500  # characters; what is longer is no headline, and the longest of 61,829 real ones has 163

# what joins two states of a list: "Laos | and the | DPRK", "and, in league with", 과, 和
_LISTED = re.compile(
    r"\.?(?:'s)?(?: (?!to )\w+){0,3}(?:,? and|,|,? as well as|,? (?:together|along|in (?:league|collusion)) with)"
    r" ?(?:the )?(?:(?!but|while|though|pero)[\w.]+[ -](?:of (?:the )?)?)?|[-/ .]+"
    r"|\.?(?: \w+){0,3} [ye] (?:(?:el|la|los|las) )?(?:\w+ (?:de )?){0,2}"
    "|(?:국주의)?(?:반동|당국|집권)?(?:자)?(?:들)?[와과] ?(?:괴뢰|그에 추종하는 )?| 및 |,? ?그리고 "
    "|、|(?:[和与及]|以及)(?:傀儡)?"
)
_YEAR = re.compile(r"(?<!\d)((?:1[89]|20)\d{2})(?: ?[년年](?!부터|起)|\b)")  # 2012年, 2012, and not since when
# "Koreans resident in | Japan", "compatriots from | Japan", "the Korean Nation's Association of Sample City of | Peru"
_KOREANS_IN = re.compile(
    r"\b(?:koreans?|compatriots) (?:(?:[\w-]+ ){0,3}(?:in|from)|nation(?:al)?(?:'s)? (?:(?!friendship)[\w' -])*of) "
    r"(?:the )?$"
)

_T = TypeVar("_T")
_P = ParamSpec("_P")


def per_document(ask: Callable[Concatenate[Document, _P], _T]) -> Callable[Concatenate[Document, _P], _T]:
    """Decorate a question that several ask of one document, or of a place in it: it keeps the answer."""

    @wraps(ask)
    def answered(document: Document, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        question = (ask, *args)
        if question not in document.answers:
            document.answers[question] = ask(document, *args, **kwargs)
        answer: _T = document.answers[question]
        return answer

    return answered


@dataclass(eq=False)  # no frozen one: each field of it takes as long to set as four others
class Document:
    """An article as the detectors see it. All places count characters of `text`, which is as long as `original`."""

    article: str
    source: str
    lang: str  # of the edition that prints it
    language: str  # of the text: en, ko, zh, es
    date: date | None
    original: str
    text: str  # with straight quotes and dashes
    small: str  # in small letters, each in its place: a pattern takes a third of the time that ignoring case takes
    headline: int  # where the headline ends
    place: Mapping[str, int | None]  # where the outlet put it, by the fields of model.PLACE
    lexicon: Lexicon
    found: Sequence[FoundName]  # the forms of partners.csv in the text
    titles: tuple[Span, ...]
    sentences: list[Span]
    words_in: Mapping[Span, Sequence[str]]  # the sentences that hold words that detectors look for, with these
    searches: Searches  # what these words stand for
    searched: Places  # where some of them stand
    tones: tuple[tuple[Span, Tone], ...]  # where words of stance.csv stand, in order
    explaining: bool  # whether somebody asks why signals are some and others none
    # Korean and Chinese sentences with the words that are looked for without blanks, by their file
    words_in_folded: dict[str, dict[Span, list[str]]] = field(default_factory=dict)
    answers: dict[Any, Any] = field(default_factory=dict)  # to what is asked `per_document`

    def __post_init__(self) -> None:
        """Note what every article is asked for; as cached properties these would take longer."""
        vocabulary = self.lexicon.vocabulary
        self.pattern = vocabulary.compiled  # a Pattern of the grammar -> with the lexicon's words in it
        self.class_words = vocabulary.words_in(self.language)  # class of the vocabulary -> its words
        self.word_of = vocabulary.finders_in(self.language)  # class -> what finds a word of it
        self.frame = tuple(texts.frame(self.text))
        self.names = read_names(self.text, self.found, self.titles, self.frame)  # how each form was read
        meant = [(read, name) for read in self.names if not read.why_not for name in read.meant]
        named = [Mention(*read.span, name.partner, name.role, read.titled) for read, name in meant]
        self.mentions = tuple([each for each in named if each.partner != HOME])  # of foreign states, in order
        self.home = tuple([each for each in named if each.partner == HOME])  # of the home side
        self._named_at, self._home_at = [n.start for n in self.mentions], [n.start for n in self.home]
        self.states = frozenset([each.partner for each in self.mentions])
        self.unframed = texts.blank(self.text, self.frame)
        self.small_unframed = texts.blank(self.small, self.frame)
        if self.frame:  # a dateline on a line of its own is no first sentence
            self.sentences = [s for s in self.sentences if self.unframed[slice(*s)].strip()]
        self._begins = [start for start, _ in self.sentences]
        headed = bisect_right(self._begins, self.headline)
        self.above = self.sentences[:headed]  # the sentences of the headline
        self.body = self.sentences[headed:]  # those below it
        self.opening = self.sentences[: headed + 1]  # those of the headline and the first one of the body
        self.head = self.sentences[: headed + 1 + _FURTHER]  # those that may say whose document it is
        # a press review: each of its sentences reports something else
        self.is_review = bool(self.word_of("press_review").search(self.small, 0, self.headline))
        # the sentences that say what is the news; of a press review each of its own
        self.leads = self.body if self.is_review else self.opening
        # blanks between words, and prepositions, where Korean and Chinese have order and particles
        self.separates_words = self.language in texts.WRITTEN_APART

    def by_sentence(self, name: str) -> dict[Span, list[Any]]:
        """Return the sentences in which words of a class or file begin, in order, each with what these stand for."""
        stands_for = self.searches.stands_for.get(name, {})
        every = self.words_in_folded.get(name, self.words_in).items()
        found = ((sentence, [stands_for[word] for word in words if word in stands_for]) for sentence, words in every)
        return {sentence: means for sentence, means in found if means}

    @cached_property
    def frame_groups(self) -> dict[Span, int]:
        """Return the sentences that hold anchors of frames.csv, each with the groups that these stand for, as bits."""
        return {sentence: reduce(or_, groups) for sentence, groups in self.by_sentence(Sought.FRAMES).items()}

    @cached_property
    def masked(self) -> str:
        """The text without its frame and without titles."""
        return texts.blank(self.text, (*self.frame, *self.titles))

    def sentence_at(self, place: int) -> Span:
        """Return the sentence that holds a place; the headline if no sentence does, the text if there is none."""
        n = bisect_right(self._begins, place)
        return self.sentences[n - 1 if n else 0] if self.sentences else (0, self.headline or len(self.text))

    def is_in(self, span: Span, name: str) -> bool:
        """Return whether a word of one of prefilter.CLASSES begins inside a span."""
        places = self.searched[name]
        return bisect_left(places, (span[0],)) < bisect_left(places, (span[1],))

    def sentence_before(self, sentence: Span) -> Span:
        """Return the sentence before `sentence`; the first one of the text for the first."""
        return self.sentence_at(max(sentence[0] - 2, 0))

    def years_ago(self, sentence: Span) -> int:
        """Return how many years before its paper the last year lies that a sentence names; 0 if either is unknown."""
        years = [int(year[1]) for year in _YEAR.finditer(self.text, *sentence)]
        return self.date.year - max(years) if years and self.date else 0

    def is_of_an_older_year(self, sentence: Span) -> bool:
        """Return whether a sentence reports of a year that was over before its paper came out: April 7, 2012.

        In January the year before is news.
        """
        return self.date is not None and self.years_ago(sentence) > (self.date.month == 1)

    def named_in(self, span: Span) -> list[Mention]:
        """Return the mentions of foreign states inside a span, in order."""
        return _inside_of(self.mentions, self._named_at, span)

    def home_in(self, span: Span) -> list[Mention]:
        """Return the mentions of the home side inside a span, in order."""
        return _inside_of(self.home, self._home_at, span)

    def all_in(self, span: Span) -> list[Mention]:
        """Return the mentions of states inside a span, those of the home side, too, in order."""
        return sorted([*self.named_in(span), *self.home_in(span)])

    def foreign_in(self, span: Span) -> list[Mention]:
        """Return the states that a span names, without those where Koreans only live, and those that are opposed."""
        return [n for n in self.named_in(span) if not (self.is_home_of_koreans(n) or self.opposes(n))]

    def is_home_of_koreans(self, mention: Mention) -> bool:
        """Return whether a state is only where Koreans live: "Koreans in Japan", 재중조선인."""
        if self.language == "ko":
            return self.text.startswith(self.class_words("koreans_abroad"), mention.start)
        may_be = self.small.endswith(
            ("in ", "in the ", "from ", "of ", "of the "), 0, mention.start
        )  # asked of every name, and few are
        return may_be and bool(_KOREANS_IN.search(self.small, max(0, mention.start - 120), mention.start))

    def opposes(self, mention: Mention) -> bool:
        """Return whether a state is named as the one opposed: anti-Cuba policy is not Cuba's, 抗日 not Japan's."""
        against = self.class_words("against")  # forms of partners.csv: 반미, 항일
        before = ("nti-", "대", "반")  # 대|이란제재
        return self.text.endswith(before, 0, mention.start) or self.text.startswith(against, mention.start)

    def favors(self, mention: Mention) -> bool:
        """Return whether a state is named as the one that others are for: pro-U.S. traitors are not the U.S.'s own."""
        return self.small.endswith(("pro-", "친"), 0, mention.start)

    def together(self, mentions: Sequence[Mention]) -> list[str]:
        """Return the states of the first mention and of those listed with it: "the U.S. and south Korean traitors"."""
        found = list(mentions[:1])
        for mention in mentions[1:]:
            left, right = sorted((found[-1], mention))
            between = self.text[left.end : right.start]
            lists_nothing = between == " " and self.language == "ko"  # 이란 | 미국의 주장을 배격
            if left.end <= right.start and (lists_nothing or not _LISTED.fullmatch(between)):
                break
            found.append(mention)
        return list(dict.fromkeys(n.partner for n in found))

    @cached_property
    def foremost(self) -> str:
        """Return the state that headline and text mention most, of equals the earlier one; "" if none is mentioned."""
        count = Counter([n.partner for n in self.mentions for _ in range(3 if n.start < self.headline else 1)])
        return max(count, key=count.__getitem__, default="")

    def folded(self, name: str) -> dict[Span, str]:
        """Return the sentences in which words of a file are looked for: without blanks, as the words are."""
        if name == Sought.DOCUMENTS:
            return {s: "".join(self.small_unframed[slice(*s)].split()) for s in self.head}
        if not (self.mentions or self.explaining):  # a set phrase that is said of no state is no signal
            return {}
        fold = self.lexicon.spelling[self.language].folded
        return {s: texts.in_small_letters(fold(self.text[slice(*s)], self.language)) for s in self.sentences}

    def words(self, span: Span, *, masked: bool = True) -> int:
        held = (self.masked if masked else self.unframed)[span[0] : span[1]]
        return texts.count_words(held, self.language)

    def quote(self, span: Span) -> str:
        return self.original[span[0] : span[1]]

    def row(self, kind: str, partner: str, code: str, value: float, span: Span, **detail: Any) -> Row:
        """Return a signal's row; `span` is the evidence, `detail` what fields model.KINDS gives the kind."""
        fields = KINDS[kind].detail.keys() if kind in KINDS else frozenset[str]()
        if detail.keys() != fields:
            wrong = ", ".join(sorted(detail.keys() ^ fields))
            raise TypeError(f"a row of kind “{kind}” must fill the fields that model.KINDS gives it: look at {wrong}")
        return {
            "article": self.article,
            "source": self.source,
            "lang": self.lang,
            "language": self.language if self.language != texts.primary_language(self.lang) else None,
            "date": self.date,
            "kind": kind,
            "partner": partner,
            "code": code,
            "value": value,
            "start": span[0],
            "end": span[1],
            "quote": self.quote(span),
            "detail": detail,
        }

    def shown(self, span: Span) -> str:
        """The words of a span as they are shown: without frame; Spanish with its accents, which matching leaves out."""
        return self._shown[span[0] : span[1]]

    @cached_property
    def _shown(self) -> str:
        return texts.blank(texts.plain(self.original), self.frame) if self.language == "es" else self.unframed


def read(articles: pl.DataFrame, lexicon: Lexicon, *, explaining: bool = False) -> list[Document]:
    """Return a document for every article that names a foreign state or the home side's leaders, in order.

    `explaining`: for somebody who asks for the reasons, and is to see the set phrases that are of no state, too.
    """
    title, paragraphs = pl.col("title").fill_null(""), pl.col("paragraphs").list.join("\n").fill_null("")
    originals = [text[:LONGEST] for text in articles.select(pl.concat_str(title, pl.lit("\n"), paragraphs)).to_series()]
    rows = articles.drop("paragraphs").rows(named=True)
    languages = [texts.language_of(text, row["lang"] or "") for text, row in zip(originals, rows, strict=True)]
    plain = [texts.unbroken(texts.plain(text, lang)) for text, lang in zip(originals, languages, strict=True)]
    documents: dict[int, Document] = {}
    for language in set(languages):
        searches, some = searches_for(lexicon, language), [n for n, each in enumerate(languages) if each == language]
        names = zip(some, find_names([plain[n] for n in some], searches), strict=True)
        found = {n: held for n, held in names if held}
        small = [texts.in_small_letters(plain[n]) for n in found]
        sentences = [texts.sentences(plain[n], language) for n in found]
        sought = find_sought(small, sentences, searches)
        for n, lowered, spans, words_in in zip(found, small, sentences, sought, strict=True):
            row, searched = rows[n], find_places(lowered, words_in, searches)
            documents[n] = Document(
                article=row["article"],
                source=row["source"],
                lang=row["lang"] or "",
                language=language,
                date=row["date"],
                original=originals[n],
                text=plain[n],
                small=lowered,
                headline=min(len(row["title"] or ""), _LONGEST_HEADLINE),
                place={name: row.get(name) for name in PLACE},
                lexicon=lexicon,
                found=found[n],
                titles=tuple(find_titles(plain[n], searched, searches)),
                sentences=spans,
                words_in=words_in,
                searches=searches,
                searched=searched,
                tones=tuple(find_tones(lowered, searched)),
                explaining=explaining,
            )
        _search_folded([documents[n] for n in found], searches)
    return [documents[n] for n in sorted(documents)]


def _search_folded(documents: Sequence[Document], searches: Searches) -> None:
    """Note the sentences that hold words that are looked for without blanks."""
    for name, search in searches.folded.items():
        every = [document.folded(name) for document in documents]
        found = search.words_in([sentence for folded in every for sentence in folded.values()])
        for document, folded in zip(documents, every, strict=True):
            document.words_in_folded[name] = {span: words for span, words in zip(folded, found, strict=False) if words}


def _inside_of(mentions: Sequence[Mention], starts: Sequence[int], span: Span) -> list[Mention]:
    """Return the mentions that lie in a span, by where each starts."""
    first = bisect_left(starts, span[0])
    if first == len(starts) or starts[first] >= span[1]:  # nothing there, as most often
        return []
    return [n for n in mentions[first : bisect_left(starts, span[1], first)] if n.end <= span[1]]
