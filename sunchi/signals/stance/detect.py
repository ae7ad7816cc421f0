"""Stance: how Pyongyang stands, by this article, to each state that the article is about.

It rests on what the other detectors found, set phrases and messages with their words, and on the plain words of
lexicon/stance.csv (tone_words.py). A bare report, and what private friends abroad say, is 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sunchi.lexicon.vocabulary import Pattern
from sunchi.model import Row
from sunchi.signals.authority.detect import REPORT
from sunchi.signals.document import MOST_NAMED, Document
from sunchi.signals.formula.voice import THIRD_WEIGHT
from sunchi.signals.grammar.english_rulers import is_of_no_rulers, is_private, names_private
from sunchi.signals.grammar.speech import THIRD, verb_of_speech
from sunchi.signals.grammar.word_order import are_brethren, suffers
from sunchi.signals.mentions import Mention
from sunchi.signals.rationale import Found, Reason, Rejected
from sunchi.signals.stance.evidence import Evidence, said_without_words
from sunchi.signals.stance.tone_words import said_of

_REACH = 15  # characters
_IN_LEAGUE = {lang: Pattern(r"\b{in_league} (?:(?:the|los) )?$", lang) for lang in ("en", "es")}


def stance(document: Document, rows: Sequence[Row]) -> Iterator[Found | Rejected]:
    """Yield one signal for each state that the article is about; `rows` are those of the other kinds."""
    about = [r for r in rows if r["code"] == "about"]
    if not about:
        return
    subjects = {attention["partner"] for attention in about}
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    authority = next(r for r in rows if r["kind"] == "authority")
    is_report = authority["value"] <= REPORT
    for found in (
        *_from_signals(document, rows, is_report=is_report),
        *said_without_words(document, subjects),
        *said_of(document, rows, subjects, is_report=is_report),
    ):
        if isinstance(found, Rejected):
            yield found
        else:
            evidence[found[0]].append(found[1])
    disliked = {partner for partner, some in evidence.items() if sum(each.value for each in some) < 0}
    adversaries, south = document.lexicon.adversaries, document.lexicon.standings.other_half
    for partner in subjects & adversaries - disliked:
        evidence[partner].extend(_in_company(document, partner, disliked & adversaries, is_report=is_report))
    for attention in about:
        partner = attention["partner"]
        # no word of Pyongyang's is the blame of an adversary of whom something harsh is said, or that blames a friend
        blaming = disliked - {south} if partner in adversaries else disliked | adversaries
        yield from _judge(document, attention, evidence[partner], blaming - {partner}, authority)


def _in_company(document: Document, partner: str, disliked: set[str], *, is_report: bool) -> Iterator[Evidence]:
    """Yield evidence against an adversary that acts together with another one that the article is against.

    Who speaks of the other or blames it is not in that company. In a report only their master needs no word that says
    that they act together: where GIs commit crimes, south Korea suffers them.
    """
    speaks = verb_of_speech(document)
    is_apart = is_report and partner != document.lexicon.standings.patron
    blaming = {document.sentence_at(place[0]) for place, tone in document.tones if tone.manner == "blame"}
    for mention in [n for n in document.mentions if n.partner == partner]:
        sentence = document.sentence_at(mention.start)
        others = [n for n in document.named_in(sentence)[:MOST_NAMED] if n.partner in disliked]
        if is_apart:
            others = [n for n in others if _are_in_league(document, *sorted((mention, n), key=lambda n: n.start))]
        is_no_doer = suffers(document, mention) or are_brethren(document, mention)
        if not others or is_no_doer or sentence in blaming or names_private(document, sentence):
            continue
        if not speaks.search(document.text, mention.end, others[-1].start):
            yield Evidence(-1.0, sentence, f"the company of {document.lexicon.label(others[0].partner)}")
            return


def _are_in_league(document: Document, first: Mention, second: Mention) -> bool:
    """Return whether a word beside the second of two states says so: "Japan follows | the U.S.", 미국|과 함께."""
    if not document.separates_words:
        return document.word_of("in_league").search(document.text, first.end, second.end + _REACH) is not None
    return document.pattern(_IN_LEAGUE[document.language]).search(document.small, first.end, second.start) is not None


def _judge(
    document: Document, attention: Row, evidence: Sequence[Evidence], blaming: set[str], authority: Row
) -> Iterator[Found | Rejected]:
    """Yield the stance to one state and the evidence that it does not rest on."""
    level, by = authority["value"], authority["detail"]["by"]
    value, resting = _weigh([e for e in evidence if not e.blamers & blaming], is_own=level > REPORT)
    span = resting[0].span if resting else (attention["start"], attention["end"])
    code = "negative" if value < 0 else "positive" if value > 0 else "neutral"
    words = "; ".join(dict.fromkeys(each.words for each in resting))
    reasons = [Reason(f"rests on {each.words} ({each.value:+g})", each.tone, each.at) for each in resting]
    found = document.row("stance", attention["partner"], code, value, span, by=by, rests_on=words, authority=level)
    yield Found(found, tuple(reasons))
    deciding = set(resting)
    for each in evidence:
        if each not in deciding:
            why = "outweighed by what is said to the contrary"
            if each.faint:
                why = "said of no state in so many words, where other words say plainly how one stands"
            if each.blamers & blaming:
                why = "what an adversary blames it for"
            yield Rejected("stance", each.at or each.span, why, each.tone)


def _weigh(evidence: list[Evidence], *, is_own: bool) -> tuple[float, list[Evidence]]:
    """Return the value of the side that weighs more, that of its strongest evidence, and its evidence, strongest first.

    In Pyongyang's own words, to criticize more than once is to condemn.
    """
    evidence = [each for each in evidence if not each.faint] or evidence
    total = sum(each.value for each in evidence)
    if abs(total) < 0.5:
        return 0.0, []
    side = [each for each in evidence if each.value * total > 0]
    side.sort(key=lambda each: (-abs(each.value), each.span))
    return (-2.0 if is_own and total < 0 and len(side) > 1 else side[0].value), side


def _from_signals(
    document: Document, rows: Sequence[Row], *, is_report: bool
) -> Iterator[tuple[str, Evidence] | Rejected]:
    """Yield what set phrases and messages say of a state."""
    for found in rows:
        span, detail = (found["start"], found["end"]), found["detail"]
        if found["kind"] == "formula" and detail["historical"]:
            yield Rejected("stance", span, "a set phrase said of the past")
        elif found["kind"] == "formula" and not found["value"] and is_report:  # who protests in the South wants unity
            yield Rejected("stance", span, "a set phrase in a report that speaks neither for a state nor against it")
        elif found["kind"] == "formula":
            # others' words weigh as much as one's own, since whoever reprints them agrees
            value = found["value"] / (THIRD_WEIGHT if detail["voice"] == THIRD else 1)
            yield found["partner"], Evidence(value, span, f"“{found['quote']}”", at=span)
        elif found["kind"] == "message" and found["value"]:
            if why := _why_no_warmth(document, found):
                yield Rejected("stance", span, why)
            else:
                names = {"reply": "reply", "verbal": "verbal message", "letter": "letter"}
                name = names.get(found["code"], f"message of {found['code']}")
                yield found["partner"], Evidence(1.0, span, name, at=span)


def _why_no_warmth(document: Document, message: Row) -> str:
    """Return why a message says nothing of how Pyongyang and a state stand to each other, "" if it does."""
    span, is_out = (message["start"], message["end"]), message["detail"]["direction"] == "out"
    if not document.word_of("message_or_text").search(document.small, *span):
        return "a visit of condolence, whose words speak for themselves"
    if message["partner"] in document.lexicon.adversaries and (not is_out or message["code"] == "letter"):
        return "a letter to an adversary, or a message from its people"
    if not is_out and (is_private(document, span) or is_of_no_rulers(document, message["partner"], *document.leads)):
        return "a message of private friends, or of a party that does not govern"
    return ""
