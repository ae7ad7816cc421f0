"""Contacts in Korean by the frames of frames.csv: who goes where, meets whom, gives a reception, signs.

The headline and the first sentence count, and each line of a review of newspapers; of later sentences those that bring
other news, or tell what else the guests of the lead did.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.korean_sides import told, who_takes_part
from sunchi.signals.document import Document
from sunchi.signals.frames import Match
from sunchi.signals.grammar.dates import is_of_an_older_year
from sunchi.signals.grammar.english import is_review
from sunchi.signals.grammar.korean import OCCASION, parsed
from sunchi.signals.grammar.word_order import has_its_own_time, speaks_for_us, without_quotations
from sunchi.signals.korean_frames import matches
from sunchi.signals.message.detect import reports
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

# 회담 성사, but 외무성|사이; 오는 3일
_NOT_YET = Pattern("{not_yet}|성사(?!이)|[?]|오는 [0-9]|곧 [가-힣]{1,20}[을를로] 방문", "ko")
_YEARS_AGO = re.compile(r"[^.,\n]{0,14}?[0-9]+ ?(?:돐|돌|주년)")  # 회담 10돐: remembered
_OF_SEVERAL = re.compile("[0-9다]자$")  # 6자 | 회담
_INSIDE_WORD = re.compile("[가-힣]방[중북미일러로]")  # 국방중기계획 is no 방중
# 회담이 평양에서 진행되였다, 회담 결렬; no 회담이 끝난 후
_HELD = Pattern(r"에서|[을를이가]? ?(?:[^\s,.]+ ){0,3}?{took_place}|\W*$|\W*\n|[…\"',]", "ko")
_NEXT_ITEM = Pattern("{next_item}|[^.\n]{0,20}(?:다른|별도) 기사", "ko")
_ON_THAT = re.compile("이와 관련|이에 관한")  # 이와 관련한 협정이: what the lead speaks of
_ATTENDED = Pattern("{diplomat}[^.\n]{0,50}{attend}", "ko")  # 대사관 성원들이 참가
_AFTER_IT = 2  # sentences after a gathering's own in which is told who took part
_MEETINGS = ("talks", "courtesy_call")


def find(document: Document) -> Iterator[Contact | Rejected]:
    """Yield every contact that the headline or first sentence reports as done or under way, and what goes with it.

    A contact that the headline gives in short and the lead announces for later is none.
    """
    leads = document.body if is_review(document) else document.opening
    found = [each for sentence in leads for each in _read(document, sentence)]
    to_come = {(each.kind, each.partner) for each, is_done in found if isinstance(each, Contact) and not is_done}
    partners: set[str] = set()
    for each, is_done in found:
        if not isinstance(each, Contact):
            yield each
        elif not is_done:
            yield Rejected("contact", each.span, "asked for, expected or refused: it has not taken place", each.frame)
        elif each.span[0] >= document.headline or (each.kind, each.partner) not in to_come:
            partners.add(each.partner)
            yield each
    for sentence in document.sentences[bisect_right(document.sentences, leads[-1]) :]:
        yield from _later(document, sentence, partners)


def read(document: Document, sentence: Span) -> Iterator[Contact | Rejected]:
    """Yield every contact that one sentence reports."""
    yield from (each for each, is_done in _read(document, sentence) if is_done)


def _later(document: Document, sentence: Span, partners: set[str]) -> Iterator[Contact | Rejected]:
    """Yield the contacts of a later sentence that bring other news or go on with those of the lead."""
    if document.pattern(_NEXT_ITEM).match(document.text, *sentence):
        yield from read(document, sentence)
        return
    lead = document.opening[-1]
    if sentence in document.body[1 : 1 + _AFTER_IT]:
        yield from _attended(document, lead, sentence)
    if _ON_THAT.match(document.text, *sentence):  # of the one state that the lead names
        partners = partners or {n.partner for n in document.named_in(lead)}
    if len(partners) != 1 or speaks_for_us(document, sentence) or has_its_own_time(document, sentence):
        return
    (partner,) = partners
    says = document.word_of("say_or_thank").search(document.text, *sentence)
    is_message = any(sent.span == sentence for sent in reports(document))
    for each, is_done in _read(document, sentence, partner):
        if not (is_done and isinstance(each, Contact)):
            continue
        is_journey = each.kind.startswith("delegation") and each.frame is not None and not each.frame.code
        is_told = not says and (each.kind == "talks" or not is_message)
        if each.kind == "reception" or (is_told and (is_journey or each.partner == partner)):
            yield each


def _attended(document: Document, lead: Span, sentence: Span) -> Iterator[Contact]:
    """Yield the gathering of the lead as a joint event, where those of an embassy whose state it names took part."""
    attended = document.pattern(_ATTENDED).search(document.text, *sentence)
    if attended and document.word_of("gathering").search(document.text, *lead):
        named = document.named_in((sentence[0], attended.start() + 1))
        if named and named[-1].partner in {n.partner for n in document.named_in(lead)}:
            yield Contact("joint_event", named[-1].partner, (lead,), lead)


def _read(document: Document, sentence: Span, partner: str = "") -> Iterator[tuple[Contact | Rejected, bool]]:
    """Yield what each frame of a sentence tells, and whether it has taken place.

    `partner` is whom a sentence after the lead speaks of without naming him. Of a meeting and the talks at it the first
    word counts.
    """
    found = list(matches(document, "contact", (sentence,)))
    if found and document.word_of("sport").search(document.text, *sentence):
        yield Rejected("contact", sentence, "sports: teams meet there"), True
        return
    unquoted = without_quotations(document.text[slice(*sentence)])
    is_to_come = document.pattern(_NOT_YET).search(unquoted) is not None
    is_old = is_of_an_older_year(document, sentence)
    met: list[str] = []
    for match in found:
        start, end = match.words
        is_quoted = not unquoted[start - sentence[0] : end - sentence[0]].strip()
        by_the_way = match.before_noun and (partner or match.frame.code == "agreement")  # 체결된 | 조약
        if is_quoted or by_the_way or not (is_to_come or _is_event(document, match)):
            continue
        only = partner or (met[0] if len(met) == 1 else "")
        for kind, state in told(document, match, only):
            if kind in _MEETINGS and state in met:
                continue
            met += [state] if kind in _MEETINGS else []
            is_done = not (is_to_come or is_old or _is_remembered(document, match))
            yield Contact(kind, state, who_takes_part(document, match), sentence, match.frame), is_done


def _is_event(document: Document, match: Match) -> bool:
    """Return whether the words of a match tell of an event: talks that are held, and of no more than two."""
    text, (start, end) = document.text, match.words
    if _OF_SEVERAL.match(text, max(0, start - 2), start) or _INSIDE_WORD.match(text, max(0, start - 1), end):
        return False
    is_noun = match.frame.form.endswith(("이 {talks_alone}", "와 {talk_with}"))
    return not is_noun or document.pattern(_HELD).match(text, end) is not None


def _is_remembered(document: Document, match: Match) -> bool:
    """Return whether a match tells of what is commemorated: 회담 10돐, 로씨야를 방문하신 15돐에 즈음하여."""
    after = [p for p in parsed(document, match.sentence).phrases if p.case == OCCASION and p.start >= match.words[1]]
    is_day = any(_YEARS_AGO.search(document.text, *phrase.span) for phrase in after)
    return is_day or _YEARS_AGO.match(document.text, match.words[1]) is not None
