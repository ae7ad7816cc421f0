"""Reads the analyst's files into a Lexicon. A fault is reported as `file:line: what is wrong and how to fix it`."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sunchi import text
from sunchi.errors import LexiconError
from sunchi.lexicon import (
    calendar,
    families,
    frames,
    occasions,
    organizations,
    partners,
    persons,
    posts,
    standings,
    terms,
    vocabulary,
    voices,
)
from sunchi.lexicon.columns import LANGUAGES, has_forms, not_among, split_forms
from sunchi.lexicon.csv_file import File
from sunchi.lexicon.lexicon import Lexicon

FILES = {
    "partners.csv": partners.COLUMNS,
    "titles.csv": ("kind", "lang", "forms"),
    "posts.csv": posts.COLUMNS,
    "vocabulary.csv": vocabulary.COLUMNS,
    "spelling.csv": ("south", "north"),
    "terms.csv": terms.COLUMNS,
    "authority.csv": voices.VOICE_COLUMNS,
    "stance.csv": voices.TONE_COLUMNS,
    "calendar.csv": calendar.COLUMNS,
    "organizations.csv": organizations.COLUMNS,
    "standings.csv": standings.COLUMNS,
    "persons.csv": persons.COLUMNS,
    "occasions.csv": occasions.COLUMNS,
    "families.csv": families.COLUMNS,
    "frames.csv": frames.COLUMNS,
}
"""The files of the lexicon, with their columns. The lexicon's version is made from their content, in this order."""


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
    files = {name: File(folder / name, columns, faults) for name, columns in FILES.items()}
    names = tuple(partners.names_of(files["partners.csv"]))
    states = frozenset(name.partner for name in names)
    others = states - {partners.HOME}
    titles = _titles(files["titles.csv"])
    classes = vocabulary.classes_of(files["vocabulary.csv"])
    spelling = _spellings(files["spelling.csv"])
    bodies = tuple(organizations.organizations(files["organizations.csv"], states))
    found = Lexicon(
        version="",  # not known before all files are read
        names=names,
        terms=tuple(terms.terms_of(files["terms.csv"], names, classes, spelling)),
        offices=titles["office"],
        organs=titles["organ"],
        masks=titles["mask"],
        posts=posts.posts(files["posts.csv"]),
        spelling=spelling,
        voices=tuple(voices.voices(files["authority.csv"])),
        tones=tuple(voices.tones(files["stance.csv"])),
        calendar=tuple(calendar.calendar_entries(files["calendar.csv"], others)),
        organizations=bodies,
        persons=tuple(persons.persons(files["persons.csv"], states, bodies)),
        occasions=tuple(occasions.occasions(files["occasions.csv"], states)),
        families=families.families(files["families.csv"]),
        standings=standings.standings(files["standings.csv"], others),
        vocabulary=vocabulary.Vocabulary(classes),
        frames=frames.frames_by_language(tuple(frames.frames_of(files["frames.csv"], classes))),
    )
    if any(file.unread for file in files.values()):  # faults in other files may only be consequences of it
        faults[:] = [fault for file in files.values() for fault in file.unread]
    digest = hashlib.sha256(b"\0".join(file.content for file in files.values()))
    return replace(found, version=digest.hexdigest()[:16])


def _titles(file: File) -> dict[str, dict[str, tuple[str, ...]]]:
    """Read titles.csv: kind -> language -> forms."""
    kinds: dict[str, dict[str, tuple[str, ...]]] = {
        kind: dict.fromkeys(LANGUAGES, ()) for kind in ("office", "organ", "mask")
    }
    for line, row in file.rows():
        if wrong := list(not_among(row, "kind", kinds)):
            file.fault(line, *wrong)
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
