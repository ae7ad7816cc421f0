"""Numbers in sentences."""

from __future__ import annotations

from datetime import timedelta


def counted(number: int, thing: str) -> str:
    """Return a number with its noun: "1 photo", "2 photos"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def ago(age: timedelta) -> str:
    """Return how long ago something was: "74 hours ago", after four days "5 days ago"."""
    hours = round(age / timedelta(hours=1))
    return f"{counted(hours, 'hour')} ago" if hours < 96 else f"{age.days:,} days ago"
