"""Messages in English.

A sentence reports a message where a verb of sending or receiving stands with a noun of message: "sent a message of
greeting to", "received a floral basket from". Who stands before the verb and who after "to", "from" or "by" are its two
sides. One has to be foreign, the other the home side's: gifts to pupils and letters between third states are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import only_state, unbroken
from sunchi.signals.grammar.english_parties import PRIVATE, home_name, is_foreign, is_home, parties, short
from sunchi.signals.message.english_clauses import Clause, after, clauses, kind_of_bare, sender_and_recipient
from sunchi.signals.message.english_donations import donations, gifts_on_display
from sunchi.signals.message.english_headlines import headline_alone, in_headline, kind_in_headline
from sunchi.signals.message.english_replies import named_before, thanks
from sunchi.signals.message.english_tributes import OF_MANY_LANDS, named_later, tributes
from sunchi.signals.message.reported import Direction, Sent
from sunchi.signals.rationale import Reason, Rejected
from sunchi.text import Span

# "In the message", "our friendship": what it says
_REPORTS_CONTENT = re.compile(r"\b(?i:in|the|this|his|her) (?:\w+ )?(?:message|letter)\b|\b(?:I|[Ww]e|our)\b")
_OPENING = 2  # sentences in which a text says that it tells of letters
# "In their congratulatory letters they … on the occasion of"
_IN_LETTERS = re.compile(r"\b[Ii]n (?:their )?congratulatory (?:messages|letters|cards)\b[^.]*\bon the occasion of\b")
_WITH = re.compile(r"\bwith (?:the |his |her )?")  # "presented | with | a gift"
_OF_KOREANS = Pattern(r"\b(?:{korean_abroad}|Chongryon|compatriots)")  # "Koreans in Japan", "Chongryon": no state
# "on the anniversary", "cards"
_ON_A_DAY = Pattern(r"\b(?:{feast}|occasions?|day|cards|messages)\b", flags=re.IGNORECASE)
# "high-ranking officials of political and public circles in"
_PERSONAGES = Pattern(r"\b(?P<who>(?:high-ranking )?{personage}) of (?:[a-z]+,? ){1,8}circles (?:in|of) ")
# "Kim Jong Il's | reply to the congratulatory | …"
_REPLY_TO = re.compile(r"(?:'s?)? [Rr]eply to (?:an? |the )?(?:[\w-]+ )?$")
_SENT_BY = ("message ", "letter ")  # before the verb of "a message sent by"
# "The head of the visiting delegation"
_GUEST = Pattern(r"\W*(?:the )?(?:(?:head|member)s? of (?:the )?)?(?:[\w-]+ )?{guest_or_group}\b", flags=re.IGNORECASE)
_PERFORMERS = re.compile(r"\W*(?:the )?(?:artistes?|performers?|players?)\b")  # "The artistes"
_THEY_OR_IT = re.compile(r"\W*(?:They|It)\b")  # "They": of whom the article has told
_HE = re.compile(r"\W*(?:On the (?:same )?day )?[Hh]e\b")  # "On the same day he"


def messages(document: Document) -> Iterator[Sent | Rejected]:
    """Yield every message that a sentence of the body reports, in order."""
    holding = document.holding(document.class_words("sign_of_message"))
    body = document.body if holding else []
    if not body:
        yield from headline_alone(document) if not document.body else ()
        return
    telling = [s for s in holding if s[0] > document.headline]
    considered = list(_in_clauses(document, telling))
    yield from (each for each in considered if isinstance(each, Rejected))
    found = list(named_before([each for each in considered if isinstance(each, Sent)]))
    deeds = list(tributes(document, telling, {sent.partner for sent in found}))
    wreaths = {(sent.partner, sent.span) for sent in deeds if sent.kind == "wreath"}  # what the call of condolence was
    yield from (sent for sent in found if sent.kind != "condolence" or (sent.partner, sent.span) not in wreaths)
    said = {(sent.kind, sent.partner, sent.span) for sent in found}  # "paid a condolatory visit to" says it of itself
    yield from (sent for sent in deeds if (sent.kind, sent.partner, sent.span) not in said)
    yield from thanks(document, found)
    yield from in_headline(document, body[0], {sent.kind for sent in (*found, *deeds)})
    yield from _quoted(document, body)
    yield from donations(document)
    yield from gifts_on_display(document)


def _in_clauses(document: Document, telling: list[Span]) -> Iterator[Sent | Rejected]:
    """Yield what the clauses with a verb of sending or receiving report."""
    first = document.body[0]
    last, end = "letter", 0
    for begun in telling:
        if begun[0] < end:  # read with the sentence that a page broke off before it
            continue
        sentence = unbroken(document, begun)
        end = sentence[1]
        for clause in clauses(document, sentence):
            if _REPORTS_CONTENT.search(document.text, sentence[0], clause.verb_start):
                yield Rejected("message", clause.noun, "its sentence gives the words of a message, and reports none")
                continue
            last = clause.kind if clause.kind != "letter" else _kind_of_bare(document, clause, last, first)
            yield from _in_clause(document, replace(clause, kind=last), leads=begun == first)


def _kind_of_bare(document: Document, clause: Clause, last: str, first: Span) -> str:
    """Return the kind of a bare "message" by its sentence, the day on which it was adopted, or the headline."""
    kind = kind_of_bare(document, clause, last)
    is_message = document.small.startswith("message", clause.noun[0])  # a letter is one on any day
    if kind == "letter" and is_message and clause.action == "adopt" and _is_festive(document, first[1]):
        return "congratulation"
    return kind_in_headline(document) if kind == "letter" and clause.sentence[0] == first[0] else kind


def _is_festive(document: Document, end: int) -> bool:
    """Return whether headline and first sentence speak of a day of joy: a message adopted there congratulates."""
    opening = (0, end)
    return bool(document.word_of("feast").search(document.small, *opening)) and not document.word_of("mournful").search(
        document.small, *opening
    )


def _quoted(document: Document, body: list[Span]) -> Iterator[Sent]:
    """Yield the senders of letters that are only quoted, after "In their letters on the occasion of …"."""
    opens = next((n for n, s in enumerate(body[:_OPENING]) if _IN_LETTERS.search(document.text, *s)), None)
    leader = next((n for n in document.home if n.role == "leader"), None)
    if opens is None or leader is None:
        return
    own = document.text[leader.start : leader.end]
    for sentence in body[opens + 1 :]:
        verb = document.word_of("reporting_verb").search(document.text, *sentence)
        listed = list(parties(document, (sentence[0], verb.start()))) if verb else []
        for partner, place in listed:
            name, named = short(document.unframed[place[0] : place[1]], partner, document.lexicon)
            reason = Reason("the text reports letters, and then who says what in them")
            yield Sent("congratulation", "in", partner, name, own, sentence, named, True, leads=False, reason=reason)


def _in_clause(document: Document, clause: Clause, *, leads: bool) -> Iterator[Sent | Rejected]:
    """Yield the messages of one clause."""
    if clause.action == "exchange":
        yield from _exchanged(document, clause, leads=leads)
        return
    both = sender_and_recipient(document, clause)
    if both is None:
        yield Rejected("message", clause.noun, "without a sender or a recipient, or one that was reported before")
        return
    sender, recipient = both
    if replier := _who_replies(document, clause):
        yield from _of_each(document, replace(clause, kind="reply"), "out", sender, replier, leads=leads)
        yield from _of_each(document, clause, "in", sender, replier, leads=leads)
        return
    to_us = document.home_in(recipient) if clause.action == "receive" else clause.action == "came" and document.home
    if to_us and document.pattern(OF_MANY_LANDS).search(document.text, sender[0], clause.end):
        later = [s for s in document.sentences if s > clause.sentence]
        yield from named_later(document, clause.kind, later, to=home_name(document, recipient))
    direction = _direction(document, clause, sender, recipient)
    if direction is None:
        foreign = is_foreign(document, sender), is_foreign(document, recipient)
        yield Rejected("message", clause.noun, _NO_SIDES[foreign])
        return
    if direction == "in":
        yield from _of_each(document, clause, direction, sender, recipient, leads=leads)
    else:
        yield from _of_each(document, clause, direction, recipient, sender, leads=leads)


def _who_replies(document: Document, clause: Clause) -> Span | None:
    """Return who of the home side replies in "the Congress' reply to a message sent by"; None where nobody does."""
    reply = _REPLY_TO.search(document.text, clause.sentence[0], clause.noun[0])
    ours = document.home_in((clause.sentence[0], reply.start())) if reply else []
    return (ours[-1].start, reply.start()) if reply and ours else None


def _of_each(
    document: Document, clause: Clause, direction: Direction, foreign: Span, home: Span, *, leads: bool
) -> Iterator[Sent | Rejected]:
    """Yield a message for each state of the foreign side; if it names none, for the state of the article."""
    kind = "verbal" if clause.kind == "greeting" and _passed_on(document, clause) else clause.kind
    at_monument = (
        clause.action == "lay"
        and not document.home_in(home)
        and document.word_of("monument").search(document.text, *home)
    )
    own = short(document.text[slice(*home)], "", document.lexicon)[0] if at_monument else home_name(document, home)
    if clause.action == "passed" and home[0] == home[1] and document.small.endswith(_SENT_BY, 0, clause.verb_start):
        own = ""  # the sentence is about a message that somebody sent, and does not say to whom
    listed = list(parties(document, foreign))
    if PRIVATE.match(document.text, *foreign):
        yield Rejected("message", clause.noun, "of a family: private, and of no state")
        return
    is_named = bool(listed)
    nameless = document.pattern(_PERSONAGES).search(document.text, *foreign)
    for partner, party in listed or _of_the_article(document, clause, foreign):
        name, named = short(document.unframed[party[0] : party[1]], partner, document.lexicon)
        if not is_named and (not named or name == "They"):
            name, named = document.lexicon.label(partner), False  # "They", "at the events"
        if nameless and party[1] > nameless.end():
            name, named = f"{nameless['who']} of {document.lexicon.label(partner)}", False
        if clause.action == "adopt":
            name, named = f"participants in {document.lexicon.label(partner)}", False
        yield Sent(
            kind=kind,
            direction=direction,
            partner=partner,
            sender=name if direction == "in" else own,
            recipient=own if direction == "in" else name,
            span=clause.sentence,
            named=named,
            listed=len(listed) > 1,
            leads=leads,
            reason=_reason(clause),
        )


def _reason(clause: Clause) -> Reason:
    return Reason("the noun that says its kind", at=clause.noun)


def _exchanged(document: Document, clause: Clause, *, leads: bool) -> Iterator[Sent | Rejected]:
    """Yield two messages, one each way, with the other state, named before the verb or after "with"."""
    if clause.kind == "greeting" and not document.pattern(_ON_A_DAY).search(document.text, *clause.sentence):
        yield Rejected("message", clause.noun, "greetings that are exchanged on no occasion: by word of mouth")
        return
    with_whom = after(document, _WITH, (clause.noun[1], clause.end)) or (clause.end, clause.end)
    either = (clause.subject, with_whom)
    home = next((side for side in either if is_home(document, side)), None)
    found = [party for side in either for party in parties(document, side)]
    if home is None or len({partner for partner, _ in found}) != 1:
        yield Rejected("message", clause.noun, "exchanged by sides that are not Pyongyang's and one other state")
        return
    partner, place = found[0]
    own = home_name(document, home)
    name, named = short(document.unframed[place[0] : place[1]], partner, document.lexicon)
    both = partial(Sent, clause.kind, span=clause.sentence, named=named, listed=False, leads=leads)
    yield both("out", partner, own, name, reason=_reason(clause))
    yield both("in", partner, name, own, reason=_reason(clause))


_NO_SIDES = {
    (True, True): "both of its sides are other states",
    (True, False): "from another state, but not to Pyongyang's side, as far as its sentence says",
    (False, True): "to another state, but not from Pyongyang's side, as far as its sentence says",
    (False, False): "neither its sender nor its recipient is said to be another state",
}


def _direction(document: Document, clause: Clause, sender: Span, recipient: Span) -> Direction | None:
    """Return out or in; None where both sides are foreign, or none is, or the other is not the home side's."""
    sender_foreign, recipient_foreign = is_foreign(document, sender), is_foreign(document, recipient)
    if sender_foreign != recipient_foreign:
        direction: Direction = "in" if sender_foreign else "out"
        own = recipient if sender_foreign else sender
        ours = (
            is_home(document, own)
            or (clause.action == "lay" and document.word_of("monument").search(document.text, *own))
            or (sender_foreign and _PERFORMERS.match(document.text, *own))
        )
        return direction if ours or clause.action in ("came", "passed") else None
    return None if sender_foreign else _direction_by_article(document, clause, sender, recipient)


def _direction_by_article(document: Document, clause: Clause, sender: Span, recipient: Span) -> Direction | None:
    """Return out or in where neither side names another state and the article shows which is meant; else None."""
    by_them = clause.action == "adopt" or (clause.action == "lay" and _THEY_OR_IT.match(document.text, *sender))
    held_abroad = clause.action == "adopt" and document.named_in((0, document.headline))
    if by_them and (held_abroad or _lead_is_foreign(document)):
        return "in"
    is_guest = document.pattern(_GUEST).match(document.text, *sender) and not document.home_in(sender)
    to_us = (
        document.home_in(recipient)
        or (clause.action in ("lay", "passed") and document.word_of("likeness").search(document.text, *recipient))
        or (clause.action == "lay" and document.word_of("monument").search(document.text, *recipient))
        or (clause.action == "receive" and _HE.match(document.text, *recipient) and _leads_with_leader(document))
    )
    if is_guest and to_us and only_state(document):
        return "in"
    if _PERFORMERS.match(document.text, *recipient) and document.home_in(sender) and only_state(document):
        return "out"
    if clause.kind == "greeting" and _passed_on(document, clause) and only_state(document):
        is_our_sender = bool(document.home_in(sender))  # and an ambassador passes them on to a king
        if is_our_sender != bool(document.home_in(recipient)):
            return "out" if is_our_sender else "in"
    tail = (clause.noun[1], clause.end)
    if clause.action == "send" and document.home_in(sender) and document.named_in(tail) and not document.home_in(tail):
        return "out"  # "to Ahmed Nassem on his appointment as foreign minister of Maldives"
    return None


def _of_the_article(document: Document, clause: Clause, foreign: Span) -> list[tuple[str, Span]]:
    """Return the state of a side that does not name it: from the rest of the clause, else the article's."""
    if document.pattern(_OF_KOREANS).search(document.text, *foreign):
        return []
    named = document.named_in((clause.noun[1], clause.end))
    partner = named[0].partner if named and clause.action == "send" else document.foremost
    return [(partner, foreign)] if partner else []


def _lead_is_foreign(document: Document) -> bool:
    return bool(document.body) and next(parties(document, document.body[0]), None) is not None


def _leads_with_leader(document: Document) -> bool:
    """Return whether the first mention is a leader of the home side, so that "he" means him."""
    first = min((*document.mentions[:1], *document.home[:1]), key=lambda n: n.start)
    return first.role == "leader" and first.partner == HOME


def _passed_on(document: Document, clause: Clause) -> bool:
    """Return whether one person passed greetings on for another: "conveyed the greetings of", "asked him to convey"."""
    return document.text.startswith(("convey", "gave"), clause.verb_start)
