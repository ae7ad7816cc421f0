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
from sunchi.signals.grammar.word_order import has_its_own_time, without_quotations
from sunchi.signals.korean_frames import matches
from sunchi.signals.message.detect import reports
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

_NOT_YET = Pattern("{not_yet}|[?]|오는 [0-9]", "ko")  # 오는 3일
_YEARS_AGO = re.compile(r"[^.,\n]{0,14}?[0-9]+ ?(?:돐|돌|주년)")  # 회담 10돐: remembered
# 회담이 평양에서 진행되였다, 회담 결렬; no 회담이 끝난 후
_HELD = Pattern(r"에서|[을를이가]? ?(?:[^\s,.]+ ){0,3}?{took_place}|\W*$|\W*\n|[…\"',]", "ko")
_ATTENDED = Pattern("{diplomat}[^.\n]{0,50}{attend}", "ko")  # 대사관 성원들이 참가
_MEETINGS = ("talks", "courtesy_call")


def find(document: Document) -> Iterator[Contact | Rejected]:
    """Yield every contact that the headline or first sentence reports as done or under way, and what goes with it.

    A contact that the headline gives in short and the lead announces for later is none.
    """
    leads = document.body if is_review(document) else document.opening
    found = [each for sentence in leads for each in _read(document, sentence)]
    to_come = {(each.kind, each.partner) for each, is_done in found if not is_done}
    partners: set[str] = set()
    for each, is_done in found:
        if not is_done:
            yield Rejected("contact", each.span, "asked for, expected or refused: it has not taken place", each.frame)
        elif each.span[0] >= document.headline or (each.kind, each.partner) not in to_come:
            partners.add(each.partner)
            yield each
    for sentence in document.sentences[bisect_right(document.sentences, leads[-1]) :]:
        yield from _later(document, sentence, partners)


def read(document: Document, sentence: Span) -> Iterator[Contact]:
    """Yield every contact that one sentence reports."""
    yield from (each for each, is_done in _read(document, sentence) if is_done)


def _later(document: Document, sentence: Span, partners: set[str]) -> Iterator[Contact]:
    """Yield the contacts of a later sentence that bring other news or go on with those of the lead's one state."""
    lead = document.opening[-1]
    attended = document.pattern(_ATTENDED).search(document.text, *sentence)
    if attended and document.word_of("gathering").search(document.text, *lead):
        guests = {n.partner for n in document.named_in((sentence[0], attended.start() + 1))}
        celebrated = dict.fromkeys(n.partner for n in document.named_in(lead) if n.partner in guests)
        yield from (Contact("joint_event", state, (lead,), lead) for state in celebrated)
    if document.word_of("next_item").match(document.text, *sentence):
        yield from read(document, sentence)
        return
    if len(partners) != 1 or has_its_own_time(document, sentence):
        return
    (partner,) = partners
    is_message = any(sent.span == sentence for sent in reports(document))
    for each, is_done in () if is_message else _read(document, sentence, partner):
        if is_done and (each.partner == partner or each.kind.startswith("delegation")):
            yield each


def _read(document: Document, sentence: Span, partner: str = "") -> Iterator[tuple[Contact, bool]]:
    """Yield what each frame of a sentence tells, and whether it has taken place.

    `partner` is whom a sentence after the lead speaks of without naming him. Of a meeting and the talks at it the first
    word counts.
    """
    unquoted = without_quotations(document.text[slice(*sentence)])
    is_to_come = document.pattern(_NOT_YET).search(unquoted) is not None
    is_old = is_of_an_older_year(document, sentence)
    met: list[str] = []
    for match in matches(document, "contact", (sentence,)):
        start, end = match.words
        is_quoted = not unquoted[start - sentence[0] : end - sentence[0]].strip()
        by_the_way = match.before_noun and (partner or match.frame.code == "agreement")  # 체결된 | 조약
        if is_quoted or by_the_way or not (is_to_come or _is_held(document, match)):
            continue
        only = partner or (met[0] if len(met) == 1 else "")
        for kind, state in told(document, match, only):
            if kind in _MEETINGS and state in met:
                continue
            met += [state] if kind in _MEETINGS else []
            is_done = not (is_to_come or is_old or _is_remembered(document, match))
            yield Contact(kind, state, who_takes_part(document, match), sentence, match.frame), is_done


def _is_held(document: Document, match: Match) -> bool:
    """Return whether talks of which only a noun tells are held: 회담이 진행되였다."""
    is_noun = match.frame.form.endswith(("이 {talks_alone}", "와 {talk_with}"))
    return not is_noun or document.pattern(_HELD).match(document.text, match.words[1]) is not None


def _is_remembered(document: Document, match: Match) -> bool:
    """Return whether a match tells of what is commemorated: 회담 10돐, 로씨야를 방문하신 15돐에 즈음하여."""
    after = [p for p in parsed(document, match.sentence).phrases if p.case == OCCASION and p.start >= match.words[1]]
    is_day = any(_YEARS_AGO.search(document.text, *phrase.span) for phrase in after)
    return is_day or _YEARS_AGO.match(document.text, match.words[1]) is not None
