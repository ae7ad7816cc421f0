"""Messages in Korean by the frames of frames.csv: who wrote to whom, as the cases of a clause say.

One side has to be another state's, the other one Pyongyang's, which a sentence may leave out. What is told of by the
way (뿌찐대통령이 보내온 | 축전에 대한 답전) yields to what the sentence reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, product

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.frames import Match, fitting_in
from sunchi.signals.grammar.korean import KOREANS_ABROAD, OCCASION, parsed
from sunchi.signals.grammar.word_order import honoured_at
from sunchi.signals.korean_frames import Side, matches, side_at, sides_of
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.message.reported import Direction, Sent, kind_of_noun, kind_spoken_of
from sunchi.signals.rationale import Reason, Rejected
from sunchi.text import Span

# no 작별인사, 전문가들, 인사를 | 드리였다 as a bow
_NOUN = Pattern("(?<!작별){message_noun}(?!{no_message}|(?<=인사)를 드리)", "ko")
_ENDS = re.compile("들?[을를]?(?![가-힣])")  # 푸틴에게 축전|, and no 전문|가


def told(document: Document, where: Iterable[Span] | None) -> Iterator[Sent | Rejected]:
    """Yield what sentences tell of, and what only looks like a message."""
    headline = document.text[: document.headline]
    is_of_koreans = document.pattern(KOREANS_ABROAD).search(headline)  # 재중동포단체들: of no state
    if is_of_koreans and "외국" not in headline and not document.foreign_in((0, document.headline)):
        return
    for sentence, _ in fitting_in(document, "message", where):
        yield from _in_sentence(document, sentence)


def _in_sentence(document: Document, sentence: Span) -> Iterator[Sent | Rejected]:
    """Yield what the frames tell of a sentence; one without a verb only in a headline or a line of a review."""
    found = list(matches(document, "message", (sentence,)))
    headed = sentence[0] < document.headline or document.is_review
    found = [m for m in found if m.told or m.frame.code or (headed and _ENDS.match(document.text, m.words[1]))]
    by_the_way = [match for match in found if match.before_noun]
    told: list[Sent | Rejected] = []
    for match in found:
        if not match.before_noun:  # with whom a verb before its noun names as the sender: 보내신 | 친서를 전달
            same = next((other for other in by_the_way if other.told == match.told), match)
            given = match._replace(side1=same.side1 or match.side1, side2=same.side2 or match.side2)
            told += _in_match(document, given)
    if not any(isinstance(each, Sent) for each in told):
        subject = next((p.span for p in parsed(document, sentence).phrases if p.case == "이"), None)
        for match in by_the_way:  # whose place that is left is the subject's: 뿌찐은 | 보내신 축전에 사의를 표하였다
            told += _in_match(document, match._replace(side1=match.side1 or subject, side2=match.side2 or subject))
    yield from told


def _in_match(document: Document, match: Match) -> Iterator[Sent | Rejected]:
    """Yield the messages of a match: each of its nouns from or to each state of its other side."""
    sender, recipient = sides_of(document, match)
    directions, partners = _between(document, match, sender, recipient)
    is_undone = document.word_of("not_done").match(document.text, match.words[1])  # 보내|지 않았다
    if is_undone or not partners:
        missing = "Pyongyang's side" if sender.theirs or recipient.theirs else "another state"
        why = "planned, or not sent" if is_undone else f"nobody of {missing} is named"
        yield Rejected("message", match.words, why, match.frame)
        return
    kinds = _kinds(document, match)
    is_plural = match.told and document.text.startswith("들", match.told[1])
    to_each_his_own = len(kinds) == len(partners) > 1 and not is_plural  # to the one a letter, to the other a telegram
    pairs = zip(kinds, partners, strict=True) if to_each_his_own else product(kinds, partners)
    reason = Reason("the cases of its clause", match.frame, match.words)
    for way, (kind, one) in product(directions, pairs):
        theirs, is_named = _name_of(document, one)
        ours = _our_name(document, match, way, sender.ours or recipient.ours)
        yield Sent(kind, way, one.partner, theirs, ours, match.sentence, is_named, len(partners) > 1, reason)


def _between(
    document: Document, match: Match, sender: Side, recipient: Side
) -> tuple[tuple[Direction, ...], list[Mention]]:
    """Return which way a message went, and from or to whom of other states; nobody if it is none of Pyongyang's."""
    if match.frame.direction == "both":
        theirs = [*sender.theirs, *recipient.theirs]
        return ("out", "in"), theirs[:1] if sender.ours or recipient.ours else []
    if sender.theirs:
        is_laid = document.word_of("laid_at").search(document.text, *match.sentence)
        is_ours = recipient.is_ours or is_laid or (not recipient.theirs and recipient.may_be_ours)
        return ("in",), _each_state(sender.theirs) if is_ours else []
    if recipient.ours and (office := _by_office(document, match, sender)):
        return ("in",), office
    told_of = recipient.theirs or _of_place(document, match) or _honoured(document, match)
    told_of = told_of or _by_office(document, match, recipient)
    return ("out",), _each_state(told_of) if sender.ours or sender.may_be_ours else []


def _each_state(foreign: list[Mention]) -> list[Mention]:
    """Return of each state its first person, else its first mention, in order."""
    last_counts = {n.partner: n for n in sorted(foreign, key=lambda n: (is_person(n), -n.start))}
    return sorted(last_counts.values(), key=lambda n: n.start)


def _honoured(document: Document, match: Match) -> list[Mention]:
    """Return those for whose own day, or after whose death, something was sent: 푸틴 | 대통령의 생일을 맞아."""
    sentence = parsed(document, match.sentence)
    phrases = [p for p in sentence.phrases if p.case == OCCASION or p.inside]
    named = [(n, p) for p in phrases for n in document.named_in(sentence.list_at(p.start))]
    # 라오스주석이 서거하였다는 비보에 접하여 | 부주석에게
    return [n for n, p in named if is_person(n) or p.case == "이"]


def _by_office(document: Document, match: Match, side: Side) -> list[Mention]:
    """Return the office of a side that names no state, of the one that the sentence or the lead names: 국왕에게."""
    offices = [*document.word_of("foreign_office").finditer(document.text, *side.span)][-1:] if side.span else []
    of = _one_state(document, (match.sentence, document.opening[-1], (0, document.headline))) if offices else []
    return [Mention(*office.span(), n.partner, "name", False) for office in offices for n in of]


def _one_state(document: Document, places: Iterable[Span]) -> list[Mention]:
    """Return a mention of the state that the first of the places with any state names, if it is one alone."""
    named = next(filter(None, (side_at(document, place).theirs for place in places)), [])
    return named[:1] if len({n.partner for n in named}) == 1 else []


def _of_place(document: Document, match: Match) -> list[Mention]:
    """Return the state whose soldiers the tower honours where something was laid, or the one state that is named there.

    로씨야를 방문하고있는 최선희동지가 | 무명전사묘에. The lead may name the place, if it is no shrine of ours.
    """
    lead = document.opening[-1]
    is_far = "{lay}" in match.frame.form and not document.word_of("our_shrine").search(document.text, *lead)
    places = (match.sentence, lead) if is_far else (match.sentence,)
    tower = honoured_at(document, *places)
    if tower and (match.side1 or match.side2):  # and no 화환진정|곡이 울리는 가운데
        return [Mention(*tower[1], tower[0], "name", False)]
    return _one_state(document, places) if match.side1 and "{tribute}" in match.frame.form else []


def _kinds(document: Document, match: Match) -> list[str]:
    """Return the kinds that the nouns of a match say, of those listed together, 축전과 | 선물을, each."""
    if match.frame.code:
        return [match.frame.code]
    at = match.told or match.words
    listed = parsed(document, match.sentence).list_at(at[0])
    before = document.text[match.sentence[0] : at[0]].rpartition(",")[2].split()[-3:]  # 련대성을 표시하는 | 전문
    said = next(filter(None, (kind_spoken_of(document, word) for word in reversed(before))), "letter")
    exactly = {"letter": said}
    if "{pass_on}" in match.frame.form:
        exactly["인사"] = "thanks" if said == "thanks" else "verbal"  # 감사의 | 인사; no 년하장
    found = document.pattern(_NOUN).finditer(document.text, listed[0], match.sentence[1])
    kinds = [(noun[0], kind_of_noun(document, noun[0])) for noun in found if noun.start() < listed[1]]
    return list(dict.fromkeys(exactly.get(noun) or exactly.get(kind, kind) for noun, kind in kinds))


def _our_name(document: Document, match: Match, direction: Direction, ours: list[Mention]) -> str:
    """Return the name of Pyongyang's side: a person of it, here or named before, else a body that no list names."""
    before = (n for n in document.home if n.start < match.sentence[0] and is_person(n))
    if own := next(chain(filter(is_person, ours), ours, before), None):
        return _name_of(document, own)[0]
    return document.text[slice(*match.side1)] if direction == "out" and match.side1 else ""


def _name_of(document: Document, mention: Mention) -> tuple[str, bool]:
    """Return a person's name, and True; else the state or its organ in the text's words, and False."""
    if is_person(mention):
        return document.text[mention.start : mention.end], True
    organ = _organ(document.lexicon.organs["ko"], document.lexicon.offices["ko"])
    found = organ.match(document.text, mention.end + document.text.startswith(" ", mention.end))
    return document.text[mention.start : found.end() if found else mention.end], False


@lru_cache(maxsize=8)
def _organ(organs: tuple[str, ...], offices: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds an organ or congress, and an office in it: 꾸바공산당 중앙위원회, 로씨야련방 대통령."""
    organ, office = ("|".join(sorted(map(re.escape, some), key=len, reverse=True)) for some in (organs, offices))
    word = rf"(?:[가-힣]{{0,20}}(?:{organ})|제\d{{1,3}}차 ?대회)"
    return re.compile(rf"{word}(?: {word}){{0,4}}(?: ?(?:{office})(?!관))?|(?:{office})(?!관)")
