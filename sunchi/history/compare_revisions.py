"""Finds edits and deletions of articles that change what the article said; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sunchi.history.findings import Compared, Observation, Part
from sunchi.model import Signal
from sunchi.text import cut, normal

SAID = ("message", "contact", "appointment", "formula", "stance")
"""Kinds of signals whose change is a finding."""

_NAMED = 4  # signals named in a finding
_ROOM = 100  # characters of each
_MENDED = "a mistake that was mended"


@dataclass(frozen=True, slots=True)
class Revised:
    """An article whose text was edited or taken down, with the signals of both texts."""

    article: str
    edition: str
    title: str
    url: str
    published: date | None
    seen: date  # day on which the change was seen
    number: int  # of the new text; of the last one if it was taken down
    before: Sequence[Signal]
    after: Sequence[Signal] | None  # None: taken down


def observed(revised: Iterable[Revised]) -> Iterator[Observation]:
    """Yield an observation for each state of which an article no longer says what it said, or says something new."""
    for each in revised:
        gone, come = difference(_said(each.before), _said(each.after or ()))
        for partner in sorted({signal["partner"] for signal in (*gone, *come)}):
            yield _observation(each, partner, _of(gone, partner), _of(come, partner))


def _observation(revised: Revised, partner: str, gone: Sequence[Signal], come: Sequence[Signal]) -> Observation:
    then = f"of {revised.published}" if revised.published else "without a date"
    if revised.after is None:
        kind, words = "deleted", f"an article {then} was taken down, which said: {_listed(gone)}"
    else:
        changes = (("no longer there", gone), ("there now", come))
        listed = "; ".join(f"{label}: {_listed(some)}" for label, some in changes if some)
        kind, words = "edited", f"an article {then} was edited; {listed}"
    return Observation(
        revised.edition, partner, revised.seen, f"{kind} {revised.article} {revised.number}",
        cut(revised.title, _ROOM),
        Part(kind, words, {"gone": float(len(gone)), "come": float(len(come))}, "high", (_MENDED,)),
        (Compared(revised.seen, cut(revised.title, _ROOM), article=revised.article, title=revised.title,
                  url=revised.url),),
    )  # fmt: skip


def difference(
    before: Iterable[Signal], after: Iterable[Signal], *, is_cut: bool = False
) -> tuple[list[Signal], list[Signal]]:
    """Return the signals that only the earlier text has, and those that only the later one has; moved ones match.

    `is_cut`: the earlier text is incomplete, so its length says nothing about a message.
    """
    old, new = defaultdict(list), defaultdict(list)
    for signal in before:
        old[_identity(signal, is_cut=is_cut)].append(signal)
    for signal in after:
        new[_identity(signal, is_cut=is_cut)].append(signal)
    gone = [signal for key, found in old.items() for signal in found[len(new.get(key, ())) :]]
    come = [signal for key, found in new.items() for signal in found[len(old.get(key, ())) :]]
    return gone, come


def _identity(signal: Signal, *, is_cut: bool) -> tuple[object, ...]:
    """Return what a signal says, without its place in the text."""
    detail = signal["detail"]
    if signal["kind"] == "message":
        of_whole = () if is_cut else ("occasion", "full_text", "salutation")
        said = tuple(detail[key] for key in ("direction", "from", "to", *of_whole))
    elif signal["kind"] in ("contact", "appointment"):
        said = tuple(detail[key] for key in ("who", "rank", "person", "post"))
    else:
        said = (normal(signal["quote"]), detail["voice"], detail["negated"])
    return (signal["kind"], signal["code"], signal["partner"], None if is_cut else signal["value"], said)


def _said(signals: Iterable[Signal]) -> list[Signal]:
    return [signal for signal in signals if signal["kind"] in SAID]


def _of(signals: Iterable[Signal], partner: str) -> list[Signal]:
    return [signal for signal in signals if signal["partner"] == partner]


def _listed(signals: Sequence[Signal]) -> str:
    """Return what signals say, in words; a stance only if there is nothing else."""
    telling = [signal for signal in signals if signal["kind"] != "stance"] or signals
    words = list(dict.fromkeys(map(_in_words, telling)))
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return ", ".join(words[:_NAMED]) + more


def _in_words(signal: Signal) -> str:
    detail, code = signal["detail"], signal["code"].replace("_", " ")
    if signal["kind"] == "message":
        said = f"{code} from {detail['from'] or 'somebody'} to {detail['to'] or 'somebody'}"
        return cut(f"{said}, {signal['value']:.0f} words" if signal["value"] else said, _ROOM)
    if signal["kind"] == "contact":
        return cut(f"{code}, {detail['who']}" if detail["who"] else code, _ROOM)
    if signal["kind"] == "appointment":
        return cut(f"{detail['person']} {code}, {detail['post']}", _ROOM)
    if signal["kind"] == "formula":
        return f"“{cut(' '.join(signal['quote'].split()), _ROOM)}”"
    return f"a {code} stance"
