"""robots.txt (RFC 9309): which pages a site lets crawlers read, and how often."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from protego import Protego

AGENT = "Sunchi"
"""Sunchi's product token in robots.txt."""

MAX_CRAWL_DELAY = 30.0
"""Seconds; with a longer delay, a site could not be polled every hour."""

_MAX_BYTES = 500 * 2**10  # as RFC 9309 asks; the rest is ignored
_SUSPECTS = 20  # lines tried to find the rule to name; a hostile file has thousands


@dataclass(frozen=True)
class Robots:
    """The rules of one origin."""

    text: str = ""
    rules: Protego = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rules", Protego.parse(self.text))

    @classmethod
    def read(cls, body: bytes) -> Robots:
        return cls(body[:_MAX_BYTES].decode("utf-8-sig", "replace"))

    @property
    def delay(self) -> float:
        """The seconds that the site wants between two requests; 0 if it does not say."""
        return min(self.rules.crawl_delay(AGENT) or 0.0, MAX_CRAWL_DELAY)

    def allow(self, url: str) -> bool:
        return bool(self.rules.can_fetch(url, AGENT))

    def rule_against(self, url: str) -> str:
        """Return the path of the rule that disallows `url`, as the site wrote it; "" if no single rule does."""
        lines = self.text.splitlines()
        suspects = (number for number, line in enumerate(lines) if _disallows(line, url))
        for number in islice(suspects, _SUSPECTS):
            without = Robots("\n".join([*lines[:number], "Disallow:", *lines[number + 1 :]]))
            if without.allow(url):
                return _path(lines[number])
        return ""


def _disallows(line: str, url: str) -> bool:
    """Return whether this line would disallow `url` in a group for all crawlers."""
    return line.strip().lower().startswith("disallow") and not Robots(f"User-agent: *\nDisallow: {_path(line)}").allow(
        url
    )


def _path(line: str) -> str:
    return line.partition("#")[0].partition(":")[2].strip()
