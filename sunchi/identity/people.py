"""Persons by name, under one key in every language and spelling: "Kim Song-nam" is 김성남 and 金成男; pure.

People finds the persons of persons.csv. In the events of alerts, a person of partners.csv is identified by the row
there, and any other Korean name by its sound in Pyongyang's spelling, so that spellings of one name (Tok, Dok and Deok;
Ri and 이) agree. Two names may sound alike: a name alone does not identify a person; compare day and post, too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache

from sunchi import text as texts
from sunchi.identity.spelling import IN_SYLLABLES, may_be_one_person, name_key, words_of_name
from sunchi.lexicon import HOME, Lexicon, Name
from sunchi.lexicon.persons import NAME_LANGUAGES, Person
from sunchi.lexicon.vocabulary import Vocabulary

# The letters of a Korean syllable in the order of Unicode: initial, vowel, final.
_INITIALS, _VOWELS, _FINALS = (
    letters.split(",")
    for letters in (
        "k,kk,n,t,tt,r,m,p,pp,s,ss,,j,jj,ch,kh,th,ph,h",
        "a,ae,ya,yae,o,e,yo,ye,o,wa,wae,oe,yo,u,wo,we,wi,yu,u,ui,i",
        ",k,k,k,n,n,n,t,l,k,m,l,l,l,p,l,m,p,p,t,t,ng,t,t,k,t,p,t",
    )
)
_FIRST_SYLLABLE = ord("가")

_SPELLED_ALIKE = (
    (re.compile("eo"), "o"),
    (re.compile("eu"), "u"),
    (re.compile("([kptsj])\\1"), r"\1"),
    (re.compile("([kpt])h"), r"\1"),
    (re.compile("ch"), "j"),
)
_ONE_LETTER = str.maketrans("gdbl", "ktpr")


def people_named(name: str, lang: str, lexicon: Lexicon) -> list[Name]:
    """Return the leaders and officials of partners.csv with that name."""
    language = texts.primary_language(lang)
    known = lexicon.forms.get(language, {}).get(texts.plain(name, language), ())
    return [each for each in known if each.role in ("leader", "official")]


def person_key(name: str, lang: str, lexicon: Lexicon) -> str:
    """Return the key of a person; "" if the name has no row and is not a Korean name in a known spelling."""
    language = texts.primary_language(lang)
    for known in people_named(name, lang, lexicon):
        english = next((n.form for n in lexicon.names if n.line == known.line and n.lang == "en"), "")
        sound = _sound(english, "en", lexicon.vocabulary) if known.partner == HOME else ""
        return sound or f"{known.partner} {english or known.form}"
    return _sound(texts.plain(name, language), language, lexicon.vocabulary)


class People:
    """The persons of persons.csv, by any spelling of their names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._vocabulary = lexicon.vocabulary
        self._by_key: dict[tuple[str, str], Person] = {}
        self._by_sound: dict[str, Person | None] = {}  # None: two persons whose names sound alike
        self._by_surname: dict[tuple[str, str], list[tuple[tuple[str, ...], Person]]] = defaultdict(list)
        self._mentions: dict[tuple[str, str], re.Pattern[str]] = {}
        self._persons = lexicon.persons
        self._ids = {person.id for person in lexicon.persons}
        for person in lexicon.persons:
            for lang in NAME_LANGUAGES:
                for form in person.forms_in(lang):
                    self._by_key.setdefault((person.state, self._key(form, lang, person.state)), person)
                    if lang not in ("ko", "zh") and person.state not in IN_SYLLABLES:
                        words = words_of_name(form, person.state)
                        self._by_surname[person.state, words[-1]].append((words, person))
                    if person.state == HOME and (sound := self.sound(form, lang)):
                        same = self._by_sound.setdefault(sound, person)
                        self._by_sound[sound] = person if same is person else None

    def find(self, name: str, lang: str, state: str) -> Person | None:
        """Return the person of a state with that name; None if no row has it, or several may."""
        language = texts.primary_language(lang)
        key = self._key(name, language, state)
        if not key:
            return None
        if known := self._by_key.get((state, key)):
            return known
        if state == HOME:
            return self._sounding_like(name, language)
        if language in ("ko", "zh") or state in IN_SYLLABLES:
            return None
        words = words_of_name(name, state)
        named = self._by_surname.get((state, words[-1]), ())
        may_be = {person.id: person for known_words, person in named if may_be_one_person(words, known_words)}
        return next(iter(may_be.values())) if len(may_be) == 1 else None

    def _sounding_like(self, name: str, lang: str) -> Person | None:
        """Return the person whose name sounds the same; in Korean letters only the surname's spelling may differ."""
        person = self._by_sound.get(self.sound(name, lang))
        if person is None or lang != "ko":
            return person
        given = self._key(name, lang, HOME)[1:]
        return person if given in {form[1:] for form in person.forms_in("ko")} else None

    def has(self, id: str) -> bool:
        """Return whether an id is that of a person of persons.csv."""
        return id in self._ids

    def mentioned(self, text: str, lang: str, states: Collection[str]) -> list[tuple[int, Person]]:
        """Return the persons of some states that a plain text names, with their places, in order."""
        language = texts.primary_language(lang)
        found = [
            (match.start(), person)
            for state in states
            for match in self._mention(state, language).finditer(text)
            if (person := self.find(match[0], language, state))
        ]
        return sorted(found, key=lambda each: (each[0], each[1].id))

    def sound(self, name: str, lang: str) -> str:
        """Return the sound of a Korean name; "" if it is not one, or for a language without Korean names."""
        language = texts.primary_language(lang)
        return _sound(texts.plain(name, language).strip(), language, self._vocabulary)

    def _key(self, name: str, lang: str, state: str) -> str:
        if lang in ("ko", "zh"):
            return texts.squeeze(texts.plain(name, lang))[0]
        return name_key(name, state)

    def _mention(self, state: str, lang: str) -> re.Pattern[str]:
        if (state, lang) not in self._mentions:
            forms = {form for person in self._persons if person.state == state for form in person.forms_in(lang)}
            either = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))) or "(?!)"
            apart = lang not in ("ko", "zh")
            self._mentions[state, lang] = re.compile(rf"(?<!\w)(?:{either})(?!\w)" if apart else f"(?:{either})")
        return self._mentions[state, lang]


@lru_cache(maxsize=2)
def people_of(lexicon: Lexicon) -> People:
    """Return the persons of a lexicon, indexed once per process, because every poll needs them."""
    return People(lexicon)


_SOUNDED = ("en", "es", "ko")


@lru_cache(maxsize=1024)
def _sound(name: str, lang: str, vocabulary: Vocabulary) -> str:
    """Return the sound of a Korean name in Latin or Korean letters, syllable by syllable; "" if it is not one."""
    if lang not in _SOUNDED:
        return ""
    surname = vocabulary.word_of("surname", lang).pattern
    if re.fullmatch(f"(?:{surname})[가-힣]{{1,3}}", name):
        syllables = [_letters(sign) for sign in name]
    elif re.fullmatch(f"(?:{surname})(?:[ -][A-Za-z]+){{1,2}}", name):
        syllables = re.split("[ -]", name.lower())
    else:
        return ""
    first, *given = (_alike(syllable) for syllable in syllables)
    first = re.sub("^r(?=[iy])", "", first)  # Seoul writes 이 and 노 for Pyongyang's 리 and 로
    return " ".join([re.sub("^r", "n", first), *given])


def _letters(syllable: str) -> str:
    rest, final = divmod(ord(syllable) - _FIRST_SYLLABLE, len(_FINALS))
    initial, vowel = divmod(rest, len(_VOWELS))
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]


def _alike(syllable: str) -> str:
    for spelling, sound in _SPELLED_ALIKE:
        syllable = spelling.sub(sound, syllable)
    return syllable.translate(_ONE_LETTER)
