"""frames.csv: wordings that report an event, with the places of its two sides.

    message,,en,by sides,strong,{SIDE1} {sending} ... {message} ... to {SIDE2},…

The words use the syntax of terms.csv. {SIDE1} is the side that acts, {SIDE2} the one it acts on; "..." stands for a few
more words of the same sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from operator import or_

from sunchi.lexicon.anchors import is_telling, shortest, sureness
from sunchi.lexicon.columns import LANGUAGES, Rows, not_among
from sunchi.lexicon.patterns import Classes, compile_form
from sunchi.lexicon.vocabulary import either

COLUMNS = ("kind", "code", "lang", "direction", "strength", "frame", "example", "counterexample")

CODES = {
    "message": (
        "congratulation", "greeting", "reply", "condolence", "sympathy", "thanks", "verbal", "letter", "solidarity",
        "floral_basket", "wreath", "gift",
    ),
    "contact": (
        "summit", "talks", "visit", "delegation_out", "delegation_in", "reception", "courtesy_call", "agreement",
        "joint_event",
    ),
    "appointment": ("appointed", "relieved", "elected"),
}  # fmt: skip
"""The kinds of event that frames report, each with the codes that a row may give it."""

DIRECTIONS = ("by sides", "in", "out", "both")
STRENGTHS = ("strong", "weak", "open", "headline")

GAP = "..."
CASES = ("이", "에게", "에", "로부터", "을", "에서", "와", "로", "의", "사이의", "위하여")
"""The particles of a Korean frame. Each stands for all particles of its case: 이 also for 은, 는, 가 and 께서."""
_ARGUMENT = re.compile(rf"(\{{\w+\}})({'|'.join(sorted(CASES, key=len, reverse=True))})")
_CLASS = re.compile(r"\{(\w+)\}")
_SLOT = re.compile(r"\s*(\{SIDE[12]\}|\.\.\.)\s*")


@dataclass(frozen=True)
class Words:
    """Adjacent words of a frame."""

    expression: str
    anchors: tuple[tuple[str, ...], ...]  # groups of lower-case words: a text has one of each; the most selective first

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of the words, for a lower-case text."""
        return re.compile(self.expression)


@dataclass(frozen=True)
class Argument:
    """A noun phrase of a Korean frame: a side or words, with the particle of its case."""

    side: str  # SIDE1, SIDE2, or "" for words
    words: Words | None
    case: str


@dataclass(frozen=True)
class Frame:
    """One row of frames.csv. `parts` are its words and slots in order; a slot is SIDE1, SIDE2 or GAP.

    Korean marks each phrase by its particle, so a Korean frame has arguments, in any order, followed by a predicate.
    """

    kind: str
    code: str  # "" if the noun implies it
    lang: str
    direction: str
    strength: str
    form: str
    line: int
    parts: tuple[Words | str | Argument, ...]
    example: str
    counterexample: str

    def __hash__(self) -> int:
        return self.line

    @cached_property
    def runs(self) -> tuple[tuple[str, Words], ...]:
        """Each run of words with the slot before it; the slot is "" if the frame begins with words."""
        slots = ("", *self.parts)
        return tuple((str(slots[n]), part) for n, part in enumerate(self.parts) if isinstance(part, Words))

    @cached_property
    def arguments(self) -> tuple[Argument, ...]:
        """The phrases that a Korean frame requires."""
        return tuple(part for part in self.parts if isinstance(part, Argument))

    @cached_property
    def anchors(self) -> tuple[tuple[str, ...], ...]:
        """Groups of lower-case words, the most selective first; a matching sentence has a word of each group."""
        parts = [part.words if isinstance(part, Argument) else part for part in self.parts]
        groups = [group for part in parts if isinstance(part, Words) for group in part.anchors]
        return tuple(sorted(dict.fromkeys(groups), key=sureness, reverse=True))


@dataclass(frozen=True, eq=False)
class Frames:
    """The frames of one language, in the order of the file."""

    rows: tuple[Frame, ...]

    @cached_property
    def groups_of(self) -> dict[str, int]:
        """Each word to search for, with the groups that it stands for, as bits."""
        found: defaultdict[str, int] = defaultdict(int)
        for group, bit in self._bits.items():
            for word in shortest(group):
                found[word] |= bit
        return dict(found)

    @cached_property
    def surest(self) -> dict[str, int]:
        """By kind, the bits of the most selective groups: a sentence that fits begins with a line that has one."""
        found: defaultdict[str, int] = defaultdict(int)
        for frame in self.rows:
            found[frame.kind] |= self._bits[frame.anchors[0]]
        return dict(found)

    def that_may_fit(self, kind: str, held: int) -> tuple[Frame, ...]:
        """Return the frames of a kind whose groups are all among the groups of a sentence, given as bits."""
        return _fitting(self, kind, held & self._of_kind[kind])

    @cached_property
    def needed(self) -> dict[str, tuple[tuple[Frame, int], ...]]:
        """By kind, each frame with its groups, as bits."""
        found: defaultdict[str, list[tuple[Frame, int]]] = defaultdict(list)
        for frame in self.rows:
            found[frame.kind].append((frame, reduce(or_, (self._bits.get(group, 0) for group in frame.anchors))))
        return {kind: tuple(frames) for kind, frames in found.items()}

    @cached_property
    def _of_kind(self) -> dict[str, int]:
        return {kind: reduce(or_, (groups for _, groups in frames)) for kind, frames in self.needed.items()}

    @cached_property
    def _bits(self) -> dict[tuple[str, ...], int]:
        """The bit of each group to search for: the most selective one of each frame, and all without a common word."""
        groups = dict.fromkeys(
            group
            for frame in self.rows
            for n, group in enumerate(frame.anchors)
            if n == 0 or is_telling(group, frame.lang)
        )
        return {group: 1 << n for n, group in enumerate(groups)}


@lru_cache(maxsize=4_096)  # most sentences have the same few
def _fitting(frames: Frames, kind: str, held: int) -> tuple[Frame, ...]:
    return tuple([frame for frame, needed in frames.needed[kind] if needed & held == needed])


def frames_of(file: Rows, classes: Mapping[str, Classes]) -> Iterator[Frame]:
    """Yield the rows of frames.csv; `classes` are those of vocabulary.csv, by language."""
    for line, row in file.rows():
        wrong, parts = list(_wrong_in(row)), None
        if row["lang"] in LANGUAGES:
            try:
                read = _korean_parts if row["lang"] == "ko" else _parts
                parts = read(row["frame"], row["lang"], classes[row["lang"]])
            except ValueError as error:
                wrong.append(f"frame “{row['frame']}” can't be read: {error}")
        file.fault(line, *wrong)
        if parts and not wrong:
            yield Frame(form=row["frame"], line=line, parts=parts, **{name: row[name] for name in _KEPT})


_KEPT = ("kind", "code", "lang", "direction", "strength", "example", "counterexample")


def _wrong_in(row: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a row, apart from its frame."""
    yield from not_among(row, "kind", CODES)
    if row["code"] and row["kind"] in CODES:
        yield from not_among(row, "code", CODES[row["kind"]], "leave it empty, or ")
    yield from not_among(row, "lang", LANGUAGES)
    yield from not_among(row, "direction", DIRECTIONS)
    yield from not_among(row, "strength", STRENGTHS)
    for column in ("example", "counterexample"):
        if not row[column]:
            yield f"has no {column}; write a sentence on which it must{' not' * (column != 'example')} fire"


def _korean_parts(form: str, lang: str, classes: Classes) -> tuple[Argument | Words, ...]:
    """Return the arguments of a Korean frame, then its predicate; raises a ValueError that says what is wrong."""
    *before, last = form.split()
    parts: list[Argument | Words] = []
    for piece in before:
        argument = _ARGUMENT.fullmatch(piece)
        if argument is None:
            raise ValueError(
                f"“{piece}” must be a side or a class of words with one of the particles {', '.join(CASES)}"
            )
        side = argument[1].strip("{}")
        is_side = side in ("SIDE1", "SIDE2")
        parts.append(
            Argument(side if is_side else "", None if is_side else _korean_words(argument[1], classes), argument[2])
        )
    sides = [part.side for part in parts if isinstance(part, Argument) and part.side]
    if not sides or len(set(sides)) != len(sides):
        raise ValueError("it needs {SIDE1} or {SIDE2} or both, each once")
    return (*parts, _korean_words(last, classes))


def _korean_words(piece: str, classes: Classes) -> Words:
    """Return the words of adjacent classes: {talks}, {paper}{sign}."""
    groups = []
    for name in _CLASS.findall(piece):
        if name not in classes:
            raise ValueError(f"“{{{name}}}” is not a class of vocabulary.csv")
        groups.append(tuple(classes[name]))
    if not groups or _CLASS.sub("", piece):
        raise ValueError(f"“{piece}” must be classes of words: write {{send}}")
    return Words(" ?".join(map(either, groups)), tuple(groups))


def _parts(form: str, lang: str, classes: Classes) -> tuple[Words | str, ...]:
    """Return the words and slots of a frame in order; raises a ValueError that says what is wrong."""
    parts: list[Words | str] = []
    for piece in _SLOT.split(form):
        if piece == GAP or piece in ("{SIDE1}", "{SIDE2}"):
            if parts and isinstance(parts[-1], str):
                raise ValueError(f"words are missing between “{parts[-1]}” and “{piece.strip('{}')}”")
            parts.append(piece.strip("{}"))
        elif piece:
            compiled = compile_form(piece, lang, (), classes)
            parts.append(Words(compiled.pattern, compiled.anchors))
    slots = [part for part in parts if isinstance(part, str) and part != GAP]
    if len(set(slots)) != len(slots) or not slots:
        raise ValueError("it needs {SIDE1} or {SIDE2} or both, each once")
    if len(slots) == len(parts) or GAP in (parts[0], parts[-1]):
        raise ValueError("it needs words, and “...” only between them")
    return tuple(parts)


def frames_by_language(rows: Sequence[Frame]) -> dict[str, Frames]:
    """Return the frames by language."""
    return {lang: Frames(tuple(frame for frame in rows if frame.lang == lang)) for lang in {row.lang for row in rows}}
