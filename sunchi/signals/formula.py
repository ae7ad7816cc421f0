"""Formulas: the set phrases of the lexicon, with whose they are, who speaks, and whether they are denied or history.

All articles are matched against all forms at once; whose a phrase is comes from the phrase itself ("the DPRK-China
friendship"), then from its sentence, then from the article. A phrase of one state's own counts only where its sentence
or the article speaks of that state, and blood only where the sentence does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi import text as texts
from sunchi.lexicon import ANY, Term
from sunchi.lexicon.matching import find
from sunchi.signals.message import reports
from sunchi.signals.naming import Naming
from sunchi.signals.parties import Sent
from sunchi.signals.reading import Reading
from sunchi.signals.row import Row, row
from sunchi.text import Span

_THIRD = 0.2  # the weight of what others say about the two, as KCNA reprints it
_MANY = 60  # namings; no sentence that says something of one state has more, and a hostile page may have thousands

_NEGATION = re.compile(
    r"\b(?:not(?! only| content)|never|no longer|cannot|can't|without|neither|nor|denied|denies|ceased|far from)\b"
    r"(?:\s+[^\s,;:]+){0,7}\s*$",
    re.IGNORECASE,
)
_NEGATION_KO = re.compile(r"^[^.\n,]{0,20}?(?:지 않|아니|없다|없으며|없는|못한|구걸)")
# "Nothing can break the friendship" and "no friendship closer than" deny none
_NEGATION_ZH = re.compile(
    "(?:没有(?!任何|什么|比|人)|不存在|不是|并非|绝非|算不上|谈不上|否认|不再|不可能有|失去了?)[^,;。]{0,12}$"
)
_ENDED_ZH = re.compile("^[^,;。]{0,12}?(?:不复存在|已不存在|荡然无存|名存实亡|破裂|是谎言)")
_SPEAKS_ZH = re.compile(
    "(?<![小传学据演游解])说(?![明服法])|表示|指出|强调|重申|声称|宣称|认为|写道|报道|透露|坚信"
    "|(?<![名简职对声号著尊堪自统])称(?![号赞呼])"
)
_PRESS_ZH = re.compile(
    "新华社|塔斯社|(?<!朝鲜中央)通讯社|报纸|日报|时报|电视台|广播|媒体|杂志|网站|专家|学者|分析人士|教授|前官员"
)
_SPEAKS = re.compile(
    r"\b(?:said|says|saying|stressed|noted|stated|expressed|hoped|affirmed|told|declared|called|described|wrote"
    r"|emphasi[sz]ed|pointed out|according to)\b|(?:고|라고|며) (?:말|밝|강조|전|보도|지적)"
)
_PRESS = re.compile(
    r"\b(?:newspaper|paper|news agency|magazine|broadcasting|TV|radio|media|Xinhua|Tass|experts?|analysts?|professor"
    r"|website|daily)\b|former (?:\w+ ){0,4}officials?|신문|통신|방송|매체|전문가"
)
_YEAR = re.compile(r"(?<![A-Za-z\d])(1[89]\d\d|20\d\d)(?:년|年|\b)")
_BY = re.compile(r"(?:[^.;,]{0,40}?\bby| of) (?:the )?")
_OWNER = re.compile(r"(?:\.?'s?)?\.?(?: [\w'-]+){0,2} ?")
_AND_PAIR = re.compile(r"(?:-DPRK)? and (?:the )?(?:DPRK-)?")  # the DPRK-Russia and DPRK-China friendship
_CAPITAL = re.compile(r"\b(?:Friendship|Solidarity|Cooperation|Friendly|Relations)\b")
_AGAINST_WHOM = re.compile(r" (?:against|towards?|to|on|with) (?:the )?")
_IS_THERE = re.compile(r"\b(?:in|at|to|from) (?:the )?$")
_STRONGEST = -2
_AT_US = re.compile(
    r"DPRK|D\.P\.R\.K|north|Republic|\b(?:our|us|it)\b|Korea|compatriots|countrymen|confrontation", re.IGNORECASE
)
_PLACES = ("name", "capital")
_IS_BY = re.compile(r"\bby (?:the )?$")
_OPENS, _CLOSES = frozenset('"《«「'), frozenset('"》»」')
_OURS = re.compile(r"\b(?:we|our|us)\b|우리|我们|我国", re.IGNORECASE)
_HOME_OF_TWO = re.compile("[朝조북]")
_WITH = re.compile(r"(?:,? (?:existing|binding|linking))?,? (?:with|between|of|towards?|for)\b[^.;,]{0,45}")
_WITH_ALL = re.compile(
    r" (?:with|among|between|of|to) (?:the )?(?:peoples of )?"
    r"(?:all|sovereign|others?|different|many|various|foreign|those|member|world"
    r"|every|friendly(?! (?:Democratic|DPRK))|progressive)\b"
)
_PART_OF_A_NAME = re.compile(r" (?:and [A-Z]\w+ )?[A-Z]\w+|-[A-Z]")


def formula(reading: Reading) -> Iterator[Row]:
    """One row for each place where a form of the lexicon stands and a state can be said to be meant."""
    tongue = texts.language(reading.lang)
    received: list[Sent] | None = None
    for term, span in _matches(reading):
        if tongue == "en" and _names_something(reading, term, span):
            reading.drop("formula", span, "capitals: part of the name of a body or event", term)
            continue
        sentence = reading.sentence_at(span[0])
        negated = _is_negated(reading, span, sentence, tongue)
        for partner in _whose(reading, term, span, sentence):
            if received is None:
                received = [sent for sent in reports(reading) if sent.direction == "in"]
            voice = _voice(reading, partner, span, sentence, received)
            reading.because("formula", partner, span, "its words are a form of the lexicon", term)
            yield row(
                reading,
                "formula",
                partner,
                term.id,
                _value(term.strength, negated, voice),
                span,
                category=term.category,
                voice=voice,
                negated=negated,
                historical=_is_history(reading, sentence),
            )


def _matches(reading: Reading) -> Iterator[tuple[Term, Span]]:
    """Every place where a term stands, in order, none over another."""
    for candidate in reading.formulaic:
        for start, end, term in find(candidate.line.text, candidate.terms):
            place = candidate.line.span(start, end)
            yield term, (candidate.start + place[0], candidate.start + place[1])


def _value(strength: int, negated: bool, voice: str) -> float:
    """Friendship denied is worse than none said; enmity denied is nothing."""
    value = float(min(-strength, 0)) if negated else float(strength)
    return round(value * _THIRD, 2) if voice == "third" else value


def _names_something(reading: Reading, term: Term, span: Span) -> bool:
    """The "Peru-Korea Friendship" of an association's name: in the body a phrase has no capitals but its states'."""
    held = reading.text[span[0] : span[1]]
    last = (span[1] - len(held.rsplit(" ", 1)[-1]), span[1])
    ends_in_a_state = reading.named_in(last) or reading.home_in(last)  # "… between Vietnam and the DPRK"
    if reading.text[last[0]].isupper() and not ends_in_a_state and _PART_OF_A_NAME.match(reading.text, span[1]):
        return True
    opens = 1 if span[0] == reading.sentence_at(span[0])[0] else 0  # a sentence's first word has a capital anyway
    return span[0] > reading.headline and term.category == "friendship" and bool(_CAPITAL.search(held, opens))


def _whose(reading: Reading, term: Term, span: Span, sentence: Span) -> list[str]:
    """The states that a phrase is said of; none where nothing says it."""
    in_all = reading.named_in(sentence)
    if len(in_all) > _MANY:
        return _nobody(reading, term, span, f"its sentence names states more than {_MANY} times: a list of them")
    named = [n for n in in_all if not reading.opposes(n)]
    if term.category == "hostile":
        doers = _who_does(reading, term, span, sentence, named)
        return doers or _nobody(reading, term, span, "an enmity of which nothing says whose it is, or aimed at another")
    inside = [n for n in reading.named_in(span) if n in named]
    if inside:
        first = next((n for n in named if _AND_PAIR.fullmatch(reading.text, n.end, inside[0].start)), inside[0])
        second = [n for n in inside if _AND_PAIR.fullmatch(reading.text, first.end, n.start)]
        return [n.partner for n in (first, *second)]
    ours = bool(reading.home_in(sentence) or _OURS.search(reading.text, *sentence) or _ours_in_a_pair(reading, named))
    if not ours and (not reading.home or len({n.partner for n in named}) > 1):
        return _nobody(reading, term, span, "its sentence speaks of relations between others")
    if _WITH_ALL.match(reading.text, span[1] - _ends_in_with(reading, span)):
        return _nobody(reading, term, span, "it is said of all the world or of many states, and so of none")
    if term.partner != ANY:
        there = any(n.partner == term.partner for n in named)
        if there or (not named and reading.foremost == term.partner):
            return [term.partner]
        return _nobody(reading, term, span, "a phrase of one state's own, and its sentence does not speak of that one")
    if term.category == "blood" and not named:
        return _nobody(reading, term, span, "blood, and its sentence names no other state")
    return _of_whom(reading, span, named) or _nobody(reading, term, span, "nothing says of which state it is said")


def _ours_in_a_pair(reading: Reading, named: list[Naming]) -> bool:
    """Whether one of the two in 朝俄 or 조로 is the home side."""
    return any(n.role == "pair" and _HOME_OF_TWO.search(reading.text, n.start, n.end) for n in named)


def _nobody(reading: Reading, term: Term, span: Span, why: str) -> list[str]:
    reading.drop("formula", span, why, term)
    return []


def _ends_in_with(reading: Reading, span: Span) -> int:
    """How long the "with" or "between" is, blank and all, in which a phrase ends; 0 where it ends in neither."""
    last = reading.text[span[0] : span[1]].rsplit(" ", 1)[-1]
    return len(last) + 1 if last in ("with", "between") else 0


def _of_whom(reading: Reading, span: Span, named: list[Naming]) -> list[str]:
    """The state that "with" puts after the phrase, else the article's own if it is near, else the nearest one."""
    joint = _WITH.match(reading.text, span[1])
    after = [n for n in named if joint and span[1] <= n.start < joint.end()]
    if len({n.partner for n in after}) > 1 and joint and not reading.home_in(joint.span()):
        return []  # of China and Vietnam
    if after:
        return [after[0].partner]
    if not named or any(n.partner == reading.foremost for n in named):
        return [reading.foremost] if reading.foremost else []
    before = [n for n in named if n.end <= span[0]]
    return [(before[-1] if before else named[0]).partner]


def _who_does(reading: Reading, term: Term, span: Span, sentence: Span, named: list[Naming]) -> list[str]:
    """Whose enmity it is.

    Of those that the phrase names, else of those after "by" or "of", else of the owner just before, else of the
    sentence's subject and those listed with it; and where the sentence names none, of the subject of the sentence
    before, or of the article's, if the phrase says at whom it is aimed or is of the strongest. What is aimed at another
    state is not meant, nor one that is only a place or only speaks.
    """
    against = _AGAINST_WHOM.match(reading.text, span[1])
    if against and any(n.start == against.end() for n in named):
        return []
    if any(reading.opposes(n) and n.end + 1 == span[0] for n in reading.named_in(sentence)):
        return []  # an anti-Cuba policy
    inside = reading.named_in(span)
    if inside:
        return reading.together(inside)
    by = _BY.match(reading.text, span[1])
    if by:
        doers = [n.partner for n in named if by.end() <= n.start < by.end() + 40]
        if doers:
            return list(dict.fromkeys(doers))
    before = [n for n in named if n.end <= span[0]]
    if before and _OWNER.fullmatch(reading.text, before[-1].end, span[0]):
        return [before[-1].partner]
    if named:
        acting = [n for n in named if n.role not in _PLACES or not _follows(reading, _IS_THERE, n)]
        acting = [n for n in acting if n.end > span[0] or not _SPEAKS.search(reading.text, n.end, span[0])]
        by_whom = [n for n in before if _follows(reading, _IS_BY, n)]
        return reading.together(by_whom or [n for n in acting if n.end <= span[0]] or acting)
    if term.strength > _STRONGEST and not _AT_US.search(reading.text, *span):
        return []
    told_of = reading.sentence_at(max(sentence[0] - 2, 0))
    acting = (
        [n for n in reading.named_in(told_of) if not _follows(reading, _IS_THERE, n)] if told_of != sentence else []
    )
    return [acting[0].partner] if acting else [reading.foremost] if reading.foremost else []


def _follows(reading: Reading, words: re.Pattern[str], naming: Naming) -> bool:
    return bool(words.search(reading.text, max(0, naming.start - 12), naming.start))


def _is_negated(reading: Reading, span: Span, sentence: Span, tongue: str) -> bool:
    if tongue == "ko":
        return bool(_NEGATION_KO.match(reading.text[span[1] : sentence[1]]))
    if tongue == "zh":
        before, after = reading.text[sentence[0] : span[0]], reading.text[span[1] : sentence[1]]
        return bool(_NEGATION_ZH.search(before) or _ENDED_ZH.match(after))
    return bool(_NEGATION.search(reading.text[sentence[0] : span[0]]))


def _voice(reading: Reading, partner: str, span: Span, sentence: Span, received: list[Sent]) -> str:
    """Who says it: the publishing side (own), the state it is said of (partner), or somebody else (third).

    A phrase that stands alone in quotation marks is what somebody else calls it.
    """
    if reading.text[max(0, span[0] - 1) : span[0]] in _OPENS and reading.text[span[1] : span[1] + 1] in _CLOSES:
        reading.because("formula", partner, span, "it stands alone in quotation marks, so somebody else calls it so")
        return "third"
    if any(sent.partner == partner and sent.span[0] < span[0] for sent in received):
        reading.because("formula", partner, span, "it stands in a message that was received from that side")
        return "partner"
    chinese = texts.language(reading.lang) == "zh"
    verb = (_SPEAKS_ZH if chinese else _SPEAKS).search(reading.text, *sentence)
    outsider = any(n.role == "outside" for n in reading.home)
    if not verb:
        if outsider:
            reading.because("formula", partner, span, "the text calls Pyongyang's side as only others do")
        return "third" if outsider else "own"
    speaker = (sentence[0], verb.start()) if verb.start() > sentence[0] else sentence
    reading.because("formula", partner, span, "the word by which its sentence says who speaks", at=verb.span())
    if (_PRESS_ZH if chinese else _PRESS).search(reading.text, *speaker):
        return "third"
    named, home = reading.named_in(speaker), reading.home_in(speaker)
    if home and (not named or home[0].start < named[0].start):
        return "own"
    if named:
        return "partner" if named[0].partner == partner else "third"
    return "third" if outsider else "own"


def _is_history(reading: Reading, sentence: Span) -> bool:
    """Whether the sentence speaks of a year that is more than two before the article's own."""
    if reading.date is None:
        return False
    years = [int(year) for year in _YEAR.findall(reading.text[sentence[0] : sentence[1]])]
    return bool(years) and max(years) < reading.date.year - 2
