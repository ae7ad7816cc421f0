"""The doers of an enmity: the states that pursue a hostile policy, and are not merely named with one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sunchi.lexicon import Term
from sunchi.lexicon.columns import ANY
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar import word_order
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_BACK = 4  # sentences
_STRONGEST = -2

# "the hostile policy of the U.S.", "the moves pursued by Japan", "la política hostil de los EE.UU."
_BY = re.compile(r"(?: of|[^.;,]{0,40}?\bby) (?:the )?| de (?:el |la |los |las )?| del ")
_WORD = r" (?!(?:as|are|is|was|were|be|to|in|on|for|at|from|with|that|who|which|has|have|had|will|would)\b)[\w'-]+"
# "the U.S. undisguised threat and hostile policy", "the U.S. attempt to stifle the DPRK"
_OWNER = re.compile(
    rf"(?:\.?'s?)?\.?(?:(?:{_WORD}){{0,2}}(?:{_WORD} and(?:{_WORD}){{0,2}})?|(?:{_WORD}){{1,2}} (?:to|for)) ?"
)
_AND = re.compile(r"[-/]|\b(?:and|y)\b")  # "the U.S. and south Korean policy"
_SYSTEM_OF = re.compile(r"(?<=system) (?:in|of) (?:the )?")  # "the socialist system in Cuba"
# "the hostile policy towards Cuba", "the moves of the U.S. and others against Cuba", "the sanctions on Cuba"
_AGAINST_WHOM = re.compile(r"(?: (?:of|by) (?:U\.S\.|[^.;,]){0,40}?)? (?:against|towards?|to|on|with) (?:the )?")
# "the moves against other countries", but not "against the other side"
_AT_OTHERS = Pattern(r" (?:against|towards?|on|in) (?:the )?(?:other(?! (?:side|party))|{many_states})\b")
_IS_THERE = re.compile(r"\b(?:[Ii]n|to|from) (?:the )?$")  # "in south Korea"
# "hostile elements", "anti-DPRK plot-breeding organizations": they are no state
_ELEMENTS = Pattern(r"(?:hostile|anti-\w+) (?:\w+ )?{elements}")
# "They are persisting in it", "Their moves …", "Far from stopping this, it …"
_THEY = re.compile(r"\W*(?:They|Their|These|It|Its|Ellos|Ellas|[A-Z][\w'-]*(?: [\w'-]+){0,5}, it)\b")
# "schemes to stifle the DPRK", "the threat against it": the phrase itself says at whom it is aimed
_SAYS_AT_WHOM = Pattern(r" (?:(?:against|towards?|(?:up)?on|at|with|targeting) [^,;]+|{us})$", flags=re.IGNORECASE)
# "inter-Korean confrontation": a state of affairs that both live in; "defuse the military confrontation"
_BETWEEN_THEM = re.compile(r"(?:inter-korean|north-south) confrontation$|\bconfrontation (?:between|among)\b")
_ENDS_IT = Pattern(r"\b{end} (?:the )?(?:[\w,-]+ ){0,5}$")  # "roll back their | hostile policy"
# "the 'government' of south Korea", "the puppets": who stands for the South where its sentence names no state
_OF_THE_SOUTH = Pattern(r"\b{puppet}\b|[\"']government")
_OF_THE_PATRON = Pattern(r"\b{master}'s? (?:[\w-]+ ){0,3}$")  # "at the beck and call of their master's hostile policy"
_IS_BY = Pattern(r"\b(?:by|{posture} of) (?:the )?$")  # "a product of the moves of the U.S."
_WITH_HELP_OF = re.compile(r"\b(?:collusion|league|cahoots) with (?:the |its )?$")  # "in league with the U.S."
# "the imperialists' moves" are of no state, "the U.S. imperialists' moves" are
_OF_NO_STATE = re.compile(r"\bimperialists?(?: (?:\w+ )?forces)?'?s? (?:[\w-]+ ){0,5}$")
_OF_NO_STATE_KO = Pattern("(?:(?:[가-힣]{0,3}려)?는)? ?{foe}", "ko")  # 적대시하는 제국주의자들
# 적대세력들의 발악적인 …, 제국주의자들이 감행하는 …, but not 미제국주의자들의
_DONE_BY_NO_STATE_KO = Pattern(
    "(?<!미)(?<!일본){foe}(?:[의이은]|과 [가-힣 ]+들[의이은]) ?(?:[가-힣]{1,20} ){0,3}$", "ko"
)
# 미국과 | 그에 추종하는 남조선의
_SERVES_KO = re.compile("[과와] (?:그에 추종하는|그(?:의)? (?:앞잡이|주구|하수인)[가-힣]*|결탁한|야합한) ")
_IS_KO = re.compile("(?:인|으로 되는|[하려]?는|하고있는)? ?")  # 철천지원쑤인 일제: the sworn enemy that is Japan


def hostile_parties(document: Document, term: Term, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Return which of the states that its sentence names pursue an enmity; none where nothing says it.

    The words around the phrase decide, else its owner, else the sentence's subject with those listed beside it. Where
    the sentence names nobody, it is the subject of the sentence before or of the article, if the phrase says at whom it
    is aimed or is of the strongest. A state at which it is aimed is not meant, nor one that is only a place or only
    speaks.
    """
    named = [n for n in named if not _is_clung_to(document, n)]
    south = document.lexicon.standings.other_half
    if _is_being_ended(document, span, sentence):
        return []
    if document.word_of("one_nation").search(document.small, *span) and south in document.states:
        return [south]
    if _is_aimed_at_another(document, span, sentence, named):
        return []
    meant = [n for n in named if document.text.find(", not ", span[1], n.start) < 0]  # "…, not that of Russia"
    partners = _said_at_once(document, span, meant)
    if partners or (named and not meant):
        return partners
    if term.strength <= _STRONGEST and document.language == "ko" and _names(meant, term.partner):
        return [term.partner]
    meant = [n for n in meant if n.start < span[1] or not _follows(document, _WITH_HELP_OF, n)]
    if _is_of_no_state(document, span):
        return []
    if document.pattern(_OF_THE_PATRON).search(document.text, max(0, span[0] - 50), span[0]):
        return [document.lexicon.standings.patron]
    owners = _owners(document, span, meant)
    if owners:
        return owners
    if document.small.find("unification", *span) >= 0 and _names(meant, south):
        return [south]  # the South's doing before its ally's
    return _of_the_sentence(document, term, span, sentence, meant)


def _of_the_sentence(document: Document, term: Term, span: Span, sentence: Span, meant: list[Mention]) -> list[str]:
    """Return the doers by the rest of the sentence, where no words next to the phrase name them."""
    south = document.lexicon.standings.other_half
    before = [n.partner for n in meant if n.start < span[0]]
    alliance = document.word_of("alliance").search(document.text, sentence[0], span[0])
    if alliance and document.language == "en" and not _adversaries(document, before):
        return []  # what NATO does is no state's
    aims_at_us = document.word_of("aimed_at_us").search(document.small, *span)
    says_at_whom = term.strength <= _STRONGEST or bool(aims_at_us)
    if not meant:
        subject = [south] if _is_souths(document, sentence[0], span[0]) else _subject_before(document, sentence)
        if not says_at_whom and document.language in word_order.LANGUAGES and term.partner != ANY:
            return [term.partner] if document.foremost == term.partner else []  # 적대시정책: whose it is is known
        return _adversaries(document, subject) if says_at_whom else []
    return _acting(document, span, sentence, meant, says_at_whom=says_at_whom)


def _acting(document: Document, span: Span, sentence: Span, meant: list[Mention], *, says_at_whom: bool) -> list[str]:
    """Return the doers, if an adversary is among them; else where it is done, or who was named before."""
    acting = _subject(document, span, meant)
    found = _adversaries(document, acting)
    if found or not says_at_whom:
        return found
    scene = [] if acting else _scene(document, span, meant)
    found = _adversaries(document, scene)
    if found or not document.home_in(span):
        return found
    return _adversaries(document, _subject_before(document, sentence))  # its own names friends, who tell of it


def _names(mentions: Iterable[Mention], partner: str) -> bool:
    return any(n.partner == partner for n in mentions)


def _is_being_ended(document: Document, span: Span, sentence: Span) -> bool:
    """Return whether it is a state of affairs that both sides live in, and that is to end: "ease the confrontation"."""
    if not _BETWEEN_THEM.search(document.small, *span):
        return False
    return bool(document.pattern(_ENDS_IT).search(document.text, max(sentence[0], span[0] - 70), span[0]))


def _is_souths(document: Document, start: int, end: int) -> bool:
    """Return whether words that name no state mean the South's side: its traitors, or its rulers in a report on it."""
    south = document.lexicon.standings.other_half
    is_korean = document.language == "ko"
    abuse = document.word_of("ruler_of_the_south") if is_korean else document.pattern(_OF_THE_SOUTH)
    if abuse.search(document.text, start, end):
        return south in document.states
    return document.foremost == south and bool(document.word_of("regime").search(document.text, start, end))


def _said_at_once(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Return who the phrase itself names, else who follows "by" or "of", or in Korean who is called so."""
    inside = document.named_in(span)
    if inside:
        return document.together(inside)
    by = _BY.match(document.text, span[1])
    after = [n for n in named if by and by.end() <= n.start < by.end() + 40]
    if after and _follows(document, _WITH_HELP_OF, after[0]):  # "by military means in collusion with the U.S."
        after = []
    if after or document.language != "ko":
        return document.together(after)
    found = _IS_KO.match(document.text, span[1])
    return [n.partner for n in named if found and n.start == found.end()]


def _owners(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Return the owners that stand just before it: the state, or for "their" those listed there.

    In Korean and Chinese a doer stands nearest before it, and who speaks of him farther off.
    """
    before = [n for n in named if n.end <= span[0]]
    if before and document.language in word_order.LANGUAGES:
        before = [n for n in before if not word_order.is_patient(document, n, span)]
        return _with_its_master(document, before)
    if not before or not _OWNER.fullmatch(document.text, before[-1].end, span[0]):
        return []
    are_several = document.text.find(" their ", before[-1].end, span[0]) >= 0 or (
        len(before) > 1 and _AND.search(document.text, before[-2].end, before[-1].start)
    )
    return document.together(before[::-1] if are_several else before[-1:])


def _with_its_master(document: Document, before: list[Mention]) -> list[str]:
    """Return the state nearest before a Korean enmity, those listed with it, and the one that it serves."""
    found = document.together(before[::-1])
    others = [n for n in before if n.partner not in found]
    served = others and _SERVES_KO.match(document.text, others[-1].end)
    return [others[-1].partner, *found] if served else found


def _adversaries(document: Document, partners: list[str]) -> list[str]:
    """Return those who only stand near an enmity, if an adversary is among them: friends abroad mention it, too."""
    return partners if document.lexicon.adversaries.intersection(partners) else []


def _from_adversary(document: Document, acting: list[Mention]) -> list[str]:
    """Return the first adversary and those listed with it; before the doer of an enmity stands who tells of it."""
    first = next((k for k, n in enumerate(acting) if n.partner in document.lexicon.adversaries), 0)
    return document.together(acting[first:])


def _scene(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Return the place of an enmity that has no doer in its sentence: "a racket kicked up in south Korea"."""
    return _from_adversary(document, [n for n in named if n.end <= span[0]] or named)


def _is_aimed_at_another(document: Document, span: Span, sentence: Span, named: list[Mention]) -> bool:
    """Return whether it is against another state, as an anti-Cuba policy is."""
    says = document.pattern(_SAYS_AT_WHOM).search(document.text[span[0] : span[1]])  # what follows says something else
    against = None if says else _AGAINST_WHOM.match(document.text, span[1])
    against = against or _SYSTEM_OF.match(document.text, span[1])
    if against and any(n.start == against.end() for n in named):
        return True
    if document.language == "en" and not says and document.pattern(_AT_OTHERS).match(document.small, span[1]):
        return True
    return any(document.opposes(n) and n.end + 1 == span[0] for n in document.named_in(sentence))


def _is_of_no_state(document: Document, span: Span) -> bool:
    """Return whether it is said of people or powers that are no state: "hostile forces", "the imperialists"."""
    if document.language == "ko":
        opens = document.sentence_at(span[0])[0]
        if document.pattern(_OF_NO_STATE_KO).match(document.text, span[1]):
            return True
        doer = document.pattern(_DONE_BY_NO_STATE_KO).search(document.text, opens, span[0])
        is_named = document.named_in((opens, span[0])) or _is_souths(document, opens, span[0])
        return bool(doer) and not is_named
    if document.language != "en":
        return False
    if document.small.startswith(("hostile forces ", "hostile forces'"), span[0]):
        return True
    if document.pattern(_ELEMENTS).search(document.small, *span):
        return True
    owner = _OF_NO_STATE.search(document.small, max(0, span[0] - 60), span[0])
    return owner is not None and not document.named_in((max(0, owner.start() - 25), owner.end()))


def _subject(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Return those whom the sentence names as doers, and not as a mere place or speaker."""
    before = [n for n in named if n.end <= span[0]]
    acting = [n for n in named if n.role not in ("name", "capital") or not _follows(document, _IS_THERE, n)]
    is_by = document.pattern(_IS_BY)
    by_whom = next((k for k, n in enumerate(before) if _follows(document, is_by, n)), None)
    if by_whom is not None:
        return _from_adversary(document, before[by_whom:])
    return _from_adversary(document, acting)


def _subject_before(document: Document, sentence: Span) -> list[str]:
    """Return the subject of the sentence before, for "they" of one further back, else of the article."""
    earlier = sentence
    they = _THEY.match(document.text, *sentence)
    for _ in range(_BACK if they else 1):
        earlier = document.sentence_before(earlier)
        named = [n for n in document.named_in(earlier) if not _is_clung_to(document, n)]
        acting = [n for n in named if not _follows(document, _IS_THERE, n)]
        if acting and earlier != sentence:
            several = they and they.group().lower().endswith(("they", "ellos", "ellas"))
            found = list(dict.fromkeys(n.partner for n in acting)) if several else _from_adversary(document, acting)
            if several or _adversaries(document, found):
                return found
    return _of_the_article(document)


def _of_the_article(document: Document) -> list[str]:
    """Return the state that the article names most, and those its headline lists beside it: "U.S.-S. Korea Drill"."""
    over = document.together(document.named_in((0, document.headline)))
    return over if document.foremost in over else [document.foremost] if document.foremost else []


def _is_clung_to(document: Document, mention: Mention) -> bool:
    """Return whether a state is only named in "pro-U.S. forces"."""
    return document.text.endswith("pro-", 0, mention.start)


def _follows(document: Document, words: re.Pattern[str], mention: Mention) -> bool:
    """Return whether a mention stands right after words."""
    return bool(words.search(document.text, max(0, mention.start - 20), mention.start))
