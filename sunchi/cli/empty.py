"""The answer of a command that found nothing: what was searched, so that an analyst sees which condition to drop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sunchi.cli.screen import escape, say

if TYPE_CHECKING:
    from sunchi.history.coverage import Coverage


def say_nothing(words: str, coverage: Coverage) -> None:
    """Print that nothing was found, and what was searched."""
    say(escape(f"{words} {searched(coverage)}"))


def searched(coverage: Coverage) -> str:
    """Return how many articles there are of each edition, and from which days."""
    if not coverage.editions:
        return "There are no articles with a date."
    return "\n  ".join(["The articles searched:", *(_articles(edition, coverage) for edition in coverage.editions)])


def _articles(edition: str, coverage: Coverage) -> str:
    number, first, last = coverage.extent(edition)
    days = f"of {first}" if first == last else f"from {first} to {last}"
    return f"{edition}: {number:,} article{'s' if number > 1 else ''} {days}"
