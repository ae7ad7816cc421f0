"""The analyst's files, read and checked: who is who, which words are set phrases, which voices stand how high.

`load(folder)` gives a `Lexicon`, or raises LexiconError, which lists every fault of the files, each as
`file:line: what is wrong and how to mend it`. `check(folder)` lists the faults, and tries the examples besides.
docs/lexicon.md shows how the files are edited.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from sunchi import text
from sunchi.bodies import COLUMNS as BODIES
from sunchi.bodies import Body, bodies, lines_named
from sunchi.lexicon.files import File
from sunchi.lexicon.forms import CAPITALS, Classes, compile_form
from sunchi.model import LexiconError
from sunchi.observances import COLUMNS as CALENDAR
from sunchi.observances import Observance, observances
from sunchi.posts import KINDS, Posts
from sunchi.rows import ANY, LANGUAGES, divided
from sunchi.voices import TONES, VOICES, Tone, Voice, tones, voices

HOME = "KP"  # the side that publishes; never a partner

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
    line: int  # of partners.csv


@dataclass(frozen=True)
class Term:
    """One form of one formula, compiled when it is first looked for: most texts hold the words of few."""

    id: str
    partner: str  # alpha-2, or ANY
    category: str
    strength: int
    lang: str
    form: str
    line: int  # of terms.csv
    expression: str
    anchors: tuple[tuple[str, ...], ...]  # small letters: a line without one of each does not hold it; surest first
    samples: tuple[str, ...]  # some texts that are the term

    def __hash__(self) -> int:
        return self.line

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.expression, re.IGNORECASE)

    @cached_property
    def minds_capitals(self) -> bool:
        """Whether some letters must be capitals: small letters alone do not show then that it stands there."""
        return CAPITALS in self.expression

    @cached_property
    def in_small_letters(self) -> re.Pattern[str]:
        """It matches a text in small letters wherever `pattern` matches the text, and is twice as fast."""
        return re.compile(self.expression.replace(CAPITALS, "(?i:"))

    @property
    def rank(self) -> tuple[int, int]:
        """Of two terms that hold the very same words, the one with the greater rank is meant."""
        return abs(self.strength), -self.line


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
    def anchored(self) -> dict[str, dict[str, tuple[Term, ...]]]:
        """By language: anchor -> the terms of whose surest anchors it is one; all other anchors, with none."""
        found: dict[str, dict[str, list[Term]]] = {lang: defaultdict(list) for lang in LANGUAGES}
        for term in self.terms:
            for anchor in term.anchors[0]:
                found[term.lang][anchor].append(term)
            for anchor in (anchor for group in term.anchors[1:] for anchor in group):
                found[term.lang].setdefault(anchor, [])
        return {lang: {anchor: tuple(terms) for anchor, terms in by.items()} for lang, by in found.items()}

    def terms_that_may_stand_by(self, anchors: frozenset[str], lang: str) -> tuple[Term, ...]:
        """The terms of a language that a line with these anchors, and no others, may hold."""
        held = self._held[lang]
        if anchors not in held:  # some thousand sets of anchors are all there is
            terms = {t: None for anchor in sorted(anchors) for t in self.anchored[lang][anchor]}
            held[anchors] = tuple(t for t in terms if not any(map(anchors.isdisjoint, t.anchors[1:])))
        return held[anchors]

    @cached_property
    def _held(self) -> dict[str, dict[frozenset[str], tuple[Term, ...]]]:
        return {lang: {} for lang in LANGUAGES}

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
        return {
            "en": _english_title(self.offices["en"]),
            "ko": _korean_title(self.offices["ko"], self.organs["ko"]),
            "zh": _chinese_title(states, self.organs["zh"], self.offices["zh"]),
        }


def load(folder: Path) -> Lexicon:
    """The lexicon in `folder`; raises LexiconError that lists all faults."""
    faults: list[str] = []
    found = _read(folder, faults)
    if faults:
        raise LexiconError("\n".join(faults))
    return found


def check(folder: Path) -> list[str]:
    """Every fault of the files in `folder`: those that `load` raises, else those that only trying the forms shows."""
    from sunchi.lexicon.trial import faults_of_use  # it reads examples with the detectors, and these read the lexicon

    faults: list[str] = []
    found = _read(folder, faults)
    return faults or faults_of_use(folder, found)


def _read(folder: Path, faults: list[str]) -> Lexicon:
    partners = File(folder / "partners.csv", ("partner", "role", *LANGUAGES), faults)
    titles = File(folder / "titles.csv", ("kind", "lang", "forms"), faults)
    posts = File(folder / "posts.csv", ("kind", "lang", "forms"), faults)
    words = File(folder / "words.csv", ("class", "lang", "forms"), faults)
    spelling = File(folder / "spelling.csv", ("south", "north"), faults)
    terms = File(folder / "terms.csv", ("id", "partner", "category", "strength", "lang", "form", "seen"), faults)
    authority, stance = File(folder / "authority.csv", VOICES, faults), File(folder / "stance.csv", TONES, faults)
    calendar = File(folder / "calendar.csv", CALENDAR, faults)
    organised = File(folder / "bodies.csv", BODIES, faults)
    names = tuple(_names(partners))
    kinds = _kinds(titles, ("office", "organ", "mask"))
    standings = _kinds(posts, KINDS)
    spellings = _spellings(spelling)
    compiled = tuple(_terms(terms, names, _classes(words), spellings))
    spoken, toned = tuple(voices(authority)), tuple(tones(stance))
    days = tuple(observances(calendar, frozenset(name.partner for name in names) - {HOME}))
    writing = tuple(bodies(organised, frozenset(name.partner for name in names)))
    files = (partners, titles, posts, words, spelling, terms, authority, stance, calendar, organised)
    if any(file.unread for file in files):  # what is said of the others may only follow from it
        faults[:] = [fault for file in files for fault in file.unread]
    return Lexicon(
        version=hashlib.sha256(b"\0".join(f.content for f in files)).hexdigest()[:16],
        names=names,
        terms=compiled,
        offices=kinds["office"],
        organs=kinds["organ"],
        masks=kinds["mask"],
        posts=Posts(standings),
        spelling=spellings,
        voices=spoken,
        tones=toned,
        calendar=days,
        bodies=writing,
    )


def _names(file: File) -> Iterator[Name]:
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
            for form in dict.fromkeys(text.plain(form, lang) for form in divided(row[lang])):
                before = first_line.setdefault((lang, form), (line, partner, role))
                if before[1] != partner and "short" not in (role, before[2]) and (role, before[2]) != ("pair", "pair"):
                    file.fault(
                        line,
                        f"“{form}” is {before[1]}'s already (line {before[0]}); a form of either has the role short",
                    )
                yield Name(partner, role, lang, form, line)  # type: ignore[arg-type]  # checked above


def _kinds(file: File, known: tuple[str, ...]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Of a file with the columns kind, lang and forms: kind -> language -> forms."""
    kinds: dict[str, dict[str, tuple[str, ...]]] = {kind: dict.fromkeys(LANGUAGES, ()) for kind in known}
    for line, row in file.rows():
        if row["kind"] not in kinds:
            file.fault(line, f"kind “{row['kind']}” is unknown; it is one of {', '.join(kinds)}")
        elif _has_forms(file, line, row):
            kinds[row["kind"]][row["lang"]] += tuple(divided(row["forms"]))
    return kinds


def _has_forms(file: File, line: int, row: Mapping[str, str]) -> bool:
    if row["lang"] not in LANGUAGES:
        file.fault(line, f"lang “{row['lang']}” is unknown; it is one of {', '.join(LANGUAGES)}")
    elif not divided(row["forms"]):
        file.fault(line, "has no form; add one, or take the row out")
    else:
        return True
    return False


def _classes(file: File) -> dict[str, dict[str, tuple[str, ...]]]:
    """By language and class its words; a class may hold those that stand above it."""
    classes: dict[str, dict[str, tuple[str, ...]]] = {lang: {} for lang in LANGUAGES}
    for line, row in file.rows():
        if not re.fullmatch("[a-z_]+", row["class"]) or row["class"] in ("pair", "partner"):
            file.fault(line, f"class “{row['class']}” must be small letters, and neither pair nor partner")
        elif _has_forms(file, line, row):
            known = classes[row["lang"]]
            words: list[str] = []
            for form in divided(row["forms"]):
                inner = form.strip("{}")
                if not form.startswith("{") or inner == "pair":
                    words.append(form)
                elif inner in known:
                    words += known[inner]
                else:
                    file.fault(line, f"class “{inner}” is not on a line above; write its words, or move it up")
            known[row["class"]] = (*known.get(row["class"], ()), *words)
    return classes


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


def _terms(
    file: File,
    names: tuple[Name, ...],
    classes: Mapping[str, Classes],
    spelling: Mapping[str, text.Spelling],
) -> Iterator[Term]:
    known = {name.partner for name in names}
    pairs = {
        lang: [spelling[lang].fold(n.form, lang).text for n in names if (n.lang, n.role) == (lang, "pair")]
        for lang in LANGUAGES
    }
    first_line: dict[tuple[str, str, str], int] = {}
    for line, row in file.rows():
        before = len(file.faults)
        lang = row["lang"]
        for message in _wrong_in_term(row, known):
            file.fault(line, message)
        if lang not in LANGUAGES:
            continue
        form = text.plain(row["form"], lang)
        if lang != "en":
            form = spelling[lang].fold(form, lang).text
        earlier = first_line.setdefault((lang, row["partner"], form.lower()), line)
        if earlier != line:
            file.fault(line, f"“{row['form']}” stands on line {earlier} already; take one of the two out")
        try:
            compiled = compile_form(form, lang, pairs[lang], classes[lang])
        except ValueError as error:
            file.fault(line, f"form “{row['form']}” can't be read: {error}")
            continue
        if len(file.faults) == before:
            yield Term(
                id=row["id"],
                partner=row["partner"],
                category=row["category"],
                strength=int(row["strength"]),
                lang=lang,
                form=row["form"],
                line=line,
                expression=compiled.pattern,
                anchors=compiled.anchors,
                samples=compiled.samples,
            )


def _wrong_in_term(row: Mapping[str, str], known: Collection[str]) -> Iterator[str]:
    """What is wrong with a row of terms.csv, but for its form; `known` are the states."""
    if not re.fullmatch("[a-z][a-z0-9_]*", row["id"]):
        yield f"id “{row['id']}” must be small letters, digits and _, as in fr_friendship"
    if row["partner"] != ANY and row["partner"] not in known:
        yield f"partner “{row['partner']}” is not in partners.csv; add it there, or write {ANY}"
    if row["category"] not in CATEGORIES:
        yield f"category “{row['category']}” is unknown; it is one of {', '.join(CATEGORIES)}"
    if row["strength"] not in ("-2", "-1", "0", "1", "2"):
        yield f"strength “{row['strength']}” is not a whole number from -2 to 2"
    if row["lang"] not in LANGUAGES:
        yield f"lang “{row['lang']}” is unknown; it is one of {', '.join(LANGUAGES)}"


# --- titles ---------------------------------------------------------------------------------------------------------


def _english_title(offices: tuple[str, ...]) -> re.Pattern[str]:
    """From an office to the last capitalised word of what it is the office of."""
    either = "|".join(re.escape(office) for office in sorted(offices, key=len, reverse=True))
    joint = rf"(?: (?:of|for|to|and|the|its)\b| (?:{either})\b| C\.C\.,?| (?!C\.C\.)[A-Z][\w.'-]*,?| \([A-Z]+\))"
    name = r"(?: \([A-Z]+\)| (?!C\.C)[A-Z][\w'-]*(?:\.[A-Z]\b)*)"
    # No row of titles has more words; without a bound, time would grow by the square of a hostile page's length.
    return re.compile(rf"\b(?:{either}) (?:of|for|to)\b{joint}{{0,250}}?{name}(?:{joint}{{0,250}}{name})?")


def _korean_title(offices: tuple[str, ...], organs: tuple[str, ...]) -> re.Pattern[str]:
    """From an organ to the office and the ending that ties it to a name: 중국공산당 중앙위원회 총서기이며."""
    office = "|".join(sorted(map(re.escape, offices), key=len, reverse=True))
    organ = "|".join(sorted(map(re.escape, organs), key=len, reverse=True))
    # Words that end in an organ, each read in one way: in several, a row of organs would take time without end.
    in_a_row = rf"(?:(?=[가-힣]{{0,30}}(?:{organ}) )[가-힣]+ ){{0,8}}[가-힣]{{0,30}}(?:{organ})"
    return re.compile(rf"(?<![가-힣]){in_a_row} ?[가-힣]{{0,30}}(?:{office})(?:이시며|이며|이신|인)")


def _chinese_title(states: tuple[str, ...], organs: tuple[str, ...], offices: tuple[str, ...]) -> re.Pattern[str]:
    """From a state's name over an organ, which may end that name, to the office: 中国共产党中央委员会总书记."""
    state, organ, office = (
        "|".join(sorted(map(re.escape, some), key=len, reverse=True)) or "(?!)" for some in (states, organs, offices)
    )
    within = r"[^\W\d_向给与和同对致在的]"  # no title goes on over "to" and "with"
    return re.compile(rf"(?={state}){within}{{0,24}}?(?:{organ}){within}{{0,16}}?(?:{office})")
