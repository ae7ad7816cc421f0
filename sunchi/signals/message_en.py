"""Messages in English.

A sentence reports a message where a verb of sending or receiving stands with a noun of message: "sent a message of
greeting to", "received a floral basket from". Who stands before the verb and who after "to", "from" or "by" are its two
sides. One has to be foreign, the other the home side's: gifts to pupils and letters between third states are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from sunchi.lexicon import Lexicon
from sunchi.signals.parties import Direction, Sent
from sunchi.signals.reading import Naming, Reading
from sunchi.signals.sides_en import holds_any
from sunchi.text import Span

_KINDS = re.compile(
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
    r"|greetings|regards|messages? of (?:reverence|good wishes))"
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
    r"|(?P<passed>(?:was|were) (?:sent|conveyed|handed(?: over)?|presented|laid|placed|delivered))"
    r"|(?P<passed_on>(?<=message )sent(?= by\b)|(?<=letter )sent(?= by\b))"
    r"|(?P<adopt>(?:was|were) adopted)"
    r"|(?P<came>(?:also )?came)"
    r"|(?P<exchange>exchanged)"
    r"|(?P<convey>conveyed|convey|gave|extended|extends|delivered|handed|presented)"
    r"|(?P<lay>laid|placed|laying|placing)"
    r")\b"
)
_SPEAKS_OF_ONE = (
    "message", "letter", "card", "greeting", "congratulat", "condol", "sympathy", "floral basket", "flower", "wreath",
    "gift", "regards", "they came from",
)  # fmt: skip
_REPORTS_CONTENT = re.compile(
    r"\b(?:[Ii]n|[Tt]he|[Tt]his|[Hh]is|[Hh]er) (?:\w+ )?(?:message|letter)\b|\b(?:I|We|we|our)\b"
)
_OPENING = 2  # sentences in which a text says that it tells of letters
_IN_LETTERS = re.compile(r"\b[Ii]n (?:their )?congratulatory (?:messages|letters|cards)\b[^.]*\bon the occasion of\b")
_SAYS = re.compile(r"\b(?:said|noted|stressed|expressed|extended|wished|praised|hoped)\b")
_STOP = re.compile(
    r",? (?:on (?=the occasion|his|her|its|their|[A-Z]\w+\.? \d|\w+day)|upon |over |as regards|in connection"
    r"|in (?:reply|celebration|token)|expressing|when |after |through |for (?:his|her|their|sending|the(?= [a-z]))\b"
    r"|and (?:other )?(?:high-ranking )?(?:personages|persons) of "  # of many countries, and by no name
    r"|and (?:expressed|extended|paid|wished|made|had|asked)|which |who |marking |thanking |saying "
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|at the meeting)"
)
_LAID_AT = re.compile(r"\b(?:before|at|to|in front of) (?:the )?")
_TO = re.compile(r"\bto (?!(?:celebrate|mark|mourn|convey|express|congratulate|take|visit|attend)\b)")
_FROM = re.compile(r"\b(?:from|by|in the name of) (?!air\b|plane\b|train\b)")
_OF = re.compile(r"\b(?:of|from) ")
_PRONOUN = re.compile(
    r"^\W*(?:He|She|Kim|They|The (?:\w+ ){0,2}(?:leader|premier|minister|president|Marshal|Secretary))\b"
)
_THEY = re.compile(r"\W*They\b")
_BARE = re.compile(r"messages?|They", re.IGNORECASE)
_WITH = re.compile(r"\bwith (?:the |his |her )?")
_OUR_MONUMENT = re.compile(r"\b(?:Martyrs|Cemetery|Tower|Mausoleum|Mansu Hill|Kumsusan|Monument)\b")
_ABOUT = (
    ("demise", "condolence"),
    ("condolence", "condolence"),
    ("sympathy", "sympathy"),
    ("thank", "thanks"),
    ("congratulat", "congratulation"),
)
_NO_SIDE = re.compile(
    r"\b(?:anti-|pro-"  # anti-Japanese fighters
    r"|Koreans? (?:[\w-]+ ){0,3}in (?:the )?"  # Koreans in China
    r"|(?:ambassadors?|envoys?|consuls?|charges? d'affaires(?: a\.i\.| ad interim)?)\b(?: of [^.;]*?)? to (?:the )?"
    r"(?:[\w ]+(?:, [\w ]+)*(?:,| and) )?)$",  # the ambassadors of Nepal and Peru to Cuba and Mexico
    re.IGNORECASE,
)
_OFFICE_OPENS = re.compile(
    r"(?:,| and) the (?:[\w-]+ ){0,3}?(?:president|vice-president|premier|(?:prime |foreign )?minister|king|chair\w*"
    r"|speaker|(?:general |first |international )?secretary|commander|leader)\b"
)
_SECOND_ITEM = re.compile(r"(?:,| and) (?=the |an? |[A-Z]\w+(?:,|\.| and\b|\s*$))")


def find(reading: Reading) -> Iterator[Sent]:
    """Every message that a sentence of the body reports, in order."""
    if not holds_any(reading.text.lower(), _SPEAKS_OF_ONE):
        return
    body = [s for s in reading.sentences if s[0] > reading.headline]
    last = "letter"
    for n, sentence in enumerate(body):
        held = reading.text[sentence[0] : sentence[1]].lower()
        if not holds_any(held, _SPEAKS_OF_ONE):
            continue
        for clause in _clauses(reading.text, sentence):
            if _REPORTS_CONTENT.search(reading.text, sentence[0], clause.verb_start):
                reading.drop("message", clause.noun, "its sentence gives the words of a message, and reports none")
                continue
            if clause.kind == "letter":
                clause = replace(clause, kind=_kind_of_bare(reading.text, clause, last))
            last = clause.kind
            yield from _read(reading, clause, leads=n == 0)
    yield from _quoted(reading, body)


def _quoted(reading: Reading, body: list[Span]) -> Iterator[Sent]:
    """What is told of letters by their words alone: after "In their letters on the occasion of …", who says what."""
    opens = next((n for n, s in enumerate(body[:_OPENING]) if _IN_LETTERS.search(reading.text, *s)), None)
    leader = next((n for n in reading.home if n.role == "leader"), None)
    if opens is None or leader is None:
        return
    own = reading.text[leader.start : leader.end]
    for sentence in body[opens + 1 :]:
        verb = _SAYS.search(reading.text, *sentence)
        parties = list(_parties(reading, (sentence[0], verb.start()))) if verb else []
        for partner, place in parties:
            name, named = _short(reading.unframed[place[0] : place[1]], partner, reading.lexicon)
            reading.because("message", partner, sentence, "the text tells of letters, and then who says what in them")
            yield Sent("congratulation", "in", partner, name, own, sentence, named, listed=True, leads=False)


@dataclass(frozen=True, slots=True)
class _Clause:
    """One verb with its noun of message; places in the text."""

    action: str
    kind: str
    sentence: Span
    subject: Span
    verb_start: int
    verb_end: int
    noun: Span
    end: int


def _clauses(text: str, sentence: Span) -> Iterator[_Clause]:
    start = sentence[0]
    verbs = list(_VERB.finditer(text, *sentence))
    for n, verb in enumerate(verbs):
        end = verbs[n + 1].start() if n + 1 < len(verbs) else sentence[1]
        action = "passed" if verb.lastgroup == "passed_on" else verb.lastgroup or ""
        if action in ("passed", "adopt", "came"):
            nouns = list(_KINDS.finditer(text, start, verb.start()))
            noun = nouns[0] if nouns else None
            if noun is None and action == "came":
                noun = _THEY.match(text, start, verb.start())
        else:
            noun = _KINDS.search(text, verb.end(), min(end, verb.end() + 140))
        if noun:
            kind = noun.lastgroup or "letter"
            yield _Clause(action, kind, sentence, (start, verb.start()), verb.start(), verb.end(), noun.span(), end)
            start = verb.end() if action in ("passed", "adopt", "came") else noun.end()


def _kind_of_bare(text: str, clause: _Clause, last: str) -> str:
    """The kind of a mere "message": "the messages" are those told of before, others are what the sentence is about."""
    if not _BARE.fullmatch(text, *clause.noun):
        return "letter"
    if _definite(text, clause) or _THEY.match(text, *clause.noun):
        return last
    held = text[clause.noun[1] : clause.sentence[1]]
    return next((kind for word, kind in _ABOUT if word in held), "letter")


def _read(reading: Reading, clause: _Clause, *, leads: bool) -> Iterator[Sent]:
    """The messages of one clause: one for each state of the foreign side."""
    if clause.action == "exchange":
        yield from _exchanged(reading, clause, leads=leads)
        return
    sides = _sides(reading, clause)
    if sides is None:
        reading.drop("message", clause.noun, "without a sender or a recipient, or told of before as the one that it is")
        return
    sender, recipient = sides
    direction = _direction(reading, clause, sender, recipient)
    if direction is None:
        if reading.notes is not None:
            reading.drop(
                "message", clause.noun, _NO_SIDES[_is_foreign(reading, sender), _is_foreign(reading, recipient)]
            )
        return
    foreign, home = (sender, recipient) if direction == "in" else (recipient, sender)
    kind = "verbal" if clause.kind == "greeting" and _passed_on(reading, clause) else clause.kind
    own = _home_name(reading, home)
    parties = list(_parties(reading, foreign))
    told = bool(parties)
    for partner, party in parties or _of_the_article(reading, clause, foreign):
        name, named = _short(reading.unframed[party[0] : party[1]], partner, reading.lexicon)
        if not told and (not named or name == "They"):
            name, named = reading.lexicon.label(partner), False  # "They", "at the events"
        reading.because("message", partner, clause.sentence, "the noun that says its kind", at=clause.noun)
        yield Sent(
            kind=kind,
            direction=direction,
            partner=partner,
            sender=name if direction == "in" else own,
            recipient=own if direction == "in" else name,
            span=clause.sentence,
            named=named,
            listed=len(parties) > 1,
            leads=leads,
        )


def _exchanged(reading: Reading, clause: _Clause, *, leads: bool) -> Iterator[Sent]:
    """Two messages, one each way, with the other state that stands before the verb or after "with"."""
    with_whom = _after(reading.text, _WITH, (clause.noun[1], clause.end)) or (clause.end, clause.end)
    sides = (clause.subject, with_whom)
    home = next((side for side in sides if _is_home(reading, side)), None)
    parties = [party for side in sides for party in _parties(reading, side)]
    if home is None or len({partner for partner, _ in parties}) != 1:
        reading.drop("message", clause.noun, "exchanged by sides that are not Pyongyang's and one other state")
        return
    partner, place = parties[0]
    own = _home_name(reading, home)
    name, named = _short(reading.unframed[place[0] : place[1]], partner, reading.lexicon)
    reading.because("message", partner, clause.sentence, "the noun that says its kind", at=clause.noun)
    both = partial(Sent, clause.kind, span=clause.sentence, named=named, listed=False, leads=leads)
    yield both("out", partner, own, name)
    yield both("in", partner, name, own)


_NO_SIDES = {
    (True, True): "both of its sides are other states",
    (True, False): "from another state, but not to Pyongyang's side, as far as its sentence says",
    (False, True): "to another state, but not from Pyongyang's side, as far as its sentence says",
    (False, False): "neither its sender nor its recipient is said to be another state",
}


def _direction(reading: Reading, clause: _Clause, sender: Span, recipient: Span) -> Direction | None:
    """Out or in; None where both sides are foreign, or none is, or the other is not the home side's."""
    sender_foreign, recipient_foreign = _is_foreign(reading, sender), _is_foreign(reading, recipient)
    if sender_foreign != recipient_foreign:
        direction: Direction = "in" if sender_foreign else "out"
        own = recipient if sender_foreign else sender
        ours = _is_home(reading, own) or (clause.action == "lay" and _OUR_MONUMENT.search(reading.text, *own))
        return direction if ours or clause.action in ("came", "passed") else None
    if sender_foreign:
        return None
    by_them = clause.action == "adopt" or (clause.action == "lay" and _THEY.match(reading.text, *sender))
    if by_them and _lead_is_foreign(reading):
        return "in"
    tail = (clause.noun[1], clause.end)
    if clause.action == "send" and reading.home_in(sender) and reading.named_in(tail) and not reading.home_in(tail):
        return "out"  # "to Ahmed Nassem on his appointment as foreign minister of Maldives"
    return None


def _of_the_article(reading: Reading, clause: _Clause, foreign: Span) -> list[tuple[str, Span]]:
    """The state of a side that its own words do not name: that of the rest of the clause, else of the article."""
    named = reading.named_in((clause.noun[1], clause.end))
    partner = named[0].partner if named and clause.action == "send" else reading.foremost
    return [(partner, foreign)] if partner else []


def _lead_is_foreign(reading: Reading) -> bool:
    lead = next((s for s in reading.sentences if s[0] > reading.headline), None)
    return lead is not None and bool(reading.named_in(lead))


def _passed_on(reading: Reading, clause: _Clause) -> bool:
    """Greetings that one person passed on for another: "conveyed the greetings of", "asked him to convey"."""
    return reading.text.startswith(("convey", "gave"), clause.verb_start)


def _sides(reading: Reading, clause: _Clause) -> tuple[Span, Span] | None:
    """Where sender and recipient stand; None where the clause does not say."""
    text = reading.text
    tail = (clause.noun[1], clause.end)
    if clause.action == "receive":
        sender = _after(text, _FROM, (clause.verb_end, clause.end))
        return (sender, clause.subject) if sender else None
    if clause.action == "came":
        sender = _after(text, _FROM, (clause.verb_end, clause.end))
        return (sender, (clause.verb_end, clause.verb_end)) if sender else None
    if clause.action == "adopt":
        return _adopted(reading, clause)
    if clause.action == "passed":
        if _definite(text, clause) or (clause.noun[1] >= clause.verb_start - 1 and not reading.home):
            return None
        sender = _after(text, _FROM, (clause.noun[1], clause.end))
        recipient = _after(text, _TO, (clause.verb_end, clause.end)) or (clause.end, clause.end)
        return (sender, recipient) if sender else None
    if clause.action == "lay":
        target = _after(text, _LAID_AT, tail)
        return (clause.subject, target) if target else None
    to = _after(text, _TO, (clause.verb_end, clause.noun[0])) or _after(text, _TO, tail)
    if to is None:
        return (clause.subject, tail) if clause.action == "send" else None  # "sent a message on Kim's election"
    if clause.action == "convey":
        if _definite(text, clause) and clause.kind != "greeting":
            return None
        of = _after(text, _OF, tail)
        if of and of[0] < to[0]:
            return (of[0], to[0]), to
    return clause.subject, to


def _adopted(reading: Reading, clause: _Clause) -> tuple[Span, Span] | None:
    """ "Messages to Kim Jong Un were adopted at the meetings held in …": the meetings send them."""
    if not reading.home_in((clause.noun[1], clause.verb_start)):
        return None
    return (clause.verb_end, clause.end), (clause.noun[1], clause.verb_start)


def _definite(text: str, clause: _Clause) -> bool:
    """ "The basket was handed to": one that was told of before."""
    return bool(re.search(r"\b(?:[Tt]he|[Tt]hem|[Ii]t) (?:\w+ )?$", text[max(0, clause.noun[0] - 24) : clause.noun[0]]))


def _after(text: str, word: re.Pattern[str], span: Span) -> Span | None:
    """What follows the first such word, up to where another thought begins."""
    match = word.search(text, *span)
    if not match:
        return None
    stop = _STOP.search(text, match.end(), span[1])
    return match.end(), stop.start() if stop else span[1]


def _foreign(reading: Reading, span: Span) -> list[Naming]:
    """The states that a phrase names as a side, not as a place, an enemy or the post of an ambassador."""
    named = reading.named_in(span)
    return [n for n in named if not _NO_SIDE.search(reading.text, max(span[0], n.start - 200), n.start)]


def _is_foreign(reading: Reading, span: Span) -> bool:
    """Whether a phrase is a foreign side's: the first state it names is foreign, and a side."""
    both = [*reading.named_in(span), *reading.home_in(span)]
    return bool(both) and min(both, key=lambda n: n.start) in _foreign(reading, span)


def _is_home(reading: Reading, span: Span) -> bool:
    return bool(reading.home_in(span)) or bool(_PRONOUN.match(reading.text[span[0] : span[1]]))


def _home_name(reading: Reading, span: Span) -> str:
    """The person or organ of the home side: the leader by name, an organ by the words the text uses."""
    people = [n for n in reading.home_in(span) if n.role in ("leader", "official")]
    if people:
        return reading.text[people[0].start : people[0].end]
    held = reading.unframed[span[0] : span[1]].strip(" ,")
    if not reading.home_in(span):
        leaders = [n for n in reading.home if n.role in ("leader", "official")]
        if leaders:
            return reading.text[leaders[0].start : leaders[0].end]
    return _short(held, "", reading.lexicon)[0]


def _parties(reading: Reading, span: Span) -> Iterator[tuple[str, Span]]:
    """Each sender or recipient of a list with his state, by the item that names it first.

    A second one of the same state is one if his item opens with an office of his own: "and the premier of …".
    """
    cuts = [span[0], *(m.start() for m in _SECOND_ITEM.finditer(reading.text, *span)), span[1]]
    seen: set[str] = set()
    taken: set[int] = set()
    for naming in _foreign(reading, span):
        start = max(cut for cut in cuts if cut <= naming.start)
        if naming.partner in seen and (start in taken or not _OFFICE_OPENS.match(reading.text, start)):
            continue
        taken.add(start)
        if not seen and not reading.named_in((span[0], start)):
            start = span[0]  # "Xi Jinping, the general secretary of …": the name stands before the first cut
        seen.add(naming.partner)
        yield naming.partner, (start, min(cut for cut in cuts if cut >= naming.end))


_HONOUR = re.compile(
    r"^(?:,|-|and|the|an?|his|her|its|our|respected|great|Comrades?|leader|former|new|newly-elected|Dr\.|Mr\.|Mrs\.|H\.?E\.?"
    r"|counterpart|visiting)\s+",
    re.IGNORECASE,
)
_WHEN = re.compile(r"^(?:On|In|At|Earlier|Meanwhile|Later)\b[^,]{0,30}, ")
_NAME_PART = r"(?:[A-Z\u2160-\u216f][\w'.\u2160-\u216f-]*|[a-z]{2}-[A-Z]\w+|bin|al|el|de|da|van|von|ibn)"
_PERSON = re.compile(rf"{_NAME_PART}(?: {_NAME_PART}){{0,6}}$")
_ORGAN = re.compile(
    r"\b(?:Committee|Party|Republic|Government|[Ee]mbassy|Ministry|Commission|Tower|Association|Society)\b"
)
_HEAD_ENDS = re.compile(r"(?<!C\.C\.), | (?:and|upon|on|as|asked|expressed|said|thanked|who|here|\w+day)\b")


def _short(phrase: str, partner: str, lexicon: Lexicon) -> tuple[str, bool]:
    """A person's name without titles, and True; or the office or organ as the text has it, and False."""
    phrase = _WHEN.sub("", " ".join(phrase.split())).strip(" ,.-")
    name = _HEAD_ENDS.split(phrase, maxsplit=1)[0].strip(" ,.-")
    fronts = _fronts(lexicon, partner)
    while True:
        shorter = _HONOUR.sub("", name)
        shorter = next((shorter[len(form) + 1 :] for form in fronts if shorter.startswith(form + " ")), shorter)
        if shorter == name:
            break
        name = shorter
    if _PERSON.match(name) and not _ORGAN.search(name) and name not in fronts and not _is_state(name, lexicon):
        return name, True
    whole = re.split(r"(?<!C\.C\.), (?=[A-Z])|,? (?:asked|expressed|said|thanked|here|\w+day)\b", phrase, maxsplit=1)[0]
    return re.sub(r"^(?:(?:,|-|and|the|The|an?|visiting|at the \w+(?: held)? in) +)+", "", whole)[:120].strip(
        " ,.-"
    ), False


def _is_state(name: str, lexicon: Lexicon) -> bool:
    return any(n.role in ("name", "adjective", "organ") for n in lexicon.forms["en"].get(name, ()))


def _fronts(lexicon: Lexicon, partner: str) -> list[str]:
    """What may stand before a person's name: adjectives of the state, and offices."""
    offices = [*lexicon.offices["en"], *(office.title() for office in lexicon.offices["en"])]
    return [*lexicon.adjectives.get(partner, ()), *offices, "DPRK"]
