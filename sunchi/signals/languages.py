"""The file of a kind that reads a language, brought in with the first text in it.

Who reads English pages alone need not wait until the patterns of the other languages are compiled, in every process.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from types import ModuleType

_FILES = {"en": "english", "ko": "korean", "zh": "chinese"}


@lru_cache(maxsize=32)
def module_for(kind: str, language: str) -> ModuleType | None:
    """Of "contact" and "ko" contact/korean.py; None where the language is none that is read."""
    return import_module(f"sunchi.signals.{kind}.{_FILES[language]}") if language in _FILES else None
