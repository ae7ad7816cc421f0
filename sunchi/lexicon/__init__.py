"""The analyst's files, read and checked: who is who, which words are set phrases, which voices stand how high.

`load(folder)` gives a `Lexicon`, or raises LexiconError, which lists every fault of the files, each as
`file:line: what is wrong and how to mend it`. `check(folder)` lists the faults, and tries the examples besides.
docs/lexicon.md shows how the files are edited.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from sunchi import text
from sunchi.errors import LexiconError
from sunchi.lexicon.calendar import COLUMNS as CALENDAR
from sunchi.lexicon.calendar import Observance, observances
from sunchi.lexicon.columns import ANY, LANGUAGES, divided, has_forms
from sunchi.lexicon.csv_file import File
from sunchi.lexicon.organizations import COLUMNS as BODIES
from sunchi.lexicon.organizations import Body, bodies, lines_named
from sunchi.lexicon.partners import HOME, NAMES, Name, Role, names_of
from sunchi.lexicon.posts import COLUMNS as POSTS
from sunchi.lexicon.posts import Posts
from sunchi.lexicon.posts import posts as posts_of
from sunchi.lexicon.standings import COLUMNS as STANDINGS
from sunchi.lexicon.standings import Standings, standings
from sunchi.lexicon.terms import CATEGORIES, TERMS, WORDS, Term, classes_of, terms_of
from sunchi.lexicon.titles import title_patterns
from sunchi.lexicon.voices import TONES, VOICES, Tone, Voice, tones, voices

__all__ = ["CATEGORIES", "HOME", "Lexicon", "Name", "Role", "Term", "check", "load"]

_Anchored = tuple[Term, tuple[frozenset[str], ...]]


@dataclass(frozen=True)
class Lexicon:
    """What the analyst's files say. `version` changes whenever a byte of them does."""

    version: str
    names: tuple[Name, ...]
    terms: tuple[Term, ...]
    offices: Mapping[str, tuple[str, ...]]  # by language
    organs: Mapping[str, tuple[str, ...]]
    masks: Mapping[str, tuple[str, ...]]
    posts: Posts
    spelling: Mapping[str, text.Spelling]  # by language: how its words are spelled for matching
    voices: tuple[Voice, ...]
    tones: tuple[Tone, ...]
    calendar: tuple[Observance, ...]
    bodies: tuple[Body, ...]
    standings: Standings

    def label(self, partner: str) -> str:
        """The name to show: `CN` -> "China"; the code itself where the files do not know it."""
        return self._labels.get(partner, partner)

    @cached_property
    def partners(self) -> frozenset[str]:
        """Every state that the files know, the home side excepted."""
        return frozenset(name.partner for name in self.names) - {HOME}

    @cached_property
    def adversaries(self) -> frozenset[str]:
        """The states with hostile set phrases of their own."""
        return frozenset(term.partner for term in self.terms if term.category == "hostile") - {ANY}

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

    def body(self, name: str, lang: str, partner: str) -> tuple[int, ...] | None:
        """The rows of bodies.csv that a name of one of a state's parties or offices is made of; None if it is none."""
        plain = ("name", "adjective", "outside")
        states = {n.form for n in self.names if n.partner == partner and n.lang == lang and n.role in plain}
        return lines_named(name, lang, partner, self.bodies, states)

    def ruling(self, partner: str, lang: str, day: date | None) -> tuple[str, ...]:
        """The names of the parties that govern a state on a day, as they are matched."""
        parties = (body for body in self._parties.get(partner, ()) if body.governs(day))
        return tuple(form for body in parties for form in body.forms_in(lang))

    @cached_property
    def _parties(self) -> dict[str, tuple[Body, ...]]:
        found: dict[str, tuple[Body, ...]] = {}
        for body in self.bodies:
            if body.rules:
                found[body.partner] = (*found.get(body.partner, ()), body)
        return found

    @cached_property
    def glued(self) -> frozenset[str]:
        """The English names of the home side's leaders: old pages lose the blanks around them ("SecretaryKim Jong Un").

        So they are names even inside a word.
        """
        return frozenset(n.form for n in self.names if (n.partner, n.role, n.lang) == (HOME, "leader", "en"))

    @cached_property
    def adjectives(self) -> dict[str, tuple[str, ...]]:
        """The English names and adjectives of each state, in the order of the file."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            if name.lang == "en" and name.role in ("adjective", "name"):
                found[name.partner].append(name.form)
        return {partner: tuple(forms) for partner, forms in found.items()}

    def fronts(self, partner: str) -> tuple[str, ...]:
        """What may stand in English before the name of a state's person, each with the blank after it."""
        return self._fronts[partner if partner in self._fronts else ""]

    @cached_property
    def _fronts(self) -> dict[str, tuple[str, ...]]:
        offices = (*self.offices["en"], *(office.title() for office in self.offices["en"]), "DPRK")
        return {
            partner: tuple(f"{front} " for front in (*adjectives, *offices))
            for partner, adjectives in (("", ()), *self.adjectives.items())
        }

    @cached_property
    def anchored(self) -> dict[str, dict[str, tuple[_Anchored, ...]]]:
        """By language: anchor -> the terms of whose surest anchors it is one, each with its other anchors; all those
        others, with none."""
        found: dict[str, dict[str, list[_Anchored]]] = {lang: defaultdict(list) for lang in LANGUAGES}
        for term in self.terms:
            others = tuple(map(frozenset, term.anchors[1:]))
            for anchor in term.anchors[0]:
                found[term.lang][anchor].append((term, others))
            for anchor in (anchor for group in term.anchors[1:] for anchor in group):
                found[term.lang].setdefault(anchor, [])
        return {lang: {anchor: tuple(terms) for anchor, terms in by.items()} for lang, by in found.items()}

    def terms_that_may_stand_by(self, anchors: Sequence[str], lang: str) -> tuple[Term, ...]:
        """The terms of a language that a line with these anchors, and no others, may hold."""
        held, anchored = frozenset(anchors), self.anchored[lang]
        found: dict[int, Term] = {}
        for anchor in held:
            for term, others in anchored[anchor]:
                for words in others:  # any() takes twice as long over so many
                    if words.isdisjoint(held):
                        break
                else:
                    found[term.line] = term
        return tuple(found.values())

    @cached_property
    def documents(self) -> dict[str, dict[str, tuple[Voice, ...]]]:
        """By language: anchor -> the voices of authority.csv that it may be the anchor of."""
        found: dict[str, dict[str, list[Voice]]] = {lang: defaultdict(list) for lang in LANGUAGES}
        for voice in self.voices:
            for anchor in voice.anchors:
                found[voice.lang][anchor].append(voice)
        return {lang: {anchor: tuple(voices) for anchor, voices in by.items()} for lang, by in found.items()}

    @cached_property
    def document_words(self) -> tuple[str, ...]:
        """The anchors of the documents in English."""
        return tuple(self.documents["en"])

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
        states = tuple(n.form for n in self.names if n.lang == "zh" and n.role in ("name", "organ"))
        return title_patterns(self.offices, self.organs, states)


def load(folder: Path) -> Lexicon:
    """The lexicon in `folder`; raises LexiconError that lists all faults."""
    faults: list[str] = []
    found = _read(folder, faults)
    if faults:
        raise LexiconError("\n".join(faults))
    return found


def check(folder: Path) -> list[str]:
    """Every fault of the files in `folder`: those that `load` raises, else those that only trying the forms shows."""
    from sunchi.selfcheck import faults_of_use  # it reads examples with the detectors, and these read the lexicon

    faults: list[str] = []
    found = _read(folder, faults)
    return faults or faults_of_use(folder, found)


def _read(folder: Path, faults: list[str]) -> Lexicon:
    partners, titles = File(folder / "partners.csv", NAMES, faults), File(folder / "titles.csv", _KINDS, faults)
    posts, words = File(folder / "posts.csv", POSTS, faults), File(folder / "words.csv", WORDS, faults)
    spelling = File(folder / "spelling.csv", ("south", "north"), faults)
    phrases = File(folder / "terms.csv", TERMS, faults)
    authority, stance = File(folder / "authority.csv", VOICES, faults), File(folder / "stance.csv", TONES, faults)
    calendar = File(folder / "calendar.csv", CALENDAR, faults)
    organised = File(folder / "bodies.csv", BODIES, faults)
    standing = File(folder / "standings.csv", STANDINGS, faults)
    named = tuple(names_of(partners))
    states = frozenset(name.partner for name in named)
    kinds, ranked = _kinds(titles, ("office", "organ", "mask")), posts_of(posts)
    spellings = _spellings(spelling)
    compiled = tuple(terms_of(phrases, named, classes_of(words), spellings))
    spoken, toned = tuple(voices(authority)), tuple(tones(stance))
    days, writing = tuple(observances(calendar, states - {HOME})), tuple(bodies(organised, states))
    stands = standings(standing, states - {HOME})
    files = (partners, titles, posts, words, spelling, phrases, authority, stance, calendar, organised, standing)
    if any(file.unread for file in files):  # what is said of the others may only follow from it
        faults[:] = [fault for file in files for fault in file.unread]
    return Lexicon(
        version=hashlib.sha256(b"\0".join(f.content for f in files)).hexdigest()[:16],
        names=named,
        terms=compiled,
        offices=kinds["office"],
        organs=kinds["organ"],
        masks=kinds["mask"],
        posts=ranked,
        spelling=spellings,
        voices=spoken,
        tones=toned,
        calendar=days,
        bodies=writing,
        standings=stands,
    )


_KINDS = ("kind", "lang", "forms")
"""The columns of titles.csv and posts.csv."""


def _kinds(file: File, known: tuple[str, ...]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Of a file with the columns kind, lang and forms: kind -> language -> forms."""
    kinds: dict[str, dict[str, tuple[str, ...]]] = {kind: dict.fromkeys(LANGUAGES, ()) for kind in known}
    for line, row in file.rows():
        if row["kind"] not in kinds:
            file.fault(line, f"kind “{row['kind']}” is unknown; it is one of {', '.join(kinds)}")
        elif has_forms(file, line, row):
            kinds[row["kind"]][row["lang"]] += tuple(divided(row["forms"]))
    return kinds


def _spellings(file: File) -> dict[str, text.Spelling]:
    pairs: dict[str, str] = {}
    for line, row in file.rows():
        if not row["south"] or not row["north"]:
            file.fault(line, "wants a Southern and a Northern spelling")
        elif pairs.setdefault(row["south"], row["north"]) != row["north"]:
            file.fault(
                line, f"“{row['south']}” stands above already, for “{pairs[row['south']]}”; take one of them out"
            )
    return {"en": text.Spelling({}), "ko": text.Spelling(pairs), "zh": text.Spelling({})}
