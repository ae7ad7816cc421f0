"""Who meets whom, in English: talks of two sides, and what north and south hold together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.english_report import Report, groups
from sunchi.signals.grammar.english import HERE, KOREAN, foreign, is_in, only_state, state_of
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

# "met the minister | on a visit | here | Monday"
_OBJECT_ENDS = Pattern(
    r" (?:when|while|as soon|who|whom|which|on a visit|at the|on (?=[A-Z]\w+\.? \d|\w+day)|{weekday}|here|for paying"
    r"|upon)\b|\.$|$"
)
_GIVEN = Pattern(r"[^,.]{0,60}?\b{thing_received}\b")  # "received | a letter": no meeting
_NOBODY = re.compile(r" (?:in|on) |\W*$")  # "envoys of the DPRK and Laos met | in"
_SAYS = Pattern(r"\b(?P<he>he |she |who )?{remark}\b")  # "who noted", "he said"
_FIRST_OF_TWO = re.compile(r"[^.]*?, and |[^,.]*? and ")  # "met the minister, and | …"
_NOT_BOTH = "those who meet are not Pyongyang's side and another state's"


def talks(report: Report) -> Iterator[Contact | Rejected]:
    """Yield talks: "between … and …", else of those before and after a verb of meeting."""
    document, after = report.document, report.after
    if report.holds("inter_korean", report.match.words):
        yield report.contact("talks", document.lexicon.standings.other_half, report.match.words)
    elif report.match.frame.direction == "both" or _NOBODY.match(document.text, *after):
        yield from _of_two(report)
    elif "receiv" in document.small[slice(*report.match.words)] and document.pattern(_GIVEN).match(
        document.small, *after
    ):
        yield report.rejected("something is received or given there, not somebody met")
    elif report.holds("team"):
        yield report.rejected("teams meet there: a match")
    else:
        end = document.pattern(_OBJECT_ENDS).search(document.text, *after)
        yield from _who_met(report, (after[0], end.start() if end else after[1]))


def _of_two(report: Report) -> Iterator[Contact | Rejected]:
    """Yield talks of two who stand in one place: "talks between … and …", "envoys of the DPRK and Laos met in"."""
    document, both = report.document, report.actor
    states = list(dict.fromkeys(n.partner for n in foreign(document, both)))
    is_ours = document.home_in(both) or KOREAN.search(document.text, *both)
    cut = _FIRST_OF_TWO.match(document.text, *both)
    is_pair = both != report.before or (len(states) == 1 and " and " in document.text[slice(*both)])
    if states and is_ours and is_pair:
        parties = ((both[0], cut.end() - len(" and ")), (cut.end(), both[1])) if cut else (both,)
        yield _talked(report, states[0], parties)
    else:
        yield report.rejected(_NOT_BOTH)


def _who_met(report: Report, other: Span) -> Iterator[Contact | Rejected]:
    """Yield talks of Pyongyang's side with another state's: one before and one after the verb."""
    document, sentence = report.document, report.sentence
    subject, is_he = _who_says(report)
    side = state_of(document, subject)
    if not side and is_he:
        side = only_state(document)  # of whom the lead tells
    sides = side, state_of(document, other)
    if HOME in sides and document.lexicon.standings.other_half in sides:
        is_north = any(document.home_in(span) or report.holds("north", span) for span in (subject, other))
        if not is_north:
            yield report.rejected("a Korean name, and nothing says that he is not the south's")
            return
    if HOME not in sides or "" in sides or sides[0] == sides[1]:
        yield report.rejected(_NOT_BOTH)
        return
    ours, theirs, partner = (subject, other, sides[1]) if sides[0] == HOME else (other, subject, sides[0])
    yield _talked(report, partner, (subject, other))
    if report.holds("separately"):
        others = dict.fromkeys(n.partner for n in foreign(document, theirs) if not is_in(document, n))
        yield from (_talked(report, each, (subject, other)) for each in others if each != partner)
    if groups(document, report.sentence, ours) and not document.pattern(HERE).search(document.small, *sentence):
        yield report.contact("delegation_out", partner, ours)


def _who_says(report: Report) -> tuple[Span, bool]:
    """Return who speaks in "…, said the premier when meeting", and whether it is a pronoun: the person of the lead."""
    document, subject = report.document, report.before
    if not report.starts("when ", "while ", "in "):
        return subject, False
    says = list(document.pattern(_SAYS).finditer(document.small, *subject))
    if not says:
        return subject, not document.home_in(subject) and not foreign(document, subject)
    after = says[-1].end(), subject[1]
    if says[-1]["he"] or state_of(document, after):
        return after, bool(says[-1]["he"])
    return subject, False


def _talked(report: Report, partner: str, parties: tuple[Span, ...]) -> Contact:
    """Return talks as their kind: an ambassador's are a call; whether talks are a summit is decided by rank."""
    document, span = report.document, (parties[0][0], parties[-1][1])
    is_call = report.holds("ambassador", span) and not groups(document, report.sentence, span)
    if is_call and "dprk ambassador to" in document.small[slice(*span)]:
        is_call = report.holds("take_up_post")  # else he talks with those where he is posted
    return report.contact("courtesy_call" if is_call else "talks", partner, *parties)
