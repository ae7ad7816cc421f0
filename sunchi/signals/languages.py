"""The file of a kind that reads a language, imported with the first text in it.

Who reads English pages alone need not wait until the patterns of the other languages are compiled, in every process.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

_FILES = {"en": "english", "es": "spanish", "ko": "korean", "zh": "chinese"}


@lru_cache(maxsize=32)
def module_for(kind: str, language: str) -> ModuleType | None:
    """Return contact/korean.py for "contact" and "ko"; None where the kind has no file for the language."""
    name = f"sunchi.signals.{kind}.{_FILES.get(language, '')}"
    return import_module(name) if language in _FILES and find_spec(name) else None
