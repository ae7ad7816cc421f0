"""Messages in Chinese by the frames of frames.csv: 金正恩向习近平致贺电, 金正恩收到普京的信件, 习近平致电金正恩.

One side has to be another state's, the other one Pyongyang's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import attrgetter

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.chinese_frames import events, parties
from sunchi.signals.document import Document
from sunchi.signals.frames import Match
from sunchi.signals.grammar.word_order import honoured_at
from sunchi.signals.mentions import is_person
from sunchi.signals.message.reported import Direction, Sent, kind_of_noun, kind_spoken_of
from sunchi.signals.rationale import Reason, Rejected
from sunchi.text import Span

_NOT_SENT = Pattern("{not_sent}[^,;]{0,8}$", "zh")  # 拒绝|发贺电
_SPOKEN = Pattern(r"(?:(?!{by_report})[^,。\n]){2,40}{stress}说?,", "zh")  # 习近平在贺电中指出,|他向…致以问候
_TAIL = Pattern(r"(?:{this_day}|[\d年月日于在还也又和及、的敬以。])+$", "zh")  # 俄罗斯外交部 | 3日


def told(document: Document, where: Iterable[Span] | None) -> Iterator[Sent | Rejected]:
    """Yield what sentences tell of; of the frames that fit one event the first that tells of a message counts."""
    for event in events(document, "message", where):
        sentence, start = event[0].sentence, min(match.words[0] for match in event)
        is_spoken = document.pattern(_SPOKEN).match(document.text, *sentence)
        is_unsent = document.pattern(_NOT_SENT).search(document.text, sentence[0], start)
        strong = [match for match in event if match.frame.strength == "strong"]
        found = next(filter(None, (list(_in_match(document, match)) for match in strong or event)), [])
        why_not = "" if found else "not between Pyongyang's side and another state's"
        if is_spoken:
            why_not = "its sentence gives the words of a message or a speech, and reports none"
        elif is_unsent:
            why_not = "denied, asked for or still to come: none was sent"
        yield from [Rejected("message", event[0].words, why_not, event[0].frame)] if why_not else found


def _in_match(document: Document, match: Match) -> Iterator[Sent]:
    """Yield the messages of a match: one for each state of the foreign side, and two where they were exchanged."""
    kind = _kind(document, match)
    reason = Reason("the noun that says its kind, and its verb", match.frame, match.words)
    for direction, theirs, ours in _ways(document, match):
        own = _home_name(document, ours)
        states = _by_state(document, theirs)
        for partner, part in states:
            name, named = _name(document, part)
            yield Sent(kind, direction, partner, name, own or name, match.sentence, named, len(states) > 1, reason)


def _ways(document: Document, match: Match) -> list[tuple[Direction, Span, Span]]:
    """Return which way it went, with their side and ours; of an exchange both ways, of what is none of ours none."""
    nobody = (match.words[1], match.words[1])
    one, other = match.side1 or nobody, match.side2 or nobody
    if match.frame.direction == "both":
        is_exchange = len({n.partner for n in parties(document, one)} - {HOME}) == 1
        return [("out", one, one), ("in", one, one)] if is_exchange else []
    sender, recipient = (next((n.partner for n in parties(document, side)), "") for side in (one, other))
    if sender in ("", HOME):
        return [("out", other, one)] if document.home else []
    monument = document.word_of("monument").search(document.text, *other)
    is_ours = monument or recipient == HOME or (document.home and not match.side2)
    return [("in", one, other)] if is_ours else []


def _by_state(document: Document, side: Span) -> list[tuple[str, Span]]:
    """Return each state of a list with its own part: 俄罗斯总统、| 越南国家主席; of a tower its soldiers' state."""
    named = {n.partner: n for n in reversed(parties(document, side)) if n.partner != HOME}
    firsts = sorted(named.values(), key=attrgetter("start"))
    ends = [*(n.start for n in firsts[1:]), side[1]]
    states = [(n.partner, (n.start, end)) for n, end in zip(firsts, ends, strict=False)]
    return states or list(filter(None, [honoured_at(document, side)]))


def _kind(document: Document, match: Match) -> str:
    """Return the kind by the noun, else by what the sentence goes on to say; wishes for a new year are a greeting."""
    nouns = document.word_of("message_noun").findall(document.text, *match.words)
    if nouns:
        kind = kind_of_noun(document, nouns[-1])
        is_new_year = document.word_of("new_year").search(document.text, match.sentence[0], match.words[1])
        return "greeting" if kind == "congratulation" and is_new_year else kind
    spoken = document.text[match.words[0] : match.words[1] if match.frame.code else match.sentence[1]]
    gives_thanks = document.word_of("thank").search(spoken)
    return "thanks" if gives_thanks else match.frame.code or kind_spoken_of(document, spoken) or "letter"


def _home_name(document: Document, side: Span) -> str:
    """Return Pyongyang's side by its own name, else by what the text calls it, else by whom the article names."""
    here = [n for n in parties(document, side) if n.partner == HOME]
    people = list(filter(is_person, here))
    if here and not people:
        name, _ = _name(document, (here[0].start, side[1]))
        if not document.word_of("feast").search(name):  # 致电祝贺 | 朝鲜国庆
            return name
    if monument := document.word_of("monument").search(document.text, *side):
        return document.text[here[0].start if people else monument.start() : monument.end()]
    named = next(chain(people, filter(is_person, document.home), document.home), None)
    return document.text[named.start : named.end] if named else ""


def _name(document: Document, side: Span) -> tuple[str, bool]:
    """Return a person's name without titles, and True; or an office or organ in the text's words, and False."""
    if person := next(filter(is_person, parties(document, side)), None):
        return document.text[person.start : person.end], True
    return document.pattern(_TAIL).sub("", document.text[side[0] : side[1]])[:60], False
