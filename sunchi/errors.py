"""All errors of Sunchi, and the outcomes of fetching a page.

SunchiError
├── SettingsError        a setting is wrong: names it, its value, and how to fix it
├── LexiconError         a file of the analyst's is wrong: names file and line
├── StoreError           the database is not usable as it is (a migration is due, a file is damaged)
│   └── Overtaken        another process stored the same link since it was resolved: resolve again, or leave it due
├── ArchiveError         a page can't be archived, or an archived page can't be read: names file and place
├── FetchError           no page came: `outcome` is the kind of failure
└── ParseError           a page came, but not a readable article or list: `outcome` says why
    ├── MediaOnly        a photo or video item, with no text of its own
    ├── Blocked          a filter's notice instead of the page
    ├── Drift            the page has no known layout
    ├── NotThere         a page that says, with status 200, that there is nothing at its address
    └── Untrusted        a page that may not be the requested one, or not whole: `outcome` says why
"""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The outcome of fetching one page, in a word that is stored and shown."""

    READ = "read"
    UNCHANGED = "unchanged"
    MEDIA_ONLY = "media_only"
    BLOCKED = "blocked"
    DRIFT = "drift"
    GONE = "gone"  # 404 or 410, or a page that says as much
    MISMATCH = "mismatch"  # title or date differ from the list: not the page that was requested
    ALIKE = "alike"  # the same text as links with other titles
    DAMAGED = "damaged"  # characters could not be decoded, or the page breaks off
    UNREACHABLE = "unreachable"  # DNS, connection, TLS, time-out, a body cut short
    REFUSED = "refused"  # robots.txt, a redirect that leaves the site, an address inside a network
    TOO_LARGE = "too_large"  # more bytes than the limit, after decompression
    BAD_STATUS = "bad_status"  # any other status than 200, 304, 404, 410


class SunchiError(Exception):
    """An error that is explained to the user; the message says how to fix it."""


class SettingsError(SunchiError):
    """A setting is wrong."""


class LexiconError(SunchiError):
    """A file of the lexicon is wrong; the message opens with `file:line:`."""


class StoreError(SunchiError):
    """The database is not usable as it is."""


class Overtaken(StoreError):
    """Another process stored the link meanwhile; nothing was saved, and nothing is lost."""


class ArchiveError(SunchiError):
    """A page can't be archived, or an archived page can't be read."""


class FetchError(SunchiError):
    """No page came."""

    def __init__(self, outcome: Outcome, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.status = status


class ParseError(SunchiError):
    """A page came, but not the expected article or list."""

    outcome: Outcome = Outcome.DRIFT


class MediaOnly(ParseError):
    """A photo or video item."""

    outcome = Outcome.MEDIA_ONLY


class Blocked(ParseError):
    """A filter's notice, served instead of the page."""

    outcome = Outcome.BLOCKED


class Drift(ParseError):
    """A page with none of the known layouts; the message names what was missing."""

    outcome = Outcome.DRIFT


class NotThere(ParseError):
    """There is nothing at the address, although the status is 200."""

    outcome = Outcome.GONE


class Untrusted(ParseError):
    """A page that is an article, but maybe not the requested one, or not whole."""

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome
