"""The lexicon: the content of the analyst's files, indexed as the detectors need it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sunchi import text
from sunchi.lexicon.anchors import Needed, is_telling, rows_by_word
from sunchi.lexicon.calendar import CalendarEntry
from sunchi.lexicon.columns import ANY, LANGUAGES
from sunchi.lexicon.frames import Frames
from sunchi.lexicon.occasions import Occasion
from sunchi.lexicon.organizations import Organization, matching_lines
from sunchi.lexicon.partners import HOME, Name
from sunchi.lexicon.persons import Person
from sunchi.lexicon.posts import Posts
from sunchi.lexicon.standings import Standings
from sunchi.lexicon.terms import Term
from sunchi.lexicon.titles import title_patterns, title_words
from sunchi.lexicon.vocabulary import Vocabulary
from sunchi.lexicon.voices import Tone, Voice

_ALSO_WORDS = ("일 ", "중 ")  # without the space, they begin other words: 일정부분, 중정부장
_WITH_ARTICLE = re.compile(  # states whose name takes "the" in a sentence
    r"United |.*(?:Republic|Islands|Emirates)$|Philippines|Netherlands|Gambia|Bahamas|Maldives|Comoros|Seychelles"
)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The content of the analyst's files. `version` changes with every byte of them.

    A lexicon equals only itself, so that values derived from it can be cached by it.
    """

    version: str
    names: tuple[Name, ...]
    terms: tuple[Term, ...]
    offices: Mapping[str, tuple[str, ...]]  # by language
    organs: Mapping[str, tuple[str, ...]]
    masks: Mapping[str, tuple[str, ...]]
    posts: Posts
    spelling: Mapping[str, text.Spelling]  # by language: the spelling used for matching
    voices: tuple[Voice, ...]
    tones: tuple[Tone, ...]
    calendar: tuple[CalendarEntry, ...]
    organizations: tuple[Organization, ...]
    persons: tuple[Person, ...]
    occasions: tuple[Occasion, ...]
    families: Mapping[str, tuple[str, ...]]  # by the id of a term: the families of phrases that it belongs to
    standings: Standings
    vocabulary: Vocabulary
    frames: Mapping[str, Frames]  # by language

    def label(self, partner: str) -> str:
        """Return the display name of a code: `CN` -> "China"; the code itself if it is unknown."""
        return self._labels.get(partner, partner)

    def in_a_sentence(self, partner: str) -> str:
        """Return the display name with its article: `US` -> "the United States"."""
        label = self.label(partner)
        return f"the {label}" if _WITH_ARTICLE.match(label) else label

    def person_name(self, id: str) -> str:
        """Return the display name of a person of persons.csv, which is the first one; "" for an unknown id."""
        return self._person_names.get(id, "")

    def party_name(self, words: str, id: str, language: str) -> str:
        """Return a party as a text has it, after the display name of the person that it is in another language."""
        name = "" if language == "en" else self.person_name(id)
        return f"{name} ({words})" if name and name != words else words or "somebody"

    @cached_property
    def _person_names(self) -> dict[str, str]:
        return {person.id: next(form for _, forms in person.forms for form in forms) for person in self.persons}

    @cached_property
    def partners(self) -> frozenset[str]:
        """Every state in the files except the home side."""
        return frozenset(name.partner for name in self.names) - {HOME}

    @cached_property
    def adversaries(self) -> frozenset[str]:
        """The states with hostile set phrases of their own."""
        return frozenset(term.partner for term in self.terms if term.category == "hostile") - {ANY}

    @cached_property
    def occasion_words(self) -> re.Pattern[str]:
        """What finds the words of any occasion in an English text."""
        forms = sorted({form for row in self.occasions for form in row.forms_in("en") if "…" not in form})
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE)

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {n.partner: n.form for n in reversed(self.names) if n.role == "name" and n.lang == "en"}

    @cached_property
    def forms(self) -> dict[str, dict[str, tuple[Name, ...]]]:
        """By language: form -> the names it may be, the longest form first. A mask is a form without names.

        A Korean name of another state may be written without its space: 미행정부 is 미 행정부.
        """
        found: dict[str, dict[str, list[Name]]] = {lang: defaultdict(list) for lang in LANGUAGES}
        for lang, masks in self.masks.items():
            for mask in masks:
                found[lang][mask] = []
        for name in self.names:
            if name.role != "initial":
                found[name.lang][name.form].append(name)
            closes_up = " " in name.form and name.partner != HOME and not name.form.startswith(_ALSO_WORDS)
            if name.lang == "ko" and closes_up:
                found["ko"][name.form.replace(" ", "")].append(name)
        return {
            lang: {form: tuple(forms[form]) for form in sorted(forms, key=lambda f: (-len(f), f))}
            for lang, forms in found.items()
        }

    @cached_property
    def initials(self) -> dict[str, Name]:
        """The single syllables and signs that name a state in a headline or beside a visit: 미, 러; 방중, 访华."""
        return {name.form: name for name in self.names if name.role == "initial"}

    def organization_lines(self, name: str, lang: str, partner: str) -> tuple[int, ...] | None:
        """Return the rows of organizations.csv that together name a state's party or office; None if they do not."""
        return matching_lines(name, lang, partner, self.organizations, self._plain_names.get((partner, lang), ()))

    @cached_property
    def _plain_names(self) -> dict[tuple[str, str], set[str]]:
        """By state and language: the names of the state itself."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name in self.names:
            if name.role in ("name", "adjective", "outside"):
                found[name.partner, name.lang].add(name.form)
        return found

    def ruling(self, partner: str, lang: str, day: date | None) -> tuple[str, ...]:
        """Return the names, normalized for matching, of the parties that govern a state on a day."""
        parties = (body for body in self._parties.get(partner, ()) if body.governs(day))
        return tuple(form for body in parties for form in body.forms_in(lang))

    @cached_property
    def _parties(self) -> dict[str, tuple[Organization, ...]]:
        found: dict[str, tuple[Organization, ...]] = {}
        for body in self.organizations:
            if body.rules:
                found[body.partner] = (*found.get(body.partner, ()), body)
        return found

    @cached_property
    def glued(self) -> frozenset[str]:
        """The English names of the home side's leaders, which old pages print without spaces ("SecretaryKim Jong Un").

        They therefore match even inside a word.
        """
        return frozenset(n.form for n in self.names if (n.partner, n.role, n.lang) == (HOME, "leader", "en"))

    @cached_property
    def adjectives(self) -> dict[str, tuple[str, ...]]:
        """The English names, adjectives and short forms of each state, in the order of the file."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            if name.lang == "en" and name.role in ("adjective", "name", "short"):
                found[name.partner].append(name.form)
        return {partner: tuple(forms) for partner, forms in found.items()}

    def fronts(self, partner: str) -> tuple[str, ...]:
        """Return what may precede the name of a state's person in English, each followed by a space."""
        return self._fronts[partner if partner in self._fronts else ""]

    @cached_property
    def _fronts(self) -> dict[str, tuple[str, ...]]:
        offices = (*self.offices["en"], *(office.title() for office in self.offices["en"]), "DPRK")
        return {
            partner: tuple(f"{front} " for front in (*adjectives, *offices))
            for partner, adjectives in (("", ()), *self.adjectives.items())
        }

    @cached_property
    def terms_by_word(self) -> dict[str, dict[str, Needed[Term]]]:
        """By language: words to search for, each with the set phrases that a sentence with it may have."""
        return {lang: rows_by_word({t: t.anchors for t in self.terms if t.lang == lang}) for lang in LANGUAGES}

    @cached_property
    def voices_by_word(self) -> dict[str, dict[str, Needed[Voice]]]:
        """By language: words of documents, each with the voices of authority.csv that a sentence with it may show."""
        found: dict[str, dict[Voice, list[tuple[str, ...]]]] = {lang: {} for lang in LANGUAGES}
        for voice in [voice for voice in self.voices if voice.anchors]:
            has_telling = bool(voice.speakers) and is_telling(voice.speakers, voice.lang)
            found[voice.lang][voice] = [voice.anchors, *[voice.speakers] * has_telling]
        return {lang: rows_by_word(groups_of) for lang, groups_of in found.items()}

    @cached_property
    def senders(self) -> dict[str, tuple[Voice, ...]]:
        """By language: the voices of those who send messages."""
        sending = [voice for voice in self.voices if not voice.anchors]
        return {lang: tuple(voice for voice in sending if voice.lang == lang) for lang in LANGUAGES}

    @cached_property
    def tone_heads(self) -> dict[str, dict[str, tuple[Tone, ...]]]:
        """By language: the beginning of forms of stance.csv -> the tones that may begin there, the longest first.

        A word that only contains such a form, as 수호전 contains 호전, has none.
        """
        found: dict[str, dict[str, tuple[Tone, ...]]] = {}
        for lang in LANGUAGES:
            tones = sorted((tone for tone in self.tones if tone.lang == lang), key=lambda tone: -len(tone.form))
            others = frozenset(self.vocabulary.words("other_words", lang))
            heads = sorted({tone.head for tone in tones} | others, key=lambda head: (-len(head), head))
            found[lang] = {
                head: () if head in others else tuple(t for t in tones if head.startswith(t.head)) for head in heads
            }
        return found

    @cached_property
    def title_words(self) -> dict[str, tuple[str, ...]]:
        """By language: the words without which a text in small letters holds no full title."""
        return title_words(self.offices)

    @cached_property
    def title_patterns(self) -> dict[str, re.Pattern[str]]:
        """By language: the pattern of a person's or organ's full title."""
        states = tuple(n.form for n in self.names if n.lang == "zh" and n.role in ("name", "organ"))
        return title_patterns(self.offices, self.organs, states)
