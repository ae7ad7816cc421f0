"""Contacts in Spanish, by the frames of frames.csv: both sides stand anywhere in the sentence."""

from __future__ import annotations

from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.report import Report, reading
from sunchi.signals.grammar.english import names_a_korean, only_state, state_of
from sunchi.signals.mentions import Mention
from sunchi.signals.rationale import Contact
from sunchi.text import Span

# "la visita oficial a", "tras su visita a", and no "en felicitación de la visita del Dirigente a"
_THERE = Pattern(r"\b(?:{visit}|visita(?: (?!del?\b(?! amistad))[a-z]+){0,4} a) (?:la )?$", "es")
# "el ex presidente | estadounidense", "coreanos residentes en | Japón"; "Ana Ejemplo|, ex presidenta"
_NO_SIDE = Pattern(r"\b(?:{former}|coreanos) (?:\w+,? ){0,3}$", "es")
_NO_MORE = Pattern(r", {former}\b", "es")
_REACH = 40  # characters before a name


def _of_both(report: Report) -> Iterator[Contact]:
    """Yield talks, calls, papers and events of a sentence that names both sides."""
    named, kind = _named(report, report.sentence), report.frame.code
    if kind == "talks" and report.holds("ambassador"):
        kind = "courtesy_call"
    is_of_home = report.document.home_in(report.sentence) or report.holds("korean")
    if named and (is_of_home or names_a_korean(report.document, report.sentence)) and not report.holds("press"):
        yield report.contact(kind, named[0].partner, report.sentence)


def _reception(report: Report) -> Iterator[Contact]:
    named = _named(report, report.sentence)
    yield report.contact("reception", named[0].partner if named else "", report.before)


def _visit(report: Report) -> Iterator[Contact]:
    """Yield a foreign official's visit here, and a leader's abroad if the headline names its state."""
    document = report.document
    if report.frame.direction == "in":
        guest = state_of(document, report.before) if report.holds("high_office", report.before) else ""
        is_here = report.holds("here") or document.home_in(report.after)
        if guest not in ("", HOME) and is_here and not report.holds("delegation"):
            yield report.contact("visit", guest, report.before)
        return
    leaders = [(n.start, n.end) for n in document.home_in(report.sentence) if n.role == "leader"]
    if leaders and document.named_in((0, document.headline)):
        yield from (report.contact("visit", n.partner, leaders[0]) for n in _visited(report))


def _journey(report: Report) -> Iterator[Contact]:
    """Yield a delegation that goes, comes or meets somebody, or guests who are here: "de visita en Corea"."""
    document, sentence, start = report.document, report.sentence, report.words[0]
    if report.frame.direction == "in":
        kind = "delegation_in" if report.holds("group") else "visit"
        named = _named(report, report.before)
        yield report.contact(kind, named[-1].partner if named else only_state(document), report.before)
        return
    moves, meets = document.word_of("move").search(document.small, *sentence), report.holds("meeting")
    if not (moves or meets):
        return
    there, is_party = _visited(report), report.holds("entourage", report.words)  # of whom is named before it
    who = sentence if is_party else (start, sentence[1])
    side = state_of(document, (start, next((n.start for n in there), sentence[1])))
    if side == HOME:
        yield from (report.contact("delegation_out", n.partner, who) for n in there)
    if not there and (side != HOME or report.holds("here")):
        is_visit = is_party and moves and not document.word_of("travel").match(moves[0])
        states = document.together(_named(report, sentence))
        yield from (report.contact("visit" if is_visit else "delegation_in", state, who) for state in states)


def _named(report: Report, span: Span) -> list[Mention]:
    """Return the other states whose side a span names, and not those of former officials or of Koreans abroad."""
    document, small = report.document, report.document.small
    named = [n for n in document.named_in(span) if not document.pattern(_NO_MORE).match(small, n.end)]
    return [n for n in named if not document.pattern(_NO_SIDE).search(small, max(0, n.start - _REACH), n.start)]


def _visited(report: Report) -> list[Mention]:
    """Return the states that somebody visits, as the words right before them say."""
    document, small = report.document, report.document.small
    named = _named(report, report.sentence)
    return [n for n in named if document.pattern(_THERE).search(small, max(0, n.start - _REACH), n.start)]


_BY_CODE = {"": _journey, "reception": _reception, "visit": _visit}
told, besides = reading(lambda report: _BY_CODE.get(report.frame.code, _of_both)(report))
