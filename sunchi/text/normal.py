"""Normal forms of a text, for comparing and matching, and fingerprints made from them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from sunchi.text.language import primary_language
from sunchi.text.traditional import SIMPLIFIED

_ONE_SIGN = str.maketrans("‘’‚‛′“”„‟″‐‑‒–—―−", "'''''\"\"\"\"\"-------")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def normal(text: str) -> str:
    """Normalize a text: NFKC, one space for any white space, straight quotes and dashes, no invisible characters.

    For comparison only, not for display: offsets are lost.
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_ONE_SIGN)
    return " ".join(text.split())


def fingerprint(title: str, paragraphs: Iterable[str], day: date | None = None) -> str:
    """Return the fingerprint of a text: SHA-256 (hex) over the normal forms of title and paragraphs.

    For a headline without a text, the day is included, because the same headline recurs every year.
    """
    normalised = [normal(title), *filter(None, map(normal, paragraphs))]
    if len(normalised) == 1 and day is not None:
        normalised.append(day.isoformat())
    return hashlib.sha256("\n".join(normalised).encode("utf-8", "replace")).hexdigest()


def body_fingerprint(paragraphs: Iterable[str]) -> str:
    """Return the fingerprint of a text without its title: SHA-256 (hex) over the normal forms of its paragraphs."""
    return hashlib.sha256("\n".join(filter(None, map(normal, paragraphs))).encode("utf-8", "replace")).hexdigest()


def article_id(source: str, lang: str, fingerprint: str) -> str:
    """Return the id of an article, the same in every database that saw its first text: `kcna-en-1f0c…` (16 digits)."""
    return f"{source}-{lang}-{fingerprint[:16]}"


_SAME_LENGTH: dict[int, int | str] = {
    **_ONE_SIGN,
    **dict.fromkeys(map(ord, "\u00a0\u3000\t\r"), " "),
    **dict.fromkeys(map(ord, "\u318d\u119e\u30fb"), "·"),  # between two states in Seoul and Tokyo: 북ㆍ중
}


_PLAIN = re.compile(r"[\n -~가-힣]+")  # what is plain in every language, as most of a text is
_UNACCENTED = str.maketrans("áéíóúüñÁÉÍÓÚÜÑ", "aeiouunAEIOUUN")


def plain(text: str, lang: str = "") -> str:
    """Return the text with straight quotes and dashes, plain spaces, digits and letters.

    Chinese is simplified; Spanish loses its accents, which many pages omit.

    Every character keeps its position: what NFKC would make longer ("…", "㈜") stays as it is.
    """
    if text.isascii() and "\t" not in text and "\r" not in text:
        return text
    language = primary_language(lang)
    signs = {sign: _plain_sign(sign, language) for sign in set(_PLAIN.sub("", text))}
    others = {ord(sign): plain for sign, plain in signs.items() if plain != sign}
    return text.translate(others) if others else text


@lru_cache(maxsize=20_000)
def _plain_sign(sign: str, language: str) -> str:
    normal = unicodedata.normalize("NFKC", sign)
    plain = (normal if len(normal) == 1 else sign).translate(_SAME_LENGTH)
    if language == "es":
        return plain.translate(_UNACCENTED)
    return plain.translate(SIMPLIFIED) if language == "zh" else plain


def in_small_letters(text: str) -> str:
    """Return the text in lower case, at the same length: a letter whose lower case has two characters stays."""
    small = text.lower()
    return small if len(small) == len(text) else "".join([s if len(s := sign.lower()) == 1 else sign for sign in text])
