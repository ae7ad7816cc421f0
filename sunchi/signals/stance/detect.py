"""Stance: how Pyongyang stands, by this article, to each state that the article is about.

It rests on what the other detectors found, set phrases and messages with their words, and on the plain words of
lexicon/stance.csv (plain_words.py). A bare report, and what private friends abroad say, is 0.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sunchi.signals.attention.incidental import is_place
from sunchi.signals.authority.detect import REPORT
from sunchi.signals.document import Document
from sunchi.signals.formula.voice import THIRD_WEIGHT
from sunchi.signals.grammar.english_private import is_private
from sunchi.signals.grammar.english_rulers import is_out_of_power
from sunchi.signals.grammar.speech import THIRD, verb_of_speech
from sunchi.signals.mentions import Mention
from sunchi.signals.message.reported import WORDLESS
from sunchi.signals.rationale import Found, Reason, Rejected
from sunchi.signals.row import Row, row
from sunchi.signals.stance import english as meant_en
from sunchi.signals.stance.english_demands import demanded
from sunchi.signals.stance.evidence import Ground
from sunchi.signals.stance.solidarity import stood_by
from sunchi.signals.stance.tone_words import said_of
from sunchi.text import Span

_SENT = {"reply": "reply", "verbal": "verbal message", "letter": "letter"}  # else "message of greeting"


def stance(document: Document, rows: Sequence[Row]) -> Iterator[Found | Rejected]:
    """Yield one signal for each state that the article is about; `rows` are those of the other kinds."""
    about = [r for r in rows if r["kind"] == "attention" and r["code"] == "about"]
    if not about:
        return
    grounds: dict[str, list[Ground]] = defaultdict(list)
    subjects = {attention["partner"] for attention in about}
    for found in (
        *_from_signals(document, rows),
        *stood_by(document, rows, subjects),
        *demanded(document),
        *said_of(document, rows, subjects),
    ):
        if isinstance(found, Rejected):
            yield found
        else:
            grounds[found[0]].append(found[1])
    accusing = {partner for some in grounds.values() for ground in some for partner in ground.accusers}
    disliked = {partner for partner, some in grounds.items() if sum(ground.value for ground in some) < 0}
    adversaries, south = document.lexicon.adversaries, document.lexicon.standings.other_half
    for partner in subjects & adversaries - accusing:
        if not grounds[partner]:
            grounds[partner].extend(_in_company(document, partner, disliked & adversaries))
    height = next((r["value"] for r in rows if r["kind"] == "authority"), None)
    by = next((r["detail"]["by"] for r in rows if r["kind"] == "authority"), "")
    for attention in about:
        partner = attention["partner"]
        # what an adversary blames others for is not Pyongyang's word; of whom is none, whatever else is said of it
        blaming = disliked - {south} if partner in adversaries else disliked | adversaries
        blaming = blaming - {partner}
        value, resting = _weigh(
            [g for g in grounds[partner] if not g.blamers & blaming], is_own=(height or REPORT) > REPORT
        )
        span = resting[0].span if resting else (attention["start"], attention["end"])
        code = "negative" if value < 0 else "positive" if value > 0 else "neutral"
        words = "; ".join(dict.fromkeys(ground.words for ground in resting))
        reasons = [Reason(f"rests on {ground.words} ({ground.value:+g})", ground.tone, ground.at) for ground in resting]
        taken = row(document, "stance", partner, code, value, span, by=by, rests_on=words, authority=height)
        yield Found(taken, tuple(reasons))
        for ground in grounds[partner]:
            if ground not in resting:
                why = _BLAMED if ground.blamers & blaming else _FAINT if ground.faint else _OUTWEIGHED
                yield Rejected("stance", ground.at or ground.span, why, ground.tone)


_BLAMED = "what an adversary blames it for"
_FAINT = "said of no state in so many words, where other words say plainly how one stands"
_OUTWEIGHED = "outweighed by what is said to the contrary"


_BOTH_KOREAS = ("north", "inter-", "North", "Inter-")  # "the north-south declaration" names what both do together
_PARTS_OF = re.compile(r"\b(?:areas?|parts|regions?|soil) of (?:the )?$")
_ASKS = re.compile(r"\b(?:urg|demand|denounc|condemn|accus|protest|call(?:s|ed|ing) (?:for|on|upon)\b)")
_SERVES = re.compile(r"\b(?:servil|kowtow|sycophan|flunkey|toad(?:y|ie)|curry|master\b|pro-u\.s|fta\b|free trade)")


def _in_company(document: Document, partner: str, disliked: set[str]) -> Iterator[Ground]:
    """An adversary of which nothing is said but that it does something with another that the article is against.

    Whoever is served is in that company; who speaks of the other, or asks something of it, is not.
    """
    for mention in (n for n in document.mentions if n.partner == partner):
        sentence = document.sentence_at(mention.start)
        others = [n for n in document.named_in(sentence) if n.partner in disliked]
        if others and _does_so_too(document, mention, sentence, others):
            yield Ground(-1.0, sentence, f"the company of {document.lexicon.label(others[0].partner)}")
            return


def _does_so_too(document: Document, mention: Mention, sentence: Span, others: Sequence[Mention]) -> bool:
    """Whether a state is named in a sentence as one that acts beside `others`."""
    if document.text.startswith(_BOTH_KOREAS, mention.start) or meant_en.is_of_a_treaty(document, mention):
        return False
    if is_place(document, mention) or _PARTS_OF.search(document.text, max(0, mention.start - 15), mention.start):
        return False
    if meant_en.suffers(document, mention):
        return bool(_SERVES.search(document.small, *sentence))
    first = next((n for n in document.named_in(sentence) if n.partner == mention.partner), mention)
    to_them = (first.end, max(n.start for n in others))
    return not verb_of_speech(document).search(document.text, *to_them) and not _ASKS.search(document.small, *to_them)


def _weigh(grounds: list[Ground], *, is_own: bool) -> tuple[float, list[Ground]]:
    """The side that weighs more, at the height of its strongest ground, and its grounds, the strongest first.

    In Pyongyang's own words to criticize more than once is to condemn.
    """
    grounds = [ground for ground in grounds if not ground.faint] or grounds
    total = sum(ground.value for ground in grounds)
    if abs(total) < 0.5:
        return 0.0, []
    side = [ground for ground in grounds if ground.value * total > 0]
    side.sort(key=lambda ground: (-abs(ground.value), ground.span))
    value = max(-2.0, min(2.0, side[0].value))
    return (-2.0 if is_own and value < 0 and len(side) > 1 else value), side


def _from_signals(document: Document, rows: Sequence[Row]) -> Iterator[tuple[str, Ground] | Rejected]:
    """Yield what set phrases and messages say of a state."""
    for found in rows:
        span, detail = (found["start"], found["end"]), found["detail"]
        if found["kind"] == "formula" and detail["historical"]:
            yield Rejected("stance", span, "a set phrase said of the past")
        elif found["kind"] == "formula":
            yield found["partner"], Ground(_as_reprinted(found), span, f"“{found['quote']}”", at=span)
        elif found["kind"] == "message" and detail["direction"] == "in" and is_private(document, span):
            yield Rejected("stance", span, "a message of private friends")
        elif found["kind"] == "message" and detail["direction"] == "in" and is_out_of_power(document, found["partner"]):
            yield Rejected("stance", span, "a message of a party that does not govern")
        elif found["kind"] == "message" and found["value"] and found["code"] not in WORDLESS:
            yield found["partner"], Ground(1.0, span, _SENT.get(found["code"], f"message of {found['code']}"), at=span)


def _as_reprinted(found: Row) -> float:
    """What a set phrase weighs: in others' mouths as much as in one's own, since whoever reprints it agrees."""
    value: float = found["value"]
    return value / THIRD_WEIGHT if found["detail"]["voice"] == THIRD else value
