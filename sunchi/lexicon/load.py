"""Reads the analyst's files into a Lexicon. A fault is reported as `file:line: what is wrong and how to fix it`."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from sunchi import text
from sunchi.errors import LexiconError
from sunchi.lexicon.calendar import COLUMNS as CALENDAR
from sunchi.lexicon.calendar import calendar_entries
from sunchi.lexicon.columns import LANGUAGES, has_forms, split_forms
from sunchi.lexicon.csv_file import File
from sunchi.lexicon.families import COLUMNS as FAMILIES
from sunchi.lexicon.families import families
from sunchi.lexicon.frames import COLUMNS as FRAMES
from sunchi.lexicon.frames import frames_by_language, frames_of
from sunchi.lexicon.lexicon import Lexicon
from sunchi.lexicon.occasions import COLUMNS as OCCASIONS
from sunchi.lexicon.occasions import occasions
from sunchi.lexicon.organizations import COLUMNS as ORGANIZATIONS
from sunchi.lexicon.organizations import organizations
from sunchi.lexicon.partners import HOME, NAMES, names_of
from sunchi.lexicon.persons import COLUMNS as PERSONS
from sunchi.lexicon.persons import persons
from sunchi.lexicon.posts import COLUMNS as POSTS
from sunchi.lexicon.posts import posts as posts_of
from sunchi.lexicon.standings import COLUMNS as STANDINGS
from sunchi.lexicon.standings import standings
from sunchi.lexicon.terms import TERMS, terms_of
from sunchi.lexicon.vocabulary import COLUMNS as VOCABULARY
from sunchi.lexicon.vocabulary import Vocabulary, classes_of
from sunchi.lexicon.voices import TONES, VOICES, tones, voices


def load(folder: Path) -> Lexicon:
    """Read the lexicon in `folder`; raises LexiconError, which lists all faults.

    The result is cached per process until a byte of the files changes, because every poll loads it.
    """
    if not folder.is_dir():
        raise LexiconError(f"SUNCHI_LEXICON: {folder}: no such folder")
    contents = b"\0".join(map(_content, sorted(folder.glob("*.csv"))))
    return _load(folder, hashlib.sha256(contents).hexdigest())


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # reading the lexicon says so
        return b""


@lru_cache(maxsize=2)
def _load(folder: Path, digest: str) -> Lexicon:
    faults: list[str] = []
    found = read(folder, faults)
    if faults:
        raise LexiconError("\n".join(faults))
    return found


def read(folder: Path, faults: list[str]) -> Lexicon:
    """Read the lexicon in `folder` without its faulty rows; each fault is added to `faults`."""
    partners, titles = File(folder / "partners.csv", NAMES, faults), File(folder / "titles.csv", _KINDS, faults)
    posts, words = File(folder / "posts.csv", POSTS, faults), File(folder / "vocabulary.csv", VOCABULARY, faults)
    spelling = File(folder / "spelling.csv", ("south", "north"), faults)
    phrases = File(folder / "terms.csv", TERMS, faults)
    authority, stance = File(folder / "authority.csv", VOICES, faults), File(folder / "stance.csv", TONES, faults)
    calendar = File(folder / "calendar.csv", CALENDAR, faults)
    organised = File(folder / "organizations.csv", ORGANIZATIONS, faults)
    standing = File(folder / "standings.csv", STANDINGS, faults)
    people, feasts = File(folder / "persons.csv", PERSONS, faults), File(folder / "occasions.csv", OCCASIONS, faults)
    related = File(folder / "families.csv", FAMILIES, faults)
    framing = File(folder / "frames.csv", FRAMES, faults)
    named = tuple(names_of(partners))
    states = frozenset(name.partner for name in named)
    kinds, ranked = _kinds(titles, ("office", "organ", "mask")), posts_of(posts)
    spellings = _spellings(spelling)
    classes = classes_of(words)
    compiled = tuple(terms_of(phrases, named, classes, spellings))
    framed = tuple(frames_of(framing, classes))
    spoken, toned = tuple(voices(authority)), tuple(tones(stance))
    days, writing = tuple(calendar_entries(calendar, states - {HOME})), tuple(organizations(organised, states))
    stands = standings(standing, states - {HOME})
    known, events = tuple(persons(people, states, writing)), tuple(occasions(feasts, states))
    of_terms = families(related)
    files = (
        partners, titles, posts, words, spelling, phrases, authority, stance, calendar, organised, standing, people,
        feasts, related, framing,
    )  # fmt: skip
    if any(file.unread for file in files):  # faults in other files may only be consequences of it
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
        organizations=writing,
        persons=known,
        occasions=events,
        families=of_terms,
        standings=stands,
        vocabulary=Vocabulary(classes),
        frames=frames_by_language(framed),
    )


_KINDS = ("kind", "lang", "forms")
"""The columns of titles.csv and posts.csv."""


def _kinds(file: File, known: tuple[str, ...]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Read a file with the columns kind, lang and forms: kind -> language -> forms."""
    kinds: dict[str, dict[str, tuple[str, ...]]] = {kind: dict.fromkeys(LANGUAGES, ()) for kind in known}
    for line, row in file.rows():
        if row["kind"] not in kinds:
            file.fault(line, f"kind “{row['kind']}” is unknown; use one of {', '.join(kinds)}")
        elif has_forms(file, line, row):
            kinds[row["kind"]][row["lang"]] += tuple(split_forms(row["forms"], row["lang"]))
    return kinds


def _spellings(file: File) -> dict[str, text.Spelling]:
    pairs: dict[str, str] = {}
    for line, row in file.rows():
        if not row["south"] or not row["north"]:
            file.fault(line, "needs a Southern and a Northern spelling")
        elif pairs.setdefault(row["south"], row["north"]) != row["north"]:
            file.fault(line, f"“{row['south']}” is already above, for “{pairs[row['south']]}”; delete one of the two")
    return {lang: text.Spelling(pairs if lang == "ko" else {}) for lang in LANGUAGES}
