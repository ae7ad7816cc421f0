"""Scores one set of labels against another: by article, and how many articles are entirely right.

An article counts for a field if either set has something in it. Messages count once by kind, direction and partner, so
that a list of a hundred greetings weighs as much as one; a message to no state is not scored. Who sent and who received
it are scored apart, as the sides of those messages that both sets have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FIELDS = ("mentions", "about", "messages", "contacts", "appointments")
Label = Mapping[str, Any]
_KEY = ("kind", "direction", "partner")
_MOST = 0.75
_PLURAL = re.compile(r"(?:ies|y|s)\Z")  # embassies, embassy; personages
_ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,4}\b|C\.C\.)")  # DPRK, WPK, CPC
_GRAMMAR = {"a", "an", "and", "at", "for", "her", "his", "in", "of", "on", "the", "to", "del", "el", "la", "los", "y"}


@dataclass(frozen=True)
class Score:
    """How far two sets of labels agree in one field: `f1` is the mean over `articles`, of which `right` agree fully."""

    f1: float
    right: int
    articles: int


def items(label: Label, field: str) -> set[tuple[str, ...]]:
    """Return one article's label in a field, in a form that can be compared."""
    match field:
        case "messages":
            return {(m["kind"], m["direction"], m["partner"]) for m in label["messages"] if m["partner"]}
        case "contacts":
            return {(c["kind"], c["partner"]) for c in label["contacts"]}
        case "appointments":
            return {(_name_key(a["person"]),) for a in label["appointments"]}
    return {(partner,) for partner in label[field]}


def _name_key(name: str) -> str:
    """Return a person's name independent of spelling: its Hangul or Han characters, or else its Latin letters."""
    return "".join(re.findall(r"[가-힣\u4e00-\u9fff]", name)) or re.sub(r"[^a-z]", "", name.lower())


def score(wanted: Sequence[Label], found: Sequence[Label]) -> dict[str, Score]:
    """Return the score of each field; `wanted` and `found` are of the same articles in the same order."""
    pairs = list(zip(wanted, found, strict=True))
    scores = {field: _by_article([(items(w, field), items(f, field)) for w, f in pairs]) for field in FIELDS}
    scores["formulas"] = _formulas(pairs)
    sides = [same for w, f in pairs for *_, same in _sides(w, f)]
    scores["sides"] = Score(sum(sides) / (len(sides) or 1), sum(sides), len(sides))
    agree = [w["authority"] == f["authority"] for w, f in pairs]
    scores["authority"] = Score(sum(agree) / (len(agree) or 1), sum(agree), len(agree))
    signs = [(_sign(value), _sign(f["stance"].get(p, 0))) for w, f in pairs for p, value in w["stance"].items()]
    same = sum(a == b for a, b in signs)
    scores["stance"] = Score(same / (len(signs) or 1), same, len(signs))
    turned = sum(a * b < 0 for a, b in signs)
    scores["signs turned round"] = Score(turned / (len(signs) or 1), turned, len(signs))
    return scores


def _by_article(pairs: list[tuple[set[tuple[str, ...]], set[tuple[str, ...]]]]) -> Score:
    bearing = [(w, f) for w, f in pairs if w or f]
    mean = sum(2 * len(w & f) / (len(w) + len(f)) for w, f in bearing) / (len(bearing) or 1)
    return Score(mean, sum(w == f for w, f in bearing), len(bearing))


def _sign(value: float) -> int:
    return int(value > 0.25) - int(value < -0.25)


def _formulas(pairs: list[tuple[Label, Label]]) -> Score:
    """Return F1 over all set phrases, not by article: one is found if a phrase of the same partner overlaps it."""
    hit = missed = false = right = bearing = 0
    for w, f in pairs:
        wanted, found = _spans(w), _spans(f)
        hits = {a for a in wanted if any(_overlap(a, b) for b in found)}
        falses = {b for b in found if not any(_overlap(a, b) for a in wanted)}
        hit, missed, false = hit + len(hits), missed + len(wanted - hits), false + len(falses)
        bearing += bool(wanted or found)
        right += bool(wanted or found) and hits == wanted and not falses
    return Score(2 * hit / (2 * hit + missed + false or 1), right, bearing)


def _sides(wanted: Label, found: Label) -> Iterator[tuple[str, str, bool]]:
    """Yield the senders and recipients of each message that both labels have, and whether they are the same.

    Several messages of one kind, direction and partner are paired so that most sides agree. Those of Korean texts are
    left out, since their labels name the sides in English.
    """
    if re.search("[가-힣]", wanted["text"]):
        return
    left = list(found["messages"])
    for message in wanted["messages"]:
        alike = [m for m in left if m["partner"] and all(m[each] == message[each] for each in _KEY)]
        if alike:
            best = max(alike, key=lambda m: sum(_is_same(message[side], m[side]) for side in ("from", "to")))
            left.remove(best)
            yield from ((message[side], best[side], _is_same(message[side], best[side])) for side in ("from", "to"))


def _is_same(one: str, other: str) -> bool:
    """Return whether two descriptions of a side agree: most words of the shorter are in the longer, or none has any."""
    here, there = _words(one), _words(other)
    if not (here and there):
        return here == there
    return len(here & there) >= _MOST * min(len(here), len(there))


def _words(side: str) -> set[str]:
    """Return the words of a description, without those of grammar and, as some readers use them, abbreviations."""
    words = re.findall(r"[^\W\d_]+", (_ABBREVIATION.sub("", side).strip() or side).lower())
    return {_PLURAL.sub("", word) for word in words if word not in _GRAMMAR}


def _spans(label: Label) -> set[tuple[str, int, int]]:
    """Return partner, start and end of every occurrence of a labelled phrase in the text."""
    return {
        (formula["partner"], match.start(), match.end())
        for formula in label["formulas"]
        for match in re.finditer(re.escape(formula["text"]), label["text"])
    }


def _overlap(a: tuple[str, int, int], b: tuple[str, int, int]) -> bool:
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


def mistakes(wanted: Label, found: Label) -> int:
    """Return how many answers of one article are missed or false; a reversed sign counts twice."""
    count = sum(len(items(wanted, each) ^ items(found, each)) for each in FIELDS)
    here, there = _spans(wanted), _spans(found)
    count += sum(not any(_overlap(a, b) for b in there) for a in here)
    count += sum(not any(_overlap(a, b) for a in here) for b in there)
    count += bool(wanted["authority"] != found["authority"])
    count += sum(not same for *_, same in _sides(wanted, found))
    signs = ((_sign(value), _sign(found["stance"].get(partner, 0))) for partner, value in wanted["stance"].items())
    return count + int(sum(abs(one - other) for one, other in signs))


def differences(wanted: Label, found: Label) -> list[str]:
    """Return in words where two labels of one article differ."""
    said = []
    for field in FIELDS:
        w, f = items(wanted, field), items(found, field)
        if w != f:
            said.append(f"{field}: - {_shown(w - f)} + {_shown(f - w)}")
    for one, other, same in _sides(wanted, found):
        if not same:
            said.append(f"sides: - {one or 'nobody'} + {other or 'nobody'}")
    here, there = _spans(wanted), _spans(found)
    missed = {(a[0], wanted["text"][a[1] : a[2]]) for a in here if not any(_overlap(a, b) for b in there)}
    false = {(b[0], wanted["text"][b[1] : b[2]]) for b in there if not any(_overlap(a, b) for a in here)}
    if missed or false:
        said.append(f"formulas: - {_shown(missed)} + {_shown(false)}")
    if wanted["authority"] != found["authority"]:
        said.append(f"authority: - {wanted['authority']} + {found['authority']}")
    for partner, value in wanted["stance"].items():
        other = found["stance"].get(partner, 0)
        if _sign(value) != _sign(other):
            said.append(f"stance {partner}: - {value} + {other}")
    return said


def _shown(values: Iterable[tuple[str, ...]]) -> str:
    return ", ".join(sorted("/".join(value) for value in values)) or "nothing"
