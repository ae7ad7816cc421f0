"""Who speaks by a sentence's own words: the subject of its verb of speech, and whom that subject names.

In English a person who was introduced with his state speaks for it: "Example Name, vice-chairman of a committee of
China, was present", and sentences later only "Name said that …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.english import names_a_korean
from sunchi.text import Span

OWN, PARTNER, THIRD = "own", "partner", "third"

_SPEAKS = {
    # "He said", "according to a report", "It continued:", "He held that"
    "en": Pattern(r"(?<![\w-])(?:{reporting_verb}|[Aa]ccording to|continued(?=:)|(?:held|charged)(?=,| that))\b"),
    "es": Pattern(r"\b{reporting_verb}\b", "es"),
    "ko": Pattern("(?:고|며) {reporting_verb}", "ko"),  # …라고 강조하였다
    "zh": Pattern("{reporting_verb}|(?<![小传学据演游解])说", "zh"),  # 说, and no 小说, 传说
}
# "the commentary said"
_PAPER = Pattern(r"\bthe (?:{article}|{author})\b")
# The one who spoke before: "He noted", "and, it said", "The statement said"; "He expressed thanks and said"
SAME_SPEAKER = re.compile(
    r"\A\W*(?:He|She|It|They) "
    r"|(?:^|[,;:] )[\"\s]*(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Tt]he (?:[a-z][a-z-]+ ){1,3}) ?$"
)
# "of the | …": no subject of its sentence, though Pyongyang or somebody else is named
_NOT_SUBJECT = re.compile(r"\b(?:with|for|to|in|on|of|by|against|towards?) (?:the )?(?:[a-z]+ )?$")
# "Ana Example", "the | ambassador"
_NAME = Pattern(r"\b[A-Z][a-z]['\w-]*(?: [A-Z]['\w.-]+){0,4}|(?<=the |The ){office}\b")
_FRONT, _REACH = 60, 300  # characters before a name and after it that may say whose he is


def verb_of_speech(document: Document) -> re.Pattern[str]:
    """Return the pattern of a verb of speech in the document's language."""
    return document.pattern(_SPEAKS[document.language])


@per_document  # asked by several
def verbs_of_speech(document: Document) -> Mapping[Span, re.Match[str]]:
    """Return the first verb of speech of each English sentence that has one, in order."""
    found: dict[Span, re.Match[str]] = {}
    speaks = document.pattern(_SPEAKS["en"])
    for place, _ in document.searched["speech_stem"]:
        sentence = document.sentence_at(place)
        if sentence not in found and (verb := speaks.match(document.text, place, sentence[1])):
            found[sentence] = verb
    return found


def subject_of(document: Document, sentence: Span, verb: Span) -> Span:
    """Return where the subject of a verb of speech stands: before it, or after it in "…, said Example Name"."""
    before, after = (sentence[0], verb[0]), (verb[1], sentence[1])
    is_quoted = document.text.endswith((", ", '" '), *before)
    is_quoted = is_quoted and document.word_of("finite_verb").search(document.text, *before) is not None
    return after if document.small.startswith(("accor", "sa") if is_quoted else "accor", verb[0]) else before


def speaker_in(document: Document, subject: Span) -> str | None:
    """Return whom the subject of a verb of speech names: OWN, THIRD, a state, or None for nobody."""
    is_paper = document.pattern(_PAPER).search(document.small, *subject)
    if document.word_of("own_press").search(document.text, *subject) or (is_paper and is_of_own_press(document)):
        return OWN
    if document.word_of("press_or_expert").search(document.text, *subject):
        return THIRD
    home = (n for n in document.home_in(subject) if not _NOT_SUBJECT.search(document.text, subject[0], n.start))
    named = sorted([*document.named_in(subject), *home])
    state = named[0].partner if named else side_of_speaker(document, subject)
    return OWN if state == HOME else state


def said_before(document: Document, sentence: Span, *, back: int = 1) -> Iterator[Span]:
    """Yield the sentences that may say who "he", "they" or "the delegation" is: those before, and the opening's."""
    for _ in range(back):
        sentence = document.sentence_before(sentence)
        yield sentence
    yield from reversed(document.opening)


def naming(document: Document, span: Span) -> Span:
    """Return the place that names those of whom a span speaks: the span, or the nearest sentence that may say who."""
    places = (span, *said_before(document, span, back=3))
    return next((place for place in places if document.named_in(place)), span)


@per_document
def is_of_own_press(document: Document) -> bool:
    """Return whether the article's opening names a paper or agency of Pyongyang's."""
    own_press = document.word_of("own_press")
    return any(own_press.search(document.text, *sentence) for sentence in document.opening)


def side_of_speaker(document: Document, subject: Span) -> str | None:
    """Return HOME or the state of a speaker whom the words before his verb name, as where he is first named says.

    "Name, minister of Laos", "Lao Minister Name", "the Lao ambassador"; a Korean of no state named is HOME's.
    """
    other_half = document.lexicon.standings.other_half  # its people have Korean names, too
    names = document.pattern(_NAME)
    for name in names.finditer(document.text, *subject):
        if _NOT_SUBJECT.search(document.text, subject[0], name.start()):
            continue
        same = re.compile(rf"(?<![\w-]){re.escape(name[0])}(?!\w)").search(document.text, 0, subject[0])
        full = (names.match(document.text, same.start(), subject[0]) or same) if same else None
        side = _introduced(document, full.span()) if full else None
        if side != other_half and names_a_korean(document, (full or name).span()):
            return HOME
        if side:
            return side
    return None


def _introduced(document: Document, name: Span) -> str | None:
    """Return the state that an office after or before a name is of."""
    start, end = document.sentence_at(name[0])
    after = (name[1], min(end, name[1] + _REACH)) if document.text.startswith((", ", " of "), name[1]) else name
    named = (*document.all_in(after), *document.all_in((max(start, name[0] - _FRONT), name[0])))
    return named[0].partner if named else None
