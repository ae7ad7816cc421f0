"""Whose an enmity is: the states that pursue a hostile policy, and are not merely spoken of beside one."""

from __future__ import annotations

import re

from sunchi.lexicon import Term
from sunchi.lexicon.columns import ANY
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_BY = re.compile(r"(?: of|[^.;,]{0,40}?\bby) (?:the )?| de (?:el |la |los |las )?| del ")
_WORD = r" (?!(?:as|are|is|was|were|be|to|in|on|for|at|from|with|that|who|which|has|have|had|will|would)\b)[\w'-]+"
# "the U.S. undisguised threat and hostile policy", "the U.S. attempt to stifle the DPRK"
_OWNER = re.compile(
    rf"(?:\.?'s?)?\.?(?:(?:{_WORD}){{0,2}}(?:{_WORD} and(?:{_WORD}){{0,2}})?|(?:{_WORD}){{1,2}} (?:to|for)) ?"
)
_AND = re.compile(r"[-/]|\b(?:and|y)\b")  # "the U.S. and south Korean policy"
_SYSTEM_OF = re.compile(r"(?<=system) (?:in|of) (?:the )?")  # "the socialist system in Cuba"
_AGAINST_WHOM = re.compile(
    r"(?: (?:of|by) (?:U\.S\.|[^.;,]){0,40}?)? (?:against|towards?) (?:the )?| (?:to|on|with) (?:the )?"
)
_AT_OTHERS = re.compile(
    r" (?:against|towards?|on|in) (?:the )?(?:other(?! (?:side|party))|third|various|different|many|independent|Arab"
    r"|African|Asian)\b"
)
_RELATIONS_WITH = re.compile(r"(?:(?<=relations)|(?<=relationship)) with (?:the )?")
_IS_THERE = re.compile(r"\b(?:[Ii]n|to|from) (?:the )?$")
_STRONGEST = -2
_ELEMENTS = re.compile(
    r"(?:hostile|anti-\w+) (?:\w+ )?(?:elements|maniacs|nations|classes|organi[sz]ations)", re.IGNORECASE
)  # they are no state
_BACK = 4  # sentences
_THEY = re.compile(r"\W*(?:They|Their|These|It|Its|Ellos|Ellas|Estos|[A-Z][\w'-]*(?: [\w'-]+){0,5}, it)\b")
_AT_US = re.compile(
    r"DPRK|D\.P\.R\.K|RPDC|Corea|connacional|north|Republic|[朝조]|공화국|우리|我[国们]|\b(?:our|us|its?)\b|Korea|compatriots|countrymen"
    r"|confrontation|relations|unification",
    re.IGNORECASE,
)
_SAYS_AT_WHOM = re.compile(
    r" (?:(?:against|towards?|(?:up)?on|at|with|targeting) [^,;]+"
    r"|DPRK|north|Republic|compatriots|countrymen|it|us)$",
    re.IGNORECASE,
)
_BARE_DEED = re.compile(r"hostile (?:act|action|operation)s?$", re.IGNORECASE)  # soldiers fall in hostile actions
_US = re.compile(r"\b(?:we|our|us|compatriots|countrymen|fellow|nation|Korean?s?)\b|우리|我们|我国", re.IGNORECASE)
# With whom only Koreans can be at odds
_OF_ONE_NATION = re.compile(
    r"\bcountrymen|\bcompatriots|north-south|south-north|inter-Korean|between the (?:north|south)\b|of the systems"
    r"|absorption|fratricid|connacional|동족|괴뢰들|북남대결|同族|北南",
    re.IGNORECASE,
)
# A state of affairs that both live in, and what is done about it
_BETWEEN_THEM = re.compile(
    r"(?:inter-Korean|north-south|south-north) confrontation$|\bconfrontation (?:between|among)\b", re.IGNORECASE
)
_ENDS_IT = re.compile(
    r"\b(?:defus|eas|end|terminat|remov|avert|prevent|dispel|put(?:ting)? an end to)\w* (?:the )?(?:[\w,-]+ ){0,5}$"
)
_AGAINST_REUNION = re.compile(r"unification", re.IGNORECASE)  # the South's doing before its ally's
_PLACES = ("name", "capital")
# Who stands for the South's side where its sentence names no state
_OF_THE_SOUTH = re.compile(r"\b(?:puppets?|conservatives?|traitors?)\b|[\"']government")
_OF_ITS_POWER = re.compile(r"\b(?:authorities|group|clique|regime)\b")
_OF_THE_PATRON = re.compile(r"\b(?:master|boss|outsider)s?'s? (?:[\w-]+ ){0,3}$")
# No state; what they do is of none
_BODY = re.compile(r"\b(?:NATO|EU|UN|IAEA|Security Council)\b")
_CLINGS_TO = re.compile(r"\bpro-$")
_OWN_CLAUSE = re.compile(r"(?:[,;] |\b)(?:and|but|while) (?:the )?$")
_ITS_VERB = re.compile(r"[^.,;]{0,60}? (?:is|are|was|were|has|have|had|keeps?|goe?s?|continues?) ")
_IS_BY = re.compile(
    r"\b(?:by|(?:moves?|schemes?|plots?|campaigns?|rackets?|attempts?|maneuvers|ambition|intention|plans?|efforts) of)"
    r" (?:the )?$"
)
_ITS = re.compile(r"\b(?:its|their|his) (?:[\w-]+ ){0,3}$")  # of which the speaker himself is the doer
_BLAMES = re.compile(r"\b(?:denounc|condemn|accus|blam|urg|demand|castigat|flay|slam|censur)\w*", re.IGNORECASE)
_NOT_THEM = re.compile(r"(?:, |, and | and )not\b")
_WITH_HELP_OF = re.compile(r"\b(?:collusion|league|cahoots) with (?:the |its )?$")
_ANOTHER_SPEAKS = re.compile(r", (?:[\w-]+ ){1,4}$")  # "the U.S. moves, the statement said"
# "the imperialists' moves" are of no state, "the U.S. imperialists' moves" are
_OF_NO_STATE = re.compile(r"\bimperialists?(?: (?:\w+ )?forces)?'?s? (?:[\w-]+ ){0,5}$", re.IGNORECASE)
_OF_NO_STATE_KO = re.compile("(?:(?:[가-힣]{0,3}려)?는)? ?(?:제국주의|자들|호전|적들|적대세력|원쑤|반동)")
_DONE_BY_NO_STATE_KO = re.compile(
    "(?<!미)(?<!일본)(?:제국주의(?:자들)?|적대세력들?|원쑤들|적들)(?:의|이|은|과 (?:[가-힣]+ )?[가-힣]+들[이은]) ?"
    "(?:[가-힣]+ ){0,3}$"
)
_IS_KO = re.compile("(?:인|으로 되는|(?:[하려])?는|하고있는)? ?")  # the sworn enemy that is Japan
_SPEAKS = re.compile(
    r"(?<![\w-])(?:said|says|saying|stressed|noted|stated|expressed|hoped|affirmed|told|declared|called|described|wrote"
    r"|emphasi[sz]ed|pointed out|according to)\b|(?:고|라고|며) (?:말|밝|강조|전|보도|지적)"
)


def doers(document: Document, term: Term, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Whose an enmity is, of the states that its sentence names; none where nothing says it.

    Of those that the words beside it say, else of its owner, else of the sentence's subject and those listed with it;
    and where the sentence names none, of the subject of the sentence before, or of the article's, if the phrase says at
    whom it is aimed or is of the strongest. What is aimed at another state is not meant, nor one that is only a place
    or only speaks.
    """
    named = [n for n in named if not _follows(document, _CLINGS_TO, n)]
    south = document.lexicon.standings.other_half
    if _BETWEEN_THEM.search(document.text, *span) and _ENDS_IT.search(
        document.text, max(sentence[0], span[0] - 70), span[0]
    ):
        return []
    if _OF_ONE_NATION.search(document.text, *span) and any(n.partner == south for n in document.mentions):
        return [south]
    beside = _next_after(_RELATIONS_WITH, document, span, named)
    if beside:
        return beside
    if _is_aimed_at_another(document, span, sentence, named):
        return []
    meant = [n for n in named if n.start < span[1] or not _NOT_THEM.search(document.text, span[1], n.start)]
    told = _told_beside(document, span, meant)
    if told or (named and not meant):
        return told
    meant = [n for n in meant if n.start < span[1] or not _follows(document, _WITH_HELP_OF, n)]
    if _is_of_no_state(document, span) or _ELEMENTS.search(document.text, *span):
        return []
    if _OF_THE_PATRON.search(document.text, max(0, span[0] - 50), span[0]):
        return [document.lexicon.standings.patron]
    owners = _owners(document, span, meant)
    if owners:
        return owners
    if _AGAINST_REUNION.search(document.text, *span) and any(n.partner == south for n in meant):
        return [south]
    if _BODY.search(document.text, sentence[0], span[0]) and not _adversaries(
        document, [n.partner for n in meant if n.start < span[0]]
    ):
        return []
    says_at_whom = term.strength <= _STRONGEST or _AT_US.search(document.text, *span)
    if not meant:
        subject = [south] if _is_souths(document, sentence[0], span[0]) else _subject_before(document, sentence)
        if not says_at_whom and document.language != "en" and term.partner != ANY:
            return [term.partner] if document.foremost == term.partner else []  # 적대시정책: whose it is is known
        return _adversaries(document, subject) if says_at_whom else []
    if _BARE_DEED.search(document.text, *span) and not _concerns_us(document, sentence):
        return []
    return _acting(document, span, sentence, meant, says_at_whom=bool(says_at_whom))


def _acting(document: Document, span: Span, sentence: Span, meant: list[Mention], *, says_at_whom: bool) -> list[str]:
    """Those of the named that do it, if an adversary is among them; else where it is done, or of whom was spoken."""
    acting = _subject(document, span, meant)
    found = _adversaries(document, acting)
    if found or not says_at_whom:
        return found
    there = [] if acting else _there(document, span, meant)
    if not there and not acting:
        return _adversaries(document, _of_the_article(document))
    found = _adversaries(document, there)
    if found or not document.home_in(span):
        return found
    return _adversaries(document, _subject_before(document, sentence))  # its own names friends, who tell of it


def _is_souths(document: Document, start: int, end: int) -> bool:
    """Whether words that name no state mean the South's side: its traitors, or the group of a report on it."""
    south = document.lexicon.standings.other_half
    if _OF_THE_SOUTH.search(document.text, start, end):
        return any(n.partner == south for n in document.mentions)
    return document.foremost == south and bool(_OF_ITS_POWER.search(document.text, start, end))


def _told_beside(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Those that the phrase itself names, else those after "by" or "of", else, in Korean, who is said to be it."""
    inside = document.named_in(span)
    if inside:
        return document.together(inside)
    by = _BY.match(document.text, span[1])
    after = [n for n in named if by and by.end() <= n.start < by.end() + 40]
    if after and _follows(document, _WITH_HELP_OF, after[0]):  # "by military means in collusion with the U.S."
        after = []
    if after or document.language != "ko":
        return document.together(after)
    return _next_after(_IS_KO, document, span, named)


def _next_after(words: re.Pattern[str], document: Document, span: Span, named: list[Mention]) -> list[str]:
    """The state that stands right after `words`, which follow the phrase."""
    found = words.match(document.text, span[1])
    return [n.partner for n in named if found and n.start == found.end()]


def _owners(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Whose it is called: of the state just before it, or for "their" of those listed there.

    In Korean and Chinese a doer stands nearest before it, and who speaks of him farther off.
    """
    before = [n for n in named if n.end <= span[0]]
    if before and document.language != "en":
        return document.together(before[::-1])
    if not before or not _OWNER.fullmatch(document.text, before[-1].end, span[0]):
        return []
    are_several = document.text.find(" their ", before[-1].end, span[0]) >= 0 or (
        len(before) > 1 and _AND.search(document.text, before[-2].end, before[-1].start)
    )
    return document.together(before[::-1] if are_several else before[-1:])


def _adversaries(document: Document, acting: list[str]) -> list[str]:
    """Those who only stand near an enmity, if an adversary is among them: friends abroad tell of it, too."""
    return acting if document.lexicon.adversaries.intersection(acting) else []


def _from_adversary(document: Document, acting: list[Mention]) -> list[str]:
    """The first adversary and those listed with it, if one is there: who tells of an enmity stands before its doer."""
    first = next((k for k, n in enumerate(acting) if n.partner in document.lexicon.adversaries), 0)
    return document.together(acting[first:])


def _there(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Where an enmity is that has no doer in its sentence: "a racket kicked up in south Korea"."""
    return _from_adversary(document, [n for n in named if n.end <= span[0]] or named)


def _is_aimed_at_another(document: Document, span: Span, sentence: Span, named: list[Mention]) -> bool:
    """Whether it is against another state, as an anti-Cuba policy is."""
    said = _SAYS_AT_WHOM.search(document.text[span[0] : span[1]])  # then what follows says something else
    against = (None if said else _AGAINST_WHOM.match(document.text, span[1])) or _SYSTEM_OF.match(
        document.text, span[1]
    )
    if against and any(n.start == against.end() for n in named):
        return True
    if not said and _AT_OTHERS.match(document.text, span[1]):
        return True
    return any(document.opposes(n) and n.end + 1 == span[0] for n in document.named_in(sentence))


def _is_of_no_state(document: Document, span: Span) -> bool:
    if document.small.startswith(("hostile forces ", "hostile forces'"), span[0]):
        return True
    if _OF_NO_STATE_KO.match(document.text, span[1]):
        return True
    opens = document.sentence_at(span[0])[0]
    if _DONE_BY_NO_STATE_KO.search(document.text, opens, span[0]) and not document.named_in((opens, span[0])):
        return True
    owner = _OF_NO_STATE.search(document.text, max(0, span[0] - 60), span[0])
    return owner is not None and not document.named_in((max(0, owner.start() - 25), owner.end()))


def _concerns_us(document: Document, sentence: Span) -> bool:
    return bool(document.home_in(sentence) or _US.search(document.text, *sentence))


def _subject(document: Document, span: Span, named: list[Mention]) -> list[str]:
    """Those that the sentence names as who does it, and no mere place or speaker."""
    before = [n for n in named if n.end <= span[0]]
    acting = [n for n in named if n.role not in _PLACES or not _follows(document, _IS_THERE, n)]
    is_its = bool(_ITS.search(document.text, max(0, span[0] - 40), span[0]))
    if is_its and before and _BLAMES.search(document.text, max(0, before[0].start - 60), before[-1].start):
        return document.together(before[::-1])  # "denounced the U.S. and its puppets for their moves"
    if not is_its:
        acting = [n for n in acting if not _only_speaks(document, n, span)]
    by_whom = next((k for k, n in enumerate(before) if _follows(document, _IS_BY, n)), None)
    if by_whom is not None:
        return _from_adversary(document, before[by_whom:])
    return _from_adversary(document, _of_the_last_clause(document, span, acting) or acting)


def _of_the_last_clause(document: Document, span: Span, acting: list[Mention]) -> list[Mention]:
    """Those before an enmity; of "A pursues its ends and B is frantic to invade the north" the last alone."""
    before = [n for n in acting if n.end <= span[0]]
    for k in range(len(before) - 1, 0, -1):
        opens = _OWN_CLAUSE.search(document.text, before[k - 1].end, before[k].start)
        acts = _ITS_VERB.match(document.text, before[k].end, span[0])
        if opens and acts and len(document.together(before[k - 1 : k + 1])) == 1:
            return before[k:]
    return before


def _only_speaks(document: Document, mention: Mention, span: Span) -> bool:
    """Whether a state named before an enmity is the one that says it."""
    verbs = _SPEAKS.finditer(document.text, mention.end, span[0]) if mention.end <= span[0] else ()
    return any(not _ANOTHER_SPEAKS.search(document.text, mention.end, verb.start()) for verb in verbs)


def _subject_before(document: Document, sentence: Span) -> list[str]:
    """Those that the sentence before speaks of, or for "they" one further back, else the article's own."""
    told_of = sentence
    they = _THEY.match(document.text, *sentence)
    for _ in range(_BACK if they else 1):
        told_of = document.sentence_before(told_of)
        there = (n for n in document.named_in(told_of) if not _follows(document, _CLINGS_TO, n))
        acting = [n for n in there if not _follows(document, _IS_THERE, n)]
        if acting and told_of != sentence:
            several = they and they.group().lower().endswith(("they", "ellos", "ellas"))
            found = list(dict.fromkeys(n.partner for n in acting)) if several else _from_adversary(document, acting)
            if several or _adversaries(document, found):
                return found
    return _of_the_article(document)


def _of_the_article(document: Document) -> list[str]:
    """The state that the article names most, and those that its headline lists with it: "U.S.-S. Korea Exercises"."""
    over = document.together(document.named_in((0, document.headline)))
    return over if document.foremost in over else [document.foremost] if document.foremost else []


def _follows(document: Document, words: re.Pattern[str], mention: Mention) -> bool:
    return bool(words.search(document.text, max(0, mention.start - 20), mention.start))
