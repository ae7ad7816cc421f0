"""The clause of an English sentence that reports a message: its verb, its noun, and where its two sides stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sunchi.signals.document import Document
from sunchi.text import Span

KINDS = re.compile(
    r"\b(?:"
    r"(?P<reply>(?:reply|replay|return) (?:message|letter|telegram)s?|(?:message|letter)s? (?:of|in) reply)"
    r"|(?P<verbal>(?:verbal|oral) (?:personal )?(?:message|letter|greeting)s?)"
    r"|(?P<sympathy>(?:message|letter|telegram)s? of (?:deep )?sympathy)"
    r"|(?P<condolence>(?:message|letter|telegram)s? of (?:deep )?condolences?|condolences"
    r"|(?:condolatory|condolence|consolatory) (?:message|letter|telegram)s?"
    r"|condolatory visits?|calls? of condolence)"
    r"|(?P<thanks>(?:message|letter)s? of (?:thanks|gratitude|appreciation)|thank-you (?:message|letter)s?)"
    r"|(?P<solidarity>(?:message|letter)s? of (?:support and )?solidarity|solidarity (?:message|letter)s?)"
    r"|(?P<congratulation>(?:message|letter)s? of congratulations?|congratulations"
    r"|congratulatory (?:messages?|letters?|cards?|telegrams?))"
    r"|(?P<greeting>(?:message|letter|card)s? of (?:\w+ )?greetings?|New Year(?:'s)? (?:cards?|messages?|greetings)"
    r"|greetings|(?<!as )regards|messages? of (?:reverence|good wishes)|(?<=convey )(?:his|her) (?:best|good) wishes)"
    r"|(?P<floral_basket>floral baskets?|flower baskets?|baskets? of flowers)"
    r"|(?P<wreath>wreaths?)"
    r"|(?P<gift>gifts?)"
    r"|(?P<letter>(?:personal |autographed )?(?:letter|message)s?)"
    r")\b",
    re.IGNORECASE,
)
_GLUED = r"(?:\b|(?<=Kim Jong Un)|(?<=Kim Jong Il))"
_VERB = re.compile(
    _GLUED + r"(?:"
    r"(?P<receive>received|receives|got|(?:was|were) presented with|had the honou?r of receiving)"
    r"|(?P<send>(?<!message )(?<!letter )sent|sends|addressed|forwarded|paid)"
    r"|(?P<passed>(?:was|were) (?:also )?(?:sent|conveyed|handed(?: over)?|presented|laid|placed|delivered))"
    r"|(?P<passed_on>(?<=message )sent(?= by\b)|(?<=letter )sent(?= by\b))"
    r"|(?P<adopt>(?:was|were) adopted)"
    r"|(?P<came>(?:also )?came)"
    r"|(?P<exchange>exchanged)"
    r"|(?P<convey>conveyed|convey|gave|extended|extends|delivered|handed|(?<!jointly )presented(?! by\b))"
    r"|(?P<lay>laid|placed|laying|placing|left|(?<=to )lay|(?<=to )place)"
    r")\b"
)
_AND_ANOTHER = re.compile(
    r" and (?=(?:(?:an?|the|his|her|their) )?(?:floral baskets?|wreaths?|gifts?)\b)(?:(?:an?|the|his|her|their) )?"
)
_AND_A_LETTER = re.compile(
    r" and an? (?=(?:congratulatory |condolatory )?(?:letter|message)(?: of (?:condolences?|greetings?|sympathy))?\b)"
)
_THINGS = ("floral_basket", "wreath", "gift")
_BY = (" by ", " jointly by ")
THEY = re.compile(r"\W*They\b")
_BARE = re.compile(r"messages?|They", re.IGNORECASE)
_OF_MANY_STATES = re.compile(
    r"\b(?:[Rr]egional|[Ii]nternational|[Ww]orld|European|Asian|African|Latin American) (?:[\w-]+ ){0,3}"
    r"(?:seminar|meeting|symposium|conference|forum|congress|gathering)\b"
)
_ABOUT = (
    ("demise", "condolence"),
    ("condolence", "condolence"),
    ("sympathy", "sympathy"),
    ("thank", "thanks"),
    ("congratulat", "congratulation"),
    (" election", "congratulation"),
    (" re-election", "congratulation"),
    (" birthday", "congratulation"),
    (" appointment", "congratulation"),
)

_STOP = re.compile(
    r",? (?:on (?=the (?:occasion|demise|death|passing)|his|her|its|their|[A-Z]\w+\.? \d|\w+day)|upon |over |as regards"
    r"|in connection"
    r"|in (?:reply|celebration|token)|expressing|when |after |through |for (?:his|her|their|sending|the(?= [a-z]))\b"
    r"|and (?:expressed|extended|paid|wished|made|had|asked)|which |who |marking |thanking |saying "
    r"|(?<!led )(?<!headed )by (?=the [a-z]|his |her )|to (?=congratulate|mourn|celebrate|mark|express|convey)"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|at the meeting)"
)
_TO = re.compile(r"\bto (?!(?:celebrate|mark|mourn|convey|express|congratulate|take|visit|attend)\b)")
_FROM = re.compile(r"\b(?:from|by|in the name of) (?!air\b|plane\b|train\b)")
_TO_HIM = re.compile(r"\bto him\b")
_OF = re.compile(r"\b(?:of|from) ")
_OWN_MISSION = re.compile(r"\bDPRK (?:embassy|mission|consulate(?: general)?) in (?:the )?", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|in front of) (?:the )?")
_LAID_AT = re.compile(r"\b(?:before|at|to|in front of) (?:the )?")


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


def clauses(text: str, sentence: Span) -> Iterator[Clause]:
    start = sentence[0]
    verbs = _verbs(text, sentence)
    for n, verb in enumerate(verbs):
        end = verbs[n + 1].start() if n + 1 < len(verbs) else sentence[1]
        action = "passed" if verb.lastgroup == "passed_on" else verb.lastgroup or ""
        if action in ("passed", "adopt", "came"):
            nouns = list(KINDS.finditer(text, start, verb.start()))
            noun = nouns[0] if nouns else None
            if noun is None and action == "came":
                noun = THEY.match(text, start, verb.start())
        else:
            noun = KINDS.search(text, verb.end(), min(end, verb.end() + 140))
        if noun:
            kind = noun.lastgroup or "letter"
            clause = Clause(action, kind, sentence, (start, verb.start()), verb.start(), verb.end(), noun.span(), end)
            yield clause
            start = verb.end() if action in ("passed", "adopt", "came") else noun.end()
            another = None if action == "adopt" else _AND_ANOTHER.match(text, noun.end(), end)
            if kind in _THINGS:  # whose letter is one of its own, and whose card is its card
                another = another or _AND_A_LETTER.match(text, noun.end(), end)
            second = KINDS.match(text, another.end(), end) if another else None
            if second:  # "a personal letter and a gift"
                yield replace(clause, kind=second.lastgroup or "letter", noun=second.span())


def _verbs(text: str, sentence: Span) -> list[re.Match[str]]:
    """The verbs, but for the "sent by" of "received a message sent by", which only brings in the sender."""
    verbs: list[re.Match[str]] = []
    for verb in _VERB.finditer(text, *sentence):
        says_by_whom = verb[0] == "sent" and text.startswith(_BY, verb.end())
        if not (says_by_whom and verbs and verbs[-1].lastgroup == "receive"):
            verbs.append(verb)
    return verbs


def kind_of_bare(text: str, clause: Clause, last: str) -> str:
    """The kind of a mere "message": "the messages" are those told of before, others are what the sentence is about."""
    if not _BARE.fullmatch(text, *clause.noun):
        return "letter"
    is_like_it = text.endswith("similar ", 0, clause.noun[0])
    if is_like_it or _definite(text, clause) or THEY.match(text, *clause.noun):
        return last
    held = text[clause.noun[1] : clause.sentence[1]]
    return next((kind for word, kind in _ABOUT if word in held), "letter")


def sides(document: Document, clause: Clause) -> tuple[Span, Span] | None:
    """Where sender and recipient stand; None where the clause does not say."""
    text = document.text
    tail = (clause.noun[1], clause.end)
    if clause.action == "receive":
        sender = after(text, _FROM, (clause.verb_end, clause.end))
        return (sender, clause.subject) if sender else None
    if clause.action == "came":
        sender = after(text, _FROM, (clause.verb_end, clause.end))
        by = _FROM.search(text, clause.verb_end, clause.end)
        to = after(text, _TO, (clause.verb_end, by.start())) if by else None
        return (sender, to or (clause.verb_end, clause.verb_end)) if sender else None
    if clause.action == "adopt":
        return _adopted(document, clause)
    if clause.action == "passed":
        if _definite(text, clause) or (clause.noun[1] >= clause.verb_start - 1 and not document.home):
            return None
        sender = after(text, _FROM, (clause.noun[1], clause.end))
        place = (clause.verb_end, clause.end)
        recipient = after(text, _TO, place) or after(text, _BEFORE, place) or (clause.end, clause.end)
        return (sender, recipient) if sender else None
    if clause.action == "lay":
        target = after(text, _LAID_AT, tail) or after(text, _LAID_AT, (clause.verb_end, clause.noun[0]))
        own = None if target else _OWN_MISSION.search(text, *clause.subject)  # to those who fell for that state
        target = (own.end(), clause.subject[1]) if own else target
        return (clause.subject, target) if target else None
    to = after(text, _TO, (clause.verb_end, clause.noun[0])) or after(text, _TO, tail)
    if to is None:
        return (clause.subject, tail) if clause.action == "send" else None  # "sent a message on Kim's election"
    if clause.action == "convey":
        if _definite(text, clause) and clause.kind != "greeting":
            return None
        of = after(text, _OF, tail)
        if of and of[0] < to[0]:
            return (of[0], to[0]), to
    return clause.subject, to


def _adopted(document: Document, clause: Clause) -> tuple[Span, Span] | None:
    """ "Messages to Kim Jong Un were adopted at the meetings held in …": the meetings send them."""
    to = (clause.noun[1], clause.verb_start)
    if not document.home_in(to) and not (_TO_HIM.search(document.text, *to) and document.home_in((0, clause.noun[0]))):
        return None
    if any(_OF_MANY_STATES.search(document.text, *lead) for lead in document.opening):
        return None
    return (clause.verb_end, clause.end), (clause.noun[1], clause.verb_start)


def _definite(text: str, clause: Clause) -> bool:
    """ "The basket was handed to": one that was told of before."""
    before = text[max(0, clause.noun[0] - 24) : clause.noun[0]]
    return bool(re.search(r"\b(?:[Tt]he|[Tt]hem|[Ii]t) (?:\w+ )?(?:and )?$", before))


def after(text: str, word: re.Pattern[str], span: Span) -> Span | None:
    """What follows the first such word, up to where another thought begins."""
    match = word.search(text, *span)
    if not match:
        return None
    stop = _STOP.search(text, match.end(), span[1])
    return match.end(), stop.start() if stop else span[1]
