"""Text: normal forms, and the identity of a text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_ONE_SIGN = str.maketrans("‘’‚‛′“”„‟″‐‑‒–—―−", "'''''\"\"\"\"\"-------")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def normal(text: str) -> str:
    """One spelling for one text: NFKC, one blank for any white space, straight quotes and dashes, no unseen characters.

    For comparing, never for showing: offsets are lost.
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_ONE_SIGN)
    return " ".join(text.split())


def fingerprint(title: str, paragraphs: Iterable[str]) -> str:
    """The identity of a text: SHA-256 (hex) over the normal forms of title and paragraphs."""
    normalised = [normal(title), *filter(None, map(normal, paragraphs))]
    return hashlib.sha256("\n".join(normalised).encode("utf-8", "replace")).hexdigest()


def article_id(source: str, lang: str, fingerprint: str) -> str:
    """The name of an article, the same in every database that has read its first text: `kcna-en-1f0c…` (16 hex digits)."""
    return f"{source}-{lang}-{fingerprint[:16]}"
