"""The analyst's files, read and checked: partners, titles, terms, authority, stance.

`load(folder)` gives a `Lexicon`, or raises LexiconError, which lists every fault of the files, each as
`file:line: what is wrong and how to mend it`. docs/lexicon.md shows how the files are edited.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from sunchi import text
from sunchi.model import LexiconError
from sunchi.voices import TONES, VOICES, Tone, Voice, tones, voices

HOME = "KP"  # the side that publishes; never a partner
ANY = "ANY"
LANGUAGES = ("en", "ko", "zh")

Role = Literal["name", "adjective", "capital", "leader", "official", "organ", "short", "outside", "pair"]
CATEGORIES = (
    "friendship", "traditional", "blood", "kinship", "strategic", "commitment", "support", "salutation", "military",
    "criticism", "hostile",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """One form by which a text may name a state."""

    partner: str
    role: Role
    lang: str
    form: str


@dataclass(frozen=True, slots=True)
class Term:
    """One form of one formula, compiled."""

    id: str
    partner: str  # alpha-2, or ANY
    category: str
    strength: int
    lang: str
    form: str
    pattern: re.Pattern[str]
    anchors: tuple[str, ...]  # small letters: a line that holds none of them does not hold the term


@dataclass(frozen=True)
class Lexicon:
    """What the analyst's files say. `version` changes whenever a byte of them does."""

    version: str
    names: tuple[Name, ...]
    terms: tuple[Term, ...]
    offices: Mapping[str, tuple[str, ...]]  # by language
    organs: Mapping[str, tuple[str, ...]]
    masks: Mapping[str, tuple[str, ...]]
    voices: tuple[Voice, ...]
    tones: tuple[Tone, ...]

    def label(self, partner: str) -> str:
        """The name to show: `CN` -> "China"; the code itself where the files do not know it."""
        return self._labels.get(partner, partner)

    @cached_property
    def partners(self) -> frozenset[str]:
        """Every state that the files know, the home side excepted."""
        return frozenset(name.partner for name in self.names) - {HOME}

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {n.partner: n.form for n in reversed(self.names) if n.role == "name" and n.lang == "en"}

    @cached_property
    def forms(self) -> dict[str, dict[str, tuple[Name, ...]]]:
        """By language: form -> the names it may be; masks are forms that are nobody's. Longest form first."""
        found: dict[str, dict[str, list[Name]]] = {lang: defaultdict(list) for lang in LANGUAGES}
        for lang, masks in self.masks.items():
            for mask in masks:
                found[lang][mask] = []
        for name in self.names:
            found[name.lang][name.form].append(name)
        return {
            lang: {form: tuple(forms[form]) for form in sorted(forms, key=lambda f: (-len(f), f))}
            for lang, forms in found.items()
        }

    @cached_property
    def anchored(self) -> dict[str, dict[str, tuple[Term, ...]]]:
        """By language: anchor -> the terms that it may be the anchor of."""
        found: dict[str, dict[str, list[Term]]] = {lang: defaultdict(list) for lang in LANGUAGES}
        for term in self.terms:
            for anchor in term.anchors:
                found[term.lang][anchor].append(term)
        return {lang: {anchor: tuple(terms) for anchor, terms in by.items()} for lang, by in found.items()}

    @cached_property
    def documents(self) -> dict[str, dict[str, tuple[Voice, ...]]]:
        """By language: anchor -> the voices of authority.csv that it may be the anchor of."""
        found: dict[str, dict[str, list[Voice]]] = {lang: defaultdict(list) for lang in LANGUAGES}
        for voice in self.voices:
            for anchor in voice.anchors:
                found[voice.lang][anchor].append(voice)
        return {lang: {anchor: tuple(voices) for anchor, voices in by.items()} for lang, by in found.items()}

    @cached_property
    def senders(self) -> dict[str, tuple[Voice, ...]]:
        """By language: the voices of those who send messages."""
        sending = [voice for voice in self.voices if not voice.anchors]
        return {lang: tuple(voice for voice in sending if voice.lang == lang) for lang in LANGUAGES}

    @cached_property
    def tone_heads(self) -> dict[str, dict[str, tuple[Tone, ...]]]:
        """By language: how forms of stance.csv begin -> the tones that may stand where that does, the longest first."""
        found: dict[str, dict[str, tuple[Tone, ...]]] = {}
        for lang in LANGUAGES:
            tones = sorted((tone for tone in self.tones if tone.lang == lang), key=lambda tone: -len(tone.form))
            heads = sorted({tone.head for tone in tones}, key=lambda head: (-len(head), head))
            found[lang] = {head: tuple(t for t in tones if head.startswith(t.head)) for head in heads}
        return found

    @cached_property
    def title_patterns(self) -> dict[str, re.Pattern[str]]:
        """By language: a person's or organ's full title."""
        return {"en": _english_title(self.offices["en"]), "ko": _korean_title(self.offices["ko"], self.organs["ko"])}


def load(folder: Path) -> Lexicon:
    """The lexicon in `folder` (five CSV files); raises LexiconError that lists all faults."""
    faults: list[str] = []
    partners = _File(folder / "partners.csv", ("partner", "role", *LANGUAGES), faults)
    titles = _File(folder / "titles.csv", ("kind", "lang", "forms"), faults)
    terms = _File(
        folder / "terms.csv", ("id", "partner", "category", "strength", "lang", "form", "seen"), faults
    )  # fmt: skip
    names = tuple(_names(partners))
    kinds = _titles(titles)
    known = {name.partner for name in names}
    formulas = tuple(_terms(terms, known, [n.form for n in names if n.lang == "ko" and n.role == "pair"]))
    authority, stance = _File(folder / "authority.csv", VOICES, faults), _File(folder / "stance.csv", TONES, faults)
    spoken, toned = tuple(voices(authority)), tuple(tones(stance))
    if faults:
        raise LexiconError("\n".join(faults))
    files = (partners, titles, terms, authority, stance)
    return Lexicon(
        version=hashlib.sha256(b"\0".join(f.content for f in files)).hexdigest()[:16],
        names=names,
        terms=formulas,
        offices=kinds["office"],
        organs=kinds["organ"],
        masks=kinds["mask"],
        voices=spoken,
        tones=toned,
    )


# --- one file -------------------------------------------------------------------------------------------------------


class _File:
    """A CSV file whose lines that open with # are for the reader."""

    def __init__(self, path: Path, columns: tuple[str, ...], faults: list[str]) -> None:
        self.path = path
        self.columns = columns
        self.faults = faults
        self.content = b""

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row with its line; what can't be read is a fault, and the rest goes on."""
        try:
            self.content = self.path.read_bytes()
            lines = self.content.decode("utf-8-sig").splitlines()
        except OSError as error:
            self.fault(1, f"can't be read ({error.strerror}); put the file there, or set SUNCHI_LEXICON to its folder")
            return
        except UnicodeDecodeError as error:
            line = self.content[: error.start].count(b"\n") + 1
            self.fault(line, "is not UTF-8; save the file as “CSV UTF-8”")
            return
        header_seen = False
        for number, content in enumerate(lines, 1):
            if not content.strip() or content.startswith("#"):
                continue
            try:
                cells = [cell.strip() for cell in next(csv.reader([content], strict=True))]
            except csv.Error as error:
                self.fault(number, f"is not CSV ({error}); close every double quote on its own line")
                continue
            if not header_seen:
                header_seen = True
                if tuple(cells) != self.columns:
                    self.fault(number, f"the first row must be {','.join(self.columns)}")
                    return
            elif len(cells) != len(self.columns):
                self.fault(
                    number,
                    f"has {len(cells)} columns, not {len(self.columns)} ({','.join(self.columns)}); "
                    "put a form that holds a comma between double quotes",
                )
            else:
                yield number, dict(zip(self.columns, cells, strict=True))
        if not header_seen:
            self.fault(1, f"is empty; its first row must be {','.join(self.columns)}")

    def fault(self, line: int, message: str) -> None:
        self.faults.append(f"{self.path.name}:{line}: {message}")


def _forms(cell: str) -> list[str]:
    return [text.plain(form.strip()) for form in cell.split("|") if form.strip()]


def _names(file: _File) -> Iterator[Name]:
    first_line: dict[tuple[str, str], tuple[int, str, str]] = {}
    for line, row in file.rows():
        partner, role = row["partner"], row["role"]
        if not re.fullmatch("[A-Z]{2}", partner):
            file.fault(line, f"partner “{partner}” is not an ISO 3166 alpha-2 code: two capitals, as in CN")
            continue
        if role not in get_args(Role):
            file.fault(line, f"role “{role}” is unknown; it is one of {', '.join(get_args(Role))}")
            continue
        if not any(row[lang] for lang in LANGUAGES):
            file.fault(line, "has no form in any language; add one, or take the row out")
        for lang in LANGUAGES:
            for form in _forms(row[lang]):
                before = first_line.setdefault((lang, form), (line, partner, role))
                if before[1] != partner and "short" not in (role, before[2]):
                    file.fault(
                        line,
                        f"“{form}” is {before[1]}'s already (line {before[0]}); a form of either has the role short",
                    )
                yield Name(partner, role, lang, form)  # type: ignore[arg-type]  # checked above


def _titles(file: _File) -> dict[str, dict[str, tuple[str, ...]]]:
    kinds: dict[str, dict[str, tuple[str, ...]]] = {
        kind: dict.fromkeys(LANGUAGES, ()) for kind in ("office", "organ", "mask")
    }
    for line, row in file.rows():
        if row["kind"] not in kinds:
            file.fault(line, f"kind “{row['kind']}” is unknown; it is one of {', '.join(kinds)}")
        elif row["lang"] not in LANGUAGES:
            file.fault(line, f"lang “{row['lang']}” is unknown; it is one of {', '.join(LANGUAGES)}")
        elif not _forms(row["forms"]):
            file.fault(line, "has no form; add one, or take the row out")
        else:
            kinds[row["kind"]][row["lang"]] += tuple(_forms(row["forms"]))
    return kinds


def _terms(file: _File, known: set[str], pairs: list[str]) -> Iterator[Term]:
    first_line: dict[tuple[str, str, str], int] = {}
    for line, row in file.rows():
        before = len(file.faults)
        if not re.fullmatch("[a-z][a-z0-9_]*", row["id"]):
            file.fault(line, f"id “{row['id']}” must be small letters, digits and _, as in fr_friendship")
        if row["partner"] != ANY and row["partner"] not in known:
            file.fault(line, f"partner “{row['partner']}” is not in partners.csv; add it there, or write {ANY}")
        if row["category"] not in CATEGORIES:
            file.fault(line, f"category “{row['category']}” is unknown; it is one of {', '.join(CATEGORIES)}")
        if row["strength"] not in ("-2", "-1", "0", "1", "2"):
            file.fault(line, f"strength “{row['strength']}” is not a whole number from -2 to 2")
        if row["lang"] not in LANGUAGES:
            file.fault(line, f"lang “{row['lang']}” is unknown; it is one of {', '.join(LANGUAGES)}")
        earlier = first_line.setdefault((row["lang"], row["partner"], row["form"].lower()), line)
        if earlier != line:
            file.fault(line, f"“{row['form']}” stands on line {earlier} already; take one of the two out")
        pattern, anchors = "", tuple[str, ...]()
        try:
            pattern, anchors = _pattern(text.plain(row["form"]), row["lang"], pairs)
        except ValueError as error:
            file.fault(line, f"form “{row['form']}” can't be read: {error}")
        if len(file.faults) == before:
            strength = int(row["strength"])
            yield Term(
                row["id"],
                row["partner"],
                row["category"],
                strength,
                row["lang"],
                row["form"],
                re.compile(pattern, re.IGNORECASE),
                anchors,
            )


# --- forms -> regular expressions -----------------------------------------------------------------------------------

_TOKEN = re.compile(r"\{\w+\}|[\[\]()/*]|[^\s\[\]()/*{}]+|[{}]")
_HOME_SIDE = r"(?:DPRK|North Korea|N\. Korea|Korea)"
_PAIR = rf"(?:{_HOME_SIDE} ?- ?[\w.]+|[\w.]+ ?- ?{_HOME_SIDE}|Sino-\w+)"
_BETWEEN = (
    rf"(?: +between +(?:(?:our|the) +two +(?:countries|peoples?|parties|nations|sides|states)"
    rf"|(?:the +)?{_HOME_SIDE} +and +(?:the +)?[\w.]+|(?:the +)?[\w.]+ +and +(?:the +)?{_HOME_SIDE}))?"
)


_Compiled = tuple[str, tuple[str, ...]]  # a regular expression, and words of which every match holds one


def _pattern(form: str, lang: str, pairs: list[str]) -> _Compiled:
    """`[friendly] {pair} (ties/relations)` compiled; ValueError says in words what is wrong with the form."""
    if lang != "en":
        bare = text.squeeze(form)[0]
        parts = bare.split("{pair}")
        if not any(parts):
            raise ValueError("it is empty; write the phrase, or take the row out")
        either = "(?:" + "|".join(re.escape(p) for p in sorted(pairs, key=len, reverse=True)) + ")"
        return either.join(map(re.escape, parts)), (max(parts, key=len),)
    pattern, anchors, rest = _sequence(_TOKEN.findall(form))
    if rest:
        raise ValueError(f"“{rest[0]}” has no partner; each ( and [ is closed once")
    if not anchors:
        raise ValueError("at least one word of its own must stand in it")
    return r"\b" + pattern + (_BETWEEN if "{pair}" in form else "") + r"\b", anchors


def _sequence(tokens: list[str]) -> tuple[str, tuple[str, ...], list[str]]:
    """What stands in a row, up to `/`, `)` or `]`; its anchors; and the tokens that are left."""
    items: list[tuple[bool, str]] = []  # may be missing; expression
    anchors: tuple[str, ...] = ()
    while tokens and tokens[0] not in "/)]":
        item, words, missing, tokens = _item(tokens)
        items.append((missing, item))
        if not missing and words and (not anchors or min(map(len, words)) > min(map(len, anchors))):
            anchors = words
    required = next((n for n, (missing, _) in enumerate(items) if not missing), None)
    if required is None:
        raise ValueError("at least one word in it must be one that can't be missing")
    parts = []
    for n, (missing, item) in enumerate(items):
        spaced = f"{item} +" if n < required else f" +{item}" if n > required else item
        count = "{0,3}" if item == _ANY_WORD else "?" if missing else ""
        parts.append(f"(?:{spaced}){count}" if count else spaced)
    return "".join(parts), anchors, tokens


_ANY_WORD = r"[^\s,;.]+"


def _item(tokens: list[str]) -> tuple[str, tuple[str, ...], bool, list[str]]:
    """One word or bracket: expression, anchors, whether it may be missing, and the tokens that are left."""
    mark, rest = tokens[0], tokens[1:]
    if mark in ("(", "["):
        return _choice(mark, rest)
    if mark == "*":
        return _ANY_WORD, (), True, rest
    if mark == "{pair}":
        return _PAIR, (), False, rest
    if mark == "{partner}":
        return r"[\w.]+(?: [A-Z][\w.]+)?", (), False, rest
    if mark[0] in "{}":
        raise ValueError(f"“{mark}” is unknown; there are {{pair}} and {{partner}}")
    return re.escape(mark), (mark.lower(),), False, rest


def _choice(opening: str, tokens: list[str]) -> tuple[str, tuple[str, ...], bool, list[str]]:
    close = {"(": ")", "[": "]"}[opening]
    choices: list[str] = []
    anchors: list[tuple[str, ...]] = []
    rest = tokens
    while True:
        choice, words, rest = _sequence(rest)
        choices.append(choice)
        anchors.append(words)
        if not rest:
            raise ValueError(f"“{opening}” is never closed; add “{close}”")
        mark, rest = rest[0], rest[1:]
        if mark == close:
            every = tuple(word for words in anchors for word in words) if all(anchors) else ()
            return f"(?:{'|'.join(choices)})", every, opening == "[", rest
        if mark != "/":
            raise ValueError(f"“{mark}” closes what “{opening}” opened; write “{close}”")


def _english_title(offices: tuple[str, ...]) -> re.Pattern[str]:
    """From an office to the last capitalised word of what it is the office of."""
    either = "|".join(re.escape(office) for office in sorted(offices, key=len, reverse=True))
    joint = rf"(?: (?:of|for|to|and|the|its)\b| (?:{either})\b| C\.C\.,?| [A-Z][\w.'-]*,?| \([A-Z]+\))"
    name = r"(?: \([A-Z]+\)| (?!C\.C)[A-Z][\w'-]*(?:\.[A-Z]\b)*)"
    return re.compile(rf"\b(?:{either}) (?:of|for|to)\b{joint}*?{name}(?:{joint}*{name})?")


def _korean_title(offices: tuple[str, ...], organs: tuple[str, ...]) -> re.Pattern[str]:
    """From an organ to the office and the ending that ties it to a name: 중국공산당 중앙위원회 총서기이며."""
    office = "|".join(sorted(map(re.escape, offices), key=len, reverse=True))
    organ = "|".join(sorted(map(re.escape, organs), key=len, reverse=True))
    return re.compile(rf"(?<![가-힣])(?:[가-힣]*(?:{organ}) ?)+(?:[가-힣]*(?:{office}))(?:이시며|이며|이신|인)")
