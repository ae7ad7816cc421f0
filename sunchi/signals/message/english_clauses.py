"""The clause of an English sentence that reports a message: its verb, its noun, its sender and recipient."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.message.kinds import kind_spoken_of
from sunchi.signals.message.reported import WORDLESS
from sunchi.text import Span

# "a reply message", "telegram of deep condolence", "floral baskets"
KINDS = Pattern(
    r"\b(?:(?P<reply>{replying} {writing})"
    r"|(?P<verbal>{spoken} (?:{personal} )?{writing})"
    r"|(?P<sympathy>{writing} of (?:deep )?{sympathize})"
    r"|(?P<condolence>{writing} of (?:deep )?{condolence}|{condoling} {writing}|{condolence_alone})"
    r"|(?P<thanks>{writing} of {thanks}|thank-you {writing})"
    r"|(?P<solidarity>{writing} of {solidarity}|solidarity {writing})"
    r"|(?P<congratulation>{writing} of congratulations?|congratulations|congratulatory {writing})"
    r"|(?P<greeting>{writing} of (?:\w+ )?greetings?|New Year(?:'s)? {writing}|greetings|(?<!as )regards"
    r"|(?<=convey )(?:his|her) best wishes)"
    r"|(?P<floral_basket>{floral_basket})|(?P<wreath>{wreath})|(?P<gift>{gift})"
    r"|(?P<letter>(?:{personal} )?(?:letter|message)s?))\b",
    flags=re.IGNORECASE,
)
_VERB = Pattern(
    r"(?:\b|(?<=Kim Jong Un))"  # and the word after the name is written in one with it: "Kim Jong Unsent"
    r"(?:(?P<receive>{receive}|(?:was|were) presented with)"
    r"|(?P<send>(?<!message )(?<!letter )sent|{send})"
    r"|(?P<passed>(?:was|were) (?:also )?{hand_over}|(?:(?<=message )|(?<=letter ))sent(?= by\b))"
    r"|(?P<adopt>(?:was|were) adopted)"
    r"|(?P<came>(?:also )?came)"
    r"|(?P<exchange>exchanged)"
    r"|(?P<convey>{convey}|(?<!jointly )presented(?! by\b))"
    r"|(?P<lay>{lay}|(?<=to )lay))\b"
)
_AND_ANOTHER = Pattern(r" and (?:(?:an?|the|his|her|their) )?(?={tribute}\b)")  # "a personal letter and a gift"
# "a gift | and a congratulatory | letter"
_AND_A_LETTER = re.compile(r" and an? (?=(?:congratulatory )?(?:letter|message)\b)")
_BY = (" by ", " jointly by ")
THEY = re.compile(r"\W*They\b")  # "They sent"
_BARE = re.compile(r"messages?|They", re.IGNORECASE)  # what says nothing of its kind
# "the International Conference for Solidarity"
_OF_MANY_STATES = Pattern(r"\b{international} (?:[\w-]+ ){0,3}{gathering}\b")
# where a party ends: "to Kim Jong Un | on the occasion", "| Tuesday"
_STOP = Pattern(
    r",? (?:on (?=the {occasion}|his|her|its|their|[A-Z]\w+\.? \d|\w+day)|{at_the_time}\b"
    r"|for (?:his|her|their|the(?= [a-z]))\b|and {another_deed}\b|(?:expressing|thanking|saying|which|who) "
    r"|(?<!led )(?<!headed )by (?=the [a-z]|his |her )|to (?={purpose}\b)|{weekday})"
)
_TO = Pattern(r"\bto (?!(?:{purpose})\b)")  # "to | Kim Jong Un", and no "to congratulate"
_FROM = re.compile(r"\b(?:from|by|in the name of) (?!air\b|plane\b|train\b)")  # "from | the president", and no "by air"
_OF = re.compile(r"\b(?:of|from) ")  # "message | of | the president"
# "the DPRK embassy in | Laos": who is there is ours
_OWN_MISSION = re.compile(r"\bDPRK (?:embassy|mission) in ", re.IGNORECASE)
_BEFORE = re.compile(r"\bbefore (?:the )?")  # "laid | before the | statue"
_LAID_AT = re.compile(r"\b(?:before|at|to) (?:the )?")  # "laid | at the | tower"


@dataclass(frozen=True, slots=True)
class Clause:
    """One verb with its noun of message; places in the text."""

    action: str
    kind: str
    sentence: Span
    subject: Span
    verb_start: int
    verb_end: int
    noun: Span
    end: int


def clauses(document: Document, sentence: Span) -> Iterator[Clause]:
    """Yield each verb of sending or receiving with its noun; one for each noun of two: "a letter and a gift"."""
    text, kinds = document.text, document.pattern(KINDS)
    start = sentence[0]
    verbs = _verbs(document, sentence)
    for n, verb in enumerate(verbs):
        end = verbs[n + 1].start() if n + 1 < len(verbs) else sentence[1]
        action = verb.lastgroup or ""
        if action in ("passed", "adopt", "came"):
            nouns = list(kinds.finditer(text, start, verb.start()))
            noun = nouns[0] if nouns else None
            if noun is None and action == "came":
                noun = THEY.match(text, start, verb.start())
        else:
            noun = kinds.search(text, verb.end(), min(end, verb.end() + 140))
        if noun:
            kind = noun.lastgroup or "letter"
            clause = Clause(action, kind, sentence, (start, verb.start()), verb.start(), verb.end(), noun.span(), end)
            yield clause
            start = verb.end() if action in ("passed", "adopt", "came") else noun.end()
            another = None if action == "adopt" else document.pattern(_AND_ANOTHER).match(text, noun.end(), end)
            if kind in WORDLESS:  # a letter with it is another message; a card is part of it
                another = another or _AND_A_LETTER.match(text, noun.end(), end)
            second = kinds.match(text, another.end(), end) if another else None
            if second:  # "a personal letter and a gift"
                yield replace(clause, kind=second.lastgroup or "letter", noun=second.span())


def _verbs(document: Document, sentence: Span) -> list[re.Match[str]]:
    """Return the verbs, without the "sent by" of "received a message sent by", which only adds the sender."""
    verbs: list[re.Match[str]] = []
    for verb in document.pattern(_VERB).finditer(document.text, *sentence):
        says_by_whom = verb[0] == "sent" and document.text.startswith(_BY, verb.end())
        if not (says_by_whom and verbs and verbs[-1].lastgroup == "receive"):
            verbs.append(verb)
    return verbs


def kind_of_bare(document: Document, clause: Clause, last: str) -> str:
    """Return the kind of a mere "message": "the messages" are those before, others are what the sentence is about."""
    text = document.text
    if not _BARE.fullmatch(text, *clause.noun):
        return "letter"
    is_like_it = text.endswith("similar ", 0, clause.noun[0])
    if is_like_it or _definite(text, clause) or THEY.match(text, *clause.noun):
        return last
    return kind_spoken_of(document, text[clause.noun[1] : clause.sentence[1]]) or "letter"


def sender_and_recipient(document: Document, clause: Clause) -> tuple[Span, Span] | None:
    """Return where sender and recipient stand; None where the clause does not say."""
    text = document.text
    tail = (clause.noun[1], clause.end)
    if clause.action == "receive":
        sender = after(document, _FROM, (clause.verb_end, clause.end))
        return (sender, clause.subject) if sender else None
    if clause.action == "came":
        sender = after(document, _FROM, (clause.verb_end, clause.end))
        by = _FROM.search(text, clause.verb_end, clause.end)
        to = after(document, document.pattern(_TO), (clause.verb_end, by.start())) if by else None
        return (sender, to or (clause.verb_end, clause.verb_end)) if sender else None
    if clause.action == "adopt":
        return _adopted(document, clause)
    if clause.action == "passed":
        if _definite(text, clause) or (clause.noun[1] >= clause.verb_start - 1 and not document.home):
            return None
        sender = after(document, _FROM, (clause.noun[1], clause.end))
        place = (clause.verb_end, clause.end)
        recipient = (
            after(document, document.pattern(_TO), place) or after(document, _BEFORE, place) or (clause.end, clause.end)
        )
        return (sender, recipient) if sender else None
    if clause.action == "lay":
        target = after(document, _LAID_AT, tail) or after(document, _LAID_AT, (clause.verb_end, clause.noun[0]))
        own = None if target else _OWN_MISSION.search(text, *clause.subject)  # to those who fell for that state
        target = (own.end(), clause.subject[1]) if own else target
        return (clause.subject, target) if target else None
    to = after(document, document.pattern(_TO), (clause.verb_end, clause.noun[0])) or after(
        document, document.pattern(_TO), tail
    )
    if to is None:
        return (clause.subject, tail) if clause.action == "send" else None  # "sent a message on Kim's election"
    if clause.action == "convey":
        if _definite(text, clause) and clause.kind != "greeting":
            return None
        of = after(document, _OF, tail)
        if of and of[0] < to[0]:
            return (of[0], to[0]), to
    return clause.subject, to


def _adopted(document: Document, clause: Clause) -> tuple[Span, Span] | None:
    """Return the sides of "Messages to Kim Jong Un were adopted at the meetings held in …": the meetings send."""
    to = (clause.noun[1], clause.verb_start)
    to_him = document.text.find(" to him", *to) >= 0 and document.home_in((0, clause.noun[0]))
    if not document.home_in(to) and not to_him:
        return None
    if any(document.pattern(_OF_MANY_STATES).search(document.text, *lead) for lead in document.opening):
        return None
    return (clause.verb_end, clause.end), (clause.noun[1], clause.verb_start)


def _definite(text: str, clause: Clause) -> bool:
    """Return whether the noun is one already mentioned: "The basket was handed to"."""
    before = text[max(0, clause.noun[0] - 24) : clause.noun[0]]
    return bool(re.search(r"\b(?:[Tt]he|[Tt]hem|[Ii]t) (?:\w+ )?(?:and )?$", before))


def after(document: Document, word: re.Pattern[str], span: Span) -> Span | None:
    """Return what follows the first such word, up to where another thought begins."""
    match = word.search(document.text, *span)
    if not match:
        return None
    stop = document.pattern(_STOP).search(document.text, match.end(), span[1])
    return match.end(), stop.start() if stop else span[1]
